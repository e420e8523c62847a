"""The workbook and the CSV, read back."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from docx import Document
from openpyxl.workbook import Workbook
from sample_report import SECRETS, sample_report

from analysis.reports import WRITERS
from analysis.reports.csv import COLUMNS, harmless
from analysis.reports.narrative import body
from analysis.types import Estimate, Missing, Report

MARKING = "BẢN MINH HỌA - SỐ LIỆU GIẢ ĐỊNH"


def opened(report: Report, language: str = "vi") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report, language)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The table of a sheet: its head stands in row 4."""
    head, *body = list(sheet.iter_rows(min_row=4))
    names = [cell.value for cell in head]
    return [dict(zip(names, row, strict=True)) for row in body]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(sample_report())


def target(book: Workbook, number: str) -> dict[str, Any]:
    return next(row for row in rows(book["Chỉ tiêu"]) if row["Số"].value == number)


def test_sheets_in_both_languages(book: Workbook) -> None:
    assert book.sheetnames == [
        "Chỉ tiêu", "Phân tổ", "Tiến độ", "Nguồn số liệu", "Danh mục chỉ số",
    ]  # fmt: skip
    english = opened(sample_report(), "en")
    assert english.sheetnames == ["Targets", "Groups", "Progress", "Sources", "Codebook"]


def test_numbers_are_numbers_in_full_precision(book: Workbook) -> None:
    row = target(book, "2.1")
    assert row["Kết quả"].value == 42.6713
    assert row["Kết quả"].number_format == "#,##0.0"
    assert (row["Cận dưới 95%"].value, row["Cận trên 95%"].value) == (38.1902, 47.2744)
    assert row["Mức đề ra"].value == 60
    assert row["Số quan sát"].value == 412
    assert row["Thời hạn"].value == 2030 and row["Thời hạn"].number_format == "0"
    assert target(book, "4.1")["Mức đề ra"].value == pytest.approx(10500 / 101, rel=1e-12)
    assert target(book, "4.1")["Mức đề ra"].number_format == "#,##0.00"
    # 99.96 % must not read as its target of 100 %
    assert target(book, "5.2")["Kết quả"].number_format == "#,##0.00"


def test_what_is_no_number_is_words(book: Workbook) -> None:
    found = {
        number: target(book, number)["Kết quả"].value
        for number in ("2.2", "3.2a", "3.2b", "3.3", "4.2")
    }
    assert found == {
        "2.2": "chưa thu thập",
        "3.2a": "ẩn vì số nhỏ",
        "3.2b": "chưa đủ số liệu",
        "3.3": "không phát sinh",
        "4.2": "1 trường hợp/80",
    }


def test_the_three_verdicts_stand_apart(book: Workbook) -> None:
    row = target(book, "3.1")
    assert [row[name].value for name in (
        "Theo cách tính của Kế hoạch", "Mức độ chắc chắn", "Tiến độ",
    )] == ["Đạt", "Chưa kết luận", "Chưa có số gốc"]  # fmt: skip
    assert target(book, "4.1")["Đánh giá nếu là lỗi đánh máy"].value == "Chưa đạt"


def test_no_cell_of_a_table_is_empty(book: Workbook) -> None:
    for sheet in book.worksheets:
        for row in rows(sheet):
            assert all(cell.value not in (None, "") for cell in row.values()), sheet.title


