"""The units that file returns: trạm y tế, công an, trường học, tổ, phòng, hội."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base


class Unit(Base):
    """A unit of the commune; its code is local. `kind` is a word of `forms.settings.UNIT_KINDS`:
    the forms that name it in `filled_by` are the unit's to fill."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(128))
    active: Mapped[bool] = mapped_column(default=True)
