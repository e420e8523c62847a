"""What the written report says about one target: its label, its result, its three verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.reports.beside import beside_text
from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import (
    category_words,
    count,
    decimal,
    exact_value,
    format_counts,
    format_interval,
    format_target,
    format_value,
    format_years,
    is_undefined,
    shown_value,
    target_words,
    verdict_words,
    with_unit,
)
from analysis.reports.phrases import phrase
from analysis.reports.reading_text import decisions_text, readings_text
from analysis.types import (
    Arithmetic,
    Estimate,
    Missing,
    Statistical,
    Target,
    TargetResult,
    Text,
    Trajectory,
    Verdict,
)


def lower_first(text: str) -> str:
    """ "Chưa đạt" -> "chưa đạt", for use inside a sentence; an abbreviation keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or len(text) == 1 else text


def upper_first(text: str) -> str:
    """ "chỉ tiêu" -> "Chỉ tiêu", for the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """`text` with a full stop, unless it ends in one."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else text + "."


def target_number_words(target: Target) -> str:
    """The number within its objective, with the part of a compound target: "2b"; may be ""."""
    part = re.search(r"\d([a-z])$", target.id)
    letter = part[1] if part and not target.number.endswith(part[1]) else ""
    return target.number + letter


def target_label(target: Target, language: str = "vi") -> str:
    """ "Chỉ tiêu 2b"; "Chỉ tiêu" for the only target of an objective."""
    return f"{phrase('target', language)} {target_number_words(target)}".strip()


def target_reference(target: Target, language: str = "vi") -> str:
    """The target as running text refers to it: "chỉ tiêu 2b mục tiêu 3"."""
    number = target_number_words(target)
    key = "target_short" if number else "target_short_single"
    return phrase(key, language, number=number, objective=target.objective)


def references(targets: Iterable[Target], language: str = "vi") -> str:
    """Several targets, by objective: "chỉ tiêu 1, 2 mục tiêu 2; chỉ tiêu 3 mục tiêu 6"."""
    groups: dict[int, list[str]] = {}
    for target in targets:
        groups.setdefault(target.objective, []).append(target_number_words(target))
    return "; ".join(
        _references_of(objective, [number for number in numbers if number], language)
        for objective, numbers in groups.items()
    )


def _references_of(objective: int, numbers: list[str], language: str) -> str:
    if not numbers:
        return phrase("target_short_single", language, objective=objective)
    if is_vietnamese(language):
        return phrase("target_short", language, number=", ".join(numbers), objective=objective)
    word = "target" if len(numbers) == 1 else "targets"
    return f"{word} " + ", ".join(f"{objective}.{number}" for number in numbers)


def result_text(result: TargetResult, language: str = "vi") -> str:
    """The paragraph under a target: result, verdicts, other readings, cautions."""
    sentences = [
        _value_sentence(result, language),
        *_why_missing(result, language),
        *_means(result, language),
        *_beside(result, language),
        *_groups(result, language),
        *_variants(result, language),
        *_pooled(result, language),
        *_verdicts(result, language),
        *(sentence(note[language]) for note in dict.fromkeys(_notes(result))),
        *readings_text(result, language),
        *decisions_text(result.target, language),
    ]
    return " ".join(sentences)


def with_interval(estimate: Estimate, result: TargetResult, language: str = "vi") -> str:
    """ "42,7% (khoảng tin cậy 95%: 38,2 - 47,3)", or the words for the absence of a value."""
    value = format_value(estimate, result.indicator, language, result.target.value)
    interval = format_interval(estimate, result.indicator, language)
    details = [phrase("interval", language, interval=interval)] if interval else []
    details += [phrase("provisional_value", language)] if estimate.provisional else []
    return f"{value} ({'; '.join(details)})" if details else value


def _value_sentence(result: TargetResult, language: str) -> str:
    estimate = result.estimate
    value = format_value(estimate, result.indicator, language, result.target.value)
    details = "; ".join([*_of_group(estimate, language), *_details(result, language)])
    year = format_years(estimate.years, language)
    text = phrase("result", language, year=year, value=value)
    return f"{text} ({details})." if details else f"{text}."


def _of_group(estimate: Estimate, language: str) -> list[str]:
    groups = [category_words(key, value, language) for key, value in estimate.by.items()]
    return [phrase("for_group", language, groups=", ".join(groups))] if groups else []


def _details(result: TargetResult, language: str) -> list[str]:
    """What stands in brackets behind the value: counts, interval, observations, left out."""
    estimate, indicator = result.estimate, result.indicator
    if exact_value(estimate) is None:
        return []
    counts = format_counts(estimate, language)
    interval = format_interval(estimate, indicator, language)
    parts = [counts] if counts and shown_value(estimate, indicator) is not None else []
    parts += [phrase("interval", language, interval=interval)] if interval else []
    if not counts and estimate.n and estimate.psus is not None:
        parts.append(phrase("asked", language, n=count(estimate.n, language)))
    if estimate.excluded:
        parts.append(phrase("excluded", language, n=count(estimate.excluded, language)))
    if estimate.provisional:
        parts.append(phrase("provisional_value", language))
    return parts


