"""Full counts from units' returns: whole counts added up over units and periods, exactly.

Nothing is sampled, so a share or ratio has no interval; a rate of events has Garwood's, which says
how far chance alone moves such a count. A blank in a return that counts is zero (the question was
not asked, or the return is nil). A return that is missing makes the value provisional; a number
that is no count, or a part above its whole, is never added up in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np

from analysis.estimators.owed import Coverage, coverage
from analysis.estimators.request import Request
from analysis.estimators.returns import months_of
from analysis.estimators.sample import Floats, Ints, Mask
from analysis.estimators.tables import Table
from analysis.types import Estimate, Missing, Text

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Returned:
    """The rows of a return's table that count, and what is known of the returns behind them."""

    request: Request
    table: Table
    inside: Mask
    coverage: Coverage

    @property
    def empty(self) -> bool:
        """Nothing at all has come: no row, and no return that says that there is none."""
        return not self.coverage.came and not self.inside.any()

    @property
    def untold(self) -> int:
        """Events that the closing returns count but that have no form yet, over all returns."""
        name, column = self.request.arguments.get("closing", (None, None))
        if name is None or column is None or not self.request.prepared.has(name):
            return 0
        closing = self.request.prepared.table(name, self.request.years)
        kept = self.coverage.rows(closing)
        units, names = closing.codes("_unit")
        periods, words = closing.codes("_period")
        told = np.nan_to_num(closing.numbers(column))
        sent = Counter(self._senders())
        return sum(
            max(int(told[row]) - sent[names[units[row]], words[periods[row]]], 0)
            for row in np.flatnonzero(kept)
        )

    def _senders(self) -> list[tuple[str, str]]:
        """(unit, quarter) of each event."""
        units, names = self.table.codes("_unit")
        month = months_of(self.table, "_period")
        return [
            (names[unit], f"{at // 12}-Q{at % 12 // 3 + 1}")
            for unit, at in zip(units.tolist(), month.tolist(), strict=True)
            if unit >= 0 and at >= 0
        ]


@dataclass(frozen=True, slots=True)
class Sides:
    """Numerator and denominator of one cell, and how many returns contradict themselves."""

    top: int
    below: int
    over: int = 0
    wrong: int = 0


def returned(request: Request) -> Returned:
    """The rows of the request's table in its years, and the returns that settle them.

    `closing` = (form, column): the events of another form are closed by this return, whose column
    says how many there were; without it the table's own form is the return.
    """
    table = request.prepared.table(request.table, request.years)
    closing = request.arguments.get("closing")
    if closing is not None:
        found = coverage(request.prepared, closing[0], request.years)
        return Returned(request, table, np.ones(table.rows, dtype=bool), found)
    form = request.table.split(".", 1)[0]
    found = coverage(request.prepared, form, request.years)
    inside = found.rows(table)
    for more in request.arguments.get("plus", ()):
        other = coverage(request.prepared, more["table"], request.years)
        found = found.named(form).joined(other.named(more["table"]))
    return Returned(request, table, inside, found)


def cells(source: Returned) -> list[tuple[dict[str, str], Arguments, Mask]]:
    """(label, arguments, rows) of each category; `parts` are columns, else a column has them."""
    request = source.request
    if not request.dimensions:
        return [({}, request.arguments, source.inside)]
    names = [name for name, _ in request.dimensions]
    parts = request.arguments.get("parts", {}).get(",".join(sorted(names)))
    if parts is not None:
        order = sorted(names)
        return [
            (
                dict(zip(order, label if isinstance(label, tuple) else (label,), strict=True)),
                {**request.arguments, **own},
                source.inside,
            )
            for label, own in parts.items()
        ]
    ((name, dimension),) = request.dimensions
    of_row, labels = source.table.groups(dimension)
    return [
        ({name: label}, request.arguments, source.inside & (of_row == at))
        for at, label in enumerate(labels)
    ]


def amounts(table: Table, rows: Mask, arguments: Arguments, side: str) -> Floats:
    """What each row adds to one side: 1 if its conditions hold, or its columns' sum; 0 if blank."""
    conditions = (*arguments.get("domain", ()), *arguments.get(side, ()))
    holds = rows & table.every(conditions).holds
    columns = arguments.get(f"{side}_sum", ())
    if not columns:
        return holds.astype(np.float64)
    values = _summed(table, columns) - _summed(table, arguments.get(f"{side}_less", ()))
    return np.where(holds, values, 0.0)


def _summed(table: Table, columns: tuple[str, ...]) -> Floats:
    """The sum of columns (rows,), a blank as zero."""
    parts = [np.nan_to_num(table.numbers(column)) for column in columns]
    return np.sum(parts, axis=0) if parts else np.zeros(table.rows)


