"""Monthly closing returns: which months are settled, and what they add up to.

A register is complete for a month only when the month's return has come; a month without births
has a return that says so. Where two returns of one month count, the later submission stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimators.errors import BadInput
from analysis.estimators.sample import Floats, Ints, Mask
from analysis.estimators.tables import Table
from analysis.types import Text, Where

MONTHS = 12


def months_of(table: Table, column: str = "ym") -> Ints:
    """year·12 + month − 1 of each row, from a text YYYY-MM… or a date; −1 without one."""
    series = table.column(column)
    if series.dtype.kind == "M":
        dated: Ints = (
            (series.dt.year * MONTHS + series.dt.month - 1).fillna(-1).to_numpy(dtype=np.intp)
        )
        return dated
    text = pd.Series(series, dtype="str")
    year = pd.to_numeric(text.str[:4], errors="coerce")
    month = pd.to_numeric(text.str[5:7], errors="coerce")
    right = year.notna() & month.between(1, MONTHS)
    found = (year * MONTHS + month - 1).where(right, -1)
    return found.to_numpy(dtype=np.float64).astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Returns:
    """The closing returns of some years, one a month; `month` (returns,) as `months_of` has it."""

    table: Table
    rows: Ints
    month: Ints
    years: tuple[int, ...]
    unit: Ints
    units: tuple[str, ...] = ()
    owed: frozenset[tuple[str, str]] = frozenset()

    @property
    def expected(self) -> int:
        """Returns that the years should have: of every station, or one a month if none is known."""
        return len(self.owed) or MONTHS * len(self.years)

    @property
    def present(self) -> int:
        """Returns that have come, of those owed."""
        if not self.owed:
            return int(np.unique(self.month).size)
        came = {
            (self.units[unit], f"{month // MONTHS}-{month % MONTHS + 1:02d}")
            for unit, month in zip(self.unit.tolist(), self.month.tolist(), strict=True)
            if unit >= 0
        }
        return len(came & self.owed)

    def _values(self, columns: Sequence[str]) -> Floats:
        parts = [self.table.numbers(column)[self.rows] for column in columns]
        return np.sum(parts, axis=0) if parts else np.zeros(self.rows.size)

    def total(self, columns: Sequence[str]) -> int:
        """The sum of whole counts over months and columns; a blank in a return adds nothing."""
        added = float(np.nansum([self.table.numbers(c)[self.rows] for c in columns]))
        if added != int(added) or added < 0:
            raise BadInput(
                f"Số đếm trong phiếu chốt tháng phải nguyên và không âm; tổng là {added}.",
                f"Counts of a monthly return must be whole and not negative; they sum to {added}.",
            )
        return int(added)

    def population(self, columns: Sequence[str], year: int) -> float | None:
        """The mid-year population given for a year: the latest month's figure, None without one.

        June's return must have it; a later month gives it again only to correct it. Several
        stations add up.
        """
        values = self._values(columns)
        inside = (self.month // MONTHS == year) & ~np.isnan(values)
        if not inside.any():
            return None
        latest = {
            int(self.unit[row]): float(values[row])
            for row in np.flatnonzero(inside)[np.argsort(self.month[inside], kind="stable")]
        }
        return sum(latest.values())

    def births_missing(self, month_of_birth: Ints) -> int:
        """Live births that the returns report but that have no form yet, over all months."""
        none = self.table.truth(Where("no_births", among=("1",))).holds[self.rows]
        told = np.nan_to_num(self.table.numbers("n_births")[self.rows])
        reported = np.where(none, 0.0, told)
        return sum(
            max(int(reported[self.month == month].sum()) - int((month_of_birth == month).sum()), 0)
            for month in np.unique(self.month)
        )


def closing_returns(
    table: Table, years: tuple[int, ...], owed: frozenset[tuple[str, str]] = frozenset()
) -> Returns:
    """The returns of `years`, the later of two where a station has more than one for a month.

    `owed`: the returns that the stations owe, as (unit, period); none: one return a month.
    """
    month = months_of(table)
    unit: Ints = np.full(table.rows, -1, dtype=np.intp)
    units: list[str] = []
    if "_unit" in table.frame.columns:
        unit, units = table.codes("_unit")
    inside: Mask = np.isin(month // MONTHS, years) & (month >= 0)
    rows = np.flatnonzero(inside)
    rows = rows[np.lexsort((table.numbers("_submission")[rows], unit[rows], month[rows]))]
    same = (month[rows][1:] == month[rows][:-1]) & (unit[rows][1:] == unit[rows][:-1])
    last = rows[np.append(~same, True)] if rows.size else rows
    due = frozenset(one for one in owed if int(one[1][:4]) in years)
    return Returns(table, last, month[last], years, unit[last], tuple(units), due)


def provisional_note(returns: Returns, missing: int) -> Text | None:
    """What is still missing, in words; None where nothing is."""
    vi, en = [], []
    if returns.present < returns.expected:
        vi.append(f"mới có {returns.present}/{returns.expected} phiếu chốt tháng")
        en.append(f"{returns.present} of {returns.expected} monthly returns have come")
    if missing:
        vi.append(f"còn thiếu {missing} phiếu ca sinh so với phiếu chốt tháng")
        en.append(f"{missing} births in the returns have no form yet")
    if not vi:
        return None
    return Text(
        f"Chưa đủ số liệu: {'; '.join(vi)}. Số tạm tính.",
        f"Data incomplete: {'; '.join(en)}. Provisional.",
    )
