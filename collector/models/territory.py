"""The register: villages and their households, by code; no name of a person."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base

SEEDS = 720720  # divides evenly by 1..16: seed mod n is then exactly uniform


class Village(Base):
    """A thôn, bản or tổ dân phố. Units below the commune have no national code: it is local."""

    __tablename__ = "village"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(128))


class Household(Base):
    """A household on the list. The seeds decide which woman and which man is asked."""

    __tablename__ = "household"
    __table_args__ = (
        CheckConstraint(f"seed_f >= 0 AND seed_f < {SEEDS}", "seed_f_range"),
        CheckConstraint(f"seed_m >= 0 AND seed_m < {SEEDS}", "seed_m_range"),
        Index(None, "village", "active"),
    )

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    village: Mapped[str] = mapped_column(String(16), ForeignKey("village.code"))
    seed_f: Mapped[int]
    seed_m: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class TerritoryRevision(Base):
    """One row that counts changes of the register, so that what was made from it can be kept."""

    __tablename__ = "territory_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