def test_heads_stay_in_sight_and_filter(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith("5")
        assert sheet.auto_filter.ref.startswith("A4:")
    page = book["Chỉ tiêu"].page_setup
    assert (page.orientation, int(page.paperSize), page.fitToHeight) == ("landscape", 9, 0)
    assert book["Chỉ tiêu"].sheet_properties.pageSetUpPr.fitToPage
    assert book["Chỉ tiêu"].print_title_rows == "$4:$4"


def test_a_demonstration_says_so_on_every_sheet_and_every_printed_page(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet["A3"].value == MARKING
        assert sheet["A3"].fill.fgColor.rgb == "FF000000"
        assert MARKING in sheet.oddHeader.right.text
    real = opened(sample_report(demonstration=False))
    for sheet in real.worksheets:
        assert sheet["A3"].value is None
        assert not (sheet.oddHeader.right.text or "")


def test_text_never_becomes_a_formula() -> None:
    book = opened(sample_report(formula=True))
    hostile = target(book, "1")
    assert hostile["Chỉ tiêu (nguyên văn)"].value == "+SUM(A1:A9) -2"
    village = rows(book["Tiến độ"])[0]["Thôn"]
    assert village.value == '=HYPERLINK("http://example.org")'
    data = WRITERS["xlsx"](sample_report(formula=True))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
        links = [name for name in parts.namelist() if "worksheets/_rels" in name]
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<hyperlink" in sheet]
    assert not links


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_hidden_number_in_any_table(form: str, language: str) -> None:
    data = WRITERS[form](sample_report(), language)
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"\n".join(parts.read(name) for name in parts.namelist())
    assert not [secret for secret in SECRETS if secret.encode() in data]


def read(report: Report, language: str = "vi") -> pd.DataFrame:
    data = WRITERS["csv"](report, language)
    marks = {"sep": ";", "decimal": ","} if language == "vi" else {}
    return pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", dtype={"unit_code": str}, **marks)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_csv_has_a_row_an_estimate_with_full_precision(language: str) -> None:
    report = sample_report()
    frame = read(report, language)
    assert list(frame.columns) == list(COLUMNS)
    expected = sum(1 + len(r.breakdown) + len(r.pooled) + len(r.variants) for r in report.results)
    assert len(frame) == expected
    year = frame[frame.scope == "year"].set_index("target")
    assert year.loc["AK-2.1", "value"] == 42.6713
    assert year.loc["AK-4.1", "upper"] == 185.488809476129
    assert year.loc["AK-4.1", "target_value"] == 10500 / 101
    assert year.loc["AK-4.1", ["arithmetic", "suspected_arithmetic"]].tolist() == ["not_met"] * 2
    assert set(frame.unit_code) == {"11668"}
    group = frame[(frame.target == "AK-6.1") & (frame.group == "sex=2")].iloc[0]
    assert group["value"] == 54.22 and pd.isna(group["arithmetic"])


def test_csv_begins_with_a_mark_and_speaks_the_spreadsheets_dialect() -> None:
    data = WRITERS["csv"](sample_report())
    assert data.startswith(b"\xef\xbb\xbfdemonstration;plan;")
    assert "42,6713" in data.decode() and "42.6713" not in data.decode()
    english = WRITERS["csv"](sample_report(), "en")
    assert english.startswith(b"\xef\xbb\xbfdemonstration,plan,")
    assert b"42.6713" in english


def test_csv_says_why_a_number_is_missing() -> None:
    year = read(sample_report())
    year = year[year.scope == "year"].set_index("target")
    assert year.status.to_dict() == {
        "AK-1.1": "ok", "AK-2.1": "ok", "AK-2.2": "not_collected", "AK-3.1": "ok",
        "AK-3.2a": "suppressed", "AK-3.2b": "no_data", "AK-3.3": "no_cases", "AK-4.1": "ok",
        "AK-4.2": "count_only", "AK-4.3": "ok", "AK-5.1": "not_collected", "AK-5.2": "ok",
        "AK-6.1": "ok", "AK-6.3": "ok",
    }  # fmt: skip
    hidden = year.loc["AK-3.2a", ["value", "lower", "numerator", "denominator", "observations"]]
    assert hidden.isna().all()
    assert pd.isna(year.loc["AK-4.2", "value"]) and year.loc["AK-4.2", "numerator"] == 1


def test_csv_marks_a_demonstration_in_every_row() -> None:
    assert set(read(sample_report()).demonstration) == {MARKING}
    assert read(sample_report(demonstration=False)).demonstration.isna().all()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_text_is_made_harmless(text: str) -> None:
    assert harmless(text).startswith("'")
    assert harmless("an toàn") == "an toàn"


def test_csv_quotes_hostile_text_and_leaves_negative_numbers_alone() -> None:
    report = sample_report(formula=True)
    first, *rest = report.results
    negative = replace(first, estimate=Estimate("LEAD_UNIT", (2026,), value=-0.5))
    data = WRITERS["csv"](replace(report, results=(negative, *rest))).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(data), delimiter=";"))
    row = dict(zip(table[0], table[1], strict=True))
    assert row["verbatim"] == "'+SUM(A1:A9) -2"
    assert row["responsible"] == "'@cmd"
    assert row["value"] == "-0,5"
    started = [field for line in table[1:] for field in line if field[:1] in set("=+@")]
    assert started == []


