"""Pages on which officers decide about odd words, enter plans, and bring and export files."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from browsing import BOTH, Browser, download, parsed, text_of, words
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from analysis.plans import FOLDER, load
from collector import reporting
from collector.models import PlanResolution, StoredPlan
from collector.routes.pages import plan as page_of_plan
from collector.store import plans

Browse = Callable[[str], Browser]

PLAN = "an-khanh-2026-2030"
ODDITIES = f"/plans/{PLAN}/oddities"
MISPRINT = f"{ODDITIES}/AK-4.1/misprint"
SAID = {"document": "12/TB-UBND", "reason": "Sở Nội vụ trả lời"}
HEAD = {
    "id": "tan-an-2026",
    "title": "Công tác bình đẳng giới năm 2026 trên địa bàn xã Tân An",
    "unit_code": "03391",
    "unit_kind": "xã",
    "unit_name": "Tân An",
    "place": "Tân An",
    "province": "tỉnh Lai Châu",
    "first_year": "2026",
    "last_year": "2026",
    "legal_bases": "Kế hoạch A\r\nKế hoạch B",
}
TARGET = {
    "id": "TA-1",
    "objective": "4",
    "number": "1",
    "verbatim": "Tỷ số giới tính khi sinh dưới 109 bé trai/100 bé gái.",
    "indicator": "SRB",
    "comparator": "<",
    "comparator_stated": "1",
    "value_text": "109 bé trai/100 bé gái",
    "scale": "100",
    "value": "109",
    "unit": "bé trai/100 bé gái",
    "decimal": ",",
    "every": "year",
    "measure": "value",
    "unit_0": "Trạm Y tế xã",
    "kind_0": "station",
}
FILE = "/plan-files/tan-an-2026"


@BOTH
def test_an_officer_decides_and_page_and_report_say_so(browse: Browse, app: Flask) -> None:
    officer = browse("canbo")
    page = words(officer.get(ODDITIES))
    assert "11 điều chờ quyết định" in page
    assert "105 bé trai/101 bé gái" in page
    assert officer.send(ODDITIES, MISPRINT, reading="misprint", **SAID).status_code == 303
    page = words(officer.get(ODDITIES))
    assert "10 điều chờ quyết định" in page
    assert "Lỗi đánh máy: 105 bé trai trên 100 bé gái . Văn bản 12/TB-UBND" in page
    assert "Canbo" in page
    shown = words(officer.get(f"/plans/{PLAN}?period=2026"))
    assert "≤ 105 bé trai/100 bé gái" in shown
    assert "Văn bản 12/TB-UBND. Lý do: Sở Nội vụ trả lời" in shown
    for file_format in ("docx", "xlsx", "csv"):
        assert "12/TB-UBND" in text_of(file_format, download(officer, file_format).data)


def test_the_readings_are_of_the_year_that_it_is_in_vietnam(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the evening of 31 December by UTC the year has changed here."""
    monkeypatch.setattr(page_of_plan, "today", lambda: date(2027, 1, 1))
    assert "kết quả năm 2027" in words(browse("canbo").get(ODDITIES))


def test_a_decision_is_opened_again_and_the_history_stays(browse: Browse, session: Session) -> None:
    officer, other = browse("canbo"), browse("canbo2")
    officer.send(ODDITIES, MISPRINT, reading="misprint", **SAID)
    again = {"document": "15/TB-UBND", "reason": "Chờ thành phố"}
    assert other.send(ODDITIES, MISPRINT, reading="", **again).status_code == 303
    page = words(officer.get(ODDITIES))
    assert "11 điều chờ quyết định" in page
    assert "Đã mở lại" in page
    assert "Văn bản 12/TB-UBND" in page
    history = plans.history(session, PLAN)["AK-4.1", "misprint"]
    assert [(one.revision, one.reading, one.by) for one in history] == [
        (2, "", "Canbo2"),
        (1, "misprint", "Canbo"),
    ]


def test_two_officers_do_not_decide_over_each_other(browse: Browse, session: Session) -> None:
    officer, other = browse("canbo"), browse("canbo2")
    fields = {"csrf_token": _token(other, ODDITIES, MISPRINT), "revision": "0"}
    officer.send(ODDITIES, MISPRINT, reading="literal", **SAID)
    mine = {"reading": "misprint", "document": "99/BC", "reason": "Tôi nghĩ khác"}
    late = other.client.post(MISPRINT, data={**fields, **mine})
    assert late.status_code == 409
    assert "vừa được người khác sửa" in words(late)
    assert "99/BC" in late.text
    assert session.scalar(select(func.count()).select_from(PlanResolution)) == 1


