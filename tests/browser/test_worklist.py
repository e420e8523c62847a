"""My work on the phone: the households to visit, offline too."""

from __future__ import annotations

import household as h
import pytest
from phone import Phone
from playwright.sync_api import expect
from stub import Stub
from worklist import (
    assign,
    complete,
    day,
    home,
    household,
    next_code,
    nobody_home,
    not_asked,
    open_list,
    row,
    sent_answers,
)


def test_without_work_the_first_screen_is_the_list_of_forms(phone: Phone, service: Stub) -> None:
    with phone.page.expect_response("**/api/v1/work"):
        phone.sign_in()
    expect(phone.page.get_by_role("button", name=f"{h.TITLE} Bắt đầu")).to_be_visible()
    headings = phone.page.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["Phiếu mới"]


def test_the_next_household_is_asked_offline(phone: Phone, service: Stub) -> None:
    """From the list to the queue without a network: the states are the phone's own meanwhile."""
    assign(
        service, [household(1, "done", 1), household(2), household(3), household(4, "refused", 1)]
    )
    phone.sign_in()
    expect(next_code(phone)).to_be_visible()
    phone.worker_ready()
    phone.network(there=False)
    phone.page.reload()
    phone.unlock()
    expect(next_code(phone)).to_have_text("AK01-002")
    expect(phone.page.get_by_text("Còn 2 trong 4 hộ")).to_be_visible()
    expect(phone.page.get_by_text("Tuần này: xong 2 hộ, đã đến 3 lượt")).to_be_visible()
    phone.press("Bắt đầu hỏi")
    complete(phone)
    home(phone)
    expect(next_code(phone)).to_have_text("AK01-003")
    expect(
        phone.page.get_by_text("xong 3 hộ, đã đến 4 lượt, trong đó 1 lượt chờ gửi")
    ).to_be_visible()
    assert phone.page.locator(".mark.full").count() == 3
    assert phone.page.locator(".mark").count() == 4
    open_list(phone)
    expect(row(phone, "AK01-002")).to_have_count(0)
    phone.press("Tất cả (4)")
    expect(row(phone, "AK01-002")).to_contain_text("Xong, chờ gửi")
    expect(row(phone, "AK01-004")).to_contain_text("Từ chối")
    phone.network(there=True)
    phone.hurry()
    expect(row(phone, "AK01-002").get_by_text("Xong", exact=True)).to_be_visible()
    [answers] = sent_answers(service, "household")
    assert (answers["household"], answers["village"], answers["visit_no"]) == (
        "AK01-002",
        "AK01",
        "1",
    )
    assert answers["result"] == "1"


def test_a_visit_knows_its_number(phone: Phone, service: Stub) -> None:
    assign(service, [household(1, "visited", 1)])
    phone.sign_in()
    expect(phone.page.get_by_text("ghi lần đến thứ 2")).to_be_visible()
    not_asked(phone, "7")
    expect(phone.page.get_by_text("Đã nhận").first).to_be_visible()
    [answers] = sent_answers(service, "visit")
    assert (answers["household"], answers["visit_no"], answers["result"]) == ("AK01-001", "2", "7")
    assert answers["day"] == day()


def test_visits_are_counted_up_to_three(phone: Phone, service: Stub) -> None:
    """Three visits, the last two of them still on the phone: the household is left no more."""
    assign(service, [household(1, "visited", 2)])
    service.mode = "503"
    phone.sign_in()
    phone.press("Bắt đầu hỏi")
    nobody_home(phone)
    home(phone)
    expect(phone.page.get_by_text("Đã đi hết các hộ")).to_be_visible()
    open_list(phone)
    expect(phone.page.get_by_text("Không còn hộ nào phải đến.")).to_be_visible()
    phone.press("Tất cả (1)")
    expect(row(phone, "AK01-001")).to_contain_text("Đã đến 3 lần, chờ gửi")
    row(phone, "AK01-001").click()
    expect(phone.page.get_by_text("Đã đến đủ 3 lần")).to_be_visible()
    phone.press("Nay hỏi được: bắt đầu hỏi")
    phone.expect_question("/data/contact")


