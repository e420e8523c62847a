"""What a report says about a plan's odd words: readings still open, decisions, plan questions."""

from __future__ import annotations

from analysis.plans.resolve import chosen, open_oddities
from analysis.reports.dates import format_day, vietnam_time
from analysis.reports.numbers import exact_value, format_value, target_words, verdict_words
from analysis.reports.phrases import phrase
from analysis.types import Oddity, Plan, ReadingResult, Target, TargetResult


def readings_text(result: TargetResult, language: str = "vi") -> list[str]:
    """A sentence for each open reading, with its level, value and verdict; the suspected value has
    its own sentence."""
    return [
        _reading(found, result, language)
        for found in result.readings
        if found.reading.value is None or found.reading.value != result.target.suspected
    ]


def _reading(found: ReadingResult, result: TargetResult, language: str) -> str:
    name = found.reading.name[language]
    if found.target.value is None and found.target.from_baseline is not None:
        return phrase("reading_unknown", language, reading=name)
    level = target_words(found.target, result.indicator, language)
    if exact_value(found.estimate) is None:
        return phrase("reading_no_value", language, reading=name, level=level)
    return phrase(
        "reading",
        language,
        reading=name,
        level=level,
        value=format_value(found.estimate, result.indicator, language, found.target.value),
        verdict=verdict_words(found.verdict, language).arithmetic.lower(),
    )


def decisions_text(found: Target | Plan, language: str = "vi") -> list[str]:
    """A sentence for each decision in force: how it is read, by which document, why, when."""
    return [
        _decision(oddity, language) for oddity in found.oddities if oddity.resolution is not None
    ]


def _decision(oddity: Oddity, language: str) -> str:
    said = oddity.resolution
    assert said is not None
    return phrase(
        "decided",
        language,
        question=oddity.question[language],
        reading=chosen(oddity).name[language],
        document=said.document,
        reason=said.reason.rstrip("."),
        day=format_day(vietnam_time(said.at).date(), language),
    )


def undecided_text(found: Target | Plan, language: str = "vi") -> list[str]:
    """The questions about a target, or the plan itself, that nobody has decided, with the reading
    in use."""
    return [
        phrase(
            "undecided",
            language,
            question=oddity.question[language],
            reading=oddity.readings[0].name[language],
        )
        for oddity in open_oddities(found)
    ]
