"""What an export of the lake rests on: digests of the submissions that count."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from collector.models import COUNTED, Submission

_TABLE: Table = Submission.__table__  # type: ignore[assignment]


def sources(session: Session, form: str) -> dict[int, str]:
    """SHA-256 over the submissions of a form that count, by year.

    Answers are never changed once stored, so a submission's own digest with its place (village,
    unit, period) and its version stand for them; no answer is read.
    """
    columns = ("id", "digest", "version", "village", "unit", "period", "year")
    asked = (
        select(*(_TABLE.c[name] for name in columns))
        .where(
            _TABLE.c.form == form,
            _TABLE.c.state.in_([state.value for state in COUNTED]),
            _TABLE.c.superseded.is_(False),
            _TABLE.c.year.is_not(None),
        )
        .order_by(_TABLE.c.id)
        .execution_options(yield_per=2000)
    )
    found: dict[int, Any] = {}
    for row in session.execute(asked):
        digest = found.setdefault(row.year, hashlib.sha256())
        digest.update(_line(row[:-1]))
    return {year: digest.hexdigest() for year, digest in sorted(found.items())}


def _line(values: Sequence[Any]) -> bytes:
    return repr([v.hex() if isinstance(v, bytes) else v for v in values]).encode()
