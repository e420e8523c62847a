"""What the plan's page says about odd words: other readings still open, and decisions made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analysis.plans.resolve import chosen, open_oddities
from analysis.reports.numbers import format_target, format_value
from analysis.types import Indicator, Oddity, Plan, ReadingResult, Target, TargetResult
from collector.routes.pages.judgements import Judgement, arithmetic
from collector.routes.pages.speech import gettext


@dataclass(frozen=True, slots=True)
class OtherReading:
    """One open reading beside the one that holds: its level and value in words, its verdict."""

    name: str
    words: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Settled:
    """One decision in force: how odd words are read, by which document, why, who and when."""

    question: str
    reading: str
    document: str
    reason: str
    by: str
    at: datetime


def level_words(target: Target, indicator: Indicator, language: str) -> str:
    """The level of a reading; that it is not known yet, where it comes from a missing baseline."""
    if target.value is None and target.from_baseline is not None:
        return gettext("chưa biết mức: cần số của năm trước kế hoạch")
    return format_target(target, indicator, language)


def other_readings(result: TargetResult, language: str) -> tuple[OtherReading, ...]:
    """The open readings, without the suspected value, which has its own place."""
    return tuple(
        OtherReading(
            found.reading.name[language],
            _words(found, result.indicator, language),
            arithmetic(found.verdict, language),
        )
        for found in result.readings
        if found.reading.value is None or found.reading.value != result.target.suspected
    )


def _words(found: ReadingResult, indicator: Indicator, language: str) -> str:
    level = level_words(found.target, indicator, language)
    if found.target.value is None:
        return level
    value = format_value(found.estimate, indicator, language, found.target.value)
    return gettext("mức %(level)s, kết quả %(value)s", level=level, value=value)


def settled(found: Target | Plan, language: str) -> tuple[Settled, ...]:
    """The decisions in force on a target, or on the plan itself."""
    return tuple(
        _settled(oddity, language) for oddity in found.oddities if oddity.resolution is not None
    )


def _settled(oddity: Oddity, language: str) -> Settled:
    said = oddity.resolution
    assert said is not None
    name = chosen(oddity).name[language]
    return Settled(oddity.question[language], name, said.document, said.reason, said.by, said.at)


def waiting(plan: Plan) -> int:
    """How many questions of the plan nobody has decided."""
    own = len(open_oddities(plan))
    return own + sum(len(open_oddities(target)) for target in plan.targets)
