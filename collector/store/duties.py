"""What units owe, as far as the database knows: who is at work, and what came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from collector import duties as pure
from collector.duties import Arrived, Duty, Order, Worker, named
from collector.models import State, Submission, Unit
from forms.library import Form
from forms.settings import UNIT_KINDS

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
NIL = "nil"  # the question by which a return says that there was nothing to report
YES = frozenset({"1", "yes"})
APPROVED = frozenset({"accepted", "approved"})
FOREIGN = "other_unit"  # the flag of a return that another unit's account sent


def order(form: Form) -> Order | None:
    """How a form is owed, in whatever year; None where it is filled when something happens, or by
    no unit."""
    how = form.about.get("every")
    kinds = frozenset(form.about.get("filled_by", ())) & frozenset(UNIT_KINDS)
    if not how or not kinds:
        return None
    days = int(form.about.get("due_days", 0))
    return Order(form.id, kinds, str(how), days, 0)


def _first_year(form: Form) -> int:
    """The year in which a version is named to begin ("2026.1"); 0 where it does not say."""
    year, _, _ = form.version.partition(".")
    return int(year) if len(year) == 4 and year.isdecimal() else 0


def orders(versions: Iterable[Form]) -> list[Order]:
    """What is owed of all published versions: as the newest version of a form says, from the year
    of its first one."""
    found: dict[str, Order | None] = {}
    first: dict[str, int] = {}
    for form in versions:  # oldest first
        first.setdefault(form.id, _first_year(form))
        found[form.id] = order(form)
    return [replace(one, first_year=first[one.form]) for one in found.values() if one is not None]


def workers(session: Session, unit: str | None = None) -> list[Worker]:
    """Every unit with the days between which it owes; with `unit`, that one alone. A unit that was
    switched off without a day owes nothing."""
    asked = select(Unit).order_by(Unit.code)
    found = session.scalars(asked if unit is None else asked.where(Unit.code == unit))
    return [
        Worker(one.code, one.kind, one.since, one.until)
        for one in found
        if one.active or one.until is not None
    ]


def owed(session: Session, form: Form, year: int) -> list[tuple[str, str]]:
    """(unit, period) of every return of a form that is owed for a year; none for a form that is
    filled when something happens."""
    asked = order(form)
    return [] if asked is None else pure.owed(asked, workers(session), year)


def arrivals(
    session: Session, asked: Sequence[Order], year: int, unit: str | None = None
) -> dict[tuple[str, str, str], Arrived]:
    """(form, unit, period) -> what came for it: of submissions that nothing has replaced and
    nobody excluded, the one that counts, else the newest."""
    how = {one.form: one.every for one in asked}
    columns = (_TABLE.c.id, _TABLE.c.form, _TABLE.c.unit, _TABLE.c.period, _TABLE.c.state)
    rows = select(*columns, _TABLE.c.claim, _TABLE.c.flags, _TABLE.c.answers, _TABLE.c.received_at)
    rows = rows.where(
        _TABLE.c.form.in_(list(how)),
        _TABLE.c.year == year,
        _TABLE.c.unit.is_not(None),
        _TABLE.c.superseded.is_(False),
        _TABLE.c.state != State.EXCLUDED.value,
    )
    if unit is not None:
        rows = rows.where(_TABLE.c.unit == unit)
    found: dict[tuple[str, str, str], Arrived] = {}
    for row in session.execute(rows.order_by(_TABLE.c.claim.is_not(None), _TABLE.c.id)):
        period = named(row.period, how[row.form])
        if period is not None and FOREIGN not in row.flags:
            found[row.form, row.unit, period] = _arrived(row)
    return found


def _arrived(row: Row[*tuple[Any, ...]]) -> Arrived:
    root = orjson.loads(row.answers).get(row.form) or {}
    return Arrived(row.id, row.state, str(root.get(NIL, "")) in YES, row.received_at)


def duties(
    session: Session, versions: Iterable[Form], year: int, today: date, unit: str | None = None
) -> list[Duty]:
    """What is owed for a year with its states, by due day; with `unit`, that unit's alone.
    `versions`: the published forms, oldest version first (a `Library` is such)."""
    asked = orders(versions)
    came = arrivals(session, asked, year, unit)
    return pure.duties(asked, workers(session, unit), year, today, came, APPROVED)
