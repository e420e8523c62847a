"""read(): an uploaded workbook as submissions, or every fault by its cell.

A line whose cells can be read is checked by the one check (forms.answers.check); its faults are
told at the cells from which the answers came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms.answers import check
from forms.faults import Fault
from forms.instance import parse_xml, render_xml
from forms.library import Form, Library
from forms.messages import Text
from forms.problems import MalformedXml
from forms.rows import MAX_INSTANCES
from forms.schema import Node, Schema, Table
from forms.values import local_date
from forms.workbook import grid
from forms.workbook.cells import Cell, Wrong, answer, clean, is_blank, shown
from forms.workbook.choices import Choices, MediaRows, choices_of
from forms.workbook.faults import CellFault, fault
from forms.workbook.grid import Line
from forms.workbook.layout import FIRST_ROW, fillable, words
from forms.workbook.machine import SHEET, Damaged, Machine, MachineSheet, machine
from forms.workbook.package import Package, Refused, open_book

Cells = dict[str, tuple[str, str, int]]  # path in the row -> (sheet, cell, row)


@dataclass(slots=True)
class Entry:
    """One submission of a file. `key` tells the lines of a template apart ("1", "2" …);
    `answers` has the shape of forms.instance.render_xml; `content` is the same for equal answers,
    whoever entered them when; `cells` says where each answer stands, by indexed path."""

    key: str
    sheet: str
    cell: str
    row: int
    answers: dict[str, Any]
    content: str = ""
    cells: Cells = field(default_factory=dict)
    root: dict[str, Any] = field(default_factory=dict)  # typed answers outside repeats, calculated


@dataclass(slots=True)
class Reading:
    """What a workbook holds. `entries` are those lines in which no fault was found."""

    form: Form | None
    template: str
    entries: list[Entry]
    faults: list[CellFault]
    lines: int = 0  # that hold something, right or wrong

    @property
    def faulty(self) -> int:
        """How many lines have a fault."""
        return self.lines - len(self.entries)


def read(
    library: Library, expected: Form, data: bytes, media: MediaRows, *, now: datetime
) -> Reading:
    """Read an upload that should be a template of `expected` (any published version of it).

    media: rows of each list by file name, as for the check. Raises nothing: what is wrong with
    the file as a whole is a fault without a cell.
    """
    try:
        package = open_book(data)
    except Refused as refused:
        return _refused(refused.code, refused.message)
    try:
        described = _machine(package)
        form = _form(library, expected, described)
        return _Reader(form, described, media, now).read(package)
    except Refused as refused:
        return _refused(refused.code, refused.message)
    finally:
        package.close()


def _refused(code: str, text: Text) -> Reading:
    told = CellFault(code, "", "", 0, {"vi": "", "en": ""}, text)
    return Reading(None, "", [], [told])


def _machine(package: Package) -> Machine:
    if SHEET not in package.shapes:
        raise Refused("book_no_template")
    page = package.book[SHEET]
    page.reset_dimensions()
    try:
        return machine(page.iter_rows(max_row=3000, max_col=5, values_only=True))
    except Damaged as error:
        raise Refused("book_damaged", found=str(error)) from None


def _form(library: Library, expected: Form, described: Machine) -> Form:
    if described.form != expected.id:
        known = library.versions(described.form[:64])
        title: object = known[-1].title if known else described.form[:64]
        raise Refused("book_other_form", found=title, expected=expected.title)
    form = library.get(described.form, described.version)
    if form is None:
        raise Refused("book_version", found=described.version[:64], expected=expected.version)
    return form


@dataclass(slots=True)
class _Asked:
    """A question of a sheet, ready for reading."""

    node: Node
    choices: Choices | None


@dataclass(slots=True)
class _Read:
    """A line with its answers as text, and what stands inside it."""

    line: Line
    sheet: MachineSheet
    key: str
    answers: dict[str, str]
    inner: dict[str, list[_Read]] = field(default_factory=dict)  # by table
    wrong: bool = False


class _Reader:
    """One workbook on its way to entries and faults."""

    def __init__(self, form: Form, described: Machine, media: MediaRows, now: datetime) -> None:
        self.form, self.described, self.media, self.now = form, described, media, now
        self.schema = Schema(form.model)
        self.tables: dict[str, Table] = {table.name: table for table in self.schema.tables}
        self.faults: list[CellFault] = []
        self.stamp = _stamp(self.schema, now)

    def read(self, package: Package) -> Reading:
        self._known()
        read: dict[str, list[_Read]] = {}
        for sheet in self.described.sheets:
            found = grid.lines(package, sheet, self.faults)
            read[sheet.table] = self._lines(sheet, found)
        self._link(read)
        first = self.described.sheets[0]
        roots = [one for one in read[first.table] if one.line.filled or one.inner]
        if not roots and not self.faults:
            cell = grid.address(FIRST_ROW, 3 if first.down or first.link else 2)
            raise Refused("book_nothing", expected=cell)
        entries = [entry for one in roots if (entry := self._entry(one)) is not None]
        spoilt = {one.row for one in self.faults if one.sheet == first.title}
        if first.down:
            entries = [] if self.faults else entries
        entries = [one for one in entries if one.row not in spoilt]
        return Reading(self.form, self.described.template, entries, self._sorted(), len(roots))

    def _sorted(self) -> list[CellFault]:
        order = {sheet.title: at for at, sheet in enumerate(self.described.sheets)}
        return sorted(self.faults, key=lambda one: (order.get(one.sheet, -1), one.row))

    def _known(self) -> None:
        """The hidden sheet names tables and questions of this version, nothing else."""
        tables = [sheet.table for sheet in self.described.sheets]
        if tables != [table.name for table in self.schema.tables]:
            raise Refused("book_damaged", found="sheet")
        for sheet in self.described.sheets:
            for place in sheet.places:
                node = self.schema.by_path.get(self._path(sheet.table, place.path))
                if node is None or not fillable(node):
                    raise Refused("book_damaged", found=place.path[:40])

    def _path(self, table: str, path: str) -> str:
        return f"{self.tables[table].node.path}/{path}"

    # Lines

    def _lines(self, sheet: MachineSheet, found: Sequence[Line]) -> list[_Read]:
        asked = {
            place.path: self._asked(self.schema.by_path[self._path(sheet.table, place.path)])
            for place in sheet.places
        }
        keys: dict[str, str] = {}
        return [self._line(sheet, line, asked, keys) for line in found]

    def _asked(self, node: Node) -> _Asked:
        return _Asked(node, choices_of(node, self.form, self.media, self.described.language))

    def _line(
        self, sheet: MachineSheet, line: Line, asked: Mapping[str, _Asked], keys: dict[str, str]
    ) -> _Read:
        made = _Read(line, sheet, "1" if sheet.down else self._key(sheet, line, keys), {})
        made.wrong = not made.key
        for path, (at, cell) in line.cells.items():
            question = asked[path]
            try:
                text = answer(cell, question.node, question.choices)
            except Wrong as wrong:
                made.wrong = True
                row = grid.row_of(at)
                label = self._label(question.node)
                told = CellFault(
                    wrong.code, sheet.title, at, row, label, wrong.message, wrong.value
                )
                self.faults.append(told)
            else:
                if text:
                    made.answers[path] = text
        return made

    def _key(self, sheet: MachineSheet, line: Line, keys: dict[str, str]) -> str:
        """The line's number in column A; below the numbered rows, that of the row itself."""
        at, cell = grid.address(line.row, 1), line.number
        key = str(line.row - FIRST_ROW + 1) if is_blank(cell) else _number(cell)
        if not key:
            self._add("cell_key", sheet, at, line.row, value=shown(cell))
        elif key in keys:
            self._add("cell_key_twice", sheet, at, line.row, value=key, expected=keys[key])
            return ""
        keys[key] = at
        return key

    def _add(self, code: str, sheet: MachineSheet, at: str, row: int, **values: object) -> None:
        self.faults.append(fault(code, sheet.title, at, row, **values))  # type: ignore[arg-type]

    def _link(self, read: Mapping[str, list[_Read]]) -> None:
        """Put the lines of each repeat into the lines to which they belong."""
        for sheet in self.described.sheets[1:]:
            parent = self.tables[sheet.table].parent
            assert parent is not None
            around = read[parent.name]
            for one in read[sheet.table]:
                owner = self._owner(one, sheet, around)
                if owner is None:
                    continue
                inner = owner.inner.setdefault(sheet.table, [])
                inner.append(one)
                owner.wrong = owner.wrong or one.wrong
                if len(inner) == MAX_INSTANCES + 1:
                    owner.wrong = True
                    self._add(
                        "cell_rows_inside", owner.sheet, grid.address(owner.line.row, 1),
                        owner.line.row, value=sheet.title, expected=MAX_INSTANCES,
                    )  # fmt: skip

    def _owner(self, one: _Read, sheet: MachineSheet, around: list[_Read]) -> _Read | None:
        if not sheet.link:
            return around[0] if around else None  # the one return; None where its sheet is spoilt
        key = "" if is_blank(one.line.link) else _number(one.line.link)
        owner = next((line for line in around if line.key and line.key == key), None)
        if owner is None:
            title = next(s.title for s in self.described.sheets if s.table == sheet.link)
            at = grid.address(one.line.row, 2)
            self._add(
                "cell_link", sheet, at, one.line.row, expected=title, value=shown(one.line.link)
            )
        return owner

    # Entries

    def _entry(self, one: _Read) -> Entry | None:
        """The line as a submission, checked; None where it has a fault."""
        cells: Cells = {}
        root = self.schema.root
        answers = self._nested(one, root.path, cells)
        content = _digest(self.form.id, answers)
        at = f"C{FIRST_ROW}" if one.sheet.down else grid.address(one.line.row, 1)
        entry = Entry(
            one.key, one.sheet.title, at, one.line.row, {**self.stamp, **answers}, content, cells
        )
        if one.wrong or _any_wrong(one):
            return None  # its own faults first: answers that are missing would make others
        return entry if self._checked(entry) else None

    def _nested(self, one: _Read, path: str, cells: Cells) -> dict[str, Any]:
        """The answers as an object, in the shape of the wire; where each stands goes to `cells`."""
        made: dict[str, Any] = {}
        title = one.sheet.title
        cells[path] = (title, grid.address(one.line.row, 1), one.line.row)
        for name, (at, _) in one.line.cells.items():
            row = grid.row_of(at)
            cells[f"{path}/{name}"] = (title, at, row)
        for name, text in one.answers.items():
            _put(made, name.split("/"), text)
        base = self.tables[one.sheet.table].node.path
        for table, inner in one.inner.items():
            relative = self.tables[table].node.path[len(base) + 1 :]
            instances = [
                self._nested(line, f"{path}/{relative}[{at}]", cells)
                for at, line in enumerate(inner, start=1)
            ]
            _put(made, relative.split("/"), instances)
            cells[f"{path}/{relative}"] = cells[path]
        return made

    def _checked(self, entry: Entry) -> bool:
        try:
            instance = parse_xml(render_xml(self.form, entry.answers, "uuid:read"))
        except MalformedXml as error:
            text = error.message
            self.faults.append(
                CellFault(error.code, entry.sheet, entry.cell, entry.row, self.form.title, text)
            )
            return False
        checked = check(self.form, instance, now=self.now, media=self.media)
        entry.root = checked.answers[self.form.id]
        self.faults += [at_cell(one, entry) for one in checked.faults]
        return not checked.faults

    def _label(self, node: Node) -> Text:
        label = node.model.get("label")
        return {
            "vi": words(label, "vi") or node.name,
            "en": words(label, "en") or node.name,
        }


