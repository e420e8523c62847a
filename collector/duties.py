"""Who owes what, when: periods, due days, states. Pure: no SQL, no web, no clock but the given one.

A period is written as submissions write it: "2026", "2026-Q2", "2026-05". All days are those of
Việt Nam; a due day is the last day on which something is still in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from analysis.reports.dates import vietnam_time

MONTHS = 12
QUARTERS = 4
IN_A_QUARTER = MONTHS // QUARTERS
AHEAD = 30  # days before a due day inside the period: from then on it can be done
_DAY = timedelta(days=1)
_PERIOD = re.compile(
    r"(?P<year>[0-9]{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.ASCII
)


class Every(StrEnum):
    """How often something is owed: the words of a form's settings sheet."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Standing(StrEnum):
    """Where something that is owed stands on a day."""

    NOT_DUE = "not_due"  # it cannot be done yet: the period is not over
    DUE = "due"  # it can be done, and is still in time
    LATE = "late"
    RECEIVED = "received"
    RETURNED = "returned"  # came, and was sent back to be corrected
    APPROVED = "approved"
    NIL = "nil"  # came and says that there was nothing to report


MISSING = frozenset({Standing.NOT_DUE, Standing.DUE, Standing.LATE})
CAME = frozenset({Standing.RECEIVED, Standing.APPROVED, Standing.NIL})


@dataclass(frozen=True, slots=True)
class Arrived:
    """The submission that answers for a period: its row, `state` as stored, when it came."""

    submission: int
    state: str
    nil: bool
    received_at: datetime


def today(now: datetime | None = None) -> date:
    """The day in Việt Nam at a moment (aware); without one, now."""
    return vietnam_time(now or datetime.now(UTC)).date()


def periods(every: str, year: int) -> tuple[str, ...]:
    """The periods of a year, in order. Raises ValueError for a word that is not in `Every`."""
    match Every(every):
        case Every.MONTH:
            return tuple(f"{year:04d}-{month:02d}" for month in range(1, MONTHS + 1))
        case Every.QUARTER:
            return tuple(f"{year:04d}-Q{quarter}" for quarter in range(1, QUARTERS + 1))
        case Every.YEAR:
            return (f"{year:04d}",)


def _parts(period: str) -> tuple[int, int, int]:
    """(year, first month, number of months)."""
    found = _PERIOD.fullmatch(period)
    if not found or found["year"] == "0000":
        raise ValueError(f'a period is "2026", "2026-Q2" or "2026-05"; got {period!r}')
    year = int(found["year"])
    if found["quarter"]:
        return year, IN_A_QUARTER * (int(found["quarter"]) - 1) + 1, IN_A_QUARTER
    return (year, int(found["month"]), 1) if found["month"] else (year, 1, MONTHS)


def every(period: str) -> Every:
    """How long a period is. Raises ValueError for what is no period."""
    months = _parts(period)[2]
    return {1: Every.MONTH, IN_A_QUARTER: Every.QUARTER, MONTHS: Every.YEAR}[months]


def span(period: str) -> tuple[date, date]:
    """The first and the last day of a period. Raises ValueError for what is no period."""
    year, month, months = _parts(period)
    after = month + months
    end = date(year, after, 1) - _DAY if after <= MONTHS else date(year, MONTHS, 31)
    return date(year, month, 1), end


def named(text: str | None, how: str) -> str | None:
    """The period that an answer names, where periods are of length `how`: a month's answer may be
    a whole day ("2026-05-01"). None for anything else."""
    found = (text or "")[: {"month": 7, "quarter": 7, "year": 4}[Every(how)]]
    try:
        return found if every(found) == how else None
    except ValueError:
        return None


def due_day(period: str, days: int) -> date:
    """The last day in time: so many days after the period's last one (before it, if negative)."""
    return span(period)[1] + timedelta(days=days)


def opening_day(period: str, days: int) -> date:
    """The first day on which it can be done: the day after the period; AHEAD days before the due
    day where that lies inside the period (a year's report that is wanted before 30 November)."""
    end, due = span(period)[1], due_day(period, days)
    return end + _DAY if due > end else due - timedelta(days=AHEAD)


