"""Where a target's value has gone since the baseline: better, worse, or not to be told.

Two values are told apart only where their difference is beyond what chance explains: by their
standard errors where both have one, else where neither lies in the other's 95 % interval. A full
count has no chance in it: any difference counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from analysis.types import Direction, Estimate, Indicator, Target
from analysis.verdict import UPWARD

NORMAL_95 = 1.959963984540054


class Way(StrEnum):
    """How the last value stands to the first."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNCLEAR = "unclear"  # within what chance explains
    NONE = "none"  # fewer than two values


@dataclass(frozen=True, slots=True)
class Point:
    """A year's value; `low`, `high` its 95 % interval and `se` its standard error where known."""

    year: int
    value: Fraction
    low: float | None = None
    high: float | None = None
    se: float | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """The first and the last point and the way between them; points are None without a value."""

    way: Way
    first: Point | None = None
    last: Point | None = None

    @property
    def change(self) -> Fraction | None:
        """Last minus first, in the indicator's unit."""
        if self.first is None or self.last is None:
            return None
        return self.last.value - self.first.value


def trend(target: Target, indicator: Indicator, estimates: Sequence[Estimate]) -> Trend:
    """From the plan's baseline (else the first year with a value) to the last year with one.

    `estimates`: one a year, in any order; missing, hidden and provisional ones and those of which
    only the count is published do not count.
    """
    found = {one.year: one for e in estimates if (one := _point(e, indicator)) is not None}
    if target.baseline is not None:
        year, value = target.baseline
        found = {y: one for y, one in found.items() if y > year}
        found[year] = Point(year, value)
    if len(found) < 2:
        return Trend(Way.NONE, None, found[max(found)] if found else None)
    first, last = found[min(found)], found[max(found)]
    return Trend(_way(first, last, target, indicator), first, last)


def _point(estimate: Estimate, indicator: Indicator) -> Point | None:
    if estimate.missing is not None or estimate.provisional or not estimate.years:
        return None
    least = indicator.count_only_below
    if least is not None and (estimate.denominator or 0) < least:
        return None
    value = estimate.exact
    if value is None and estimate.value is not None and math.isfinite(estimate.value):
        value = Fraction(estimate.value)
    if value is None:
        return None
    low, high = estimate.interval or (None, None)
    return Point(max(estimate.years), value, low, high, estimate.se)


def _way(first: Point, last: Point, target: Target, indicator: Indicator) -> Way:
    if first.value == last.value:
        return Way.SAME
    if not _apart(first, last):
        return Way.UNCLEAR
    better = _distance(last, target, indicator) < _distance(first, target, indicator)
    if indicator.direction is Direction.BAND or target.comparator == "=":
        return Way.BETTER if better else Way.WORSE
    risen = last.value > first.value
    return Way.BETTER if risen is _up(target, indicator) else Way.WORSE


def _up(target: Target, indicator: Indicator) -> bool:
    if target.value is None:
        return indicator.direction is Direction.UP
    return target.comparator in UPWARD


def _distance(point: Point, target: Target, indicator: Indicator) -> float:
    """How far from the reference band or the level, for targets without one good side."""
    value = float(point.value)
    if indicator.direction is Direction.BAND and target.reference_band is not None:
        low, high = target.reference_band
        return max(low - value, value - high, 0.0)
    return abs(value - float(target.value)) if target.value is not None else 0.0


def _apart(first: Point, last: Point) -> bool:
    if first.se is not None and last.se is not None:
        error = math.hypot(first.se, last.se)
        return abs(float(last.value - first.value)) > NORMAL_95 * error
    return not (_holds(first, last.value) or _holds(last, first.value))


def _holds(point: Point, value: Fraction) -> bool:
    if point.low is None or point.high is None:
        return False
    return point.low <= value <= point.high
