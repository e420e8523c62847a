"""The commune's village boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.places.boundaries import Shapes, from_json, to_json
from collector.models import User, VillageBoundaries


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The upload that holds, and who made it."""

    shapes: Shapes
    filename: str
    by: str
    at: datetime


def newest(session: Session) -> Boundaries | None:
    """The boundaries that hold; None where none were uploaded."""
    asked = (
        select(VillageBoundaries, User.display_name)
        .join(User, User.id == VillageBoundaries.account_id)
        .order_by(VillageBoundaries.id.desc())
        .limit(1)
    )
    found = session.execute(asked).first()
    if found is None:
        return None
    row, name = found
    return Boundaries(from_json(row.shapes), row.filename, name, row.received_at)


def keep(session: Session, shapes: Shapes, filename: str, account: int, now: datetime) -> None:
    """Keep checked boundaries; they hold from now on."""
    session.add(
        VillageBoundaries(
            filename=filename[:128], shapes=to_json(shapes), account_id=account, received_at=now
        )
    )
    session.flush()
