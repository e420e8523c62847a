"""Stored answers as typed frames (`analysis.types.Frames`): the only door from rows to numbers.

Only what counts is read: stored and accepted, not superseded. Columns come from all published
versions of a form together, so that a frame without rows has them too. Built as lists a column;
no object is made a row, and only the columns that are asked for are touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pandas as pd
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from analysis.types import Frames
from collector.models import COUNTED, State, Submission
from collector.store import territory
from forms.library import Form

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
_COUNTED = [state.value for state in COUNTED]
BATCH = 2000  # rows fetched at a time: the texts of a million persons never lie in memory at once

Wanted = Mapping[str, Iterable[str]]
"""Table -> the columns that are needed there."""


def frames(
    session: Session,
    versions: Sequence[Form],
    years: Iterable[int] | None = None,
    wanted: Wanted | None = None,
) -> Frames:
    """The frames of one form, given all its published versions; `years` None is every year.

    With `wanted` only those columns (and the tables that it names); a column that no version has
    is an error of the caller: KeyError.
    """
    columns = _columns(versions, wanted)
    form = versions[0].id
    rows = _Submissions()
    gathered = {table: _Gathered(names, root=table == form) for table, names in columns.items()}
    for answers in rows.read(session, form, years):
        for table, target in gathered.items():
            target.add([one.get(table) for one in answers])
    return {table: gathered[table].frame(rows, columns[table]) for table in columns}


def _columns(versions: Sequence[Form], wanted: Wanted | None) -> dict[str, dict[str, str]]:
    """table -> column -> type, of all versions united; the newest version's type counts."""
    every: dict[str, dict[str, str]] = {}
    for form in versions:
        for table, columns in form.tables().items():
            every.setdefault(table, {}).update({one.name: one.type for one in columns})
    if wanted is None:
        return every
    return {
        table: {name: every[table][name] for name in dict.fromkeys(names)}
        for table, names in wanted.items()
    }


class _Submissions:
    """Whose answers they are: one entry a submission, filled while `read` goes on."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.villages: list[str | None] = []
        self.units: list[str | None] = []
        self.periods: list[str | None] = []
        self.years: list[int] = []

    def read(
        self, session: Session, form: str, years: Iterable[int] | None
    ) -> Iterator[list[dict[str, Any]]]:
        """The answers of all submissions that count, by table, some thousand at a time."""
        asked = (
            select(
                *(_TABLE.c.id, _TABLE.c.village, _TABLE.c.unit, _TABLE.c.period, _TABLE.c.year),
                _TABLE.c.answers,
            )
            .where(
                _TABLE.c.form == form,
                _TABLE.c.state.in_(_COUNTED),
                _TABLE.c.superseded.is_(False),
            )
            .order_by(_TABLE.c.id)
        )
        if years is not None:
            asked = asked.where(_TABLE.c.year.in_(list(years)))
        found = session.execute(asked.execution_options(yield_per=BATCH))
        for rows in found.partitions(BATCH):
            ids, villages, units, periods, years_of, texts = zip(*rows, strict=True)
            self.ids += ids
            self.villages += villages
            self.units += units
            self.periods += periods
            self.years += years_of
            yield [orjson.loads(text) for text in texts]

    def columns(self) -> dict[str, Any]:
        """`_submission`, `_village`, `_unit`, `_period` and `_year`, one entry a submission."""
        return {
            "_submission": np.array(self.ids, dtype=np.int64),
            "_village": _category(self.villages),
            "_unit": _category(self.units),
            "_period": _category(self.periods),
            "_year": np.array(self.years, dtype=np.int64),
        }


class _Gathered:
    """The rows of one table while they come: a list a column."""

    def __init__(self, names: Iterable[str], *, root: bool) -> None:
        self.root = root
        self.values: dict[str, list[Any]] = {name: [] for name in names}
        self.counts: list[int] = []  # rows of each submission
        self.index: list[int] = []

    def add(self, found: Sequence[Any]) -> None:
        """A batch: the root's answers, or the instances of the repeat, of each submission."""
        if self.root:
            rows: list[dict[str, Any]] = [one or {} for one in found]
        else:
            rows = [row for instances in found if instances for row in instances]
            self.counts += [len(instances) if instances else 0 for instances in found]
            self.index += [row["_index"] for row in rows]
        for name, values in self.values.items():
            values += [row.get(name) for row in rows]

    def frame(self, submissions: _Submissions, types: Mapping[str, str]) -> pd.DataFrame:
        """The typed frame; columns `_submission`, `_village` … (and `_index`) first."""
        data = submissions.columns()
        if not self.root:
            data = {name: values.repeat(self.counts) for name, values in data.items()}
            data["_index"] = np.array(self.index, dtype=np.int64)
        for name, values in self.values.items():
            data[name] = _TYPED.get(types[name], _text)(values)
        return pd.DataFrame(data, copy=False)


def _numbers(values: list[Any]) -> np.ndarray[Any, Any]:
    """None becomes NaN, and so does a word where an officer accepted an answer with its fault."""
    try:
        return np.array(values, dtype=np.float64)
    except ValueError:
        return pd.to_numeric(pd.Series(values, dtype=object), errors="coerce").to_numpy(np.float64)


def _category(values: list[Any]) -> pd.Categorical:
    """Categories sorted: by first appearance they would differ between runs."""
    codes, names = pd.factorize(np.array(values, dtype=object), sort=True)
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))


def _text(values: list[Any]) -> Any:
    return pd.array(values, dtype="str")


def _dates(values: list[Any]) -> Any:
    return pd.to_datetime(
        pd.Series(values, dtype="str").str[:10], format="%Y-%m-%d", errors="coerce"
    )


_TYPED: dict[str, Callable[[list[Any]], Any]] = {
    "integer": _numbers,
    "decimal": _numbers,
    "select_one": _category,
    "date": _dates,
    "dateTime": _dates,
}


@dataclass(frozen=True, slots=True)
class Used:
    """What numbers of a form rest on: submissions by version, and how many were left out."""

    versions: tuple[tuple[str, str, int], ...]  # form, version, submissions
    flagged: int
    states: tuple[tuple[str, int], ...]  # every state that occurs, submissions


def used(session: Session, form: str, years: Iterable[int]) -> Used:
    """Submissions of a form in these years: those that count by version, and the flagged ones."""

    asked = (
        select(_TABLE.c.version, _TABLE.c.state, func.count())
        .where(
            _TABLE.c.form == form,
            _TABLE.c.year.in_(list(years)),
            _TABLE.c.superseded.is_(False),
        )
        .group_by(_TABLE.c.version, _TABLE.c.state)
    )
    counts: dict[str, int] = {}
    states: dict[str, int] = {}
    for version, state, n in session.execute(asked):
        states[state] = states.get(state, 0) + n
        if state in _COUNTED:
            counts[version] = counts.get(version, 0) + n
    versions = tuple((form, version, n) for version, n in sorted(counts.items()))
    return Used(versions, states.get(State.FLAGGED.value, 0), tuple(sorted(states.items())))


def register(session: Session) -> pd.DataFrame:
    """The register for the design: one row a village, columns `village` (str) and `households`
    (int64: active households, the stratum's population)."""
    counts = territory.household_counts(session)
    codes = [code for code, _ in territory.villages(session)]
    return pd.DataFrame(
        {
            "village": pd.array(codes, dtype="str"),
            "households": np.array([counts.get(code, 0) for code in codes], dtype=np.int64),
        }
    )
