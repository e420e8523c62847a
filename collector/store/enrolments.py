"""Taking phones into use: codes, the account's key, phones that are there, phones given up."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import problems
from collector.models import AccountKey, Channel, EnrolmentCode, Role, Token, Unit, User, Village
from collector.problems import Problem
from collector.store import accounts
from collector.store.accounts import Caller

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read for something else: 0 O 1 I L
SYMBOLS_IN_CODE = 8  # 31**8 is 39 bits: enough for a day behind limits, short enough to type
GROUP = 4
LIFE = timedelta(hours=24)
KEY_BYTES = 32
DIGEST = 64  # hexadecimal digits of a SHA-256
ENROLLED = (Role.COLLECTOR.value, Role.UNIT.value)  # never officers or administrators


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A phone that was just taken into use: whose it is, and the token to give it."""

    caller: Caller
    token: str


def hkdf(key: bytes, use: str, length: int) -> bytes:
    """HKDF-SHA256 (RFC 5869) of an account's key, as the phone derives its own: no salt, the use
    named in `info`; up to 32 bytes."""
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(extracted, f"so-thon {use} 1".encode() + b"\x01", "sha256")[:length]


def key_of(session: Session, account_id: int) -> bytes:
    """The account's key, made at the first call; 32 bytes."""
    found = session.get(AccountKey, account_id)
    if found is not None:
        return found.key
    key = secrets.token_bytes(KEY_BYTES)
    try:
        with session.begin_nested():
            name = hkdf(key, "account", 16).hex()
            session.add(AccountKey(account_id=account_id, key=key, name=name))
    except IntegrityError:  # two phones of the account at once: the first made it
        return session.scalars(
            select(AccountKey.key).where(AccountKey.account_id == account_id)
        ).one()
    return key


def key_named(session: Session, name: str) -> AccountKey | None:
    """The key that a rescue file names."""
    return session.scalars(select(AccountKey).where(AccountKey.name == name)).one_or_none()


def _digest(secret: str, code: str) -> bytes:
    plain = "".join(symbol for symbol in code.upper() if symbol.isalnum())
    return hmac.digest(secret.encode(), b"enrolment code " + plain.encode(), "sha256")


def make_code(session: Session, secret: str, account_id: int, label: str, now: datetime) -> str:
    """A new code for an account, told now and never again; an older one of the account is void.
    Raises Problem NOT_FOUND, NOT_ENROLLABLE."""
    account = session.get(User, account_id)
    if account is None:
        raise Problem(problems.NOT_FOUND)
    if account.role not in ENROLLED or not account.active:
        raise Problem(problems.NOT_ENROLLABLE)
    session.execute(
        delete(EnrolmentCode).where(
            (EnrolmentCode.account_id == account_id) | (EnrolmentCode.expires_at < now)
        )
    )
    drawn = "".join(secrets.choice(SYMBOLS) for _ in range(SYMBOLS_IN_CODE))
    session.add(
        EnrolmentCode(
            account_id=account_id,
            digest=_digest(secret, drawn),
            label=label.strip()[:128],
            expires_at=now + LIFE,
        )
    )
    session.flush()
    return f"{drawn[:GROUP]}-{drawn[GROUP:]}"


def spend(session: Session, secret: str, code: str, device: str, now: datetime) -> Enrolled | None:
    """Use a code for the phone called `device`; None where it is wrong, used or too old. The same
    phone may use it again, for a reply that was lost: its former token ends then."""
    used_by = hashlib.sha256(device.encode("utf-8", "surrogatepass")).digest()
    row = session.execute(
        update(EnrolmentCode)
        .where(
            EnrolmentCode.digest == _digest(secret, code),
            EnrolmentCode.expires_at >= now,
            EnrolmentCode.used_by.is_(None) | (EnrolmentCode.used_by == used_by),
        )
        .values(used_by=used_by)
        .returning(EnrolmentCode.account_id, EnrolmentCode.label, EnrolmentCode.token_id)
    ).one_or_none()
    caller = accounts.by_id(session, row.account_id) if row else None
    if row is None or caller is None or caller.role not in ENROLLED:
        return None
    if row.token_id is not None:
        accounts.revoke_token(session, caller.id, row.token_id)
    token = accounts.issue_token(session, caller.id, Channel.PHONE, row.label)
    made = session.scalars(
        select(Token.id).where(Token.digest == accounts.token_digest(token))
    ).one()
    session.execute(
        update(EnrolmentCode).where(EnrolmentCode.account_id == caller.id).values(token_id=made)
    )
    return Enrolled(caller, token)


