"""Second texts that came under the id of a stored submission: shown, put aside or chosen.

Both texts are kept whatever is decided, and so are the files that came with each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import Row, Table, insert, literal, select, update
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Attachment, Channel, Conflict, User
from collector.models.submission import DECIDED, ConflictFile
from collector.problems import Problem
from collector.store import accounts, ingest, lacking, rows, submissions
from collector.store.describing import Arrival
from collector.store.ingest import Desk
from collector.store.reasons import written
from collector.store.rows import TABLE, Listed

_FILES: Table = ConflictFile.__table__  # type: ignore[assignment]
_ATTACHMENTS: Table = Attachment.__table__  # type: ignore[assignment]
LISTED = 50


@dataclass(frozen=True, slots=True)
class Dispute:
    """A second text beside the stored one; `resolved_*` and `reason` are None while nobody has
    looked, `became` is the instance id that it got where it was chosen."""

    id: int
    stored: Listed
    stored_answers: dict[str, Any]
    received_at: datetime
    sent_by: str
    channel: str
    answers: dict[str, Any]
    resolved_at: datetime | None
    resolved_by: str | None
    reason: str | None
    became: str | None


def disputes(session: Session, *, resolved: bool) -> list[Dispute]:
    """Second texts that wait (oldest first) or that were looked at (newest first), at most 50."""
    open_ones = Conflict.resolved_at.is_(None)
    order = Conflict.id.desc() if resolved else Conflict.id
    asked = _disputes().where(~open_ones if resolved else open_ones).order_by(order).limit(LISTED)
    return [_dispute(row) for row in session.execute(asked)]


def dispute(session: Session, conflict_id: int) -> Dispute:
    """One second text; raises Problem NOT_FOUND."""
    row = session.execute(_disputes().where(Conflict.id == conflict_id)).one_or_none()
    if row is None:
        raise Problem(problems.NOT_FOUND)
    return _dispute(row)


def of(session: Session, submission_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """(id, received_at, resolved_at) of the second texts of a submission, oldest first."""
    asked = select(Conflict.id, Conflict.received_at, Conflict.resolved_at)
    return session.execute(
        asked.where(Conflict.submission_id == submission_id).order_by(Conflict.id)
    ).all()


def _disputes() -> Any:
    sender, resolver = User.__table__.alias("sender"), User.__table__.alias("resolver")
    return (
        select(
            *rows.COLUMNS,
            TABLE.c.answers.label("stored_answers"),
            Conflict.id.label("conflict_id"),
            Conflict.received_at.label("second_at"),
            Conflict.answers.label("second_answers"),
            Conflict.channel.label("second_channel"),
            Conflict.resolved_at,
            Conflict.reason,
            Conflict.became,
            sender.c.display_name.label("sent_by"),
            resolver.c.display_name.label("resolved_by"),
        )
        .select_from(Conflict)
        .join(TABLE, TABLE.c.id == Conflict.submission_id)
        .join(sender, sender.c.id == Conflict.account_id)
        .outerjoin(resolver, resolver.c.id == Conflict.resolved_by)
    )


def _dispute(row: Row[*tuple[Any, ...]]) -> Dispute:
    return Dispute(
        id=row.conflict_id,
        stored=rows.listed(row),
        stored_answers=orjson.loads(row.stored_answers),
        received_at=row.second_at,
        sent_by=row.sent_by,
        channel=row.second_channel,
        answers=orjson.loads(row.second_answers),
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        reason=row.reason,
        became=row.became,
    )


def files(session: Session, conflict_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """(id, filename, media_type) of the files that came with a second text."""
    asked = select(_FILES.c.id, _FILES.c.filename, _FILES.c.media_type)
    return session.execute(
        asked.where(_FILES.c.conflict_id == conflict_id).order_by(_FILES.c.filename)
    ).all()


def file(session: Session, conflict_id: int, file_id: int) -> Row[*tuple[Any, ...]]:
    """(filename, content) of one of them; raises Problem NOT_FOUND."""
    asked = select(_FILES.c.filename, _FILES.c.content)
    found = session.execute(
        asked.where(_FILES.c.id == file_id, _FILES.c.conflict_id == conflict_id)
    ).one_or_none()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def put_aside(
    session: Session, conflict_id: int, *, account_id: int, reason: str, now: datetime
) -> None:
    """Note that an officer has looked at a second text; the first stays the one that counts.

    Raises Problem REASON_NEEDED, NOT_FOUND, or CHANGED_MEANWHILE if somebody did so before.
    """
    _resolve(session, conflict_id, account_id, written(reason), now)


def choose(
    session: Session,
    desk: Desk,
    conflict_id: int,
    *,
    revision: int,
    account_id: int,
    reason: str,
    now: datetime,
) -> int:
    """Store the second text as a new version in place of the first, as that was at `revision`;
    answers its row.

    It is checked as when it came and stands where that check puts it (checked, or waiting for
    review), under an id of its own; the files that came with it go along, and those of the first
    that it still names. Raises Problem as `put_aside`, and CHANGED_MEANWHILE too if the first was
    decided on or corrected since.
    """
    chosen = _resolve(session, conflict_id, account_id, written(reason), now)
    new_id = f"uuid:{uuid4()}"
    first = _replace_first(session, chosen.submission_id, revision, new_id)
    arrival = Arrival(Channel(chosen.channel), submissions.unpack(chosen.xml), chosen.received_at)
    sender = accounts.anybody(session, chosen.account_id)
    new = ingest.described_again(session, desk, sender, arrival)
    new = replace(new, instance_id=new_id, deprecated_id=first.instance_id)
    if first.state in DECIDED:
        new = new.flagged("edit_after_decision", other=first.instance_id)
    made = submissions.insert_new(session, new)
    assert made is not None, "the id is new"
    own = _carry_files(session, conflict_id, made[0])
    named = [name for name in new.files if name not in own]
    submissions.carry_forward(session, chosen.submission_id, made[0], named)
    lacking.settle(session, made[0], new.files)
    session.execute(update(Conflict).where(Conflict.id == conflict_id).values(became=new_id))
    return made[0]


def _resolve(
    session: Session, conflict_id: int, account_id: int, reason: str, now: datetime
) -> Row[*tuple[Any, ...]]:
    """Mark a second text as looked at, once."""
    kept = (Conflict.submission_id, Conflict.xml, Conflict.channel, Conflict.received_at)
    done = session.execute(
        update(Conflict)
        .where(Conflict.id == conflict_id, Conflict.resolved_at.is_(None))
        .values(resolved_at=now, resolved_by=account_id, reason=reason)
        .returning(*kept, Conflict.account_id)
    ).one_or_none()
    if done is None:
        dispute(session, conflict_id)  # raises where it never was
        raise Problem(problems.CHANGED_MEANWHILE)
    return done


def _replace_first(
    session: Session, submission_id: int, revision: int, by: str
) -> Row[*tuple[Any, ...]]:
    """(instance_id, state) of the first text, which counts no longer."""
    new = {"superseded": True, "claim": None, "replaced_by": by, "revision": revision + 1}
    first = session.execute(
        update(TABLE)
        .where(
            TABLE.c.id == submission_id,
            TABLE.c.revision == revision,
            TABLE.c.superseded.is_(False),
        )
        .values(**new)
        .returning(TABLE.c.instance_id, TABLE.c.state)
    ).one_or_none()
    if first is None:
        raise Problem(problems.CHANGED_MEANWHILE)
    return first


def _carry_files(session: Session, conflict_id: int, submission_id: int) -> set[str]:
    """Copy the files of a second text to the version that it became; answers their names."""
    names = ["filename", "media_type", "digest", "content", "received_at"]
    source = select(literal(submission_id), *(_FILES.c[name] for name in names))
    session.execute(
        insert(_ATTACHMENTS).from_select(
            ["submission_id", *names], source.where(_FILES.c.conflict_id == conflict_id)
        )
    )
    return {row.filename for row in files(session, conflict_id)}