def test_every_csv_column_is_described_in_both_languages() -> None:
    assert all(text.vi and text.en for text in COLUMNS.values())


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    assert WRITERS[form](sample_report()) == WRITERS[form](sample_report())


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_empty_report_is_still_a_file(form: str) -> None:
    empty = replace(sample_report(), results=(), progress=())
    assert WRITERS[form](empty)


def test_how_a_village_answered_at_the_door_does_not_leave() -> None:
    """Two refusals of a village are a small cell; the commune's own number is told from ten on."""
    report = sample_report()
    sheet = rows(opened(report)["Tiến độ"])
    assert list(sheet[0]) == ["Thôn", "Số hộ", "Được phân công", "Phỏng vấn xong"]
    few, rest = report.progress[0], report.progress[1]
    for refused, words in ((rest.refused, "dưới 10 hộ từ chối"), (12, "14 hộ từ chối")):
        other = replace(report, progress=(few, replace(rest, refused=refused)))
        texts = [block.text for part in body(other) for block in part.blocks]
        assert any(words in text for text in texts), words


def test_an_interval_without_end_is_no_number() -> None:
    report = sample_report()
    first, *rest = report.results
    wide = Estimate("LEAD_UNIT", (2026,), value=5.0, interval=(1.0, float("inf")))
    book = opened(replace(report, results=(replace(first, estimate=wide), *rest)))
    row = target(book, "1")
    assert (row["Cận dưới 95%"].value, row["Cận trên 95%"].value) == (1, "-")
    nothing = Estimate("LEAD_UNIT", (2026,), missing=Missing.NO_DATA)
    book = opened(replace(report, results=(replace(first, estimate=nothing), *rest)))
    assert target(book, "1")["Kết quả"].value == "chưa đủ số liệu"


def of_nguyen_trai(report: Report) -> Report:
    """The report, as if it were that of a ward that is no more."""
    ward = replace(
        report.plan,
        unit_code="23305",
        unit_kind="phường",
        unit_name="Nguyễn Trãi",
        place="Nguyễn Trãi",
    )
    return replace(report, plan=ward, period=2025)


def test_a_ward_that_is_no_more_is_named_with_its_successor_in_every_file() -> None:
    report = of_nguyen_trai(sample_report())
    table = pd.read_csv(io.BytesIO(WRITERS["csv"](report, "en")), dtype=str)
    assert set(table["unit_code"]) == {"23305"}
    assert set(table["unit_name"]) == {"Phường Nguyễn Trãi"}
    assert set(table["unit_now"]) == {"23302 Phường Đăk Bla"}
    assert table["unit_note"].str.contains("boundaries differ").all()
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report, "vi")))
    cells = [str(v) for sheet in book for row in sheet.values for v in row if v]
    letter = Document(io.BytesIO(WRITERS["docx"](report, "vi")))
    for texts in (cells, [one.text for one in letter.paragraphs]):
        note = next(text for text in texts if "23305" in text)
        assert "23302" in note and "Phường Đăk Bla" in note and "Địa giới" in note


def test_groups_by_ethnicity_say_which_list_their_codes_follow() -> None:
    report = sample_report()
    table = pd.read_csv(io.BytesIO(WRITERS["csv"](report, "en")), dtype=str).fillna("")
    coded = table["group"].str.startswith("ethnicity=")
    assert coded.any()
    assert set(table.loc[coded, "group_list"]) == {"ethnic-1979"}
    assert set(table.loc[~coded, "group_list"]) == {""}
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report, "vi")))
    cells = [str(v) for sheet in book for row in sheet.values for v in row if v]
    assert "Dân tộc (ethnic-1979)" in cells
    assert any("121-TCTK" in text for text in cells)
