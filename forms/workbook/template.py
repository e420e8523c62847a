"""template(): a published form as an Excel workbook for people to fill.

Headings are locked, answers are not. Drop-downs, notes and validations help while typing; what
counts is the check at the upload (forms.workbook.reading).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

import xlsxwriter

from forms.library import Form
from forms.schema import Node
from forms.values import number_text
from forms.workbook import guide
from forms.workbook.choices import Choices, MediaRows, choices_of
from forms.workbook.conditions import asked_when, bounds
from forms.workbook.layout import (
    FIRST_ROW,
    HEADING_ROW,
    Field,
    SheetLayout,
    layout,
    said,
    words,
)
from forms.workbook.looks import ANSWERS, FORMATS, WORDS
from forms.workbook.machine import LISTS, SHEET, Machine, MachineSheet, Place, letters, rows
from forms.workbook.rules import cut, dates, is_month, numbers

NUMBERED = 2000  # rows that have a number ready; more may be written below
_LONGEST_NOTE = 250  # characters that Excel shows beside a cell
_LONGEST_TITLE = 32
_WIDE, _NARROW = 44, 12
_OPTIONS = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def template(
    form: Form,
    media: MediaRows,
    language: str = "vi",
    *,
    template_id: str | None = None,
    numbered: int = NUMBERED,
) -> bytes:
    """The workbook (.xlsx) of a form. `media`: rows of each list by file name, for drop-downs.

    Every download gets an id of its own, by which rows that come back are known again;
    `template_id` (a UUID) sets it. `numbered`: rows of a register that have their number ready.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    writer = _Writer(book, form, media, language, numbered)
    guide.write(book, form, writer.sheets, language)
    described = Machine(form.id, form.version, template_id or str(uuid4()), language)
    for sheet in writer.sheets:
        described.sheets.append(writer.write(sheet))
    writer.finish_lists()
    _hide(book, described)
    book.close()
    return out.getvalue()