def fillers(session: Session, now: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """(id, username, display_name, role, village_name, unit_name, waiting_until) of every active
    account that may have a code; `waiting_until`: when its unused code ends."""
    asked = (
        select(
            User.id,
            User.username,
            User.display_name,
            User.role,
            Village.name.label("village_name"),
            Unit.name.label("unit_name"),
            EnrolmentCode.expires_at.label("waiting_until"),
        )
        .outerjoin(Village, Village.code == User.village)
        .outerjoin(Unit, Unit.code == User.unit)
        .outerjoin(
            EnrolmentCode,
            (EnrolmentCode.account_id == User.id)
            & EnrolmentCode.used_by.is_(None)
            & (EnrolmentCode.expires_at >= now),
        )
        .where(User.active, User.role.in_(ENROLLED))
    )
    return session.execute(asked.order_by(User.role, User.village, User.username)).all()


def phones(session: Session) -> Sequence[Row[*tuple[Any, ...]]]:
    """(id, account_id, username, display_name, device, created_at, last_used, revoked_at,
    wipe_asked_at, wiped_at) of the phone app's tokens: those in use, those given up for lost, and
    those whose sign-in ended but which may still hold data; newest first, at most 500."""
    asked = (
        select(
            Token.id,
            Token.account_id,
            User.username,
            User.display_name,
            Token.device,
            Token.created_at,
            Token.last_used,
            Token.revoked_at,
            Token.wipe_asked_at,
            Token.wiped_at,
        )
        .join(User, User.id == Token.account_id)
        .where(Token.channel == Channel.PHONE, User.role.in_(ENROLLED))
    )
    order = (Token.revoked_at.is_(None).desc(), Token.id.desc())
    return session.execute(asked.order_by(*order).limit(500)).all()


def give_up(session: Session, token_id: int, now: datetime) -> bool:
    """End a phone's token and have it wipe itself when it next asks; False where there is none."""
    mine = select(User.id).where(User.role.in_(ENROLLED))
    done = session.execute(
        update(Token)
        .where(
            Token.id == token_id,
            Token.channel == Channel.PHONE,
            Token.account_id.in_(mine),
            Token.wipe_asked_at.is_(None),
        )
        .values(revoked_at=func.coalesce(Token.revoked_at, now), wipe_asked_at=now)
        .returning(Token.id)
    )
    return done.one_or_none() is not None


def digest_of(text: str) -> bytes:
    """The SHA-256 that a locked phone names, from its hexadecimal digits. Raises Problem
    NOT_FOUND for what is none."""
    try:
        found = bytes.fromhex(text)
    except ValueError:
        raise Problem(problems.NOT_FOUND) from None
    if len(text) != DIGEST:
        raise Problem(problems.NOT_FOUND)
    return found


def is_given_up(session: Session, digest: bytes) -> bool:
    """Whether the phone whose token has this digest is to wipe itself."""
    found = select(Token.id).where(Token.digest == digest, Token.wipe_asked_at.is_not(None))
    return session.execute(found).first() is not None


def note_wiped(session: Session, digest: bytes, now: datetime) -> bool:
    """Keep that a phone that was given up said it is empty: the first time that it says so."""
    done = session.execute(
        update(Token)
        .where(Token.digest == digest, Token.wipe_asked_at.is_not(None), Token.wiped_at.is_(None))
        .values(wiped_at=now)
        .returning(Token.id)
    )
    return done.one_or_none() is not None