def owes(period: str, since: date | None, until: date | None, days: int = 0) -> bool:
    """True if a unit that works from `since` to `until` (both inclusive, None is open) owes the
    period. One day decides: the period's last one, when the figures are complete, or the due day
    (`days` as in `due_day`) where that comes first. So a unit that begins in the middle of a month
    owes that month, and one that ends in it does not: of a unit and its successor, one does."""
    decides = min(span(period)[1], due_day(period, days))
    return (since is None or since <= decides) and (until is None or decides <= until)


def standing(
    *, opens: date, due: date, today: date, arrived: Arrived | None, approved: Iterable[str]
) -> Standing:
    """Where a duty stands. `opens`: the first day on which it can be done; `approved`: the stored
    states that mean that a person has said yes."""
    if arrived is None:
        return (
            Standing.LATE if today > due else Standing.DUE if today >= opens else Standing.NOT_DUE
        )
    if arrived.state == "returned":
        return Standing.RETURNED
    if arrived.nil:
        return Standing.NIL
    return Standing.APPROVED if arrived.state in approved else Standing.RECEIVED


@dataclass(frozen=True, slots=True)
class Duty:
    """One return that a unit owes: `form` and `unit` are codes; `opens` is the first day
    on which it can be done, `due` the last day in time."""

    form: str
    unit: str
    period: str
    opens: date
    due: date
    standing: Standing
    arrived: Arrived | None = None

    @property
    def key(self) -> str:
        """What it is called wherever it is noted: form, unit and period."""
        return f"{self.form}/{self.unit}/{self.period}"

    def open_on(self, day: date) -> bool:
        """True if the unit has still to do something about it on that day."""
        return self.standing in (Standing.DUE, Standing.LATE, Standing.RETURNED) and (
            day >= self.opens
        )

    def days_late(self, day: date) -> int:
        """Days after the due day: until it came, or until `day` where it has not; 0 in time."""
        until = day
        if self.arrived is not None and self.standing is not Standing.RETURNED:
            until = vietnam_time(self.arrived.received_at).date()
        return max((until - self.due).days, 0)

    def is_overdue(self, day: date) -> bool:
        """True if it is past its day and still with the unit: not sent, or sent back."""
        return self.open_on(day) and day > self.due


@dataclass(frozen=True, slots=True)
class Worker:
    """A unit as far as its duties go: its code, kind, and when it is at work."""

    code: str
    kind: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Order:
    """A return that is owed again and again: a form, its kinds of unit, how often, by when.
    `first_year`: the first one for which it exists."""

    form: str
    kinds: frozenset[str]
    every: str
    due_days: int
    first_year: int


def owed(order: Order, workers: Iterable[Worker], year: int) -> list[tuple[str, str]]:
    """(unit, period) of everything that is owed in a year, by unit and then by period."""
    if year < order.first_year:
        return []
    return [
        (one.code, period)
        for one in sorted(workers, key=lambda one: one.code)
        if one.kind in order.kinds
        for period in periods(order.every, year)
        if owes(period, one.since, one.until, order.due_days)
    ]


def duties(
    orders: Iterable[Order],
    workers: Iterable[Worker],
    year: int,
    today: date,
    arrivals: Mapping[tuple[str, str, str], Arrived],
    approved: Iterable[str],
) -> list[Duty]:
    """All duties of a year with their states, in the order of their due days. `arrivals`: (form,
    unit, period) -> what came."""
    workers, yes = tuple(workers), frozenset(approved)
    found = [
        _duty(order, unit, period, today, arrivals.get((order.form, unit, period)), yes)
        for order in orders
        for unit, period in owed(order, workers, year)
    ]
    return sorted(found, key=lambda one: (one.due, one.form, one.unit))


def _duty(
    order: Order,
    unit: str,
    period: str,
    today: date,
    arrived: Arrived | None,
    approved: frozenset[str],
) -> Duty:
    opens, due = opening_day(period, order.due_days), due_day(period, order.due_days)
    state = standing(opens=opens, due=due, today=today, arrived=arrived, approved=approved)
    return Duty(order.form, unit, period, opens, due, state, arrived)
