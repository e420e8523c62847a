"""Uploaded workbooks that wait for a yes: kept from the preview to the decision, a day at most."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from collector import problems
from collector.models import PendingWorkbook
from collector.problems import Problem

KEPT = timedelta(days=1)
LONGEST_NAME = 128


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that waits; `filename` as the browser gave it, for the person's eyes only."""

    token: str
    unit: str
    form: str
    filename: str
    content: bytes
    received_at: datetime


def keep(
    session: Session, account_id: int, *, unit: str, form: str, filename: str, content: bytes,
    now: datetime,
) -> str:  # fmt: skip
    """Keep an upload; answers its token. Older files of the account for the form, and everybody's
    after a day, go."""
    mine = (PendingWorkbook.account_id == account_id, PendingWorkbook.form == form)
    session.execute(delete(PendingWorkbook).where(PendingWorkbook.received_at < now - KEPT))
    session.execute(delete(PendingWorkbook).where(*mine, PendingWorkbook.unit == unit))
    token = secrets.token_urlsafe(32)
    session.add(
        PendingWorkbook(
            token=token,
            account_id=account_id,
            unit=unit,
            form=form,
            filename="".join(c for c in filename if c.isprintable())[-LONGEST_NAME:],
            content=content,
            received_at=now,
        )
    )
    session.flush()
    return token


def pending(session: Session, token: str, account_id: int) -> Pending:
    """The account's waiting file. Raises Problem NOT_FOUND: also where it has been decided on."""
    row = session.scalar(
        select(PendingWorkbook).where(
            PendingWorkbook.token == token, PendingWorkbook.account_id == account_id
        )
    )
    if row is None:
        raise Problem(problems.NOT_FOUND)
    return Pending(row.token, row.unit, row.form, row.filename, row.content, row.received_at)


def drop(session: Session, token: str) -> bool:
    """Let a file go; False where another request had been faster."""
    gone = delete(PendingWorkbook).where(PendingWorkbook.token == token)
    return session.execute(gone.returning(PendingWorkbook.token)).one_or_none() is not None
