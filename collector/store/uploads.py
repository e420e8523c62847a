"""Files that come in parts: begun, gone on with from where they stand, taken by a submission.

A part is taken only at the place that the file has reached, so a part that comes twice, or from two
windows at once, is there once. The whole is believed only if its SHA-256 is the announced one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Attachment, PartialUpload, Submission, UploadPart
from collector.models.upload import TYPES
from collector.problems import Problem
from collector.store.submissions import Upload

PART = 256 * 1024  # bytes of a part at most
MOST_KEPT = 64 * 1024 * 1024  # announced by one account and not yet taken by a submission
STALE = timedelta(days=7)  # untouched: nobody will go on with it


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that a submission says it has."""

    filename: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that a phone is about to send."""

    digest: bytes
    size: int
    media_type: str


def begin(session: Session, account_id: int, file: Announced, now: datetime) -> int:
    """How many bytes of the file are here; from there the phone goes on. Raises Problem where the
    account has too much on its way."""
    session.execute(delete(PartialUpload).where(PartialUpload.touched_at < now - STALE))
    found = _find(session, account_id, file.digest)
    if found is not None:
        return found.received
    kept = select(func.coalesce(func.sum(PartialUpload.size), 0)).where(
        PartialUpload.account_id == account_id
    )
    if (session.scalar(kept) or 0) + file.size > MOST_KEPT:
        raise Problem(problems.UPLOADS_FULL, megabytes=MOST_KEPT // 2**20)
    session.add(
        PartialUpload(
            account_id=account_id, digest=file.digest, size=file.size,
            media_type=file.media_type, received=0, touched_at=now,
        )
    )  # fmt: skip
    session.flush()
    return 0


def standing(session: Session, account_id: int, digest: bytes) -> tuple[int, int]:
    """(bytes that are here, bytes of the whole). Raises Problem where nothing was begun."""
    found = _find(session, account_id, digest)
    if found is None:
        raise Problem(problems.NO_UPLOAD)
    return found.received, found.size


def append(
    session: Session, account_id: int, digest: bytes, start: int, content: bytes, now: datetime
) -> int:
    """Keep a part; the new number of bytes. Raises Problem: not begun, at another place (its
    header Upload-Offset says which), too long, or, at the end, not what was announced: then the
    file is forgotten, and the caller commits all the same."""
    found = _find(session, account_id, digest)
    if found is None:
        raise Problem(problems.NO_UPLOAD)
    end = start + len(content)
    if not content or end > found.size:
        raise Problem(problems.PART_TOO_LONG, most=PART)
    moved = session.execute(
        update(PartialUpload)
        .where(PartialUpload.id == found.id, PartialUpload.received == start)
        .values(received=end, touched_at=now)
        .returning(PartialUpload.id)
    ).scalar_one_or_none()
    if moved is None:
        here = {"Upload-Offset": str(found.received)}
        raise Problem(problems.OTHER_OFFSET, headers=here, offset=found.received)
    session.execute(insert(UploadPart), {"upload_id": found.id, "start": start, "content": content})
    if end == found.size and not _is_whole(session, found):
        session.execute(delete(PartialUpload).where(PartialUpload.id == found.id))
        raise Problem(problems.UPLOAD_DAMAGED)
    return end


def take(
    session: Session, account_id: int, instance_id: str, wanted: Sequence[Wanted]
) -> list[Upload]:
    """The files of a submission, whole; those that it brought before need not come again.

    Raises Problem INCOMPLETE_FILES where one is not here yet: the phone sends it, and then the
    submission again.
    """
    brought = _brought(session, account_id, instance_id) if wanted else {}
    found, missing = [], []
    for file in wanted:
        upload = _find(session, account_id, file.digest)
        if brought.get(file.filename) == file.digest:
            continue
        if upload is None or upload.received < upload.size:
            missing.append(file.filename)
        else:
            found.append(
                Upload(file.filename, upload.media_type, file.digest, _content(session, upload))
            )
    if missing:
        raise Problem(problems.INCOMPLETE_FILES, files=", ".join(missing))
    return found


def taken(session: Session, account_id: int, wanted: Sequence[Wanted]) -> None:
    """Forget files that are a submission's attachments now."""
    if wanted:
        session.execute(
            delete(PartialUpload).where(
                PartialUpload.account_id == account_id,
                PartialUpload.digest.in_([file.digest for file in wanted]),
            )
        )


def _find(session: Session, account_id: int, digest: bytes) -> PartialUpload | None:
    return session.scalar(
        select(PartialUpload).where(
            PartialUpload.account_id == account_id, PartialUpload.digest == digest
        )
    )


def _content(session: Session, upload: PartialUpload) -> bytes:
    parts = select(UploadPart.content).where(UploadPart.upload_id == upload.id)
    return b"".join(session.scalars(parts.order_by(UploadPart.start)))


def _is_whole(session: Session, upload: PartialUpload) -> bool:
    """Whether the bytes are those that were announced, and begin as their type does."""
    content = _content(session, upload)
    starts = TYPES[upload.media_type]
    return hashlib.sha256(content).digest() == upload.digest and (
        not starts or content.startswith(starts)
    )


def _brought(session: Session, account_id: int, instance_id: str) -> dict[str, bytes]:
    """File name -> digest of what the account's submission of that id has already."""
    rows = session.execute(
        select(Attachment.filename, Attachment.digest)
        .join(Submission, Submission.id == Attachment.submission_id)
        .where(Submission.instance_id == instance_id, Submission.account_id == account_id)
    )
    return {row.filename: row.digest for row in rows}
