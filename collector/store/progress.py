"""How far collection is in each village: counts of households, no person."""

from __future__ import annotations

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from analysis.types import VillageProgress
from collector.models import COUNTED, State, Submission
from collector.store import territory
from collector.store.submissions import COMPLETE

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
REFUSED = "3"  # the result "refused"


def village_progress(session: Session, form: str, year: int) -> tuple[VillageProgress, ...]:
    """One row a village of the register, by code; interviews of `form` in `year` that nothing has
    replaced. `complete`, `refused` and `other` count interviews in order (stored or accepted),
    `flagged` those that wait for review. Every active household is assigned."""
    counts = _counts(session, form, year)
    population = territory.household_counts(session)
    return tuple(
        _progress(code, name, population.get(code, 0), counts.get(code, {}))
        for code, name in territory.villages(session)
    )


def _progress(
    code: str, name: str, households: int, counts: dict[tuple[str, str | None], int]
) -> VillageProgress:
    in_order = {state.value for state in COUNTED}

    def total(*results: str) -> int:
        return sum(n for (state, got), n in counts.items() if state in in_order and got in results)

    every = sum(n for (state, _), n in counts.items() if state in in_order)
    complete, refused = total(COMPLETE), total(REFUSED)
    return VillageProgress(
        village=code,
        name=name,
        households=households,
        assigned=households,
        complete=complete,
        refused=refused,
        other=every - complete - refused,
        flagged=sum(n for (state, _), n in counts.items() if state == State.FLAGGED.value),
    )


def _counts(
    session: Session, form: str, year: int
) -> dict[str | None, dict[tuple[str, str | None], int]]:
    asked = (
        select(_TABLE.c.village, _TABLE.c.state, _TABLE.c.result, func.count())
        .where(_TABLE.c.form == form, _TABLE.c.year == year, _TABLE.c.superseded.is_(False))
        .group_by(_TABLE.c.village, _TABLE.c.state, _TABLE.c.result)
    )
    found: dict[str | None, dict[tuple[str, str | None], int]] = {}
    for village, state, result, n in session.execute(asked):
        found.setdefault(village, {})[state, result] = n
    return found
