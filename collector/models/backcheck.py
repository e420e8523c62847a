"""Which finished interviews are asked again by somebody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class BackcheckDraw(Base):
    """A seeded draw among the finished interviews of a year: `number` of each collector. With the
    seed and the interviews that were finished by `drawn_at` it gives the same list again."""

    __tablename__ = "backcheck_draw"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    year: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Backcheck(Base):
    """An interview that was drawn. What came of it is read from the submissions of the form
    `backcheck` about the same household: nothing is kept twice."""

    __tablename__ = "backcheck"
    __table_args__ = (Index("uq_backcheck_submission_id", "submission_id", unique=True),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("backcheck_draw.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
