"""Where each question of a form stands in its workbook.

A return (a form that is owed every month, quarter or year) is one submission a file: its questions
go *down* the first sheet, the answers stand in column C. Any other form is a register: a row is a
submission, a column a question. Each repeat is a sheet of rows of its own, and says by number to
which row it belongs where more than one is possible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from forms.library import Form
from forms.messages import Text
from forms.schema import Node, Schema, Table

FIRST_ROW = 4  # of the answers, as Excel counts; headings stand above
HEADING_ROW = 3
ANSWER_COLUMN = 3  # C, where the questions go down
MOST_ROWS = 5000  # rows of one sheet that are read
LONGEST_TITLE = 31  # characters of a sheet's name in Excel
NOT_IN_EXCEL = frozenset({"image", "audio", "video", "file", "geopoint", "geotrace", "geoshape"})

_MARKS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|\[(.+?)\]\(.+?\)")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_MAIN: dict[bool, Text] = {
    True: {"vi": "Báo cáo", "en": "Return"},
    False: {"vi": "Số liệu", "en": "Data"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A question with a place for its answer. `path` is relative to the row (`deaths/direct`)."""

    path: str
    node: Node
    group: Node | None  # the nearest group around it that has a label


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: the form's own table, or a repeat's. `parent` is the table that `link` names."""

    table: Table
    title: str
    down: bool
    link: SheetLayout | None
    fields: tuple[Field, ...]

    @property
    def first_column(self) -> int:
        """The column (from 1) of the first question, where they go across."""
        return 3 if self.link else 2

    def heading(self, at: int) -> tuple[int, int]:
        """(row, column), from 1, of the heading of field number `at` (not where they go down)."""
        return HEADING_ROW, self.first_column + at


def layout(form: Form, language: str) -> list[SheetLayout]:
    """The sheets of a form's workbook, the form's own first; titles in `language`."""
    found: dict[str, SheetLayout] = {}
    taken: set[str] = set()
    for table in Schema(form.model).tables:
        parent = found.get(table.parent.name) if table.parent else None
        down = table.parent is None and "every" in form.about
        label = _MAIN[down] if table.parent is None else table.node.model.get("label")
        found[table.name] = SheetLayout(
            table=table,
            title=_title(words(label, language) or table.node.name, taken),
            down=down,
            link=parent if parent and not parent.down else None,
            fields=tuple(_fields(table)),
        )
    return list(found.values())


def _fields(table: Table) -> list[Field]:
    return [
        Field(node.path[len(table.node.path) + 1 :], node, _group(node, table))
        for node in table.nodes
        if fillable(node)
    ]


def fillable(node: Node) -> bool:
    """Whether a person answers it, and can do so in a cell."""
    return (
        node.kind == "question"
        and node.type not in NOT_IN_EXCEL
        and node.model.get("readonly") is not True
        and "calculate" not in node.model
        and not any(a.name == "meta" and a.depth == 1 for a in node.ancestors())
    )


def _group(node: Node, table: Table) -> Node | None:
    for around in node.ancestors():
        if around is table.node:
            return None
        if around.model.get("label"):
            return around
    return None


def words(text: Any, language: str) -> str:
    """A form's text in one language, without Markdown; a quoted answer is “…”."""
    if not text:
        return ""
    part = text.get(language) or text.get("vi") or ""
    plain = (
        part if isinstance(part, str) else "".join(p if isinstance(p, str) else "…" for p in part)
    )
    return _MARKS.sub(lambda m: next(p for p in m.groups() if p), plain).strip()


def said(field: Field, language: str) -> str:
    """The question as its heading says it."""
    return " ".join(words(field.node.model.get("label"), language).split()) or field.node.name


def _title(text: str, taken: set[str]) -> str:
    """A name that Excel allows, not yet taken (in any case of letters)."""
    base = " ".join(_FORBIDDEN.sub(" ", text).split())[:LONGEST_TITLE].strip() or "…"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: LONGEST_TITLE - 4]} ({number})"
    taken.add(name.lower())
    return name
