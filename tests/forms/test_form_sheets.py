"""XLSForms in and out: Markdown as pyxform reads it, Excel and back, the compact model's size."""

from __future__ import annotations

from io import BytesIO

import orjson
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2json_backends import md_to_dict

from forms.compile import compile_form
from forms.excel import to_xlsx
from forms.sheets import SHEETS, Workbook, read, read_markdown, write_markdown

FORM = r"""
# A comment, and a rule below the header
| survey |                  |      |                        |                     |            |
|        | type             | name | label::Tiếng Việt (vi) | label::English (en) | constraint |
|--------|------------------|------|------------------------|---------------------|------------|
|        | text             | a    | Tên \| họ              | Name                |            |
|        | select_one l     | b    | Chọn<br>một            | Choose<br>one       |            |
|        |                  |      |                        |                     |            |
|        | integer          | c | Số | Number | regex(., '[1-9]\|10') | # why
|        | begin_group      | g    | Nhóm                   | Group               |            |
|        | note             | d    | **Chú ý**              | **Note**            |            |
|        | end_group        |      |                        |                     |            |
| choices |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
| | l | 1 | Một | One |
| | l | 2 | Hai | Two |
| settings |
| | form_title | form_id | version | title_en | filled_by | period_field | unique_fields |
| | Thử | thu | 2026.1 | Try | collector station | c | c a |
"""


def test_markdown_is_read_as_pyxform_reads_it() -> None:
    ours, theirs = read_markdown(FORM), md_to_dict(FORM.encode())
    assert ours.problems == []
    for name in SHEETS:
        found = [{k: v.replace("\n", "<br>") for k, v in r.cells.items()} for r in ours.rows(name)]
        assert found == list(theirs[name])
        assert [row.number for row in ours.rows(name)] == list(range(2, len(found) + 2))


def test_model_of_the_sheets() -> None:
    model = compile_form(FORM.encode(), "thu.md").model
    assert {k: v for k, v in model.items() if k not in ("nodes", "lists")} == {
        "form": "thu", "version": "2026.1", "title": {"vi": "Thử", "en": "Try"},
        "languages": ["vi", "en"], "root": "data",
        "about": {
            "filled_by": ["collector", "station"], "period": "c",
            "unique": ["c", "a"],
        },
    }  # fmt: skip
    a, b, c, g, meta = model["nodes"]
    assert a == {
        "name": "a", "kind": "question", "type": "text",
        "label": {"vi": "Tên | họ", "en": "Name"},
    }  # fmt: skip
    assert b["choices"] == {"list": "l"}
    assert b["label"] == {"vi": "Chọn\nmột", "en": "Choose\none"}
    assert c["constraint"] == ["call", "regex", ["path", "."], "[1-9]|10"]
    assert (g["kind"], g["children"][0]["kind"], g["children"][0]["type"]) == (
        "group", "note", "note",
    )  # fmt: skip
    assert [node["name"] for node in meta["children"]] == ["instanceID"]
    assert model["lists"] == {
        "l": [
            {"label": {"vi": "Một", "en": "One"}, "name": "1"},
            {"label": {"vi": "Hai", "en": "Two"}, "name": "2"},
        ]
    }


def test_excel_and_back_compiles_to_the_same() -> None:
    straight = compile_form(FORM.encode(), "thu.md")
    again = compile_form(to_xlsx(straight.markdown), "thu.xlsx")
    assert again.model == straight.model
    assert again.xform == straight.xform
    assert compile_form(again.markdown.encode(), "x.md").model == straight.model


def test_excel_is_made_for_people() -> None:
    sheet = load_workbook(BytesIO(to_xlsx(FORM)))["survey"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["C3"].value == "Chọn\nmột"
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert all(8 <= width <= 63 for width in widths)
    assert widths[2] > widths[1]


def test_excel_keeps_a_version_that_looks_like_a_number() -> None:
    text = FORM.replace("2026.1 ", "2026.10 ")
    assert compile_form(to_xlsx(text), "x.xlsx").version == "2026.10"


def test_line_ends_and_marks_of_other_systems() -> None:
    windows = b"\xef\xbb\xbf" + FORM.replace("\n", "\r\n").encode()
    assert compile_form(windows, "thu.md").model == compile_form(FORM.encode(), "thu.md").model
    assert "\r" not in compile_form(windows, "thu.md").markdown


def test_missing_english_is_a_warning_and_filled_with_vietnamese() -> None:
    text = FORM.replace("| Name  ", "|       ").replace("Two", "")
    compiled = compile_form(text.encode(), "thu.md")
    assert [(w.sheet, w.row, w.code) for w in compiled.warnings] == [
        ("survey", 2, "missing_translation"),
        ("choices", 3, "missing_translation"),
    ]
    assert compiled.model["nodes"][0]["label"]["en"] == "Tên | họ"
    assert b"<value>-</value>" not in compiled.xform


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\\#"),
    min_size=1, max_size=8,
).filter(lambda text: "<br>" not in text and text.strip("|:-"))  # fmt: skip


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=5))
def test_markdown_and_excel_give_every_cell_back(rows: list[list[str]]) -> None:
    book = Workbook()
    for name in ("survey", "settings"):
        book.add(name, enumerate([["type", "name"], *rows], start=1))
    text = write_markdown(book)
    assert read_markdown(text).sheets == book.sheets
    assert read(to_xlsx(text), "x.xlsx").sheets == book.sheets


def test_the_model_is_compact_utf8_json() -> None:
    compiled = compile_form(FORM.encode(), "thu.md")
    assert orjson.loads(compiled.model_json) == compiled.model
    assert compiled.model_json == orjson.dumps(compiled.model)  # orjson writes no white space
    assert b"null" not in compiled.model_json
