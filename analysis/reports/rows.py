"""Every estimate of a report in one order, each with what it is an estimate of.

The annex of the Word report, the workbook and the CSV list the same rows: the year's value, other
readings, pooled years, then the groups.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import category_words, dimension_words, format_years
from analysis.reports.target_text import target_number_words, variant_name
from analysis.reports.words import FORMS
from analysis.types import Estimate, Report, Target, TargetResult


class Scope(StrEnum):
    """What an estimate says beside the target's own value."""

    YEAR = "year"
    VARIANT = "variant"
    POOLED = "pooled"
    GROUP = "group"


SCOPES = {
    Scope.YEAR: ("Kết quả của năm", "The year's result"),
    Scope.VARIANT: ("Cách tính khác", "Another reading"),
    Scope.POOLED: ("Gộp nhiều năm", "Years together"),
}

NO_FORM = ("Chưa có biểu mẫu", "No form yet")


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate of one target."""

    result: TargetResult
    scope: Scope
    estimate: Estimate


def rows(report: Report) -> Iterator[Row]:
    """All estimates, in the plan's order."""
    for result in report.results:
        yield from rows_of(result)


def rows_of(result: TargetResult) -> Iterator[Row]:
    """All estimates of one target."""
    yield Row(result, Scope.YEAR, result.estimate)
    yield from (Row(result, Scope.VARIANT, estimate) for estimate in result.variants)
    yield from (Row(result, Scope.POOLED, estimate) for estimate in result.pooled)
    yield from (Row(result, Scope.GROUP, estimate) for estimate in result.breakdown)


def village_names(report: Report) -> Mapping[str, str]:
    """Code -> name of the villages that the report knows."""
    return {village.village: village.name for village in report.progress}


def full_number(target: Target) -> str:
    """Objective and number: "3.2b"; "1" for the only target of objective 1."""
    return ".".join(filter(None, (str(target.objective), target_number_words(target))))


def what(row: Row, language: str, villages: Mapping[str, str]) -> tuple[str, str]:
    """What a row is: its kind and the category ("Giới tính", "Nữ"; "Gộp nhiều năm", "2024 …")."""
    estimate = row.estimate
    years = format_years(estimate.years, language)
    if row.scope is Scope.GROUP:
        kinds = ", ".join(dimension_words(key, language) for key in estimate.by)
        return kinds, _categories(estimate, language, villages)
    kind = SCOPES[row.scope][0 if is_vietnamese(language) else 1]
    if row.scope is Scope.VARIANT:
        return kind, variant_name(estimate, row.result, language)
    categories = _categories(estimate, language, villages)
    return kind, f"{years}, {categories}" if categories else years


def _categories(estimate: Estimate, language: str, villages: Mapping[str, str]) -> str:
    return ", ".join(
        category_words(key, value, language, villages) for key, value in estimate.by.items()
    )


def data_source(result: TargetResult, language: str) -> str:
    """The form that an indicator is computed from, as a heading; "Chưa có biểu mẫu"."""
    table = result.indicator.table
    if table is None:
        return NO_FORM[0 if is_vietnamese(language) else 1]
    form = table.split(".")[0]
    name = FORMS[form][language] if form in FORMS else form
    return name[:1].upper() + name[1:]
