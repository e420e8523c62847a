"""Which reminders went out: what, for which day, to whom (a digest of the address)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import Table, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector.models import Reminder

_TABLE: Table = Reminder.__table__  # type: ignore[assignment]


def sent(session: Session, recipient: bytes) -> set[tuple[str, date]]:
    """(what, due day) of everything of which a recipient has been reminded."""
    asked = select(_TABLE.c.duty, _TABLE.c.due).where(_TABLE.c.recipient == recipient)
    return {(row.duty, row.due) for row in session.execute(asked)}


def note(session: Session, what: Iterable[tuple[str, date]], recipient: bytes) -> bool:
    """Note reminders; False, with nothing noted, where one of them is noted already."""
    now = datetime.now(UTC)
    rows = [{"duty": key, "due": due, "recipient": recipient, "sent_at": now} for key, due in what]
    try:
        with session.begin_nested():
            session.execute(insert(_TABLE), rows)
    except IntegrityError:
        return False
    return True
