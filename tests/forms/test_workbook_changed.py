"""Workbooks that a person changed, that are of another form, or that mean harm."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from workbookkit import (
    BIRTH,
    CODES,
    answers,
    births,
    library,
    look,
    register,
    saved,
    told,
)

from forms.workbook import package


def _moved(book: openpyxl.Workbook) -> None:
    page = book["Số liệu"]
    page.move_range("C3:C5", cols=10)
    page.move_range("D3:D5", cols=-1)


def _merged(book: openpyxl.Workbook) -> None:
    book["Số liệu"].merge_cells("D4:D5")


def _hidden(book: openpyxl.Workbook) -> None:
    book["Số liệu"].row_dimensions[5].hidden = True


def _hidden_column(book: openpyxl.Workbook) -> None:
    book["Số liệu"].column_dimensions["E"].hidden = True


def _beside(book: openpyxl.Workbook) -> None:
    book["Số liệu"]["M4"] = "xem lại"


def _renamed(book: openpyxl.Workbook) -> None:
    book["Số liệu"].title = "Sheet1"


def _renumbered(book: openpyxl.Workbook) -> None:
    book["Số liệu"]["A5"] = 1


def _words_for_numbers(book: openpyxl.Workbook) -> None:
    book["Số liệu"]["A5"] = "hai"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (_moved, [("cell_heading", "C3"), ("cell_heading", "D3")]),
        (_merged, [("cell_merged", "D4"), ("required", "D5")]),
        (_hidden, [("cell_hidden_row", "A5")]),
        (_hidden_column, [("cell_hidden_column", "E3")]),
        (_beside, [("cell_outside", "M4")]),
        (_renamed, [("sheet_missing", "")]),
        (_renumbered, [("cell_key_twice", "A5")]),
        (_words_for_numbers, [("cell_key", "A5")]),
    ],
)
def test_what_a_person_does_to_a_sheet_is_told(edit: Any, expected: list[Any]) -> None:
    assert told(look(births(), register(BIRTH, BIRTH, edit=edit))) == expected


def test_a_sheet_of_ones_own_and_moved_sheets_do_no_harm() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("Nháp", 0)["A1"] = "=1/0"
        book.move_sheet("Số liệu", 2)

    assert answers(look(births(), register(BIRTH, edit=edit))) == [CODES]


def test_a_file_that_is_no_template_is_refused_as_a_whole() -> None:
    plain = openpyxl.Workbook()
    plain.active["A1"] = "x"  # type: ignore[index]
    cases = {
        b"": "book_empty",
        b"ym,live\n2026-05,1\n": "book_text",
        "ym\n2026".encode("utf-16"): "book_text",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600: "book_old_excel",
        b"%PDF-1.7 ...": "book_other",
        b"PK\x03\x04" + b"broken" * 40: "book_broken",
        _zip({"word/document.xml": b"<a/>"}): "book_other",
        _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}): "book_other",
        b"x" * (package.MAX_BYTES + 1): "book_large",
        saved(plain): "book_no_template",
        register(): "book_nothing",
    }
    for data, code in cases.items():
        reading = look(births(), data)
        assert told(reading) == [(code, "")], code
        assert reading.entries == [] and "{" not in reading.faults[0].message["vi"]


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _with(data: bytes, name: str, content: bytes) -> bytes:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            parts[part] = archive.read(part)
    return _zip({**parts, name: content})


def test_a_bomb_entities_and_oceans_of_cells_are_not_opened() -> None:
    good = register(BIRTH)
    bomb = _with(good, "xl/media/image1.png", b"\0" * (package.MAX_UNPACKED + 1))
    assert len(bomb) < 1_000_000 and told(look(births(), bomb)) == [("book_bomb", "")]
    sheet = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    assert told(look(births(), _with(good, "xl/worksheets/sheet1.xml", sheet))) == [
        ("book_broken", "")
    ]
    cells = b"<worksheet>" + b"<c />" * (package.MAX_CELLS + 1) + b"</worksheet>"
    assert told(look(births(), _with(good, "xl/worksheets/sheet9.xml", cells))) == [
        ("book_cells", "")
    ]


def test_another_forms_template_an_unknown_version_and_a_changed_hidden_sheet() -> None:
    month = library().versions("births_month")[-1]
    assert told(look(month, register(BIRTH))) == [("book_other_form", "")]
    assert month.title["vi"] in look(month, register(BIRTH)).faults[0].message["vi"]

    def version(book: openpyxl.Workbook) -> None:
        book["_so_thon"]["B3"] = "1999.1"

    assert told(look(births(), register(BIRTH, edit=version))) == [("book_version", "")]

    def path(book: openpyxl.Workbook) -> None:
        book["_so_thon"]["C7"] = "mother_age"  # a calculation: not for people to write

    assert told(look(births(), register(BIRTH, edit=path))) == [("book_damaged", "")]
