"""The weighting of a drawn survey, step by step, over its issued households.

Calibration is of households, by their members (Lemaître & Dufour 1987, "integrated weighting"): all
members of a household keep one weight, and the weighted members add up to the commune's population
of each sex and age. So the roster's indicators and those of the persons selected in the household
rest on the same weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.drawn import NOBODY
from analysis.estimators.errors import BadInput
from analysis.estimators.sample import Floats, Mask
from analysis.sampling.errors import BadWeighting
from analysis.sampling.weights import (
    Summary,
    adjust_nonresponse,
    base_weights,
    summarise,
    trim,
)

BANDS = ((0, 14), (15, 34), (35, 59), (60, 200))  # ages in full years, inclusive
SEXES = ("F", "M")
CELLS = tuple(f"{sex}|{low}-{high}" for sex in SEXES for low, high in BANDS)
VILLAGE, COMMUNE = "village", "commune"
CLASSES = (VILLAGE, COMMUNE)
BEFORE = "eligible"
ROUNDS = 100  # of trimming and calibrating in turn
CLOSE = 1e-6  # of the cap
MISSED = 1e-11  # of a cell's population


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a weighting. `classes`: within what those who answered stand for the
    others, one of CLASSES; `population`: persons by cell of CELLS, empty for no calibration;
    `cap`: in medians, None for no trimming."""

    classes: str = VILLAGE
    population: Mapping[str, float] | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The weight of each issued household after each step (name, weights), and the last one.

    `counts`: persons of each household in each class of the population, where it was calibrated;
    `BEFORE` is the step that the calibration starts from.
    """

    steps: tuple[tuple[str, Floats], ...]
    weight: Floats
    counts: Mapping[str, Floats] = field(default_factory=dict)

    def summaries(self) -> list[tuple[str, Summary]]:
        """Range, total and effective sample of each step."""
        return [(name, summarise(weight)) for name, weight in self.steps]


def weigh(issued: pd.DataFrame, members: pd.DataFrame, asked: Asked) -> Made:
    """The weights of the complete households of a draw.

    `issued`: as `analysis.drawn.drawn_design` takes it. `members`: one row a usual resident of a
    complete household, columns `submission` (int), `sex` ("1" man, "2" woman), `age` (float).
    Raises `BadWeighting`, `BadInput` naming the class, the cell or the household.
    """
    answered: Mask = (issued["submission"] != NOBODY).to_numpy(dtype=bool)
    told = answered | issued["ineligible"].to_numpy(dtype=bool)
    base = base_weights(issued["village"], issued["households"], issued["chance"])
    village = asked.classes == VILLAGE
    classes = issued["village"].to_numpy() if village else np.zeros(len(issued))
    response = adjust_nonresponse(base, told, classes)
    eligible = np.where(answered, response, 0.0)
    steps = [("base", base), ("response", response), (BEFORE, eligible)]
    counts: dict[str, Floats] = {}
    if asked.population:
        counts = member_counts(
            issued["submission"].to_numpy(np.int64), members, tuple(asked.population)
        )
        steps.append(("calibrated", _calibrated(eligible, counts, asked.population)))
        if asked.cap is not None:
            steps.append(("trimmed", _both(steps[-1][1], counts, asked.population, asked.cap)))
    elif asked.cap is not None:
        steps.append(("trimmed", trim(eligible, asked.cap)))
    return Made(tuple(steps), steps[-1][1], counts)


def member_counts(
    submission: np.ndarray, members: pd.DataFrame, cells: Sequence[str] = CELLS
) -> dict[str, Floats]:
    """Cell -> members of each household. Raises `BadInput` for a member without sex or age."""
    bad = members[~members["sex"].isin(["1", "2"]) | members["age"].isna()]
    if len(bad):
        number = int(bad["submission"].iloc[0])
        raise BadInput(
            f"Phiếu {number} có thành viên thiếu giới tính hoặc tuổi; hãy xem lại phiếu này.",
            f"Submission {number} has a member without sex or age; review it.",
        )
    sex = np.where(members["sex"] == "2", "F", "M")
    found: dict[str, Floats] = {}
    for cell in cells:
        which, _, ages = cell.partition("|")
        low, high = map(int, ages.split("-"))
        inside = (sex == which) & members["age"].between(low, high).to_numpy()
        counts = members.loc[inside, "submission"].value_counts()
        found[cell] = counts.reindex(submission, fill_value=0).to_numpy(np.float64)
    return found


def _calibrated(
    weight: Floats, counts: Mapping[str, Floats], population: Mapping[str, float]
) -> Floats:
    used = weight > 0
    for cell, known in population.items():
        if not known > 0 or not counts[cell][used].any():
            raise BadInput(
                f"Nhóm {cell}: số dân {known:g}, trong mẫu {counts[cell][used].sum():g} người; cả "
                "hai phải trên 0.",
                f"Cell {cell}: population {known:g}, {counts[cell][used].sum():g} in the sample; "
                "both must be above 0.",
            )
    found = np.zeros(weight.size)
    found[used] = _raked(
        weight[used], {cell: counts[cell][used] for cell in population}, population
    )
    return found


def _raked(
    weight: Floats, columns: Mapping[str, Floats], population: Mapping[str, float]
) -> Floats:
    """w·exp(x'λ) with the population's totals (Deville & Särndal 1992, raking distance): weights
    stay positive. Newton's method, no step beyond a factor e for any household."""
    x = np.stack([columns[cell] for cell in population], axis=1)
    aim = np.array([float(known) for known in population.values()])
    made = weight
    for _ in range(ROUNDS):
        gap = aim - x.T @ made
        if np.abs(gap / aim).max() < MISSED:
            return made
        step = x @ np.linalg.lstsq((x * made[:, None]).T @ x, gap, rcond=None)[0]
        made = made * np.exp(step / max(1.0, float(np.abs(step).max())))
    first = x.T @ weight
    cell, shown, known = max(
        zip(population, first, aim, strict=True),
        key=lambda one: abs(float(np.log(one[1] / one[2]))),
    )
    raise BadWeighting(
        f"Số dân đã ghi khác quá xa các hộ trả lời, không khớp được; xa nhất là nhóm {cell}: mẫu "
        f"ước tính {shown:.0f} người, đã ghi {known:.0f}. Hãy xem lại các số này.",
        f"The counts are too far from the households that answered to be met; farthest is cell "
        f"{cell}: the sample says {shown:.0f} persons, given are {known:.0f}. Check the counts.",
    )


def _both(
    weight: Floats, counts: Mapping[str, Floats], population: Mapping[str, float], cap: float
) -> Floats:
    """Weights that keep to the cap and to the population: trimmed and calibrated in turn."""
    for _ in range(ROUNDS):
        limit = cap * float(np.median(weight[weight > 0]))
        if weight.max() <= limit * (1 + CLOSE):
            return weight
        weight = _calibrated(trim(weight, cap), counts, population)
    raise BadWeighting(
        f"Không vừa giữ được ngưỡng {cap:g} lần trung vị vừa khớp số dân; hãy nâng ngưỡng.",
        f"The cap of {cap:g} medians and the population cannot both be kept; raise the cap.",
    )


def persons(weight: Floats, eligible: Sequence[float] | Floats) -> Floats:
    """Weights of the persons selected in the households: times those for whom each stands."""
    return weight * np.nan_to_num(np.asarray(eligible, dtype=np.float64))
