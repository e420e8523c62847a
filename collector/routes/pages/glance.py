"""The plan at a glance: one line a target, with its state and the way since the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from markupsafe import Markup

from analysis.reports.numbers import decimal, format_target, format_value
from analysis.reports.rows import full_number
from analysis.reports.sparks import spark
from analysis.reports.words import OBJECTIVES
from analysis.trend import Trend, Way, trend
from analysis.types import Estimate, Indicator, Report, TargetResult
from collector.routes.pages import words
from collector.routes.pages.judgements import Standing, standing
from collector.routes.pages.speech import gettext

Histories = Mapping[str, Sequence[Estimate]]
"""Target id -> its estimates, one a year up to the period."""

MOST_YEARS = 5  # drawn and compared; a plan runs for five

STANDINGS: dict[Standing, tuple[str, str, str]] = {
    Standing.MET: ("good", "good", words.N_("Đạt")),
    Standing.NOT_MET: ("bad", "bad", words.N_("Chưa đạt")),
    Standing.UNDECIDED: ("open", "open", words.N_("Chưa kết luận")),
    Standing.NO_DATA: ("none", "none", words.N_("Chưa có hoặc chưa đủ số liệu")),
    Standing.OTHER: ("info", "info", words.N_("Không phát sinh, định tính")),
}

WAYS: dict[Way, tuple[str, str, str]] = {
    Way.BETTER: ("good", "better", words.N_("tốt lên")),
    Way.WORSE: ("bad", "worse", words.N_("kém đi")),
    Way.SAME: ("info", "same", words.N_("không đổi")),
    Way.UNCLEAR: ("open", "same", words.N_("chưa rõ, trong sai số")),
    Way.NONE: ("none", "none", words.N_("chưa đủ hai năm")),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with the colour and the shape that go with it."""

    look: str
    shape: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """One target: `number` "3.2b", what it is, where it stands, where it has gone."""

    id: str
    number: str
    indicator: str
    code: str
    value: str
    target: str
    deadline: int
    state: Mark
    way: Mark
    since: str
    spark: Markup


@dataclass(frozen=True, slots=True)
class Objective:
    """The lines of one objective."""

    number: int
    name: str
    lines: tuple[Line, ...]


def glance(report: Report, histories: Histories, language: str) -> list[Objective]:
    """The whole plan, by objective, in the plan's order."""
    groups = groupby(report.results, lambda result: result.target.objective)
    return [
        Objective(
            number,
            OBJECTIVES[number][language] if number in OBJECTIVES else "",
            tuple(line(one, histories.get(one.target.id, ()), language) for one in results),
        )
        for number, results in groups
    ]


def line(result: TargetResult, history: Sequence[Estimate], language: str) -> Line:
    """One target; `history`: its estimates, one a year."""
    target, indicator, estimate = result.target, result.indicator, result.estimate
    found = trend(target, indicator, history)
    return Line(
        id=target.id,
        number=full_number(target),
        indicator=indicator.name[language],
        code=indicator.code,
        value=format_value(estimate, indicator, language, target.value),
        target=format_target(target, indicator, language),
        deadline=target.deadline,
        state=mark(*STANDINGS[standing(result)]),
        way=mark(*WAYS[found.way]),
        since=since(found, indicator, language),
        spark=Markup(  # noqa: S704 - svg.py escapes what it is given
            spark(history, indicator, target, language)
        ),
    )


def mark(look: str, shape: str, word: str) -> Mark:
    """The mark in the reader's language."""
    return Mark(look, shape, gettext(word))


def since(found: Trend, indicator: Indicator, language: str) -> str:
    """ "từ 2025: +3,2 điểm %"; "" where there is nothing to compare."""
    if found.first is None or found.change is None:
        return ""
    number = signed(found.change, indicator.decimals, language)
    if indicator.unit[language] == "%":
        number = gettext("%(number)s điểm %%", number=number)
    return gettext("từ năm %(year)s: %(change)s", year=found.first.year, change=number)


def signed(change: Fraction, decimals: int, language: str) -> str:
    """A change with its sign; a plain 0 has none."""
    text = decimal(change, decimals, language)
    return text if change <= 0 or not any(mark in "123456789" for mark in text) else f"+{text}"


def histories(reports: Sequence[Report]) -> dict[str, list[Estimate]]:
    """Target id -> its estimates of these reports, oldest first; one a year."""
    found: dict[str, list[Estimate]] = {}
    for report in sorted(reports, key=lambda one: one.period):
        for result in report.results:
            found.setdefault(result.target.id, []).append(result.estimate)
    return found
