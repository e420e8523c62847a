"""Plans that officers entered, and what officers decided about the odd words of any plan."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class StoredPlan(Base):
    """One version of a plan that an officer entered; never changed, never deleted.

    `content`: the entries of a plan file as JSON, without faults when it was kept. `in_use`: it is
    listed with the plans that come with the service. A version says which one it follows by its
    number: the second of two officers who change the same version is refused by the index.
    """

    __tablename__ = "stored_plan"
    __table_args__ = (UniqueConstraint("plan", "revision"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    in_use: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PlanResolution(Base):
    """A decision on odd words of a plan: which reading, why, and the number of the document.

    `target` is "" where they concern the whole plan, `reading` "" where the question was opened
    again. The newest revision holds, the others are history; as above, the index lets one of two
    officers who decide at the same time win, and the other is told.
    """

    __tablename__ = "plan_resolution"
    __table_args__ = (UniqueConstraint("plan", "target", "oddity", "revision"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan: Mapped[str] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(String(32))
    oddity: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    reading: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(1000))
    document: Mapped[str] = mapped_column(String(128))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
