"""A workbook that was read (forms.workbook) against what is stored: what is new, edited, the same.

docs/decisions/0016: a line is known by its template, and within it by what it says, then by its
number. `store` sends every line through `ingest.receive`; the caller commits once for the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Channel, Role, State, Submission, Unit, WorkbookLine
from collector.problems import Problem
from collector.store import ingest
from collector.store.accounts import Caller
from collector.store.describing import Arrival
from collector.store.submissions import occasion_of
from forms.instance import render_xml
from forms.library import Form
from forms.messages import Text
from forms.workbook import CellFault, Entry, Reading

_LINE: Table = WorkbookLine.__table__  # type: ignore[assignment]
_SENT: Table = Submission.__table__  # type: ignore[assignment]
_INSERTS: dict[str, Callable[[Table], postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}
REVISES = "revises"  # the question by which a return says that it corrects an earlier one
YES = frozenset({"1", "yes"})
AT_A_TIME = 400  # values in one question to the database


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the template that was stored."""

    id: int
    number: str
    content: str
    instance_id: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be sent. `instead`: the instance that it corrects; `known`: the line stored
    before, where it is one of this template."""

    entry: Entry
    instance_id: str
    instead: str | None = None
    known: Known | None = None


@dataclass(slots=True)
class Plan:
    """What storing a file would do. `same` lines are there already; `gone` are numbers of lines
    that were sent and are no longer in the file (they stay stored); `alike` are new lines that
    say exactly what the unit has sent in another file. With `faults` nothing is stored."""

    new: list[Line] = field(default_factory=list)
    edits: list[Line] = field(default_factory=list)
    same: list[tuple[Entry, Known]] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)
    alike: list[Entry] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file; `waiting` of the new and edited ones wait for review."""

    new: int
    edited: int
    same: int
    waiting: int


def on_behalf(session: Session, caller: Caller, unit: str) -> Caller:
    """Who sends: a unit's account itself, or an officer in the name of a unit.

    Raises Problem NOT_FOUND where there is no such active unit, FORBIDDEN for another's unit.
    """
    found = session.get(Unit, unit)
    if caller.role is Role.UNIT and caller.unit != unit:
        raise Problem(problems.FORBIDDEN)
    if found is None or (not found.active and caller.unit != unit):
        raise Problem(problems.NOT_FOUND)
    if caller.role is Role.UNIT:
        return caller
    return replace(
        caller, role=Role.UNIT, unit=found.code, unit_kind=found.kind, unit_name=found.name
    )


def plan(session: Session, form: Form, reading: Reading, sender: Caller) -> Plan:
    """Compare a reading with what is stored; `sender` as `on_behalf` gives it. Writes nothing."""
    unit = sender.unit or ""
    made = _matched(reading, _known(session, reading.template, unit), unit)
    made.faults += _other_units(form, reading.entries, unit)
    _occasions(session, form, made)
    made.alike = _alike(session, [line.entry for line in made.new], reading.template, unit)
    return made


def _known(session: Session, template: str, unit: str) -> list[Known]:
    asked = select(_LINE.c.id, _LINE.c.number, _LINE.c.content, _LINE.c.instance_id)
    asked = asked.where(_LINE.c.template == template, _LINE.c.unit == unit).order_by(_LINE.c.id)
    return [Known(*row) for row in session.execute(asked)]


def _matched(reading: Reading, known: Iterable[Known], unit: str) -> Plan:
    """First what says the same at its number, then what says the same elsewhere (lines were moved
    or sorted), then by number (a line was corrected). The rest is new."""
    made, left = Plan(), dict.fromkeys(known)
    for same_place in (True, False):
        by_content: dict[tuple[str, str], list[Known]] = {}
        for one in left:
            by_content.setdefault((one.content, one.number if same_place else ""), []).append(one)
        done = {entry.key for entry, _ in made.same}
        for entry in reading.entries:
            found = by_content.get((entry.content, entry.key if same_place else ""))
            if entry.key not in done and found:
                made.same.append((entry, found[0]))
                del left[found.pop(0)]
    done = {entry.key for entry, _ in made.same}
    by_number = {one.number: one for one in left if one.number}
    for entry in reading.entries:
        if entry.key in done:
            continue
        before = by_number.pop(entry.key, None)
        instance = instance_id(reading.template, unit, entry, before)
        if before is None:
            made.new.append(Line(entry, instance))
        else:
            del left[before]
            made.edits.append(Line(entry, instance, before.instance_id, before))
    made.gone = [one for one in left if one.number]
    return made


def instance_id(template: str, unit: str, entry: Entry, before: Known | None) -> str:
    """The id of a line: the same file gives the same ids, whoever sends it and however often."""
    last = before.instance_id if before else ""
    return f"uuid:{uuid5(UUID(template), '|'.join((unit, entry.key, entry.content, last)))}"


def _other_units(form: Form, entries: Sequence[Entry], unit: str) -> Iterator[CellFault]:
    """Returns that name another unit than the one that sends."""
    name = str(form.about.get("unit") or "")
    for entry in entries if name else ():
        named = entry.root.get(name)
        if named not in (None, unit):
            yield _at(entry, form, name, "other_unit", _OTHER_UNIT, str(named))


_OTHER_UNIT: Text = {
    "vi": "Báo cáo ghi đơn vị khác với đơn vị đang gửi. Chọn lại đơn vị, hoặc để đơn vị đó gửi.",
    "en": "The return names another unit than the one that sends. Choose the unit again, or let "
    "that unit send it.",
}
_TAKEN: Text = {
    "vi": "Kỳ này đã có báo cáo trên máy chủ. Nếu đây là bản sửa: sửa tệp đã gửi lần trước rồi tải "
    "lên, hoặc chọn “Có” ở câu hỏi báo cáo này có sửa báo cáo trước không. Nếu không phải: "
    "xem lại kỳ báo cáo.",
    "en": "A return for this period is there already. If this corrects it: upload the file of last "
    "time with the correction, or say yes to the question whether it corrects an earlier return. "
    "If not: look at the period again.",
}
_TWICE: Text = {
    "vi": "Kỳ này có hai lần trong tệp (lần đầu ở ô {cell}). Mỗi kỳ một báo cáo.",
    "en": "This period stands twice in the file (first in {cell}). One return a period.",
}


