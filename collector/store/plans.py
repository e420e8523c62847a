"""Plans that officers entered, and decisions on the odd words of any plan. Every version is kept.

A plan that comes with the service is a file of `analysis/plans`; one that an officer entered is
kept here as the same entries, so that one reader judges both and the file can be had again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import tomli_w
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.plans import PlanProblem, parse
from analysis.plans.resolve import Decided, resolve
from analysis.types import Plan, Resolution
from collector import problems
from collector.models import PlanResolution, StoredPlan, User
from collector.problems import Problem
from collector.store.reasons import written

LONGEST_DOCUMENT = 128
REOPENED = ""

Entries = dict[str, Any]
"""What a plan file holds, as `tomllib` reads it."""


@dataclass(frozen=True, slots=True)
class Version:
    """The newest version of a plan that an officer entered, and who kept it when."""

    plan: str
    revision: int
    entries: Entries
    in_use: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on an oddity, the newest or an earlier one; `reading` "" opened it again."""

    target: str
    oddity: str
    revision: int
    reading: str
    reason: str
    document: str
    by: str
    at: datetime


def stored(session: Session) -> list[Version]:
    """The newest version of every plan that an officer entered, by id."""
    last = (
        select(StoredPlan.plan, func.max(StoredPlan.revision).label("revision"))
        .group_by(StoredPlan.plan)
        .subquery()
    )
    asked = _versions().join(
        last, (last.c.plan == StoredPlan.plan) & (last.c.revision == StoredPlan.revision)
    )
    return [_version(*row) for row in session.execute(asked.order_by(StoredPlan.plan)).all()]


def one(session: Session, plan: str) -> Version:
    """The newest version of one plan; raises Problem NOT_FOUND."""
    asked = _versions().where(StoredPlan.plan == plan).order_by(StoredPlan.revision.desc())
    found = session.execute(asked.limit(1)).one_or_none()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return _version(*found)


def _versions() -> Select[StoredPlan, str]:
    return select(StoredPlan, User.display_name).join(User, User.id == StoredPlan.account_id)


def _version(row: StoredPlan, by: str) -> Version:
    return Version(row.plan, row.revision, orjson.loads(row.content), row.in_use, by, row.made_at)


def keep(
    session: Session,
    plan: str,
    entries: Entries,
    *,
    revision: int,
    in_use: bool,
    account_id: int,
    now: datetime,
) -> int:
    """Keep the version after `revision` (0: a new plan); answers its number.

    The caller has had the entries read without faults. Raises Problem PLAN_CHANGED where
    another version followed `revision` before.
    """
    last = session.scalar(select(func.max(StoredPlan.revision)).where(StoredPlan.plan == plan))
    if revision != (last or 0):
        raise Problem(problems.PLAN_CHANGED)
    made = StoredPlan(
        plan=plan,
        revision=revision + 1,
        content=orjson.dumps(entries).decode(),
        in_use=in_use,
        account_id=account_id,
        made_at=now,
    )
    _insert(session, made)
    return revision + 1


def _insert(session: Session, row: StoredPlan | PlanResolution) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Problem(problems.PLAN_CHANGED) from None


def in_use(session: Session, indicators: Collection[str]) -> list[Plan]:
    """The plans that officers entered and put in use, those that read without faults.

    A plan can get a fault later: an own indicator that it names was withdrawn.
    """
    read = [parse(version.entries, indicators) for version in stored(session) if version.in_use]
    return [plan for plan, faults in read if not faults]


def faults(
    entries: Entries, indicators: Collection[str], forms: Collection[str] | None = None
) -> tuple[PlanProblem, ...]:
    """Everything that is wrong with the entries of a plan; `forms` None: they are not checked."""
    return parse(entries, indicators, forms)[1]


def to_toml(entries: Entries) -> bytes:
    """The entries as the text of a plan file."""
    return tomli_w.dumps(entries, multiline_strings=False).encode()


