"""How far collection is in each village: counts of households, no person."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from analysis.types import VillageProgress
from collector.models import COUNTED, State, Submission
from collector.store import draws, territory, visits
from collector.store.submissions import COMPLETE

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
REFUSED = "3"  # the result "refused"


Counts = Counter[tuple[str, str | None]]
"""(state, result) -> interviews."""


def village_progress(session: Session, form: str, year: int) -> tuple[VillageProgress, ...]:
    """One row a village of the register, by code; interviews of `form` in `year` that nothing has
    replaced. `complete`, `refused` and `other` count interviews in order (stored or accepted),
    `flagged` those that wait for review.

    Assigned are the households that the year's draw in force issued, and only their interviews are
    counted; without a draw every active household is assigned.
    """
    drawn = draws.to_ask(session, year)
    counts = _counts(session, form, year, drawn)
    population = territory.household_counts(session)
    return tuple(
        _progress(
            (code, name),
            population.get(code, 0),
            population.get(code, 0) if drawn is None else len(drawn.get(code, ())),
            counts.get(code, Counter()),
        )
        for code, name in territory.villages(session)
    )


def _progress(
    village: tuple[str, str], households: int, assigned: int, counts: Counts
) -> VillageProgress:
    in_order = {state.value for state in COUNTED}

    def total(*results: str) -> int:
        return sum(n for (state, got), n in counts.items() if state in in_order and got in results)

    every = sum(n for (state, _), n in counts.items() if state in in_order)
    complete, refused = total(COMPLETE), total(REFUSED)
    return VillageProgress(
        village=village[0],
        name=village[1],
        households=households,
        assigned=assigned,
        complete=complete,
        refused=refused,
        other=every - complete - refused,
        flagged=sum(n for (state, _), n in counts.items() if state == State.FLAGGED.value),
    )


def _counts(
    session: Session, form: str, year: int, drawn: dict[str, frozenset[str]] | None
) -> dict[str | None, Counts]:
    columns = (_TABLE.c.village, _TABLE.c.household, _TABLE.c.state, _TABLE.c.result)
    asked = (
        select(*columns, func.count().label("n"))
        .where(_TABLE.c.form == form, _TABLE.c.year == year, _TABLE.c.superseded.is_(False))
        .group_by(*columns)
    )
    found: dict[str | None, Counts] = {}
    for row in session.execute(asked):
        if drawn is None or visits.plain(row.household or "") in drawn.get(row.village, ()):
            found.setdefault(row.village, Counter())[row.state, row.result] += row.n
    return found
