"""Lists that an author brings as CSV files: what is kept of them, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.compile import compile_form
from forms.label_files import MOST_BYTES, digest, files_in
from forms.library import Library
from forms.problems import FormRefused

VI, EN = "label::Tiếng Việt (vi)", "label::English (en)"
SERVED = {"households.csv", "villages.csv"}
GOOD = """name,label,cap,phone
T1,Trường A,1,02
T2,"Trường B, C",2,03
""".encode()
SHEET = f"""
| survey |
| | type | name | {VI} | {EN} | choice_filter | calculation |
| | select_one cap | level | Cấp | Level | | |
| | select_one_from_file truong.csv | school | Trường | School | cap = ${{level}} | |
| | calculate | number | | | | pulldata('truong', 'phone', 'name', ${{school}}) |
| | select_one_from_file villages.csv | village | Thôn | Village | | |

| choices |
| | list_name | name | {VI} | {EN} |
| | cap | 1 | Tiểu học | Primary |
| | cap | 2 | Trung học | Secondary |

| settings |
| | form_title | title_en | form_id | version | filled_by |
| | Trường | Schools | schools | 1 | collector |
"""


def compiled(content: bytes | None, sheet: str = SHEET) -> dict[str, bytes]:
    """The files that are kept with the form."""
    beside = {"truong.csv": content}
    return compile_form(sheet.encode(), "form.md", beside.get, SERVED).files


def codes_of_row(row: int, content: bytes | None, sheet: str) -> list[str]:
    """Why the form is refused, all of it at one row."""
    with pytest.raises(FormRefused) as refused:
        compiled(content, sheet)
    assert all(one.row == row and "{" not in one.line("en") for one in refused.value.problems)
    return [one.code for one in refused.value.problems]


def codes(content: bytes | None, sheet: str = SHEET) -> list[str]:
    return codes_of_row(3, content, sheet)


def test_a_list_is_kept_with_its_version(tmp_path: Path) -> None:
    author = tmp_path / "author"
    author.mkdir()
    (author / "truong.csv").write_bytes(GOOD)
    library = Library(tmp_path / "published")
    form = library.publish(SHEET.encode(), "form.md", files_in(author), SERVED)
    assert form.own_lists == {"truong.csv": digest(GOOD)}
    (author / "truong.csv").write_bytes(b"name,label\n")  # later, it is the author's own affair
    again = Library(tmp_path / "published")
    found = again.get("schools", "1")
    assert found is not None
    assert again.media(found, "truong.csv") == GOOD
    rows = again.rows(found)
    assert list(rows) == ["truong.csv"]
    assert rows["truong.csv"][1] == {
        "name": "T2", "label": "Trường B, C", "cap": "2", "phone": "03",
    }  # fmt: skip
    assert again.rows(found)["truong.csv"] is rows["truong.csv"], "the check indexes it once"


def test_what_a_spreadsheet_saves_becomes_plain_csv() -> None:
    """A mark of the byte order, semicolons, carriage returns, blanks, blank lines."""
    saved = "\ufeffname; label ;cap;phone\r\nT1;Trường A, B ;1;02\r\n;;;\r\n\r\nT2;C;2;03\r\n"
    plain = 'name,label,cap,phone\nT1,"Trường A, B",1,02\nT2,C,2,03\n'
    assert compiled(saved.encode()) == {"truong.csv": plain.encode()}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, ["list_missing"]),
        (b"\xff\xfename", ["list_unreadable"]),
        (b'name,label,cap,phone\nT1,"A,1,02\n', ["list_unreadable"]),
        (b"", ["list_empty"]),
        (b"name,label,cap,phone\n\n,,,\n", ["list_empty"]),
        (GOOD + b" " * MOST_BYTES, ["list_large"]),
        (b"name,label,cap,cap\nT1,A,1,1\n", ["list_heading"]),
        (b"name,label,cap,\nT1,A,1,1\n", ["list_heading"]),
        (b"name,label,cap\nT1,A,1\n", ["list_columns"]),  # pulldata wants the phone
        (b"name,label,phone\nT1,A,1\n", ["list_columns"]),  # the filter wants cap
        (b"name,label,cap,phone\nT1,A, B,1,02\nT2,B,1\n", ["list_cells", "list_cells"]),
        (b"name,label,cap,phone\n,A,1,02\nT 2,B,1,03\n", ["list_code", "list_code"]),
        (b"name,label,cap,phone\nT1,A,1,02\nT1,B,2,03\n", ["list_twice"]),
        (b"name,label,cap,phone\nT1,,1,02\n", ["list_no_label"]),
        (b"name,label,cap,phone\n" + b",A,1,02\n" * 9, ["list_code"] * 5),
    ],
)
def test_a_faulty_list_is_refused_at_the_question(
    content: bytes | None, expected: list[str]
) -> None:
    assert codes(content) == expected


def test_the_message_says_the_row_as_a_spreadsheet_counts() -> None:
    with pytest.raises(FormRefused) as refused:
        compiled(b"name,label,cap,phone\nT1,A,1,02\n\nT1,B,2,03\n")
    (fault,) = refused.value.problems
    assert "dòng 4" in fault.message["vi"] and "dòng 2" in fault.message["vi"]
    assert "row 4" in fault.message["en"] and "row 2" in fault.message["en"]


def test_names_and_private_forms() -> None:
    assert "bad_file" in codes(GOOD, SHEET.replace("truong.csv", "trường.csv"))
    looked_up = SHEET.replace("pulldata('truong'", "pulldata('trường'")
    assert codes_of_row(4, GOOD, looked_up) == ["list_name"]
    private = SHEET.replace("| filled_by |", "| filled_by | sensitive |").replace(
        "| collector |", "| collector | true |"
    )
    assert "list_sensitive" in codes(GOOD, private)


def test_own_columns_for_codes_and_labels() -> None:
    """The parameters `value` and `label` name them."""
    sheet = SHEET.replace(f"| {EN} | choice_filter |", f"| {EN} | parameters | choice_filter |")
    sheet = sheet.replace("| School |", "| School | value=ma label=ten |")
    sheet = sheet.replace("| Level |", "| Level | |").replace("| Village |", "| Village | |")
    sheet = sheet.replace("| number | | |", "| number | | | |").replace("'name'", "'ma'")
    assert compiled(GOOD.replace(b"name,label", b"ma,ten"), sheet)
    assert codes(GOOD, sheet) == ["list_columns"]


def test_where_nobody_asks_every_list_is_the_services() -> None:
    made = compile_form(SHEET.encode(), "form.md")
    assert made.files == {} and "own_lists" not in made.model
