"""What one account has to do: the answer of /api/v1/work, from the draw, the forms, the duties.

Pure but for the session that the store is handed: no web here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from collector.duties import CAME, Duty
from collector.models import Role
from collector.store import draws, duties
from collector.store import visits as stored
from collector.store.accounts import Caller
from collector.visits import Fact, Standing, standing, week
from forms.library import Library

RECENT = timedelta(days=62)  # how long a sent period stays on the list
ADDED = "added"
Entry = dict[str, Any]
Key = tuple[str, str]


def work(session: Session, library: Library, caller: Caller, today: date) -> Entry:
    """The whole answer: `draw`, `households`, `months`, `week`."""
    drawn = draws.in_force(session, today.year)
    collector = caller.role is Role.COLLECTOR
    facts = stored.facts(session, today.year, caller.village) if collector else {}
    return {
        "draw": _draw(drawn) if drawn else None,
        "households": _households(session, drawn, facts, caller) if collector else [],
        "months": _months(session, library, caller, today),
        "week": _week(facts, caller, today),
    }


def _draw(drawn: draws.Known) -> Entry:
    return {
        "id": drawn.id,
        "title": drawn.title,
        "period": str(drawn.year),
        "census": drawn.census,
    }


def _households(
    session: Session, drawn: draws.Known | None, facts: stored.Facts, caller: Caller
) -> list[Entry]:
    """The caller's own, by code (neighbours follow each other), and behind them what the caller
    visited without its being on the list of the village."""
    if drawn is None:
        return []
    listed = draws.households(session, drawn.id, village=caller.village, issued=True)
    own = sorted((one for one in listed if one.collaborator == caller.id), key=lambda one: one.code)
    found = [
        _household(
            (one.village, one.code),
            one.position,
            "replacement" if one.replacement else "sample",
            standing(facts.get((one.village, one.code), ())),
        )
        for one in own
    ]
    known = {(one.village, one.code) for one in listed}
    return found + _added(facts, known, caller.id, 1 + max((e["order"] for e in found), default=0))


def _added(
    facts: Mapping[Key, Iterable[Fact]], known: set[Key], account: int, first: int
) -> list[Entry]:
    others = [
        key
        for key in sorted(facts)
        if key not in known and any(fact.account == account for fact in facts[key])
    ]
    return [
        _household(key, order, ADDED, standing(facts[key]))
        for order, key in enumerate(others, first)
    ]


def _household(key: Key, order: int, role: str, stands: Standing) -> Entry:
    return {
        "village": key[0],
        "code": key[1],
        "order": order,
        "role": role,
        "state": stands.state.value,
        "visits": stands.visits,
        "last": stands.last,
    }


def _months(session: Session, library: Library, caller: Caller, today: date) -> list[Entry]:
    """The periods that the caller's unit owes and can send, and those sent lately, by due day."""
    if caller.unit is None:
        return []
    titles = {form.id: form.title for form in library.forms()}
    owed = [
        duty
        for year in (today.year - 1, today.year)
        for duty in duties.duties(session, library, year, today, caller.unit)
        if duty.open_on(today) or _lately(duty, today)
    ]
    return [
        {
            "form": duty.form,
            "period": duty.period,
            "title": dict(titles[duty.form]),
            "due": duty.due.isoformat(),
            "late": duty.is_overdue(today),
            "sent": duty.standing in CAME,
        }
        for duty in owed
    ]


def _lately(duty: Duty, today: date) -> bool:
    came = duty.arrived
    return came is not None and duty.standing in CAME and came.received_at.date() >= today - RECENT


def _week(facts: stored.Facts, caller: Caller, today: date) -> Entry:
    first = today - timedelta(days=today.weekday())
    by_code = {f"{village}|{code}": known for (village, code), known in facts.items()}
    counted = week(by_code, first.isoformat(), today.isoformat(), caller.id)
    return {"from": first.isoformat(), "done": counted.done, "visits": counted.visits}