def sides(source: Returned, arguments: Arguments, rows: Mask) -> Sides:
    """Both sides of one cell, and the returns in which they cannot be right."""
    found = _of_table(source.table, rows, arguments)
    for more in arguments.get("plus", ()):
        request = source.request
        if request.prepared.has(more["table"]):
            table = request.prepared.table(more["table"], request.years)
            kept = coverage(request.prepared, more["table"], request.years).rows(table)
            other = _of_table(table, kept, more)
            found = Sides(*(a + b for a, b in zip(astuple(found), astuple(other), strict=True)))
    return found


def _of_table(table: Table, rows: Mask, arguments: Arguments) -> Sides:
    """The sides that one table gives."""
    top = amounts(table, rows, arguments, "numerator")
    below = amounts(table, rows, arguments, "denominator")
    _, sender = np.unique(table.frame["_submission"].to_numpy(), return_inverse=True)
    bad = (top < 0) | (below < 0) | (top != np.floor(top)) | (below != np.floor(below))
    if bad.any():
        return Sides(0, 0, wrong=len(np.unique(sender[bad])))
    return Sides(int(top.sum()), int(below.sum()), _over(sender, top, below))


def _over(sender: Ints, top: Floats, below: Floats) -> int:
    """Returns whose part is larger than the whole."""
    if not sender.size:
        return 0
    return int((np.bincount(sender, top) > np.bincount(sender, below)).sum())


def not_counts(wrong: int) -> Text:
    """Returns that hold a number which is no count."""
    return Text(
        f"{wrong} phiếu có số âm hoặc số lẻ ở ô đếm: trả lại đơn vị để sửa, chưa tính.",
        f"{wrong} returns hold a negative number or a fraction where a count belongs: return them "
        "to be corrected; nothing is computed.",
    )


def above_whole(sides: Sides) -> Text:
    """A part above its whole."""
    return Text(
        f"{max(sides.over, 1)} phiếu có phần lớn hơn tổng (cộng lại {sides.top}/{sides.below}): "
        "kiểm tra lại với đơn vị gửi, chưa tính.",
        f"{max(sides.over, 1)} returns have a part above the whole ({sides.top} of {sides.below} "
        "together): check with the units; nothing is computed.",
    )


def above_hundred(sides: Sides) -> Text:
    """More at the end than at the start; flagged, not refused."""
    return Text(
        f"Trên 100% ({sides.top}/{sides.below}): chỉ đúng khi có người chuyển đến trong kỳ; kiểm "
        "tra lại với đơn vị gửi.",
        f"Above 100 % ({sides.top} of {sides.below}): right only where some moved in during the "
        "period; check with the units.",
    )


def facts(source: Returned) -> dict[str, Any]:
    """What every estimate says about the returns behind it."""
    covered, untold = source.coverage, source.untold
    extra = {**covered.facts(), **_beside(source)}
    note = covered.note() if covered.kept is not None else None
    if untold:
        extra["events_missing"] = float(untold)
        note = joined(note, no_forms(untold))
    waits = covered.kept is not None and not covered.complete
    return {"provisional": waits or untold > 0, "note": note, "extra": extra}


def _beside(source: Returned) -> dict[str, float]:
    """Figures that are always told with the value: sums of columns over the rows that count."""
    inside = source.inside & source.table.every(source.request.conditions("domain")).holds
    return {
        name: float(_summed(source.table, columns)[inside].sum())
        for name, columns in source.request.arguments.get("beside", {}).items()
    }


def no_forms(untold: int) -> Text:
    """Events that a closing return counts and nobody has described."""
    return Text(
        f"Phiếu chốt kỳ ghi nhiều hơn {untold} lần so với số phiếu đã gửi: gửi nốt các phiếu này.",
        f"The closing returns count {untold} more than the forms sent: send the missing forms.",
    )


def joined(*notes: Text | None) -> Text | None:
    """Several notes as one; None where there are none."""
    told = [note for note in notes if note is not None]
    if not told:
        return None
    return Text(" ".join(note.vi for note in told), " ".join(note.en for note in told))


def blank(source: Returned, by: dict[str, str], note: Text | None = None) -> Estimate:
    """No value: nothing has come, a return contradicts itself, or nothing occurred (0/0)."""
    if note is None and _nobody_is_listed(source):
        return source.request.blank(Missing.NO_CASES, by=by, note=NONE_LISTED)
    known = facts(source)
    known["note"] = joined(note, known["note"])
    settled = note is None and not source.empty and not known["provisional"]
    reason = Missing.NO_CASES if settled else Missing.NO_DATA
    known |= {"by": by, "provisional": not settled}
    return source.request.blank(reason, **known)


NONE_LISTED = Text(
    "Danh sách đơn vị của xã không có đơn vị nào thuộc loại này.",
    "The commune's list of units has none of this kind.",
)


def _nobody_is_listed(source: Returned) -> bool:
    """The list of units is filled, and none on it owes this form: there is no such unit."""
    if not source.request.arguments.get("none_listed") or not source.empty:
        return False
    return not source.coverage.owed and any(source.request.prepared.owed.values())
