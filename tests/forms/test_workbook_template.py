"""The template: what helps the person who fills it, and answers that come back as they went."""

from __future__ import annotations

import io
import unicodedata
from datetime import date, time
from typing import Any

import openpyxl
import pytest
from formkit import build
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbookkit import MEDIA, One, answers, births, blank, library, look, saved

from forms.library import Form
from forms.workbook import machine as hidden
from forms.workbook import template
from forms.workbook.conditions import Bounds, asked_when, bounds
from forms.workbook.layout import fillable, layout
from forms.workbook.machine import letters, number


def rules(book: openpyxl.Workbook, sheet: str) -> dict[str, Any]:
    """The validations of a sheet by the column of their cells."""
    return {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in book[sheet].data_validations.dataValidation
    }


def test_a_register_has_headings_notes_drop_downs_and_a_hidden_sheet() -> None:
    book = blank(births())
    assert book.sheetnames == ["Hướng dẫn", "Số liệu", "_danh_sach", "_so_thon"]
    assert [book[name].sheet_state for name in book.sheetnames] == [
        "visible", "visible", "hidden", "veryHidden",
    ]  # fmt: skip
    page = book["Số liệu"]
    assert page["C3"].value == "Trẻ sinh ra có sống không? *"
    assert "Bắt buộc." in page["C3"].comment.text
    assert "chọn Có, dù sau đó trẻ mất" in page["C3"].comment.text
    found = rules(book, "Số liệu")
    assert (found["C"].type, found["C"].showDropDown) == ("list", False)
    listed = [cell.value for cell in book["_danh_sach"]["A"][:2]]
    assert found["C"].formula1 == "'_danh_sach'!$A$1:$A$2" and listed == ["Có", "Không"]
    assert page.protection.sheet and page["C3"].protection.locked
    wide = [one for one in page.column_dimensions.values() if one.min <= 3 <= one.max]
    assert [one.protection.locked for one in wide] == [False]  # of every cell below the heading
    assert wide[0].number_format == "@"  # “2026-05” and “01” stay what they are


def test_a_return_asks_downward_and_says_when_a_question_is_asked() -> None:
    form = library().versions("births_month")[-1]
    page = blank(form)["Báo cáo"]
    told = {page.cell(row, 1).value: page.cell(row, 2).value for row in range(4, 30)}
    note = told["Có bao nhiêu trẻ sinh ra sống? *"]
    assert "Ghi số từ 1 đến 500." in note
    assert "“Trong tháng có trẻ nào sinh ra sống không?” là “Có trẻ sinh ra sống”" in note
    assert not page["C4"].protection.locked and page["A4"].protection.locked


def test_the_other_language_has_its_own_words_and_is_read_back() -> None:
    book = blank(births(), "en")
    page = book["Data"]
    assert page["C3"].value == "Was the baby born alive? *"
    values = ("2026-05", "Yes", "Girl", "Single", 1998, "Kinh", "First", "Thôn Một", "Hospital")
    for column, value in zip("BCDEFGHIJ", values, strict=True):
        page[f"{column}4"] = value
    assert answers(look(births(), saved(book)))[0]["place"] == "2"


@pytest.mark.parametrize("form", library().forms(), ids=lambda form: form.id)
def test_every_published_form_has_a_template_with_a_place_for_each_question(form: Form) -> None:
    data = template(form, MEDIA, numbered=3)
    book = openpyxl.load_workbook(io.BytesIO(data))
    described = hidden.machine(book[hidden.SHEET].values)
    placed = {
        f"{table}/{place.path}" for sheet in described.sheets
        for table in [sheet.table] for place in sheet.places
    }  # fmt: skip
    schema = form.checker.schema
    asked = [node for node in schema.nodes if fillable(node)]
    assert len(placed) == len(asked) == sum(len(sheet.fields) for sheet in layout(form, "vi"))
    for sheet in described.sheets:
        assert len(sheet.title) <= 31
        for place in sheet.places:
            assert book[sheet.title].cell(place.row, place.column).value == place.heading


def test_sheets_of_repeats_have_names_that_excel_allows() -> None:
    form = build(
        """
        | survey |
        | | type | name | label |
        | | text | a | A |
        | | begin_repeat | r1 | Buổi tập huấn: chủ đề/nội dung về bình đẳng giới |
        | | text | b | B |
        | | end_repeat | | |
        | | begin_repeat | r2 | Buổi tập huấn: chủ đề/nội dung về phòng ngừa |
        | | text | c | C |
        | | end_repeat | | |
        """
    )
    titles = [sheet.title for sheet in layout(form, "vi")]
    assert titles[1] == "Buổi tập huấn chủ đề nội dung v"
    assert len({title.lower() for title in titles}) == 3 and max(map(len, titles)) <= 31


