"""Phones taken into use by a code from an officer, and the key that an account's phones share.

docs/decisions/0025-pin-and-encryption.md says what the key protects against, and what it does not.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class EnrolmentCode(Base):
    """The code of an account that waits to be used, or was used less than a day ago.

    `digest` is an HMAC of the code under the service's secret: a code that is short enough to type
    could be found from a plain hash. `used_by` is the SHA-256 of the name of the phone that used
    it: that phone alone may ask again, for the reply that the network lost.
    """

    __tablename__ = "enrolment_code"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    label: Mapped[str] = mapped_column(String(128))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_by: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    token_id: Mapped[int | None] = mapped_column(Key)


class AccountKey(Base):
    """32 random bytes of an account. `name` is made of them and says nothing about anybody: a
    rescue file calls the account by it."""

    __tablename__ = "account_key"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[bytes] = mapped_column(LargeBinary(32))
    name: Mapped[str] = mapped_column(String(32), unique=True)
