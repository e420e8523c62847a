"""A plan read against its indicators for one period: everything a report prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.disclosure import MINIMUM_CELL, hidden_cells, protect
from analysis.each import for_each
from analysis.estimators.prepared import Prepared
from analysis.plans import FOLDER, available, load
from analysis.readings import other_readings, with_level
from analysis.types import (
    Design,
    Estimate,
    Frames,
    Indicator,
    Missing,
    Obligations,
    Plan,
    Provenance,
    ReadingResult,
    Report,
    Target,
    TargetResult,
    Verdict,
    VillageProgress,
)
from analysis.verdict import judge, maintained, within_year

Catalogue = Mapping[str, Indicator]
"""The indicators that plans may name: the built-in ones and those that officers added."""


def load_plan(name: str, folder: Path = FOLDER, catalogue: Catalogue = CATALOGUE) -> Plan:
    """A plan of `analysis/plans` by its id, checked against the catalogue.

    Raises `PlanRefused` for a faulty file and `KeyError` for an unknown id.
    """
    return load(available(folder)[name], catalogue)


def build(  # noqa: PLR0913 - each is a fact of the report; the optional ones are named
    plan: Plan,
    period: int,
    frames: Frames,
    design: Design | None,
    progress: Sequence[VillageProgress],
    provenance: Provenance,
    demonstration: bool,
    *,
    minimum_cell: int = MINIMUM_CELL,
    period_end: date | None = None,
    owed: Obligations | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Report:
    """The report of one year: a result for every target, small cells already hidden.

    `frames` should hold the period and, for pooled values, the years before it; `design` covers
    the household interviews in them (None without a survey). `audience`: by default what may leave
    the commune. `period_end`: the last day of the year unless the report is made before it.
    `owed`: which returns the units owe, by form.
    """
    prepared = Prepared(frames, design, owed)
    found = (evaluate(plan, target, period, prepared, catalogue) for target in plan.targets)
    shown = (
        protect_result(
            one,
            period,
            minimum_cell,
            history=_history(plan, one, period, prepared, minimum_cell),
            told=_told(plan, one.indicator),
        )
        for one in found
    )
    results = tuple(
        replace(
            for_each(one, period), readings=_readings(plan, one, period, prepared, minimum_cell)
        )
        for one in shown
    )
    return Report(
        plan=plan,
        period=period,
        period_end=period_end or date(period, 12, 31),
        results=results,
        progress=tuple(progress),
        provenance=provenance,
        demonstration=demonstration,
        minimum_cell=minimum_cell,
        hidden_cells=hidden_cells(results),
    )


def evaluate(
    plan: Plan,
    target: Target,
    period: int,
    prepared: Prepared,
    catalogue: Catalogue = CATALOGUE,
) -> TargetResult:
    """One target: its estimate, breakdowns, pooled years, variants and verdicts; nothing hidden."""
    indicator = catalogue[target.indicator]
    estimate = _one(indicator, target, (period,), prepared)
    target = with_level(target, lambda one: _before(plan, indicator, one, prepared))
    result = TargetResult(target, indicator, estimate)
    if estimate.missing is not Missing.NOT_COLLECTED:
        result = replace(
            result,
            pooled=_pooled(indicator, target, period, prepared),
            breakdown=_breakdown(indicator, period, prepared),
            # a reading of everybody says nothing beside one group
            variants=() if target.by else _variants(indicator, period, prepared),
        )
    verdict = _judge(target, estimate, indicator, period)
    if target.comparator == "maintain":
        years = range(plan.first_year, period + 1)
        history = [_one(indicator, target, (year,), prepared) for year in years]
        verdict = replace(verdict, arithmetic=maintained(target, history, plan.first_year))
    return replace(result, verdict=verdict)


def _judge(target: Target, estimate: Estimate, indicator: Indicator, period: int) -> Verdict:
    """The verdicts of the year; a target for each quarter or month has to hold in all of them."""
    verdict = judge(target, estimate, indicator, period)
    if target.every != "year" and estimate.periods:
        return replace(verdict, arithmetic=within_year(target, estimate.periods))
    return verdict


def _readings(
    plan: Plan, shown: TargetResult, period: int, prepared: Prepared, minimum: int
) -> tuple[ReadingResult, ...]:
    """The readings of the target that nobody has decided about, on what may be shown."""
    indicator = shown.indicator

    def before(target: Target) -> Estimate:
        estimate = _before(plan, indicator, target, prepared)
        return protect(TargetResult(target, indicator, estimate), minimum).estimate

    return other_readings(
        shown, lambda target, found: _judge(target, found, indicator, period), before
    )


def _before(plan: Plan, indicator: Indicator, target: Target, prepared: Prepared) -> Estimate:
    """The estimate of the year before the plan: what "not above" is measured from."""
    return _one(indicator, target, (plan.first_year - 1,), prepared)


def _history(
    plan: Plan, result: TargetResult, period: int, prepared: Prepared, minimum: int
) -> list[Estimate]:
    """The values that the plan's reports of earlier years print, as far as pools reach back."""
    if not result.pooled or not result.indicator.sensitive:
        return []
    target, indicator = result.target, result.indicator
    first = max(plan.first_year, min(min(one.years) for one in result.pooled))
    printed = (_one(indicator, target, (year,), prepared) for year in range(first, period))
    return [protect(TargetResult(target, indicator, one), minimum).estimate for one in printed]