def _at(entry: Entry, form: Form, name: str, code: str, text: Text, value: str) -> CellFault:
    """A fault at the question `name` of an entry."""
    root = f"/{form.model['root']}"
    path = next((path for path in entry.cells if path.rpartition("/")[2] == name), root)
    sheet, cell, row = entry.cells.get(path, (entry.sheet, entry.cell, entry.row))
    node = form.checker.schema.by_path.get(path)
    label: Text = (node.model.get("label") if node else None) or form.title
    return CellFault(code, sheet, cell, row, label, text, value)


def _occasions(session: Session, form: Form, made: Plan) -> None:
    """What is counted once only (a unit's return for a period): twice in the file, or there
    already. A new line that says it revises becomes an edit of what is there."""
    unique: Sequence[str] = form.about.get("unique") or ()
    if not unique:
        return
    asked = form.about.get("period") or unique[0]
    first: dict[str, Entry] = {}
    wanted: dict[str, Line] = {}
    for line in [*made.edits, *made.new]:
        occasion = occasion_of(form.id, *(line.entry.root.get(name) for name in unique))
        if occasion is None:
            continue
        if occasion in first:
            at = _at(first[occasion], form, asked, "", _TWICE, "").cell
            text: Text = {"vi": _TWICE["vi"].format(cell=at), "en": _TWICE["en"].format(cell=at)}
            value = str(line.entry.root.get(asked, ""))
            made.faults.append(_at(line.entry, form, asked, "period_twice", text, value))
            continue
        first[occasion] = line.entry
        wanted[occasion] = line
    for occasion, instance in _taken(session, list(wanted)):
        line = wanted[occasion]
        if line.instead == instance:
            continue
        if line in made.new and str(line.entry.root.get(REVISES, "")) in YES:
            made.new.remove(line)
            made.edits.append(replace(line, instead=instance))
        else:
            value = str(line.entry.root.get(asked, ""))
            made.faults.append(_at(line.entry, form, asked, "period_taken", _TAKEN, value))


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values, as many at a time as one question to the database takes."""
    return (values[at : at + AT_A_TIME] for at in range(0, len(values), AT_A_TIME))


def _taken(session: Session, occasions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(occasion, instance id) of what counts for them now."""
    for some in _parts(occasions):
        asked = select(_SENT.c.claim, _SENT.c.instance_id).where(_SENT.c.claim.in_(some))
        yield from session.execute(asked).tuples()


def _alike(session: Session, entries: Sequence[Entry], template: str, unit: str) -> list[Entry]:
    """New lines that the unit has sent with the same words in another file: perhaps the same
    births typed into a second template, perhaps twins; a person decides."""
    contents: set[str] = set()
    for some in _parts(sorted({entry.content for entry in entries})):
        asked = (
            select(_LINE.c.content)
            .join(_SENT, _SENT.c.instance_id == _LINE.c.instance_id)
            .where(
                _LINE.c.content.in_(some),
                _LINE.c.unit == unit,
                _LINE.c.template != template,
                _SENT.c.superseded.is_(False),
                _SENT.c.state != State.EXCLUDED.value,
            )
        )
        contents |= set(session.scalars(asked))
    return [entry for entry in entries if entry.content in contents]


def store(
    session: Session, desk: ingest.Desk, sender: Caller, reading: Reading, made: Plan,
    now: datetime,
) -> Outcome:  # fmt: skip
    """Store every new and edited line; all or none, as the caller commits or rolls back.

    Raises Problem where a line is refused after all (another request was faster); roll back then.
    """
    assert reading.form is not None and not made.faults and not reading.faults, "not to be stored"
    session.connection()  # a transaction from here on: no insert commits by itself
    waiting = 0
    for line in [*made.new, *made.edits]:
        text = render_xml(reading.form, line.entry.answers, line.instance_id, line.instead)
        arrival = Arrival(Channel.EXCEL, text, now)
        receipt = ingest.receive(session, desk, sender, arrival)
        if receipt.conflict:
            raise Problem(problems.CHANGED_MEANWHILE)
        waiting += receipt.state is State.FLAGGED and not receipt.duplicate
    _note(session, reading.template, sender.unit or "", made)
    return Outcome(len(made.new), len(made.edits), len(made.same), waiting)


def _note(session: Session, template: str, unit: str, made: Plan) -> None:
    """Remember which line is which submission now."""
    added: list[Mapping[str, Any]] = [
        {
            "template": template,
            "unit": unit,
            "number": line.entry.key,
            "content": line.entry.content,
            "instance_id": line.instance_id,
        }
        for line in [*made.new, *made.edits]
        if line.known is None
    ]
    if added:
        insert = _INSERTS[session.get_bind().dialect.name](_LINE).on_conflict_do_nothing()
        session.execute(insert, added)
    for line in made.edits:
        if line.known is not None:
            changed = {"content": line.entry.content, "instance_id": line.instance_id}
            session.execute(update(_LINE).where(_LINE.c.id == line.known.id).values(changed))
    moved = [(known.id, entry.key) for entry, known in made.same if entry.key != known.number]
    for line_id, number in [*moved, *((one.id, "") for one in made.gone)]:
        session.execute(update(_LINE).where(_LINE.c.id == line_id).values(number=number))
