"""A return as Excel: it goes down the sheet, and its repeats are sheets of their own."""

from __future__ import annotations

from typing import Any

from formkit import build
from workbookkit import (
    One,
    answers,
    blank,
    look,
    saved,
    told,
)

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
