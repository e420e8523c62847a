"""One submission as an officer sees it, and what an officer decides (the lists: `queue`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, Table, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Action, Attachment, Conflict, Decision, State, Submission, User
from collector.problems import Problem

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
LONGEST_REASON = 1000

AFTER = {
    Action.ACCEPT: State.ACCEPTED,
    Action.RETURN: State.RETURNED,
    Action.EXCLUDE: State.EXCLUDED,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission with all that an officer needs to decide; `revision` goes with a decision."""

    id: int
    instance_id: str
    deprecated_id: str | None
    form: str
    version: str
    village: str | None
    household: str | None
    year: int | None
    received_at: datetime
    channel: str
    state: State
    superseded: bool
    replaced_by: str | None
    revision: int
    answers: dict[str, Any]
    faults: list[dict[str, Any]]
    flags: list[dict[str, Any]]
    sent_by: str
    decisions: Sequence[
        Row[*tuple[Any, ...]]
    ]  # (decided_at, action, reason, display_name), oldest first
    attachments: Sequence[Row[*tuple[Any, ...]]]  # (id, filename, media_type)
    demonstration: bool


def one(session: Session, submission_id: int) -> Seen:
    """One submission; raises Problem NOT_FOUND."""
    found = session.get(Submission, submission_id)
    if found is None:
        raise Problem(problems.NOT_FOUND)
    sender = session.get(User, found.account_id)
    assert sender is not None, "the foreign key says so"
    return Seen(
        id=found.id,
        instance_id=found.instance_id,
        deprecated_id=found.deprecated_id,
        form=found.form,
        version=found.version,
        village=found.village,
        household=found.household,
        year=found.year,
        received_at=found.received_at,
        channel=found.channel,
        state=State(found.state),
        superseded=found.superseded,
        replaced_by=found.replaced_by,
        revision=found.revision,
        answers=orjson.loads(found.answers),
        faults=orjson.loads(found.faults),
        flags=orjson.loads(found.flags),
        sent_by=sender.display_name,
        decisions=_decisions(session, submission_id),
        attachments=_attachments(session, submission_id),
        demonstration=found.demonstration,
    )


def _decisions(session: Session, submission_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    columns = (Decision.decided_at, Decision.action, Decision.reason, User.display_name)
    asked = select(*columns).join(User, User.id == Decision.account_id)
    return session.execute(
        asked.where(Decision.submission_id == submission_id).order_by(Decision.revision)
    ).all()


def _attachments(session: Session, submission_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    asked = select(Attachment.id, Attachment.filename, Attachment.media_type)
    return session.execute(
        asked.where(Attachment.submission_id == submission_id).order_by(Attachment.filename)
    ).all()


def id_of(session: Session, instance_id: str) -> int | None:
    """The row of an instance id, for links between submissions."""
    return session.scalar(select(_TABLE.c.id).where(_TABLE.c.instance_id == instance_id))


def decide(
    session: Session,
    submission_id: int,
    *,
    revision: int,
    action: Action,
    reason: str,
    account_id: int,
    now: datetime,
) -> State:
    """Decide on the submission as it was at `revision`; answers its new state.

    Raises Problem: CHANGED_MEANWHILE if somebody decided, or an edit came, since; REASON_NEEDED;
    ALREADY_COUNTED if another one counts for its occasion (household and year, unit and period).
    """
    said = reason.strip()
    if not 0 < len(said) <= LONGEST_REASON:
        raise Problem(problems.REASON_NEEDED)
    row = session.execute(
        update(_TABLE)
        .where(
            _TABLE.c.id == submission_id,
            _TABLE.c.revision == revision,
            _TABLE.c.superseded.is_(False),
        )
        .values(state=AFTER[action].value, revision=revision + 1, claim=None)
        .returning(_TABLE.c.occasion)
    ).one_or_none()
    if row is None:
        one(session, submission_id)  # raises where it never was
        raise Problem(problems.CHANGED_MEANWHILE)
    if action is Action.ACCEPT:
        _claim(session, submission_id, row.occasion)
    session.execute(
        insert(Decision.__table__),  # type: ignore[arg-type]
        {
            "submission_id": submission_id,
            "account_id": account_id,
            "action": action.value,
            "reason": said,
            "revision": revision + 1,
            "decided_at": now,
        },
    )
    return AFTER[action]


def _claim(session: Session, submission_id: int, occasion: str | None) -> None:
    """Become the one that is counted for its occasion, unless another one is."""
    if occasion is None:
        return
    statement = update(_TABLE).where(_TABLE.c.id == submission_id).values(claim=occasion)
    try:
        with session.begin_nested():
            session.execute(statement)
    except IntegrityError:
        raise Problem(problems.ALREADY_COUNTED) from None


def resolve_conflict(
    session: Session, conflict_id: int, *, account_id: int, reason: str, now: datetime
) -> None:
    """Note that an officer has looked at a second text; it is kept all the same.

    Raises Problem REASON_NEEDED, or CHANGED_MEANWHILE if somebody did so before.
    """
    said = reason.strip()
    if not 0 < len(said) <= LONGEST_REASON:
        raise Problem(problems.REASON_NEEDED)
    done = session.execute(
        update(Conflict)
        .where(Conflict.id == conflict_id, Conflict.resolved_at.is_(None))
        .values(resolved_at=now, resolved_by=account_id, reason=said)
        .returning(Conflict.id)
    ).one_or_none()
    if done is None:
        raise Problem(problems.CHANGED_MEANWHILE)
