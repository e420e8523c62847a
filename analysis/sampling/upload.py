"""An uploaded household list, CSV or XLSX: rows of village, code and, where it is there, the
village's name."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl

from analysis.estimators.errors import BadInput
from analysis.sampling.register import clean

LARGEST = 900_000  # bytes: some 40,000 households
MOST = 60_000  # rows
INFLATED = 60_000_000  # bytes that a workbook may unpack to
# headings that people write, in small letters -> the column
HEADINGS = {
    "village": "village",
    "mã thôn": "village",
    "thôn": "village",
    "code": "code",
    "household": "code",
    "mã hộ": "code",
    "hộ": "code",
    "village_name": "name",
    "tên thôn": "name",
}
_ZEROS = re.compile(r"0+")


@dataclass(frozen=True, slots=True)
class Row:
    """A household of a file; `row` is its number in the file, the heading is row 1."""

    row: int
    village: str
    code: str
    name: str


def read_upload(data: bytes, filename: str) -> list[Row]:
    """The rows of a CSV (UTF-8, comma or semicolon) or XLSX file (its first sheet), codes as text;
    empty rows at the end are left out. Raises `BadInput` for a file that cannot be read,
    lacks a column, or is too large."""
    if len(data) > LARGEST:
        raise BadInput(
            f"Tệp lớn hơn {LARGEST // 1000} kB; hãy chỉ để các cột mã thôn, mã hộ.",
            f"The file is above {LARGEST // 1000} kB; keep the village and household columns.",
        )
    read = lines(data)
    heading = next(read, [])
    columns = _columns([clean(str(cell)).lower() for cell in heading], filename)
    rows = []
    for number, cells in enumerate(read, 2):
        texts = {name: clean(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        rows.append(Row(number, texts["village"], texts["code"], texts.get("name", "")))
        if number > MOST:
            raise BadInput(f"Tệp có quá {MOST} dòng.", f"The file has more than {MOST} rows.")
    while rows and not (rows[-1].village or rows[-1].code):
        rows.pop()
    return rows


def lines(data: bytes) -> Iterator[list[str]]:
    """The lines of a CSV (UTF-8, comma or semicolon) or XLSX file (its first sheet), each cell as
    it is seen. Raises `BadInput` while reading."""
    return _xlsx(data) if data[:2] == b"PK" else _csv(data)


def _columns(heading: list[str], filename: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, name in enumerate(heading):
        if name in HEADINGS:
            found.setdefault(HEADINGS[name], at)
    for name, vi in (("village", "mã thôn"), ("code", "mã hộ")):
        if name not in found:
            got = ", ".join(part for part in heading if part)[:200] or "–"
            raise BadInput(
                f"Tệp {filename}: dòng 1 phải có cột “{name}” (hoặc “{vi}”); có: {got}.",
                f"File {filename}: row 1 must have a column “{name}” (or “{vi}”); it has {got}.",
            )
    return found


def _csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
        heading = text.partition("\n")[0]
        delimiter = ";" if heading.count(";") > heading.count(",") else ","
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            "Không đọc được tệp: cần CSV mã UTF-8, hoặc Excel (.xlsx).",
            "The file cannot be read: CSV in UTF-8, or Excel (.xlsx), is expected.",
        ) from error


def _xlsx(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > INFLATED:
                raise ValueError("it unpacks to too much")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(max_row=MOST + 2, max_col=50):
            yield [_cell(cell) for cell in row]
    except Exception as error:  # openpyxl raises whatever a broken archive provokes
        raise BadInput(
            "Không đọc được tệp Excel; hãy lưu lại thành .xlsx hoặc CSV UTF-8.",
            "The Excel file cannot be read; save it again as .xlsx or as CSV in UTF-8.",
        ) from error


def _cell(cell: Any) -> str:
    """A cell as it is seen: 7 under the format 000 is 007."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        shown = str(cell.number_format or "")
        return str(value).zfill(len(shown)) if _ZEROS.fullmatch(shown) else str(value)
    return str(value)
