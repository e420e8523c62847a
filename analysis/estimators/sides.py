"""PSU totals of two groups of rows side by side, as a ratio of two groups' means needs them.

Where no row lies on both sides, the side is one more grouping of the rows: each column is summed
once, and the two sides of a PSU are put beside each other afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.estimators.domains import Domains
from analysis.estimators.psu import PsuTable, tabulate
from analysis.estimators.sample import Floats, Ints, Mask, Sample, sums


def tabulate_sides(
    sample: Sample,
    columns: Sequence[Floats | None],
    sides: tuple[Mask, Mask],
    domains: Domains,
    observed: Mask | None = None,
    second: Floats | None = None,
) -> PsuTable:
    """The PSU table of `columns` (two; None for ones) on the first side, then on the other.

    Its four totals are Y and X of the first side, Y and X of the other; see `psu.tabulate`.
    """
    first, other = sides
    if sample.calibrated or (first & other).any():
        parts = [_only(mask, column) for mask in sides for column in columns]
        return tabulate(sample, parts, domains.within(first | other), observed, second)
    of_row = np.where(first, 2 * domains.of_row, 2 * domains.of_row + 1)
    of_row[~(first | other) | (domains.of_row < 0)] = -1
    apart = Domains(of_row, domains.labels * 2)  # the labels only count
    return _beside(tabulate(sample, columns, apart, observed, second))


def _only(mask: Mask, column: Floats | None) -> Floats:
    return mask.astype(np.float64) if column is None else np.where(mask, column, 0.0)


def _beside(table: PsuTable) -> PsuTable:
    """Domains 2d and 2d + 1 as columns of domain d. Cells come in the order of PSU, then domain."""
    domain, side = table.domain // 2, table.domain % 2
    begins = np.ones(domain.size, dtype=bool)
    begins[1:] = (domain[1:] != domain[:-1]) | (table.psu[1:] != table.psu[:-1])
    place = np.cumsum(begins) - 1
    cells = int(begins.sum())
    z = np.zeros((4, cells))
    for half in (0, 1):
        own = np.flatnonzero(side == half)
        at = place[own]
        for k in (0, 1):
            z[2 * half + k][at] = table.z[:, k][own]
    return replace(
        table,
        psu=table.psu[begins],
        domain=domain[begins],
        z=z.T,
        inside=np.ones(cells, dtype=bool),
        filled=sums(place, table.filled, cells) > 0,
        totals=table.totals.reshape(-1, 4),
        n=_pairs(table.n),
        excluded=_pairs(table.excluded),
        second=None if table.second is None else _blocks(table.second),
        inner=None if table.inner is None else _beside(table.inner),
    )


def _pairs(counted: Ints) -> Ints:
    found: Ints = counted.reshape(-1, 2).sum(axis=1)
    return found


def _blocks(second: Floats) -> Floats:
    """(2D, 2, 2) to (D, 4, 4): nobody is on both sides, so nothing stands across them."""
    form = np.zeros((second.shape[0] // 2, 4, 4))
    form[:, :2, :2] = second[0::2]
    form[:, 2:, 2:] = second[1::2]
    return form
