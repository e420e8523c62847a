"""Reports as they were issued: the files of a year, frozen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime


class IssuedReport(Base):
    """One issue of a plan's report of a year; never changed, never deleted.

    A correction is the next revision beside it, with its reason; the index lets one of two
    officers who issue at the same moment win. `checksum`: of the data behind it (SHA-256, hex).
    """

    __tablename__ = "issued_report"
    __table_args__ = (UniqueConstraint("plan", "period", "revision"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan: Mapped[str] = mapped_column(String(64))
    period: Mapped[int]
    revision: Mapped[int]
    reason: Mapped[str] = mapped_column(String(1000))
    checksum: Mapped[str] = mapped_column(String(64))
    code_version: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IssuedFile(Base):
    """One file of an issued report, byte for byte. `digest`: SHA-256 (hex) of the content."""

    __tablename__ = "issued_file"
    __table_args__ = (UniqueConstraint("report_id", "format", "language"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("issued_report.id"))
    format: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
