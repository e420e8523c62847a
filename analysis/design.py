"""The design of the household survey: households drawn within villages.

Stratum: the village (and year). Sampling unit: the household with a complete interview. Weight:
N_h/n_h, households of the village's register over complete interviews, so that non-response is
spread over the village it occurred in. Within a household a roster member has weight 1, a selected
person the number eligible of that sex (the indicator's `weight`).

A village with one complete interview: rule "adjust", its deviation is taken from the mean of all
households. It is the cautious one: "remove" and "certainty" would count the village as known
without error, "average" has no answer when every village has one, and "fail" would keep the whole
commune from its report. No estimate depends on the rule where each village has two or more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.estimators.errors import BadDesign
from analysis.estimators.tables import Table
from analysis.types import Design, Frames, Text, Where

LONELY_RULE = "adjust"
COMPLETE = Where("result", among=("1",))


def household_design(frames: Frames, register: pd.DataFrame, *, year: int | None = None) -> Design:
    """The design of the complete interviews in `frames["household"]` (of one `year`).

    `register`: one row a village, columns `village` (str) and `households` (count); a village may
    stand there with none. Raises `BadDesign` for a register with a village twice or a count that
    is not a whole number. Frames of several years give one stratum a village and year.
    """
    known = _register(register)
    if "household" not in frames:
        return Design(_units([], [], [], []), LONELY_RULE, _nothing())
    frame = frames["household"]
    if year is not None:
        frame = frame[frame["_year"] == year]
    complete = Table("household", frame).truth(COMPLETE).holds
    rows = frame.loc[complete, ["_submission", "_village", "_year"]]
    village = rows["_village"].astype("str").fillna("").to_numpy(dtype=object)
    years = rows["_year"].to_numpy()
    stratum, counts = _strata(village, years)
    population = np.array([known.get(name, 0.0) for name in village], dtype=np.float64)
    population = np.maximum(population, counts)  # more interviews than the register has households
    units = _units(rows["_submission"].to_numpy(), stratum, population / counts, population)
    return Design(units, LONELY_RULE, _describe(village, known, counts, len(frame)))


def _register(register: pd.DataFrame) -> dict[str, float]:
    villages = [str(name) for name in register["village"]]
    counts = pd.to_numeric(register["households"], errors="coerce").to_numpy(np.float64)
    wrong = np.isnan(counts) | (counts < 0) | (counts != np.floor(counts))
    for at in np.flatnonzero(wrong):
        raise BadDesign(
            f"Thôn {villages[at]}: số hộ phải là số nguyên không âm.",
            f"Village {villages[at]}: the number of households must be whole, not negative.",
        )
    if len(set(villages)) < len(villages):
        twice = sorted({name for name in villages if villages.count(name) > 1})
        raise BadDesign(
            f"Danh sách hộ ghi hai lần thôn {', '.join(twice)}.",
            f"The register has village {', '.join(twice)} twice.",
        )
    return dict(zip(villages, counts.tolist(), strict=True))


def _strata(village: np.ndarray, year: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The stratum's name of each household and the number of households in it."""
    several = np.unique(year).size > 1
    names = village
    if several:
        names = np.array([f"{v}/{y}" for v, y in zip(village, year, strict=True)], dtype=object)
    codes, _ = pd.factorize(names)
    return names, np.bincount(codes).astype(np.float64)[codes] if codes.size else np.zeros(0)


def _units(
    submission: Sequence[int] | np.ndarray,
    stratum: Sequence[str] | np.ndarray,
    weight: Sequence[float] | np.ndarray,
    population: Sequence[float] | np.ndarray,
) -> pd.DataFrame:
    index = pd.Index(np.asarray(submission, dtype=np.int64), name="_submission")
    return pd.DataFrame(
        {
            "stratum": pd.Categorical(pd.array(np.asarray(stratum, dtype=object), dtype="str")),
            "weight": np.asarray(weight, dtype=np.float64),
            "population": np.asarray(population, dtype=np.float64),
        },
        index=index,
    )


def _nothing() -> Text:
    return Text("Chưa có phỏng vấn hộ gia đình.", "No household interview yet.")


def _describe(
    village: np.ndarray, known: dict[str, float], counts: np.ndarray, interviews: int
) -> Text:
    """The design in sentences: coverage, weights, villages that are special."""
    if village.size == 0:
        return _nothing()
    covered = sorted(set(village))
    vi = [
        f"Mẫu phân tầng theo thôn: {village.size} hộ phỏng vấn xong ở {len(covered)} thôn "
        f"(trong {interviews} phiếu hộ); quyền số là số hộ của thôn chia số hộ phỏng vấn xong. "
        "Người trả lời được chọn ngẫu nhiên trong hộ, mỗi giới một người từ 15 tuổi trở lên, "
        "quyền số nhân với số người đủ điều kiện cùng giới. Hộ là đơn vị mẫu khi tính sai số."
    ]
    en = [
        f"Stratified by village: {village.size} complete households in {len(covered)} villages "
        f"(of {interviews} household forms); the weight is the village's households over its "
        "complete interviews. One person aged 15 and over of each sex is drawn in a household and "
        "weighted by the number eligible of that sex. Errors are computed between households."
    ]
    uncovered = sorted(name for name, count in known.items() if count > 0 and name not in covered)
    lonely = sorted(
        {v for v, n in zip(village, counts, strict=True) if n == 1 and known.get(v, 0) > 1}
    )
    beyond = sorted({v for v, n in zip(village, counts, strict=True) if n > known.get(v, 0)})
    for names, says in (
        (uncovered, ("Chưa có hộ nào, không đại diện: thôn", "Not covered: villages")),
        (
            lonely,
            ("Chỉ có một hộ (quy tắc “adjust”): thôn", "One household (rule “adjust”): villages"),
        ),
        (
            beyond,
            (
                "Số hộ phỏng vấn nhiều hơn danh sách, coi như khảo sát toàn bộ: thôn",
                "More interviews than the register, taken as listed in full: villages",
            ),
        ),
    ):
        if names:
            vi.append(f"{says[0]} {', '.join(names)}.")
            en.append(f"{says[1]} {', '.join(names)}.")
    return Text(" ".join(vi), " ".join(en))
