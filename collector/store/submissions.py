"""Submissions as rows: inserted once, whatever comes at the same moment.

`insert` never asks first whether a row is there: two posts at once would both be told no. The
unique index decides, inside the statement (ON CONFLICT DO NOTHING waits for the other writer and
takes one round trip, where a savepoint and a caught IntegrityError take three), and what is there
is read afterwards.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Engine, Table, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from collector.models import Attachment, Channel, Conflict, State, Submission
from collector.models.submission import DECIDED, ConflictFile
from collector.store.alone import ConnectionGone, insert_alone

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
_CONFLICT: Table = Conflict.__table__  # type: ignore[assignment]
_ATTACHMENT: Table = Attachment.__table__  # type: ignore[assignment]
_CONFLICT_FILE: Table = ConflictFile.__table__  # type: ignore[assignment]
_Insert = postgresql.Insert | sqlite.Insert
_INSERTS: dict[str, Callable[[Table], _Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}
_NEW = {
    name: make(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.id)
    for name, make in _INSERTS.items()
}


COMPLETE = "1"  # the result "complete" of an interview
LONGEST_OCCASION = 255


def occasion_of(form: str, *parts: str | int | None) -> str | None:
    """What can be counted once only: a form with a household and a year, or with the values of
    its unique fields. None where a part is missing (or too long to be a code)."""
    if not parts or None in parts or "" in parts:
        return None
    found = "|".join((form, *map(str, parts)))
    return found if len(found) <= LONGEST_OCCASION else None


@dataclass(frozen=True, slots=True)
class New:
    """A submission on its way in; `faults`, `flags` and `answers` are JSON-able."""

    form: str
    version: str
    instance_id: str
    deprecated_id: str | None
    digest: bytes
    xml: bytes
    answers: Mapping[str, Any]
    faults: Sequence[Mapping[str, Any]]
    flags: tuple[Mapping[str, Any], ...]
    channel: Channel
    account_id: int
    village: str | None
    year: int | None
    household: str | None
    result: str | None
    unit: str | None
    period: str | None
    occasion: str | None
    claim: str | None
    received_at: datetime
    demonstration: bool
    files: tuple[str, ...] = ()  # that its answers name

    @property
    def state(self) -> State:
        """Flagged as soon as anything speaks against it."""
        return State.FLAGGED if self.faults or self.flags else State.STORED

    def flagged(self, code: str, **details: Any) -> New:
        """The same with one more flag."""
        return replace(self, flags=(*self.flags, {"code": code, **details}))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a submission."""

    filename: str
    media_type: str
    digest: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """What is there under an instance id."""

    id: int
    digest: bytes
    state: State
    received_at: datetime


def existing(session: Session, instance_id: str) -> Stored | None:
    """The submission with this instance id."""
    row = session.execute(
        select(_TABLE.c.id, _TABLE.c.digest, _TABLE.c.state, _TABLE.c.received_at).where(
            _TABLE.c.instance_id == instance_id
        )
    ).one_or_none()
    return Stored(row.id, row.digest, State(row.state), row.received_at) if row else None


def any_invented(session: Session) -> bool:
    """True where some of it came while the service ran as a demonstration."""
    return session.scalar(select(_TABLE.c.id).where(_TABLE.c.demonstration).limit(1)) is not None


def insert_new(session: Session, new: New, *, alone: bool = False) -> tuple[int, New] | None:
    """Insert; the new row's id and what was stored, or None when its instance id is taken already.

    A household's second complete interview in a year, or a unit's second return of a period,
    runs into the unique `claim`: it is stored without one, and flagged. `alone`: the insert is all
    that the request writes.
    """
    made = _try(session, new, alone)
    if made is None and new.claim is not None and existing(session, new.instance_id) is None:
        first = session.scalar(select(_TABLE.c.instance_id).where(_TABLE.c.claim == new.claim))
        code = "second_interview" if new.household is not None else "second_return"
        new = replace(new, claim=None).flagged(code, other=first)
        made = _try(session, new, False)
    return (made, new) if made is not None else None


def _try(session: Session, new: New, alone: bool) -> int | None:
    """One insert. Where it is alone PostgreSQL makes it durable by itself: without BEGIN and
    COMMIT it takes one round trip and not three. (SQLite has no round trips to save.)"""
    engine, row = session.get_bind(), _row(new)
    statement = _NEW[engine.dialect.name]
    single = alone and not session.in_transaction()  # a second connection might not be had
    if single and isinstance(engine, Engine) and engine.dialect.name == "postgresql":
        with suppress(ConnectionGone):
            return insert_alone(engine, statement, row)
    found: int | None = session.connection().execute(statement, row).scalar_one_or_none()
    return found


