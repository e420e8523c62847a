"""From the draw to the weights: base, non-response, calibration, trimming; each step a column.

Rows are what the caller says: households for the first two steps, selected persons from the
calibration on. For standard errors that know of the calibration use
`analysis.estimators.calibration` on the `Sample` itself; here only weights are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.calibration import post_stratify, rake
from analysis.estimators.sample import Floats, Ints, Mask, Sample, sample_of, strata_of
from analysis.sampling.errors import BadWeighting


@dataclass(frozen=True, slots=True)
class Summary:
    """One step, over the rows with a positive weight.

    `effective`: Kish's (Σw)²/Σw²; `deff` = rows/effective, the loss of precision from unequal
    weights (1 + cv² of the weights).
    """

    rows: int
    total: float
    low: float
    high: float
    effective: float
    deff: float


def summarise(weight: ArrayLike) -> Summary:
    """Range, total and effective sample. Raises `BadWeighting` where all are zero."""
    values = _weights(weight)
    used = values[values > 0]
    if not used.size:
        raise BadWeighting("Không có quyền số dương.", "No weight is positive.")
    effective = float(used.sum() ** 2 / (used**2).sum())
    return Summary(
        int(used.size),
        float(used.sum()),
        float(used.min()),
        float(used.max()),
        effective,
        used.size / effective,
    )


def base_weights(
    village: ArrayLike, households: ArrayLike, village_chance: ArrayLike | None = None
) -> Floats:
    """N_i/(n_i·π_i) for every household that was issued, n_i counted from the rows.

    Issued: the sample and each replacement that was used, whether it answered or not. As the order
    of the list is random, they are a random draw of that size. `households` (rows,): N_i;
    `village_chance` (rows,): π_i, 1 where all villages are visited. A census has weight 1. Raises
    `BadWeighting` naming the village.
    """
    names, of = _labels(village)
    counts = np.asarray(households, dtype=np.float64)
    chance = np.ones(of.size) if village_chance is None else np.asarray(village_chance, np.float64)
    issued = np.bincount(of, minlength=len(names)).astype(np.float64)[of]
    for row in np.flatnonzero(~((chance > 0) & (chance <= 1))):
        raise BadWeighting(
            f"Thôn {names[of[row]]}: xác suất chọn phải trên 0, đến 1; nhận được {chance[row]:g}.",
            f"Village {names[of[row]]}: its probability must be above 0, up to 1; got "
            f"{chance[row]:g}.",
        )
    for row in np.flatnonzero(~(counts >= issued) | ~np.isfinite(counts)):
        raise BadWeighting(
            f"Thôn {names[of[row]]}: {issued[row]:g} hộ đã giao nhưng danh sách ghi "
            f"{counts[row]:g} hộ.",
            f"Village {names[of[row]]}: {issued[row]:g} households were issued, but the register "
            f"has {counts[row]:g}.",
        )
    _refuse_changing(names, of, counts, ("số hộ", "number of households"))
    _refuse_changing(names, of, chance, ("xác suất chọn", "probability"))
    weight: Floats = counts / (issued * chance)
    return weight


def _refuse_changing(names: Sequence[str], of: Ints, values: Floats, what: tuple[str, str]) -> None:
    """What is said of a village is said alike in each of its rows."""
    first = np.full(len(names), np.nan)
    first[of[::-1]] = values[::-1]
    for row in np.flatnonzero(values != first[of]):
        village, one, other = names[of[row]], first[of[row]], values[row]
        raise BadWeighting(
            f"Thôn {village}: {what[0]} thay đổi giữa các dòng: {one:g} và {other:g}.",
            f"Village {village}: its {what[1]} changes between rows: {one:g} and {other:g}.",
        )


def adjust_nonresponse(weight: ArrayLike, responded: ArrayLike, classes: ArrayLike) -> Floats:
    """Within each class those who answered also stand for those who did not; these get 0.

    The total of each class stays. Raises `BadWeighting` naming a class where nobody answered.
    """
    values, (names, of) = _weights(weight), _labels(classes)
    answered: Mask = np.asarray(responded, dtype=bool)
    _same_length(values.size, answered.size, of.size)
    total = np.bincount(of, values, len(names))
    heard = np.bincount(of, values * answered, len(names))
    for empty in np.flatnonzero((heard == 0) & (total > 0)):
        raise BadWeighting(
            f"Nhóm {names[empty]}: không hộ nào trả lời; hãy gộp nhóm này với nhóm gần nhất.",
            f"Class {names[empty]}: nobody answered; merge it with the nearest class.",
        )
    factor = np.divide(total, heard, out=np.zeros_like(total), where=heard > 0)
    return np.where(answered, values * factor[of], 0.0)


def calibrate_cells(weight: ArrayLike, cells: ArrayLike, population: Mapping[str, float]) -> Floats:
    """Weights that add up to the population of each cell, such as "F|15-24" (post-stratification).

    Rows of weight 0 stay out. Raises `BadInput` for a cell that only one of the two has.
    """
    values, labels = _weights(weight), np.asarray(cells)
    _same_length(values.size, labels.size)
    used = values > 0
    return _back(used, post_stratify(_plain(values[used]), labels[used], population))


def calibrate_margins(
    weight: ArrayLike, margins: Sequence[tuple[ArrayLike, Mapping[str, float]]]
) -> Floats:
    """The same for several margins, such as sex and age apart (raking). Raises `BadInput`."""
    values = _weights(weight)
    used = values > 0
    taken = [(np.asarray(labels)[used], known) for labels, known in margins]
    return _back(used, rake(_plain(values[used]), taken))


def trim(weight: ArrayLike, cap: float, cells: ArrayLike | None = None) -> Floats:
    """No weight above `cap` times the median of its cell; the excess goes to the cell's others.

    They share it in proportion to their weights, so that the totals of the cells (and with them a
    calibration to these cells) stay. Trimming lowers the variance and costs some bias. Raises
    `BadWeighting` naming a cell whose total does not fit under its cap.
    """
    values = _weights(weight)
    if not (np.isfinite(cap) and cap >= 1):
        raise BadWeighting(
            f"Ngưỡng cắt phải từ 1 lần trung vị trở lên; nhận được {cap:g}.",
            f"The cap must be at least 1 times the median; got {cap:g}.",
        )
    names, of = _labels(np.zeros(values.size) if cells is None else cells)
    _same_length(values.size, of.size)
    trimmed = values.copy()
    for cell, name in enumerate(names):
        rows = np.flatnonzero((of == cell) & (values > 0))
        if rows.size:
            trimmed[rows] = _trimmed(values[rows], cap, name)
    return trimmed


def _trimmed(values: Floats, cap: float, name: str) -> Floats:
    limit, total = cap * float(np.median(values)), float(values.sum())
    if total > limit * values.size * (1 + 1e-12):
        raise BadWeighting(
            f"Nhóm {name}: không thể cắt ở {cap:g} lần trung vị mà giữ nguyên tổng; hãy nâng "
            "ngưỡng.",
            f"Cell {name}: its total does not fit under {cap:g} times the median; raise the cap.",
        )
    capped = np.zeros(values.size, dtype=bool)
    new = values
    while (over := (new > limit * (1 + 1e-12)) & ~capped).any():
        capped |= over
        free = float(values[~capped].sum())
        scale = (total - limit * float(capped.sum())) / free if free > 0 else 0.0
        new = np.where(capped, limit, values * scale)
    return new


def _weights(weight: ArrayLike) -> Floats:
    values = np.asarray(weight, dtype=np.float64)
    for row in np.flatnonzero(~np.isfinite(values) | (values < 0)):
        raise BadWeighting(
            f"Quyền số phải hữu hạn và không âm; dòng {row + 1} có {values[row]:g}.",
            f"Weights must be finite and not negative; row {row + 1} has {values[row]:g}.",
        )
    return values


def _labels(values: ArrayLike) -> tuple[list[str], Ints]:
    labels, of = np.unique(np.asarray(values), return_inverse=True)
    return [str(label) for label in labels.tolist()], of.astype(np.intp)


def _same_length(*sizes: int) -> None:
    if len(set(sizes)) > 1:
        raise BadWeighting(
            f"Các cột phải có số dòng như nhau: {sizes}.", f"Columns differ in length: {sizes}."
        )


def _plain(weight: Floats) -> Sample:
    """A sample of rows, only to carry weights through the calibration."""
    rows = np.arange(weight.size, dtype=np.intp)
    return sample_of(rows, weight, strata_of(np.zeros(weight.size, dtype=np.intp)))


def _back(used: Mask, calibrated: Sample) -> Floats:
    weight = np.zeros(used.size)
    weight[used] = calibrated.weight
    return weight
