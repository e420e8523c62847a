"""Weights made to agree with known population counts: post-stratification, raking, regression.

The estimate uses the new weights; its variance is taken of the residuals that the adjustment
leaves: each weighted column is projected before its PSU totals are formed. R: `postStratify`,
`rake`, and the loop over `postStrata` in `svyrecvar` (raking: margin by margin, ten rounds).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.errors import BadInput
from analysis.estimators.sample import Floats, Ints, Sample, sums

RAKING_ROUNDS = 10  # as in svyrecvar: the projections are iterated, not solved


@dataclass(frozen=True, slots=True, eq=False)
class CellMeans:
    """The residual of a weighted column after post-stratification on one set of cells.

    `old`, `new` (rows,): weights before and after; the cell mean of x/new is weighted by `old`.
    """

    cell: Ints
    cells: int
    old: Floats
    new: Floats

    def __call__(self, weighted: Floats) -> Floats:
        """(rows,) to (rows,)"""
        safe = np.where(self.new == 0, 1.0, self.new)
        means = sums(self.cell, weighted * self.old / safe, self.cells)
        means /= np.maximum(sums(self.cell, self.old, self.cells), np.finfo(float).tiny)
        return weighted - means[self.cell] * safe


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """The residual after raking: unweighted cell means, margin by margin, ten rounds.

    Rows of weight 0 are in no cell: they carry nothing, and have no share of a mean.
    """

    cells: tuple[Ints, ...]
    weights: tuple[Floats, ...]

    def __call__(self, weighted: Floats) -> Floats:
        """(rows,) to (rows,)"""
        for _ in range(RAKING_ROUNDS):
            for cell, weight in zip(self.cells, self.weights, strict=True):
                there, size = weight > 0, int(cell.max()) + 1
                share = np.where(there, weighted / np.where(there, weight, 1.0), 0.0)
                means = sums(cell, share, size) / np.maximum(sums(cell, there, size), 1)
                weighted = weighted - weight * means[cell]
        return weighted


def _cells(
    weight: Floats, values: ArrayLike, population: Mapping[str, float]
) -> tuple[Ints, Floats]:
    """Cell ids of the rows and the population of each cell; both must name the same cells."""
    labels, cell = np.unique(np.asarray(values), return_inverse=True)
    names = [str(label) for label in labels.tolist()]
    heard = dict(zip(names, sums(cell, weight, len(names)), strict=True))
    for name in names:
        if name not in population:
            raise BadInput(
                f"Không có số dân của nhóm {name}.", f"No population count for cell {name}."
            )
    for name, count in population.items():
        if not (math.isfinite(count) and count >= 0):
            raise BadInput(
                f"Số dân của nhóm {name} phải hữu hạn và không âm; nhận {count:g}.",
                f"The population of cell {name} must be finite and not negative; got {count:g}.",
            )
        if count > 0 and not heard.get(name):
            raise BadInput(
                f"Nhóm {name} có {count:g} người nhưng không có ai trong mẫu.",
                f"Cell {name} has a population of {count:g} but nobody in the sample.",
            )
    return cell.astype(np.intp), np.array([float(population[name]) for name in names])


def _fitted(weight: Floats, cell: Ints, known: Floats) -> Floats:
    """The weights (rows,) that add up to `known` (cells,); a cell of weight 0 stays as it is."""
    held = sums(cell, weight, known.size)
    factor = np.divide(known, held, out=np.zeros(known.size), where=held > 0)
    fitted: Floats = weight * factor[cell]
    return fitted


def post_stratify(sample: Sample, cells: ArrayLike, population: Mapping[str, float]) -> Sample:
    """The sample with weights that add up to `population` in each cell. R: `postStratify`.

    `cells` (rows,): the post-stratum of each row. Raises `BadInput` for a cell that only the
    sample or only the population has, one whose rows all have weight 0, and a count that is
    negative or not finite.
    """
    cell, known = _cells(sample.weight, cells, population)
    new = _fitted(sample.weight, cell, known)
    projection = CellMeans(cell, known.size, sample.weight, new)
    return replace(sample, weight=new, projections=(*sample.projections, projection))


def rake(
    sample: Sample,
    margins: Sequence[tuple[ArrayLike, Mapping[str, float]]],
    tolerance: float = 1e-12,
    rounds: int = 1000,
) -> Sample:
    """The sample with weights that fit several margins at once. R: `rake`.

    `margins`: for each the cells of the rows and the population of the cells. Stops when no margin
    total changes by more than `tolerance` of the population. Raises `BadInput` where it does not
    converge in `rounds`, usually because the margins contradict each other.
    """
    parts = [_cells(sample.weight, values, population) for values, population in margins]
    weight, steps = sample.weight, [sample.weight] * len(parts)
    before = [sums(cell, weight, known.size) for cell, known in parts]
    for _ in range(rounds):
        for position, (cell, known) in enumerate(parts):
            weight = _fitted(weight, cell, known)
            steps[position] = weight
        after = [sums(cell, weight, known.size) for cell, known in parts]
        moved = max(float(np.abs(a - b).max()) for a, b in zip(after, before, strict=True))
        missed = max(float(np.abs(a - n).max()) for a, (_, n) in zip(after, parts, strict=True))
        # Margins that contradict each other stop moving too, but fit only the last of them.
        if moved < tolerance * float(weight.sum()) and missed < 1e-8 * float(weight.sum()):
            projection = Margins(tuple(cell for cell, _ in parts), tuple(steps))
            return replace(sample, weight=weight, projections=(*sample.projections, projection))
        before = after
    raise BadInput(
        f"Hiệu chỉnh theo các biên không hội tụ sau {rounds} vòng; các biên có thể mâu thuẫn.",
        f"Raking did not converge in {rounds} rounds; the margins may contradict each other.",
    )


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """The residual of a weighted column after calibration: y − x'β, weighted anew.

    Whatever the distance (linear, raking, trimmed in between), a calibrated estimate behaves like
    the regression estimator (Deville & Särndal 1992, result 5).

    `x` (rows, p): the auxiliary columns; `old`, `new` (rows,): weights before and after. β is the
    regression with the old weights, as in `svyrecvar` for `calibrate`.
    """

    x: Floats
    old: Floats
    new: Floats

    def __call__(self, weighted: Floats) -> Floats:
        """(rows,) to (rows,)"""
        value = weighted / np.where(self.new == 0, 1.0, self.new)
        by_weight = self.x * self.old[:, None]
        # Classes that add up to one another leave β open, not x'β: the shortest β will do.
        beta = np.linalg.lstsq(by_weight.T @ self.x, by_weight.T @ value, rcond=None)[0]
        residual: Floats = weighted - self.new * (self.x @ beta)
        return residual


def calibrate(
    sample: Sample, columns: Mapping[str, ArrayLike], population: Mapping[str, float]
) -> Sample:
    """The sample with weights w·(1 + x'λ) whose weighted totals are `population`.

    R: `calibrate(d, ~…, population, calfun="linear")` (Deville & Särndal 1992: the regression
    estimator). `columns`: each auxiliary variable (rows,), an intercept is a column of ones.
    Raises `BadInput` where a total is missing, a value is missing, columns depend on each other,
    or a weight would be negative (raking keeps them positive).
    """
    if set(columns) != set(population) or not columns:
        raise BadInput(
            f"Cần tổng thể của đúng các biến {sorted(columns)}; nhận {sorted(population)}.",
            f"Population totals are needed for {sorted(columns)}; got {sorted(population)}.",
        )
    x = np.stack([_auxiliary(name, values) for name, values in columns.items()], axis=1)
    aim = np.array([_finite(name, float(population[name])) for name in columns])
    by_weight = x * sample.weight[:, None]
    moments = by_weight.T @ x
    if np.linalg.matrix_rank(moments) < aim.size:
        raise BadInput(
            f"Các biến {sorted(columns)} phụ thuộc nhau; hãy bỏ bớt biến.",
            f"The columns {sorted(columns)} depend on each other; leave one out.",
        )
    new = sample.weight * (1.0 + x @ np.linalg.solve(moments, aim - by_weight.sum(axis=0)))
    if (new < 0).any():
        row = int(np.flatnonzero(new < 0)[0])
        raise BadInput(
            f"Dòng {row + 1} sẽ có quyền số âm ({new[row]:g}); hãy gộp nhóm hoặc dùng raking.",
            f"Row {row + 1} would get a negative weight ({new[row]:g}); merge groups, or rake.",
        )
    projection = Regression(x, sample.weight, new)
    return replace(sample, weight=new, projections=(*sample.projections, projection))


def _finite(name: str, total: float) -> float:
    if not math.isfinite(total):
        raise BadInput(
            f"Tổng thể của biến {name} phải là số hữu hạn; nhận {total:g}.",
            f"The population total of {name} must be a finite number; got {total:g}.",
        )
    return total


def _auxiliary(name: str, values: ArrayLike) -> Floats:
    column = np.asarray(values, dtype=np.float64)
    if not np.isfinite(column).all():
        row = int(np.flatnonzero(~np.isfinite(column))[0])
        raise BadInput(
            f"Biến {name} thiếu giá trị ở dòng {row + 1}; hiệu chỉnh cần đủ mọi dòng.",
            f"Column {name} has no value in row {row + 1}; calibration needs every row.",
        )
    return column