@pytest.mark.switched_off
def test_three_drafts_at_once(phone: Phone, service: Stub) -> None:
    """Three households begun, the browser killed: each goes on at its own place."""
    assign(service, [household(number) for number in (1, 2, 3, 4)])
    phone.sign_in()
    expect(next_code(phone)).to_be_visible()
    phone.worker_ready()
    phone.network(there=False)
    for code in ("AK01-001", "AK01-002", "AK01-003"):
        expect(next_code(phone)).to_have_text(code)
        phone.press("Bắt đầu hỏi")
        phone.expect_question("/data/contact")
        expect(phone.page.get_by_role("heading", level=1)).to_contain_text(code)
        phone.choose("/data/contact", "1")
        phone.next()
        phone.expect_question("/data/consent/consent_hh")
        if code == "AK01-002":
            phone.choose("/data/consent/consent_hh", "0")
            phone.next()
        phone.saved()
        if code != "AK01-003":
            phone.press("Lưu và thoát")
    phone.kill()
    phone.open()
    phone.network(there=False)
    home(phone)
    expect(next_code(phone)).to_have_text("AK01-004")
    open_list(phone)
    for code in ("AK01-001", "AK01-002", "AK01-003"):
        expect(row(phone, code)).to_contain_text("Đang làm")
    row(phone, "AK01-002").click()
    phone.press("Làm tiếp")
    phone.page.get_by_role("heading", name="Xem lại và gửi").wait_for()
    phone.press("Gửi")
    home(phone)
    open_list(phone)
    row(phone, "AK01-001").click()
    phone.press("Làm tiếp")
    phone.expect_question("/data/consent/consent_hh")
    phone.press("Lưu và thoát")
    open_list(phone)
    phone.press("Tất cả (4)")
    expect(row(phone, "AK01-002")).to_contain_text("Từ chối, chờ gửi")
    expect(row(phone, "AK01-003")).to_contain_text("Đang làm")
    phone.network(there=True)
    phone.hurry()
    expect(row(phone, "AK01-002").get_by_text("Từ chối", exact=True)).to_be_visible()
    [answers] = sent_answers(service, "household")
    assert (answers["household"], answers["result"]) == ("AK01-002", "3")


