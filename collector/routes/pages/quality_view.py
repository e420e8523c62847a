"""Rates and flags of the quality checks as the pages say and draw them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from flask import url_for

from analysis.quality import CHECKS, Assessment, Flag
from analysis.quality.compare import Rate
from analysis.quality.watched import WATCHED
from analysis.reports.numbers import decimal, trimmed
from collector.routes.pages.blueprint import language

COLLECTOR, VILLAGE = "collector", "village"
FULL = 100.0
STEP = 10.0  # the drawing's scale ends at a multiple of so many percent


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about: a form and a year."""

    form: str
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """One rate in words and as a drawing: `left`, `right` and `dot` in percent of the scale."""

    check: str
    group: str
    name: str
    url: str
    hits: int
    trials: int
    share: str
    interval: str
    marked: bool
    left: float
    right: float
    dot: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Rates of one check, largest first; `middle`: the groups' median, `end`: where the scale
    ends, both in words, `at` the median's place."""

    lines: tuple[Line, ...]
    middle: str
    at: float
    end: str


@dataclass(frozen=True, slots=True)
class Told:
    """A flag in words; `other`: the row that it was seen with, 0 for none."""

    check: str
    name: str
    means: str
    do: str
    says: str
    submission: int
    other: int


def percent(share: float) -> str:
    """A share as percent with one decimal at most: "12,5%"."""
    return f"{trimmed(round(FULL * share, 1), 1, language())}%"


def drawing(found: Sequence[Rate], names: Mapping[str, str], by: str, asked: Asked) -> Drawing:
    """The rates of one check by collector or village. `found` is not empty."""
    end = min(FULL, STEP * math.ceil(max(FULL * one.high for one in found) / STEP))
    middle = median(one.share for one in found)
    ordered = sorted(found, key=lambda one: (-one.share, _natural(names, one.group)))
    return Drawing(
        tuple(_line(one, names, by, asked, end) for one in ordered),
        percent(middle),
        FULL * FULL * middle / end,
        percent(end / FULL),
    )


def lines(found: Sequence[Rate], names: Mapping[str, str], by: str, asked: Asked) -> list[Line]:
    """Rates of several checks or groups, each on a scale from 0 to 100 %."""
    return [_line(one, names, by, asked, FULL) for one in found]


def _line(one: Rate, names: Mapping[str, str], by: str, asked: Asked, end: float) -> Line:
    scale = FULL * FULL / end
    return Line(
        check=one.check,
        group=one.group,
        name=names.get(one.group, one.group),
        url=url_for(
            "pages.quality_group", form=asked.form, by=by, group=one.group, year=asked.year
        ),
        hits=one.hits,
        trials=one.trials,
        share=percent(one.share),
        interval=f"{percent(one.low).rstrip('%')}–{percent(one.high)}",
        marked=one.marked,
        left=one.low * scale,
        right=one.high * scale,
        dot=one.share * scale,
    )


def _natural(names: Mapping[str, str], group: str) -> list[tuple[int, str]]:
    """A sort key by which "Thôn 2" comes before "Thôn 10"."""
    parts = re.split(r"(\d+)", names.get(group, group))
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def told(flag: Flag, form: str) -> Told:
    """A flag in the reader's language."""
    check = CHECKS[flag.check]
    said = language()
    says = "" if check.says is None or math.isnan(flag.value) else check.says[said]
    value = decimal(flag.value, 0 if flag.value == int(flag.value) else 1, said) if says else ""
    return Told(
        check=flag.check,
        name=check.name[said],
        means=check.means[said],
        do=check.do[said],
        says=says.format(value=value, which=_measure(form, flag.which)),
        submission=flag.submission,
        other=flag.other,
    )


def _measure(form: str, column: str) -> str:
    watch = WATCHED.get(form)
    measures = watch.measures if watch else ()
    return next((one.name[language()] for one in measures if one.column == column), column)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A collector or a village on the overview."""

    name: str
    url: str
    submissions: int
    flags: int
    marks: tuple[str, ...]


def group_rows(
    found: Assessment, names: Mapping[str, str], by: str, asked: Asked
) -> list[GroupRow]:
    """Every collector (village) that sent something: submissions, flags, marks; marked first."""
    rates = found.collectors if by == COLLECTOR else found.villages
    at = 0 if by == COLLECTOR else 1
    groups: dict[str, list[int]] = {}
    for number, place in found.place.items():
        if place[at] is not None:
            groups.setdefault(str(place[at]), []).append(number)
    rows = [
        GroupRow(
            name=names.get(group, group),
            url=url_for(
                "pages.quality_group", form=asked.form, by=by, group=group, year=asked.year
            ),
            submissions=len(numbers),
            flags=len({flag.submission for flag in found.flags} & set(numbers)),
            marks=tuple(
                CHECKS[one.check].name[language()]
                for one in rates
                if one.marked and one.group == group
            ),
        )
        for group, numbers in sorted(groups.items(), key=lambda one: _natural(names, one[0]))
    ]
    return sorted(rows, key=lambda row: -len(row.marks))
