"""What a plan is: its targets, other duties, and the words that somebody has to decide about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from analysis.types.text import Text


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
    each: str = ""  # "sex": the level is set for each sex, not for both together
    every: str = "year"  # "month" | "quarter" | "year" | "once" | "request"
    before: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Duty):
    """Something that recurs. `start` and `end` inclusive; None for one spread over its period.

    `at_least`: how many in each period (`every`), where the plan says.
    """

    each: str = ""  # "sex": the level is set for each sex, not for both together
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
    each: str = ""  # "sex": the level is set for each sex, not for both together
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
