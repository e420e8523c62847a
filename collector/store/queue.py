"""The review list and what stands around one submission: for the officers' pages.

`review` decides; this module only reads. A row carries the faults and flags, never the answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, Table, func, select
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Attachment, Conflict, Decision, State, Submission, User
from collector.problems import Problem

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
PAGE = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """What the officer wants to see: None and "" are every one."""

    state: State = State.FLAGGED
    form: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list. `faults` and `flags` are as the check and the store left them."""

    id: int
    form: str
    version: str
    village: str | None
    household: str | None
    result: str | None
    received_at: datetime
    state: State
    superseded: bool
    faults: list[dict[str, Any]]
    flags: list[dict[str, Any]]


_COLUMNS = (
    _TABLE.c.id,
    _TABLE.c.form,
    _TABLE.c.version,
    _TABLE.c.village,
    _TABLE.c.household,
    _TABLE.c.result,
    _TABLE.c.received_at,
    _TABLE.c.state,
    _TABLE.c.superseded,
    _TABLE.c.faults,
    _TABLE.c.flags,
)


def listed(session: Session, asked: Asked, page: int = 1) -> tuple[list[Listed], int]:
    """One page (from 1) of what was asked for, and how many there are in all.

    What waits comes oldest first, because it has waited longest; what is decided newest first.
    """
    where = _conditions(asked)
    total = session.scalar(select(func.count()).select_from(_TABLE).where(*where)) or 0
    order = _TABLE.c.id if asked.state is State.FLAGGED else _TABLE.c.id.desc()
    rows = select(*_COLUMNS).where(*where).order_by(order).limit(PAGE).offset((page - 1) * PAGE)
    return [_listed(row) for row in session.execute(rows)], total


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    where = [_TABLE.c.state == asked.state.value, _TABLE.c.superseded.is_(False)]
    if asked.form:
        where.append(_TABLE.c.form == asked.form)
    if asked.village:
        where.append(_TABLE.c.village == asked.village)
    return where


def _listed(row: Row[*tuple[Any, ...]]) -> Listed:
    return Listed(
        id=row.id,
        form=row.form,
        version=row.version,
        village=row.village,
        household=row.household,
        result=row.result,
        received_at=row.received_at,
        state=State(row.state),
        superseded=row.superseded,
        faults=orjson.loads(row.faults),
        flags=orjson.loads(row.flags),
    )


def next_waiting(session: Session, after: int) -> int | None:
    """The submission that has waited longest, of those that came after `after` if there are any."""
    waits = (_TABLE.c.state == State.FLAGGED.value, _TABLE.c.superseded.is_(False))
    asked = select(func.min(_TABLE.c.id)).where(*waits)
    found: int | None = session.scalar(asked.where(_TABLE.c.id > after)) or session.scalar(asked)
    return found


def state_counts(session: Session) -> dict[State, int]:
    """How many submissions that nothing has replaced stand in each state."""
    asked = (
        select(_TABLE.c.state, func.count())
        .where(_TABLE.c.superseded.is_(False))
        .group_by(_TABLE.c.state)
    )
    found = {State(state): n for state, n in session.execute(asked)}
    return {state: found.get(state, 0) for state in State}


def open_conflicts(session: Session) -> int:
    """How many second texts nobody has looked at."""
    asked = select(func.count()).select_from(Conflict).where(Conflict.resolved_at.is_(None))
    return session.scalar(asked) or 0


def same_household(
    session: Session, submission_id: int, form: str, household: str | None, year: int | None
) -> list[Listed]:
    """The other submissions of `form` for that household and year, replaced ones too."""
    if household is None:
        return []
    asked = select(*_COLUMNS).where(
        _TABLE.c.form == form,
        _TABLE.c.household == household,
        _TABLE.c.year == year,
        _TABLE.c.id != submission_id,
    )
    return [_listed(row) for row in session.execute(asked.order_by(_TABLE.c.id).limit(PAGE))]


