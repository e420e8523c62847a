"""Which units answer for which target: as the plan says, or as the commune decided itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Table, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.types import Plan, Target
from collector import problems
from collector.models import Assignment, Unit, User
from collector.problems import Problem

_TABLE: Table = Assignment.__table__  # type: ignore[assignment]
OFFICE = "officer"  # the kind of the officer's own office; no unit has it
LONGEST_DOCUMENT = 128


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for a target. `names` and `kinds`: as the plan has them; `local`: codes of the
    units that the commune gave it to, which then stand in place of the plan's; `units`: the codes
    that answer now; `office`: the officer's own office answers."""

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    local: tuple[str, ...]
    units: tuple[str, ...]
    office: bool
    contradictory: bool = False  # the plan gives it to several, and nobody has decided

    @property
    def orphan(self) -> bool:
        """Nobody answers: the plan names no one and no unit has it."""
        return not self.units and not self.office


def responsible(session: Session, plan: Plan) -> dict[str, Responsible]:
    """Target id -> who answers for it, of every target of a plan."""
    units = session.scalars(select(Unit).where(Unit.active).order_by(Unit.code)).all()
    local: dict[str, list[str]] = {}
    for row in current(session, plan.id):
        local.setdefault(row.target, []).append(row.unit)
    return {one.id: _responsible(one, units, tuple(local.get(one.id, ()))) for one in plan.targets}


def _responsible(target: Target, units: Iterable[Unit], local: tuple[str, ...]) -> Responsible:
    kinds = target.responsible_kinds
    theirs = tuple(unit.code for unit in units if unit.kind in kinds)
    return Responsible(
        names=target.responsible,
        kinds=kinds,
        local=local,
        units=local or theirs,
        office=OFFICE in kinds and not local,
        contradictory=not local and _contradictory(target),
    )


def _contradictory(target: Target) -> bool:
    """The plan names two kinds of unit, or leaves open which of several it means. Where it names
    nobody, proposals of whom to name are no contradiction: the target is an orphan."""
    if not target.responsible_kinds:
        return False
    still_open = (oddity for oddity in target.oddities if oddity.resolution is None)
    owners = {reading.kinds for oddity in still_open for reading in oddity.readings}
    return len(set(target.responsible_kinds)) > 1 or len(owners - {None}) > 1


def current(session: Session, plan: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """(id, target, unit, document, assigned_at, by) of the commune's own assignments of a plan."""
    asked = (
        select(
            _TABLE.c.id,
            _TABLE.c.target,
            _TABLE.c.unit,
            _TABLE.c.document,
            _TABLE.c.assigned_at,
            User.display_name.label("by"),
        )
        .join(User, User.id == _TABLE.c.account_id)
        .where(_TABLE.c.plan == plan, _TABLE.c.ended_at.is_(None))
        .order_by(_TABLE.c.target, _TABLE.c.unit)
    )
    return session.execute(asked).all()


def ended(session: Session, plan: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """(target, unit, document, assigned_at, ended_at) of those that were taken back, newest
    first."""
    columns = (_TABLE.c.target, _TABLE.c.unit, _TABLE.c.document)
    asked = select(*columns, _TABLE.c.assigned_at, _TABLE.c.ended_at)
    asked = asked.where(_TABLE.c.plan == plan, _TABLE.c.ended_at.is_not(None))
    return session.execute(asked.order_by(_TABLE.c.ended_at.desc())).all()


def assign(
    session: Session, plan: Plan, target: str, unit: str, document: str, account_id: int
) -> None:
    """Give a target to a unit by a document. Raises Problem NOT_FOUND, DOCUMENT_NEEDED,
    ALREADY_ASSIGNED."""
    known = session.get(Unit, unit)
    if target not in {one.id for one in plan.targets} or known is None or not known.active:
        raise Problem(problems.NOT_FOUND)
    if not 0 < len(document.strip()) <= LONGEST_DOCUMENT:
        raise Problem(problems.DOCUMENT_NEEDED)
    row = Assignment(
        plan=plan.id,
        target=target,
        unit=unit,
        document=document.strip(),
        account_id=account_id,
        assigned_at=datetime.now(UTC),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Problem(problems.ALREADY_ASSIGNED) from None


def take_back(session: Session, plan: str, assignment: int, account_id: int) -> None:
    """End one of the commune's own assignments; it stays as history. Raises Problem NOT_FOUND."""
    done = session.execute(
        update(_TABLE)
        .where(_TABLE.c.id == assignment, _TABLE.c.plan == plan, _TABLE.c.ended_at.is_(None))
        .values(ended_at=datetime.now(UTC), ended_by=account_id)
        .returning(_TABLE.c.id)
    )
    if done.one_or_none() is None:
        raise Problem(problems.NOT_FOUND)


def of_unit(found: Mapping[str, Responsible], unit: str) -> list[str]:
    """The ids of the targets for which a unit answers."""
    return [target for target, who in found.items() if unit in who.units]
