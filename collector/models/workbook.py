"""Excel files of units: one that waits for a person's yes, and the lines that were stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime
from collector.models.submission import LONGEST_ID


class PendingWorkbook(Base):
    """An uploaded file between its preview and the yes to it; gone after either, or after a day.
    `token` stands in the page's address: random, and of use to the account that uploaded only."""

    __tablename__ = "pending_workbook"

    token: Mapped[str] = mapped_column(String(43), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    unit: Mapped[str] = mapped_column(String(32), ForeignKey("unit.code"))
    form: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(128))
    content: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class WorkbookLine(Base):
    """A line of a template that became a submission: which one it is now, and what it says.

    `template` is the id of the downloaded workbook, `number` the line's own ("" once the line has
    gone from the file), `content` the SHA-256 (hex) of its answers. An edit takes the place of
    the line that it edits.
    """

    __tablename__ = "workbook_line"
    __table_args__ = (
        Index(None, "template", "unit"),
        Index(None, "content", "unit"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    template: Mapped[str] = mapped_column(String(36))
    unit: Mapped[str] = mapped_column(String(32), ForeignKey("unit.code"))
    number: Mapped[str] = mapped_column(String(8))
    content: Mapped[str] = mapped_column(String(64))
    instance_id: Mapped[str] = mapped_column(String(LONGEST_ID), unique=True)
