"""What a report cannot say, and what follows from it: gaps, oddities, small numbers, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.reports.numbers import format_target, is_undefined, missing_words, verdict_words
from analysis.reports.phrases import phrase
from analysis.reports.reading_text import decisions_text, undecided_text
from analysis.reports.target_text import (
    lower_first,
    references,
    sentence,
    target_reference,
    upper_first,
)
from analysis.reports.words import (
    NOTED_WARNINGS,
    SMALL_NUMBER_WARNINGS,
    VALUE_WARNINGS,
    WARNINGS,
)
from analysis.types import Missing, Report, Statistical, Target, TargetResult, Text

Section = tuple[str, Sequence[str]]

GAPS = (Missing.NOT_COLLECTED, Missing.NO_DATA)


def limits(report: Report, language: str = "vi") -> list[Section]:
    """Heads and items of the part on limits; only those with something to say."""
    sections = [
        (phrase("missing_head", language), missing_by_unit(report, language)),
        (phrase("oddities_head", language), oddities(report, language)),
        (phrase("small_head", language), small_numbers(report, language)),
        (phrase("hidden_head", language), hidden(report, language)),
    ]
    return [(head, items) for head, items in sections if items]


def proposals(report: Report, language: str = "vi") -> list[str]:
    """What the report asks for, derived from its gaps; nothing where there are none."""
    results = [r for r in report.results if r.target.comparator != "qualitative"]
    unasked = [r.target for r in results if r.estimate.missing is Missing.NOT_COLLECTED]
    late = [r.target for r in results if is_gap(r) and r.target not in unasked]
    orphans = [r.target for r in report.results if not r.target.responsible]
    asks = [
        phrase(key, language, targets=references(targets, language))
        for key, targets in (("ask_units", late), ("ask_forms", unasked), ("ask_owner", orphans))
        if targets
    ]
    if oddities(report, language):
        heads = [head for head, _ in limits(report, language)]
        point = heads.index(phrase("oddities_head", language)) + 1
        asks.append(phrase("ask_reading", language, point=point, part="III"))
    return asks


def is_gap(result: TargetResult) -> bool:
    """True where data are still to come: no form, no return, or not every return."""
    estimate = result.estimate
    unexplained = estimate.value is None and estimate.missing is None
    unexplained = unexplained and not is_undefined(estimate)
    return estimate.missing in GAPS or estimate.provisional or unexplained


def missing_by_unit(report: Report, language: str = "vi") -> list[str]:
    """One item a responsible unit: its targets without (complete) data, and why."""
    by_unit: dict[str, dict[str, list[Target]]] = {}
    for result in filter(is_gap, report.results):
        units = ", ".join(result.target.responsible) or phrase("missing_nobody", language)
        why = missing_words(result.estimate, language) or phrase("provisional_value", language)
        by_unit.setdefault(units, {}).setdefault(why, []).append(result.target)
    return [
        phrase("finding", language, what=unit, targets=_by_reason(reasons, language))
        for unit, reasons in by_unit.items()
    ]


def _by_reason(reasons: dict[str, list[Target]], language: str) -> str:
    return "; ".join(f"{references(targets, language)} ({why})" for why, targets in reasons.items())


def oddities(report: Report, language: str = "vi") -> list[str]:
    """What the plan's wording leaves open, both readings where there are two, the plan's notes."""
    targets = [result.target for result in report.results]
    items = _by_warning(targets, WARNINGS, language)
    items += [
        _readings(result, language)
        for result in report.results
        if result.target.suspected is not None and result.verdict is not None
    ]
    notes = [_noted(target, note, language) for target in targets for note in target.notes]
    notes += [note[language] for note in report.plan.notes]
    items += [
        phrase(
            "finding",
            language,
            what=upper_first(target_reference(target, language)),
            targets=text.rstrip("."),
        )
        for target in targets
        for text in undecided_text(target, language)
    ]
    items += [*undecided_text(report.plan, language), *decisions_text(report.plan, language)]
    return [*items, *(sentence(note) for note in dict.fromkeys(notes) if note)]


def _noted(target: Target, note: Text, language: str) -> str:
    what = upper_first(target_reference(target, language))
    return phrase("finding", language, what=what, targets=note[language].rstrip("."))


def _by_warning(targets: Iterable[Target], table: dict[str, Text], language: str) -> list[str]:
    items = []
    for code, what in table.items():
        if code == "no_responsible_unit":  # said with the missing data and in the proposals
            continue
        named = [target for target in targets if _says(target, code)]
        if not named:
            continue
        text = references(named, language)
        if code in VALUE_WARNINGS:
            text = "; ".join(_with_literal(target, language) for target in named)
        items.append(phrase("finding", language, what=upper_first(what[language]), targets=text))
    return items


def _says(target: Target, code: str) -> bool:
    """The target has this warning, and no note of its own that explains it better."""
    return code in target.warnings and not (target.notes and code in NOTED_WARNINGS)


def _with_literal(target: Target, language: str) -> str:
    reference = target_reference(target, language)
    if not target.value_text:
        return reference
    return phrase("literal", language, target=reference, literal=target.value_text)


def _readings(result: TargetResult, language: str) -> str:
    target, verdict = result.target, result.verdict
    second = verdict.suspected if verdict else None
    return phrase(
        "both_readings",
        language,
        target=upper_first(target_reference(target, language)),
        printed=format_target(target, result.indicator, language),
        meant=format_target(target, result.indicator, language, suspected=True),
        first=lower_first(verdict_words(verdict, language).arithmetic),
        second=lower_first(verdict_words(second, language).arithmetic),
    )


def small_numbers(report: Report, language: str = "vi") -> list[str]:
    """Cautions on size: from the plan's warnings, and where no year of a commune can tell."""
    targets = [result.target for result in report.results]
    items = _by_warning(targets, SMALL_NUMBER_WARNINGS, language)
    unsure = [
        result.target
        for result in report.results
        if result.verdict and result.verdict.statistical is Statistical.NOT_ASSESSABLE
    ]
    if unsure:
        what = upper_first(phrase("not_assessable", language))
        items.append(phrase("finding", language, what=what, targets=references(unsure, language)))
    return items


def hidden(report: Report, language: str = "vi") -> list[str]:
    """Which figures are not published, and by which rule; never the figures."""
    targets = [r.target for r in report.results if r.estimate.missing is Missing.SUPPRESSED]
    items = []
    if report.hidden_cells:
        rule = {"minimum": report.minimum_cell, "n": report.hidden_cells}
        items.append(phrase("hidden_rule", language, **rule))
    if targets:
        items.append(phrase("hidden", language, targets=references(targets, language)))
    return items
