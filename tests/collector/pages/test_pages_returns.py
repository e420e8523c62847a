"""A unit's own pages: what it owes and sent, templates out, workbooks in."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import excel
import invented
import openpyxl
import world
from browsing import Browser, words
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from collector.models import State, Submission

Browse = Callable[[str], Browser]
HOME = "/returns/tram-y-te"
BIRTHS = f"{HOME}/forms/births"
BIRTH = excel.BIRTH


def upload(browser: Browser, data: bytes, form: str = BIRTHS) -> TestResponse:
    """Send a file; answers the page to which it leads."""
    file = (io.BytesIO(data), "so-sinh.xlsx")
    reply = browser.send(form, f"{form}/workbook", workbook=file)
    assert reply.status_code == 303, reply.text
    return browser.get(reply.location)


def confirm(browser: Browser, data: bytes, **more: str) -> TestResponse:
    """Send a file and agree to what the page says."""
    file = (io.BytesIO(data), "so-sinh.xlsx")
    page = browser.send(BIRTHS, f"{BIRTHS}/workbook", workbook=file).location
    reply = browser.send(page, page, **more)
    return browser.get(reply.location) if reply.status_code == 303 else reply


def stored(session: Session) -> int:
    """How many submissions there are."""
    return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_a_unit_begins_with_what_it_owes_and_its_forms(browse: Browse) -> None:
    station = browse("tram")
    assert station.get("/").location == "/returns"
    assert station.get("/returns").location == HOME
    page = words(station.get(HOME))
    for text in ("Trạm Y tế", "Cần nộp", "Báo cáo sinh hằng tháng", "Quá hạn", "Tải mẫu Excel"):
        assert text in page
    assert "Báo cáo về bạo lực" not in page and "Phiếu hộ gia đình" not in page


def test_a_period_has_the_same_words_wherever_a_return_is_shown(
    browse: Browse, session: Session
) -> None:
    for form, period in (("births_month", "2026-05"), ("culture_quarter", "2026-Q2")):
        invented.add(session, {form: {"ym": period, "unit": "tram-y-te"}}, form=form, sender="tram")
    day = {"ym": "2025-02-28", "unit": "tram-y-te"}  # and nothing is due on it
    last = invented.add(session, {"event": day}, form="event", sender="tram")
    for reader, page in (("tram", HOME), ("tram", "/sent"), ("canbo", "/review?state=stored")):
        shown = words(browse(reader).get(page))
        assert "tháng 5/2026" in shown and "quý 2/2026" in shown and "28/02/2025" in shown, page
        assert not re.search("2026-(05|Q2)|2025-02|(tháng|quý) [0-9]+ năm", shown), page
    assert "28/02/2025" in words(browse("canbo").get(f"/review/{last}"))


def test_the_template_that_is_downloaded_opens_and_knows_its_unit(browse: Browse) -> None:
    reply = browse("tram").get(f"{HOME}/forms/births_month/template")
    assert "births_month-2026.1-tram-y-te.xlsx" in reply.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(reply.data))
    assert book.sheetnames[:2] == ["Hướng dẫn", "Báo cáo"]
    offered = {cell for row in book["_danh_sach"].values for cell in row}
    assert "Trạm Y tế" in offered and "Công an xã" not in offered
    again = openpyxl.load_workbook(
        io.BytesIO(browse("tram").get(f"{HOME}/forms/births_month/template").data)
    )
    assert again["_so_thon"]["B4"].value != book["_so_thon"]["B4"].value  # an id of its own


def test_every_fault_is_named_by_its_cell_and_nothing_is_stored(
    browse: Browse, session: Session
) -> None:
    station = browse("tram")
    page = words(upload(station, excel.births(*[BIRTH] * 4, C7="Không rõ", F5=1900)))
    assert "2 dòng đúng, 2 dòng có lỗi. Chưa ghi gì cả." in page
    assert "2 lỗi, ở ô F5, C7." in page and "Chọn một trong: Có; Không." in page
    assert "Ghi vào sổ" not in page and stored(session) == 0


def test_a_file_with_faults_cannot_be_stored_by_hand(browse: Browse, session: Session) -> None:
    station = browse("tram")
    bad = (io.BytesIO(excel.births(BIRTH, C4="?")), "x.xlsx")
    page = station.send(BIRTHS, f"{BIRTHS}/workbook", workbook=bad).location
    token = re.search(r'name="csrf_token" value="([^"]+)"', station.get(BIRTHS).text)
    assert token is not None
    reply = station.client.post(page, data={"csrf_token": token[1]})
    assert reply.status_code == 422 and stored(session) == 0


def test_a_file_is_stored_after_a_yes_and_the_second_time_there_is_nothing_to_do(
    browse: Browse, session: Session
) -> None:
    station = browse("tram")
    data = excel.births(BIRTH, {**BIRTH, "D": "Trai"})
    assert "Đã ghi xong: 2 phiếu mới, 0 bản sửa, 0 dòng đã có từ trước." in words(
        confirm(station, data)
    )
    assert stored(session) == 2
    again = words(upload(station, data))
    assert "Mọi dòng trong tệp đã có trên máy chủ" in again and "Ghi vào sổ" not in again
    changed = words(confirm(station, excel.births(BIRTH, {**BIRTH, "D": "Trai", "F": 2000})))
    assert "0 phiếu mới, 1 bản sửa, 1 dòng đã có" in changed
    assert "Đã thay bằng bản sửa" in words(station.get(HOME))


def test_rows_like_those_of_another_file_need_a_yes_of_their_own(
    browse: Browse, session: Session
) -> None:
    station = browse("tram")
    confirm(station, excel.births(BIRTH))
    twin = excel.births(BIRTH, template_id=excel.SECOND)
    refused = confirm(station, twin)
    assert refused.status_code == 422 and "Hãy xem các dòng giống" in words(refused)
    assert stored(session) == 1
    confirm(station, twin, alike="1")
    assert stored(session) == 2


def test_a_file_can_be_left_and_no_file_is_told(browse: Browse) -> None:
    station = browse("tram")
    empty = station.send(BIRTHS, f"{BIRTHS}/workbook")
    assert empty.status_code == 422 and "Hãy chọn tệp Excel" in words(empty)
    page = station.send(
        BIRTHS, f"{BIRTHS}/workbook", workbook=(io.BytesIO(excel.births(BIRTH)), "a.xlsx")
    ).location
    assert station.send(page, f"{page}/drop").location == BIRTHS
    assert station.get(page).status_code == 404
    wrong = words(upload(station, b"ym,live\n2026-05,1\n"))
    assert "tệp chữ (CSV" in wrong and "Chưa ghi gì cả." in wrong


def test_a_unit_sees_its_own_alone_and_an_officer_sends_in_its_name(
    browse: Browse, session: Session
) -> None:
    police = browse("congan")
    for path in (HOME, BIRTHS, f"{BIRTHS}/template"):
        assert police.get(path).status_code == 403
    assert police.get("/returns/cong-an").status_code == 200
    assert police.get("/returns/cong-an/forms/births").status_code == 404
    assert browse("thon1").get(HOME).status_code == 403
    assert browse("quantri").get(HOME).status_code == 403
    station = browse("tram")
    waiting = station.send(
        BIRTHS, f"{BIRTHS}/workbook", workbook=(io.BytesIO(excel.births(BIRTH)), "a.xlsx")
    ).location
    officer = browse("canbo")
    assert officer.get(waiting).status_code == 404
    assert "Trạm Y tế" in words(officer.get("/returns"))
    assert officer.get("/returns/khong-co").status_code == 404
    assert "1 phiếu mới" in words(confirm(officer, excel.births(BIRTH)))
    assert session.scalar(select(Submission.unit)) == "tram-y-te"


def test_a_returned_one_shows_its_reason_and_the_way_to_correct_it(
    browse: Browse, session: Session
) -> None:
    station = browse("tram")
    confirm(station, excel.births(BIRTH))
    sent = session.scalars(select(Submission)).one()
    officer = browse("canbo")
    page = f"/review/{sent.id}"
    reply = officer.send(page, f"{page}/decision", action="return", reason="Xem lại tháng sinh")
    assert reply.status_code == 303, reply.text
    session.expire_all()
    assert session.scalars(select(Submission.state)).one() == State.RETURNED
    found = station.get(HOME)
    assert "Lý do trả lại: Xem lại tháng sinh" in words(found)
    assert f"#/correct/{sent.instance_id}" in found.text


def test_a_sealed_form_is_never_a_workbook(browse: Browse) -> None:
    sealed = [form.id for form in world.library().forms() if form.about.get("sensitive")]
    assert sealed
    station = browse("tram")
    for form in sealed:
        assert station.get(f"{HOME}/forms/{form}/template").status_code == 404
