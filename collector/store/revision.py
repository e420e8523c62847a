"""What tells one state of the data from another, without reading an answer.

Every change of what counts leaves a trace here: a submission that comes in (its id), a decision (a
row of its own, never changed), a conflict that is settled, a change of the register (counted), of a
unit, of an officer's indicator (a new version each), of a draw (a new one, an event, a weighting).
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Select, Table, func, select
from sqlalchemy.orm import Session

from collector.models import (
    Conflict,
    Decision,
    Draw,
    DrawEvent,
    OwnIndicator,
    Submission,
    TerritoryRevision,
    Unit,
    Weighting,
)

_SUBMISSION: Table = Submission.__table__  # type: ignore[assignment]
_DECISION: Table = Decision.__table__  # type: ignore[assignment]
_CONFLICT: Table = Conflict.__table__  # type: ignore[assignment]
_UNIT: Table = Unit.__table__  # type: ignore[assignment]
_OWN: Table = OwnIndicator.__table__  # type: ignore[assignment]
_TERRITORY: Table = TerritoryRevision.__table__  # type: ignore[assignment]


def revision(session: Session, last_year: int) -> str:
    """SHA-256 (hex) of the state of everything that a report of `last_year` rests on: what belongs
    to that year or an earlier one, the register, the units, the officers' indicators. Some
    milliseconds: the submissions are counted by an index."""
    digest = hashlib.sha256()
    for statement in _statements(last_year):
        rows = sorted(repr(tuple(row)) for row in session.execute(statement))
        digest.update("\n".join([*rows, ""]).encode())
    return digest.hexdigest()


def _statements(last_year: int) -> list[Select[*tuple[object, ...]]]:
    within = _SUBMISSION.c.year <= last_year
    groups = (
        _SUBMISSION.c.form,
        _SUBMISSION.c.year,
        _SUBMISSION.c.state,
        _SUBMISSION.c.superseded,
    )
    decided = select(func.max(_DECISION.c.id), func.count()).select_from(_DECISION)
    settled = select(func.count(), func.max(_CONFLICT.c.resolved_at))
    return [
        select(*groups, func.count(), func.max(_SUBMISSION.c.id)).where(within).group_by(*groups),
        decided.join(_SUBMISSION, _SUBMISSION.c.id == _DECISION.c.submission_id).where(within),
        settled.where(_CONFLICT.c.resolved_at.is_not(None)),
        select(_TERRITORY.c.revision),
        select(*_UNIT.c),
        select(Draw.id, Draw.withdrawn_at).where(Draw.year <= last_year),
        *(select(func.max(table.id)) for table in (DrawEvent, Weighting)),
        select(func.count(), func.max(_OWN.c.revision)).select_from(_OWN),
    ]
