"""The estimators of units' returns: shares, ratios, rates, counts, units that have something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from analysis.estimators import counts
from analysis.estimators.request import ONE_SIDED, ZERO_BELOW, Request
from analysis.estimators.returned import (
    Arguments,
    Returned,
    Sides,
    above_hundred,
    above_whole,
    amounts,
    blank,
    cells,
    facts,
    joined,
    not_counts,
    returned,
    sides,
)
from analysis.estimators.sample import Mask
from analysis.types import Estimate


def _exact(
    source: Returned, by: dict[str, str], sides: Sides, value: Fraction, method: str
) -> Estimate:
    """An estimate of a full count without an interval."""
    return Estimate(
        source.request.indicator.code,
        source.request.years,
        by,
        value=float(value),
        method=method,
        numerator=float(sides.top),
        denominator=float(sides.below),
        exact=value,
        n=sides.below,
        variant=source.request.variant,
        **facts(source),
    )


def _refused(source: Returned, by: dict[str, str], sides: Sides, part: bool) -> Estimate | None:
    """The estimate that says why nothing may be computed; None where it may."""
    if sides.wrong:
        return blank(source, by, not_counts(sides.wrong))
    gross = bool(source.request.arguments.get("gross"))
    if part and not gross and (sides.over or sides.top > sides.below):
        return blank(source, by, above_whole(sides))
    return None


Make = Callable[[dict[str, str], Sides], Estimate]


def _each(source: Returned, make: Make, *, part: bool) -> list[Estimate]:
    """An estimate for each cell; the words for its absence where nothing may be computed."""
    found = []
    for by, arguments, rows in cells(source):
        both = sides(source, arguments, rows)
        refused = _refused(source, by, both, part)
        if refused is None and source.empty:
            refused = blank(source, by)
        found.append(refused or make(by, both))
    return found


def return_share(request: Request) -> list[Estimate]:
    """k/n over all returns, times `scale`.

    `numerator`, `denominator`: conditions on rows beside `domain`; `numerator_sum`,
    `denominator_sum`: columns to add instead of counting rows; `parts`: dimension -> category ->
    what differs. `gross`: more than 100 % can happen and is flagged; else it is refused.
    """
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        if not sides.below:
            return blank(source, by)
        value = Fraction(sides.top * request.scale, sides.below)
        estimate = _exact(source, by, sides, value, "full_count")
        if sides.top <= sides.below:
            return estimate
        return replace(estimate, note=joined(above_hundred(sides), estimate.note))

    return _each(source, make, part=True)


def return_ratio(request: Request) -> list[Estimate]:
    """The numerator per `scale` of the denominator, neither a part of the other; no interval."""
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        if not sides.below and not sides.top:
            return blank(source, by)
        if sides.below:
            value = Fraction(sides.top * request.scale, sides.below)
            return _exact(source, by, sides, value, "exact_ratio")
        whole = _exact(source, by, sides, Fraction(0), "exact_ratio")
        return replace(whole, value=None, exact=None, note=ZERO_BELOW)

    return _each(source, make, part=False)


def return_rate(request: Request) -> list[Estimate]:
    """Events per `scale` of exposure, with Garwood's interval."""
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        if not sides.below:
            return blank(source, by)
        found = counts.rate(sides.top, sides.below, request.scale)
        bounds = counts.rate(sides.top, sides.below, request.scale, ONE_SIDED).interval
        value = Fraction(sides.top * request.scale, sides.below)
        estimate = _exact(source, by, sides, value, "garwood")
        return replace(estimate, interval=found.interval, bounds=bounds)

    return _each(source, make, part=False)


def return_count(request: Request) -> list[Estimate]:
    """How many: rows of `domain` and `numerator`, or the sum of `numerator_sum`; no interval.

    A count has no denominator. Zero is a value where every return has come, or the form is one
    that nobody owes.
    """
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        estimate = _exact(source, by, sides, Fraction(sides.top), "plain_count")
        return replace(estimate, denominator=None, n=sides.top)

    return _each(source, make, part=False)


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
        sides = Sides(distinct(arguments, rows, "numerator"), distinct(arguments, rows, "_all"))
        if source.empty or not sides.below:
            found.append(blank(source, by))
            continue
        value = Fraction(sides.top * request.scale, sides.below)
        found.append(_exact(source, by, sides, value, "full_count"))
    return found
