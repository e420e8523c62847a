"""The PSU table: weighted totals by domain and PSU, from which every estimate follows.

    Z_hi,k = Σ_j w·1[domain]·1[observed]·a_k        T_k = Σ_h Σ_i Z_hi,k

The table is the sufficient statistic: tables of partitions can be added PSU by PSU, and only then
is anything squared. PSUs with nothing in a domain are not stored; the variance counts them as
zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.estimators.domains import Domains
from analysis.estimators.errors import BadInput
from analysis.estimators.sample import Floats, Ints, Mask, Sample, Strata, sums
from analysis.estimators.variance import Pairs, pairs_of


@dataclass(frozen=True, slots=True, eq=False)
class PsuTable:
    """Totals of K columns in the cells (domain, PSU).

    `psu`, `domain` (cells,); `z` (cells, K). `inside`, `filled` (cells,): the cell has a row of
    the domain, one with an answer; R counts degrees of freedom by the first and lonely PSUs by the
    second. `totals` (domains, K) are T. `n`, `excluded` (domains,): rows used, rows of the domain
    left out for a missing value. `second` (domains, K, K): the quadratic form of the second stage,
    see `tabulate`. `inner`: the same columns by the units of a second stage. `pairs`: the cells'
    strata and domains, where several statistics share them.
    """

    strata: Strata
    psu: Ints
    domain: Ints
    z: Floats
    inside: Mask
    filled: Mask
    totals: Floats
    n: Ints
    excluded: Ints
    second: Floats | None = None
    pairs: Pairs | None = None
    inner: PsuTable | None = None

    @property
    def domains(self) -> int:
        """Number of domains."""
        return int(self.totals.shape[0])

    def with_pairs(self) -> PsuTable:
        """The table with its `pairs`, so that they are found once for many statistics."""
        return replace(
            self, pairs=pairs_of(self.strata.of_psu[self.psu], self.domain, self.domains)
        )

    def columns(self, chosen: Sequence[int]) -> PsuTable:
        """The table of some of its columns."""
        at = list(chosen)
        second = None if self.second is None else self.second[:, at][:, :, at]
        inner = None if self.inner is None else self.inner.columns(at)
        return replace(self, z=self.z[:, at], totals=self.totals[:, at], second=second, inner=inner)


def tabulate(
    sample: Sample,
    columns: Sequence[Floats | None],
    domains: Domains,
    observed: Mask | None = None,
    second: Floats | None = None,
) -> PsuTable:
    """The PSU table of `columns` (each (rows,), or None for a column of ones).

    `observed` (rows,): rows with an answer; the others are counted, not used. `second` (rows,):
    the factor f_h·(1 − 1/M) of a person drawn from M in the household. One person drawn says
    nothing about the variance within the household, so the square is taken around the domain's
    mean, which does not understate it unless members of a household are less alike than strangers.
    """
    within = sample.within()
    if within is not None:
        first = tabulate(replace(sample, inner=None), columns, domains, observed, second)
        return replace(first, inner=tabulate(within, columns, domains, observed))
    inside = (domains.of_row >= 0) & (sample.weight > 0)
    used = inside if observed is None else inside & observed
    excluded = _excluded(domains, inside, observed)
    if sample.calibrated:
        return _projected(sample, columns, domains, _Which(inside, used, excluded), second)
    pick = _Rows(inside)
    answered = None if observed is None else pick(used)
    weight = pick(sample.weight)
    weight = weight if answered is None else weight * answered
    weighted = [
        weight if column is None else weight * pick(_as_long(column, sample.rows))
        for column in columns
    ]
    domain = pick(domains.of_row)
    cells = _sum_cells(pick(sample.psu), domain, weighted, answered, sample.strata, domains.count)
    return PsuTable(
        sample.strata,
        cells.psu,
        cells.domain,
        cells.z,
        np.ones(cells.psu.size, dtype=bool),
        cells.filled,
        totals_by_domain(cells.domain, cells.z, domains.count),
        _n(cells, domains.count) - excluded,
        excluded,
        None if second is None else _quadratic(weighted, pick(second), domain, domains.count),
    )


Kind = TypeVar("Kind", bound=np.generic)


class _Rows:
    """Takes the rows of a mask out of columns; copies nothing where it is all of them."""

    def __init__(self, inside: Mask) -> None:
        self.rows = None if inside.all() else np.flatnonzero(inside)

    def __call__(self, values: NDArray[Kind]) -> NDArray[Kind]:
        return values if self.rows is None else values[self.rows]


def _excluded(domains: Domains, inside: Mask, observed: Mask | None) -> Ints:
    if observed is None:
        return np.zeros(domains.count, dtype=np.intp)
    return np.bincount(domains.of_row[inside & ~observed], minlength=domains.count)


def _as_long(column: Floats, rows: int) -> Floats:
    if column.shape != (rows,):
        raise BadInput(
            f"Cột phải có {rows} dòng; nhận {column.shape}.",
            f"A column must have {rows} rows; got {column.shape}.",
        )
    return column


class _Cells(NamedTuple):
    psu: Ints
    domain: Ints
    z: Floats
    filled: Mask
    rows: Ints  # rows of the domain in each cell


def _sum_cells(
    psu: Ints,
    domain: Ints,
    weighted: Sequence[Floats],
    answered: Mask | None,
    strata: Strata,
    domains: int,
) -> _Cells:
    """Sums by (psu, domain): dense where the grid is about as large as the data, else sorted."""
    key = psu if domains == 1 else psu * domains + domain
    size = strata.psus * domains
    if size <= 4 * key.size + 65_536:
        rows = np.bincount(key, minlength=size)
        cells = np.flatnonzero(rows)
        place: Ints | slice = cells if cells.size < size else slice(None)
    else:
        cells, key, rows = np.unique(key, return_inverse=True, return_counts=True)
        size, place = cells.size, slice(None)
    z = np.empty((len(weighted), rows[place].size))
    for column, into in zip(weighted, z, strict=True):
        into[:] = sums(key, column, size)[place]
    if not np.isfinite(z.sum()):
        raise BadInput(
            "Cột có giá trị vô hạn hoặc giá trị thiếu chưa được khai báo.",
            "A column holds an infinite value, or a missing one that was not declared.",
        )
    filled = np.ones(cells.size, dtype=bool)
    if answered is not None:
        filled = sums(key, answered, size)[place] > 0
    return _Cells(cells // domains, cells % domains, z.T, filled, rows[place])


def _n(cells: _Cells, domains: int) -> Ints:
    return sums(cells.domain, cells.rows, domains).astype(np.intp)


def totals_by_domain(domain: Ints, z: Floats, domains: int) -> Floats:
    """The columns z (cells, K) summed by the cells' domains: (domains, K)."""
    return np.stack([sums(domain, column, domains) for column in z.T], axis=1)


