"""One submission as an officer sees it, and what an officer decides (the lists: `queue`).

Whoever decides says which revision was seen. A decision, and a correction by the sender, makes the
next one, so that a decision on what has changed meanwhile finds no row and is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Action, Attachment, Decision, State, Submission, User
from collector.problems import Kind, Problem
from collector.store import rows
from collector.store.own import paths_of
from collector.store.reasons import LONGEST_REASON, written
from collector.store.rows import TABLE, Listed

MOST_QUESTIONS = 50

AFTER = {
    Action.ACCEPT: State.ACCEPTED,
    Action.RETURN: State.RETURNED,
    Action.EXCLUDE: State.EXCLUDED,
}


@dataclass(frozen=True, slots=True)
class Step:
    """A decision that was made. `questions`: paths of those that a return is about."""

    decided_at: datetime
    action: Action
    reason: str
    questions: tuple[str, ...]
    display_name: str
    account_id: int


@dataclass(frozen=True, slots=True)
class Seen(Listed):
    """A submission with all that an officer needs to decide; `decisions` oldest first."""

    channel: str
    replaced_by: str | None
    answers: dict[str, Any]
    sent_by: str
    demonstration: bool
    decisions: tuple[Step, ...]
    attachments: Sequence[Row[*tuple[Any, ...]]]  # (id, filename, media_type)


_MORE = (TABLE.c.channel, TABLE.c.replaced_by, TABLE.c.answers, TABLE.c.demonstration)


def one(session: Session, submission_id: int) -> Seen:
    """One submission; raises Problem NOT_FOUND."""
    found = session.execute(
        select(*rows.COLUMNS, *_MORE, User.display_name)
        .join(User, User.id == TABLE.c.account_id)
        .where(TABLE.c.id == submission_id)
    ).one_or_none()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return Seen(
        **rows.fields(found),
        channel=found.channel,
        replaced_by=found.replaced_by,
        answers=orjson.loads(found.answers),
        sent_by=found.display_name,
        demonstration=found.demonstration,
        decisions=decisions(session, submission_id),
        attachments=_attachments(session, submission_id),
    )


def decisions(session: Session, submission_id: int) -> tuple[Step, ...]:
    """What was decided on a submission, oldest first."""
    columns = (Decision.decided_at, Decision.action, Decision.reason, Decision.questions)
    asked = (
        select(*columns, User.display_name, Decision.account_id)
        .join(User, User.id == Decision.account_id)
        .where(Decision.submission_id == submission_id)
        .order_by(Decision.revision)
    )
    return tuple(
        Step(when, Action(action), reason, paths_of(questions), name, account_id)
        for when, action, reason, questions, name, account_id in session.execute(asked)
    )


def _attachments(session: Session, submission_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    asked = select(Attachment.id, Attachment.filename, Attachment.media_type)
    return session.execute(
        asked.where(Attachment.submission_id == submission_id).order_by(Attachment.filename)
    ).all()


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


def id_of(session: Session, instance_id: str) -> int | None:
    """The row of an instance id, for links between submissions."""
    return session.scalar(select(TABLE.c.id).where(TABLE.c.instance_id == instance_id))


def decide(
    session: Session,
    submission_id: int,
    *,
    revision: int,
    action: Action,
    reason: str,
    account_id: int,
    now: datetime,
    questions: Sequence[str] = (),
) -> State:
    """Decide on the submission as it was at `revision`; answers its new state. `questions`: paths
    of those that a return is about.

    Raises Problem: CHANGED_MEANWHILE if somebody decided, or an edit came, since; REASON_NEEDED;
    QUESTIONS_ALONE if questions go with anything but a return; ALREADY_COUNTED if another one
    counts for its occasion (household and year, unit and period).
    """
    said = written(reason)
    if questions and action is not Action.RETURN:
        raise Problem(problems.QUESTIONS_ALONE)
    as_seen = _as_seen(submission_id, revision)
    if not _settle(session, as_seen, submission_id, revision, action):
        one(session, submission_id)  # raises where it never was
        raise Problem(problems.CHANGED_MEANWHILE)
    _note(session, submission_id, revision, _Made(action, said, account_id, now, questions))
    return AFTER[action]


@dataclass(frozen=True, slots=True)
class Missed:
    """A submission that was not approved with the others, and why."""

    id: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Approved:
    """What came of approving several: the rows that are approved now, and those that are not."""

    done: tuple[int, ...]
    missed: tuple[Missed, ...]


def approve(
    session: Session,
    seen: Sequence[tuple[int, int]],
    *,
    reason: str,
    account_id: int,
    now: datetime,
) -> Approved:
    """Approve checked submissions, each as it was seen: (row, revision). `reason` may be "".

    One that anybody decided on or corrected since, or that never was checked and unflagged, is
    left as it is and told (CHANGED_MEANWHILE, ALREADY_COUNTED); the others are approved.
    """
    made = _Made(Action.ACCEPT, reason.strip()[:LONGEST_REASON], account_id, now)
    done: list[int] = []
    missed: list[Missed] = []
    for submission_id, revision in dict(seen).items():
        as_seen = [*_as_seen(submission_id, revision), TABLE.c.state == State.STORED.value]
        try:
            with session.begin_nested():
                if not _settle(session, as_seen, submission_id, revision, Action.ACCEPT):
                    raise Problem(problems.CHANGED_MEANWHILE)
                _note(session, submission_id, revision, made)
        except Problem as problem:
            missed.append(Missed(submission_id, problem.kind))
        else:
            done.append(submission_id)
    return Approved(tuple(done), tuple(missed))


def _as_seen(submission_id: int, revision: int) -> list[ColumnElement[bool]]:
    same = (TABLE.c.id == submission_id, TABLE.c.revision == revision)
    return [*same, TABLE.c.superseded.is_(False)]


def _settle(
    session: Session,
    as_seen: Sequence[ColumnElement[bool]],
    submission_id: int,
    revision: int,
    action: Action,
) -> bool:
    """Give the submission its new state; False where it is not there as it was seen."""
    new = {"state": AFTER[action].value, "revision": revision + 1, "claim": None}
    statement = update(TABLE).where(*as_seen).values(**new).returning(TABLE.c.occasion)
    row = session.execute(statement).one_or_none()
    if row is not None and action is Action.ACCEPT:
        _claim(session, submission_id, row.occasion)
    return row is not None


def _claim(session: Session, submission_id: int, occasion: str | None) -> None:
    """Become the one that is counted for its occasion, unless another one is."""
    if occasion is None:
        return
    statement = update(TABLE).where(TABLE.c.id == submission_id).values(claim=occasion)
    try:
        with session.begin_nested():
            session.execute(statement)
    except IntegrityError:
        raise Problem(problems.ALREADY_COUNTED) from None


@dataclass(frozen=True, slots=True)
class _Made:
    """A decision as it is kept."""

    action: Action
    reason: str
    account_id: int
    decided_at: datetime
    questions: Sequence[str] = ()


def _note(session: Session, submission_id: int, revision: int, made: _Made) -> None:
    session.execute(
        insert(Decision.__table__),  # type: ignore[arg-type]
        {
            "submission_id": submission_id,
            "account_id": made.account_id,
            "action": made.action.value,
            "reason": made.reason,
            "questions": orjson.dumps(list(made.questions[:MOST_QUESTIONS])).decode(),
            "revision": revision + 1,
            "decided_at": made.decided_at,
        },
    )


def family(session: Session, submission_id: int, most: int = 50) -> list[Listed]:
    """All versions of a submission, oldest first: what it corrects, what corrects that, and so
    on, also where two corrections answer the same version. At least itself, at most `most`."""
    start = session.get(Submission, submission_id)
    if start is None:
        raise Problem(problems.NOT_FOUND)
    names: set[str] = set()
    near = {start.instance_id}
    while near and len(names) < most:
        names |= near
        asked = select(TABLE.c.instance_id, TABLE.c.deprecated_id).where(
            TABLE.c.instance_id.in_(near) | TABLE.c.deprecated_id.in_(near)
        )
        found = session.execute(asked.limit(most)).all()
        near = {name for row in found for name in row if name is not None} - names
    versions = select(*rows.COLUMNS).where(TABLE.c.instance_id.in_(names)).order_by(TABLE.c.id)
    return [rows.listed(row) for row in session.execute(versions.limit(most))]