def _told(plan: Plan, indicator: Indicator) -> list[Mapping[str, str]]:
    """The groups that are targets of the plan themselves: their numbers are owed."""
    return [one.by for one in plan.targets if one.indicator == indicator.code and one.by]


def protect_result(
    result: TargetResult,
    period: int,
    minimum: int,
    *,
    history: Sequence[Estimate] = (),
    told: Sequence[Mapping[str, str]] = (),
) -> TargetResult:
    """The result as it may be seen; a hidden headline is not judged either."""
    shown = protect(result, minimum, history=history, told=told)
    if shown.estimate.missing is not Missing.SUPPRESSED:
        return shown
    return replace(shown, verdict=judge(shown.target, shown.estimate, shown.indicator, period))


def _one(
    indicator: Indicator, target: Target, years: tuple[int, ...], prepared: Prepared
) -> Estimate:
    """The estimate that a target is judged by: of everybody, or of the group that it names."""
    by = tuple(target.by)
    found = _compute(indicator, years, prepared, by, target.variant)
    for estimate in found:
        if dict(estimate.by) == dict(target.by) or not estimate.by:
            return estimate
    return Estimate(indicator.code, years, dict(target.by), missing=Missing.NO_DATA)


def _compute(
    indicator: Indicator,
    years: tuple[int, ...],
    prepared: Prepared,
    by: tuple[str, ...] = (),
    variant: str = "",
) -> list[Estimate]:
    return compute(
        indicator,
        prepared.frames,
        prepared.design,
        years=years,
        by=by,
        prepared=prepared,
        variant=variant,
    )


def _pooled(
    indicator: Indicator, target: Target, period: int, prepared: Prepared
) -> tuple[Estimate, ...]:
    """The years before pooled with the period: 3 and 5 where the indicator asks for them.

    A pool names the years that gave something, and stands only where they are more than the
    shorter one has: a rate "of 2022 - 2026" from two years' returns would claim the other three.
    """
    known = prepared.years_of(indicator)
    spans = [
        tuple(year for year in range(period - n + 1, period + 1) if year in known)
        for n in sorted(indicator.pool_years)
    ]
    pools = dict.fromkeys(span for span in spans if period in span and len(span) > 1)
    return tuple(_one(indicator, target, years, prepared) for years in pools)


def _breakdown(indicator: Indicator, period: int, prepared: Prepared) -> tuple[Estimate, ...]:
    return tuple(
        estimate
        for dimension in indicator.by
        for estimate in _compute(indicator, (period,), prepared, (dimension,))
        if estimate.by
    )


def _variants(indicator: Indicator, period: int, prepared: Prepared) -> tuple[Estimate, ...]:
    return tuple(
        _compute(indicator, (period,), prepared, variant=variant.key)[0]
        for variant in indicator.variants
    )
