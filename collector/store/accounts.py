"""Accounts and tokens: who somebody is, and what proves it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import ColumnElement, Row, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Channel, Role, TerritoryRevision, Token, Unit, User, Village
from collector.problems import Problem

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
_HASHER = PasswordHasher()  # argon2id with RFC 9106's low-memory parameters
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes a request, as every channel sees them. Also what Flask-Login keeps.

    `stamp` changes with the password: a session or a remembered password that carries another
    one is worth nothing. `territory` is the revision of the register that was current when the
    caller was read. `token_day_old`: the day of the token's last use is still to be noted.
    """

    id: int
    username: str
    display_name: str
    role: Role
    village: str | None
    village_name: str | None
    unit: str | None
    unit_kind: str | None
    unit_name: str | None
    locale: str
    stamp: str
    territory: int
    token_id: int | None = None
    token_day_old: bool = False

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def fills(self) -> str:
        """The word by which a form's `filled_by` names the caller: its unit's kind, or its role."""
        return self.unit_kind or self.role.value

    def get_id(self) -> str:
        """What the session cookie carries (Flask-Login)."""
        return f"{self.id}.{self.stamp}"


def _stamp(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:32]


_REVISION = select(TerritoryRevision.revision).limit(1).scalar_subquery().label("territory")
_COLUMNS = (
    User.id,
    User.username,
    User.display_name,
    User.role,
    User.village,
    Village.name.label("village_name"),
    User.unit,
    Unit.kind.label("unit_kind"),
    Unit.name.label("unit_name"),
    User.locale,
    User.password_hash,
    _REVISION,
)
_EVERYBODY = (
    select(*_COLUMNS)
    .outerjoin(Village, Village.code == User.village)
    .outerjoin(Unit, Unit.code == User.unit)
)
_ACTIVE = _EVERYBODY.where(User.active)


def _caller(
    row: Row[*tuple[Any, ...]], token_id: int | None = None, token_day_old: bool = False
) -> Caller:
    return Caller(
        id=row.id,
        username=row.username,
        display_name=row.display_name,
        role=Role(row.role),
        village=row.village,
        village_name=row.village_name,
        unit=row.unit,
        unit_kind=row.unit_kind,
        unit_name=row.unit_name,
        locale=row.locale,
        stamp=_stamp(row.password_hash),
        territory=row.territory or 0,
        token_id=token_id,
        token_day_old=token_day_old,
    )


def _one(session: Session, condition: ColumnElement[bool]) -> Caller | None:
    row = session.execute(_ACTIVE.where(condition)).one_or_none()
    return _caller(row) if row else None


def by_id(session: Session, account_id: int) -> Caller | None:
    """The active account with this id."""
    return _one(session, User.id == account_id)


def anybody(session: Session, account_id: int) -> Caller:
    """The account with this id, also where it is switched off: whoever sent something."""
    return _caller(session.execute(_EVERYBODY.where(User.id == account_id)).one())


def by_username(session: Session, username: str) -> Caller | None:
    """The active account with this name, in any case of letters."""
    return _one(session, User.username == normal_name(username))


def by_session_id(session: Session, session_id: str) -> Caller | None:
    """Whom a session cookie names, if the account is active and its stamp is still the same."""
    number, _, stamp = session_id.partition(".")
    if not number.isdecimal() or len(number) > 18:
        return None
    caller = by_id(session, int(number))
    return caller if caller and secrets.compare_digest(caller.stamp, stamp) else None


_BY_TOKEN = (
    select(*_COLUMNS, Token.id.label("token_id"), Token.last_used)
    .join(Token, Token.account_id == User.id)
    .outerjoin(Village, Village.code == User.village)
    .outerjoin(Unit, Unit.code == User.unit)
    .where(User.active, Token.revoked_at.is_(None))
)


def by_digest(session: Session, digest: bytes, channel: Channel, today: date) -> Caller | None:
    """Whose token has this SHA-256; None if unknown, revoked or the account is switched off."""
    row = session.execute(
        _BY_TOKEN.where(Token.digest == digest, Token.channel == channel)
    ).one_or_none()
    return _caller(row, row.token_id, row.last_used != today) if row else None


def note_use(session: Session, token_id: int, today: date) -> None:
    """Keep the day on which a token was last used (the day only: no trail of movements)."""
    session.execute(update(Token).where(Token.id == token_id).values(last_used=today))


def normal_name(username: str) -> str:
    """User names are compared without regard to case and outer blanks."""
    return username.strip().casefold()


