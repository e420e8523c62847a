"""A faulty XLSForm is refused with sheet, row, column, a stable code and what to do."""

from __future__ import annotations

import re

import pytest
from formkit import SETTINGS, build, problems

from forms.compile import compile_form
from forms.excel import to_xlsx
from forms.problems import FormRefused

GOOD = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) |
| | text | a | A | A |
"""


def one(row: str, header: str = "", choices: str = "") -> str:
    """A survey of a good row and `row` (row 3 of the sheet)."""
    extra = f" | {header}" if header else ""
    return f"""
| survey |
| | type | name | label{extra} |
| | text | a | A |
| | {row} |
{choices}
"""


CHOICES = """
| choices |
| | list_name | name | label |
| | l | x | X |
"""

# what stands in row 3, further columns, (sheet, row, column, code)
ROWS = [
    ("| b | B", "", ("survey", 3, "type", "missing_type")),
    ("text | | B", "", ("survey", 3, "name", "missing_name")),
    ("text | 1b | B", "", ("survey", 3, "name", "bad_name")),
    ("text | tên | B", "", ("survey", 3, "name", "bad_name")),
    ("text | meta | B", "", ("survey", 3, "name", "reserved_name")),
    ("text | a | B", "", ("survey", 3, "name", "duplicate_name")),
    ("text | b |", "", ("survey", 3, "label", "missing_label")),
    ("geopoint | b | B", "", ("survey", 3, "type", "unsupported_type")),
    ("barcode | b | B", "", ("survey", 3, "type", "unsupported_type")),
    ("video | b | B", "", ("survey", 3, "type", "unsupported_type")),
    ("rank l | b | B", "", ("survey", 3, "type", "unsupported_type")),
    ("file | b | B", "", ("survey", 3, "type", "unsupported_type")),
    ("audit | audit | | location-priority=balanced", "parameters",
     ("survey", 3, "parameters", "audit_parameters")),
    ("audit | audit | | track-changes=true", "parameters",
     ("survey", 3, "parameters", "audit_parameters")),
    ("text | b | B | maybe", "on_device", ("survey", 3, "on_device", "bad_on_device")),
    ("image | b | B | yes", "on_device", ("survey", 3, "on_device", "on_device_type")),
    ("note | b | B | yes", "on_device", ("survey", 3, "on_device", "on_device_type")),
    ("select_one l | b | B | image-map", "appearance",
     ("survey", 3, "appearance", "unsupported_appearance")),
    ("select_one l | b | B | minimla", "appearance",
     ("survey", 3, "appearance", "unsupported_appearance")),
    ("text | b | B | masked", "appearance", ("survey", 3, "appearance", "unsupported_appearance")),
    ("range | b | B | start=10 end=0 step=-1", "parameters",
     ("survey", 3, "parameters", "bad_range")),
    ("range | b | B | start=20", "parameters", ("survey", 3, "parameters", "bad_range")),
    ("range | b | B | step=-3", "parameters", ("survey", 3, "parameters", "bad_range")),
    ("select_one l | b | B | randomize=true", "parameters",
     ("survey", 3, "parameters", "unsupported_parameter")),
    ("image | b | B | max-pixels=9", "parameters", ("survey", 3, "parameters", "bad_pixels")),
    ("image | b | B | max-pixels=wide", "parameters", ("survey", 3, "parameters", "bad_pixels")),
    ("text | b | B | nha.jpg", "media::image",
     ("survey", 3, "media::image", "media_missing")),
    ("text | b | B | film.mp4", "media::video",
     ("survey", 3, "media::video", "unsupported_media")),
    ("xml-external | b |", "", ("survey", 3, "type", "unsupported_type")),
    ("select_one_external l | b | B", "", ("survey", 3, "type", "unsupported_type")),
    ("phonenumber | b |", "", ("survey", 3, "type", "unsupported_type")),
    ("select_one | b | B", "", ("survey", 3, "type", "missing_list")),
    ("select_one nope | b | B", "", ("survey", 3, "type", "unknown_list")),
    ("select_one ${a} | b | B", "", ("survey", 3, "type", "select_from_repeat")),
    ("select_one l or_other | b | B", "", ("survey", 3, "type", "or_other")),
    ("select_one_from_file ../x.csv | b | B", "", ("survey", 3, "type", "bad_file")),
    ("select_one_from_file x.geojson | b | B", "", ("survey", 3, "type", "bad_file")),
    ("end_group | |", "", ("survey", 3, "type", "unmatched_end")),
    ("begin_group | g | G", "", ("survey", 3, "type", "unclosed")),
    ("calculate | b |", "", ("survey", 3, "calculation", "missing_calculation")),
    ("text | b | B ${c}", "", ("survey", 3, "label", "unknown_reference")),
    ("text | b | B | ${c} = 1", "relevant", ("survey", 3, "relevant", "unknown_reference")),
    ("select_one l | b | B | search('x')", "appearance",
     ("survey", 3, "appearance", "unsupported_appearance")),
    ("image | b | B | signature", "appearance",
     ("survey", 3, "appearance", "unsupported_appearance")),
    ("text | b | B | ex:org.x(a=1)", "appearance",
     ("survey", 3, "appearance", "unsupported_appearance")),
    ("text | b | B | ${last-saved#a}", "default", ("survey", 3, "default", "last_saved")),
    ("text | b | B | org.x(a=1)", "body::intent", ("survey", 3, "body::intent", "other_app")),
    ("integer | b | B | ba", "default", ("survey", 3, "default", "bad_default")),
    ("date | b | B | 2026-02-30", "default", ("survey", 3, "default", "bad_default")),
    ("select_one l | b | B | nobody", "default", ("survey", 3, "default", "bad_default")),
    ("select_multiple l | b | B | nobody", "default", ("survey", 3, "default", "bad_default")),
    ("text | b | B | frob() + 1", "default", ("survey", 3, "default", "unknown_function")),
    ("text | b | B | ${a}.png", "media::image", ("survey", 3, "media::image", "media_name")),
    # expressions
    ("text | b | B | . = ", "constraint", ("survey", 3, "constraint", "expression_syntax")),
    ("text | b | B | frob(.)", "constraint", ("survey", 3, "constraint", "unknown_function")),
    ("text | b | B | area(.) > 1", "relevant", ("survey", 3, "relevant", "unknown_function")),
    ("text | b | B | selected(.)", "constraint", ("survey", 3, "constraint", "arity")),
    ("text | b | B | if(. = 1, 2)", "constraint", ("survey", 3, "constraint", "arity")),
    ("text | b | B | //a = 1", "constraint", ("survey", 3, "constraint", "axis")),
    ("text | b | B | ../@a = 1", "constraint", ("survey", 3, "constraint", "axis")),
    ("text | b | B | ../nope = 1", "relevant", ("survey", 3, "relevant", "unknown_path")),
    ("text | b | B | /data/nope = 1", "relevant", ("survey", 3, "relevant", "unknown_path")),
    ("text | b | B | /other/a = 1", "relevant", ("survey", 3, "relevant", "unknown_path")),
    ("text | b | B | regex(., '(')", "constraint", ("survey", 3, "constraint", "bad_regex")),
    ("text | b | B | regex(., '(a+)+')", "constraint", ("survey", 3, "constraint", "bad_regex")),
    (r"text | b | B | regex(., '\p{L}+')", "constraint",
     ("survey", 3, "constraint", "bad_regex")),
    ("text | b | B | regex(., ${a})", "constraint",
     ("survey", 3, "constraint", "literal_needed")),
    ("text | b | B | count('x') > 1", "relevant", ("survey", 3, "relevant", "path_needed")),
    ("calculate | b | | format-date(${a}, '%Q')", "calculation",
     ("survey", 3, "calculation", "date_format")),
    ("calculate | b | | instance('l')/root/item[1]/name", "calculation",
     ("survey", 3, "calculation", "unknown_instance")),
    ("calculate | b | | jr:choice-name(${a}, '${a}')", "calculation",
     ("survey", 3, "calculation", "path_needed")),
    ("calculate | b | | ${b2} + 1", "calculation",
     ("survey", 3, "calculation", "unknown_reference")),
]  # fmt: skip


@pytest.mark.parametrize(("row", "header", "expected"), ROWS, ids=[r[0] for r in ROWS])
def test_a_faulty_row(row: str, header: str, expected: tuple[str, int, str, str]) -> None:
    choices = CHOICES if re.search("l or_other|select_one l|nobody", row) else ""
    found = problems(one(row, header, choices))
    assert [(p.sheet, p.row, p.column, p.code) for p in found] == [expected]
    assert found[0].message["vi"] and found[0].message["en"]
    assert found[0].message["vi"] != found[0].message["en"]
    assert f"dòng {expected[1]}" in found[0].line("vi")
    assert f"row {expected[1]}" in found[0].line("en")


SHEETS = [
    (GOOD + "| other |\n| | x |\n| | 1 |\n", SETTINGS, ("other", None, None, "unknown_sheet")),
    (CHOICES, SETTINGS, ("survey", None, None, "no_sheet")),
    (GOOD, "", ("settings", None, None, "no_sheet")),
    (GOOD.replace("| a | A | A |", "| a | A | A | A |"), SETTINGS,
     ("survey", 2, None, "long_row")),
    (GOOD.replace("English (en)", "Tiếng Việt (vi)"), SETTINGS,
     ("survey", 1, "label::Tiếng Việt (vi)", "duplicate_column")),
    (GOOD.replace("label::Tiếng Việt (vi)", "hint::Tiếng Việt (vi)"), SETTINGS,
     ("survey", 2, "label::English (en)", "missing_label")),
    (one("select_one l | b | B", "", CHOICES + "| | l | x | Y |\n"), SETTINGS,
     ("choices", 3, "name", "duplicate_choice")),
    (one("select_one l | b | B", "", CHOICES + "| | l | | Y |\n"), SETTINGS,
     ("choices", 3, "name", "missing_choice_name")),
    (one("select_one l | b | B", "", CHOICES + "| | | y | Y |\n"), SETTINGS,
     ("choices", 3, "list_name", "missing_choice_list")),
    (one("select_one l | b | B", "", CHOICES + "| | l | y z | Y |\n"), SETTINGS,
     ("choices", 3, "name", "blank_in_choice")),
    (one("select_one l | b | B", "", CHOICES + "| | l | y | |\n"), SETTINGS,
     ("choices", 3, "label", "missing_label")),
    (GOOD, SETTINGS.replace("| Thử |", "| |"), ("settings", 2, "form_title", "missing_setting")),
    (GOOD, SETTINGS.replace("| 1 |", "| a/b |"), ("settings", 2, "version", "bad_setting")),
    (GOOD, SETTINGS.replace("| thu |", "| ../x |"), ("settings", 2, "form_id", "bad_setting")),
    (GOOD, SETTINGS.replace("version |", "version | public_key |").replace("1 |", "1 | k |"),
     ("settings", 2, "public_key", "setting_unsupported")),
    (GOOD, SETTINGS.replace("version |", "version | filled_by |").replace("1 |", "1 | boss |"),
     ("settings", 2, "filled_by", "bad_setting")),
    (GOOD, SETTINGS.replace("version |", "version | every |").replace("1 |", "1 | week |"),
     ("settings", 2, "every", "bad_setting")),
    (GOOD, SETTINGS.replace("version |", "version | due_days |").replace("1 |", "1 | -400 |"),
     ("settings", 2, "due_days", "bad_setting")),
    (GOOD, SETTINGS.replace("version |", "version | sensitive |").replace("1 |", "1 | yes |"),
     ("settings", 2, "sensitive", "bad_setting")),
    (GOOD, SETTINGS.replace("version |", "version | unique_fields |").replace("1 |", "1 | a b |"),
     ("settings", 2, "unique_fields", "unknown_leaf")),
    (GOOD, SETTINGS.replace("version |", "version | period_field |").replace("1 |", "1 | b |"),
     ("settings", 2, "period_field", "unknown_leaf")),
]  # fmt: skip


@pytest.mark.parametrize(("tables", "settings", "expected"), SHEETS, ids=[s[2][3] for s in SHEETS])
def test_a_faulty_sheet(tables: str, settings: str, expected: tuple[object, ...]) -> None:
    found = problems(tables, settings)
    assert [(p.sheet, p.row, p.column, p.code) for p in found] == [expected]


def test_an_instance_name_is_a_matter_of_the_settings() -> None:
    settings = SETTINGS.replace("version |", "version | instance_name |")
    for name, code in (("frob(${a})", "unknown_function"), ("${a} +", "expression_syntax")):
        found = problems(GOOD, settings.replace("| 1 |", f"| 1 | {name} |"))
        assert [(p.sheet, p.row, p.column, p.code) for p in found] == [
            ("settings", 2, "instance_name", code)
        ]


def test_values_that_are_set_once_are_checked_too() -> None:
    tables = """
