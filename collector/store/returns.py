"""What a unit has sent: for the unit's own pages and for the officer who looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from collector.models import Decision, State, Submission

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
_REASON = (
    select(Decision.reason)
    .where(Decision.submission_id == _TABLE.c.id)
    .order_by(Decision.revision.desc())
    .limit(1)
    .scalar_subquery()
    .label("reason")
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission without its answers; `reason`: of the newest decision on it."""

    id: int
    instance_id: str
    form: str
    period: str | None
    channel: str
    received_at: datetime
    state: State
    superseded: bool
    reason: str | None

    @property
    def returned(self) -> bool:
        """Whether it waits for the unit to correct it."""
        return self.state is State.RETURNED and not self.superseded


def sent_by_unit(
    session: Session, unit: str, form: str | None = None, limit: int = 30
) -> list[Sent]:
    """The unit's newest submissions (of one form), those that were returned first."""
    asked = select(
        _TABLE.c.id, _TABLE.c.instance_id, _TABLE.c.form, _TABLE.c.period, _TABLE.c.channel,
        _TABLE.c.received_at, _TABLE.c.state, _TABLE.c.superseded, _REASON,
    ).where(_TABLE.c.unit == unit)  # fmt: skip
    if form is not None:
        asked = asked.where(_TABLE.c.form == form)
    back = (_TABLE.c.state == State.RETURNED.value) & _TABLE.c.superseded.is_(False)
    rows = session.execute(asked.order_by(back.desc(), _TABLE.c.id.desc()).limit(limit))
    return [
        Sent(
            row.id, row.instance_id, row.form, row.period, row.channel, row.received_at,
            State(row.state), row.superseded, row.reason,
        )
        for row in rows
    ]  # fmt: skip
