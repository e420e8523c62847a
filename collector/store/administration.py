"""What an administrator does with accounts beyond making them: change, switch off, reset."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Table, func, select, update
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Role, Token, Unit, User, Village
from collector.problems import Problem
from collector.store import accounts

_TABLE: Table = User.__table__  # type: ignore[assignment]

# No letters that are taken for another: 0 O, 1 l I
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def listed(session: Session) -> Sequence[Row[*tuple[Any, ...]]]:
    """(id, username, display_name, role, village, village_name, unit, unit_name, active,
    last_used) of every account; active ones first, then by role and name. `last_used` is a day,
    of its phones."""
    last = (
        select(func.max(Token.last_used))
        .where(Token.account_id == _TABLE.c.id)
        .scalar_subquery()
        .label("last_used")
    )
    asked = select(
        _TABLE.c.id,
        _TABLE.c.username,
        _TABLE.c.display_name,
        _TABLE.c.role,
        _TABLE.c.village,
        Village.name.label("village_name"),
        _TABLE.c.unit,
        Unit.name.label("unit_name"),
        _TABLE.c.active,
        last,
    )
    asked = asked.outerjoin(Village, Village.code == _TABLE.c.village)
    asked = asked.outerjoin(Unit, Unit.code == _TABLE.c.unit)
    order = (_TABLE.c.active.desc(), _TABLE.c.role, _TABLE.c.village, _TABLE.c.username)
    return session.execute(asked.order_by(*order)).all()


def account(session: Session, account_id: int) -> User:
    """One account, active or not; raises Problem NOT_FOUND."""
    found = session.get(User, account_id)
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def change(
    session: Session,
    account_id: int,
    *,
    display_name: str,
    role: Role,
    village: str | None,
    unit: str | None,
) -> None:
    """Give an account another name, role, village or unit. Raises Problem VILLAGE_NEEDED,
    UNIT_NEEDED, LAST_ADMINISTRATOR, NOT_FOUND."""
    found = account(session, account_id)
    if role is Role.COLLECTOR and (village is None or session.get(Village, village) is None):
        raise Problem(problems.VILLAGE_NEEDED)
    accounts.check_unit(session, role, unit)
    if role is not Role.ADMINISTRATOR:
        _keep_one(session, account_id)
    found.display_name = display_name.strip()[:128] or found.username
    found.role = role.value
    found.village = village if role is Role.COLLECTOR else None
    found.unit = unit if role is Role.UNIT else None
    session.flush()


def set_active(session: Session, account_id: int, active: bool) -> None:
    """Switch an account on or off. Raises Problem LAST_ADMINISTRATOR, NOT_FOUND."""
    account(session, account_id)
    if not active:
        _keep_one(session, account_id)
    accounts.set_active(session, account_id, active)


def _keep_one(session: Session, leaving: int) -> None:
    """An update that changes nothing locks the rows on both databases: of two administrators who
    remove each other at once, the second sees that the first is gone."""
    present = session.scalars(
        update(_TABLE)
        .where(_TABLE.c.role == Role.ADMINISTRATOR.value, _TABLE.c.active)
        .values(active=True)
        .returning(_TABLE.c.id)
    ).all()
    if list(present) == [leaving]:
        raise Problem(problems.LAST_ADMINISTRATOR)


def reset_password(session: Session, account_id: int) -> str:
    """A new password for an account, made by the machine; it is shown once and kept nowhere."""
    account(session, account_id)
    password = new_password()
    accounts.change_password(session, account_id, password)
    return password


def new_password() -> str:
    """Four groups of four letters and digits: 79 bits, easy to read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
