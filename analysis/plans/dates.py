"""The days of a plan: when a report is due at the latest, when an activity runs."""

from __future__ import annotations

from datetime import date, timedelta

from analysis.types import Activity, Day, Plan, ReportDuty

DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_day(text: str) -> Day | None:
    """ "30/11" (every year) or "03/12/2025"; None for anything that is no day."""
    parts = text.split("/")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    day = Day(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else None)
    return day if _exists(day) else None


def _exists(day: Day) -> bool:
    if day.year is None:
        return 1 <= day.month <= 12 and 1 <= day.day <= DAYS_IN_MONTH[day.month - 1]
    return day_in(day, day.year) is not None


def day_in(day: Day, year: int) -> date | None:
    """The day in a year; None where it names another year or does not exist in this one."""
    if day.year is not None and day.year != year:
        return None
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None


def years(plan: Plan) -> range:
    """The plan's years, first to last."""
    return range(plan.first_year, plan.last_year + 1)


def last_day(report: ReportDuty, year: int) -> date | None:
    """The last day on which a report of `year` is in time: "trước ngày 30/11" is 29 November."""
    before = day_in(report.before, year) if report.before else None
    return before - timedelta(days=1) if before else None


def span(activity: Activity, year: int) -> tuple[date, date] | None:
    """First and last day of an activity in a year; None where the plan names no days in it.

    An activity whose end lies before its start runs into the next year.
    """
    if activity.start is None:
        return None
    first = day_in(activity.start, year)
    if first is None:
        return None
    end = activity.end or activity.start
    last = day_in(end, end.year or year)
    if last is not None and last < first and end.year is None:
        last = day_in(end, year + 1)
    return (first, last) if last is not None else None
