"""One target of a report as the plan's page shows it: texts, looks and a small chart.

All numbers come from `analysis.reports`, so that page and report never say two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from analysis.plans.resolve import open_oddities
from analysis.reports.beside import beside_text
from analysis.reports.charts import target_chart
from analysis.reports.numbers import (
    category_words,
    count,
    dimension_words,
    exact_value,
    format_counts,
    format_interval,
    format_number,
    format_target,
    format_years,
    is_count_only,
    shown_value,
)
from analysis.reports.target_text import target_label, upper_first, variant_name
from analysis.reports.words import (
    NOTED_WARNINGS,
    OBJECTIVES,
    SMALL_NUMBER_WARNINGS,
    WARNINGS,
)
from analysis.types import Estimate, Target, TargetResult
from collector.routes.pages.judgements import (
    Judgement,
    Standing,
    arithmetic,
    judgements,
    standing,
    tally,
)
from collector.routes.pages.reading_view import OtherReading, Settled, other_readings, settled
from collector.routes.pages.speech import gettext
from collector.routes.pages.target_facts import answered, figures, meaning, number_words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a small table in the details: a name, the value, its interval, its basis."""

    name: str
    value: str
    interval: str = ""
    basis: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class TargetRow:
    """All that the page says about one target."""

    id: str
    label: str
    verbatim: str
    indicator: str
    code: str
    units: tuple[str, ...]
    standing: Standing
    value: str
    has_value: bool
    unit: str
    interval: str
    basis: str
    provisional: bool
    target: str
    suspected: str
    deadline: str
    judgements: tuple[Judgement, ...]
    suspected_judgement: Judgement | None
    readings: tuple[OtherReading, ...]
    decisions: tuple[Settled, ...]
    questions: int
    chart: Markup
    warnings: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    meaning: tuple[tuple[str, str], ...]
    pooled: tuple[Line, ...]
    variants: tuple[Line, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """The targets of one objective; `tally`: how many stand where, `questions`: how many of
    their words wait for a decision."""

    number: int
    name: str
    rows: tuple[TargetRow, ...]
    tally: Mapping[Standing, int]
    questions: int


def objectives(
    results: Iterable[TargetResult], language: str, villages: Mapping[str, str]
) -> list[Objective]:
    """Targets by objective, in the plan's order."""
    return [
        _objective(number, list(group), language, villages)
        for number, group in groupby(results, lambda result: result.target.objective)
    ]


def _objective(
    number: int, results: Sequence[TargetResult], language: str, villages: Mapping[str, str]
) -> Objective:
    rows = tuple(target_row(result, language, villages) for result in results)
    return Objective(
        number=number,
        name=OBJECTIVES[number][language] if number in OBJECTIVES else "",
        rows=rows,
        tally=tally(results),
        questions=sum(row.questions for row in rows),
    )


def target_row(result: TargetResult, language: str, villages: Mapping[str, str]) -> TargetRow:
    """Everything about one target, in one language."""
    target, indicator, estimate = result.target, result.indicator, result.estimate
    has_value = shown_value(estimate, indicator) is not None
    verdict = result.verdict
    suspected = verdict.suspected if verdict else None
    return TargetRow(
        id=target.id,
        label=_label(target, language),
        verbatim=target.verbatim,
        indicator=indicator.name[language],
        code=indicator.code,
        units=target.responsible,
        standing=standing(result),
        value=format_number(estimate, indicator, language, target.value),
        has_value=has_value or exact_value(estimate) is not None,
        unit=indicator.unit[language] if has_value else "",
        interval=format_interval(estimate, indicator, language),
        basis="" if is_count_only(estimate, indicator) else _basis(result, language),
        provisional=estimate.provisional,
        target=format_target(target, indicator, language),
        suspected=_suspected(result, language),
        deadline=_deadline(result),
        judgements=judgements(verdict, language),
        suspected_judgement=arithmetic(suspected, language) if suspected else None,
        readings=other_readings(result, language),
        decisions=settled(target, language),
        questions=len(open_oddities(target)),
        chart=Markup(target_chart(result, language)),  # noqa: S704 - svg.py escapes what it is given
        warnings=_warnings(result, language),
        figures=figures(result, language),
        meaning=meaning(result, language),
        pooled=tuple(_pooled(estimate, result, language) for estimate in result.pooled),
        variants=tuple(_variant(estimate, result, language) for estimate in result.variants),
        groups=_groups(result, language, villages),
    )


def _label(target: Target, language: str) -> str:
    """ "Chỉ tiêu 2b"; nothing where the plan's own words begin like that."""
    label = target_label(target, language)
    return "" if target.verbatim.startswith("Chỉ tiêu") else label


def _suspected(result: TargetResult, language: str) -> str:
    """The level that was probably meant; "" where the plan's own is in no doubt."""
    target = result.target
    if target.suspected is None or target.value is None:
        return ""
    return format_target(target, result.indicator, language, suspected=True)


def _basis(result: TargetResult, language: str) -> str:
    """On how much a value rests: counts with those always told beside, or how many answered."""
    estimate = result.estimate
    counts = format_counts(estimate, language)
    told = beside_text(estimate, result.indicator, language)
    asked = answered(estimate) if exact_value(estimate) is not None else None
    if asked and not counts:
        return gettext("%(n)s người trả lời", n=count(asked, language))
    return "; ".join(text for text in (counts, told) if text)


def _deadline(result: TargetResult) -> str:
    target = result.target
    if target.deadline_stated:
        return gettext("đến năm %(year)s", year=target.deadline)
    return gettext("đến năm %(year)s (kế hoạch không ghi hạn)", year=target.deadline)


def _warnings(result: TargetResult, language: str) -> tuple[str, ...]:
    """What the plan's wording leaves open, then what small numbers do, then the target's notes. The
    missing unit is said in its own place; a note speaks for the codes that it explains."""
    told = {"no_responsible_unit"} | (NOTED_WARNINGS if result.target.notes else set())
    codes = [code for code in result.target.warnings if code not in told]
    known = [WARNINGS.get(code) or SMALL_NUMBER_WARNINGS.get(code) for code in codes]
    notes = list(result.verdict.notes) if result.verdict else []
    if result.estimate.note is not None:
        notes.append(result.estimate.note)
    texts = [text[language] for text in (*known, *result.target.notes, *notes) if text]
    return tuple(dict.fromkeys(upper_first(text) for text in texts if text))


def _line(name: str, estimate: Estimate, result: TargetResult, language: str) -> Line:
    """Units are said beside the headline; here a value has at most its percent sign."""
    shown = exact_value(estimate) is not None
    value = format_number(estimate, result.indicator, language, result.target.value)
    percent = "%" if result.indicator.unit[language] == "%" and shown else ""
    return Line(
        name,
        value + percent,
        format_interval(estimate, result.indicator, language),
        format_counts(estimate, language) or number_words(estimate.n if shown else None, language),
    )


def _pooled(estimate: Estimate, result: TargetResult, language: str) -> Line:
    line = _line(format_years(estimate.years, language), estimate, result, language)
    return replace(line, provisional=estimate.provisional)


def _variant(estimate: Estimate, result: TargetResult, language: str) -> Line:
    return _line(variant_name(estimate, result, language), estimate, result, language)


def _groups(
    result: TargetResult, language: str, villages: Mapping[str, str]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The breakdowns by one dimension: ("Giới tính", lines); crossed ones stay in the files."""
    plain = [e for e in result.breakdown if len(e.by) == 1 and not e.variant]
    found = []
    for dimension, estimates in groupby(plain, lambda estimate: next(iter(estimate.by))):
        lines = [
            _line(
                category_words(dimension, e.by[dimension], language, villages), e, result, language
            )
            for e in estimates
        ]
        found.append((dimension_words(dimension, language), tuple(lines)))
    return tuple(found)
