"""What came in: submissions, second texts of a same id, attachments, decisions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime

LONGEST_ID = 249  # characters of an instance id, as ODK Central


class State(StrEnum):
    """Where a submission stands. In indicators: COUNTED, where nothing has superseded it.

    To people FLAGGED is "received" (something speaks against it, an officer is to look), STORED
    "checked" (no fault, no flag), ACCEPTED "approved" (decisions/0019).
    """

    STORED = "stored"
    FLAGGED = "flagged"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    EXCLUDED = "excluded"


COUNTED = (State.STORED, State.ACCEPTED)
DECIDED = (State.ACCEPTED, State.EXCLUDED)


class Submission(Base):
    """One filled form. It is never deleted, and its answers are never changed.

    `xml` is the text as it came (zlib), `digest` the SHA-256 of its canonical form, `answers` the
    typed answers (JSON by table), `faults` what the check found, `flags` what only the whole
    collection can show. `occasion` names what can be counted once only: the complete interview of
    a household in a year, a unit's return of a period. `claim` is the same text where the
    submission is the one: unique, so that a second one is seen by the index and not by a search.
    `revision` counts decisions: whoever decides says which one was seen. JSON is kept as text on
    PostgreSQL too: nothing is asked of the database inside it, and jsonb takes 40 % more room and
    longer to write.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint(
            "state IN ('stored', 'flagged', 'accepted', 'returned', 'excluded')", "known_state"
        ),
        Index("ix_submission_frames", "form", "year", "state", "superseded"),
        Index("ix_submission_mine", "account_id", "id"),
        Index("ix_submission_review", "state", "superseded", "id"),
        Index("ix_submission_owed", "unit", "form", "period"),
        Index(
            "ix_submission_edits",
            "deprecated_id",
            postgresql_where=text("deprecated_id IS NOT NULL"),
            sqlite_where=text("deprecated_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    form: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(64))
    instance_id: Mapped[str] = mapped_column(String(LONGEST_ID), unique=True)
    deprecated_id: Mapped[str | None] = mapped_column(String(LONGEST_ID))
    replaced_by: Mapped[str | None] = mapped_column(String(LONGEST_ID))
    superseded: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    xml: Mapped[bytes]
    answers: Mapped[str] = mapped_column(Text)
    faults: Mapped[str] = mapped_column(Text)
    flags: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int] = mapped_column(default=0)
    channel: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    village: Mapped[str | None] = mapped_column(String(64))
    year: Mapped[int | None]
    household: Mapped[str | None] = mapped_column(String(64))
    result: Mapped[str | None] = mapped_column(String(16))
    unit: Mapped[str | None] = mapped_column(String(32))
    period: Mapped[str | None] = mapped_column(String(16))
    occasion: Mapped[str | None] = mapped_column(String(255))
    claim: Mapped[str | None] = mapped_column(String(255), unique=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    demonstration: Mapped[bool] = mapped_column(default=False)


class Conflict(Base):
    """Another text that came under the id of a stored submission: kept for a person to look at.

    `became` is the instance id under which the text was stored where an officer chose it.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        Index("uq_conflict_text", "submission_id", "digest", unique=True),
        Index(
            "ix_conflict_open",
            "id",
            postgresql_where=text("resolved_at IS NULL"),
            sqlite_where=text("resolved_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    xml: Mapped[bytes]
    answers: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(String(1000))
    became: Mapped[str | None] = mapped_column(String(LONGEST_ID))


class ConflictFile(Base):
    """A file that came with a second text; the newest of a name counts."""

    __tablename__ = "conflict_file"
    __table_args__ = (Index("uq_conflict_file_name", "conflict_id", "filename", unique=True),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    conflict_id: Mapped[int] = mapped_column(ForeignKey("conflict.id"))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(128))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    content: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attachment(Base):
    """A file that came with a submission; the newest of a name counts."""

    __tablename__ = "attachment"
    __table_args__ = (Index("uq_attachment_name", "submission_id", "filename", unique=True),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(128))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    content: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Action(StrEnum):
    """What an officer may decide on a submission."""

    ACCEPT = "accept"
    RETURN = "return"
    EXCLUDE = "exclude"


class Decision(Base):
    """Who decided what on a submission, when and why; `revision` is the one that it made.

    `questions` are the paths (JSON) of the questions that a return is about. The reason is "" only
    where checked submissions were approved together.
    """

    __tablename__ = "decision"
    __table_args__ = (Index("uq_decision_revision", "submission_id", "revision", unique=True),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    action: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(1000))
    questions: Mapped[str] = mapped_column(Text, server_default="[]")
    revision: Mapped[int]
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
