"""Stored draws: their lists, who has which household, the next replacement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import orjson
from sqlalchemy import Row, Table, func, insert, select, update
from sqlalchemy.orm import Session

from analysis.sampling import Drawn, Rule
from analysis.sampling.assign import assign
from collector import problems
from collector.models import Draw, DrawnHousehold, RegisterVersion, Role, User
from collector.problems import Problem
from collector.store.reasons import written

_DRAW: Table = Draw.__table__  # type: ignore[assignment]
_DRAWN: Table = DrawnHousehold.__table__  # type: ignore[assignment]
LONGEST_TITLE = 128
LONGEST_SEED = 64


@dataclass(frozen=True, slots=True)
class Known:
    """A stored draw. `checksum`: of the register that it was made from."""

    id: int
    title: str
    year: int
    rule: Rule
    seed: str
    register_id: int
    checksum: str
    by: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_why: str
    issued: int

    @property
    def census(self) -> bool:
        """Every household of the register is on the list."""
        return self.rule.census


@dataclass(frozen=True, slots=True)
class Listed:
    """A household of a draw's list, as it stands. `collaborator`: the account that has it."""

    id: int
    village: str
    code: str
    position: int
    replacement: bool
    issued: bool
    stratum: str
    psu: str
    population: int | None
    households: int
    village_chance: Fraction
    probability: Fraction
    collaborator: int | None


@dataclass(frozen=True, slots=True)
class New:
    """A draw on its way in."""

    title: str
    year: int
    rule: Rule
    seed: str
    register_id: int


def keep(session: Session, new: New, drawn: Sequence[Drawn], account: int, now: datetime) -> int:
    """Store a draw with its list, each sampled household with a collaborator of its village; the
    draw's id. It is in force for its year from now on. Raises Problem for an odd title or seed."""
    title, seed = new.title.strip(), new.seed.strip()
    if not 0 < len(title) <= LONGEST_TITLE or len(seed) > LONGEST_SEED:
        raise Problem(problems.DRAW_TITLE, title=LONGEST_TITLE, seed=LONGEST_SEED)
    made = Draw(
        title=title,
        year=new.year,
        census=new.rule.census,
        seed=seed,
        rule=orjson.dumps(asdict(new.rule)).decode(),
        register_id=new.register_id,
        account_id=account,
        made_at=now,
    )
    session.add(made)
    session.flush()
    who = _collaborators_of(session, drawn)
    rows = [_row(made.id, one, who.get((one.village, one.code))) for one in drawn]
    session.execute(insert(_DRAWN), rows)
    return made.id


def _row(draw_id: int, one: Drawn, account: int | None) -> dict[str, Any]:
    return {
        "draw_id": draw_id,
        "village": one.village,
        "code": one.code,
        "position": one.order,
        "replacement": one.replacement,
        "issued": not one.replacement,
        "stratum": one.stratum,
        "psu": one.psu,
        "population": one.fpc,
        "households": one.households,
        "village_chance": str(one.village_chance),
        "probability": str(one.probability),
        "account_id": account,
    }


def _collaborators_of(session: Session, drawn: Sequence[Drawn]) -> dict[tuple[str, str], int]:
    """(village, code) -> account, for villages that have a collaborator at work."""
    at_work = {account: {village} for account, _, village in collaborators(session) if village}
    covered = {village for villages in at_work.values() for village in villages}
    able = {f"{account:012}": villages for account, villages in at_work.items()}
    found = assign([one for one in drawn if one.village in covered], able) if covered else {}
    return {key: int(account) for key, account in found.items()}


def collaborators(
    session: Session, village: str | None = None
) -> list[tuple[int, str, str | None]]:
    """(account, name, village) of every collaborator at work, by name."""
    asked = select(User.id, User.display_name, User.village).where(
        User.role == Role.COLLECTOR.value, User.active
    )
    if village is not None:
        asked = asked.where(User.village == village)
    return [(row[0], row[1], row[2]) for row in session.execute(asked.order_by(User.display_name))]


