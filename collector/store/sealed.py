"""Codes and boxes of the private form. Nothing here can tell who answered, or read an answer."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from collector import problems
from collector.models import PrivateLink, SealedAnswer
from collector.problems import Problem

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read for something else: 0 O 1 I L
SYMBOLS_IN_CODE = 20  # 31**20 is 99 bits
GROUP = 4
PLAIN_BYTES = 1024  # a form's answers, padded
BOX_BYTES = PLAIN_BYTES + 48  # X25519 public key and Poly1305 tag
MOST_CODES = 500
CODE_LIFE = timedelta(weeks=26)
SMALLEST = 10  # fewer are never told


@dataclass(frozen=True, slots=True)
class Weeks:
    """Consecutive ISO weeks in which at least SMALLEST answers came, all told."""

    first: str
    last: str
    count: int


def week_of(day: date) -> str:
    """The ISO week of a day: "2026-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _digest(code: str) -> bytes:
    plain = "".join(symbol for symbol in code.upper() if symbol.isalnum())
    return hashlib.sha256(plain.encode()).digest()


def make_codes(session: Session, count: int, today: date) -> list[str]:
    """New codes, in groups of four symbols. They are told now and never again."""
    if not 1 <= count <= MOST_CODES:
        raise Problem(problems.BAD_COUNT, most=MOST_CODES)
    session.execute(delete(PrivateLink).where(PrivateLink.expires_on < today))
    codes = [_new_code() for _ in range(count)]
    expires = today + CODE_LIFE
    session.add_all(PrivateLink(digest=_digest(code), expires_on=expires) for code in codes)
    session.flush()
    return codes


def _new_code() -> str:
    drawn = "".join(secrets.choice(SYMBOLS) for _ in range(SYMBOLS_IN_CODE))
    return "-".join(drawn[i : i + GROUP] for i in range(0, SYMBOLS_IN_CODE, GROUP))


def is_open(session: Session, code: str, today: date) -> bool:
    """True for a code that was printed, is not used yet and not too old. Changes nothing."""
    wanted = select(PrivateLink.digest).where(
        PrivateLink.digest == _digest(code), PrivateLink.expires_on >= today
    )
    return session.execute(wanted).first() is not None


def receive(session: Session, code: str, version: str, box: bytes, today: date) -> bool:
    """Keep one box and use its code up; False where the same box is there already.

    Raises Problem: NOT_SEALED for what is no box, CODE_SPENT for a code that was used, is too old
    or was never made. Nobody is told which.
    """
    if not looks_sealed(box):
        raise Problem(problems.NOT_SEALED, expected=BOX_BYTES, came=len(box))
    digest = hashlib.sha256(box).digest()
    if _there(session, digest):
        return False
    used = delete(PrivateLink).where(
        PrivateLink.digest == _digest(code), PrivateLink.expires_on >= today
    )
    if not session.execute(used).rowcount:  # type: ignore[attr-defined]
        if _there(session, digest):
            return False  # the other half of a double send was first
        raise Problem(problems.CODE_SPENT)
    session.add(SealedAnswer(digest=digest, week=week_of(today), version=version, box=box))
    session.flush()
    return True


def _there(session: Session, digest: bytes) -> bool:
    wanted = select(SealedAnswer.week).where(SealedAnswer.digest == digest)
    return session.execute(wanted).first() is not None


def looks_sealed(box: bytes) -> bool:
    """True for a box's length and bytes that are no text: 1072 random bytes never read as UTF-8,
    and hardly one of their values comes more than twenty times."""
    if len(box) != BOX_BYTES or max(box.count(byte) for byte in set(box)) > 32:
        return False
    try:
        box.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def arrived(session: Session, today: date) -> list[Weeks]:
    """How many came, in runs of finished weeks with SMALLEST or more each; [] while there are
    fewer. A run never changes once it is told, so two looks cannot be subtracted."""
    counted = (
        select(SealedAnswer.week, func.count())
        .where(SealedAnswer.week < week_of(today))
        .group_by(SealedAnswer.week)
        .order_by(SealedAnswer.week)
    )
    return list(_runs([(week, count) for week, count in session.execute(counted)]))


def _runs(weeks: list[tuple[str, int]]) -> Iterator[Weeks]:
    first, total = "", 0
    for week, count in weeks:
        first, total = first or week, total + count
        if total >= SMALLEST:
            yield Weeks(first, week, total)
            first, total = "", 0


def boxes(session: Session, today: date) -> list[SealedAnswer]:
    """The boxes of those runs, in the order of their random keys."""
    told = arrived(session, today)
    if not told:
        return []
    wanted = (
        select(SealedAnswer).where(SealedAnswer.week <= told[-1].last).order_by(SealedAnswer.digest)
    )
    return list(session.scalars(wanted))


def forget(session: Session, before: str) -> int:
    """Delete the boxes of the weeks before `before` ("2026-W01"); how many there were is told only
    as far as it is not small."""
    gone = session.execute(delete(SealedAnswer).where(SealedAnswer.week < before))
    return int(gone.rowcount)  # type: ignore[attr-defined]
