"""What is told wherever a value is: the counts that it could mislead without, and its quarters."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.catalogue import EXTRA
from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import count, exact_value, missing_words
from analysis.reports.phrases import phrase
from analysis.types import Estimate, Indicator

ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def beside(estimate: Estimate, indicator: Indicator, language: str = "vi") -> list[tuple[str, str]]:
    """(name, figure) of `Indicator.beside`, and the quarters; nothing where there is no value."""
    if exact_value(estimate) is None:
        return []
    found = [
        (EXTRA[key][language], count(estimate.extra[key], language))
        for key in indicator.beside
        if key in estimate.extra and not estimate.by
    ]
    return [*found, *_periods(estimate.periods, language)]


def beside_text(estimate: Estimate, indicator: Indicator, language: str = "vi") -> str:
    """The same in one line: "Số người được phát hiện: 12"; "" where none."""
    return "; ".join(f"{name}: {text}" for name, text in beside(estimate, indicator, language))


def _periods(periods: Sequence[Estimate], language: str) -> list[tuple[str, str]]:
    """Each quarter's count; of twelve months only those without any."""
    quarters = [one for one in periods if "quarter" in one.by]
    if quarters:
        return [(_quarter(one, language), _count(one, language)) for one in quarters]
    without = [one.by["month"].lstrip("0") for one in periods if not one.value]
    name = phrase("months_without", language)
    return [(name, ", ".join(without) or phrase("no_month", language))] if periods else []


def _quarter(estimate: Estimate, language: str) -> str:
    number = estimate.by["quarter"]
    return f"Quý {ROMAN[number]}" if is_vietnamese(language) else f"Q{number}"


def _count(estimate: Estimate, language: str) -> str:
    if exact_value(estimate) is None:
        return missing_words(estimate, language)
    text = count(estimate.value, language)
    return f"{text} ({phrase('provisional_value', language)})" if estimate.provisional else text