def listed(session: Session) -> list[Known]:
    """Every draw, the newest first."""
    return [_known(row) for row in session.execute(_asked().order_by(_DRAW.c.id.desc()))]


def in_force(session: Session, year: int) -> Known | None:
    """The draw that holds for a year: the newest one that was not withdrawn."""
    asked = _asked().where(_DRAW.c.year == year, _DRAW.c.withdrawn_at.is_(None))
    row = session.execute(asked.order_by(_DRAW.c.id.desc()).limit(1)).first()
    return _known(row) if row else None


def to_ask(session: Session, year: int) -> dict[str, frozenset[str]] | None:
    """village -> codes of the households that the draw in force issued; None without a draw:
    then every household of the list is to be asked."""
    known = in_force(session, year)
    if known is None:
        return None
    found: dict[str, set[str]] = {}
    for one in households(session, known.id, issued=True):
        found.setdefault(one.village, set()).add(one.code)
    return {village: frozenset(codes) for village, codes in found.items()}


def get(session: Session, draw_id: int) -> Known:
    """One draw; raises Problem NOT_FOUND."""
    row = session.execute(_asked().where(_DRAW.c.id == draw_id)).first()
    if row is None:
        raise Problem(problems.NOT_FOUND)
    return _known(row)


def _asked() -> Any:
    register: Table = RegisterVersion.__table__  # type: ignore[assignment]
    account: Table = User.__table__  # type: ignore[assignment]
    issued = (
        select(func.count())
        .select_from(_DRAWN)
        .where(_DRAWN.c.draw_id == _DRAW.c.id, _DRAWN.c.issued)
        .correlate(_DRAW)
        .scalar_subquery()
        .label("issued")
    )
    return (
        select(*_DRAW.c, register.c.checksum, account.c.display_name, issued)
        .join(register, register.c.id == _DRAW.c.register_id)
        .join(account, account.c.id == _DRAW.c.account_id)
    )


def _known(row: Row[*tuple[Any, ...]]) -> Known:
    return Known(
        id=row.id,
        title=row.title,
        year=row.year,
        rule=Rule(**orjson.loads(row.rule)),
        seed=row.seed,
        register_id=row.register_id,
        checksum=row.checksum,
        by=row.display_name,
        at=row.made_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=row.withdrawn_why,
        issued=row.issued,
    )


def households(
    session: Session,
    draw_id: int,
    *,
    village: str | None = None,
    account: int | None = None,
    issued: bool = False,
) -> list[Listed]:
    """The list by village and position; with `issued`, only what is to be visited."""
    asked = select(*_DRAWN.c).where(_DRAWN.c.draw_id == draw_id)
    for column, value in ((_DRAWN.c.village, village), (_DRAWN.c.account_id, account)):
        if value is not None:
            asked = asked.where(column == value)
    if issued:
        asked = asked.where(_DRAWN.c.issued)
    rows = session.execute(asked.order_by(_DRAWN.c.village, _DRAWN.c.position))
    return [row_of(row) for row in rows]


def row_of(row: Row[*tuple[Any, ...]]) -> Listed:
    """A row of the table as it is read."""
    return Listed(
        row.id, row.village, row.code, row.position, row.replacement, row.issued, row.stratum,
        row.psu, row.population, row.households, Fraction(row.village_chance),
        Fraction(row.probability), row.account_id,
    )  # fmt: skip


def withdraw(session: Session, draw_id: int, reason: str, account: int, now: datetime) -> None:
    """Take a draw out of force; its list stays. Raises Problem where it was done already."""
    done = session.execute(
        update(_DRAW)
        .where(_DRAW.c.id == draw_id, _DRAW.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now, withdrawn_by=account, withdrawn_why=written(reason))
        .returning(_DRAW.c.id)
    ).all()
    if not done:
        raise Problem(problems.DRAW_CHANGED)
