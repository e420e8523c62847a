"""The household register by version, the draws from it, what was done with a drawn household, and
the weightings. Codes and numbers only; no name of a person."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class RegisterVersion(Base):
    """One uploaded household list. `checksum` is `analysis.sampling.Register.checksum` (SHA-256,
    hex); `content` is CSV with the columns village, code. Never changed, never deleted: draws name
    the version that they were made from."""

    __tablename__ = "register_version"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    checksum: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(128))
    villages: Mapped[int]
    households: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Draw(Base):
    """A seeded draw for a year. `rule` is JSON of `collector.draws.Rule`: with the register and the
    seed it gives the same list again. Of several draws of a year the newest that was not withdrawn
    is in force."""

    __tablename__ = "draw"
    __table_args__ = (Index("ix_draw_year", "year"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    title: Mapped[str] = mapped_column(String(128))
    year: Mapped[int]
    census: Mapped[bool]
    seed: Mapped[str] = mapped_column(String(64))
    rule: Mapped[str] = mapped_column(Text)
    register_id: Mapped[int] = mapped_column(ForeignKey("register_version.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_why: Mapped[str] = mapped_column(String(1000), default="")


class DrawnHousehold(Base):
    """A row of a draw's list. `position`: 1 … n the sample, behind it the replacements, in their
    fixed order. `issued`: it is to be visited; a replacement only once an officer used it.
    `village_chance` and `probability` are fractions such as "3/7"; `population` is the number of
    sampling units in the stratum, None where villages were drawn by size. `account_id`: the
    collaborator; None where nobody has it."""

    __tablename__ = "drawn_household"
    __table_args__ = (
        Index("uq_drawn_household_code", "draw_id", "village", "code", unique=True),
        Index("uq_drawn_household_position", "draw_id", "village", "position", unique=True),
        Index("ix_drawn_household_account", "account_id", "draw_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"))
    village: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    replacement: Mapped[bool]
    issued: Mapped[bool]
    stratum: Mapped[str] = mapped_column(String(16))
    psu: Mapped[str] = mapped_column(String(64))
    population: Mapped[int | None]
    households: Mapped[int]
    village_chance: Mapped[str] = mapped_column(String(64))
    probability: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class DrawAct(StrEnum):
    """What an officer did with a household of a draw."""

    ISSUE = "issue"  # the next replacement of a village was used
    ASSIGN = "assign"  # another collaborator got it


class DrawEvent(Base):
    """What was done with a drawn household, by whom, why; never changed. `collaborator`: the
    account that got it."""

    __tablename__ = "draw_event"
    __table_args__ = (CheckConstraint("act IN ('issue', 'assign')", "known_act"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    drawn_id: Mapped[int] = mapped_column(ForeignKey("drawn_household.id"), index=True)
    act: Mapped[str] = mapped_column(String(16))
    collaborator: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(1000))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Weighting(Base):
    """The weights of a draw as they were made: `settings` (classes, population counts, cap),
    `steps` (rows, total, range, effective sample of each) and `weights` (village, code, weight of
    each complete household) as JSON. `households`: of each issued household the weight after every
    step and, where it was calibrated, its persons in each class of the population
    (`store.weightings.Households` as JSON); empty for runs that did not keep them. The newest one
    of a draw holds."""

    __tablename__ = "weighting"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draw.id"), index=True)
    settings: Mapped[str] = mapped_column(Text)
    steps: Mapped[str] = mapped_column(Text)
    weights: Mapped[str] = mapped_column(Text)
    households: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
