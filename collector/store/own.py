"""What an account sent itself, and what became of it. Nobody reads another account's here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from collector.models import State
from collector.store import rows
from collector.store.rows import TABLE, Listed

FOR_PHONE = 200
FOR_PAGE = 50
_RETURNED = (TABLE.c.state == State.RETURNED.value, TABLE.c.superseded.is_(False))


@dataclass(frozen=True, slots=True)
class Sent:
    """One of the account's submissions. `reason` and `questions` (paths) are those of the newest
    decision: None and () where nobody decided."""

    row: Listed
    reason: str | None
    questions: tuple[str, ...]

    @property
    def returned(self) -> bool:
        """Whether it waits for a correction by the sender."""
        return self.row.state is State.RETURNED and not self.row.superseded


def recently(session: Session, account_id: int) -> list[Sent]:
    """What waits for a correction, however old, and the newest 50; newest first."""
    asked = _own(account_id, FOR_PAGE, *rows.COLUMNS, rows.REASON, rows.QUESTIONS)
    return [
        Sent(rows.listed(row), row.reason, paths_of(row.questions))
        for row in session.execute(asked)
    ]


def for_phone(session: Session, account_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """(instance_id, form, version, received_at, state, superseded, faults, flags, xml, reason,
    questions) of what waits for a correction, however old, and of the newest 200; newest first."""
    names = ("instance_id", "form", "version", "received_at", "state", "superseded", "faults")
    columns = (*(TABLE.c[name] for name in names), TABLE.c.flags, TABLE.c.xml)
    return session.execute(_own(account_id, FOR_PHONE, *columns, rows.REASON, rows.QUESTIONS)).all()


def paths_of(kept: str | None) -> tuple[str, ...]:
    """The questions of a decision, as they are kept."""
    return tuple(orjson.loads(kept)) if kept else ()


def returned(session: Session, account_id: int) -> int:
    """How many of the account's submissions wait for a correction."""
    asked = select(func.count()).select_from(TABLE)
    return session.scalar(asked.where(TABLE.c.account_id == account_id, *_RETURNED)) or 0


def _own(account_id: int, newest: int, *columns: Any) -> Select[Any]:
    mine = TABLE.c.account_id == account_id
    ids = select(TABLE.c.id).where(mine).order_by(TABLE.c.id.desc())
    oldest = ids.offset(newest - 1).limit(1).scalar_subquery()
    recent = or_(oldest.is_(None), TABLE.c.id >= oldest)
    kept = or_(recent, (_RETURNED[0]) & (_RETURNED[1]))
    return select(*columns).where(mine, kept).order_by(TABLE.c.id.desc())
