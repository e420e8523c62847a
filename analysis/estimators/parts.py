"""PSU tables of partitions, added up before anything is squared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.estimators.psu import PsuTable, totals_by_domain
from analysis.estimators.sample import Floats, Ints, Mask, Strata, sums


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
    totals = totals_by_domain(domain, z, domains)
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
        totals=totals_by_domain(domain, table.z, count),
        n=sums(groups, table.n, count).astype(np.intp),
        excluded=sums(groups, table.excluded, count).astype(np.intp),
        second=second,
        pairs=None,
    )