| survey |
| | type | name | label | trigger | calculation |
| | text | a | A | | |
| | calculate | b | | ${a} | frob(1) |
| | begin_repeat | r | R | | |
| | text | c | C | ${a} | ../nope |
| | end_repeat | | | | |
"""
    assert [(p.row, p.column, p.code) for p in problems(tables)] == [
        (3, "calculation", "unknown_function"),
        (5, "calculation", "unknown_path"),
    ]


def test_all_problems_at_once() -> None:
    tables = """
| survey |
| | type | name | label | relevant | constraint |
| | text | a | | | |
| | nope | b | B | | |
| | select_one l | c | C ${x} | ${y} = 1 | |
| | begin_repeat | r | R | | |
| | text | d | D | | |
| | text | d | D | | |
"""
    found = problems(tables, SETTINGS.replace("| Thử |", "| |"))
    assert {(p.row, p.code) for p in found} == {
        (2, "missing_label"), (3, "unsupported_type"), (4, "unknown_list"),
        (4, "unknown_reference"), (5, "unclosed"), (7, "duplicate_name"), (2, "missing_setting"),
    }  # fmt: skip
    assert sum(p.code == "unknown_reference" for p in found) == 2


def test_all_faulty_expressions_at_once() -> None:
    tables = """
| survey |
| | type | name | label | relevant | constraint | calculation | choice_filter | required |
| | text | a | A | nope(1) | 1 + | | | |
| | calculate | c | | | | ${a} + | | |
| | select_one l | s | S | | | | frob(name) | oops() |
""" + CHOICES  # fmt: skip
    assert [(p.row, p.column, p.code) for p in problems(tables)] == [
        (2, "constraint", "expression_syntax"),
        (2, "relevant", "unknown_function"),
        (3, "calculation", "expression_syntax"),
        (4, "required", "unknown_function"),
        (4, "choice_filter", "unknown_function"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "column"),
    [
        ("${b} + 1", "${a} + 1", "calculation"),
        ("if(${b} = 1, 2, 3)", "concat(${c}, '')", "calculation"),
    ],
)
def test_a_circle_of_calculations(a: str, b: str, column: str) -> None:
    found = problems(f"""
