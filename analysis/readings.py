"""A target under the readings that nobody has decided about yet, each with its own verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from analysis.plans.resolve import changes_number, open_oddities, read_as
from analysis.types import (
    Estimate,
    Missing,
    Oddity,
    Reading,
    ReadingResult,
    Target,
    TargetResult,
    Verdict,
)

Judge = Callable[[Target, Estimate], Verdict]
Before = Callable[[Target], Estimate]


def other_readings(shown: TargetResult, judge: Judge, before: Before) -> tuple[ReadingResult, ...]:
    """The open readings that change the number, beside the one that holds.

    `shown`: the result with small cells already hidden, so that no reading tells what they hide.
    `before`: the estimate of the year before the plan, protected too.
    """
    return tuple(
        _read(shown, oddity, reading, judge, before)
        for oddity in open_oddities(shown.target)
        for reading in oddity.readings[1:]
        if changes_number(reading)
    )


def _read(
    shown: TargetResult, oddity: Oddity, reading: Reading, judge: Judge, before: Before
) -> ReadingResult:
    target = with_level(read_as(shown.target, reading), before)
    estimate = _estimate(shown, reading)
    judged = judge(replace(target, oddities=()), estimate)  # this reading: nothing is left open
    return ReadingResult(oddity, reading, target, estimate, judged)


def _estimate(shown: TargetResult, reading: Reading) -> Estimate:
    """The estimate that the reading judges, as far as it may be shown."""
    missing = shown.estimate.missing
    if (reading.by is None and not reading.variant) or missing is Missing.NOT_COLLECTED:
        return shown.estimate
    among = shown.variants if reading.variant else shown.breakdown
    for estimate in among:
        if estimate.variant == reading.variant and dict(estimate.by) == dict(reading.by or {}):
            return estimate
    return Estimate(
        shown.indicator.code,
        shown.estimate.years,
        dict(reading.by or {}),
        missing=Missing.NO_DATA,
        variant=reading.variant,
    )


def with_level(target: Target, before: Before) -> Target:
    """The target with the level that the baseline gives it; without one the level is unknown."""
    if target.from_baseline is None or target.value is not None:
        return target
    start = _baseline(target, before)
    return target if start is None else replace(target, value=start - target.from_baseline)


def _baseline(target: Target, before: Before) -> Fraction | None:
    if target.baseline is not None and target.measure != "count":
        return target.baseline[1]
    estimate = before(target)
    if estimate.missing is not None or estimate.provisional:
        return None
    if target.measure == "count":
        return None if estimate.numerator is None else Fraction(estimate.numerator)
    if estimate.exact is not None:
        return estimate.exact
    return None if estimate.value is None else Fraction(estimate.value)
