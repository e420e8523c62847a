"""When the demonstration's papers came: everything was sent a moment ago, which no commune's
register would show. Invented papers get an invented day, a few days before they were due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from collector.duties import due_day, every, span
from collector.models import Submission
from forms.library import Form

WORKING_DAY = time(2, 15, tzinfo=UTC)  # a quarter past nine in Việt Nam
DAYS_EARLY = 6
ONE_IN = 9  # so many returns come in late, by a few days


def spread_arrivals(session: Session, forms: Mapping[str, Form], now: datetime) -> None:
    """Give each of the demonstration's returns and births a day of arrival that fits its period.

    Only rows of the demonstration, and never a moment that lies ahead of `now`.
    """
    asked = select(
        Submission.id,
        Submission.form,
        Submission.period,
        Submission.instance_id,
        Submission.deprecated_id,
    ).where(Submission.demonstration, Submission.unit.is_not(None), Submission.period.is_not(None))
    for row in session.execute(asked).all():
        came = _arrival(forms[row.form], row.period, row.instance_id)
        if row.deprecated_id:
            came += timedelta(days=2 * DAYS_EARLY)  # a correction comes after what it corrects
        if came < now:
            session.execute(
                update(Submission).where(Submission.id == row.id).values(received_at=came)
            )


def _arrival(form: Form, period: str, name: str) -> datetime:
    chance = sha256(name.encode()).digest()
    try:
        every(period)
    except ValueError:  # an event's day: it was noted on it
        return datetime.combine(datetime.fromisoformat(period), WORKING_DAY)
    if "every" not in form.about:  # a register: noted in the month itself
        first, last = span(period)
        return datetime.combine(first, WORKING_DAY) + chance[0] % (last - first).days * _DAY
    due = datetime.combine(due_day(period, form.about["due_days"]), WORKING_DAY)
    late = chance[1] % ONE_IN == 0
    return due + (1 + chance[0] % DAYS_EARLY) * (_DAY if late else -_DAY)


_DAY = timedelta(days=1)
