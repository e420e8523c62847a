"""A submission as a row of a list: what the officers' pages and the sender's own list share.

A row carries faults and flags, never the answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, Table, select

from collector.models import COUNTED, Conflict, Decision, State, Submission

TABLE: Table = Submission.__table__  # type: ignore[assignment]
_KEPT = (
    *("id", "instance_id", "deprecated_id", "form", "version", "village", "household", "unit"),
    *("period", "year", "result", "received_at", "state", "superseded", "revision"),
)
_SECOND = Conflict.__table__.alias("second")  # lists of second texts have `conflict` itself
_DISPUTED = (
    select(_SECOND.c.id)
    .where(_SECOND.c.submission_id == TABLE.c.id, _SECOND.c.resolved_at.is_(None))
    .correlate(TABLE)
    .exists()
    .label("disputed")
)
COLUMNS = (*(TABLE.c[name] for name in _KEPT), TABLE.c.faults, TABLE.c.flags, _DISPUTED)


@dataclass(frozen=True, slots=True)
class Listed:
    """One submission. `faults` and `flags` are as the check and the store left them; `revision`
    goes with a decision; `disputed`: a second text waits for somebody to look at it."""

    id: int
    instance_id: str
    deprecated_id: str | None
    form: str
    version: str
    village: str | None
    household: str | None
    unit: str | None
    period: str | None
    year: int | None
    result: str | None
    received_at: datetime
    state: State
    superseded: bool
    revision: int
    faults: list[dict[str, Any]]
    flags: list[dict[str, Any]]
    disputed: bool

    @property
    def counts(self) -> bool:
        """Whether its answers are in the indicators: the definition of `frames`."""
        return self.state in COUNTED and not self.superseded


def listed(row: Row[*tuple[Any, ...]]) -> Listed:
    """A row of COLUMNS (and perhaps more)."""
    return Listed(**fields(row))


def fields(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """What COLUMNS gives, as the arguments of `Listed`."""
    plain = {name: getattr(row, name) for name in _KEPT}
    return {
        **plain,
        "state": State(row.state),
        "faults": orjson.loads(row.faults),
        "flags": orjson.loads(row.flags),
        "disputed": bool(row.disputed),
    }


def _newest(column: Any, label: str) -> Any:
    """A column of the newest decision on a submission; None where nobody decided."""
    asked = select(column).where(Decision.submission_id == TABLE.c.id)
    newest = asked.order_by(Decision.revision.desc()).limit(1).correlate(TABLE)
    return newest.scalar_subquery().label(label)


REASON = _newest(Decision.reason, "reason")
QUESTIONS = _newest(Decision.questions, "questions")
