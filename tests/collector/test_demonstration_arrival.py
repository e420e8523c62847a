"""The demonstration's returns have days of arrival that fit; nobody else's are touched."""

from __future__ import annotations

from datetime import UTC, datetime

import world
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.demonstration.arrival import spread_arrivals
from collector.models import Submission, User

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def put(session: Session, name: str, *, demonstration: bool = True, period: str = "2026-08") -> int:
    sender = session.scalars(select(User.id).where(User.username == "tram")).one()
    row = Submission(
        form="births_month",
        version="2026.1",
        instance_id=name,
        digest=b"0" * 32,
        xml=b"",
        answers="{}",
        faults="[]",
        flags="[]",
        state="stored",
        channel="phone",
        account_id=sender,
        unit="tram-y-te",
        period=period,
        received_at=NOW,
        demonstration=demonstration,
    )
    session.add(row)
    session.flush()
    return row.id


def test_returns_come_around_their_due_day(session: Session) -> None:
    many = [put(session, f"uuid:{n}") for n in range(60)]
    real = put(session, "uuid:real", demonstration=False)
    ahead = put(session, "uuid:ahead", period="2026-12")
    forms = {form.id: form for form in world.library().forms()}
    spread_arrivals(session, forms, NOW)
    session.flush()
    session.expire_all()
    days = [session.get_one(Submission, one).received_at for one in many]
    assert min(days) >= datetime(2026, 8, 30, tzinfo=UTC)
    assert max(days) <= datetime(2026, 9, 12, tzinfo=UTC)
    late = sum(day > datetime(2026, 9, 6, tzinfo=UTC) for day in days)
    assert 0 < late < len(days) / 3, "most are in time, some are late"
    for untouched in (real, ahead):
        assert session.get_one(Submission, untouched).received_at == NOW
