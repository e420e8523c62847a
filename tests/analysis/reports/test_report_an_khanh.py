"""The report of An Khánh's own plan, from invented submissions to the files."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import openpyxl
import pandas as pd
import pytest
from read_docx import dump, everything

from analysis.design import household_design
from analysis.evaluate import build, load_plan
from analysis.reports import WRITERS
from analysis.reports.charts import target_chart
from analysis.types import Missing, Provenance, Report, VillageProgress
from tests.analysis.frames import births, households, together


@pytest.fixture(scope="module")
def report() -> Report:
    """300 household forms and 80 births of 2026."""
    invented = households(300)
    frames = together(invented.frames, births(deaths=1))
    design = household_design(frames, invented.register)
    villages = [
        VillageProgress(f"AK{i:02d}", f"Thôn {i}", 120, 25, 24, 1, 0, 1) for i in range(1, 13)
    ]
    provenance = Provenance(
        datetime(2027, 1, 9, 3, tzinfo=UTC), "0.1.0",
        (("household", "2026.1", 300), ("births", "2026.1", 82), ("births_month", "2026.1", 12)),
        5, design.description, "0" * 64,
    )  # fmt: skip
    plan = load_plan("an-khanh-2026-2030")
    return build(plan, 2026, frames, design, villages, provenance, demonstration=True)


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return dump(WRITERS["docx"](report))


def test_all_nineteen_targets_are_printed_in_the_plans_own_words(report: Report, text: str) -> None:
    assert len(report.results) == 19
    for target in report.plan.targets:
        assert text.count(target.verbatim) == 2, target.id  # the body and annex I


def test_what_the_text_counts_is_what_the_results_say(report: Report, text: str) -> None:
    verdicts = [result.verdict for result in report.results if result.verdict]
    for value, words in (
        ("met", "đạt"),
        ("not_met", "chưa đạt"),
        ("incomplete", "chưa đủ số liệu"),
    ):
        n = sum(verdict.arithmetic == value for verdict in verdicts)
        assert f"{n} chỉ tiêu {words}" in text


def test_uncollected_targets_say_so_and_name_whom_to_ask(text: str) -> None:
    schools = "Tổ giáo dục (Phòng VHXH): chỉ tiêu 1, 2, 3, 4a, 4b mục tiêu 5 (chưa đủ số liệu)."
    assert schools in text
    assert "Chưa giao đơn vị chịu trách nhiệm: chỉ tiêu 2 mục tiêu 2 (chưa đủ số liệu)." in text


def test_both_readings_of_the_sex_ratio_are_judged(text: str) -> None:
    assert "với mức ≤ 103,96 bé trai/100 bé gái thì" in text
    assert "với mức ≤ 105 bé trai/100 bé gái thì" in text
    assert "Nếu hiểu mức đề ra là ≤ 105 bé trai/100 bé gái:" in text


def test_the_two_means_stand_beside_the_ratio(report: Report, text: str) -> None:
    care = next(r for r in report.results if r.indicator.code == "CARE_RATIO")
    assert care.estimate.numerator is not None and care.estimate.denominator is not None
    for mean in (care.estimate.numerator, care.estimate.denominator):
        assert f": {mean:.1f}".replace(".", ",") in text
    assert "Trả lời đúng ít nhất 4 trong 6 câu:" in text  # the other reading of AWARE


def test_one_maternal_death_is_a_count(text: str) -> None:
    assert "Kết quả năm 2026: 1 trường hợp/80 (khoảng tin cậy 95%: 31,6 - 6.964,6 ca" in text
    assert "1.250" not in text


def test_years_without_data_are_not_called_pooled(text: str) -> None:
    assert "Gộp các năm" not in text
    assert "Chưa có số liệu các năm trước để gộp." in text


def test_hidden_cells_stay_hidden_and_are_counted(report: Report, text: str) -> None:
    cells = [cell for result in report.results for cell in result.breakdown]
    assert any(cell.missing is Missing.SUPPRESSED for cell in cells)
    assert f"báo cáo ẩn {report.hidden_cells} ô" in text
    assert "| Nhóm tuổi | tất cả 2 nhóm | ẩn vì số nhỏ | - | - |" in text


def test_the_tables_agree_with_the_results(report: Report) -> None:
    frame = pd.read_csv(io.BytesIO(WRITERS["csv"](report)), sep=";", decimal=",")
    year = frame[frame.scope == "year"].set_index("target")
    sheet = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report)))["Chỉ tiêu"]
    shown = {row[1].value: row[5].value for row in sheet.iter_rows(min_row=5)}
    for result in report.results:
        value = result.estimate.value
        if value is None or result.indicator.code == "MMR":
            assert isinstance(shown[result.target.verbatim], str)
            continue
        assert year.loc[result.target.id, "value"] == pytest.approx(value, rel=1e-15)
        assert shown[result.target.verbatim] == pytest.approx(value, rel=1e-12)


def test_names_of_villages_stand_for_their_codes(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(WRITERS["xlsx"](report)))
    groups = [row[4].value for row in book["Phân tổ"].iter_rows(min_row=5)]
    assert "Thôn 7" in groups and not [name for name in groups if name.startswith("AK")]


def test_nothing_english_or_internal_in_the_vietnamese_report(report: Report) -> None:
    text = dump(WRITERS["docx"](report))
    codes = [result.indicator.code for result in report.results]
    methods = ["korn_graubard", "clopper_pearson", "garwood", "full_count", "not_collected"]
    assert not [
        word for word in [*codes, *methods, "None", "nan"] if re.search(rf"\b{word}\b", text)
    ]


def test_the_english_report_has_no_vietnamese_sentence_of_ours(report: Report) -> None:
    text = everything(WRITERS["docx"](report, "en"))
    ours = ("Kết quả năm", "Theo cách tính", "Mức độ chắc chắn", "chưa thu thập", "Chưa giao")
    assert not [words for words in ours if words in text]


def test_every_target_has_a_chart(report: Report) -> None:
    assert all(target_chart(result).startswith("<svg") for result in report.results)
