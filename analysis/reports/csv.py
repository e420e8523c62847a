"""The CSV of a report: one row an estimate, for other programs and for Excel.

UTF-8 with a byte order mark, CRLF, in one of two dialects, because a spreadsheet reads a CSV with
the marks of its own country and gives no warning when they differ (a Vietnamese Excel takes 1.4 for
a date or for 14):

- "vi": semicolon between columns, decimal comma, no mark for thousands
  (`pandas.read_csv(file, sep=";", decimal=",")`);
- "en": comma between columns, decimal point (`pandas.read_csv(file)`).

Column names and codes are the same in both. Numbers have full precision; an empty field is "no
number", and `status` says why. `COLUMNS` documents every column. Text that a spreadsheet would run
as a formula (beginning with = + - @ tab or return) gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction

from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import (
    exact_value,
    is_count_only,
    is_undefined,
    shown_interval,
    shown_value,
)
from analysis.reports.phrases import phrase
from analysis.reports.place_text import attribution_of, place_note
from analysis.reports.reading_text import decisions_text, readings_text
from analysis.reports.rows import Row, Scope, rows, village_names, what
from analysis.reports.target_text import target_number_words
from analysis.reports.text import clean
from analysis.types import Missing, Report, Text

COLUMNS: dict[str, Text] = {
    "demonstration": Text(
        "Cảnh báo nếu số liệu là giả định; để trống nếu là số liệu thật",
        "A warning where the data are invented; empty for real data",
    ),
    "plan": Text("Mã kế hoạch", "Id of the plan"),
    "unit_code": Text("Mã đơn vị hành chính (5 chữ số)", "Code of the commune (5 digits)"),
    "unit_name": Text("Tên đơn vị trong kỳ báo cáo", "Name of the commune in the period"),
    "unit_now": Text(
        "Mã và tên đơn vị nay quản lý địa bàn, nếu đơn vị của kỳ báo cáo không còn",
        "Code and name of today's unit, where the one of the period is no more",
    ),
    "unit_note": Text("Lưu ý về địa giới", "Note on the boundary"),
    "period": Text("Năm báo cáo", "Year reported"),
    "target": Text("Mã chỉ tiêu", "Id of the target"),
    "objective": Text("Mục tiêu", "Objective"),
    "number": Text("Số của chỉ tiêu trong mục tiêu (2b)", "Number within the objective (2b)"),
    "indicator": Text("Mã chỉ số", "Code of the indicator"),
    "scope": Text(
        "year: kết quả của năm; variant: cách tính khác; pooled: gộp nhiều năm; group: theo nhóm",
        "year: the year's result; variant: another reading; pooled: years together; group",
    ),
    "variant": Text("Mã của cách tính khác", "Key of the other reading"),
    "group": Text("Nhóm, dạng chiều=mã (sex=2)", "Group as dimension=code (sex=2)"),
    "group_name": Text("Tên nhóm", "Name of the group"),
    "group_list": Text(
        "Danh mục mà mã của nhóm theo (ethnic-1979, ethnic-2008); để trống nếu không theo danh mục",
        "The list that the group's codes follow (ethnic-1979, ethnic-2008); empty where none",
    ),
    "first_year": Text("Năm đầu của số liệu", "First year of the data"),
    "last_year": Text("Năm cuối của số liệu", "Last year of the data"),
    "comparator": Text(
        "Phép so sánh: ge (≥), gt (>), le (≤), lt (<), eq (=), maintain, qualitative",
        "Comparison: ge (≥), gt (>), le (≤), lt (<), eq (=), maintain, qualitative",
    ),
    "target_value": Text("Mức đề ra, theo đơn vị của chỉ số", "Level set, in the indicator's unit"),
    "suspected_value": Text("Mức nếu là lỗi đánh máy", "Level if the plan has a misprint"),
    "unit": Text("Đơn vị tính", "Unit"),
    "value": Text("Kết quả", "Result"),
    "lower": Text("Cận dưới khoảng tin cậy 95%", "Lower end of the 95% confidence interval"),
    "upper": Text("Cận trên khoảng tin cậy 95%", "Upper end of the 95% confidence interval"),
    "standard_error": Text("Sai số chuẩn", "Standard error"),
    "numerator": Text("Tử số", "Numerator"),
    "denominator": Text("Mẫu số", "Denominator"),
    "observations": Text("Số quan sát", "Observations"),
    "excluded": Text("Số trường hợp thiếu thông tin", "Cases without the information"),
    "psus": Text("Số đơn vị mẫu", "Sampling units"),
    "df": Text("Bậc tự do", "Degrees of freedom"),
    "deff": Text("Hệ số thiết kế", "Design effect"),
    "status": Text(
        "ok; provisional: tạm tính; count_only: chỉ công bố số trường hợp; undefined: mẫu số bằng "
        "0; hoặc lý do không có số: not_collected, no_data, no_cases, suppressed",
        "ok; provisional; count_only: no rate is published; undefined: the denominator is 0; or "
        "why there is no number: not_collected, no_data, no_cases, suppressed",
    ),
    "method": Text("Cách ước lượng", "Estimator and interval"),
    "arithmetic": Text("Đánh giá theo cách tính của Kế hoạch", "Verdict by the plan's arithmetic"),
    "suspected_arithmetic": Text("Đánh giá nếu là lỗi đánh máy", "The same if a misprint"),
    "statistical": Text("Mức độ chắc chắn", "What the data can support"),
    "trajectory": Text("Tiến độ", "Path from the baseline"),
    "expected": Text("Mức cần có trong năm", "The path's level this year"),
    "deadline": Text("Thời hạn", "Deadline"),
    "responsible": Text("Đơn vị chịu trách nhiệm", "Responsible units"),
    "verbatim": Text("Nguyên văn chỉ tiêu", "The target's own words"),
    "readings": Text(
        "Cách đọc khác chưa quyết định, và quyết định đã có về cách đọc",
        "Other readings that are not decided, and decisions on how it is read",
    ),
    "beside": Text(
        "Số đếm luôn đọc kèm, dạng tên=số (detected=12 period_1=5)",
        "Counts that are always read with the value, as name=number (detected=12 period_1=5)",
    ),
    "note": Text("Lưu ý về kết quả và đánh giá", "Notes on the result and its verdicts"),
    "generated_at": Text("Thời điểm lập (UTC)", "Made at (UTC)"),
    "code_version": Text("Phiên bản phần mềm", "Software version"),
    "checksum": Text("Mã kiểm tra số liệu", "Checksum of the data"),
}

# A bare "=" or ">=" would itself look like a formula to some spreadsheets.
COMPARATORS = {">=": "ge", ">": "gt", "<=": "le", "<": "lt", "=": "eq"}

FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value = str | float | Fraction | None


def write(report: Report, language: str = "vi") -> bytes:
    """The whole file. `language` chooses the dialect and the language of names and notes."""
    vietnamese = is_vietnamese(language)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if vietnamese else ",")
    writer.writerow(COLUMNS)
    villages, common = village_names(report), _of_report(report, language)
    for row in rows(report):
        values = common | _of_row(row, language, villages)
        values["group_list"] = report.ethnic_list if "ethnicity" in row.estimate.by else ""
        writer.writerow([_field(values[name], vietnamese) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _field(value: Value, decimal_comma: bool) -> str:
    """Text made harmless; a number with full precision in the dialect's marks."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, int):
        return str(value)
    text = repr(float(value)).removesuffix(".0")
    return text.replace(".", ",") if decimal_comma else text