def last_decision(session: Session, submission_id: int) -> Row[*tuple[Any, ...]] | None:
    """(decided_at, action, reason, display_name, account_id) of the newest decision."""
    asked = (
        select(
            Decision.decided_at,
            Decision.action,
            Decision.reason,
            User.display_name,
            Decision.account_id,
        )
        .join(User, User.id == Decision.account_id)
        .where(Decision.submission_id == submission_id)
        .order_by(Decision.revision.desc())
        .limit(1)
    )
    return session.execute(asked).one_or_none()


def attachment(session: Session, submission_id: int, attachment_id: int) -> Row[*tuple[Any, ...]]:
    """(filename, content) of one file of a submission; raises Problem NOT_FOUND."""
    found = session.execute(
        select(Attachment.filename, Attachment.content).where(
            Attachment.id == attachment_id, Attachment.submission_id == submission_id
        )
    ).one_or_none()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


@dataclass(frozen=True, slots=True)
class Dispute:
    """A second text beside the stored one; `resolved_*` are None while nobody has looked."""

    id: int
    submission_id: int
    form: str
    version: str
    village: str | None
    household: str | None
    stored_at: datetime
    received_at: datetime
    sent_by: str
    answers: dict[str, Any]
    stored_answers: dict[str, Any]
    resolved_at: datetime | None
    resolved_by: str | None
    reason: str | None


def disputes(session: Session, *, resolved: bool) -> list[Dispute]:
    """Second texts that wait (oldest first) or that were looked at (newest first), at most 50."""
    open_ones = Conflict.resolved_at.is_(None)
    order = Conflict.id.desc() if resolved else Conflict.id
    asked = _disputes().where(~open_ones if resolved else open_ones).order_by(order).limit(50)
    return [_dispute(row) for row in session.execute(asked)]


def dispute(session: Session, conflict_id: int) -> Dispute:
    """One second text; raises Problem NOT_FOUND."""
    row = session.execute(_disputes().where(Conflict.id == conflict_id)).one_or_none()
    if row is None:
        raise Problem(problems.NOT_FOUND)
    return _dispute(row)


def _disputes() -> Any:
    sender, resolver = User.__table__.alias("sender"), User.__table__.alias("resolver")
    return (
        select(
            Conflict.id,
            Conflict.submission_id,
            Conflict.received_at,
            Conflict.answers,
            Conflict.resolved_at,
            Conflict.reason,
            *_COLUMNS[1:6],
            _TABLE.c.received_at.label("stored_at"),
            _TABLE.c.answers.label("stored_answers"),
            sender.c.display_name.label("sent_by"),
            resolver.c.display_name.label("resolved_by"),
        )
        .join(_TABLE, _TABLE.c.id == Conflict.submission_id)
        .join(sender, sender.c.id == Conflict.account_id)
        .outerjoin(resolver, resolver.c.id == Conflict.resolved_by)
    )


def _dispute(row: Row[*tuple[Any, ...]]) -> Dispute:
    return Dispute(
        id=row.id,
        submission_id=row.submission_id,
        form=row.form,
        version=row.version,
        village=row.village,
        household=row.household,
        stored_at=row.stored_at,
        received_at=row.received_at,
        sent_by=row.sent_by,
        answers=orjson.loads(row.answers),
        stored_answers=orjson.loads(row.stored_answers),
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        reason=row.reason,
    )


_REASON = (
    select(Decision.reason)
    .where(Decision.submission_id == _TABLE.c.id)
    .order_by(Decision.revision.desc())
    .limit(1)
    .scalar_subquery()
    .label("reason")
)


def sent_recently(
    session: Session, account_id: int, limit: int = 50
) -> list[tuple[Listed, str | None]]:
    """The account's newest submissions, without answers, each with the reason of the newest
    decision on it (None where nobody decided)."""
    asked = select(*_COLUMNS, _REASON).where(_TABLE.c.account_id == account_id)
    rows = session.execute(asked.order_by(_TABLE.c.id.desc()).limit(limit))
    return [(_listed(row), row.reason) for row in rows]
