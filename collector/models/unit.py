"""The units that file returns: trạm y tế, công an, trường học, tổ, phòng, hội; and who speaks
for them: focal officers by job title, and the hand-overs of their work."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class Unit(Base):
    """A unit of the commune; its code is local. `kind` is a word of `forms.settings.UNIT_KINDS`:
    the forms that name it in `filled_by` are the unit's to fill. It owes the periods that end from
    `since` to `until` (both inclusive; None is open)."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("since <= until", "since_before_until"),)

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(128))
    active: Mapped[bool] = mapped_column(default=True)
    since: Mapped[date | None]
    until: Mapped[date | None]


_NOW = text("until IS NULL")


class Focal(Base):
    """Whom to call about a unit: a job title, and a number or address where the unit gave one. No
    name of a person. At most one row of a unit is current (`until` is None); the others are its
    history."""

    __tablename__ = "focal"
    __table_args__ = (
        Index("uq_focal_unit", "unit", unique=True, postgresql_where=_NOW, sqlite_where=_NOW),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit: Mapped[str] = mapped_column(String(32), ForeignKey("unit.code"), index=True)
    title: Mapped[str] = mapped_column(String(128))
    phone: Mapped[str] = mapped_column(String(32), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    since: Mapped[date]
    until: Mapped[date | None]


class HandOver(Base):
    """One account of a unit handed its work to another: when, why, who noted it. The old account
    was closed; what it sent stays its own."""

    __tablename__ = "hand_over"
    __table_args__ = (CheckConstraint("from_account <> to_account", "two_accounts"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit: Mapped[str] = mapped_column(String(32), ForeignKey("unit.code"), index=True)
    day: Mapped[date]
    from_account: Mapped[int] = mapped_column(ForeignKey("account.id"))
    to_account: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(1000))
    noted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