def _token(browser: Browser, page: str, action: str) -> str:
    return parsed(browser.get(page)).forms[action]["csrf_token"]


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({}, 422, "Hãy chọn một cách đọc"),
        ({"reading": "misprint"}, 422, "Hãy ghi lý do"),
        ({"reading": "misprint", "reason": "vì"}, 422, "Hãy ghi số, ký hiệu văn bản"),
        ({"reading": "misprint", **SAID, "revision": "-3"}, 409, "vừa được người khác sửa"),
        ({"reading": "no such", **SAID}, 404, ""),
    ],
)
def test_a_decision_needs_a_reading_a_reason_and_a_document(
    browse: Browse, session: Session, fields: dict[str, str], status: int, says: str
) -> None:
    reply = browse("canbo").send(ODDITIES, MISPRINT, **fields)
    assert reply.status_code == status
    assert says in words(reply)
    assert session.scalar(select(func.count()).select_from(PlanResolution)) == 0


@pytest.mark.parametrize("plan", ["luu-kiem-2026", "ngok-bay-2025", "nguyen-trai-2025"])
def test_every_plan_shows_its_duties_questions_and_report(browse: Browse, plan: str) -> None:
    officer = browse("canbo")
    assert officer.get(f"/plans/{plan}").status_code == 200
    page = words(officer.get(f"/plans/{plan}/duties"))
    assert "Báo cáo phải nộp" in page
    assert "Nguyên văn, mục" in page
    assert officer.get(f"/plans/{plan}/oddities").status_code == 200
    for file_format in ("docx", "xlsx", "csv"):
        year = plan[-4:]
        reply = officer.get(f"/plans/{plan}/report?period={year}&format={file_format}")
        assert reply.status_code == 200


def test_the_duties_in_english(browse: Browse) -> None:
    officer = browse("canbo")
    page = words(officer.get("/plans/binh-lu-2026-2030/duties"))
    assert "mỗi năm, trước ngày 30/11; gửi Ủy ban nhân dân xã" in page
    assert "mỗi quý, ít nhất 4" in page
    officer.get("/language/en")
    page = words(officer.get("/plans/binh-lu-2026-2030/duties"))
    assert "every year, before 30 Nov; to Ủy ban nhân dân xã" in page
    assert "every quarter, at least 4" in page


@BOTH
def test_an_officer_enters_a_plan_and_its_targets_and_takes_the_file(
    browse: Browse, app: Flask, session: Session, tmp_path: Path
) -> None:
    officer = browse("canbo")
    assert officer.send("/plan-files", "/plan-files", **HEAD).status_code == 303
    assert "Còn 1 điều phải sửa" in words(officer.get(FILE))
    target = f"{FILE}/targets/1"
    assert officer.send(target, target, **TARGET).status_code == 303
    assert officer.send(FILE, f"{FILE}/use", use="1").status_code == 303
    assert "Tân An" in words(officer.get("/plan-files"))
    assert officer.get("/plans/tan-an-2026?period=2026").status_code == 200
    with app.app_context():
        assert "tan-an-2026" in {plan.id for plan in reporting.plans(session)}
    text = officer.get(f"{FILE}.toml").data
    file = tmp_path / "tan-an-2026.toml"
    file.write_bytes(text)
    plan = load(file)
    assert plan.targets[0].value == 109
    assert plan.targets[0].responsible_kinds == ("station",)
    assert plan.legal_bases == ("Kế hoạch A", "Kế hoạch B")


def test_faults_are_told_at_their_fields_and_nothing_is_kept(
    browse: Browse, session: Session
) -> None:
    officer = browse("canbo")
    wrong = officer.send(
        "/plan-files", "/plan-files", **{**HEAD, "unit_code": "3391", "first_year": "x"}
    )
    assert wrong.status_code == 422
    assert 'id="unit_code-error"' in wrong.text
    assert 'id="first_year-error"' in wrong.text
    assert session.scalar(select(func.count()).select_from(StoredPlan)) == 0
    officer.send("/plan-files", "/plan-files", **HEAD)
    target = f"{FILE}/targets/1"
    bad = {**TARGET, "value": "1.5", "objective": "", "kind_0": "", "deadline": "2031"}
    reply = officer.send(target, target, **bad)
    assert reply.status_code == 422
    for field in ("value", "objective", "deadline"):
        assert f'id="{field}-error"' in reply.text
    assert "cần một loại đơn vị" in words(reply) or "không có loại đơn vị" in words(reply)
    impossible = {**TARGET, "comparator": ">", "value_text": "100", "value": "100", "unit": "%",
                  "scale": "1", "verbatim": "đạt trên 100%"}  # fmt: skip
    reply = officer.send(target, target, **impossible)
    assert "một tỷ lệ không thể trên 100%" in words(reply)
    assert session.scalar(select(func.max(StoredPlan.revision))) == 1