def _why_missing(result: TargetResult, language: str) -> list[str]:
    """Why there is no value, in one sentence; nothing where there is one."""
    missing = result.estimate.missing
    if exact_value(result.estimate) is not None or is_undefined(result.estimate):
        return []
    units = ", ".join(result.target.responsible) or phrase("no_unit", language)
    keys = {
        Missing.NOT_COLLECTED: "why_not_collected",
        Missing.NO_CASES: "why_no_cases",
        Missing.SUPPRESSED: "why_suppressed",
    }
    return [phrase(keys.get(missing or Missing.NO_DATA, "why_no_data"), language, units=units)]


def _means(result: TargetResult, language: str) -> list[str]:
    """The two means behind a ratio of means, which is never read without them."""
    estimate, indicator = result.estimate, result.indicator
    if indicator.estimator != "ratio_of_domain_means" or exact_value(estimate) is None:
        return []
    if estimate.numerator is None or estimate.denominator is None:
        return []
    return [
        phrase(
            "means",
            language,
            numerator=indicator.numerator[language],
            first=decimal(estimate.numerator, 1, language),
            denominator=lower_first(indicator.denominator[language]),
            second=decimal(estimate.denominator, 1, language),
        )
    ]


def _beside(result: TargetResult, language: str) -> list[str]:
    """The counts without which the value could mislead."""
    figures = beside_text(result.estimate, result.indicator, language)
    return [phrase("beside", language, figures=figures)] if figures else []


def _groups(result: TargetResult, language: str) -> list[str]:
    """The results by sex, and by age where the plan leaves the age band open."""
    wanted = {"sex"} | ({"age_band"} if "age_band_unspecified" in result.target.warnings else set())
    shown = [
        estimate
        for estimate in result.breakdown
        if len(estimate.by) == 1 and set(estimate.by) <= wanted and not estimate.variant
    ]
    if all(exact_value(estimate) is None for estimate in shown):
        return []
    groups = [
        f"{category_words(*next(iter(estimate.by.items())), language)} "
        f"{with_interval(estimate, result, language)}"
        for estimate in shown
    ]
    return [phrase("within", language, groups="; ".join(groups))] if groups else []


def variant_name(estimate: Estimate, result: TargetResult, language: str = "vi") -> str:
    """The name of another reading of the indicator; its key where the catalogue has none."""
    names = {variant.key: variant.name[language] for variant in result.indicator.variants}
    return names.get(estimate.variant, estimate.variant)


def _variants(result: TargetResult, language: str) -> list[str]:
    return [
        phrase(
            "variant",
            language,
            name=variant_name(estimate, result, language),
            value=with_interval(estimate, result, language),
        )
        for estimate in result.variants
        if exact_value(estimate) is not None or exact_value(result.estimate) is not None
    ]


def _pooled(result: TargetResult, language: str) -> list[str]:
    """Pooled years in a sentence each; hidden ones stand in the annex only."""
    shown = [one for one in result.pooled if one.missing is not Missing.SUPPRESSED]
    asked = result.indicator.pool_years and exact_value(result.estimate) is not None
    if asked and not result.pooled:
        return [phrase("nothing_to_pool", language)]
    return [
        phrase(
            "pooled",
            language,
            years=format_years(estimate.years, language),
            value=with_interval(estimate, result, language),
        )
        for estimate in shown
    ]


def _verdicts(result: TargetResult, language: str) -> list[str]:
    verdict, target = result.verdict, result.target
    if target.value is None:
        return [phrase("qualitative", language)]
    level = target_words(target, result.indicator, language)
    open_ = {Arithmetic.NOT_APPLICABLE, Arithmetic.INCOMPLETE}
    unjudged = verdict is None or verdict.arithmetic in open_
    if verdict is None or (unjudged and not result.estimate.provisional):
        return [phrase("level", language, target=level)]
    words = verdict_words(verdict, language)
    sentences = [
        phrase("judged", language, verdict=lower_first(words.arithmetic), target=level),
        *_suspected(result, verdict, language),
    ]
    if verdict.statistical is Statistical.FULL_COUNT:
        sentences.append(phrase("full_count", language))
    else:
        certainty = lower_first(words.statistical)
        sentences.append(phrase("certainty", language, verdict=certainty))
    return [*sentences, *_trajectory(result, verdict, language)]


def _suspected(result: TargetResult, verdict: Verdict, language: str) -> list[str]:
    if verdict.suspected is None:
        return []
    words = verdict_words(verdict.suspected, language)
    level = format_target(result.target, result.indicator, language, suspected=True)
    return [phrase("suspected", language, target=level, verdict=lower_first(words.arithmetic))]


def _trajectory(result: TargetResult, verdict: Verdict, language: str) -> list[str]:
    if verdict.trajectory is Trajectory.NO_DATA:
        return []
    words = lower_first(verdict_words(verdict, language).trajectory)
    if verdict.expected is None:
        return [phrase("trajectory", language, verdict=words)]
    number = decimal(verdict.expected, result.indicator.decimals, language)
    expected = with_unit(number, result.indicator, language)
    return [phrase("trajectory_expected", language, verdict=words, expected=expected)]


def _notes(result: TargetResult) -> list[Text]:
    verdict = result.verdict.notes if result.verdict else ()
    note = result.estimate.note
    return [*([note] if note else []), *verdict]
