"""The pages of due days, units and assignments, and the calendar's address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from browsing import PLAN, Browser, parsed, words
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.models import HandOver, Unit, User
from collector.routes.pages import due, units
from collector.store import units as store
from collector.store.units import Contact

Browse = Callable[[str], Browser]
TODAY = date(2026, 6, 20)
NUMBER = "0225 000 0001"


@pytest.fixture(autouse=True)
def in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 20 June 2026: five months of births are over, the last was due on 5 June."""
    monkeypatch.setattr(due, "today", lambda: TODAY)
    monkeypatch.setattr(units, "today", lambda: TODAY)


@pytest.fixture
def known(session: Session) -> None:
    """The station told whom to call; it works since May."""
    store.change(session, "tram-y-te", kind="station", name="Trạm Y tế", since=date(2026, 5, 1))
    store.set_focal(session, "tram-y-te", Contact("Trưởng trạm", NUMBER, "tram@x.vn"), TODAY)
    session.commit()


@pytest.mark.usefixtures("known")
def test_the_page_says_what_is_late_and_whom_to_call(browse: Browse) -> None:
    page = browse("canbo").get("/due")
    text = words(page)
    assert "1 việc quá hạn, ở 1 đơn vị." in text
    assert "Trạm Y tế Trưởng trạm" in text and NUMBER in text
    assert "Báo cáo sinh hằng tháng, tháng 5/2026 hạn 05/06/2026" in text
    assert "chậm 15 ngày" in text
    assert 'href="tel:02250000001"' in page.text
    assert "tram@x.vn" not in page.text, "a call needs a number, not an address"


@pytest.mark.usefixtures("known")
def test_a_unit_sees_its_own_alone(browse: Browse) -> None:
    station = browse("tram")
    assert "tháng 5/2026" in words(station.get("/due"))
    assert "Trạm Y tế" in words(station.get("/due/2026"))
    police = browse("congan")
    assert "Trạm Y tế" not in words(police.get("/due")) + words(police.get("/due/2026"))
    assert "Công an xã" in words(police.get("/due/2026"))
    assert police.get("/units").status_code == 403


@pytest.mark.usefixtures("known")
def test_a_year_as_a_table(browse: Browse) -> None:
    page = browse("canbo").get("/due/2026")
    text = words(page)
    assert "Báo cáo phải nộp năm 2026" in text and "Tháng hành động vì bình đẳng giới" in text
    marks = [given.get("title") for tag, given in parsed(page).tags if tag == "span"]
    assert "Quá hạn, hạn 05/06/2026" in marks and "Chưa đến hạn, hạn 05/07/2026" in marks
    assert browse("canbo").get("/due/1999").status_code == 404


def test_an_activity_is_noted_as_done_and_taken_back(browse: Browse) -> None:
    browser = browse("canbo")
    page = browser.get("/due/2026")
    assert "Đã làm ngày" not in words(page)
    fields = parsed(page).forms["/due/2026/marks"]
    what = f"{PLAN}/AK-A2//2026"  # 20 March
    sent = {"csrf_token": fields["csrf_token"], "what": what}
    future = browser.client.post("/due/2026/marks", data={**sent, "done_on": "2026-06-21"})
    assert future.status_code == 422
    done = browser.client.post("/due/2026/marks", data={**sent, "done_on": "2026-03-20"})
    assert done.status_code == 303
    assert "Đã làm ngày 20/03/2026" in words(browser.get("/due/2026"))
    browser.client.post("/due/2026/marks", data={**sent, "undo": "1"})
    assert "Đã làm ngày" not in words(browser.get("/due/2026"))
    unknown = browser.client.post("/due/2026/marks", data={**sent, "what": "x/y//2026"})
    assert unknown.status_code == 404


@pytest.mark.usefixtures("known")
def test_the_calendar_has_a_secret_address_that_ends(browse: Browse) -> None:
    browser, stranger = browse("canbo"), browse("")
    page = browser.send("/due", "/due/feed")
    address = next(text.strip() for text in parsed(page).text if "/feed/" in text)
    path = address.removeprefix("http://localhost")
    reply = stranger.get(path)
    assert reply.status_code == 200 and reply.mimetype == "text/calendar"
    events = {str(one["summary"]): one for one in Calendar.from_ical(reply.data).walk("VEVENT")}
    due_day = events["Hạn nộp: Báo cáo sinh hằng tháng, tháng 5/2026"]
    assert due_day.decoded("dtstart") == date(2026, 6, 5)
    assert "Tháng hành động vì bình đẳng giới, năm 2026" in events
    for secret in (NUMBER, "tram@x.vn", "Canbo", "Trưởng trạm"):
        assert secret not in reply.text
    assert path.split("/")[2] not in browser.get("/due").text, "shown once"
    revoke = next(one for one in parsed(browser.get("/due")).forms if one.endswith("/revoke"))
    assert browser.send("/due", revoke).status_code == 303
    assert stranger.get(path).status_code == 403


