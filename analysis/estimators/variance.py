"""Variances and covariances of linearised PSU values.

    V = Σ_h (1 − n_h/N_h)·n_h/(n_h − 1)·Σ_i (u_hi − ū_h)²

Lonely PSUs as in R's `survey` 4.5 (`onestrat`, `onestage`): only strata in which the domain has a
row are looked at; "adjust" centres at the mean over all PSUs of those strata.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.estimators.errors import BadDesign, LonelyPsu
from analysis.estimators.sample import Floats, Ints, Mask, Strata, sums


class Pairs(NamedTuple):
    """The (stratum, domain) pairs in which a table has cells: `of_cell` (cells,), the two parts of
    each pair (pairs,), and how many cells it has."""

    of_cell: Ints
    stratum: Ints
    domain: Ints
    cells: Ints


def by_domain(
    strata: Strata,
    psu: Ints,
    domain: Ints,
    u: Floats,
    filled: Mask,
    domains: int,
    pairs: Pairs | None = None,
) -> Floats:
    """The variance of each domain (domains,) from values u in cells (domain, PSU).

    PSUs without a cell are zeros. `pairs`: those of the cells, where the caller has them. Raises
    `LonelyPsu` where a domain reaches a stratum of one PSU and the rule is "fail".
    """
    found = pairs_of(strata.of_psu[psu], domain, domains) if pairs is None else pairs
    count = found.stratum.size
    sampled = strata.sampled[found.stratum]
    centre = sums(found.of_cell, u, count) / sampled
    deviation = u - centre[found.of_cell]
    deviation *= deviation
    spread = sums(found.of_cell, deviation, count)
    spread += (sampled - found.cells) * centre * centre
    variance = sums(found.domain, strata.scale[found.stratum] * spread, domains)
    lonely = strata.lonely_strata[found.stratum]
    if not lonely.any():
        return variance
    present = sums(found.of_cell, filled, count) > 0
    lonely &= present
    if not lonely.any():
        return variance
    totals = sums(domain, u, domains)
    return _with_lonely(
        strata, variance, lonely, present, found.stratum, found.domain, centre, totals
    )


def pairs_of(stratum: Ints, domain: Ints, domains: int) -> Pairs:
    """The pairs of cells with these strata and domains (cells,)."""
    key = stratum if domains == 1 else stratum * domains + domain
    top = int(key.max()) + 1 if key.size else 0
    if top <= 4 * key.size + 65_536:
        cells = np.bincount(key, minlength=top)
        keys = np.flatnonzero(cells)
        place = np.zeros(top, dtype=np.intp)
        place[keys] = np.arange(keys.size)
        return Pairs(place[key], keys // domains, keys % domains, cells[keys])
    keys, inverse, cells = np.unique(key, return_inverse=True, return_counts=True)
    return Pairs(inverse, keys // domains, keys % domains, cells)


def _with_lonely(
    strata: Strata,
    variance: Floats,
    lonely: Mask,
    present: Mask,
    pair_stratum: Ints,
    pair_domain: Ints,
    value: Floats,
    totals: Floats,
) -> Floats:
    """`value` at a lonely pair is its one PSU's u (the mean of one)."""
    if strata.lonely == "fail":
        raise LonelyPsu(strata.names[int(pair_stratum[lonely][0])], _stage(strata))
    domains = variance.size
    if strata.lonely == "adjust":
        psus = sums(pair_domain[present], strata.sampled[pair_stratum[present]], domains)
        centre = (totals / np.maximum(psus, 1.0))[pair_domain[lonely]]
        added = strata.left_out[pair_stratum[lonely]] * (value[lonely] - centre) ** 2
        return variance + sums(pair_domain[lonely], added, domains)
    if strata.lonely == "average":
        strata_in = np.bincount(pair_domain[present], minlength=domains)
        alone = np.bincount(pair_domain[lonely], minlength=domains)
        return variance * average_factor(strata_in, alone)
    return variance  # "remove" and "certainty": the stratum adds nothing


def _stage(strata: Strata) -> int:
    return 1 if strata.drawn is None else 2


def average_factor(strata: Ints, lonely: Ints) -> Floats:
    """What "average" multiplies a variance by: strata / (strata that are not lonely)."""
    if np.any((lonely > 0) & (lonely == strata)):
        raise BadDesign(
            "Quy tắc average cần ít nhất một tầng có từ hai đơn vị mẫu trở lên; mọi tầng của miền "
            "này chỉ có một đơn vị.",
            "The rule average needs a stratum with two PSUs; every stratum of this domain has one.",
        )
    return np.where(lonely > 0, strata / np.maximum(strata - lonely, 1), 1.0)


def matrix(strata: Strata, u: Floats, filled: Mask) -> Floats:
    """The covariance matrix (k, k) of k statistics with PSU values u (psus, k).

    `filled` (psus,): the PSU has a row in any of the statistics' domains.
    """
    of_psu, count = strata.of_psu, strata.sampled.size
    by_stratum = np.stack([sums(of_psu, column, count) for column in u.T], axis=1)
    centred = u - (by_stratum / strata.sampled[:, None])[of_psu]
    centred *= np.sqrt(strata.scale)[of_psu, None]
    variance: Floats = centred.T @ centred
    present = sums(of_psu, filled, count) > 0
    lonely = present & strata.lonely_strata
    if not lonely.any():
        return variance
    if strata.lonely == "fail":
        raise LonelyPsu(strata.names[int(np.flatnonzero(lonely)[0])], _stage(strata))
    if strata.lonely == "adjust":
        alone = by_stratum[lonely] - u.sum(axis=0) / strata.sampled[present].sum()
        alone *= np.sqrt(strata.left_out[lonely])[:, None]
        variance += alone.T @ alone
    if strata.lonely == "average":
        variance *= average_factor(np.array([present.sum()]), np.array([lonely.sum()]))[0]
    return variance


def degrees_of_freedom(
    strata: Strata, psu: Ints, domain: Ints, inside: Mask, domains: int
) -> tuple[Ints, Ints]:
    """PSUs and strata in which each domain has a row, (domains,) each; df is the difference."""
    psu, domain = psu[inside], domain[inside]
    pairs = pairs_of(strata.of_psu[psu], domain, domains)
    return (
        np.bincount(domain, minlength=domains),
        np.bincount(pairs.domain, minlength=domains),
    )
