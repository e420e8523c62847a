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


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A partition's table of one domain, to be added to others.

    `psu` (cells,): the PSU's id in the strata of the whole. `domain`: the domain of the whole in
    which all its rows lie. The rest as in `PsuTable`.
    """

    psu: Ints
    z: Floats
    filled: Mask
    domain: int
    n: int
    excluded: int
    second: Floats | None = None


def merged(strata: Strata, parts: Sequence[Part], columns: int, domains: int) -> PsuTable:
    """The table of all parts together: a PSU that lies in several is added up, before anything
    is squared. A PSU lies in one domain of the whole (a province)."""
    psus, owner = strata.psus, np.full(strata.psus, -1, dtype=np.intp)
    z = np.zeros((psus, columns))
    filled = np.zeros(psus, dtype=bool)
    second = np.zeros((domains, columns, columns))
    n, excluded = np.zeros((2, domains), dtype=np.intp)
    for part in parts:  # a PSU has one cell in a part, so nothing is lost by indexing
        z[part.psu] += part.z
        filled[part.psu] |= part.filled
        owner[part.psu] = part.domain
        n[part.domain] += part.n
        excluded[part.domain] += part.excluded
        if part.second is not None:
            second[part.domain] += part.second
    cells = np.flatnonzero(owner >= 0)
    place: Ints | slice = slice(None) if cells.size == psus else cells
    z, domain = z[place], owner[place]
    totals = _by_domain(domain, z, domains)
    inside = np.ones(cells.size, dtype=bool)
    return PsuTable(strata, cells, domain, z, inside, filled[place], totals, n, excluded, second)


def regrouped(table: PsuTable, groups: Ints, count: int) -> PsuTable:
    """The table with domains put together: `groups` (domains,) is the new domain of each. A PSU
    must lie in one of the old domains only."""
    domain = groups[table.domain]
    second = None
    if table.second is not None:
        second = np.zeros((count, *table.second.shape[1:]))
        np.add.at(second, groups, table.second)
    return replace(
        table,
        domain=domain,
        totals=_by_domain(domain, table.z, count),
        n=sums(groups, table.n, count).astype(np.intp),
        excluded=sums(groups, table.excluded, count).astype(np.intp),
        second=second,
        pairs=None,
    )


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
    if sample.projections:
        return _projected(sample, columns, domains, inside, used, excluded)
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
        _by_domain(cells.domain, cells.z, domains.count),
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


def _by_domain(domain: Ints, z: Floats, domains: int) -> Floats:
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


def _projected(
    sample: Sample,
    columns: Sequence[Floats | None],
    domains: Domains,
    inside: Mask,
    used: Mask,
    excluded: Ints,
) -> PsuTable:
    """The table of a calibrated sample: totals as they are, PSU sums of the projected columns.

    A projection reaches rows outside the domain, so every PSU has a cell in every domain.
    """
    psus, count, k = sample.strata.psus, domains.count, len(columns)
    z = np.zeros((count, psus, k))
    totals = np.zeros((count, k))
    filled, reached = np.zeros((2, count, psus), dtype=bool)
    for d in range(count):
        mask = used & (domains.of_row == d)
        filled[d] = np.bincount(sample.psu[mask], minlength=psus) > 0
        of_domain = inside & (domains.of_row == d)
        reached[d] = np.bincount(sample.psu[of_domain], minlength=psus) > 0
        for position, column in enumerate(columns):
            values = sample.weight if column is None else sample.weight * column
            weighted = np.where(mask, values, 0.0)
            totals[d, position] = weighted.sum()
            for projection in sample.projections:
                weighted = projection(weighted)
            z[d, :, position] = sums(sample.psu, weighted, psus)
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
    )
