"""The sheets of the workbook as data: columns, and rows of text and typed numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.reports.annex_rows import (
    NONE,
    PROGRESS_LEAVES,
    provenance_rows,
    responsible_words,
)
from analysis.reports.beside import beside_text
from analysis.reports.headings import (
    CODEBOOK_TITLE,
    HEADS,
    NAMES,
    TITLES,
    TITLES_OF_COLUMNS,
    Annex,
)
from analysis.reports.narrative import form_name
from analysis.reports.numbers import (
    decimals_needed,
    decimals_to_tell_apart,
    exact_value,
    format_value,
    missing_words,
    shown_interval,
    shown_value,
    verdict_words,
)
from analysis.reports.phrases import phrase
from analysis.reports.reading_text import decisions_text, readings_text
from analysis.reports.rows import Row, Scope, data_source, full_number, rows, village_names, what
from analysis.reports.target_text import upper_first
from analysis.reports.words import COMPARATORS, DIRECTIONS, SYMBOLS, method_words
from analysis.types import Estimate, Indicator, Report, TargetResult


@dataclass(frozen=True, slots=True)
class Number:
    """A number in full precision and the decimals that are shown; a year has no thousands mark."""

    value: Fraction | float
    decimals: int = 0
    year: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Title, width in characters, and whether it holds numbers (words in it stand right)."""

    title: str
    width: float
    number: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `frozen` columns stay in sight on the left, only the first `printed` are printed.

    `printed` 0 prints all.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str | Number]]
    frozen: int = 0
    printed: int = 0


NUMERIC = frozenset(
    {"level", "suspected", "result", "lower", "upper", "numerator", "denominator", "observations"}
    | {"excluded", "expected", "deadline", "households", "assigned", "complete", "refused"}
    | {"other", "flagged", "submissions"}
)


def columns(language: str, **widths: float) -> tuple[Column, ...]:
    """Columns by key with their widths in characters."""
    titles = HEADS | TITLES_OF_COLUMNS
    return tuple(
        Column(titles[key][language], width, key in NUMERIC) for key, width in widths.items()
    )


def sheets(report: Report, language: str) -> list[Sheet]:
    """All sheets of the workbook."""
    return [
        _targets(report, language),
        _groups(report, language),
        _progress(report, language),
        _sources(report, language),
        _codebook(report, language),
    ]


def _title(annex: Annex, report: Report, language: str) -> str:
    return TITLES[annex][language].format(period=report.period)


def _number(value: Fraction | float | None, decimals: int = 0) -> str | Number:
    """A number, or "-" where there is none (also for an interval without end)."""
    if value is None or not math.isfinite(value):
        return NONE
    return Number(value, decimals)


def _value(result: TargetResult, estimate: Estimate, language: str) -> str | Number:
    value = shown_value(estimate, result.indicator)
    if value is None:
        return format_value(estimate, result.indicator, language)
    least = result.indicator.decimals
    return Number(value, decimals_to_tell_apart(value, result.target.value, least))


def _level(value: Fraction | None) -> str | Number:
    """A level with the decimals that the plan needs: 60, 1.4, 103.96."""
    return NONE if value is None else Number(value, decimals_needed(value, 2))


def _estimate(result: TargetResult, estimate: Estimate, language: str) -> list[str | Number]:
    """Value, interval, numerator, denominator, observations, left out."""
    decimals = result.indicator.decimals
    low, high = shown_interval(estimate) or (None, None)
    present = exact_value(estimate) is not None
    counts = (estimate.numerator, estimate.denominator, estimate.n, estimate.excluded)
    return [
        _value(result, estimate, language),
        _number(low, decimals),
        _number(high, decimals),
        *(_number(value if present else None, _places(value)) for value in counts),
    ]


def _places(value: float | None) -> int:
    return 0 if value is None or float(value).is_integer() else 2


def _state(estimate: Estimate, language: str) -> str:
    """ "Có số liệu", "tạm tính", or why there is none."""
    if exact_value(estimate) is None:
        return missing_words(estimate, language)
    return phrase("provisional_value" if estimate.provisional else "present", language)


def _targets(report: Report, language: str) -> Sheet:
    heads = columns(
        language, number=7, target=48, comparator=9, level=10, unit=14, result=15, lower=9,
        upper=9, arithmetic=14, statistical=16, trajectory=13, responsible=20, source=18,
        objective=9, code=14, suspected=12, suspected_verdict=15, status=15, numerator=10,
        denominator=10, observations=10, excluded=10, expected=11, deadline=9, note=60,
    )  # fmt: skip
    table = [_target_row(result, language) for result in report.results]
    name, title = NAMES["targets"][language], _title(Annex.TARGETS, report, language)
    return Sheet(name, title, heads, table, frozen=2, printed=13)


