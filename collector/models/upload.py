"""Files on their way from a phone: kept in the parts in which they come, until a submission names
them (then they are its attachments) or nobody has touched them for a week."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from collector.models.base import Base, Key, UtcDateTime

MOST_BYTES = 8 * 1024 * 1024  # of one file
TYPES = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
    "audio/mpeg": (b"ID3", b"\xff"),
    "audio/mp4": (),
    "audio/aac": (),
    "audio/ogg": (b"OggS",),
    "audio/webm": (b"\x1aE\xdf\xa3",),
    "audio/wav": (b"RIFF",),
    "audio/3gpp": (),
    "audio/amr": (b"#!AMR",),
    "text/csv": (b"event,",),
}
"""What may come: media type -> how its files begin (any way, where nothing stands)."""


class PartialUpload(Base):
    """A file of which `received` of `size` bytes are here; `digest` is the SHA-256 of the whole."""

    __tablename__ = "partial_upload"
    __table_args__ = (
        Index("uq_partial_upload_file", "account_id", "digest", unique=True),
        Index("ix_partial_upload_touched", "touched_at"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(128))
    received: Mapped[int]
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UploadPart(Base):
    """The bytes of a file from the place `start` on."""

    __tablename__ = "upload_part"

    upload_id: Mapped[int] = mapped_column(
        ForeignKey("partial_upload.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes]