def test_nobody_overwrites_a_plan_silently(browse: Browse, session: Session) -> None:
    officer, other = browse("canbo"), browse("canbo2")
    officer.send("/plan-files", "/plan-files", **HEAD)
    target = f"{FILE}/targets/1"
    token = _token(other, target, target)
    officer.send(target, target, **TARGET)
    late = {**TARGET, "value": "110", "value_text": "110", "scale": "1", "verbatim": "dưới 110",
            "csrf_token": token, "revision": "1"}  # fmt: skip
    reply = other.client.post(target, data=late)
    assert reply.status_code == 409
    page = words(reply)
    assert "vừa được người khác sửa" in page
    assert "Đang lưu" in page
    assert "109" in page
    assert "110" in page
    assert plans.one(session, "tan-an-2026").entries["targets"][0]["value"] == "109"


def test_a_target_can_be_taken_out_and_a_plan_in_use_then_rests(
    browse: Browse, session: Session
) -> None:
    officer = browse("canbo")
    officer.send("/plan-files", "/plan-files", **HEAD)
    target = f"{FILE}/targets/1"
    officer.send(target, target, **TARGET)
    officer.send(FILE, f"{FILE}/use", use="1")
    assert officer.send(target, f"{target}/remove").status_code == 303
    version = plans.one(session, "tan-an-2026")
    assert (version.entries["targets"], version.in_use) == ([], False)
    assert officer.send(FILE, f"{FILE}/use", use="1").status_code == 422
    assert officer.get("/plans/tan-an-2026").status_code == 404
    assert officer.get(f"{FILE}/targets/3").status_code == 404


def upload(officer: Browser, content: bytes, name: str = "ke-hoach.toml") -> TestResponse:
    token = _token(officer, "/plan-files", "/plan-files/upload")
    data = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    return officer.client.post("/plan-files/upload", data=data, content_type="multipart/form-data")


def test_a_file_is_taken_whole_or_not_at_all(browse: Browse, session: Session) -> None:
    officer = browse("canbo")
    text = (FOLDER / f"{PLAN}.toml").read_text(encoding="utf-8")
    renamed = text.replace(f'id = "{PLAN}"', 'id = "an-khanh-thu"')
    faulty = renamed.replace('indicator = "LEAD_UNIT"', 'indicator = "LEAD"').replace(
        'forms = ["drafts_year"]', 'forms = ["no_form"]', 1
    )
    reply = upload(officer, faulty.encode())
    assert reply.status_code == 422
    page = words(reply)
    assert "2 lỗi. Chưa nhận gì từ tệp này" in page
    assert "không có chỉ tiêu LEAD" in page
    assert "không có biểu mẫu no_form" in page
    for content, says in (
        (b"", "Hãy chọn một tệp kế hoạch"),
        (b"x = [", "không đọc được tệp TOML"),
        (b"\xff\xfe", "không đọc được tệp TOML"),
        (b"#" * 500_001, "lớn hơn 500 KB"),
        (text.encode(), "Đã có kế hoạch mang mã này"),
    ):
        assert says in words(upload(officer, content))
    assert session.scalar(select(func.count()).select_from(StoredPlan)) == 0
    assert upload(officer, renamed.encode()).status_code == 303
    assert plans.one(session, "an-khanh-thu").entries == tomllib.loads(renamed)
    assert tomllib.loads(officer.get("/plan-files/an-khanh-thu.toml").text) == tomllib.loads(
        renamed
    )


def test_a_shipped_plan_is_exported_as_it_is(browse: Browse) -> None:
    reply = browse("canbo").get(f"/plan-files/{PLAN}.toml")
    assert reply.data == (FOLDER / f"{PLAN}.toml").read_bytes()
    assert browse("canbo").get("/plan-files/no-such.toml").status_code == 404


def test_the_administrator_reads_and_decides_nothing(browse: Browse) -> None:
    administrator = browse("quantri")
    page = administrator.get(ODDITIES)
    assert page.status_code == 200
    assert "csrf_token" not in page.text.split("<main")[1]
    assert administrator.get(f"{FILE}").status_code == 403
