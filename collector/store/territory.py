"""The register of villages and households."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Table, func, insert, select, update
from sqlalchemy.orm import Session

from collector.models import Household, TerritoryRevision, Village
from collector.models.territory import SEEDS
from collector.problems import N_

_VILLAGE: Table = Village.__table__  # type: ignore[assignment]
_HOUSEHOLD: Table = Household.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one row of a register file; `row` counts from 1, the heading. `message` is a
    key of the catalogue, `values` go into it."""

    row: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


class RegisterRefused(ValueError):
    """A register file with faults: nothing of it was loaded."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def villages(session: Session) -> Sequence[Row[*tuple[Any, ...]]]:
    """(code, name) of every village, by code."""
    return session.execute(select(_VILLAGE.c.code, _VILLAGE.c.name).order_by(_VILLAGE.c.code)).all()


def households(session: Session, village: str | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """(code, village, village_name, seed_f, seed_m, active) of every household, by code; only
    those of `village` where it is given. Inactive ones too: an interview may be under way."""
    asked = (
        select(
            _HOUSEHOLD.c.code,
            _HOUSEHOLD.c.village,
            _VILLAGE.c.name.label("village_name"),
            _HOUSEHOLD.c.seed_f,
            _HOUSEHOLD.c.seed_m,
            _HOUSEHOLD.c.active,
        )
        .join(_VILLAGE, _VILLAGE.c.code == _HOUSEHOLD.c.village)
        .order_by(_HOUSEHOLD.c.code)
    )
    if village is not None:
        asked = asked.where(_HOUSEHOLD.c.village == village)
    return session.execute(asked).all()


def household_counts(session: Session) -> dict[str, int]:
    """Active households by village: the population of each stratum."""
    asked = (
        select(_HOUSEHOLD.c.village, func.count())
        .where(_HOUSEHOLD.c.active)
        .group_by(_HOUSEHOLD.c.village)
    )
    return dict(session.execute(asked).tuples().all())


AT_A_TIME = 500  # values in one statement
COLUMNS = ("village", "village_name", "household", "seed_f", "seed_m")

_COLUMNS_DUE = N_("cần có các cột %(due)s; có: %(found)s.")
_TWICE = N_("mã hộ %(household)s đã có ở dòng %(first)s.")
_TWO_NAMES = N_("thôn %(village)s có hai tên: %(one)s và %(other)s.")
_LENGTH = N_("cần có từ 1 đến %(longest)s ký tự.")
_CODE = N_("mã hộ không được là new, không có dấu cách, | hay :.")
_SEED = N_("cần là số nguyên từ 0 đến %(most)s, hoặc để trống.")
_MOVED = N_("hộ %(household)s đã thuộc thôn %(village)s; hộ chuyển thôn cần mã mới.")


def load(session: Session, text: str, draw: Iterator[int]) -> tuple[int, int]:
    """Load a register file (CSV with the columns COLUMNS); returns (villages, households).

    A household that is known keeps its seeds, whatever the file says: a second load must not
    choose other persons. Without seeds in the file they are taken from `draw` (integers in
    [0, 720720)). Households that the file does not name stay. Raises RegisterRefused.
    """
    rows = _read(text)
    known = {row.code: row for row in households(session)}
    _refuse_moved(rows, known)
    named = {row["village"]: row["village_name"] for row in rows}
    _upsert_villages(session, named)
    _insert_households(session, [row for row in rows if row["household"] not in known], draw)
    _reactivate(session, [row["household"] for row in rows], known)
    touch(session)
    return len(named), len(rows)


def _read(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        due, found = ", ".join(COLUMNS[:3]), ", ".join(reader.fieldnames or ()) or "–"
        values = {"due": due, "found": found}
        raise RegisterRefused([RowFault(1, ", ".join(missing), _COLUMNS_DUE, values)])
    rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    faults = list(_faults(rows))
    if faults:
        raise RegisterRefused(faults)
    return rows


def _faults(rows: Sequence[dict[str, str]]) -> Iterator[RowFault]:
    """Everything wrong in the file, row by row."""
    seen: dict[str, int] = {}
    names: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        yield from _row_faults(number, row)
        first = seen.setdefault(row["household"], number)
        if first != number:
            values: dict[str, object] = {"household": row["household"], "first": first}
            yield RowFault(number, "household", _TWICE, values)
        name = names.setdefault(row["village"], row["village_name"]) if row["village_name"] else ""
        if name != row["village_name"]:
            values = {"village": row["village"], "one": name, "other": row["village_name"]}
            yield RowFault(number, "village_name", _TWO_NAMES, values)


def _row_faults(number: int, row: dict[str, str]) -> Iterator[RowFault]:
    for column, longest in (("village", 16), ("village_name", 128), ("household", 32)):
        if not 0 < len(row[column]) <= longest:
            yield RowFault(number, column, _LENGTH, {"longest": longest})
    if row["household"] == "new" or any(mark in row["household"] for mark in " |:"):
        yield RowFault(number, "household", _CODE)
    for column in ("seed_f", "seed_m"):
        seed = row.get(column, "")
        if seed and not (seed.isascii() and seed.isdecimal() and int(seed) < SEEDS):
            yield RowFault(number, column, _SEED, {"most": SEEDS - 1})


def _refuse_moved(
    rows: Sequence[dict[str, str]], known: Mapping[str, Row[*tuple[Any, ...]]]
) -> None:
    """A household code belongs to one village for good: results are kept by it."""
    faults = [
        RowFault(
            number,
            "village",
            _MOVED,
            {"household": row["household"], "village": old.village},
        )
        for number, row in enumerate(rows, start=2)
        if (old := known.get(row["household"])) is not None and old.village != row["village"]
    ]
    if faults:
        raise RegisterRefused(faults)


def _upsert_villages(session: Session, named: Mapping[str, str]) -> None:
    known = dict(session.execute(select(_VILLAGE.c.code, _VILLAGE.c.name)).tuples().all())
    new = [{"code": code, "name": name} for code, name in named.items() if code not in known]
    if new:
        session.execute(insert(_VILLAGE), new)
    for code, name in named.items():
        if known.get(code, name) != name:
            session.execute(update(_VILLAGE).where(_VILLAGE.c.code == code).values(name=name))


def _insert_households(
    session: Session, rows: Sequence[dict[str, str]], draw: Iterator[int]
) -> None:
    made = [
        {
            "code": row["household"],
            "village": row["village"],
            "seed_f": int(row.get("seed_f") or next(draw)),
            "seed_m": int(row.get("seed_m") or next(draw)),
            "active": True,
        }
        for row in rows
    ]
    if made:
        session.execute(insert(_HOUSEHOLD), made)


def _reactivate(
    session: Session, named: Sequence[str], known: Mapping[str, Row[*tuple[Any, ...]]]
) -> None:
    for code in named:
        if code in known and not known[code].active:
            set_active(session, code, True)


def set_active(session: Session, household: str, active: bool) -> None:
    """Take a household off the list (moved away, empty house) or put it back."""
    statement = update(_HOUSEHOLD).where(_HOUSEHOLD.c.code == household).values(active=active)
    session.execute(statement)
    touch(session)


def strike_off(session: Session, kept: Collection[str]) -> int:
    """Take every household off the list that is not among `kept`; how many were on it."""
    asked = select(_HOUSEHOLD.c.code).where(_HOUSEHOLD.c.active)
    gone = [code for code in session.scalars(asked) if code not in kept]
    for start in range(0, len(gone), AT_A_TIME):
        part = _HOUSEHOLD.c.code.in_(gone[start : start + AT_A_TIME])
        session.execute(update(_HOUSEHOLD).where(part).values(active=False))
    touch(session)
    return len(gone)


def touch(session: Session) -> None:
    """Count a change of the register: what was made from it earlier is made again."""
    table: Table = TerritoryRevision.__table__  # type: ignore[assignment]
    done = session.execute(
        update(table).values(revision=table.c.revision + 1).returning(table.c.id)
    ).all()
    if not done:
        session.execute(insert(table).values(id=1, revision=1))
