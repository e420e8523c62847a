"""What officers noted as done of a plan's reports and activities."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Table, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import problems
from collector.models import PlanMark
from collector.occasions import Mark, Occasion
from collector.problems import Problem

_TABLE: Table = PlanMark.__table__  # type: ignore[assignment]
LONGEST_DOCUMENT = 128


def marks(session: Session, plan: str) -> dict[tuple[str, str, str, str], Mark]:
    """(plan, item, unit, period) -> the note, of a plan."""
    return {
        (row.plan, row.item, row.unit, row.period): Mark(row.done_on, row.document)
        for row in session.scalars(select(PlanMark).where(PlanMark.plan == plan))
    }


def put(
    session: Session, one: Occasion, *, done_on: date, document: str, account_id: int, today: date
) -> None:
    """Note that something was done. Raises Problem FUTURE_DAY, DOCUMENT_NEEDED (a report has a
    number), ALREADY_MARKED."""
    if done_on > today:
        raise Problem(problems.FUTURE_DAY, day=done_on.isoformat())
    number = document.strip()
    if len(number) > LONGEST_DOCUMENT or (one.report and not number):
        raise Problem(problems.DOCUMENT_NEEDED)
    row = PlanMark(
        plan=one.plan,
        item=one.item,
        unit=one.unit,
        period=one.period,
        done_on=done_on,
        document=number,
        account_id=account_id,
        marked_at=datetime.now(UTC),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Problem(problems.ALREADY_MARKED) from None


def remove(session: Session, one: Occasion) -> None:
    """Take a note back. Raises Problem NOT_FOUND."""
    same = (
        _TABLE.c.plan == one.plan,
        _TABLE.c.item == one.item,
        _TABLE.c.unit == one.unit,
        _TABLE.c.period == one.period,
    )
    if session.execute(delete(_TABLE).where(*same).returning(_TABLE.c.id)).one_or_none() is None:
        raise Problem(problems.NOT_FOUND)
