"""The nouns of analysis: what an indicator, an estimate, a target, a plan and a report are.

Nothing here computes. Every class is frozen; arrays never live in them, except in `Design`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages; Vietnamese is the one that a report prints."""

    vi: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language.startswith("en") else self.vi


Frames = Mapping[str, pd.DataFrame]
"""One typed DataFrame a table of answers: `household`, `household.member`, `births` …

Key: the form's id, or `form.repeat` for a repeat. One row a submission (an instance of the repeat).
Columns are the leaf names of the questions; integers and decimals are float64 (NaN = no answer),
select_one is category of str, select_multiple is str with names between blanks, dates are
datetime64. Beside them: `_submission` (int, the row's submission), `_village` (category of str),
`_year` (int: the year to which the answer belongs), in a repeat `_index` (1, 2 …), and for returns
`_unit` (category: the unit that sent it) and `_period` (category: "2026", "2026-Q2", "2026-05").
"""


Obligations = Mapping[str, frozenset[tuple[str, str]]]
"""Form -> the returns owed, as (unit, period); a form without an entry is sent when something
happens, one with an empty set is a return that no unit on the list owes."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """How the households were chosen: one row a submission that counts (the PSU).

    `units`: DataFrame indexed by `_submission` with `stratum` (str), `weight` (float, > 0),
    `population` (float: PSUs in the stratum, N_h; NaN = unknown, no fpc) and, where the sampling
    unit is larger than a household, `psu` (str: its name within the stratum).
    """

    units: pd.DataFrame
    lonely_psu: str = "fail"  # fail | remove | adjust | certainty | average
    description: Text = field(default_factory=lambda: Text("", ""))


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Where:
    """One condition on a column of a frame: true, false, or unknown where there is no answer.

    `among`: names of choices (a number is compared as a number: "1" is 1.0). `at_least` and
    `at_most`: inclusive limits of a number, in the question's unit. `filled`: any answer will do.
    """

    column: str
    among: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to break an indicator down.

    `columns`: the column that holds it in each table. `categories`: code -> name; empty where the
    data decide (villages). `rules`: code -> (least, most), where a category is a range of numbers.
    `roster`: a table without the column takes it from the person's own row in the household's
    roster (`person_no` is the roster's `_index`).
    """

    name: Text
    columns: Mapping[str, str]
    categories: Mapping[str, Text] = field(default_factory=dict)
    rules: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    roster: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """Another reading of an indicator, always printed beside it and never instead of it.

    `arguments` replace those of the indicator that have the same name.
    """

    key: str
    name: Text
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One declaration of the catalogue.

    `table` is the frame that it reads, None while its form does not exist yet (then every target
    on it says "chưa thu thập"). `columns` are the columns it needs there, `also` those of other
    tables; a test checks both against the forms. `estimator` names an entry of `ESTIMATORS`,
    `arguments` are its own (columns, domains, scale). `assessable_from` is the denominator below
    which no year can be judged statistically; `count_only_below` the one below which only the
    count may be published, never the rate.
    """

    code: str
    name: Text
    numerator: Text
    denominator: Text
    unit: Text
    direction: Direction
    table: str | None
    columns: tuple[str, ...] = ()
    estimator: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    decimals: int = 1
    sdg: str = ""  # "~" before the number: near it, not the same
    source: Text = field(default_factory=lambda: Text("", ""))
    definition: Text = field(default_factory=lambda: Text("", ""))  # where the official one stands
    why: Text = field(default_factory=lambda: Text("", ""))
    misleads: Text = field(default_factory=lambda: Text("", ""))
    small_numbers: Text = field(default_factory=lambda: Text("", ""))
    pool_years: tuple[int, ...] = ()  # (3, 5): pooled values printed beside the year
    assessable_from: float | None = None  # denominator below which no year can be judged
    sensitive: bool = False
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    count_only_below: float | None = None
    main_choice: Text | None = None  # which of several readings the headline follows, and why
    beside: tuple[str, ...] = ()  # keys of `Estimate.extra` that are printed wherever the value is


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
    psus: int | None = None
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


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read words of a plan that leave more than one open, and what it changes.

    What is None (or "") stays as the target has it. `from_baseline`: the level is the baseline's
    value less this ("giảm 0" is 0: not above the year before the plan). `measure` "count" compares
    the numerator instead of the rate or share. `variant` names another reading of the indicator.
    """

    id: str
    name: Text
    value: Fraction | None = None
    comparator: str = ""
    by: Mapping[str, str] | None = None
    variant: str = ""
    measure: str = ""  # "count" | "value"
    from_baseline: Fraction | None = None
    responsible: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an officer decided about an oddity: the reading, why, and the document that says so."""

    oddity: str
    reading: str
    reason: str
    document: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Oddity:
    """Words of a plan that a person has to decide about; nobody decides silently.

    `readings`: the first holds until then, the others are computed beside it. One reading only:
    the value is not in doubt, but somebody has to confirm how it is read.
    """

    id: str
    question: Text
    readings: tuple[Reading, ...]
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of every year, or of the one that the plan names."""

    day: int
    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a plan asks of somebody beside its targets, in its own words (`verbatim`).

    `place`: where it stands in the document ("V.2.4"). `responsible`: as the plan names them,
    `kinds` who that is here (`UNIT_KINDS`), in the same order; both empty where it names nobody.
    `forms`: the forms that serve it. `targets`: ids of targets of the same plan.
    """

    id: str
    name: Text
    verbatim: str
    place: str
    responsible: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Duty):
    """Something to do, without a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDuty(Duty):
    """Who owes a report to whom. `before`: the day itself is too late; None where no day is named.

    `every` "request": when a higher level asks for it, or when something happens.
    """

    to: str
    via: str = ""
    every: str = "year"  # "month" | "quarter" | "year" | "once" | "request"
    before: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Duty):
    """Something that recurs. `start` and `end` inclusive; None for one spread over its period.

    `at_least`: how many in each period (`every`), where the plan says.
    """

    every: str = "year"  # "month" | "quarter" | "year" | "once"
    start: Day | None = None
    end: Day | None = None
    at_least: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory(Duty):
    """A register or list that the plan orders. `restricted`: its entries are not for everyone."""

    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Successor:
    """The unit that took over where the plan's own was abolished; `since` its first day."""

    code: str
    name: str
    province: str
    since: date
    note: Text


