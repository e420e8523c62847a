"""What the checks read of each form: which column is the start, who answered, which numbers.

A check runs on a form where the columns that it needs are declared here; a form that is not named
still gets what its `start` and `end` allow. Nothing about violence is read: the knowledge questions
on domestic violence and the module on support are left out on purpose.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from analysis.types import Text

START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class Day:
    """Columns of the persons' table that fill a day: hours a week of care and of paid work, hours
    a day of sleep."""

    care_week: str
    paid_week: str
    sleep_day: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that is held against the village's. `unit`: what counts as the usual distance where
    nearly all give the same number; `root`: compare square roots, because hours are skewed to the
    right; `by`: a column whose groups are compared apart."""

    table: str
    column: str
    name: Text
    unit: float
    root: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """How a visit ended, in the codes of the form's `result`."""

    complete: str
    partial: str
    refused: str


@dataclass(frozen=True, slots=True)
class Watch:
    """What may be read of a form. Tables are named as in `analysis.types.Frames`; `persons` is the
    table with a row for each person who answered, `sex` its column with 1 for men and 2 for women;
    `unknown`: table -> column -> answers that mean refusal or "does not know"."""

    form: str
    results: Results | None = None
    household: bool = False
    size: str | None = None  # root column: how many persons were to answer
    persons: str = ""
    sex: str = ""
    day: Day | None = None
    minutes: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    unknown: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    members: str = ""
    age: str = ""
    alike: tuple[str, ...] = ()  # root columns that no two records share by chance
    several: str = ""  # root column: how many records of one occasion there may be
    measures: tuple[Measure, ...] = ()
    lengths: bool = True  # filling it in takes a time that says something

    def columns(self) -> dict[str, tuple[str, ...]]:
        """Table -> the columns that the checks read there."""
        wanted: dict[str, list[str]] = {self.form: [START, END, *self.alike]}
        wanted[self.form] += [name for name in (self.size, self.several) if name]
        persons = [*self.minutes, *self.matched, *([self.sex] if self.sex else [])]
        if self.day is not None:
            persons += [self.day.care_week, self.day.paid_week, self.day.sleep_day]
        if self.persons:
            wanted[self.persons] = persons
        if self.members:
            wanted[self.members] = [self.age]
        for table, columns in self.unknown.items():
            wanted.setdefault(table, []).extend(columns)
        for one in self.measures:
            wanted.setdefault(one.table, []).append(one.column)
        return {table: tuple(dict.fromkeys(names)) for table, names in wanted.items()}


_TASKS = (*range(1, 14), 15)
_NOT_SAID = frozenset({"-8", "-9"})
UNTIMED = ("k4", "k5", "support")  # questions and groups whose times are not read either
_KNOWN = ("k1", "k2", "k3", "k6")  # k4 and k5 speak of violence
_PERSONS, _MEMBERS = "household.respondent", "household.member"

HOUSEHOLD = Watch(
    form="household",
    results=Results(complete="1", partial="2", refused="3"),
    household=True,
    size="n_selected",
    persons=_PERSONS,
    sex="r_sex",
    day=Day("care_w", "r_hours", "sleep_h"),
    minutes=tuple(f"c{n}_m" for n in _TASKS),
    matched=(
        *(f"c{n}_{part}" for n in _TASKS for part in "dm"),
        *("sleep_h", "watch_h", "c_fair", "a1_ch", "a2_topic", "a3_freq", "a4_lang"),
        *_KNOWN,
    ),
    unknown={
        _PERSONS: {
            **{f"c{n}_{part}": _NOT_SAID for n in _TASKS for part in "dm"},
            **{name: frozenset({"9"}) for name in _KNOWN},
        }
    },
    members=_MEMBERS,
    age="age_years",
    measures=(
        Measure(
            _PERSONS,
            "care_w",
            Text("số giờ việc nhà một tuần", "hours of housework a week"),
            unit=0.5,
            root=True,
            by="r_sex",
        ),
        Measure(
            _MEMBERS,
            "hours_paid",
            Text("số giờ làm việc có thu nhập một tuần", "hours of work for pay a week"),
            unit=5,
        ),
        Measure("household", "n_members", Text("số người trong hộ", "persons in the household"), 1),
    ),
)
BIRTHS = Watch(
    form="births",
    alike=("ym", "mother_birth_y", "sex", "res_village", "parity"),
    several="plurality",
    unknown={"births": {"sex": frozenset({"9"})}},
)

VISIT = Watch(form="visit", household=True, lengths=False)  # a note at the door takes seconds
BACKCHECK = Watch(form="backcheck", household=True)

WATCHED: dict[str, Watch] = {one.form: one for one in (HOUSEHOLD, BIRTHS, VISIT, BACKCHECK)}


def watch_of(form: str, columns: Collection[str], *, household: bool = False) -> Watch | None:
    """What is watched of a form whose root has these columns; None where nothing can be.
    `household`: the form says of which household it is."""
    if form in WATCHED:
        return WATCHED[form]
    timed = START in columns and END in columns
    return Watch(form, household=household) if timed else None
