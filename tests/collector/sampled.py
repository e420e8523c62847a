"""A stored draw from the small commune's register."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.sampling import Rule, draw_by
from collector.duties import today
from collector.models import User
from collector.store import draws, registers

SEED = "2026"


def officer(session: Session) -> int:
    """The officer's account."""
    found = session.scalar(select(User.id).where(User.username == "canbo"))
    assert found is not None
    return found


def draw(session: Session, seed: str = SEED, year: int | None = None, **rule: Any) -> int:
    """Keep the commune's households as a register, draw by the rule, store; commits."""
    now, account = datetime.now(UTC), officer(session)
    version = registers.snapshot(session, "so-ho.csv", account, now)
    assert version is not None
    made = Rule(**rule)
    drawn = draw_by(registers.register(session, version), made, seed)
    new = draws.New("Khảo sát thử", year or today().year, made, seed, version)
    found = draws.keep(session, new, drawn, account, now)
    session.commit()
    return found
