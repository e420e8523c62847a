"""Progress of collection as the officers' page shows it: villages' visits, months of births.

`progress` has the counts that go into a report. Here a household counts once, by its best result:
complete before partly done before the last thing that happened at the door.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from collector.models import COUNTED, State, Submission
from collector.store import draws, territory, visits

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
COMPLETE, PARTLY, REFUSED, ABSENT = "1", "2", "3", "4"
_IN_ORDER = frozenset(state.value for state in COUNTED)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class VillageVisits:
    """One village: `households` to be asked (those of the year's draw in force, else all),
    `visited` with any result that counts, of which `complete`, `partly`, `refused`, `absent`,
    `other` (not eligible, moved); `flagged` submissions wait for review and are in none of these;
    `last` is when the newest submission came."""

    code: str
    name: str
    households: int
    visited: int
    complete: int
    partly: int
    refused: int
    absent: int
    other: int
    flagged: int
    last: datetime | None


def village_visits(session: Session, form: str, year: int) -> list[VillageVisits]:
    """One row a village of the register, by code; submissions of `form` in `year` that nothing
    has replaced."""
    columns = (_TABLE.c.id, _TABLE.c.village, _TABLE.c.household, _TABLE.c.result, _TABLE.c.state)
    asked = (
        select(*columns, _TABLE.c.received_at)
        .where(_TABLE.c.form == form, _TABLE.c.year == year, _TABLE.c.superseded.is_(False))
        .order_by(_TABLE.c.id)
    )
    found: dict[str | None, list[Row[*tuple[Any, ...]]]] = {}
    for row in session.execute(asked):
        found.setdefault(row.village, []).append(row)
    drawn = draws.to_ask(session, year)
    population = territory.household_counts(session)
    if drawn is not None:
        population = {village: len(codes) for village, codes in drawn.items()}
        found = {
            village: _of(rows, drawn.get(village or "", ())) for village, rows in found.items()
        }
    return [
        _visits(code, name, population.get(code, 0), found.get(code, ()))
        for code, name in territory.villages(session)
    ]


def _of(
    rows: Sequence[Row[*tuple[Any, ...]]], households: Container[str]
) -> list[Row[*tuple[Any, ...]]]:
    """The rows that say how far the draw is; one that waits for review waits, whoever it is of."""
    return [
        row
        for row in rows
        if row.state == State.FLAGGED.value or visits.plain(row.household or "") in households
    ]


def _visits(
    code: str, name: str, households: int, rows: Sequence[Row[*tuple[Any, ...]]]
) -> VillageVisits:
    results = Counter(_best(rows).values())
    known = sum(results[result] for result in (COMPLETE, PARTLY, REFUSED, ABSENT))
    return VillageVisits(
        code=code,
        name=name,
        households=households,
        visited=results.total(),
        complete=results[COMPLETE],
        partly=results[PARTLY],
        refused=results[REFUSED],
        absent=results[ABSENT],
        other=results.total() - known,
        flagged=sum(row.state == State.FLAGGED.value for row in rows),
        last=max((row.received_at for row in rows), default=None),
    )


def _best(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[str, str | None]:
    """household -> its result; rows in the order in which they came."""
    best: dict[str, str | None] = {}
    for row in rows:
        if row.state not in _IN_ORDER:
            continue
        household = row.household or f"#{row.id}"
        if best.get(household) != COMPLETE and (
            best.get(household) != PARTLY or row.result == COMPLETE
        ):
            best[household] = row.result
    return best


@dataclass(frozen=True, slots=True)
class BirthMonth:
    """One month of the births register: the births that came one by one, and the closing return."""

    month: int
    births: int
    closed: bool
    reported: int | None  # live births that the closing return names
    flagged: int


def birth_months(session: Session, year: int, period: str = "ym") -> list[BirthMonth]:
    """The twelve months of `year`; `period` is the question that says to which month a
    submission belongs (`YYYY-MM…`)."""
    births = _by_month(session, "births", year, period)
    returns = _by_month(session, "births_month", year, period)
    return [_month(n, births.get(n, []), returns.get(n, [])) for n in range(1, MONTHS + 1)]


def _by_month(
    session: Session, form: str, year: int, period: str
) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    asked = select(_TABLE.c.state, _TABLE.c.answers).where(
        _TABLE.c.form == form, _TABLE.c.year == year, _TABLE.c.superseded.is_(False)
    )
    found: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for state, text in session.execute(asked.order_by(_TABLE.c.id)):
        root = orjson.loads(text).get(form) or {}
        month = str(root.get(period, ""))[5:7]
        if month.isdigit():
            found.setdefault(int(month), []).append((state, root))
    return found


def _month(
    month: int,
    births: Sequence[tuple[str, dict[str, Any]]],
    returns: Sequence[tuple[str, dict[str, Any]]],
) -> BirthMonth:
    closing = [root for state, root in returns if state in _IN_ORDER]
    return BirthMonth(
        month=month,
        births=sum(state in _IN_ORDER for state, _ in births),
        closed=bool(closing),
        reported=_reported(closing[-1]) if closing else None,
        flagged=sum(state == State.FLAGGED.value for state, _ in (*births, *returns)),
    )


def _reported(root: dict[str, Any]) -> int | None:
    if str(root.get("no_births", "")) == "1":
        return 0
    number = root.get("n_births")
    return int(number) if isinstance(number, int | float) else None


def years(session: Session, now: int) -> list[int]:
    """The years for which anything was collected, and `now`; newest first."""
    found = session.scalars(select(_TABLE.c.year).where(_TABLE.c.year.is_not(None)).distinct())
    return sorted(
        {now, *(year for year in found if year is not None and year <= now)}, reverse=True
    )
