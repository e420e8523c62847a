"""The units that file returns, whom to call about each, and who handed its work to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from collector import problems
from collector.models import Focal, HandOver, Role, Unit, User
from collector.problems import Problem
from collector.store import accounts, territory
from collector.store.reasons import LONGEST_REASON
from forms.settings import UNIT_KINDS

_FOCAL: Table = Focal.__table__  # type: ignore[assignment]
_PHONE = re.compile(r"\+?[0-9][0-9 .\-]{5,30}", re.ASCII)
_EMAIL = re.compile(
    r"[^\s@<>,;\"()]{1,64}@[a-z0-9](?:[a-z0-9.\-]{0,180})\.[a-z]{2,24}", re.I | re.A
)


def listed(session: Session) -> Sequence[Unit]:
    """Every unit, by kind and code; inactive ones too."""
    return session.scalars(select(Unit).order_by(Unit.kind, Unit.code)).all()


def names(session: Session) -> dict[str, str]:
    """Unit code -> name, of every unit."""
    return {one.code: one.name for one in listed(session)}


def one(session: Session, code: str) -> Unit:
    """A unit, active or not. Raises Problem NOT_FOUND."""
    found = session.get(Unit, code)
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def put(session: Session, *, code: str, kind: str, name: str, active: bool = True) -> Unit:
    """Add a unit, or change the one with this code. Raises Problem INVALID_UNIT.

    The lists that phones hold are made anew (`territory.touch`).
    """
    tidy_code, tidy_name = code.strip(), name.strip()
    if not 0 < len(tidy_code) <= 32 or any(mark in tidy_code for mark in " |:/"):
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


def add(session: Session, *, code: str, kind: str, name: str, since: date | None) -> Unit:
    """A new unit that owes from a day on. Raises Problem INVALID_UNIT, UNIT_EXISTS."""
    if session.get(Unit, code.strip()) is not None:
        raise Problem(problems.UNIT_EXISTS, code=code.strip())
    try:
        with session.begin_nested():
            made = put(session, code=code, kind=kind, name=name)
    except IntegrityError:  # somebody else added it at the same moment
        raise Problem(problems.UNIT_EXISTS, code=code.strip()) from None
    made.since = since
    session.flush()
    return made


def change(session: Session, code: str, *, kind: str, name: str, since: date | None) -> None:
    """Another name, kind or first day. Raises Problem NOT_FOUND, INVALID_UNIT, INVALID_DAYS."""
    found = one(session, code)
    if since is not None and found.until is not None and since > found.until:
        raise Problem(problems.INVALID_DAYS)
    put(session, code=code, kind=kind, name=name, active=found.active).since = since
    session.flush()


def deactivate(session: Session, code: str, until: date) -> None:
    """The unit's last day was `until`: it owes nothing that ends later, and its accounts are
    closed. What they sent stays. Raises Problem NOT_FOUND, INVALID_DAYS."""
    found = one(session, code)
    if found.since is not None and until < found.since:
        raise Problem(problems.INVALID_DAYS)
    found.active, found.until = False, until
    for account in accounts_of(session, code):
        accounts.set_active(session, account.id, False)
    session.flush()
    territory.touch(session)


def activate(session: Session, code: str) -> None:
    """The unit works again, as if it had never stopped; its accounts stay closed until somebody
    opens them. Raises Problem NOT_FOUND."""
    found = one(session, code)
    found.active, found.until = True, None
    session.flush()
    territory.touch(session)


def accounts_of(session: Session, code: str) -> Sequence[User]:
    """The accounts of a unit, those in use first."""
    mine = select(User).where(User.unit == code, User.role == Role.UNIT.value)
    return session.scalars(mine.order_by(User.active.desc(), User.username)).all()


# -- whom to call -------------------------------------------------------------------------------


def focal(session: Session, code: str) -> Focal | None:
    """The unit's focal officer of now."""
    return session.scalar(select(Focal).where(Focal.unit == code, Focal.until.is_(None)))


def focals(session: Session) -> Mapping[str, Focal]:
    """Unit code -> its focal officer of now."""
    return {row.unit: row for row in session.scalars(select(Focal).where(Focal.until.is_(None)))}


def focal_history(session: Session, code: str) -> Sequence[Focal]:
    """Every focal officer that the unit has had, newest first."""
    return session.scalars(select(Focal).where(Focal.unit == code).order_by(Focal.id.desc())).all()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: a job title; a number and an address only where the unit gave them."""

    title: str
    phone: str = ""
    email: str = ""

    def checked(self) -> Contact:
        """Itself without outer blanks; raises Problem INVALID_FOCAL."""
        tidy = Contact(self.title.strip(), self.phone.strip(), self.email.strip())
        wrong = (
            not 0 < len(tidy.title) <= 128
            or bool(tidy.phone and not _PHONE.fullmatch(tidy.phone))
            or bool(tidy.email and not _EMAIL.fullmatch(tidy.email))
        )
        if wrong:
            raise Problem(problems.INVALID_FOCAL)
        return tidy


def set_focal(session: Session, code: str, contact: Contact, day: date) -> None:
    """Name the unit's focal officer from `day` on; the one before becomes history, without number
    and address. Raises Problem NOT_FOUND, INVALID_FOCAL, CHANGED_MEANWHILE."""
    one(session, code)
    tidy = contact.checked()
    session.execute(
        _FOCAL.update()
        .where(_FOCAL.c.unit == code, _FOCAL.c.until.is_(None))
        .values(until=day, phone="", email="")
    )
    try:
        with session.begin_nested():
            session.add(
                Focal(unit=code, title=tidy.title, phone=tidy.phone, email=tidy.email, since=day)
            )
    except IntegrityError:
        raise Problem(problems.CHANGED_MEANWHILE) from None


# -- hand-overs ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """A hand-over as somebody writes it down: between which accounts, on which day, why."""

    from_account: int
    to_account: int
    day: date
    reason: str


def hand_over(session: Session, code: str, note: Note, noted_by: int, today: date) -> None:
    """Close the old account at once and keep the note; submissions stay with who sent them.
    Raises Problem NOT_FOUND, INVALID_HAND_OVER, FUTURE_DAY."""
    one(session, code)
    able = {account.id for account in accounts_of(session, code) if account.active}
    reason = note.reason.strip()
    two = {note.from_account, note.to_account}
    if len(two) != 2 or not two <= able or not 0 < len(reason) <= LONGEST_REASON:
        raise Problem(problems.INVALID_HAND_OVER)
    if note.day > today:
        raise Problem(problems.FUTURE_DAY, day=note.day.isoformat())
    session.add(
        HandOver(
            unit=code,
            day=note.day,
            from_account=note.from_account,
            to_account=note.to_account,
            reason=reason,
            noted_by=noted_by,
            noted_at=datetime.now(UTC),
        )
    )
    accounts.set_active(session, note.from_account, False)
    session.flush()


def hand_overs(session: Session, code: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """(day, reason, noted_at, old, new, noted_by: names of accounts) of a unit, newest first."""
    old, new, writer = aliased(User), aliased(User), aliased(User)
    asked = (
        select(
            HandOver.day,
            HandOver.reason,
            HandOver.noted_at,
            old.display_name.label("old"),
            new.display_name.label("new"),
            writer.display_name.label("noted_by"),
        )
        .join(old, old.id == HandOver.from_account)
        .join(new, new.id == HandOver.to_account)
        .join(writer, writer.id == HandOver.noted_by)
        .where(HandOver.unit == code)
        .order_by(HandOver.day.desc(), HandOver.id.desc())
    )
    return session.execute(asked).all()
