"""Returns of units: which have come of those that are owed, and which rows count.

Units owe a form for periods (`analysis.types.Obligations`). A nil return ("không phát
sinh") is a return; its questions are not asked and count as zero. Where two returns of one unit and
period count, the later submission stands.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.estimators.prepared import Prepared
from analysis.estimators.sample import Ints, Mask
from analysis.estimators.tables import Table
from analysis.types import Text

MONTHS = range(1, 13)
QUARTERS = range(1, 5)

Return = tuple[str, str]
"""A unit's code and the period."""


def months_in(period: str) -> tuple[int, ...]:
    """The months (1-12) of a period: all twelve of a year's return."""
    _, _, part = period.partition("-")
    if not part:
        return tuple(MONTHS)
    if part.startswith("Q"):
        first = 3 * int(part[1:]) - 2
        return (first, first + 1, first + 2)
    return (int(part),)


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """The returns of a form in some years: what came, what is owed, which submissions count.

    `kept` None: the form is no return, every submission counts and nothing is owed. `known` is
    False where nobody on the list of units owes it: then nobody can say what is missing.
    """

    came: frozenset[Return]
    owed: frozenset[Return]
    kept: frozenset[int] | None = None
    known: bool = True

    def named(self, form: str) -> Coverage:
        """The same with the form before each unit: one unit may owe two forms."""
        came, owed = (
            frozenset((f"{form}:{unit}", period) for unit, period in returns)
            for returns in (self.came, self.owed)
        )
        return Coverage(came, owed, self.kept, self.known)

    def joined(self, other: Coverage) -> Coverage:
        """Both forms together; what counts of each is asked of each."""
        return Coverage(
            self.came | other.came,
            self.owed | other.owed,
            other.kept if self.kept is None else self.kept,
            self.known and other.known,
        )

    @property
    def complete(self) -> bool:
        """Every return that is owed has come."""
        return self.known and self.came >= self.owed

    def rows(self, table: Table) -> Mask:
        """The rows of the form, or of one of its repeats, that count (rows,)."""
        if self.kept is None:
            return np.ones(table.rows, dtype=bool)
        return np.isin(table.frame["_submission"].to_numpy(), list(self.kept))

    def during(self, months: Collection[int]) -> Coverage:
        """The part that covers any of these months of the year."""
        inside = frozenset(months)

        def touches(one: Return) -> bool:
            return not inside.isdisjoint(months_in(one[1]))

        return Coverage(
            frozenset(filter(touches, self.came)),
            frozenset(filter(touches, self.owed)),
            self.kept,
            self.known,
        )

    def facts(self) -> dict[str, float]:
        """The figures that an estimate carries about its returns."""
        if self.kept is None:
            return {}
        return {
            "returns_present": float(len(self.came & self.owed)),
            "returns_owed": float(len(self.owed)),
        }

    def note(self) -> Text | None:
        """How many returns came of how many owed; None where all have come."""
        if not self.known:
            return NOBODY
        if self.complete:
            return None
        came, owed = len(self.came & self.owed), len(self.owed)
        return Text(
            f"Chưa đủ số liệu: mới có {came}/{owed} phiếu phải gửi. Số tạm tính.",
            f"Data incomplete: {came} of {owed} returns owed have come. Provisional.",
        )


NOBODY = Text(
    "Chưa có đơn vị nào được khai báo để gửi phiếu này, nên chưa biết còn thiếu phiếu nào.",
    "No unit is on the list for this return, so nobody can say which returns are missing.",
)


def coverage(prepared: Prepared, form: str, years: Sequence[int]) -> Coverage:
    """The returns of `form` in `years`; a form that nobody owes is covered by what came."""
    every = prepared.owed.get(form)
    if every is None:
        return Coverage(frozenset(), frozenset())
    owed = frozenset(one for one in every if int(one[1][:4]) in years)
    latest = _latest(prepared.table(form, years)) if prepared.has(form) else {}
    return Coverage(frozenset(latest), owed, frozenset(latest.values()), bool(owed))


def _latest(table: Table) -> dict[Return, int]:
    """(unit, period) -> the last submission; one without either counts for nothing."""
    units, unit_names = table.codes("_unit")
    periods, period_names = table.codes("_period")
    submission: Ints = table.frame["_submission"].to_numpy()
    return {
        (unit_names[units[row]], period_names[periods[row]]): int(submission[row])
        for row in np.argsort(submission, kind="stable")
        if units[row] >= 0 and periods[row] >= 0
    }
