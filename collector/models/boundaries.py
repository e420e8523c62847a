"""The village boundaries that the commune uploaded: every upload is kept, the newest one holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class VillageBoundaries(Base):
    """One upload, checked: `shapes` is JSON of `analysis.places.boundaries.to_json`."""

    __tablename__ = "village_boundaries"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    filename: Mapped[str] = mapped_column(String(128))
    shapes: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