def at_cell(found: Fault, entry: Entry) -> CellFault:
    """A fault of the check at the cell from which the answer came; of what has no cell (a
    calculation, a repeat), at the line."""
    path = found.path
    while path and path not in entry.cells:
        path = path.rpartition("/")[0]
    sheet, cell, row = entry.cells.get(path, (entry.sheet, entry.cell, entry.row))
    return CellFault(found.code, sheet, cell, row, found.label, found.message, found.value)


def _any_wrong(one: _Read) -> bool:
    return any(line.wrong or _any_wrong(line) for lines in one.inner.values() for line in lines)


def _put(into: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        into = into.setdefault(step, {})
    into[steps[-1]] = value


def _number(cell: Cell) -> str:
    """A line's number as text; "" for anything that is none."""
    value = cell.value
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) and 0 < value < 10**6 else ""
    text = clean(value) if isinstance(value, str) else ""
    return str(int(text)) if text.isascii() and text.isdigit() and 0 < len(text) < 7 else ""


def _digest(form: str, answers: Mapping[str, Any]) -> str:
    text = json.dumps([form, answers], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _stamp(schema: Schema, now: datetime) -> dict[str, str]:
    """The day of the upload in the form's own `today`, by which it is judged from then on."""
    first = schema.tables[0]
    return {
        node.name: local_date(now)
        for node in first.nodes
        if node.model.get("preload") == "today" and node.depth == 1
    }
