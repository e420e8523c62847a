"""What comes back as Excel: answers as the check wants them, and every fault at its cell."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from formkit import build
from workbookkit import (
    BIRTH,
    CODES,
    COLUMNS,
    One,
    answers,
    births,
    blank,
    look,
    register,
    saved,
    told,
)

from forms.library import Form


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


def test_rows_below_the_numbered_ones_have_their_own_number_and_too_many_are_told() -> None:
    def low(book: openpyxl.Workbook) -> None:
        for name, value in BIRTH.items():
            book["Số liệu"][f"{COLUMNS[name]}2500"] = value

    assert look(births(), register(edit=low)).entries[0].key == "2497"

    def lower(book: openpyxl.Workbook) -> None:
        book["Số liệu"]["B9000"] = "2026-05"

    assert told(look(births(), register(BIRTH, edit=lower))) == [("cell_rows", "A5004")]


def test_equal_answers_have_equal_contents_whatever_the_cells_look_like() -> None:
    one = look(births(), register(BIRTH)).entries[0]
    two = look(births(), register({**BIRTH, "ym": "5/2026", "live": "1"})).entries[0]
    other = look(births(), register({**BIRTH, "sex": "Trai"})).entries[0]
    assert one.content == two.content != other.content