def _row(new: New) -> dict[str, Any]:
    return {
        "form": new.form,
        "version": new.version,
        "instance_id": new.instance_id,
        "deprecated_id": new.deprecated_id,
        "superseded": False,
        "digest": new.digest,
        "xml": pack(new.xml),
        "answers": _json(new.answers),
        "faults": _json(new.faults),
        "flags": _json(new.flags),
        "state": new.state.value,
        "revision": 0,
        "channel": new.channel.value,
        "account_id": new.account_id,
        "village": new.village,
        "year": new.year,
        "household": new.household,
        "result": new.result,
        "unit": new.unit,
        "period": new.period,
        "occasion": new.occasion,
        "claim": new.claim,
        "received_at": new.received_at,
        "demonstration": new.demonstration,
    }


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def pack(xml: bytes) -> bytes:
    """The text as it is kept: zlib, fast level (a household of five shrinks to a sixth)."""
    return zlib.compress(xml, 1)


def unpack(kept: bytes) -> bytes:
    """The text as it came."""
    return zlib.decompress(kept)


def supersede(
    session: Session, new: New, village: str | None, unit: str | None
) -> tuple[New, int | None]:
    """Let `new` take the place of the instance that it names as deprecated.

    The old row keeps its answers and its state, gives up its claim and counts no longer. Answers
    the new one, flagged where the old one could not be replaced (unknown, already replaced, of
    another form, or outside `village` or `unit`) or had been decided on; and the old row's id.
    """
    same = (_TABLE.c.instance_id == new.deprecated_id, _TABLE.c.form == new.form)
    confined = ((_TABLE.c.village, village), (_TABLE.c.unit, unit))
    inside = [column == own for column, own in confined if own is not None]
    row = session.execute(
        update(_TABLE)
        .where(*same, *inside, _TABLE.c.superseded.is_(False))
        .values(
            superseded=True,
            claim=None,
            replaced_by=new.instance_id,
            revision=_TABLE.c.revision + 1,
        )
        .returning(_TABLE.c.id, _TABLE.c.state)
    ).one_or_none()
    if row is None:
        known = session.scalar(select(_TABLE.c.id).where(*same, *inside)) is not None
        code = "edit_of_superseded" if known else "edit_of_unknown"
        return new.flagged(code, other=new.deprecated_id), None
    if row.state in DECIDED:
        new = new.flagged("edit_after_decision", other=new.deprecated_id)
    return new, row.id


def keep_conflict(
    session: Session, stored: Stored, new: New, uploads: Sequence[Upload] = ()
) -> None:
    """Keep another text of a stored id, once however often it is sent, and the files beside it."""
    statement = _INSERTS[session.get_bind().dialect.name](_CONFLICT).on_conflict_do_nothing()
    session.execute(
        statement,
        {
            "submission_id": stored.id,
            "digest": new.digest,
            "xml": pack(new.xml),
            "answers": _json(new.answers),
            "channel": new.channel.value,
            "account_id": new.account_id,
            "received_at": new.received_at,
        },
    )
    if uploads:
        same = (_CONFLICT.c.submission_id == stored.id, _CONFLICT.c.digest == new.digest)
        conflict_id = session.scalars(select(_CONFLICT.c.id).where(*same)).one()
        owner = {"conflict_id": conflict_id}
        _keep_files(session, _CONFLICT_FILE, owner, uploads, new.received_at)


def keep_uploads(
    session: Session, submission_id: int, uploads: Sequence[Upload], received_at: datetime
) -> None:
    """Insert the files, or replace those of the same name."""
    if uploads:
        owner = {"submission_id": submission_id}
        _keep_files(session, _ATTACHMENT, owner, uploads, received_at)


def _keep_files(
    session: Session,
    table: Table,
    owner: Mapping[str, int],
    uploads: Sequence[Upload],
    received_at: datetime,
) -> None:
    """`owner`: the column of the table that says whose files they are, and its value."""
    statement = _INSERTS[session.get_bind().dialect.name](table)
    newer = {name: statement.excluded[name] for name in ("media_type", "digest", "content")}
    upsert = statement.on_conflict_do_update(index_elements=[*owner, "filename"], set_=newer)
    rows = [
        {
            **owner,
            "filename": upload.filename,
            "media_type": upload.media_type,
            "digest": upload.digest,
            "content": upload.content,
            "received_at": received_at,
        }
        for upload in uploads
    ]
    session.execute(upsert, rows)


def carry_forward(session: Session, old_id: int, new_id: int, filenames: Sequence[str]) -> None:
    """Copy to an edit the files that it still names and that did not come again."""
    kept = [column for column in _ATTACHMENT.c if column.name not in ("id", "submission_id")]
    source = select(literal(new_id), *kept).where(
        _ATTACHMENT.c.submission_id == old_id, _ATTACHMENT.c.filename.in_(filenames)
    )
    names = ["submission_id", *(column.name for column in kept)]
    session.execute(insert(_ATTACHMENT).from_select(names, source))
