"""Who may use the service: accounts and the tokens of their phones."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class Role(StrEnum):
    """What an account is for; `collector.access` says what each may do."""

    COLLECTOR = "collector"  # cộng tác viên thôn: one village
    UNIT = "unit"  # trạm y tế, công an, trường học …: its own forms, the whole commune
    OFFICER = "officer"  # cán bộ xã: everything that was collected
    ADMINISTRATOR = "administrator"  # accounts and the machine, no answers


class Channel(StrEnum):
    """By which way something came, and what a token is good for."""

    PHONE = "phone"
    OPENROSA = "openrosa"
    FEED = "feed"  # a calendar program reads what is due; nothing is sent this way
    EXCEL = "excel"  # an uploaded workbook; never a token


class User(Base):
    """An account. `username` is kept in lower case; the hash is argon2id with its parameters."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role <> 'collector' OR village IS NOT NULL", "collector_has_village"),
        CheckConstraint("role <> 'unit' OR unit IS NOT NULL", "unit_account_has_unit"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(16))
    village: Mapped[str | None] = mapped_column(String(16), ForeignKey("village.code"), index=True)
    unit: Mapped[str | None] = mapped_column(String(32), ForeignKey("unit.code"), index=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    locale: Mapped[str] = mapped_column(String(8), default="vi")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Token(Base):
    """A phone's key. Only the SHA-256 of the token is kept: 256 random bits need no salt.

    `wipe_asked_at`: an officer gave the phone up for lost; `wiped_at`: it said that it is empty.
    """

    __tablename__ = "token"
    __table_args__ = (Index(None, "account_id", "channel"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    device: Mapped[str] = mapped_column(String(128))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used: Mapped[date | None]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wipe_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wiped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
