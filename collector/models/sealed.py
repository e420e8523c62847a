"""The private form: codes that let one person answer once, and answers that nobody here can read.

Neither table knows the other, a person, a household, an account or an hour. What that protects and
what it does not: docs/decisions/0022-private-form.md.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base

_UNORDERED = {"sqlite_with_rowid": False}
"""SQLite numbers rows in the order in which they came, unless it is told not to."""


class PrivateLink(Base):
    """A code that was printed and not used yet. Only its SHA-256 is kept; using it deletes it."""

    __tablename__ = "private_link"
    __table_args__ = _UNORDERED

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    expires_on: Mapped[date]


class SealedAnswer(Base):
    """One box. Its key is the box's own SHA-256: random, because each box is sealed anew.

    `week` is the ISO week of arrival ("2026-W47"), `version` that of the form, `box` the sealed
    bytes, all of one length.
    """

    __tablename__ = "sealed_answer"
    __table_args__ = _UNORDERED

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    week: Mapped[str] = mapped_column(String(8))
    version: Mapped[str] = mapped_column(String(32))
    box: Mapped[bytes] = mapped_column(LargeBinary)