UNIT_KINDS = (
    *("officer", "collector", "station", "police", "school", "home_affairs", "economy"),
    *("culture", "social", "women", "mass", "justice", "office"),
)
"""Who may be responsible: the officer's own office, village collaborators, the kinds of units."""


@dataclass(frozen=True, slots=True)
class Target:
    """One chỉ tiêu of a plan. `verbatim` is immutable and is what a report prints."""

    id: str
    objective: int
    number: str
    verbatim: str
    indicator: str
    comparator: str  # ">=" ">" "<=" "<" "=" "maintain" "qualitative"
    comparator_stated: bool
    value: Fraction | None
    value_text: str  # the literal value as printed in the plan ("1,4 lần", "105/101")
    suspected: Fraction | None
    unit: str
    deadline: int
    deadline_stated: bool
    responsible: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    parent: str | None = None
    reference_band: tuple[float, float] | None = None
    baseline: tuple[int, Fraction] | None = None
    by: Mapping[str, str] = field(default_factory=dict)  # e.g. {"age_band": "10-19"}
    notes: tuple[Text, ...] = ()
    every: str = "year"  # "year" | "quarter" | "month": periods that must all reach the value
    responsible_kinds: tuple[str, ...] = ()  # of `UNIT_KINDS`, in the order of `responsible`
    oddities: tuple[Oddity, ...] = ()
    variant: str = ""  # key of the indicator's `Variant` that is judged; "" is the indicator
    measure: str = "value"  # "count": the numerator is compared
    from_baseline: Fraction | None = None  # see `Reading`; `value` is None until it is known


@dataclass(frozen=True, slots=True)
class Plan:
    """One commune's plan, read from `analysis/plans/<id>.toml` or entered by an officer."""

    id: str
    unit_code: str
    unit_name: str
    unit_kind: str
    place: str
    province: str
    title: str
    number: str
    issued: str
    first_year: int
    last_year: int
    document: str
    legal_bases: tuple[str, ...]
    recipients: tuple[str, ...]
    addressee: str
    targets: tuple[Target, ...]
    notes: tuple[Text, ...] = ()
    parent_document: str = ""
    document_sha256: str = ""  # of the document's text, line ends as "\n"
    tasks: tuple[Task, ...] = ()
    reports: tuple[ReportDuty, ...] = ()
    activities: tuple[Activity, ...] = ()
    inventories: tuple[Inventory, ...] = ()
    oddities: tuple[Oddity, ...] = ()  # those that concern the plan, not one target
    superseded_by_unit: Successor | None = None


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


@dataclass(frozen=True, slots=True)
class VillageProgress:
    """Progress of collection in one village; counts of households, no person."""

    village: str
    name: str
    households: int
    assigned: int
    complete: int
    refused: int
    other: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the numbers rest on."""

    generated_at: datetime
    code_version: str
    forms: tuple[tuple[str, str, int], ...]  # form, version, submissions used
    flagged_left_out: int
    design: Text
    checksum: str
    states: tuple[tuple[str, int], ...] = ()  # state, submissions that nothing has replaced


@dataclass(frozen=True, slots=True)
class Report:
    """A plan read against indicators: all that a writer may print, small cells already hidden."""

    plan: Plan
    period: int
    period_end: date
    results: tuple[TargetResult, ...]
    progress: tuple[VillageProgress, ...]
    provenance: Provenance
    demonstration: bool
    minimum_cell: int = 10
    hidden_cells: int = 0
    ethnic_list: str = ""  # id of the list that codes of ethnic groups follow, if any
    commune: tuple[str, str] = ("", "")  # code and name of the unit whose data were read, if known