@pytest.mark.usefixtures("known")
def test_the_calendar_of_a_unit_holds_its_own_returns(browse: Browse) -> None:
    browser = browse("congan")
    page = browser.send("/due", "/due/feed")
    address = next(text.strip() for text in parsed(page).text if "/feed/" in text)
    text = browse("").get(address.removeprefix("http://localhost")).text
    assert "BEGIN:VEVENT" in text and "sinh hằng tháng" not in text


def test_a_phone_s_key_opens_no_calendar(browse: Browse) -> None:
    browser = browse("canbo")
    reply = browser.send("/account", "/account/keys", device="x")
    key = next(t for t in parsed(reply).text if "/openrosa/key/" in t).rsplit("/", 1)[1].strip()
    assert browse("").get(f"/feed/{key}/calendar.ics").status_code == 403


def test_a_unit_is_added_changed_and_ended(browse: Browse, session: Session) -> None:
    browser = browse("canbo")
    new = {"code": "thcs", "name": "Trường THCS", "kind": "school", "since": "2026-06-01"}
    assert browser.send("/units", "/units", **new).location == "/units/thcs"
    again = browser.send("/units", "/units", **new)
    assert again.status_code == 409 and 'value="Trường THCS"' in again.text
    faulty = browser.send("/units", "/units", **{**new, "code": "a b"})
    assert faulty.status_code == 422
    focal = {"title": "Hiệu trưởng", "phone": "không có", "email": ""}
    assert browser.send("/units/thcs", "/units/thcs/focal", **focal).status_code == 422
    browser.send("/units/thcs", "/units/thcs/focal", **{**focal, "phone": NUMBER})
    assert NUMBER in words(browser.get("/units"))
    late = browser.send("/units/thcs", "/units/thcs/active", until="2026-06-21")
    assert late.status_code == 422, "a day to come"
    browser.send("/units/thcs", "/units/thcs/active", until="2026-06-10")
    made = session.get_one(Unit, "thcs")
    assert (made.active, made.since, made.until) == (False, date(2026, 6, 1), date(2026, 6, 10))
    browser.send("/units/thcs", "/units/thcs/active")
    session.expire_all()
    assert session.get_one(Unit, "thcs").active
    assert browser.get("/units/khong-co").status_code == 404


def test_a_hand_over_on_the_page_signs_the_old_account_out(
    browse: Browse, session: Session
) -> None:
    browse("quantri").send(
        "/users",
        "/users",
        username="tram2",
        display_name="Trạm hai",
        role="unit",
        unit="tram-y-te",
    )
    ids = {row.username: row.id for row in session.scalars(select(User))}
    old, page = browse("tram"), "/units/tram-y-te"
    fields = {"from_account": ids["tram"], "to_account": ids["tram2"], "reason": "Nghỉ hưu"}
    officer = browse("canbo")
    refused = officer.send(page, f"{page}/hand-overs", **{**fields, "reason": " "})
    assert refused.status_code == 422 and old.get("/account").status_code == 200
    done = officer.send(page, f"{page}/hand-overs", **{**fields, "day": "2026-06-19"})
    assert done.status_code == 303 and old.get("/account").status_code == 302
    text = words(officer.get(page))
    assert "19/06/2026 : Tram → Trạm hai. Nghỉ hưu" in text and "ghi lúc" in text
    assert session.scalars(select(HandOver)).one().noted_by == ids["canbo"]


def test_a_target_is_assigned_by_a_document(browse: Browse) -> None:
    browser, page = browse("canbo"), f"/plans/{PLAN}/assignments"
    assert "giao nhiều đơn vị" in words(browser.get(page))
    assert "AK-6.3" in words(browser.get(f"{page}?show=double"))
    orphans = words(browser.get(f"{page}?show=orphans"))
    assert "AK-3.1" in orphans and "AK-4.1" not in orphans
    given = {"target": "AK-3.1", "unit": "tram-y-te"}
    assert browser.send(page, page, **given, document=" ").status_code == 422
    assert browser.send(page, page, **given, document="12/QĐ-UBND").status_code == 303
    assert "Trạm Y tế theo 12/QĐ-UBND" in words(browser.get(page))
    end = next(one for one in parsed(browser.get(page)).forms if one.endswith("/end"))
    assert browser.send(page, end).status_code == 303
    assert "Đã rút lại AK-3.1: Trạm Y tế, 12/QĐ-UBND" in words(browser.get(page))
    assert page not in parsed(browse("quantri").get(page)).forms, "the officer assigns"
