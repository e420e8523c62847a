"""The review lists: what waits for an officer, by state, form, village and unit. Only reads."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from collector.models import Conflict, State
from collector.store import rows
from collector.store.rows import TABLE, Listed

PAGE = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """What the officer wants to see: "" is every one."""

    state: State = State.FLAGGED
    form: str = ""
    village: str = ""
    unit: str = ""


def listed(session: Session, asked: Asked, page: int = 1) -> tuple[list[Listed], int]:
    """One page (from 1) of what was asked for, and how many there are in all.

    What waits comes oldest first, because it has waited longest; the rest newest first.
    """
    where = _conditions(asked)
    total = session.scalar(select(func.count()).select_from(TABLE).where(*where)) or 0
    order = TABLE.c.id if asked.state is State.FLAGGED else TABLE.c.id.desc()
    found = select(*rows.COLUMNS).where(*where).order_by(order)
    page_of = found.limit(PAGE).offset((page - 1) * PAGE)
    return [rows.listed(row) for row in session.execute(page_of)], total


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    where = [TABLE.c.state == asked.state.value, TABLE.c.superseded.is_(False)]
    wanted = {"form": asked.form, "village": asked.village, "unit": asked.unit}
    return [*where, *(TABLE.c[name] == value for name, value in wanted.items() if value)]


def next_waiting(session: Session, after: int) -> int | None:
    """The submission that has waited longest, of those that came after `after` if there are any."""
    waits = (TABLE.c.state == State.FLAGGED.value, TABLE.c.superseded.is_(False))
    asked = select(func.min(TABLE.c.id)).where(*waits)
    found: int | None = session.scalar(asked.where(TABLE.c.id > after)) or session.scalar(asked)
    return found


def state_counts(session: Session) -> dict[State, int]:
    """How many submissions that nothing has replaced stand in each state."""
    asked = (
        select(TABLE.c.state, func.count())
        .where(TABLE.c.superseded.is_(False))
        .group_by(TABLE.c.state)
    )
    found = {State(state): n for state, n in session.execute(asked)}
    return {state: found.get(state, 0) for state in State}


def open_conflicts(session: Session) -> int:
    """How many second texts nobody has looked at."""
    asked = select(func.count()).select_from(Conflict).where(Conflict.resolved_at.is_(None))
    return session.scalar(asked) or 0


def same_occasion(session: Session, one: Listed) -> list[Listed]:
    """The other submissions of the form for that household and year, or that unit and period;
    replaced ones too."""
    if one.household is not None:
        same = (TABLE.c.household == one.household, TABLE.c.year == one.year)
    elif one.unit is not None and one.period is not None:
        same = (TABLE.c.unit == one.unit, TABLE.c.period == one.period)
    else:
        return []
    asked = select(*rows.COLUMNS).where(TABLE.c.form == one.form, *same, TABLE.c.id != one.id)
    found = session.execute(asked.order_by(TABLE.c.id).limit(PAGE))
    return [rows.listed(row) for row in found]
