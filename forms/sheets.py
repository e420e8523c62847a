"""An XLSForm's sheets, read from Markdown (as pyxform reads it) or Excel, and written back.

The Markdown is what is published and what every compilation starts from: an Excel file is first
turned into it. A cell's line break is `<br>` in Markdown and a line break in Excel; `\\|` is a bar.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pyxform.xls2json_backends import xlsx_value_to_str

from forms.problems import FormRefused, SheetProblem, problem

SHEETS = ("survey", "choices", "settings")
_BAR = re.compile(r"(?<!\\)\|")
_LINE = re.compile(r"\s*\|(.*)\|\s*")
_RULE = re.compile(r"^[\s|:-]+$")
_TRAILING_COMMENT = re.compile(r"^(.*\|)\s*#[^|]*$")
_SPACES = re.compile(r"[ \u00a0]+")
_EMPTY_ROWS_AT_END = 60


@dataclass(slots=True)
class Row:
    """One row: its number as the author counts (Excel: header is 1) and its filled cells."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Sheet:
    """A sheet: header in order, then the rows that hold something."""

    name: str
    columns: list[str]
    rows: list[Row]


@dataclass(slots=True)
class Workbook:
    """The sheets of an XLSForm by lower-case name, and what was wrong in reading them."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    problems: list[SheetProblem] = field(default_factory=list)

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet; none where it is absent."""
        found = self.sheets.get(sheet)
        return found.rows if found else []

    def add(self, name: str, table: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Add a sheet from numbered rows of cells, the first being the header."""
        rows = [(number, [_clean(c) for c in cells]) for number, cells in table]
        key = name.strip().lower()
        if key not in SHEETS:
            self.problems.append(problem(name, None, None, "unknown_sheet", name=name))
            return
        header = rows[0][1] if rows else []
        while header and not header[-1]:
            header.pop()
        for column in {c for c in header if c and header.count(c) > 1}:
            self.problems.append(problem(key, 1, column, "duplicate_column", name=column))
        sheet = Sheet(key, [c for c in header if c], [])
        for number, cells in rows[1:]:
            self._add_row(sheet, header, number, cells)
        self.sheets[key] = sheet

    def _add_row(self, sheet: Sheet, header: list[str], number: int, cells: list[str]) -> None:
        if any(cells[len(header) :]):
            self.problems.append(
                problem(sheet.name, number, None, "long_row", cells=len(cells), columns=len(header))
            )
        filled = {c: v for c, v in zip(header, cells, strict=False) if c and v}
        if filled:
            sheet.rows.append(Row(number, filled))


def _clean(cell: str) -> str:
    """Unicode NFC, plain spaces, no blanks at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", cell)).strip()


def read(source: bytes, filename: str) -> Workbook:
    """Read an XLSForm. Raises FormRefused where the file cannot be read at all."""
    try:
        if filename.lower().endswith(".xlsx"):
            return _read_xlsx(source)
        if filename.lower().endswith(".md"):
            return read_markdown(source.decode("utf-8-sig"))
        detail = ""
    except Exception as error:  # openpyxl raises whatever a broken archive provokes
        detail = f"({type(error).__name__}: {error})"
    raise FormRefused(
        [problem(filename, None, None, "unreadable", filename=filename, detail=detail)]
    )


def read_markdown(text: str) -> Workbook:
    """Read Markdown tables: the first cell of a line names the sheet that begins there.

    Rows are numbered as pyxform numbers them: the header is 1, lines without content do not count.
    """
    book = Workbook()
    name: str | None = None
    table: list[tuple[int, Sequence[str]]] = []
    for cells in _markdown_lines(text):
        if cells[0].strip():
            if name is not None:
                book.add(name, table)
            name, table = cells[0].strip(), []
        if any(c.strip() for c in cells[1:]):
            table.append((len(table) + 1, [_from_markdown(c) for c in cells[1:]]))
    if name is not None:
        book.add(name, table)
    return book


def _markdown_lines(text: str) -> Iterator[list[str]]:
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.lstrip().startswith("#"):
            continue
        commented = _TRAILING_COMMENT.match(line)
        match = _LINE.match(commented.group(1) if commented else line)
        if match and not _RULE.match(match.group(1)):
            yield _BAR.split(match.group(1))


def _from_markdown(cell: str) -> str:
    return cell.strip().replace(r"\|", "|").replace("<br>", "\n")


def _to_markdown(cell: str) -> str:
    return cell.replace("|", r"\|").replace("\n", "<br>")


def write_markdown(book: Workbook) -> str:
    """The sheets as Markdown tables, one space around each cell; reading it gives them back."""
    lines: list[str] = []
    for name in (s for s in SHEETS if s in book.sheets):
        sheet = book.sheets[name]
        lines.append(f"| {name} |")
        for cells in ({c: c for c in sheet.columns}, *(row.cells for row in sheet.rows)):
            texts = (_to_markdown(cells.get(c, "")) for c in sheet.columns)
            lines.append("| | " + " | ".join(texts) + " |")
        lines.append("")
    return "\n".join(lines)


def _read_xlsx(source: bytes) -> Workbook:
    book = Workbook()
    workbook = load_workbook(BytesIO(source), read_only=True, data_only=True)
    try:
        for name in workbook.sheetnames:
            if name.lower() in SHEETS:
                book.add(name, _xlsx_table(workbook[name]))
    finally:
        workbook.close()
    return book


def _xlsx_table(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = ["" if v is None else xlsx_value_to_str(v).replace("\r\n", "\n") for v in values]
        empty = 0 if any(c.strip() for c in cells) else empty + 1
        if empty > _EMPTY_ROWS_AT_END:
            return
        yield number, cells
