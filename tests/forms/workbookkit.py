"""Workbooks for tests: a template filled as a person would, through openpyxl."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
from formkit import NOW

from forms.library import Form, Library
from forms.workbook import Reading, read, template

ROOT = Path(__file__).resolve().parents[2]
MEDIA = {
    "villages.csv": [
        {"name": "AK01", "label": "Thôn Một"},
        {"name": "AK02", "label": "Thôn Hai"},
    ],
    "units.csv": [{"name": "tram-y-te", "label": "Trạm Y tế", "kind": "station"}],
}
BIRTH = {
    "ym": "2026-05",
    "live": "Có",
    "sex": "Gái",
    "plurality": "Sinh một",
    "mother_birth_y": 1998,
    "mother_eth": "Kinh",
    "parity": "Con thứ nhất",
    "res_village": "Thôn Một",
    "place": "Bệnh viện",
}
COLUMNS = dict(zip(BIRTH, "BCDEFGHIJ", strict=True))  # of the births register
CODES = {  # of BIRTH, as the check is given them
    **BIRTH, "live": "1", "sex": "2", "plurality": "1", "mother_birth_y": "1998",
    "mother_eth": "01", "parity": "1", "res_village": "AK01", "place": "2",
}  # fmt: skip

Edit = Callable[[openpyxl.Workbook], None]


def library() -> Library:
    """The published forms."""
    return Library(ROOT / "forms" / "published")


class One(Library):
    """A library of one form that was built for a test."""

    def __init__(self, form: Form) -> None:
        self._forms = {form.id: {form.version: form}}

    def _refresh(self) -> None:
        pass


def births() -> Form:
    """The births register."""
    return library().versions("births")[0]


def blank(form: Form, language: str = "vi") -> openpyxl.Workbook:
    """A form's template, opened."""
    data = template(form, MEDIA, language, template_id=str(uuid4()), numbered=10)
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def register(*rows: Mapping[str, Any], edit: Edit | None = None) -> bytes:
    """A births register of these rows (answers by question; BIRTH is a whole one)."""
    book = blank(births())
    for at, row in enumerate(rows):
        for name, value in row.items():
            book["Số liệu"][f"{COLUMNS[name]}{4 + at}"] = value
    if edit:
        edit(book)
    return saved(book)


def look(form: Form, data: bytes, among: Library | None = None) -> Reading:
    """Read an upload that should be of `form`."""
    return read(among or library(), form, data, MEDIA, now=NOW)


def told(reading: Reading) -> list[tuple[str, str]]:
    """(code, cell) of every fault."""
    return [(one.code, one.cell) for one in reading.faults]


def answers(reading: Reading) -> Sequence[Mapping[str, Any]]:
    """The answers of every line in order, without the day of the upload."""
    assert reading.faults == []
    return [
        {name: value for name, value in one.answers.items() if name != "today"}
        for one in reading.entries
    ]
