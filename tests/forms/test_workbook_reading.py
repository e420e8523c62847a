"""What comes back as Excel: answers as the check wants them, and every fault at its cell."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from formkit import build
from workbookkit import (
    BIRTH,
    COLUMNS,
    One,
    answers,
    births,
    blank,
    library,
    look,
    register,
    saved,
    told,
)

from forms.library import Form
from forms.workbook import package

CODES = {
    **BIRTH, "live": "1", "sex": "2", "plurality": "1", "mother_birth_y": "1998",
    "mother_eth": "01", "parity": "1", "res_village": "AK01", "place": "2",
}  # fmt: skip


def test_a_filled_register_is_a_submission_a_row() -> None:
    reading = look(births(), register(BIRTH, {**BIRTH, "sex": "Trai"}))
    assert answers(reading) == [CODES, {**CODES, "sex": "1"}]
    assert [entry.key for entry in reading.entries] == ["1", "2"]
    assert reading.entries[0].root["mother_age"] == 28


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("ym", "5/2026", "2026-05"),
        ("ym", "tháng 5/2026", "2026-05"),
        ("ym", " 2026-5 ", "2026-05"),
        ("ym", datetime(2026, 5, 1), "2026-05"),
        ("ym", "２０２６-０５", "2026-05"),
        ("live", " có ", "1"),
        ("live", "Yes", "1"),
        ("live", 1, "1"),
        ("live", "Co\u0301", "1"),  # decomposed letters, as a Mac writes them
        ("mother_birth_y", "1998", "1998"),
        ("mother_birth_y", " 1998\u00a0", "1998"),
        ("mother_birth_y", "１９９８", "1998"),
        ("mother_birth_y", 1998.0, "1998"),
        ("mother_eth", "01", "01"),
        ("res_village", "THÔN  MỘT", "AK01"),
        ("res_village", "AK01", "AK01"),
    ],
)
def test_what_means_one_thing_is_read(name: str, value: Any, read: str) -> None:
    assert answers(look(births(), register({**BIRTH, name: value})))[0][name] == read


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ym", "05-26", "cell_month"),
        ("ym", "2026-13", "cell_month"),
        ("ym", 2026, "cell_month"),
        ("ym", "2031-01", "constraint"),  # a period ahead
        ("live", "Không biết", "cell_choice"),
        ("live", True, "cell_truth"),
        ("mother_birth_y", "1.998", "cell_thousands"),
        ("mother_birth_y", "khoảng 1998", "cell_number"),
        ("mother_birth_y", 1998.5, "cell_whole"),
        ("mother_birth_y", datetime(2026, 8, 1), "cell_number_date"),
        ("mother_birth_y", "=1990+8", "cell_formula"),
        ("mother_birth_y", 1900, "constraint"),
        ("mother_eth", 1, "cell_choice"),  # a number has lost the zero of "01"
        ("parity", None, "required"),
        ("place", "", "required"),
    ],
)
def test_a_fault_is_told_at_its_cell(name: str, value: Any, code: str) -> None:
    reading = look(births(), register(BIRTH, {**BIRTH, name: value}))
    assert told(reading) == [(code, f"{COLUMNS[name]}5")]
    assert (reading.lines, len(reading.entries), reading.faulty) == (2, 1, 1)
    fault = reading.faults[0]
    assert fault.sheet == "Số liệu" and fault.label["vi"] and fault.message["vi"]
    assert "{" not in fault.message["vi"] + fault.message["en"]


def test_an_error_of_excel_and_a_percentage_are_told() -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        page = book["Số liệu"]
        page["F4"].number_format = "0%"
        page["H4"].value, page["H4"].data_type = "#N/A", "e"

    reading = look(births(), register({**BIRTH, "mother_birth_y": 0.5}, edit=spoil))
    assert told(reading) == [("cell_percent", "F4"), ("cell_error", "H4")]
    assert "50%" in reading.faults[0].message["vi"]


DECIMALS = """
| survey |
| | type | name | label |
| | decimal | hours | Số giờ |
| | date | day | Ngày |
| | time | clock | Giờ |
| | dateTime | moment | Lúc |
| | text | note | Ghi chú |
| | select_multiple color | colors | Màu |
| choices |
| | list_name | name | label |
| | color | r | Đỏ |
| | color | b | Xanh |
"""
TYPED = dict(zip(("hours", "day", "clock", "moment", "note", "colors"), "BCDEFG", strict=True))


def _typed(**values: Any) -> tuple[Form, bytes]:
    form = build(DECIMALS)
    book = blank(form)
    for name, value in values.items():
        book["Số liệu"][f"{TYPED[name]}4"] = value
    return form, saved(book)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("hours", 1.8, "1.8"),
        ("hours", "1,8", "1.8"),
        ("hours", "1.8", "1.8"),
        ("hours", "0,125", "0.125"),
        ("hours", "−3", "-3"),
        ("day", date(2026, 11, 22), "2026-11-22"),
        ("day", "22/11/2026", "2026-11-22"),
        ("day", "3-2-2026", "2026-02-03"),
        ("day", "2026-11-22", "2026-11-22"),
        ("clock", time(8, 30), "08:30"),
        ("clock", "8h30", "08:30"),
        ("moment", datetime(2026, 11, 22, 8, 30), "2026-11-22T08:30:00.000+07:00"),
        ("moment", "22/11/2026 8:30", "2026-11-22T08:30:00.000+07:00"),
        ("note", 12, "12"),
        ("note", "  hai \u00a0 chữ ", "hai chữ"),
        ("colors", "Xanh; đỏ", "b r"),
    ],
)
def test_types_are_read_as_the_form_wants_them(name: str, value: Any, read: str) -> None:
    form, data = _typed(**{name: value})
    assert answers(look(form, data, One(form))) == [{name: read}]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("hours", "1,800", "cell_thousands"),
        ("hours", "1,8 giờ", "cell_number"),
        ("day", "11/22/2026", "cell_date"),
        ("day", "22/11/26", "cell_date"),
        ("day", "31/02/2026", "cell_date"),
        ("day", 46000, "cell_date_number"),
        ("clock", "25:00", "cell_time"),
        ("moment", "hôm qua", "cell_moment"),
        ("colors", "Đỏ, Xanh", "cell_choice"),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_guessed(name: str, value: Any, code: str) -> None:
    form, data = _typed(**{name: value})
    assert told(look(form, data, One(form))) == [(code, f"{TYPED[name]}4")]


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


def test_rows_below_the_numbered_ones_have_their_own_number_and_too_many_are_told() -> None:
    def low(book: openpyxl.Workbook) -> None:
        for name, value in BIRTH.items():
            book["Số liệu"][f"{COLUMNS[name]}2500"] = value

    assert look(births(), register(edit=low)).entries[0].key == "2497"

    def lower(book: openpyxl.Workbook) -> None:
        book["Số liệu"]["B9000"] = "2026-05"

    assert told(look(births(), register(BIRTH, edit=lower))) == [("cell_rows", "A5004")]


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


def test_equal_answers_have_equal_contents_whatever_the_cells_look_like() -> None:
    one = look(births(), register(BIRTH)).entries[0]
    two = look(births(), register({**BIRTH, "ym": "5/2026", "live": "1"})).entries[0]
    other = look(births(), register({**BIRTH, "sex": "Trai"})).entries[0]
    assert one.content == two.content != other.content


RETURN = """
| survey |
| | type | name | label | required | relevant | constraint |
| | integer | year | Năm | yes | | |
| | select_one yn | nil | Không phát sinh? | yes | | |
| | begin_group | people | Người | | ${nil} = 0 | |
| | integer | women | Nữ | yes | | . >= 0 and . < 500 |
| | integer | men | Nam | yes | | |
| | end_group | | | | | |
| | begin_repeat | session | Buổi | | ${nil} = 0 | |
| | text | topic | Chủ đề | yes | | |
| | integer | seats | Số người | | | . <= ${women} |
| | end_repeat | | | | | |
| choices |
| | list_name | name | label |
| | yn | 1 | Có |
| | yn | 0 | Không |
"""
YEARLY = """
| settings |
| | form_title | form_id | version | filled_by | period_field | every |
| | Thử | thu | 1 | police | year | year |
"""


def _return(edit: Any) -> Any:
    form = build(RETURN, YEARLY)
    book = blank(form)
    edit(book["Báo cáo"], book["Buổi"])
    return look(form, saved(book), One(form))


def test_a_return_goes_down_the_sheet_and_its_repeats_are_sheets() -> None:
    def fill(page: Any, sessions: Any) -> None:
        for cell, value in (("C4", 2026), ("C5", "Không"), ("C7", 30), ("C8", "12")):
            page[cell] = value
        for cell, value in (("B4", "Luật"), ("C4", 20), ("B6", "Sức khỏe")):
            sessions[cell] = value

    reading = _return(fill)
    assert answers(reading) == [
        {
            "year": "2026", "nil": "0", "people": {"women": "30", "men": "12"},
            "session": [{"topic": "Luật", "seats": "20"}, {"topic": "Sức khỏe"}],
        }
    ]  # fmt: skip


def test_faults_of_a_return_stand_at_its_cells_and_those_of_a_repeat_on_its_sheet() -> None:
    def fill(page: Any, sessions: Any) -> None:
        for cell, value in (("C4", 2026), ("C5", "Không"), ("C7", 30)):
            page[cell] = value
        for cell, value in (("B4", "Luật"), ("C4", 31), ("C6", 5), ("B9", "=A1")):
            sessions[cell] = value

    assert {(one.code, one.sheet, one.cell) for one in _return(fill).faults} == {
        ("cell_formula", "Buổi", "B9")
    }  # what cannot be read comes first: the rest would be judged without it

    def mended(page: Any, sessions: Any) -> None:
        fill(page, sessions)
        sessions["B9"] = None

    reading = _return(mended)
    assert [(one.code, one.sheet, one.cell) for one in reading.faults] == [
        ("required", "Báo cáo", "C8"),
        ("constraint", "Buổi", "C4"),
        ("required", "Buổi", "B6"),
    ]
    assert reading.entries == [] and reading.lines == 1

    def nil(page: Any, sessions: Any) -> None:
        for cell, value in (("C4", 2026), ("C5", "Có"), ("C7", 30)):
            page[cell] = value

    assert [(one.code, one.cell) for one in _return(nil).faults] == [("irrelevant", "C7")]


LINKED = """
| survey |
| | type | name | label | required |
| | text | event | Sự kiện | yes |
| | begin_repeat | guest | Khách | |
| | text | who | Ai | yes |
| | end_repeat | | | |
"""


def test_the_rows_of_a_repeat_name_the_row_to_which_they_belong() -> None:
    form = build(LINKED)
    book = blank(form)
    for cell, value in (("B4", "Một"), ("B5", "Hai")):
        book["Số liệu"][cell] = value
    for cell, value in (("B4", 2), ("C4", "A"), ("B5", "1"), ("C5", "B"), ("B6", 2), ("C6", "C")):
        book["Khách"][cell] = value
    reading = look(form, saved(book), One(form))
    assert answers(reading) == [
        {"event": "Một", "guest": [{"who": "B"}]},
        {"event": "Hai", "guest": [{"who": "A"}, {"who": "C"}]},
    ]
    book["Khách"]["B6"] = 7
    book["Khách"]["B5"] = None
    assert told(look(form, saved(book), One(form))) == [("cell_link", "B5"), ("cell_link", "B6")]