def _quadratic(weighted: Sequence[Floats], factor: Floats, domain: Ints, domains: int) -> Floats:
    """Σ_rows factor·z·zᵀ by domain: (domains, K, K)."""
    size = len(weighted)
    form = np.zeros((domains, size, size))
    for i in range(size):
        left = factor * weighted[i]
        for j in range(i + 1):
            form[:, i, j] = sums(domain, left * weighted[j], domains)
            form[:, j, i] = form[:, i, j]
    return form


class _Which(NamedTuple):
    inside: Mask  # rows of any domain
    used: Mask  # of them those with an answer
    excluded: Ints


def _projected(
    sample: Sample,
    columns: Sequence[Floats | None],
    domains: Domains,
    which: _Which,
    second: Floats | None,
) -> PsuTable:
    """The table of a calibrated sample: totals as they are, PSU sums of the projected columns.

    A projection reaches rows outside the domain, so every PSU has a cell in every domain. `second`
    is of the columns as they are: who is drawn within a unit does not move its weight.
    """
    inside, used, excluded = which
    psus, count, k = sample.strata.psus, domains.count, len(columns)
    weights = [sample.weight if one is None else sample.weight * one for one in columns]
    z = np.zeros((count, psus, k))
    totals = np.zeros((count, k))
    filled, reached = np.zeros((2, count, psus), dtype=bool)
    for d in range(count):
        mask = used & (domains.of_row == d)
        filled[d] = np.bincount(sample.psu[mask], minlength=psus) > 0
        of_domain = inside & (domains.of_row == d)
        reached[d] = np.bincount(sample.psu[of_domain], minlength=psus) > 0
        for position, values in enumerate(weights):
            weighted = np.where(mask, values, 0.0)
            totals[d, position] = weighted.sum()
            z[d, :, position] = _residuals(sample, weighted)
    return PsuTable(
        sample.strata,
        np.tile(np.arange(psus), count),
        np.repeat(np.arange(count), psus),
        z.reshape(count * psus, k),
        reached.reshape(-1),
        filled.reshape(-1),
        totals,
        np.bincount(domains.of_row[used], minlength=count),
        excluded,
        None if second is None else _of_used(weights, second, domains, used),
    )


def _residuals(sample: Sample, weighted: Floats) -> Floats:
    """A weighted column (rows,) as PSU sums (psus,) of what calibration leaves of it."""
    for projection in sample.projections:
        weighted = projection(weighted)
    carriers = sample.carriers
    if carriers is None:
        return sums(sample.psu, weighted, sample.strata.psus)
    held = carriers.projection(sums(carriers.of_row, weighted, carriers.psu.size))
    return sums(carriers.psu, held, sample.strata.psus)


def _of_used(weights: Sequence[Floats], second: Floats, domains: Domains, used: Mask) -> Floats:
    rows = np.flatnonzero(used)
    of_used = [weight[rows] for weight in weights]
    return _quadratic(of_used, second[rows], domains.of_row[rows], domains.count)
