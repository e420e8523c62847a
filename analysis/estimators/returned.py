"""Full counts from units' returns: whole counts added up over units and periods, exactly.

Nothing is sampled, so a share or ratio has no interval; a rate of events has Garwood's, which says
how far chance alone moves such a count. A blank in a return that counts is zero (the question was
not asked, or the return is nil). A return that is missing makes the value provisional; a number
that is no count, or a part above its whole, is never added up in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from analysis.estimators import counts
from analysis.estimators.owed import Coverage, coverage
from analysis.estimators.request import ONE_SIDED, ZERO_BELOW, Request
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
        told = np.nan_to_num(closing.numbers(column))[self.coverage.rows(closing)]
        return max(int(told.sum()) - int(self.inside.sum()), 0)


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
    found = coverage(request.prepared, request.table.split(".", 1)[0], request.years)
    return Returned(request, table, found.rows(table), found)


def _cells(source: Returned) -> list[tuple[dict[str, str], Arguments, Mask]]:
    """(label, arguments, rows) of each category; `parts` are columns, else a column has them."""
    request = source.request
    if not request.dimensions:
        return [({}, request.arguments, source.inside)]
    ((name, dimension),) = request.dimensions
    parts = request.arguments.get("parts", {}).get(name)
    if parts is not None:
        return [
            ({name: label}, {**request.arguments, **own}, source.inside)
            for label, own in parts.items()
        ]
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
    values = np.sum([np.nan_to_num(table.numbers(column)) for column in columns], axis=0)
    return np.where(holds, values, 0.0)


def _sides(source: Returned, arguments: Arguments, rows: Mask) -> Sides:
    """Both sides of one cell, and the returns in which they cannot be right."""
    top = amounts(source.table, rows, arguments, "numerator")
    below = amounts(source.table, rows, arguments, "denominator")
    _, sender = np.unique(source.table.frame["_submission"].to_numpy(), return_inverse=True)
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
    extra = covered.facts()
    note = covered.note() if covered.kept is not None else None
    if untold:
        extra["events_missing"] = float(untold)
        note = joined(note, no_forms(untold))
    waits = covered.kept is not None and not covered.complete
    return {"provisional": waits or untold > 0, "note": note, "extra": extra}


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
    known = facts(source)
    known["note"] = joined(note, known["note"])
    settled = note is None and not source.empty and not known["provisional"]
    reason = Missing.NO_CASES if settled else Missing.NO_DATA
    known |= {"by": by, "provisional": not settled}
    return source.request.blank(reason, **known)


def _exact(
    source: Returned, by: dict[str, str], sides: Sides, value: Fraction, method: str
) -> Estimate:
    """An estimate of a full count without an interval."""
    return Estimate(
        source.request.indicator.code,
        source.request.years,
        by,
        value=float(value),
        method=method,
        numerator=float(sides.top),
        denominator=float(sides.below),
        exact=value,
        n=sides.below,
        variant=source.request.variant,
        **facts(source),
    )


def _refused(source: Returned, by: dict[str, str], sides: Sides, part: bool) -> Estimate | None:
    """The estimate that says why nothing may be computed; None where it may."""
    if sides.wrong:
        return blank(source, by, not_counts(sides.wrong))
    gross = bool(source.request.arguments.get("gross"))
    if part and not gross and (sides.over or sides.top > sides.below):
        return blank(source, by, above_whole(sides))
    return None


def _each(source: Returned, make: Callable[[dict[str, str], Sides], Estimate], part: bool) -> Any:
    found = []
    for by, arguments, rows in _cells(source):
        sides = _sides(source, arguments, rows)
        refused = _refused(source, by, sides, part)
        if refused is None and source.empty:
            refused = blank(source, by)
        found.append(refused or make(by, sides))
    return found


def return_share(request: Request) -> list[Estimate]:
    """k/n over all returns, times `scale`.

    `numerator`, `denominator`: conditions on rows beside `domain`; `numerator_sum`,
    `denominator_sum`: columns to add instead of counting rows; `parts`: dimension -> category ->
    what differs. `gross`: more than 100 % can happen and is flagged; else it is refused.
    """
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        if not sides.below:
            return blank(source, by)
        value = Fraction(sides.top * request.scale, sides.below)
        estimate = _exact(source, by, sides, value, "full_count")
        if sides.top <= sides.below:
            return estimate
        return replace(estimate, note=joined(above_hundred(sides), estimate.note))

    return _each(source, make, part=True)  # type: ignore[no-any-return]


def return_ratio(request: Request) -> list[Estimate]:
    """The numerator per `scale` of the denominator, neither a part of the other; no interval."""
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        if not sides.below and not sides.top:
            return blank(source, by)
        if sides.below:
            value = Fraction(sides.top * request.scale, sides.below)
            return _exact(source, by, sides, value, "exact_ratio")
        whole = _exact(source, by, sides, Fraction(0), "exact_ratio")
        return replace(whole, value=None, exact=None, note=ZERO_BELOW)

    return _each(source, make, part=False)  # type: ignore[no-any-return]


def return_rate(request: Request) -> list[Estimate]:
    """Events per `scale` of exposure, with Garwood's interval."""
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        if not sides.below:
            return blank(source, by)
        found = counts.rate(sides.top, sides.below, request.scale)
        bounds = counts.rate(sides.top, sides.below, request.scale, ONE_SIDED).interval
        value = Fraction(sides.top * request.scale, sides.below)
        estimate = _exact(source, by, sides, value, "garwood")
        return replace(estimate, interval=found.interval, bounds=bounds)

    return _each(source, make, part=False)  # type: ignore[no-any-return]


def return_count(request: Request) -> list[Estimate]:
    """How many: rows of `domain` and `numerator`, or the sum of `numerator_sum`; no interval.

    A count has no denominator. Zero is a value where every return has come, or the form is one
    that nobody owes.
    """
    source = returned(request)

    def make(by: dict[str, str], sides: Sides) -> Estimate:
        estimate = _exact(source, by, sides, Fraction(sides.top), "plain_count")
        return replace(estimate, denominator=None, n=sides.top)

    return _each(source, make, part=False)  # type: ignore[no-any-return]


def return_units(request: Request) -> list[Estimate]:
    """Of the units that sent returns (rows of `domain`), those with at least one `numerator` row.

    Both count units once, however many returns a year has.
    """
    source = returned(request)
    units, _ = source.table.codes("_unit")

    def distinct(arguments: Arguments, rows: Mask, side: str) -> int:
        told = amounts(source.table, rows, arguments, side) > 0
        return int(np.unique(units[told & (units >= 0)]).size)

    found = []
    for by, arguments, rows in _cells(source):
        sides = Sides(distinct(arguments, rows, "numerator"), distinct(arguments, rows, "_all"))
        if source.empty or not sides.below:
            found.append(blank(source, by))
            continue
        value = Fraction(sides.top * request.scale, sides.below)
        found.append(_exact(source, by, sides, value, "full_count"))
    return found
