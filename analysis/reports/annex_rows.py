"""The tables of the annexes as rows of cells; no cell is ever empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from analysis.ethnic import lists
from analysis.reports.dates import format_moment
from analysis.reports.docx_base import Cell
from analysis.reports.findings import is_gap
from analysis.reports.headings import HEADS, TITLES_OF_COLUMNS
from analysis.reports.narrative import committee, form_name, objective_title
from analysis.reports.numbers import (
    count,
    exact_value,
    format_counts,
    format_interval,
    format_target,
    format_value,
    is_count_only,
    verdict_words,
)
from analysis.reports.phrases import phrase
from analysis.reports.place_text import attribution_of, place_label, place_note
from analysis.reports.rows import (
    Row,
    Scope,
    data_source,
    full_number,
    rows_of,
    village_names,
    what,
)
from analysis.reports.target_text import upper_first
from analysis.reports.words import method_words
from analysis.types import Missing, Report, TargetResult, VillageProgress

NONE = "-"  # "does not apply": a cell is never left blank
STATES = ("stored", "flagged", "accepted", "returned", "excluded")

# How far the work is leaves the commune; how the households of one village answered at the door
# does not: refusals of a village are small cells (docs/decisions/0043).
PROGRESS_LEAVES = ("households", "assigned", "complete")

Table = tuple[Sequence[str], Sequence[Sequence[Cell]]]


def head(language: str, *keys: str) -> list[str]:
    """Titles of columns."""
    titles = HEADS | TITLES_OF_COLUMNS
    return [titles[key][language] for key in keys]


def result_words(result: TargetResult, language: str) -> str:
    """The value with k/n of a full count, "tạm tính" where returns are missing."""
    estimate, indicator = result.estimate, result.indicator
    value = format_value(estimate, indicator, language, result.target.value)
    counts = format_counts(estimate, language)
    if counts and not is_count_only(estimate, indicator):
        value += f" ({counts})"
    provisional = phrase("provisional_value", language)
    return f"{value} ({provisional})" if estimate.provisional else value


def responsible_words(result: TargetResult, language: str) -> str:
    """The units that the plan names, or that it names none."""
    return "; ".join(result.target.responsible) or phrase("unassigned", language)


def target_rows(report: Report, language: str) -> Table:
    """Annex I: every target with its verbatim text, grouped by objective."""
    keys = ("number", "target", "level", "result", "interval", "arithmetic", "statistical")
    heads = head(language, *keys, "trajectory", "responsible", "source")
    table: list[list[Cell]] = []
    objective = None
    for result in report.results:
        if result.target.objective != objective:
            objective = result.target.objective
            table.append([Cell(objective_title(objective, language), bold=True, span=10)])
        table.append(_target_row(result, language))
    return heads, table


def _target_row(result: TargetResult, language: str) -> list[Cell]:
    target, indicator = result.target, result.indicator
    verdict = verdict_words(result.verdict, language)
    centred = [
        _level(result, language),
        result_words(result, language),
        format_interval(result.estimate, indicator, language) or NONE,
        _arithmetic(result, verdict.arithmetic, language),
        verdict.statistical,
        verdict.trajectory,
        responsible_words(result, language),
        data_source(result, language),
    ]
    return [
        Cell(full_number(target), align="center"),
        Cell(target.verbatim),
        *(Cell(text, align="center") for text in centred),
    ]


def _level(result: TargetResult, language: str) -> str:
    level = format_target(result.target, result.indicator, language)
    if result.target.suspected is None:
        return upper_first(level)
    meant = format_target(result.target, result.indicator, language, suspected=True)
    return phrase("or_meant", language, level=level, meant=meant)


def _arithmetic(result: TargetResult, printed: str, language: str) -> str:
    other = result.verdict.suspected if result.verdict else None
    if other is None:
        return printed
    meant = verdict_words(other, language).arithmetic
    return phrase("or_meant", language, level=printed, meant=meant)


def breakdown_rows(report: Report, language: str) -> Table:
    """Annex II: other readings, pooled years and groups of each target.

    Villages are left to the workbook: a village's share of a commune's sample is too small to be
    reported upwards. A dimension that is hidden as a whole takes one row.
    """
    heads = head(language, "kind", "group", "result", "interval", "observations")
    villages = village_names(report)
    table: list[list[Cell]] = []
    for result in report.results:
        found = list(_breakdown(result, language, villages))
        if found:
            name = f"{full_number(result.target)}. {result.indicator.name[language]}"
            table += [[Cell(name, bold=True, span=len(heads))], *found]
    return heads, table


def _breakdown(
    result: TargetResult, language: str, villages: Mapping[str, str]
) -> Iterator[list[Cell]]:
    found = [
        row
        for row in rows_of(result)
        if row.scope is not Scope.YEAR and "village" not in row.estimate.by
    ]
    for _, group in groupby(found, key=lambda row: (row.scope, tuple(row.estimate.by))):
        same = list(group)
        if len(same) > 1 and all(row.estimate.missing is Missing.SUPPRESSED for row in same):
            kind, _ = what(same[0], language, villages)
            every = phrase("all_groups", language, n=len(same))
            yield _breakdown_row(same[0], kind, every, language)
            continue
        for row in same:
            yield _breakdown_row(row, *what(row, language, villages), language)


def _breakdown_row(row: Row, kind: str, category: str, language: str) -> list[Cell]:
    result, estimate = row.result, row.estimate
    value = format_value(estimate, result.indicator, language)
    if estimate.provisional:
        value += f" ({phrase('provisional_value', language)})"
    interval = format_interval(estimate, result.indicator, language) or NONE
    n = count(estimate.n, language) if exact_value(estimate) is not None else NONE
    return [
        Cell(kind),
        Cell(category),
        *(Cell(text, align="center") for text in (value, interval, n)),
    ]


def form_rows(report: Report, language: str) -> Table:
    """Annex III: which forms, in which versions, with how many submissions."""
    table = [
        [
            Cell(upper_first(form_name(form, language))),
            Cell(version, align="center"),
            Cell(count(submissions, language), align="right"),
        ]
        for form, version, submissions in report.provenance.forms
    ]
    return head(language, "form", "version", "submissions"), table


def provenance_rows(report: Report, language: str) -> Table:
    """Annex III: design, what was left out, when, by which code, checksum, how verdicts are read.

    (`docx` prints them as a table of two columns, the workbook as a sheet.)
    """
    origin = report.provenance
    facts = {
        "unit": unit_words(report, language),
        "ethnic_list": list_words(report, language),
        "design": origin.design[language],
        "left_out": count(origin.flagged_left_out, language),
        **({"states": state_words(report, language)} if origin.states else {}),
        "hidden_cells": phrase("hidden_rule", language, **_hiding(report)),
        "generated": format_moment(origin.generated_at, language),
        "code": origin.code_version,
        "checksum": origin.checksum,
        "verdicts": phrase("verdicts_explained", language),
    }
    return head(language, "fact", "content"), [
        [Cell(HEADS[key][language]), Cell(text or NONE)] for key, text in facts.items()
    ]


def unit_words(report: Report, language: str) -> str:
    """The unit of the period with its code, and what changed since."""
    found = attribution_of(report)
    if found.then is None:
        return f"{committee(report.plan, language)} ({report.plan.unit_code})"
    note = place_note(report, language)
    label = place_label(found.then, language)
    return f"{label}. {note}" if note else label


def state_words(report: Report, language: str) -> str:
    """How many submissions count and how many do not, by state, and the rule."""
    found = dict(report.provenance.states)
    numbers = {name: count(found.get(name, 0), language) for name in STATES}
    return phrase("states", language, **numbers)


def list_words(report: Report, language: str) -> str:
    """The list that codes of ethnic groups follow: its id and its name; "" where none are used."""
    known = lists().get(report.ethnic_list)
    return f"{known.id}: {known.name[language]}" if known else report.ethnic_list


def _hiding(report: Report) -> dict[str, int]:
    return {"minimum": report.minimum_cell, "n": report.hidden_cells}


def method_rows(report: Report, language: str) -> Table:
    """Annex III: how each indicator that is collected was computed, once each.

    The workbook's codebook has the others too.
    """
    heads = head(language, "indicator", "numerator", "denominator", "method")
    seen: dict[str, TargetResult] = {}
    for result in report.results:
        if result.estimate.missing is not Missing.NOT_COLLECTED:
            seen.setdefault(result.indicator.code, result)
    return heads, [_method_row(result, language) for result in seen.values()]


def _method_row(result: TargetResult, language: str) -> list[Cell]:
    indicator = result.indicator
    return [
        Cell(indicator.name[language]),
        Cell(indicator.numerator[language] or NONE),
        Cell(indicator.denominator[language] or NONE),
        Cell(_method(result, language) or NONE),
    ]


def _method(result: TargetResult, language: str) -> str:
    """Estimator, definition near which SDG indicator, source, caution on small numbers."""
    estimate, indicator = result.estimate, result.indicator
    parts = [method_words(estimate.method, language)] if not is_gap(result) else []
    parts += [indicator.source[language], indicator.small_numbers[language]]
    if indicator.sdg:
        near = indicator.sdg.startswith("~")
        key = "sdg_near" if near else "sdg"
        parts.append(phrase(key, language, number=indicator.sdg.lstrip("~")))
    return " ".join(part if part.endswith(".") else part + "." for part in parts if part)


def progress_rows(report: Report, language: str) -> Table:
    """Annex IV: collection by village, with the total."""
    keys = PROGRESS_LEAVES
    heads = head(language, "village", *keys)
    if not report.progress:
        return heads, []
    table = [_progress_row(village, keys, language) for village in report.progress]
    totals = [sum(getattr(village, key) for village in report.progress) for key in keys]
    total = [Cell(phrase("total", language), bold=True)]
    total += [Cell(count(number, language), bold=True, align="right") for number in totals]
    return heads, [*table, total]


def _progress_row(village: VillageProgress, keys: Sequence[str], language: str) -> list[Cell]:
    numbers = (getattr(village, key) for key in keys)
    return [
        Cell(village.name or village.village),
        *(Cell(count(number, language), align="right") for number in numbers),
    ]
