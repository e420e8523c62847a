"""What a check is given and what it gives: plain frames, and a declaration around one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.quality.watched import END, START, Watch
from analysis.types import Frames, Text

ABOUT = ("_collector", "_village", "_household", "_result", "_received")
AUDIT = ("_submission", "node", "start", "end")


@dataclass(frozen=True, slots=True)
class Seen:
    """The submissions of one form and year that were not replaced or excluded.

    `tables`: the form's root has one row a submission with `_submission` and the columns ABOUT
    (collector: int; village, household, result: text or None; received: UTC); a repeat has
    `_submission` and its columns. Numbers are float64, moments UTC, all else text or None.
    `audit`: rows of Collect's audit.csv (AUDIT; milliseconds since 1970), empty without.
    """

    watch: Watch
    tables: Frames
    audit: pd.DataFrame

    @property
    def root(self) -> pd.DataFrame:
        """One row a submission, indexed by it."""
        return self.tables[self.watch.form].set_index("_submission")

    def has(self, table: str, columns: Sequence[str]) -> bool:
        """Whether the form's versions have all these columns."""
        return table in self.tables and set(columns) <= set(self.tables[table].columns)

    def complete(self) -> pd.DataFrame:
        """The root's rows of complete interviews; all where the form has no result."""
        root, results = self.root, self.watch.results
        return root if results is None else root[root["_result"] == results.complete]

    def timed(self) -> pd.DataFrame:
        """Complete interviews with `start`, `end` and `minutes` between them, where both are
        known and in order."""
        rows = self.complete()
        rows = rows[rows[START].notna() & rows[END].notna()]
        minutes = (rows[END] - rows[START]).dt.total_seconds() / 60
        return rows.assign(minutes=minutes)[minutes >= 0]

    @property
    def has_times(self) -> bool:
        """Whether the form notes when it was begun and ended."""
        return self.has(self.watch.form, (START, END))


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check. `find` gives one row for each submission that it could judge, indexed by
    `_submission`: `hit` (bool), `value` (float, what is told), `other` (int, the submission it was
    seen with; 0: none), `which` (text, the measure's name in the form; "").

    `means`: one sentence. `do`: what an officer does about it. `rule`: exactly. `flags`: whether a
    hit is told of the submission itself; else only rates are shown. `compared`: whether rates of
    collectors are tested against the others'; not where hits depend on who else was interviewed.
    """

    id: str
    name: Text
    means: Text
    do: Text
    rule: Text
    source: str
    applies: Callable[[Seen], bool]
    find: Callable[[Seen], pd.DataFrame]
    says: Text | None = None
    flags: bool = True
    compared: bool = True


def found(
    hit: pd.Series,
    value: pd.Series | None = None,
    other: pd.Series | None = None,
    which: pd.Series | None = None,
) -> pd.DataFrame:
    """The rows that a check gives, from series indexed by submission."""
    return pd.DataFrame(
        {
            "hit": hit.astype(bool),
            "value": np.nan if value is None else value.astype(float),
            "other": 0 if other is None else other.astype(int),
            "which": "" if which is None else which,
        },
        index=hit.index,
    )


def by_submission(rows: pd.DataFrame, hit: pd.Series, value: pd.Series) -> pd.DataFrame:
    """Rows of persons to submissions: hit where any is, with the greatest value."""
    together = pd.DataFrame({"s": rows["_submission"], "hit": hit, "value": value}).groupby("s")
    return found(together["hit"].any(), together["value"].max())
