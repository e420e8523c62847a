"""The household register by version: each upload is kept, the newest one is the commune's list."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.sampling import BadRegister, Register, register_of
from analysis.sampling.errors import Fault
from analysis.sampling.upload import Row
from analysis.types import Text
from collector.models import RegisterVersion, User
from collector.store import territory

LONGEST = {"village": 16, "code": 32, "name": 128}
NEW = "new"  # what a form says of a household that is not on the list
STRUCK_WITHOUT_ASKING = 0.1  # share of the list that one upload may strike off unasked
_MARKS = re.compile(r"^\W|[\s|:]")  # a code that begins as a formula would be one in Excel


@dataclass(frozen=True, slots=True)
class Version:
    """An upload. `checksum` is that of `analysis.sampling.Register`."""

    id: int
    checksum: str
    filename: str
    villages: int
    households: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What an upload did: households of the list, those new on it, those struck off it."""

    id: int
    households: int
    added: int
    struck: int


def versions(session: Session) -> list[Version]:
    """Every version, the newest first."""
    columns = (
        RegisterVersion.id,
        RegisterVersion.checksum,
        RegisterVersion.filename,
        RegisterVersion.villages,
        RegisterVersion.households,
        User.display_name,
        RegisterVersion.received_at,
    )
    asked = select(*columns).join(User, User.id == RegisterVersion.account_id)
    return [Version(*row) for row in session.execute(asked.order_by(RegisterVersion.id.desc()))]


def newest(session: Session) -> Version | None:
    """The version that holds; None where none was uploaded."""
    found = versions(session)
    return found[0] if found else None


def content(session: Session, version: int) -> str | None:
    """A version as CSV (village, code), sorted; None where there is no such version."""
    asked = select(RegisterVersion.content).where(RegisterVersion.id == version)
    found: str | None = session.scalar(asked)
    return found


def register(session: Session, version: int) -> Register:
    """A version, ready to draw from. It was checked when it was kept."""
    text = content(session, version)
    assert text is not None
    lines = csv.reader(io.StringIO(text))
    next(lines)
    return register_of((village, code) for village, code in lines)


def checked(session: Session, rows: Sequence[Row]) -> Register:
    """The register that the rows of a file are.

    Raises `BadRegister` with every row that is wrong: what a draw refuses, and what the forms
    cannot hold (a code that another village has, blanks, an unknown village without a name).
    """
    faults: list[Fault] = []
    try:
        found = register_of([(one.village, one.code) for one in rows])
    except BadRegister as refused:
        faults, found = list(refused.faults), Register({})
    named = {fault.row for fault in faults}
    known = {row.code: row.village for row in territory.households(session)}
    names = {row.code: row.name for row in territory.villages(session)}
    faults += [f for f in _commune_faults(rows, known, names) if f.row not in named]
    if faults:
        raise BadRegister(sorted(faults, key=lambda fault: fault.row))
    return found


def _commune_faults(
    rows: Sequence[Row], known: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Fault]:
    """What the commune's list asks beyond a draw: at most one fault a row."""
    first: dict[str, Row] = {}
    called = {**names, **{one.village: one.name for one in reversed(rows) if one.name}}
    for one in rows:
        before = first.setdefault(one.code, one)
        said = _shape(one) or _place(one, before, known.get(one.code), called)
        if said is not None:
            yield Fault(one.row, said)


def _shape(one: Row) -> Text | None:
    for column, longest in LONGEST.items():
        if len(getattr(one, column)) > longest:
            return Text(
                f"cột {column} dài quá {longest} ký tự.",
                f"column {column} is longer than {longest} characters.",
            )
    if one.code == NEW or _MARKS.search(one.code) or _MARKS.search(one.village):
        return Text(
            f"mã bắt đầu bằng chữ hoặc số, không có dấu cách, “|” hay “:”, không phải là new: "
            f"{one.village}, {one.code}.",
            f"a code begins with a letter or a digit, has no blanks, “|” or “:”, and is not new: "
            f"{one.village}, {one.code}.",
        )
    return None


def _place(one: Row, before: Row, lives: str | None, called: Mapping[str, str]) -> Text | None:
    if before.village != one.village:
        return Text(
            f"mã hộ {one.code} đã có ở dòng {before.row}, thôn {before.village}; mỗi mã chỉ dùng "
            f"một lần trong xã, ví dụ {one.village}-{one.code}.",
            f"code {one.code} is in row {before.row} already, village {before.village}; a code is "
            f"used once in the commune, such as {one.village}-{one.code}.",
        )
    if lives is not None and lives != one.village:
        return Text(
            f"hộ {one.code} đã thuộc thôn {lives}; hộ chuyển thôn cần mã mới.",
            f"household {one.code} belongs to village {lives}; one that moved needs a new code.",
        )
    if one.village and one.village not in called:
        return Text(
            f"thôn {one.village} chưa có tên; hãy thêm cột village_name.",
            f"village {one.village} has no name yet; add a column village_name.",
        )
    return None


def struck(session: Session, found: Register) -> tuple[int, int]:
    """(households that this list would strike off, households on the list now)."""
    listed = [row.code for row in territory.households(session) if row.active]
    kept = {code for codes in found.villages.values() for code in codes}
    return sum(code not in kept for code in listed), len(listed)


def keep(
    session: Session,
    rows: Sequence[Row],
    found: Register,
    filename: str,
    account: int,
    now: datetime,
    seeds: Iterator[int],
) -> Kept:
    """Keep a checked list as the newest version and make it the commune's: new households get
    their seeds, those no longer on it are struck off (their answers stay)."""
    before = {row.code for row in territory.households(session) if row.active}
    names = {row.code: row.name for row in territory.villages(session)}
    names |= {one.village: one.name for one in reversed(rows) if one.name}
    territory.load(session, _territory(found, names), seeds)
    codes = {code for listed in found.villages.values() for code in listed}
    gone = territory.strike_off(session, codes)
    made = _stored(session, found, filename, account, now)
    return Kept(made, found.households, len(codes - before), gone)


def snapshot(session: Session, filename: str, account: int, now: datetime) -> int | None:
    """Keep the households that the forms know as a version; None where there are none."""
    rows: Sequence[SqlRow[*tuple[Any, ...]]] = territory.households(session)
    listed = [(row.village, row.code) for row in rows if row.active]
    return _stored(session, register_of(listed), filename, account, now) if listed else None


def _stored(session: Session, found: Register, filename: str, account: int, now: datetime) -> int:
    row = RegisterVersion(
        checksum=found.checksum,
        filename=filename[:128],
        villages=len(found.villages),
        households=found.households,
        content=_csv(
            ("village", "code"), ((v, c) for v, codes in found.villages.items() for c in codes)
        ),
        account_id=account,
        received_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def _territory(found: Register, names: Mapping[str, str]) -> str:
    rows = ((v, names[v], code) for v, codes in found.villages.items() for code in codes)
    return _csv(territory.COLUMNS[:3], rows)


def _csv(heading: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue()
