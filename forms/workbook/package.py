"""Opening what somebody uploaded: is it a workbook, and can it be opened without harm?

A .xlsx is a zip of XML. Before openpyxl sees it, its size unpacked, the number of cells and what
XML must not have (entities) are judged on the bytes, so that no file costs more than its length.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter

import openpyxl
from lxml import etree

from forms.messages import Text, message

MAX_BYTES = 8_000_000
MAX_UNPACKED = 80_000_000
MAX_PARTS = 500
MAX_CELLS = 400_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEGA = 1_000_000
_NEVER_IN_XML = (b"<!DOCTYPE", b"<!ENTITY", b"\0")  # a NUL: UTF-16, which hides the others
_KINDS = (("word/", "Word"), ("ppt/", "PowerPoint"), ("xl/workbook.bin", ".xlsb"))
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Refused(ValueError):
    """The file as a whole cannot be read; `message` says why and what to do."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.message: Text = message(code, **values)


@dataclass(slots=True)
class Shape:
    """What a sheet looks like beside its values."""

    merged: list[str] = field(default_factory=list)  # ranges, such as A1:B2
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    last_row: int = 0  # the last one that holds a value


@dataclass(slots=True)
class Package:
    """An opened workbook; close it after use."""

    book: Any  # openpyxl's, read-only, formulas as text
    shapes: dict[str, Shape]

    def close(self) -> None:
        """Let go of the file."""
        self.book.close()


def open_book(data: bytes) -> Package:
    """Open a workbook. Raises Refused."""
    _look(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _unpack(archive)
            with catch_warnings():
                simplefilter("ignore")  # about what a user added: charts, extensions
                book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
            shapes = {sheet.title: _shape(archive, sheet) for sheet in book.worksheets}
    except Refused:
        raise
    except Exception:
        raise Refused("book_broken") from None
    return Package(book, shapes)


def _look(data: bytes) -> None:
    """By its first bytes: the name says nothing about a file."""
    if not data:
        raise Refused("book_empty")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / _MEGA:.0f}"
        raise Refused("book_large", size=size, limit=MAX_BYTES // _MEGA)
    if data.startswith(_OLE):
        raise Refused("book_old_excel")
    if not data.startswith(b"PK\x03\x04"):
        raise Refused("book_text" if _is_text(data[:4096]) else "book_other", found="?")


def _is_text(start: bytes) -> bool:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return b"\0" not in start and not start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"Rar!"))


def _unpack(archive: zipfile.ZipFile) -> None:
    """Judge every part. Sizes are counted while unpacking: what a zip says of itself may lie."""
    names = archive.namelist()
    if "xl/workbook.xml" not in names:
        raise Refused("book_other", found=_kind(names))
    if len(names) > MAX_PARTS:
        raise Refused("book_broken")
    told = sum(part.file_size for part in archive.infolist())
    if told > MAX_UNPACKED:
        raise _bomb(told)
    size = cells = 0
    for part in archive.infolist():
        if part.flag_bits & 1:
            raise Refused("book_old_excel")
        content = _content(archive, part, MAX_UNPACKED - size)
        size += len(content)
        if part.filename.endswith((".xml", ".rels", ".vml")) and any(
            bad in content for bad in _NEVER_IN_XML
        ):
            raise Refused("book_broken")
        if part.filename.startswith("xl/worksheets/"):
            cells += content.count(b"<c ") + content.count(b"<c>") + content.count(b"<row")
    if cells > MAX_CELLS:
        raise Refused("book_cells", found=cells, limit=MAX_CELLS)


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(part) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError):
        raise Refused("book_broken") from None
    if len(content) > most:
        raise _bomb(MAX_UNPACKED)
    return content


def _bomb(size: int) -> Refused:
    return Refused("book_bomb", size=f"{size / _MEGA:.0f}", limit=MAX_UNPACKED // _MEGA)


def _kind(names: list[str]) -> str:
    for start, kind in _KINDS:
        if any(name.startswith(start) for name in names):
            return kind
    return "OpenDocument" if "mimetype" in names else "zip"


def _shape(archive: zipfile.ZipFile, sheet: Any) -> Shape:
    """Merged ranges, hidden rows and columns: what read-only worksheets do not tell."""
    found, row = Shape(), 0
    with archive.open(sheet._worksheet_path.lstrip("/")) as file:
        for _, element in etree.iterparse(file, events=("end",), resolve_entities=False):
            tag = str(element.tag).removeprefix(_NAMESPACE)
            if tag == "mergeCell":
                found.merged.append(element.get("ref", ""))
            elif tag == "row":
                row = int(element.get("r") or row + 1)
                if element.get("hidden") in ("1", "true"):
                    found.hidden_rows.add(row)
                if any(len(cell) for cell in element):
                    found.last_row = max(found.last_row, row)
                element.clear()
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                low, high = int(element.get("min", "1")), int(element.get("max", "1"))
                found.hidden_columns |= set(range(low, min(high, low + 1000) + 1))
    return found
