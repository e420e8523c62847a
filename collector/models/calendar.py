"""Who answers for a target, what was done of a plan, and which reminders went out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime

_NOW = text("ended_at IS NULL")


class Assignment(Base):
    """A target given to a unit by the commune itself, with the number of the document that says
    so. While a target has one, it stands in place of what the plan says. Many units may have a
    target, and a unit many targets. An ended row is history."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_now",
            *("plan", "target", "unit"),
            unique=True,
            postgresql_where=_NOW,
            sqlite_where=_NOW,
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan: Mapped[str] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(32), ForeignKey("unit.code"), index=True)
    document: Mapped[str] = mapped_column(String(128))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class PlanMark(Base):
    """A report or activity of a plan that an officer noted as done: `item` is its id in the plan,
    `unit` "" where the office itself owes it, `document` the number of the paper that shows it."""

    __tablename__ = "plan_mark"
    __table_args__ = (Index("uq_plan_mark_item", "plan", "item", "unit", "period", unique=True),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan: Mapped[str] = mapped_column(String(64))
    item: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(32))
    period: Mapped[str] = mapped_column(String(16))
    done_on: Mapped[date]
    document: Mapped[str] = mapped_column(String(128))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reminder(Base):
    """A reminder that went out: once for what is owed, its due day and its recipient, of whom only
    the SHA-256 of the address is kept."""

    __tablename__ = "reminder"
    __table_args__ = (Index("uq_reminder_once", "duty", "due", "recipient", unique=True),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    duty: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    recipient: Mapped[bytes] = mapped_column(LargeBinary(32))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