def _target_row(result: TargetResult, language: str) -> list[str | Number]:
    target, indicator, verdict = result.target, result.indicator, result.verdict
    words = verdict_words(verdict, language)
    other = verdict_words(verdict.suspected, language) if verdict and verdict.suspected else None
    value, low, high, *counts = _estimate(result, result.estimate, language)
    return [
        full_number(target),
        target.verbatim,
        _comparator(result, language),
        _level(target.value),
        indicator.unit[language] or NONE,
        value,
        low,
        high,
        words.arithmetic,
        words.statistical,
        words.trajectory,
        responsible_words(result, language),
        data_source(result, language),
        Number(target.objective),
        indicator.code,
        _level(target.suspected),
        other.arithmetic if other else NONE,
        _state(result.estimate, language),
        *counts,
        _number(verdict.expected if verdict else None, indicator.decimals),
        Number(target.deadline, year=True),
        _notes(result, language),
    ]


def _comparator(result: TargetResult, language: str) -> str:
    target = result.target
    if target.value is None:
        return COMPARATORS["qualitative"][language]
    plain = COMPARATORS[target.comparator][language].replace("{}", "").strip()
    return SYMBOLS.get(target.comparator, plain)


def _notes(result: TargetResult, language: str) -> str:
    verdict = result.verdict.notes if result.verdict else ()
    notes = [*([result.estimate.note] if result.estimate.note else []), *verdict]
    told = [note[language] for note in dict.fromkeys(notes)]
    told += [*readings_text(result, language), *decisions_text(result.target, language)]
    figures = beside_text(result.estimate, result.indicator, language)
    return " ".join([f"{figures}."] * bool(figures) + told) or NONE


def _groups(report: Report, language: str) -> Sheet:
    heads = columns(
        language, number=7, code=14, indicator=44, kind=18, group=30, result=16, lower=10,
        upper=10, numerator=10, denominator=10, observations=10, excluded=10, status=18,
    )  # fmt: skip
    villages = village_names(report)
    table = [
        _group_row(row, *_coded(row, report, what(row, language, villages)), language)
        for row in rows(report)
        if row.scope is not Scope.YEAR
    ]
    name, title = NAMES["groups"][language], _title(Annex.BREAKDOWN, report, language)
    return Sheet(name, title, heads, table, frozen=2)


def _coded(row: Row, report: Report, kind_and_group: tuple[str, str]) -> tuple[str, str]:
    """The list beside a group whose codes follow one ("Dân tộc (ethnic-1979)")."""
    kind, group = kind_and_group
    if report.ethnic_list and "ethnicity" in row.estimate.by:
        kind = f"{kind} ({report.ethnic_list})"
    return kind, group


def _group_row(row: Row, kind: str, group: str, language: str) -> list[str | Number]:
    return [
        full_number(row.result.target),
        row.result.indicator.code,
        row.result.indicator.name[language],
        kind,
        group,
        *_estimate(row.result, row.estimate, language),
        _state(row.estimate, language),
    ]


def _progress(report: Report, language: str) -> Sheet:
    heads = columns(language, village=28, **dict.fromkeys(PROGRESS_LEAVES, 12))
    table: list[list[str | Number]] = [
        [
            village.name or village.village,
            *(Number(getattr(village, key)) for key in PROGRESS_LEAVES),
        ]
        for village in report.progress
    ]
    title = _title(Annex.PROGRESS, report, language)
    return Sheet(NAMES["progress"][language], title, heads, table, frozen=1)


def _sources(report: Report, language: str) -> Sheet:
    heads = columns(language, fact=44, content=100)
    table: list[list[str | Number]] = [
        [upper_first(f"{form_name(form, language)}, {version}"), Number(submissions)]
        for form, version, submissions in report.provenance.forms
    ]
    facts = provenance_rows(report, language)[1]
    table += [[cell.text for cell in row] for row in facts]
    title = _title(Annex.METHODS, report, language)
    return Sheet(NAMES["sources"][language], title, heads, table)


def _codebook(report: Report, language: str) -> Sheet:
    heads = columns(
        language, code=14, indicator=40, numerator=40, denominator=40, unit=18, direction=20,
        sdg=10, method=30, source=36, official=44, choice=40, why=36, misleads=50, small=40,
    )  # fmt: skip
    used: dict[str, TargetResult] = {}
    for result in report.results:
        used.setdefault(result.indicator.code, result)
    table = [_codebook_row(result, language) for result in used.values()]
    words = tuple(replace(head, number=False) for head in heads)
    title = CODEBOOK_TITLE[language]
    return Sheet(NAMES["codebook"][language], title, words, table, frozen=2, printed=6)


def _codebook_row(result: TargetResult, language: str) -> list[str | Number]:
    indicator: Indicator = result.indicator
    choice = indicator.main_choice
    texts = [
        indicator.code,
        indicator.name[language],
        indicator.numerator[language],
        indicator.denominator[language],
        indicator.unit[language],
        DIRECTIONS[indicator.direction][language],
        indicator.sdg,
        method_words(result.estimate.method, language),
        indicator.source[language],
        indicator.definition[language],
        choice[language] if choice else "",
        indicator.why[language],
        indicator.misleads[language],
        indicator.small_numbers[language],
    ]
    return [text or NONE for text in texts]
