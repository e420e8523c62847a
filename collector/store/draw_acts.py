"""What an officer does with a stored draw: the next replacement, another collaborator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from collector import problems
from collector.models import DrawAct, DrawEvent, DrawnHousehold, Role, User
from collector.problems import Problem
from collector.store.draws import Listed, collaborators, households, row_of
from collector.store.reasons import written

_DRAWN: Table = DrawnHousehold.__table__  # type: ignore[assignment]
_EVENT: Table = DrawEvent.__table__  # type: ignore[assignment]


def issue_next(
    session: Session, draw_id: int, village: str, seen: int, reason: str, account: int,
    now: datetime,
) -> Listed:  # fmt: skip
    """Use the next replacement of a village, in its fixed order: the one at position `seen` that
    the officer saw, and no other. It goes to the collaborator of the village with the least.

    Raises Problem NO_REPLACEMENT where none is left, DRAW_CHANGED where another is next.
    """
    why = written(reason)
    waiting = [one for one in households(session, draw_id, village=village) if not one.issued]
    if not waiting:
        raise Problem(problems.NO_REPLACEMENT)
    if waiting[0].position != seen:
        raise Problem(problems.DRAW_CHANGED)
    who = _least(session, draw_id, village)
    done = session.execute(
        update(_DRAWN)
        .where(_DRAWN.c.id == waiting[0].id, _DRAWN.c.issued.is_(False))
        .values(issued=True, account_id=who)
        .returning(*_DRAWN.c)
    ).first()
    if done is None:
        raise Problem(problems.DRAW_CHANGED)
    _note(session, [done.id], DrawAct.ISSUE, who, why, account, now)
    return row_of(done)


def _least(session: Session, draw_id: int, village: str) -> int | None:
    """The collaborator of a village who has the fewest households; None where there is none."""
    load = {account: 0 for account, _, _ in collaborators(session, village)}
    for one in households(session, draw_id, village=village, issued=True):
        if one.collaborator in load:
            load[one.collaborator] += 1
    return min(load, key=lambda account: (load[account], account), default=None)


def give(
    session: Session,
    draw_id: int,
    village: str,
    codes: Iterable[str],
    to: int,
    reason: str,
    account: int,
    now: datetime,
) -> int:
    """Give issued households of a village to one of its collaborators; how many changed hands.

    Raises Problem for an account that is no collaborator of the village, or no household.
    """
    why, wanted = written(reason), set(codes)
    if to not in {one for one, _, _ in collaborators(session, village)}:
        raise Problem(problems.NOT_A_COLLABORATOR)
    found = households(session, draw_id, village=village, issued=True)
    moved = [one.id for one in found if one.code in wanted and one.collaborator != to]
    if not wanted & {one.code for one in found}:
        raise Problem(problems.NO_HOUSEHOLD_CHOSEN)
    if moved:
        session.execute(update(_DRAWN).where(_DRAWN.c.id.in_(moved)).values(account_id=to))
        _note(session, moved, DrawAct.ASSIGN, to, why, account, now)
    return len(moved)


def _note(
    session: Session,
    drawn: Sequence[int],
    act: DrawAct,
    to: int | None,
    reason: str,
    account: int,
    now: datetime,
) -> None:
    row = {"act": act.value, "collaborator": to, "reason": reason}
    session.execute(
        insert(_EVENT),
        [{**row, "drawn_id": one, "account_id": account, "made_at": now} for one in drawn],
    )


@dataclass(frozen=True, slots=True)
class Event:
    """What an officer did with a household of a draw."""

    code: str
    act: DrawAct
    to: int | None
    reason: str
    by: str
    at: datetime


def events(session: Session, draw_id: int, village: str) -> list[Event]:
    """What was done in a village of a draw, the newest first."""
    asked = (
        select(_DRAWN.c.code, _EVENT, User.display_name)
        .join(_DRAWN, _DRAWN.c.id == _EVENT.c.drawn_id)
        .join(User, User.id == _EVENT.c.account_id)
        .where(_DRAWN.c.draw_id == draw_id, _DRAWN.c.village == village)
        .order_by(_EVENT.c.id.desc())
    )
    return [
        Event(
            row.code, DrawAct(row.act), row.collaborator, row.reason, row.display_name, row.made_at
        )
        for row in session.execute(asked)
    ]


def names(session: Session) -> Mapping[int, str]:
    """Account -> name, of everybody who is or was a collaborator."""
    asked = select(User.id, User.display_name).where(User.role == Role.COLLECTOR.value)
    return dict(session.execute(asked).tuples().all())
