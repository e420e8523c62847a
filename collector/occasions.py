"""The days of a plan beside its returns: reports to be sent, activities that recur. Pure.

A day that a plan leaves open is not invented: a report "when asked for", or an activity of a year
without days, stands in the plan but not in the calendar, unless it recurs every month or quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.plans import dates
from analysis.types import Activity, Plan, ReportDuty, Text
from collector import duties
from collector.duties import Standing, Worker

OFFICE = ""  # the unit of what the officer's own office owes
_REPORT_OPENS = timedelta(days=duties.AHEAD)


@dataclass(frozen=True, slots=True)
class Mark:
    """An officer's note that something of a plan was done: on which day, by which document."""

    done_on: date
    document: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A report or activity of a plan in one period. `unit`: who owes it, OFFICE for the office and
    for what several do together; `opens` to `due`: when it can be done, both inclusive."""

    plan: str
    item: str
    name: Text
    report: bool
    responsible: tuple[str, ...]
    unit: str
    period: str
    opens: date
    due: date
    at_least: int | None
    standing: Standing
    mark: Mark | None = None

    @property
    def key(self) -> str:
        """What it is called wherever it is noted."""
        return f"{self.plan}/{self.item}/{self.unit}/{self.period}"

    def open_on(self, day: date) -> bool:
        """True if it can be done and has not been."""
        return self.mark is None and day >= self.opens

    def is_overdue(self, day: date) -> bool:
        """True if its last day has passed and nobody has noted that it was done."""
        return self.mark is None and day > self.due

    def days_late(self, day: date) -> int:
        """Days after its last one: until it was done, or until `day`; 0 in time."""
        return max(((self.mark.done_on if self.mark else day) - self.due).days, 0)


Marks = Mapping[tuple[str, str, str, str], Mark]
"""(plan, item, unit, period) -> the officer's note."""


def occasions(
    plan: Plan, workers: Iterable[Worker], year: int, today: date, marks: Marks
) -> list[Occasion]:
    """What a plan asks for in a year, by last day. Nothing outside the plan's years."""
    if year not in dates.years(plan):
        return []
    workers = tuple(workers)
    found: list[Occasion] = []
    for report in plan.reports:
        for period, opens, due in _report_days(report, year):
            found += [
                _occasion(plan, report, unit, (period, opens, due), today, marks)
                for unit in _owners(report, workers, due)
            ]
    for activity in plan.activities:
        for days in _activity_days(activity, year):
            found.append(_occasion(plan, activity, OFFICE, days, today, marks))
    return sorted(found, key=lambda one: (one.due, one.opens, one.item, one.unit))


def _report_days(report: ReportDuty, year: int) -> Iterator[tuple[str, date, date]]:
    """(period, first day, last day) of each time that a report is due in a year."""
    if report.every in ("year", "once"):
        last = dates.last_day(report, year)
        if last is not None:
            yield str(year), last - _REPORT_OPENS, last
    elif report.every in ("month", "quarter") and report.before is None:
        for period in duties.periods(report.every, year):
            first, end = duties.span(period)
            yield period, first, end


def _activity_days(activity: Activity, year: int) -> Iterator[tuple[str, date, date]]:
    """(period, first day, last day) of each time that an activity runs in a year."""
    span = dates.span(activity, year)
    if span is not None:
        yield str(year), *span
    elif activity.start is None and activity.every in ("month", "quarter"):
        for period in duties.periods(activity.every, year):
            yield period, *duties.span(period)


def _owners(report: ReportDuty, workers: Iterable[Worker], due: date) -> list[str]:
    """Each unit of the report's kinds that is at work on its last day; the office where the plan
    names it, nobody, or only kinds that no unit here has."""
    units = [
        one.code
        for one in workers
        if one.kind in report.kinds
        and (one.since is None or one.since <= due)
        and (one.until is None or due <= one.until)
    ]
    return units if units and "officer" not in report.kinds else [OFFICE, *units]


def _occasion(
    plan: Plan,
    item: ReportDuty | Activity,
    unit: str,
    days: tuple[str, date, date],
    today: date,
    marks: Marks,
) -> Occasion:
    period, opens, due = days
    mark = marks.get((plan.id, item.id, unit, period))
    state = duties.standing(opens=opens, due=due, today=today, arrived=None, approved=())
    return Occasion(
        plan=plan.id,
        item=item.id,
        name=item.name,
        report=isinstance(item, ReportDuty),
        responsible=item.responsible,
        unit=unit,
        period=period,
        opens=opens,
        due=due,
        at_least=item.at_least if isinstance(item, Activity) else None,
        standing=state if mark is None else Standing.APPROVED,
        mark=mark,
    )
