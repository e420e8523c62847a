"""The submissions that an indicator's number of a year rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, func, select
from sqlalchemy.orm import Session

from analysis.types import Indicator
from collector.models import COUNTED, State, Submission

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
_COUNTED = [state.value for state in COUNTED]
PAGE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """Submissions of one form in a year: `counted` are in the numbers, `waiting` are not yet."""

    form: str
    counted: int
    waiting: int


def forms_of(indicator: Indicator) -> tuple[str, ...]:
    """The forms that an indicator reads, its main one first; () while it is not collected."""
    if indicator.table is None:
        return ()
    tables = (indicator.table, *indicator.also)
    return tuple(dict.fromkeys(table.split(".", 1)[0] for table in tables))


def counted(session: Session, forms: Sequence[str], year: int) -> list[Behind]:
    """One row a form, in the order given."""
    asked = (
        select(_TABLE.c.form, _TABLE.c.state, func.count())
        .where(
            _TABLE.c.form.in_(forms),
            _TABLE.c.year == year,
            _TABLE.c.superseded.is_(False),
        )
        .group_by(_TABLE.c.form, _TABLE.c.state)
    )
    found = {(form, state): n for form, state, n in session.execute(asked)}
    return [
        Behind(
            form,
            sum(found.get((form, state), 0) for state in _COUNTED),
            found.get((form, State.FLAGGED.value), 0),
        )
        for form in forms
    ]


def listed(
    session: Session, forms: Sequence[str], year: int, page: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """(id, form, version, village, unit, period, state, received_at) of those that count, newest
    first, PAGE at a time from page 1."""
    columns = ("id", "form", "version", "village", "unit", "period", "state", "received_at")
    asked = (
        select(*(_TABLE.c[name] for name in columns))
        .where(
            _TABLE.c.form.in_(forms),
            _TABLE.c.year == year,
            _TABLE.c.state.in_(_COUNTED),
            _TABLE.c.superseded.is_(False),
        )
        .order_by(_TABLE.c.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return session.execute(asked).all()
