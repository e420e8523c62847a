"""Data quality: plain checks of what came in, told to an officer. No number is changed by them.

`assess` runs every check that a form allows. A flag names a submission; a rate compares a collector
or a village with the others (`compare`). docs/quality.md has the measured rates of false alarm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.quality import copies, days, far, gaps, times
from analysis.quality.compare import Rate, rates
from analysis.quality.seen import Check, Seen

CHECKS: dict[str, Check] = {
    one.id: one
    for one in (
        days.LONG_DAY,
        days.NO_CARE_WOMEN,
        days.NO_CARE_MEN,
        days.ROUND,
        times.CLOCK,
        times.SHORT,
        times.HASTY,
        times.NIGHT,
        times.AT_ONCE_CHECK,
        copies.SAME_HOUSEHOLD,
        copies.SAME_RECORD,
        copies.SAME_ANSWERS,
        gaps.MANY_UNKNOWN,
        gaps.NO_UNKNOWN,
        gaps.REFUSED,
        gaps.PARTIAL,
        gaps.BELOW_BOUNDARY,
        far.FAR,
    )
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One check that speaks of one submission. `value` (NaN: none), `other` (a submission; 0:
    none) and `which` (a measure's column; "") are what `Check.says` tells."""

    check: str
    submission: int
    value: float
    other: int
    which: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the checks found in one form and year. `ran`: the checks that the form's columns allow;
    `flags` by check and submission; rates by collector (account number as text) and by village."""

    form: str
    submissions: int = 0
    ran: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    collectors: tuple[Rate, ...] = ()
    villages: tuple[Rate, ...] = ()
    place: Mapping[int, tuple[str, str | None]] = field(default_factory=dict)

    def of(self, submission: int) -> tuple[Flag, ...]:
        """The flags of one submission."""
        return tuple(one for one in self.flags if one.submission == submission)


def assess(seen: Seen) -> Assessment:
    """Run every check that the form allows."""
    root = seen.root
    if root.empty:
        return Assessment(seen.watch.form)
    found = {id_: one.find(seen) for id_, one in CHECKS.items() if one.applies(seen)}
    compared = {id_: CHECKS[id_].compared for id_ in found}
    collector = root["_collector"].astype(str)
    return Assessment(
        form=seen.watch.form,
        submissions=len(root),
        ran=tuple(found),
        flags=tuple(flag for id_, rows in found.items() for flag in _flags(CHECKS[id_], rows)),
        collectors=rates(found, collector, compared),
        villages=rates(found, root["_village"], compared),
        place=dict(zip(root.index, zip(collector, root["_village"], strict=True), strict=True)),
    )


def _flags(check: Check, rows: pd.DataFrame) -> list[Flag]:
    if not check.flags:
        return []
    hits = rows[rows["hit"]].sort_index()
    told = zip(hits.index, hits["value"], hits["other"], hits["which"], strict=True)
    return [
        Flag(check.id, int(number), float(value), int(other), str(which))
        for number, value, other, which in told
    ]
