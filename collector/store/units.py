"""The units that file returns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Unit
from collector.problems import Problem
from collector.store import territory
from forms.settings import UNIT_KINDS


def listed(session: Session) -> Sequence[Unit]:
    """Every unit, by kind and code; inactive ones too."""
    return session.scalars(select(Unit).order_by(Unit.kind, Unit.code)).all()


def put(session: Session, *, code: str, kind: str, name: str, active: bool = True) -> Unit:
    """Add a unit, or change the one with this code. Raises Problem INVALID_UNIT.

    The lists that phones hold are made anew (`territory.touch`).
    """
    tidy_code, tidy_name = code.strip(), name.strip()
    if not 0 < len(tidy_code) <= 32 or any(mark in tidy_code for mark in " |:"):
        raise Problem(problems.INVALID_UNIT)
    if kind not in UNIT_KINDS or not 0 < len(tidy_name) <= 128:
        raise Problem(problems.INVALID_UNIT)
    found = session.get(Unit, tidy_code)
    if found is None:
        found = Unit(code=tidy_code)
        session.add(found)
    found.kind, found.name, found.active = kind, tidy_name, active
    session.flush()
    territory.touch(session)
    return found
