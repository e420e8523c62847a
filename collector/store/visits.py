"""The forms about each household of a year: what `collector.visits` reads."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Row, Table, case, select
from sqlalchemy.orm import Session

from analysis.reports.dates import vietnam_time
from collector.models import State, Submission
from collector.visits import INTERVIEW, VISIT, Fact

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
NUMBER = "visit_no"  # the question of the form `visit`
Facts = dict[tuple[str, str], list[Fact]]
"""(village, household) -> its forms."""


def facts(session: Session, year: int, village: str | None = None) -> Facts:
    """Every form about a household in a year that nothing has replaced and nobody excluded. A
    household without a code in the register has the code that the collaborator wrote."""
    names = ("id", "form", "village", "household", "result", "state", "period", "account_id")
    columns = [_TABLE.c[name] for name in (*names, "received_at")]
    short = case((_TABLE.c.form == VISIT, _TABLE.c.answers), else_="").label("answers")
    asked = select(*columns, short).where(
        _TABLE.c.form.in_((INTERVIEW, VISIT)),
        _TABLE.c.year == year,
        _TABLE.c.household.is_not(None),
        _TABLE.c.village.is_not(None),
        _TABLE.c.superseded.is_(False),
        _TABLE.c.state != State.EXCLUDED.value,
    )
    if village is not None:
        asked = asked.where(_TABLE.c.village == village)
    found: Facts = {}
    for row in session.execute(asked.order_by(_TABLE.c.id)):
        found.setdefault((row.village, plain(row.household)), []).append(_fact(row))
    return found


def plain(household: str) -> str:
    """The code alone: a household that is not registered is kept as `new:village:code`."""
    return household.rpartition(":")[2]


def _fact(row: Row[*tuple[Any, ...]]) -> Fact:
    day = row.period if row.period and len(row.period) == 10 else None
    root = (orjson.loads(row.answers).get(VISIT) or {}) if row.answers else {}
    number = root.get(NUMBER)
    return Fact(
        form=row.form,
        result=row.result or "",
        day=day or vietnam_time(row.received_at).date().isoformat(),
        order=row.id,
        number=int(number) if isinstance(number, int | float) else 0,
        returned=row.state == State.RETURNED.value,
        account=row.account_id,
    )
