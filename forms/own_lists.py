"""The lists of choices that an author brings as CSV files beside the sheet.

The register's lists (households, villages, units) are made by the service. Every other file that a
select or `pulldata` names is the author's own: read once, when the form is published, and kept with
the version. The phone offers it, ODK Collect downloads it and the server checks against it as it
stood then.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from forms.label_files import KB, MOST_BYTES, Beside
from forms.problems import SheetProblem, problem
from forms.sheets import Workbook

Rows = list[dict[str, str]]
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}\.csv")
_MOST_NAMED = 5  # faulty rows of one file
_FIRST = 2  # the row after the heading, as a spreadsheet counts


@dataclass(frozen=True, slots=True)
class _Use:
    """What a form wants of a file: any `columns`, and one column of codes for each label."""

    columns: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]  # (column of the codes, column of the labels)


@dataclass(frozen=True, slots=True)
class _Named:
    """A file where the sheet names it first."""

    filename: str
    row: int | None
    header: str | None

    def refuse(self, code: str, **values: object) -> SheetProblem:
        """The fault of this file."""
        return problem("survey", self.row, self.header, code, file=self.filename, **values)


def read_lists(
    book: Workbook, model: dict[str, Any], beside: Beside, served: Collection[str]
) -> tuple[dict[str, bytes], list[SheetProblem]]:
    """The author's own lists by file name, as CSV in UTF-8 with commas, and every fault of them.

    `served` are the files that the service makes.
    """
    found: dict[str, bytes] = {}
    problems: list[SheetProblem] = []
    for instance, name in model.get("files", {}).items():
        if name in served:
            continue
        named = _where(book, name)
        fault, content = _file(named, book, beside, served)
        faults = [fault] if fault else []
        if content is not None:
            columns, rows, faults = _read(named, content)
            faults = faults or list(_faults(named, columns, rows, _use(model, instance)))
            found[name] = _written(columns, rows)
        problems += faults
    return found, problems


def rows_of(content: bytes) -> Rows:
    """The rows of a list that was kept."""
    return list(csv.DictReader(io.StringIO(content.decode())))


def _where(book: Workbook, filename: str) -> _Named:
    names = re.compile(rf"\b{re.escape(filename.removesuffix('.csv'))}\b")
    for row in book.rows("survey"):
        for header, value in row.cells.items():
            if names.search(value):
                return _Named(filename, row.number, header)
    return _Named(filename, None, None)


def _file(
    named: _Named, book: Workbook, beside: Beside, served: Collection[str]
) -> tuple[SheetProblem | None, bytes | None]:
    """The file's content, or what is wrong before it is read."""
    if not _NAME.fullmatch(named.filename):
        return named.refuse("list_name"), None
    if any(row["sensitive"] for row in book.rows("settings")):
        return named.refuse("list_sensitive"), None
    content = beside(named.filename)
    if content is None:
        return named.refuse("list_missing", files=", ".join(sorted(served))), None
    if len(content) > MOST_BYTES:
        return named.refuse("list_large", limit=MOST_BYTES // KB), None
    return None, content


def _read(named: _Named, content: bytes) -> tuple[list[str], list[list[str]], list[SheetProblem]]:
    """The columns, the rows (blank lines too, so that they keep their numbers), and what is wrong
    with the file as a whole. Spreadsheets in Vietnam write semicolons for commas."""
    try:
        text = content.decode("utf-8-sig")
        heading = text.split("\n", 1)[0]
        delimiter = ";" if ";" in heading and "," not in heading else ","
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error):
        return [], [], [named.refuse("list_unreadable")]
    columns, *rows = [[cell.strip() for cell in line] for line in lines] or [[]]
    if not any(map(any, rows)):
        return columns, rows, [named.refuse("list_empty")]
    if len(set(columns)) < len(columns) or not all(columns):
        return columns, rows, [named.refuse("list_heading", found=", ".join(columns))]
    return columns, rows, []


def _faults(
    named: _Named, columns: list[str], rows: list[list[str]], use: _Use
) -> Iterator[SheetProblem]:
    """What is wrong with the columns, or with the first faulty rows."""
    wanted = dict.fromkeys([*use.columns, *(name for pair in use.choices for name in pair)])
    missing = [name for name in wanted if name not in columns]
    if missing:
        yield named.refuse("list_columns", missing=", ".join(missing), found=", ".join(columns))
        return
    faults = list(_row_faults(named, columns, rows, use))
    yield from faults[:_MOST_NAMED]


def _row_faults(
    named: _Named, columns: list[str], rows: list[list[str]], use: _Use
) -> Iterator[SheetProblem]:
    seen: dict[tuple[str, str], int] = {}
    for number, cells in enumerate(rows, start=_FIRST):
        if not any(cells):
            continue
        if len(cells) != len(columns):
            yield named.refuse("list_cells", line=number, got=len(cells), due=len(columns))
            continue
        row = dict(zip(columns, cells, strict=True))
        for code, label in use.choices:
            first = seen.setdefault((code, row[code]), number)
            if not row[code] or re.search(r"\s", row[code]):
                yield named.refuse("list_code", line=number, name=code, value=row[code])
            elif first != number:
                yield named.refuse("list_twice", line=number, value=row[code], first=first)
            elif not row[label]:
                yield named.refuse("list_no_label", line=number, name=label)


def _use(model: dict[str, Any], instance: str) -> _Use:
    """What the selects and the lookups of a form want of a file."""
    columns: dict[str, None] = {}
    choices: dict[tuple[str, str], None] = {}
    for part in _parts(model["nodes"]):
        if isinstance(part, dict) and part.get("file") == instance:
            choices[part["value"], part["label"]] = None
            for inner in _parts(part.get("filter")):
                if isinstance(inner, list) and inner[:2] == ["path", "."]:
                    columns |= _literals(inner[2:3])
        elif isinstance(part, list) and part[:2] == ["call", "pulldata"]:
            same = str(part[2]).removesuffix(".csv") == instance
            columns |= _literals(part[3:5]) if same else {}
    return _Use(tuple(columns), tuple(choices))


def _literals(values: list[Any]) -> dict[str, None]:
    return {value: None for value in values if isinstance(value, str)}


def _parts(value: Any) -> Iterator[Any]:
    """Everything inside a piece of the model, itself first."""
    yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inside:
        yield from _parts(part)


def _written(columns: list[str], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(row for row in rows if any(row))
    return text.getvalue().encode()