def password_matches(session: Session, username: str, password: str) -> Caller | None:
    """The active account whose password this is; takes as long for an unknown name.

    The session's connection is given back before the slow hash runs.
    """
    found = session.execute(
        select(User.password_hash).where(User.username == normal_name(username), User.active)
    ).scalar_one_or_none()
    session.rollback()
    if len(password) > LONGEST_PASSWORD or not _verified(found or _NOBODY, password) or not found:
        return None
    return by_username(session, username)


def _verified(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def hash_password(password: str) -> str:
    """The argon2id hash of a password; raises Problem WEAK_PASSWORD outside the lengths allowed."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Problem(problems.WEAK_PASSWORD)
    return _HASHER.hash(password)


def add_user(
    session: Session,
    *,
    username: str,
    display_name: str,
    role: Role,
    password: str,
    village: str | None = None,
    unit: str | None = None,
    locale: str = "vi",
) -> int:
    """Make an account; returns its id. Raises Problem: name taken, village or unit missing or
    unknown."""
    name = normal_name(username)
    _check_account(session, name, role, village)
    check_unit(session, role, unit)
    user = User(
        username=name,
        display_name=display_name.strip() or name,
        role=role.value,
        village=village,
        unit=unit,
        password_hash=hash_password(password),
        locale=locale,
        created_at=datetime.now(UTC),
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        raise Problem(problems.USERNAME_TAKEN, username=name) from None
    return user.id


def _check_account(session: Session, name: str, role: Role, village: str | None) -> None:
    if not 0 < len(name) <= 64 or not name.isprintable() or ":" in name:
        reason = "tên đăng nhập dài 1-64 ký tự, không có dấu hai chấm"
        raise Problem(problems.INVALID_ACCOUNT, reason=reason)
    if role is Role.COLLECTOR and village is None:
        raise Problem(problems.INVALID_ACCOUNT, reason="cộng tác viên cần có thôn")
    if village is not None and session.get(Village, village) is None:
        raise Problem(problems.INVALID_ACCOUNT, reason=f"không có thôn mã {village}")


def check_unit(session: Session, role: Role, unit: str | None) -> None:
    """Raise Problem UNIT_NEEDED where a unit's account names none, or one that there is not."""
    if (role is Role.UNIT or unit is not None) and (
        unit is None or session.get(Unit, unit) is None
    ):
        raise Problem(problems.UNIT_NEEDED)


def users(session: Session) -> Sequence[User]:
    """Every account, by name."""
    return session.scalars(select(User).order_by(User.username)).all()


def change_password(session: Session, account_id: int, password: str) -> None:
    """Set a new password. Every other session and every remembered password ends with the old one;
    tokens of phones are revoked too, because a password is changed when a phone is lost."""
    session.execute(
        update(User).where(User.id == account_id).values(password_hash=hash_password(password))
    )
    revoke_tokens(session, account_id)


def set_active(session: Session, account_id: int, active: bool) -> None:
    """Switch an account on or off; off also ends its phones' tokens."""
    session.execute(update(User).where(User.id == account_id).values(active=active))
    if not active:
        revoke_tokens(session, account_id)


def set_locale(session: Session, account_id: int, locale: str) -> None:
    """Remember the language that somebody chose."""
    session.execute(update(User).where(User.id == account_id).values(locale=locale))


def token_digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def issue_token(session: Session, account_id: int, channel: Channel, device: str) -> str:
    """A new token for a phone; it can be shown once, only its digest is kept."""
    token = secrets.token_urlsafe(32)
    row = Token(
        account_id=account_id,
        digest=token_digest(token),
        channel=channel.value,
        device=device.strip()[:128],
        created_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    return token


def tokens(session: Session, account_id: int) -> Sequence[Token]:
    """The account's tokens that are still good, newest first."""
    good = (Token.account_id == account_id, Token.revoked_at.is_(None))
    return session.scalars(select(Token).where(*good).order_by(Token.id.desc())).all()


def revoke_token(session: Session, account_id: int, token_id: int) -> bool:
    """End one of the account's tokens; False if it has no such token."""
    done = session.execute(
        update(Token)
        .where(Token.id == token_id, Token.account_id == account_id, Token.revoked_at.is_(None))
        .values(revoked_at=datetime.now(UTC))
        .returning(Token.id)
    )
    return done.one_or_none() is not None


def revoke_tokens(session: Session, account_id: int) -> None:
    """End all tokens of an account."""
    session.execute(
        update(Token)
        .where(Token.account_id == account_id, Token.revoked_at.is_(None))
        .values(revoked_at=datetime.now(UTC))
    )


def count(session: Session) -> int:
    """How many accounts there are."""
    return session.scalar(select(func.count()).select_from(User)) or 0
