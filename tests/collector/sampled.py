"""A stored draw from the small commune's register."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from analysis.sampling import Rule, draw_by
from collector.duties import today
from collector.models import Submission, User
from collector.store import draws, registers, submissions

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


def complete(session: Session, number: int, code: str) -> None:
    """Store a complete interview of a household, with two adults; does not commit."""
    village = code.split("-", maxsplit=1)[0]
    members = [
        {"_index": at, "mno": at, "sex": sex, "age_years": 30 + number, "usual": "1"}
        for at, sex in ((1, "1"), (2, "2"))
    ]
    root = {"today": today().isoformat(), "household": code, "village": village, "result": "1"}
    session.execute(
        insert(Submission),
        {
            "form": "household",
            "version": "2026.1",
            "instance_id": f"uuid:sampled-{number}",
            "superseded": False,
            "digest": bytes([number % 256]) * 32,
            "xml": submissions.pack(b"<data/>"),
            "answers": json.dumps(
                {
                    "household": {**root, "women_15": 1, "men_15": 1},
                    "household.member": members,
                    "household.respondent": [],
                }
            ),
            "faults": "[]",
            "flags": "[]",
            "state": "stored",
            "revision": 0,
            "channel": "phone",
            "account_id": officer(session),
            "village": village,
            "year": today().year,
            "household": code,
            "result": "1",
            "period": today().isoformat(),
            "received_at": datetime.now(UTC),
            "demonstration": False,
        },
    )