def harmless(text: str) -> str:
    """`text` such that no spreadsheet runs it: an apostrophe before = + - @ tab and return."""
    text = clean(text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _of_report(report: Report, language: str) -> dict[str, Value]:
    origin = report.provenance
    return {
        "demonstration": phrase("demonstration", language) if report.demonstration else "",
        "plan": report.plan.id,
        "unit_code": report.plan.unit_code,
        **_unit(report, language),
        "period": report.period,
        "generated_at": origin.generated_at.isoformat(),
        "code_version": origin.code_version,
        "checksum": origin.checksum,
    }


def _unit(report: Report, language: str) -> dict[str, Value]:
    found = attribution_of(report)
    then = found.then
    gone = [unit for unit in found.now if unit != then]
    return {
        "unit_name": then.name if then else report.plan.unit_name,
        "unit_now": "; ".join(f"{unit.code} {unit.name}" for unit in gone),
        "unit_note": place_note(report, language),
    }


def _of_row(row: Row, language: str, villages: Mapping[str, str]) -> dict[str, Value]:
    return _of_target(row, language) | _of_estimate(row, language, villages) | _of_verdict(row)


def _of_target(row: Row, language: str) -> dict[str, Value]:
    target, indicator = row.result.target, row.result.indicator
    return {
        "target": target.id,
        "objective": target.objective,
        "number": target_number_words(target),
        "indicator": indicator.code,
        "comparator": COMPARATORS.get(target.comparator, target.comparator),
        "target_value": target.value,
        "suspected_value": target.suspected,
        "unit": indicator.unit[language],
        "deadline": target.deadline,
        "responsible": "; ".join(target.responsible),
        "verbatim": target.verbatim,
        "readings": _readings(row, language),
    }


def _of_estimate(row: Row, language: str, villages: Mapping[str, str]) -> dict[str, Value]:
    estimate, indicator = row.estimate, row.result.indicator
    present = exact_value(estimate) is not None
    interval = shown_interval(estimate) or (None, None)
    numbers: dict[str, Value] = {
        "value": shown_value(estimate, indicator),
        "lower": interval[0],
        "upper": interval[1],
        "standard_error": estimate.se,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
        "observations": estimate.n,
        "excluded": estimate.excluded,
        "psus": estimate.psus,
        "df": estimate.df,
        "deff": estimate.deff,
    }
    return {
        "scope": row.scope.value,
        "variant": estimate.variant,
        "group": ", ".join(f"{key}={value}" for key, value in estimate.by.items()),
        "group_name": what(row, language, villages)[1],
        "first_year": min(estimate.years, default=None),
        "last_year": max(estimate.years, default=None),
        **(numbers if present else dict.fromkeys(numbers)),
        "status": status(row),
        "method": estimate.method,
        "beside": _beside(row) if present else "",
        "note": _notes(row, language),
    }


def _readings(row: Row, language: str) -> str:
    """Of the target itself; the rows of groups and other years do not repeat it."""
    if row.scope is not Scope.YEAR:
        return ""
    open_ = readings_text(row.result, language)
    return " ".join([*open_, *decisions_text(row.result.target, language)])


def _beside(row: Row) -> str:
    """The figures of `Indicator.beside`, and the quarters or months, as name=number."""
    estimate, keys = row.estimate, row.result.indicator.beside
    told = {key: estimate.extra[key] for key in keys if key in estimate.extra and not estimate.by}
    for number, one in enumerate(estimate.periods, start=1):
        if one.value is not None:
            told[f"period_{number}"] = one.value
    return " ".join(f"{key}={value:g}" for key, value in told.items())


def status(row: Row) -> str:
    """ "ok", "provisional", "count_only", or why there is no number ("not_collected" …)."""
    estimate = row.estimate
    if is_undefined(estimate):
        return "undefined"
    if exact_value(estimate) is None:
        return (estimate.missing or Missing.NO_DATA).value
    if is_count_only(estimate, row.result.indicator):
        return "count_only"
    return "provisional" if estimate.provisional else "ok"


def _of_verdict(row: Row) -> dict[str, Value]:
    """The target's verdicts on the row of the year; a group's own where the plan asks for each."""
    verdict = row.result.verdict if row.scope is Scope.YEAR else None
    if row.scope is Scope.GROUP:
        verdict = next(
            (one.verdict for one in row.result.groups if one.by == row.estimate.by), None
        )
    other = verdict.suspected if verdict else None
    return {
        "arithmetic": verdict.arithmetic.value if verdict else "",
        "suspected_arithmetic": other.arithmetic.value if other else "",
        "statistical": verdict.statistical.value if verdict else "",
        "trajectory": verdict.trajectory.value if verdict else "",
        "expected": verdict.expected if verdict else None,
    }


def _notes(row: Row, language: str) -> str:
    """Of the value; on the row of the year those of its verdict too."""
    verdict = row.result.verdict if row.scope is Scope.YEAR else None
    told = [
        *([row.estimate.note] if row.estimate.note else []),
        *(verdict.notes if verdict else ()),
    ]
    return " ".join(note[language] for note in dict.fromkeys(told))