def test_a_household_that_is_not_on_the_list(phone: Phone, service: Stub) -> None:
    """Its code is looked up first, then judged by its form; then it is asked like any other."""
    assign(service, [household(1), household(2)])
    phone.sign_in()
    open_list(phone)
    phone.press("Thêm hộ ngoài danh sách")
    phone.press("Thêm hộ này")
    expect(phone.page.get_by_role("alert")).to_have_text("Hãy ghi mã của hộ.")
    code = phone.page.get_by_label("Mã của hộ")
    code.fill("ak01 002")
    expect(phone.page.get_by_text("Hộ AK01-002 đã có trong danh sách.")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Thêm hộ này")).to_have_count(0)
    code.fill("nhà ông ba")
    phone.press("Thêm hộ này")
    expect(phone.page.get_by_role("alert")).to_contain_text("AK03-M01")
    expect(code).to_be_focused()
    code.fill("ak01-m01")
    phone.press("Thêm hộ này")
    expect(phone.page.get_by_role("heading", name="Hộ AK01-M01")).to_be_visible()
    phone.press("Bắt đầu hỏi")
    nobody_home(phone)
    expect(phone.page.get_by_text("Đã nhận").first).to_be_visible()
    [answers] = sent_answers(service, "household")
    assert (answers["household"], answers["household_new"]) == ("new", "AK01-M01")
    assert (answers["village_new"], answers["village"]) == ("AK01", "AK01")


def test_an_added_household_stays_on_the_list_until_it_is_sent(phone: Phone, service: Stub) -> None:
    assign(service, [household(1)])
    service.mode = "503"
    phone.sign_in()
    open_list(phone)
    phone.press("Thêm hộ ngoài danh sách")
    phone.page.get_by_label("Mã của hộ").fill("AK01-M01")
    phone.press("Thêm hộ này")
    not_asked(phone, "4")
    home(phone)
    open_list(phone)
    expect(row(phone, "AK01-M01")).to_contain_text("Hộ thêm, ngoài danh sách")
    expect(row(phone, "AK01-M01")).to_contain_text("Đã đến 1 lần, chờ gửi")
    phone.press("Thêm hộ ngoài danh sách")
    phone.page.get_by_label("Mã của hộ").fill("AK01-M01")
    expect(phone.page.get_by_text("Hộ AK01-M01 đã có trong danh sách.")).to_be_visible()


def test_what_was_returned_says_why_and_opens(phone: Phone, service: Stub) -> None:
    assign(service, [household(1), household(2)])
    phone.sign_in()
    phone.press("Bắt đầu hỏi")
    nobody_home(phone)
    expect(phone.page.get_by_text("Đã nhận").first).to_be_visible()
    [instance] = service.stored
    service.give_back(instance, "Hàng xóm nói hộ có nhà", [], ("/data/contact",))
    phone.hurry()
    home(phone)
    open_list(phone)
    expect(row(phone, "AK01-001")).to_contain_text("Bị trả lại, cần sửa")
    row(phone, "AK01-001").click()
    expect(phone.page.get_by_text("Hàng xóm nói hộ có nhà")).to_be_visible()
    phone.press("Sửa")
    phone.expect_question("/data/contact")
    phone.press("Lưu và thoát")
    open_list(phone)
    expect(row(phone, "AK01-001")).to_contain_text("Đang sửa")


def test_a_refused_form_waits_at_its_household(phone: Phone, service: Stub) -> None:
    assign(service, [household(1)])
    phone.sign_in()
    service.mode = "422"
    phone.press("Bắt đầu hỏi")
    nobody_home(phone)
    expect(phone.page.get_by_text("Có chỗ cần sửa").first).to_be_visible()
    home(phone)
    expect(phone.page.get_by_text("Hộ này đã có lần đến thứ nhất.")).to_be_visible()
    phone.press("Sửa")
    phone.expect_question("/data/visit_no")


def test_an_unchanged_list_does_not_travel_again(phone: Phone, service: Stub) -> None:
    assign(service, [household(1)])
    phone.sign_in()
    expect(next_code(phone)).to_be_visible()
    asked = len(service.work_asked)
    with phone.page.expect_response("**/api/v1/work"):
        phone.hurry()
    assert list(service.work_asked)[asked:] == [304] * (len(service.work_asked) - asked)
    service.work["households"][0].update(state="moved", visits=1)
    phone.hurry()
    expect(phone.page.get_by_text("Đã đi hết các hộ")).to_be_visible()
    assert service.work_asked[-1] == 200


def test_hundreds_of_households(phone: Phone, service: Stub) -> None:
    """Some rows at first, the others as one scrolls; found by a piece of the code."""
    assign(service, [household(number) for number in range(1, 701)])
    phone.sign_in()
    open_list(phone)
    rows = phone.page.locator(".rows li")
    assert rows.count() < 200
    phone.page.get_by_role("searchbox").fill("0699")
    expect(rows).to_have_count(0)
    phone.page.get_by_role("searchbox").fill("01-69")
    expect(rows).to_have_count(10)
    phone.page.get_by_role("searchbox").fill("")
    for number in range(60, 700, 60):
        row(phone, f"AK01-{number:03}").scroll_into_view_if_needed()
        expect(row(phone, f"AK01-{number + 1:03}")).to_be_attached()
    expect(rows).to_have_count(700)
    row(phone, "AK01-650").scroll_into_view_if_needed()
    row(phone, "AK01-650").click()
    phone.press("Về danh sách hộ")
    expect(row(phone, "AK01-650")).to_be_in_viewport()


def test_the_list_is_sealed_on_the_phone(phone: Phone, service: Stub) -> None:
    """Whoever reads the database without the PIN learns of no household that is to be visited."""
    assign(service, [household(1)])
    phone.sign_in()
    expect(next_code(phone)).to_be_visible()
    kept = phone.page.evaluate(
        """() => new Promise((done) => {
          indexedDB.open('so-thon').onsuccess = ({ target }) => {
            const get = target.result.transaction('values').objectStore('values').get('work');
            get.onsuccess = () => done(Object.keys(get.result));
          };
        })"""
    )
    assert kept == ["sealed"]


def test_another_person_sees_nothing_of_it(phone: Phone, service: Stub) -> None:
    assign(service, [household(1)])
    phone.sign_in()
    expect(next_code(phone)).to_be_visible()
    phone.page.get_by_role("link", name="Cài đặt").click()
    phone.press("Đăng xuất")
    phone.page.get_by_role("dialog").get_by_role("button", name="Đăng xuất", exact=True).click()
    assign(service, [])
    phone.sign_in()
    expect(phone.page.get_by_role("heading", name="Việc của tôi")).to_have_count(0)