LIMITS = """
| survey |
| | type | name | label | constraint | relevant |
| | integer | a | A | . >= 1 and . < 10 | |
| | integer | b | B | . <= ${a} and 0 <= . | ${a} > 3 |
| | decimal | c | C | . > -1.5 or . = 7 | ${a} > 3 and ${b} != 2 |
| | text | d | D | | string-length(${e}) > 2 |
| | text | e | E | | |
"""


def test_simple_limits_are_held_by_excel_and_simple_conditions_said_in_words() -> None:
    form = build(LIMITS)
    nodes = {node.name: node for node in form.checker.schema.nodes}
    found = [bounds(nodes[name]) for name in "abc"]
    assert found == [Bounds(1, 9), Bounds(0, None), Bounds()]
    said = {name: asked_when(nodes[name], form, "vi") for name in "abcde"}
    assert said["a"] == said["e"] == ""
    assert said["b"] == "Chỉ ghi khi “A” lớn hơn 3."
    assert said["c"] == "Chỉ ghi khi “A” lớn hơn 3 và “B” không phải “2”."
    assert said["d"].startswith("Chỉ ghi trong một số trường hợp")
    rule = rules(blank(form), "Số liệu")["B"]
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        "whole", None, "1", "9"
    )  # fmt: skip


@given(st.integers(1, 16384))
def test_columns_have_letters(column: int) -> None:
    assert number(letters(column)) == column


EVERYTHING = build(
    """
    | survey |
    | | type | name | label |
    | | text | word | Chữ |
    | | integer | whole | Số nguyên |
    | | decimal | amount | Số |
    | | date | day | Ngày |
    | | time | clock | Giờ |
    | | select_one c | one | Một |
    | | begin_group | more | Thêm |
    | | select_multiple c | many | Nhiều |
    | | end_group | | |
    | | begin_repeat | line | Dòng |
    | | integer | n | N |
    | | text | what | Gì |
    | | end_repeat | | |
    | choices |
    | | list_name | name | label |
    | | c | 1 | Màu đỏ |
    | | c | 02 | Màu xanh |
    | | c | x | 1 |
    """
)
LABELS = {"1": "Màu đỏ", "02": "Màu xanh", "x": "1"}
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20)
LINES = st.fixed_dictionaries({"n": st.integers(-(10**9), 10**9)}, optional={"what": WORDS})
ROW = st.fixed_dictionaries(
    {"whole": st.integers(-(10**12), 10**12)},
    optional={
        "word": WORDS,
        "amount": st.decimals(-(10**6), 10**6, places=3).map(float),
        "day": st.dates(date(1900, 3, 1), date(2100, 1, 1)),
        "clock": st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        "one": st.sampled_from(list(LABELS)),
        "many": st.lists(st.sampled_from(list(LABELS)), min_size=1, unique=True),
        "line": st.lists(LINES, min_size=1, max_size=3),
    },
)
COLUMNS = dict(
    zip(("word", "whole", "amount", "day", "clock", "one", "many"), "BCDEFGH", strict=True)
)


def cell(name: str, value: Any) -> Any:
    """An answer as somebody would write it into its cell."""
    if name == "one":
        return LABELS[value]
    return "; ".join(LABELS[code] for code in value) if name == "many" else value


def wire(row: dict[str, Any]) -> dict[str, Any]:
    """What the answers must be when they come back."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name == "line":
            found[name] = [wire(line) for line in value]
        elif name == "many":
            found["more"] = {"many": " ".join(value)}
        elif isinstance(value, float):
            found[name] = f"{value:f}".rstrip("0").rstrip(".") if value else "0"
        elif isinstance(value, date):
            found[name] = value.isoformat()
        elif isinstance(value, time):
            found[name] = f"{value:%H:%M}"
        elif text := _tidy(str(value)):
            found[name] = text
    return found


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@given(st.lists(ROW, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_answers_come_back_as_they_were_filled_in(rows: list[dict[str, Any]]) -> None:
    book = blank(EVERYTHING)
    page, lines, at = book["Số liệu"], book["Dòng"], 4
    for place, row in enumerate(rows, start=4):
        for name, column in COLUMNS.items():
            if name in row:
                page[f"{column}{place}"].value = cell(name, row[name])
                if page[f"{column}{place}"].data_type == "f":  # a text that begins with “=”
                    page[f"{column}{place}"].data_type = "s"
        for line in row.get("line", ()):
            lines[f"B{at}"], lines[f"C{at}"] = place - 3, line["n"]
            lines[f"D{at}"].value = line.get("what")
            lines[f"D{at}"].data_type = "s"
            at += 1
    found = answers(look(EVERYTHING, saved(book), One(EVERYTHING)))
    assert [{**one} for one in found] == [wire(row) for row in rows]
