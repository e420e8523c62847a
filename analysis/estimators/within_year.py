"""Counts within a year: the least of four quarters, months with at least one.

Each quarter (month) has an estimate of its own in `Estimate.periods`: a plan's "mỗi quý" holds only
if all four hold. A quarter is settled when the returns of its months have come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from analysis.estimators.owed import MONTHS, QUARTERS, Coverage
from analysis.estimators.request import Request
from analysis.estimators.returned import Returned, amounts, blank, facts, returned
from analysis.estimators.returns import months_of
from analysis.types import Estimate, Missing

Months = dict[int, int]
"""Month (1-12) -> count."""


def _by_month(source: Returned) -> Months:
    """The count of each month, all years of the request together."""
    request = source.request
    amount = amounts(source.table, source.inside, request.arguments, "numerator")
    month = months_of(source.table, str(request.arguments.get("month", "_period")))
    return {
        number: int(amount[(month >= 0) & (month % 12 == number - 1)].sum()) for number in MONTHS
    }


def _part(source: Returned, covered: Coverage, value: int, key: dict[str, str]) -> Estimate:
    """The count of one quarter or month; no value while none of its returns has come."""
    request = source.request
    waits = covered.kept is not None and not covered.complete
    if waits and not covered.came and not value:
        return request.blank(
            Missing.NO_DATA, by=key, provisional=True, note=covered.note(), extra=covered.facts()
        )
    return Estimate(
        request.indicator.code,
        request.years,
        key,
        value=float(value),
        method="plain_count",
        numerator=float(value),
        exact=Fraction(value),
        n=value,
        variant=request.variant,
        provisional=waits,
        note=covered.note(),
        extra=covered.facts(),
    )


def _whole(
    source: Returned, value: int, total: int, parts: Sequence[Estimate], **more: Any
) -> Estimate:
    known = facts(source)
    known["extra"] = {**known["extra"], "year_total": float(total)}
    return Estimate(
        source.request.indicator.code,
        source.request.years,
        value=float(value),
        numerator=float(value),
        exact=Fraction(value),
        n=total,
        variant=source.request.variant,
        periods=tuple(parts),
        **known,
        **more,
    )


def return_quarters(request: Request) -> list[Estimate]:
    """The least count of the four quarters; `month`: the column that dates a row.

    The year's total stands in `extra`, the quarters in `periods`.
    """
    source = returned(request)
    if source.empty:
        return [blank(source, {})]
    months = _by_month(source)
    parts = []
    for quarter in QUARTERS:
        inside = range(3 * quarter - 2, 3 * quarter + 1)
        value = sum(months[number] for number in inside)
        label = {"quarter": str(quarter)}
        parts.append(_part(source, source.coverage.during(inside), value, label))
    least = min(int(one.value or 0) for one in parts)
    return [_whole(source, least, sum(months.values()), parts, method="least_quarter")]


def return_months(request: Request) -> list[Estimate]:
    """Months with at least one, of twelve for each year; the months stand in `periods`."""
    source = returned(request)
    if source.empty:
        return [blank(source, {})]
    months = _by_month(source)
    parts = [
        _part(source, source.coverage.during([number]), months[number], {"month": f"{number:02d}"})
        for number in MONTHS
    ]
    value = sum(count > 0 for count in months.values())
    whole = _whole(source, value, sum(months.values()), parts, method="months_with")
    return [replace(whole, denominator=12.0, n=12)]
