"""The estimators of units' returns: shares, ratios, rates, counts, units that have something."""

from __future__ import annotations

import numpy as np

from analysis.estimators import from_sums
from analysis.estimators.request import Request
from analysis.estimators.returned import (
    Arguments,
    Returned,
    Sides,
    above_whole,
    amounts,
    blank,
    cells,
    facts,
    not_counts,
    returned,
    sides,
)
from analysis.estimators.sample import Mask
from analysis.types import Estimate


def _refused(source: Returned, by: dict[str, str], sides: Sides, part: bool) -> Estimate | None:
    """The estimate that says why nothing may be computed; None where it may."""
    if sides.wrong:
        return blank(source, by, not_counts(sides.wrong))
    gross = bool(source.request.arguments.get("gross"))
    if part and not gross and (sides.over or sides.top > sides.below):
        return blank(source, by, above_whole(sides))
    return None


def _made(source: Returned, by: dict[str, str], sides: Sides, make: from_sums.FromSums) -> Estimate:
    """The estimate of one cell; the words for its absence where nothing came or occurred."""
    found = None if source.empty else make(sides, source.request.scale)
    if found is None:
        return blank(source, by)
    return from_sums.estimate(source.request, found, by=by, **facts(source))


def _each(request: Request, make: from_sums.FromSums, *, part: bool = False) -> list[Estimate]:
    """An estimate for each cell. `part`: the numerator is a part of the denominator."""
    source = returned(request)
    found = []
    for by, arguments, rows in cells(source):
        both = sides(source, arguments, rows)
        found.append(_refused(source, by, both, part) or _made(source, by, both, make))
    return found


def return_share(request: Request) -> list[Estimate]:
    """k/n over all returns, times `scale`.

    `numerator`, `denominator`: conditions on rows beside `domain`; `numerator_sum`,
    `denominator_sum`: columns to add instead of counting rows; `parts`: dimension -> category ->
    what differs. `gross`: more than 100 % can happen and is flagged; else it is refused.
    """
    return _each(request, from_sums.share, part=True)


def return_ratio(request: Request) -> list[Estimate]:
    """The numerator per `scale` of the denominator, neither a part of the other; no interval."""
    return _each(request, from_sums.ratio)


def return_rate(request: Request) -> list[Estimate]:
    """Events per `scale` of exposure, with Garwood's interval."""
    return _each(request, from_sums.rate)


def return_count(request: Request) -> list[Estimate]:
    """How many: rows of `domain` and `numerator`, or the sum of `numerator_sum`; no interval.

    A count has no denominator. Zero is a value where every return has come, or the form is one
    that nobody owes.
    """
    return _each(request, from_sums.count)


def return_units(request: Request) -> list[Estimate]:
    """Of the units that sent returns (rows of `domain`), those with at least one `numerator` row.

    Both count units once, however many returns a year has.
    """
    source = returned(request)
    units, _ = source.table.codes("_unit")

    def distinct(arguments: Arguments, rows: Mask, side: str) -> int:
        told = amounts(source.table, rows, arguments, side) > 0
        return int(np.unique(units[told & (units >= 0)]).size)

    found = []
    for by, arguments, rows in cells(source):
        both = Sides(distinct(arguments, rows, "numerator"), distinct(arguments, rows, "_all"))
        found.append(_made(source, by, both, from_sums.share))
    return found
