"""Indicators from full registers: sex ratio at birth, rates, shares and counts.

Exact values are `Fraction`s of whole counts. Months without a closing return make the value
provisional; it is computed all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from analysis.estimators import counts
from analysis.estimators.counts import Count
from analysis.estimators.request import ONE_SIDED, ZERO_BELOW, Request
from analysis.estimators.returns import (
    Returns,
    closing_returns,
    months_of,
    provisional_note,
)
from analysis.estimators.sample import Mask
from analysis.estimators.tables import Table
from analysis.types import Estimate, Missing, Text

Exact = Callable[[float], Count]
"""The count at a two-sided level."""

NO_POPULATION = Text(
    "Chưa có số phụ nữ giữa năm trong phiếu chốt tháng 6.",
    "The June return with the number of women at mid-year has not come.",
)
NO_RETURNS = Text(
    "Chưa đủ số liệu: chưa có phiếu chốt tháng nào. Số tạm tính.",
    "Data incomplete: no monthly return has come. Provisional.",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Register:
    """The rows of a register in its population, and the returns that settle it."""

    request: Request
    table: Table
    inside: Mask
    returns: Returns | None
    completeness: dict[str, Any]

    @property
    def empty(self) -> bool:
        """Neither a row nor a return has come."""
        return self.table.rows == 0 and (self.returns is None or self.returns.present == 0)


def _register(request: Request) -> _Register:
    table = request.prepared.table(request.table, request.years)
    inside = table.every(request.conditions("domain")).holds
    name = request.arguments.get("returns")
    if name is None:
        return _Register(request, table, inside, None, {})
    returns = None
    facts: dict[str, float] = {"months_present": 0.0, "months_expected": 12.0 * len(request.years)}
    missing = 0
    if request.prepared.has(name):
        owed = request.prepared.owed.get(name, frozenset())
        closing = request.prepared.table(name, request.years)
        returns = closing_returns(closing, request.years, owed)
        missing = returns.births_missing(months_of(table)[inside])
        facts["months_present"] = float(returns.present)
        facts["months_expected"] = float(returns.expected)
    if missing:
        facts["births_missing"] = float(missing)
    complete = returns is not None and returns.present == returns.expected and not missing
    note = NO_RETURNS if returns is None else provisional_note(returns, missing)
    return _Register(
        request,
        table,
        inside,
        returns,
        {"provisional": not complete, "extra": facts, "note": note},
    )


def _estimate(
    register: _Register,
    exact: Exact,
    n: int,
    method: str,
    by: dict[str, str],
    excluded: int = 0,
) -> Estimate:
    """An estimate from an exact count; its bounds are ends of the 90 % interval."""
    request, count = register.request, exact(0.95)
    facts = dict(register.completeness)
    if count.value is None:
        facts["note"] = ZERO_BELOW
    return Estimate(
        request.indicator.code,
        request.years,
        by,
        value=None if count.value is None else float(count.value),
        interval=count.interval,
        bounds=exact(ONE_SIDED).interval,
        method=method,
        numerator=float(count.numerator),
        denominator=float(count.denominator),
        exact=count.value,
        n=n,
        excluded=excluded,
        variant=request.variant,
        **facts,
    )


def _groups(register: _Register) -> list[tuple[dict[str, str], Mask]]:
    """The rows of each category of the one dimension asked for, or all rows."""
    request = register.request
    if not request.dimensions:
        return [({}, register.inside)]
    ((name, dimension),) = request.dimensions
    of_row, labels = register.table.groups(dimension)
    return [
        ({name: label}, register.inside & (of_row == position))
        for position, label in enumerate(labels)
    ]


def _missing(register: _Register, by: dict[str, str], note: Text | None = None) -> Estimate:
    """No value: nothing has come yet, or nothing occurred although all returns are there."""
    settled = not register.completeness.get("provisional", False)
    reason = Missing.NO_CASES if settled and not register.empty else Missing.NO_DATA
    facts = dict(register.completeness)
    if note is not None:
        facts["note"] = note
    return register.request.blank(reason, **(facts | {"by": by}))


def register_sex_ratio(request: Request) -> list[Estimate]:
    """`numerator` rows (boys) per `scale` `denominator` rows (girls); n counts both.

    Rows of neither (sex not known) are counted in `excluded`. Interval: Clopper-Pearson through
    the odds.
    """
    register = _register(request)
    top = register.table.every(request.conditions("numerator")).holds
    low = register.table.every(request.conditions("denominator")).holds
    found = []
    for by, rows in _groups(register):
        boys, girls = int((rows & top).sum()), int((rows & low).sum())
        unknown = int(rows.sum()) - boys - girls
        if boys + girls == 0:
            found.append(replace(_missing(register, by), excluded=unknown))
            continue

        def exact(level: float, a: int = boys, b: int = girls) -> Count:
            return counts.sex_ratio(a, b, request.scale, level)

        found.append(_estimate(register, exact, boys + girls, "clopper_pearson", by, unknown))
    return found


def register_rate(request: Request) -> list[Estimate]:
    """Events per `scale` of exposure, with Garwood's interval.

    Events: rows of `domain` for which `numerator` holds, or the sum of the returns' columns
    `events`. Exposure: the mid-year population in the returns' columns `exposure`, added up over
    the years, or the rows of `domain`. `bands`: label -> (conditions, exposure columns), the parts
    for a breakdown by age band.
    """
    register = _register(request)
    if [name for name, _ in request.dimensions] == ["age_band"]:
        return [
            _rate(register, conditions, exposure, {"age_band": band})
            for band, (conditions, exposure) in request.arguments["bands"].items()
        ]
    if "exposure" in request.arguments:
        numerator = request.conditions("numerator")
        return [_rate(register, numerator, request.arguments["exposure"], {})]
    return [_events_per_row(register)]


def _rate(
    register: _Register, conditions: Any, exposure: tuple[str, ...], by: dict[str, str]
) -> Estimate:
    """Only years with a population count, on both sides of the fraction."""
    request, returns = register.request, register.returns
    if register.empty or returns is None:
        return _missing(register, by)
    people = {year: returns.population(exposure, year) for year in request.years}
    known = [year for year, count in people.items() if count]
    if not known:
        # All returns may be there: what is missing is the number of women, not births.
        unknown_size = _missing(register, by, NO_POPULATION)
        return replace(unknown_size, missing=Missing.NO_DATA)
    met = register.table.every(conditions)
    of_years = np.isin(register.table.numbers("_year"), known)
    events = int((register.inside & met.holds & of_years).sum())
    births = int((register.inside & of_years).sum())
    unknown = 0
    if met.unknown is not None:
        unknown = int((register.inside & met.unknown & of_years).sum())
    women = sum(Fraction(people[year] or 0) for year in known)

    def exact(level: float) -> Count:
        return counts.rate(events, women, request.scale, level)

    estimate = _estimate(register, exact, births, "garwood", by, unknown)
    if len(known) == len(request.years):
        return estimate
    note = estimate.note or NO_POPULATION
    return replace(estimate, provisional=True, note=note)


def _events_per_row(register: _Register) -> Estimate:
    request, returns = register.request, register.returns
    base = int(register.inside.sum())
    if returns is None:
        return _missing(register, {})
    events = returns.total(request.arguments["events"])
    if base == 0:
        missing = _missing(register, {})  # a death may come in a year without a birth
        return replace(missing, numerator=float(events), denominator=0.0) if events else missing

    def exact(level: float) -> Count:
        return counts.rate(events, base, request.scale, level)

    return _estimate(register, exact, base, "garwood", {})


def register_share(request: Request) -> list[Estimate]:
    """A full count: the share of `domain` rows for which `numerator` holds; k/n, no interval.

    Nothing is sampled and nothing left to chance, so there is no interval.
    """
    register = _register(request)
    met = register.table.every(request.conditions("numerator"))
    found = []
    for by, rows in _groups(register):
        unknown = rows & met.unknown if met.unknown is not None else rows & False
        total, events = int((rows & ~unknown).sum()), int((rows & met.holds).sum())
        if total == 0:
            found.append(_missing(register, by))
            continue

        def exact(level: float, a: int = events, b: int = total) -> Count:
            return counts.share(a, b, request.scale, level)

        estimate = _estimate(register, exact, total, "full_count", by, int(unknown.sum()))
        found.append(replace(estimate, interval=None, bounds=None))
    return found


def register_count(request: Request) -> list[Estimate]:
    """How many rows of `domain` there are, with Garwood's interval; n is the count."""
    register = _register(request)
    if register.empty:
        return [_missing(register, {})]
    found = []
    for by, rows in _groups(register):
        events = int(rows.sum())

        def exact(level: float, a: int = events) -> Count:
            return counts.rate(a, 1, request.scale, level)

        found.append(_estimate(register, exact, events, "garwood", by))
    return found