def _hide(book: Any, described: Machine) -> None:
    sheet = book.add_worksheet(SHEET)
    for at, row in enumerate(rows(described)):
        for column, text in enumerate(row):
            sheet.write_string(at, column, text)
    sheet.protect()
    sheet.very_hidden()


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one question: zero-based, both ends included."""

    first: tuple[int, int]
    last: tuple[int, int]


class _Writer:
    """One workbook on its way; lists are gathered while sheets are written."""

    def __init__(
        self, book: Any, form: Form, media: MediaRows, language: str, numbered: int
    ) -> None:
        self.numbered = numbered
        self.book, self.form, self.media, self.language = book, form, media, language
        self.sheets = layout(form, language)
        self.formats = {name: book.add_format(given) for name, given in FORMATS.items()}
        self.answers: dict[tuple[str, bool], Any] = {}
        self.lists: dict[str, tuple[int, Choices]] = {}

    def tell(self, key: str, **values: object) -> str:
        return WORDS[key][self.language].format(**values)

    def write(self, sheet: SheetLayout) -> MachineSheet:
        """Write a sheet; answers where everything stands."""
        page = self.book.add_worksheet(sheet.title)
        described = MachineSheet(
            sheet.table.name, sheet.title, sheet.down, sheet.link.table.name if sheet.link else ""
        )
        page.write_string(0, 0, words(self.form.title, self.language), self.formats["title"])
        page.set_row(0, 26)
        (self._down if sheet.down else self._across)(page, sheet, described)
        page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        page.hide_gridlines(2 if sheet.down else 0)
        if not sheet.down:
            page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        if sheet is self.sheets[0]:
            page.activate()
            page.set_first_sheet()
        return described

    def _across(self, page: Any, sheet: SheetLayout, described: MachineSheet) -> None:
        """A register: a row a submission (or an instance of a repeat)."""
        formats, head = self.formats, HEADING_ROW - 1
        page.write_string(1, 0, guide.across(sheet, self.language))
        page.set_row(head, 64)
        page.set_column(0, 0, 6, formats["number"])
        page.write_string(head, 0, self.tell("number"), formats["head"])
        for at in range(self.numbered):
            page.write_number(FIRST_ROW - 1 + at, 0, at + 1, formats["number"])
        if sheet.link:
            page.set_column(1, 1, 14, formats["link"])
            page.write_string(head, 1, self.tell("of", title=sheet.link.title), formats["head"])
        for at, field in enumerate(sheet.fields):
            row, column = sheet.heading(at)
            text = self.heading(field, grouped=True)
            page.set_column(column - 1, column - 1, self._width(field), self._answer(field.node))
            page.write_string(head, column - 1, text, formats["head"])
            note = self.note(field)
            if note:
                page.write_comment(head, column - 1, note, {"x_scale": 2, "y_scale": 1.4})
            cells = _Cells((head + 1, column - 1), (head + self.numbered, column - 1))
            self._validate(page, field, cells)
            described.places.append(Place(row, column, text, field.path))
        page.freeze_panes(HEADING_ROW, sheet.first_column - 1)
        page.repeat_rows(head)

    def _down(self, page: Any, sheet: SheetLayout, described: MachineSheet) -> None:
        """A return: its questions one below the other, the answers in column C."""
        formats = self.formats
        page.write_string(1, 0, guide.down(self.language))
        page.set_column(0, 0, 56)
        page.set_column(1, 1, 46)
        page.set_column(2, 2, 30)
        for at, name in enumerate(("question", "how", "answer")):
            page.write_string(HEADING_ROW - 1, at, self.tell(name), formats["head"])
        page.set_row(1, 20)
        page.set_row(HEADING_ROW - 1, 22)
        row, group = FIRST_ROW - 1, None
        for field in sheet.fields:
            if field.group != group and field.group is not None:
                self._group(page, row, field.group)
                row += 1
            group = field.group
            text = self.heading(field)
            page.write_string(row, 0, text, formats["ask"])
            note = self.note(field, grouped=True)
            page.write_string(row, 1, note, formats["hint"])
            page.write_blank(row, 2, None, self._answer(field.node, boxed=True))
            page.set_row(row, self._height(text, note))
            self._validate(page, field, _Cells((row, 2), (row, 2)), silent=True)
            described.places.append(Place(row + 1, 1, text, field.path))
            row += 1
        page.freeze_panes(HEADING_ROW, 0)

    def _group(self, page: Any, row: int, group: Node) -> None:
        """A line with a group's name, and when all of it is asked."""
        name = words(group.model.get("label"), self.language)
        when = asked_when(group, self.form, self.language)
        page.write_string(row, 0, name, self.formats["group"])
        page.write_string(row, 1, when, self.formats["group_hint"])
        page.write_blank(row, 2, None, self.formats["group_hint"])
        page.set_row(row, self._height(name, when))

    @staticmethod
    def _height(question: str, note: str) -> int:
        lines = max(len(question) / 52, len(note) / 54, 1)
        return 8 + 14 * min(8, int(lines + 0.95))

    def _width(self, field: Field) -> int:
        if field.node.type in ("integer", "decimal", "range", "date", "time"):
            return 14
        return 26 if field.node.type in ("select_multiple", "text") else 20

    def heading(self, field: Field, *, grouped: bool = False) -> str:
        """The question; with its group where groups have no line of their own; * if required."""
        text = said(field, self.language)
        if grouped and field.group:
            text = f"{words(field.group.model['label'], self.language)}: {text}"
        return f"{text} *" if field.node.model.get("required") else text

    def note(self, field: Field, *, grouped: bool = False) -> str:
        """What stands beside a question: hint, how to write it, when it is asked; `grouped`: below
        a line that says when its group is."""
        node, language = field.node, self.language
        parts = [words(node.model.get("hint"), language)]
        if node.type == "select_multiple":
            shown = self._choices(node)
            labels = "; ".join(list(shown.shown.values())[:12]) if shown else ""
            parts.append(self.tell("several", labels=labels))
        elif node.type in ("integer", "decimal", "range"):
            parts.append(self._limits(node))
        elif is_month(node) and not parts[0]:
            parts.append(self.tell("month"))
        elif node.type == "date":
            parts.append(self.tell("date"))
        parts.append(asked_when(node, self.form, language, field.group if grouped else None))
        if node.model.get("required"):
            parts.append(self.tell("required"))
        return " ".join(part for part in parts if part)

    def _limits(self, node: Node) -> str:
        found = bounds(node)
        low, high = (None if n is None else number_text(n) for n in (found.low, found.high))
        if low is not None and high is not None:
            return self.tell("range", low=low, high=high)
        if low is not None:
            return self.tell("low", low=low)
        if high is not None:
            return self.tell("high", high=high)
        return self.tell("whole" if node.type == "integer" else "amount")

    def _answer(self, node: Node, *, boxed: bool = False) -> Any:
        """The format of a cell for answers; text stays text, so that no code loses its zeros."""
        pattern = ANSWERS.get(node.type, "@")
        key = (pattern, boxed)
        if key not in self.answers:
            given = {"locked": False, "num_format": pattern, "valign": "vcenter", "text_wrap": True}
            box = {"border": 1, "border_color": "#0b5d54", "bg_color": "#fffdf2", "align": "left"}
            self.answers[key] = self.book.add_format({**given, **(box if boxed else {})})
        return self.answers[key]

    def _choices(self, node: Node) -> Choices | None:
        return choices_of(node, self.form, self.media, self.language)

    def _validate(self, page: Any, field: Field, cells: _Cells, *, silent: bool = False) -> None:
        """What Excel itself can hold: the drop-down, numbers and their bounds, dates."""
        node = field.node
        rule = self._list(node) or numbers(node) or dates(node)
        if rule is None:
            return
        wrong = words(node.model.get("constraint_msg"), self.language)
        if rule["validate"] == "list" or not wrong:
            wrong = self.tell("choose") if rule["validate"] == "list" else self._wrong(node)
        rule |= {
            "ignore_blank": True,
            "error_title": self.tell("wrong"),
            "error_message": cut(wrong, _LONGEST_NOTE),
        }
        if not silent:
            rule |= {
                "input_title": cut(said(field, self.language), _LONGEST_TITLE),
                "input_message": cut(self.note(field), _LONGEST_NOTE),
            }
        page.data_validation(*cells.first, *cells.last, rule)

    def _wrong(self, node: Node) -> str:
        return self.tell("date") if node.type == "date" else self._limits(node)

    def _list(self, node: Node) -> dict[str, Any] | None:
        """A drop-down from the lists' sheet, for a question with one choice."""
        if node.type not in ("select_one", "acknowledge"):
            return None
        found = self._choices(node)
        if found is None or not found.shown:
            return None
        column, _ = self.lists.setdefault(found.key, (len(self.lists), found))
        name = letters(column + 1)
        source = f"='{LISTS}'!${name}$1:${name}${len(found.shown)}"
        return {"validate": "list", "source": source}

    def finish_lists(self) -> None:
        """The sheet that the drop-downs read, a column a list."""
        if not self.lists:
            return
        page = self.book.add_worksheet(LISTS)
        text = self.book.add_format({"num_format": "@"})
        for column, found in self.lists.values():
            for row, label in enumerate(found.shown.values()):
                page.write_string(row, column, label, text)
        page.protect()
        page.hide()
