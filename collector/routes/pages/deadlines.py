"""The next day that a plan asks for something: a report, an activity, the targets themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analysis.plans.dates import last_day, span, years
from analysis.reports.dates import format_day
from analysis.types import Plan
from collector.routes.pages.speech import gettext, ngettext

YEAR_END = (12, 31)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due next: in how many days from today, and the words beside that number."""

    days: int
    words: str


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    """A day; of several things on it the first by `rank` (reports before activities, then
    targets), then by the plan's order."""

    day: date
    rank: int
    order: int
    name: str


def next_deadline(plan: Plan, today: date, language: str) -> Deadline | None:
    """The next last day in the plan from `today` on; None where the plan is over or names none."""
    coming = [due for due in _all(plan, today, language) if due.day >= today]
    if not coming:
        return None
    due = min(coming)
    left = (due.day - today).days
    words = ngettext(
        "ngày nữa đến hạn %(day)s: %(what)s",
        "ngày nữa đến hạn %(day)s: %(what)s",
        left,
        day=format_day(due.day, language),
        what=due.name,
    )
    return Deadline(left, words)


def _all(plan: Plan, today: date, language: str) -> Iterator[_Due]:
    near = [year for year in years(plan) if year in (today.year, today.year + 1)]
    for year in near:
        for order, report in enumerate(plan.reports):
            day = last_day(report, year)
            if day is not None:
                yield _Due(day, 0, order, report.name[language])
        for order, activity in enumerate(plan.activities):
            days = span(activity, year)
            if days is not None:
                yield _Due(days[1], 1, order, activity.name[language])
    for year in sorted({target.deadline for target in plan.targets}):
        count = sum(target.deadline == year for target in plan.targets)
        name = ngettext("%(num)d chỉ tiêu đến hạn", "%(num)d chỉ tiêu đến hạn", count)
        yield _Due(date(year, *YEAR_END), 2, 0, name)
    yield _Due(date(plan.last_year, *YEAR_END), 3, 0, gettext("kế hoạch kết thúc"))
