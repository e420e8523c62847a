"""Indicators that officers declared: every version is kept, the newest one holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class OwnIndicator(Base):
    """One version of an officer's indicator; never changed, never deleted.

    `declaration`: JSON of `analysis.catalogue.own.Declared`. `withdrawn`: from this version on the
    indicator is no longer in the catalogue. A version says which one it replaces by its number:
    the second of two officers who change the same version is refused by the index.
    """

    __tablename__ = "own_indicator"
    __table_args__ = (UniqueConstraint("code", "revision"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(24))
    revision: Mapped[int]
    declaration: Mapped[str] = mapped_column(Text)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(1000))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
