"""What is found: an estimate, the three verdicts on it, a plan read against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from analysis.types.indicator import Indicator
from analysis.types.plan import Oddity, Reading, Target
from analysis.types.text import Text


class Missing(StrEnum):
    """Why an estimate has no value."""

    NOT_COLLECTED = "not_collected"  # no form asks it yet
    NO_DATA = "no_data"  # the form exists, nothing (or not every return) has come
    NO_CASES = "no_cases"  # 0/0: "không phát sinh"
    SUPPRESSED = "suppressed"  # a small cell


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with everything needed to judge it.

    `value` is in the indicator's unit (percent for shares). `exact` is the unrounded
    numerator/denominator of a full count in the same unit. `interval` is None for full counts
    without sampling or where no finite interval exists (then `note` says why).
    `bounds` are the one-sided 95 % bounds (lower, upper) that the statistical verdict uses.
    For a ratio of means `numerator` and `denominator` are the two means; for a full count they are
    counts. `provisional`: returns are missing, so the value may still change (`note` says how many
    came; the verdict is "chưa đủ số liệu"). `extra` keys are named in `analysis.catalogue.EXTRA`.
    """

    indicator: str
    years: tuple[int, ...]
    by: Mapping[str, str] = field(default_factory=dict)
    value: float | None = None
    se: float | None = None
    interval: tuple[float, float] | None = None
    bounds: tuple[float, float] | None = None
    method: str = ""
    numerator: float | None = None
    denominator: float | None = None
    exact: Fraction | None = None
    n: int = 0
    excluded: int = 0  # "refused", "don't know" or missing: counted, never zero
    psus: int | None = None  # sampling units in which somebody is counted
    sampled: int | None = None  # all sampling units of the design
    population: float | None = None  # households that the sample was drawn from, where known
    se_everybody: float | None = None  # the SE that would remain if all of them were asked
    df: float | None = None
    deff: float | None = None
    missing: Missing | None = None
    note: Text | None = None
    extra: Mapping[str, float] = field(default_factory=dict)
    provisional: bool = False
    variant: str = ""  # key of the `Variant` that was computed; "" is the indicator itself
    periods: tuple[Estimate, ...] = ()  # its quarters or months


class Arithmetic(StrEnum):
    """Verdict 1: the plan's own arithmetic."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"  # 0/0, không phát sinh
    INCOMPLETE = "incomplete"  # chưa đủ số liệu
    QUALITATIVE = "qualitative"


class Statistical(StrEnum):
    """Verdict 2: what the data can support."""

    SURELY_MET = "surely_met"
    UNDECIDED = "undecided"
    SURELY_NOT_MET = "surely_not_met"
    NOT_ASSESSABLE = "not_assessable"  # không đánh giá được ở cấp xã
    FULL_COUNT = "full_count"  # no sampling: verdict 1 stands
    NO_DATA = "no_data"


class Trajectory(StrEnum):
    """Verdict 3: the linear path from the baseline to the deadline."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    NO_BASELINE = "no_baseline"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The three answers, always printed apart; `suspected` judges the suspected value too."""

    arithmetic: Arithmetic
    statistical: Statistical
    trajectory: Trajectory
    expected: float | None = None  # the path's value in the period
    suspected: Verdict | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupVerdict:
    """The verdicts on one group of a target that asks for each of them (`Target.each`)."""

    by: Mapping[str, str]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """A target under a reading that is still open: as changed by it, with estimate and verdict."""

    oddity: Oddity
    reading: Reading
    target: Target
    estimate: Estimate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TargetResult:
    """A target with its estimate of the period, the pooled and disaggregated ones, the verdicts."""

    target: Target
    indicator: Indicator
    estimate: Estimate
    pooled: tuple[Estimate, ...] = ()
    breakdown: tuple[Estimate, ...] = ()
    verdict: Verdict | None = None
    variants: tuple[Estimate, ...] = ()
    readings: tuple[ReadingResult, ...] = ()  # of open oddities, without the one that holds
    groups: tuple[GroupVerdict, ...] = ()  # where the plan asks for each, and all are printed