| survey |
| | type | name | label | calculation |
| | calculate | a | | {a} |
| | calculate | b | | {b} |
| | calculate | c | | ${{a}} |
""")
    assert [(p.column, p.code) for p in found] == [(column, "cycle")]
    assert "a" in found[0].message["en"]


def test_a_circle_of_relevance() -> None:
    found = problems("""
| survey |
| | type | name | label | relevant |
| | text | a | A | ${b} = 1 |
| | begin_group | g | G | ${a} = 1 |
| | text | b | B | |
| | end_group | | | |
""")
    assert [(p.code, p.column) for p in found] == [("cycle", "relevant")]


def test_what_pyxform_alone_sees_is_told_with_its_row() -> None:
    found = problems(one("range | b | B | start=0 end=1 step=5", "parameters"))
    assert [(p.sheet, p.row, p.column, p.code) for p in found] == [
        ("survey", 3, "parameters", "pyxform")
    ]
    assert "step" in found[0].message["vi"]


def test_leaf_names_must_be_unique_in_a_table() -> None:
    tables = """
| survey |
| | type | name | label |
| | begin_group | g | G |
| | text | a | A |
| | end_group | | |
| | begin_group | h | H |
| | text | a | A |
| | end_group | | |
| | begin_repeat | r | R |
| | text | a | A |
| | end_repeat | | |
"""
    found = problems(tables)
    assert [(p.row, p.column, p.code) for p in found] == [(6, "name", "duplicate_name")]
    assert "data" in found[0].message["en"]


def test_rows_are_counted_as_the_authors_file_has_them() -> None:
    """An Excel sheet with empty rows: the problem names Excel's row."""
    from io import BytesIO

    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(to_xlsx(GOOD + SETTINGS)))
    workbook["survey"].append([])
    workbook["survey"].append(
        [
            "text",
            "b",
            "B",
            "B",
        ]
    )
    workbook["survey"].append([])
    workbook["survey"].append(["frob", "c", "C", "C"])
    out = BytesIO()
    workbook.save(out)
    with pytest.raises(FormRefused) as caught:
        compile_form(out.getvalue(), "thu.xlsx")
    assert [(p.sheet, p.row) for p in caught.value.problems] == [("survey", 6)]
    assert "dòng 6" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "filename"),
    [
        (b"not a table", "x.md"), (b"\xff\xfe", "x.md"), (b"PK\x03\x04junk", "x.xlsx"),
        (b"", "x.xlsx"), (b"", "x.md"), (b"a,b", "x.csv"), (b"| a |\n", "x.xls"),
    ],
)  # fmt: skip
def test_unreadable_files(source: bytes, filename: str) -> None:
    with pytest.raises(FormRefused) as caught:
        compile_form(source, filename)
    assert {p.code for p in caught.value.problems} <= {
        "unreadable", "no_sheet", "missing_setting",
    }  # fmt: skip


def test_a_good_form_compiles_without_english() -> None:
    model = build("""
| survey |
| | type | name | label |
| | text | a | Tên của bạn? |
""").model
    assert model["nodes"][0]["label"] == {"vi": "Tên của bạn?", "en": "Tên của bạn?"}
