"""The hidden sheet that says what a workbook is: form, version, which workbook, where each path is.

It is written with the template and is the truth when the file comes back: labels are for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

SHEET = "_so_thon"
LISTS = "_danh_sach"
MARK = "so-thon"
FORMAT = "1"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


class Damaged(ValueError):
    """The hidden sheet is not as it was written."""


@dataclass(frozen=True, slots=True)
class Place:
    """A question's heading: row and column from 1, the text that stands there, the path."""

    row: int
    column: int
    heading: str
    path: str


@dataclass(slots=True)
class MachineSheet:
    """One sheet as the template has it. `link`: the table whose numbers column B holds."""

    table: str
    title: str
    down: bool
    link: str
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Machine:
    """What the hidden sheet says. `template` is the id that a download was given."""

    form: str
    version: str
    template: str
    language: str
    sheets: list[MachineSheet] = field(default_factory=list)


def rows(machine: Machine) -> Iterable[Sequence[str]]:
    """The hidden sheet, row by row."""
    yield MARK, FORMAT
    yield "form", machine.form
    yield "version", machine.version
    yield "template", machine.template
    yield "language", machine.language
    for sheet in machine.sheets:
        yield "sheet", sheet.table, sheet.title, "down" if sheet.down else "rows", sheet.link
        for place in sheet.places:
            cell = f"{letters(place.column)}{place.row}"
            yield "field", cell, place.path, place.heading


def machine(found: Iterable[Sequence[Any]]) -> Machine:
    """The hidden sheet read back. Raises Damaged; an unknown FORMAT is damage, too."""
    lines = [["" if cell is None else str(cell) for cell in row] for row in found]
    lines = [line + [""] * (5 - len(line)) for line in lines if any(line)]
    if not lines or lines[0][:2] != [MARK, FORMAT]:
        raise Damaged("mark")
    about = {line[0]: line[1] for line in lines[1:5]}
    if set(about) != {"form", "version", "template", "language"}:
        raise Damaged("about")
    if not _ID.fullmatch(about["template"]) or about["language"] not in ("vi", "en"):
        raise Damaged("template")
    made = Machine(about["form"], about["version"], about["template"], about["language"])
    for line in lines[5:]:
        _line(made, line)
    if not made.sheets:
        raise Damaged("sheet")
    return made


def _line(made: Machine, line: Sequence[str]) -> None:
    if line[0] == "sheet":
        made.sheets.append(MachineSheet(line[1], line[2], line[3] == "down", line[4]))
        return
    cell = _CELL.fullmatch(line[1])
    if line[0] != "field" or not cell or not made.sheets:
        raise Damaged(line[0][:20])
    place = Place(int(cell[2]), number(cell[1]), line[3], line[2])
    made.sheets[-1].places.append(place)


def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def number(column: str) -> int:
    """The column of letters: A is 1."""
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - 64
    return found
