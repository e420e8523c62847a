"""What the page of due days shows: the late by unit, the next by day, a year as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from collector.duties import CAME, Duty, Every, Standing, every
from collector.duty_words import duty_words, occasion_words
from collector.models import Focal
from collector.occasions import OFFICE, Occasion
from collector.problems import N_
from collector.routes.pages.speech import gettext, ngettext

NEXT = 30  # days that count as soon
OLDEST = 366  # days after which something late is history, not a call to make

_STANDINGS = {
    Standing.NOT_DUE: ("none", "none", N_("Chưa đến hạn")),
    Standing.DUE: ("info", "calendar", N_("Đến kỳ nộp")),
    Standing.LATE: ("bad", "bad", N_("Quá hạn")),
    Standing.RECEIVED: ("info", "down", N_("Đã nhận")),
    Standing.RETURNED: ("open", "returned", N_("Đã trả lại để sửa")),
    Standing.APPROVED: ("good", "good", N_("Đã duyệt")),
    Standing.NIL: ("good", "out", N_("Không phát sinh")),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is owed: its words, its day, how it stands; `late` in days."""

    words: str
    due: date
    late: int
    standing: Standing
    submission: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A unit that is late with something, and whom to call; `worst` in days."""

    unit: str
    name: str
    focal: Focal | None
    items: tuple[Item, ...]
    worst: int


@dataclass(frozen=True, slots=True)
class Coming:
    """What is due on one of the next days: `who` owes it still."""

    due: date
    left: int
    words: str
    who: tuple[str, ...]
    running: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form in one year: a row a unit, a cell a period (None where it is not owed)."""

    title: str
    periods: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Duty | None, ...]], ...]
    came: int
    owed: int


def standing(code: str) -> tuple[str, str, str]:
    """(look, name, shape) of a state, for `ui.tag`."""
    look, shape, name = _STANDINGS[Standing(code)]
    return look, gettext(name), shape


def calls(
    duties: Iterable[Duty],
    occasions: Iterable[Occasion],
    today: date,
    titles: Mapping[str, str],
    names: Mapping[str, str],
    focals: Mapping[str, Focal],
    language: str,
) -> list[Call]:
    """Units that are late, the worst first; within one, the oldest first."""
    found: dict[str, list[Item]] = {}
    for duty in duties:
        if duty.is_overdue(today) and duty.due >= today - timedelta(days=OLDEST):
            sent = duty.arrived.submission if duty.arrived else None
            item = Item(
                duty_words(duty, titles), duty.due, duty.days_late(today), duty.standing, sent
            )
            found.setdefault(duty.unit, []).append(item)
    for one in occasions:
        if one.unit != OFFICE and one.report and one.is_overdue(today):
            words = occasion_words(one, language)
            item = Item(words, one.due, one.days_late(today), one.standing)
            found.setdefault(one.unit, []).append(item)
    made = [
        Call(
            unit,
            names.get(unit, unit),
            focals.get(unit),
            tuple(sorted(items, key=lambda item: (item.due, item.words))),
            max(item.late for item in items),
        )
        for unit, items in found.items()
    ]
    return sorted(made, key=lambda call: (-call.worst, -len(call.items), call.name))


def coming(
    duties: Iterable[Duty],
    occasions: Iterable[Occasion],
    today: date,
    titles: Mapping[str, str],
    names: Mapping[str, str],
    language: str,
) -> list[Coming]:
    """What is due within NEXT days and not done, by day; the same return of several units once."""
    until = today + timedelta(days=NEXT)
    found: dict[tuple[date, str, bool], list[str]] = {}
    for duty in duties:
        if today <= duty.due <= until and is_missing(duty):
            key = (duty.due, duty_words(duty, titles), False)
            found.setdefault(key, []).append(names.get(duty.unit, duty.unit))
    for one in occasions:
        running = not one.report and one.opens <= today
        if one.mark is None and one.due >= today and (running or one.due <= until):
            owner = [names[one.unit]] if one.unit in names else list(one.responsible)
            found.setdefault((one.due, occasion_words(one, language), running), []).extend(owner)
    return [
        Coming(due, (due - today).days, words, tuple(who), running)
        for (due, words, running), who in sorted(found.items(), key=lambda pair: pair[0])
    ]


def is_missing(duty: Duty) -> bool:
    """True until it has come and was not sent back."""
    return duty.standing not in CAME


def sheets(
    duties: Iterable[Duty], titles: Mapping[str, str], names: Mapping[str, str]
) -> list[Sheet]:
    """A year as tables, one a form that is owed several times in it, those with most first."""
    forms: dict[str, dict[str, dict[str, Duty]]] = {}
    for duty in duties:
        forms.setdefault(duty.form, {}).setdefault(duty.unit, {})[duty.period] = duty
    made = [
        _sheet(titles.get(form, form), units, names)
        for form, units in forms.items()
        if any(every(period) is not Every.YEAR for row in units.values() for period in row)
    ]
    return sorted(made, key=lambda sheet: (-len(sheet.periods), sheet.title))


def yearly(duties: Iterable[Duty]) -> list[Duty]:
    """The returns that are owed once a year: those that wait for the unit first, then by day."""
    once = [duty for duty in duties if every(duty.period) is Every.YEAR]
    return sorted(once, key=lambda duty: (not is_missing(duty), duty.due, duty.form, duty.unit))


def over(occasions: Iterable[Occasion], today: date) -> tuple[list[Occasion], list[Occasion]]:
    """(what is done or was an activity of earlier days, the rest)."""
    past, rest = list[Occasion](), list[Occasion]()
    for one in occasions:
        gone = one.mark is not None or (not one.report and one.due < today)
        (past if gone else rest).append(one)
    return past, rest


def _sheet(title: str, units: Mapping[str, Mapping[str, Duty]], names: Mapping[str, str]) -> Sheet:
    periods = tuple(sorted({period for row in units.values() for period in row}))
    rows = [
        (names.get(unit, unit), tuple(row.get(period) for period in periods))
        for unit, row in units.items()
    ]
    cells: Sequence[Duty] = [duty for row in units.values() for duty in row.values()]
    return Sheet(
        title=title,
        periods=periods,
        rows=tuple(sorted(rows, key=lambda row: row[0])),
        came=sum(not is_missing(duty) for duty in cells),
        owed=len(cells),
    )


def headline(found: Sequence[Call]) -> str:
    """The page's first sentence."""
    items = sum(len(call.items) for call in found)
    if not items:
        return gettext("Không có gì quá hạn.")
    return ngettext(
        "%(num)d việc quá hạn, ở %(units)s đơn vị.",
        "%(num)d việc quá hạn, ở %(units)s đơn vị.",
        items,
        units=len(found),
    )