def resolved(session: Session, plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """The plans as their officers decided."""
    decided: dict[str, dict[tuple[str, str], Resolution]] = {}
    for plan, found in _newest(session):
        if found.reading != REOPENED:
            decided.setdefault(plan, {})[found.target, found.oddity] = _resolution(found)
    return tuple(resolve(plan, decided.get(plan.id, _NONE)) for plan in plans)


_NONE: Decided = {}


def _resolution(found: Decision) -> Resolution:
    return Resolution(found.oddity, found.reading, found.reason, found.document, found.by, found.at)


def _newest(session: Session) -> list[tuple[str, Decision]]:
    keys = (PlanResolution.plan, PlanResolution.target, PlanResolution.oddity)
    last = select(*keys, func.max(PlanResolution.revision).label("revision")).group_by(*keys)
    newest = last.subquery()
    asked = _decisions().join(
        newest,
        (newest.c.plan == PlanResolution.plan)
        & (newest.c.target == PlanResolution.target)
        & (newest.c.oddity == PlanResolution.oddity)
        & (newest.c.revision == PlanResolution.revision),
    )
    return [(row.plan, _decision(row, by)) for row, by in session.execute(asked).all()]


def history(session: Session, plan: str) -> dict[tuple[str, str], list[Decision]]:
    """(target or "", oddity) -> every decision on it, the newest first."""
    asked = _decisions().where(PlanResolution.plan == plan)
    rows = session.execute(asked.order_by(PlanResolution.revision.desc())).all()
    found: dict[tuple[str, str], list[Decision]] = {}
    for row, by in rows:
        found.setdefault((row.target, row.oddity), []).append(_decision(row, by))
    return found


def _decisions() -> Select[PlanResolution, str]:
    asked = select(PlanResolution, User.display_name)
    return asked.join(User, User.id == PlanResolution.account_id)


def _decision(row: PlanResolution, by: str) -> Decision:
    return Decision(
        row.target, row.oddity, row.revision, row.reading, row.reason, row.document, by,
        row.decided_at,
    )  # fmt: skip


def decide(  # noqa: PLR0913 - each is a fact of the decision
    session: Session,
    plan: Plan,
    target: str,
    oddity: str,
    *,
    reading: str,
    reason: str,
    document: str,
    revision: int,
    account_id: int,
    now: datetime,
) -> None:
    """Decide how odd words are read, or with `reading` "" open the question again.

    `revision`: of the decision that the officer saw, 0 for none. Raises Problem NOT_FOUND where
    the plan has no such question or reading, REASON_NEEDED, DOCUMENT_NEEDED, and
    PLAN_CHANGED where somebody decided since.
    """
    _check_reading(plan, target, oddity, reading)
    said, paper = written(reason), document.strip()
    if not 0 < len(paper) <= LONGEST_DOCUMENT:
        raise Problem(problems.DOCUMENT_NEEDED)
    made = PlanResolution(
        plan=plan.id,
        target=target,
        oddity=oddity,
        revision=revision + 1,
        reading=reading,
        reason=said,
        document=paper,
        account_id=account_id,
        decided_at=now,
    )
    if revision != _revision(session, plan.id, target, oddity):
        raise Problem(problems.PLAN_CHANGED)
    _insert(session, made)


def _revision(session: Session, plan: str, target: str, oddity: str) -> int:
    found = session.scalar(
        select(func.max(PlanResolution.revision)).where(
            PlanResolution.plan == plan,
            PlanResolution.target == target,
            PlanResolution.oddity == oddity,
        )
    )
    return found or 0


def _check_reading(plan: Plan, target: str, oddity: str, reading: str) -> None:
    asked = [one for one in plan.targets if one.id == target] if target else [plan]
    readings = {
        known.id
        for found in asked
        for question in found.oddities
        if question.id == oddity
        for known in question.readings
    }
    if not readings or (reading != REOPENED and reading not in readings):
        raise Problem(problems.NOT_FOUND)
