"""My work on the phone: households to visit, returns that are due, the week; offline too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import household as h
import pytest
from phone import Phone
from playwright.sync_api import Locator, expect
from stub import ROOT, Stub

from forms.library import Library

AXE = ROOT / "collector" / "phone" / "node_modules" / "axe-core" / "axe.min.js"
VIETNAM = timedelta(hours=7)
FORMS = ("household", "visit", "births_month", "culture_quarter", "police_year")
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((el) => el.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .filter((el) => el.checkVisibility() && !el.closest('.unseen'))
  .map((el) => el.outerHTML.slice(0, 100))"""
LOW = """() => [...document.querySelectorAll('button, a, input, select, summary')]
  .filter((el) => el.checkVisibility() && el.getBoundingClientRect().height < 47.5)
  .map((el) => el.outerHTML.slice(0, 100))"""


def today() -> datetime:
    """Now, as Việt Nam's clock has it."""
    return datetime.now(UTC) + VIETNAM


def day(ago: int = 0) -> str:
    return (today() - timedelta(days=ago)).date().isoformat()


def monday() -> str:
    return day(today().weekday())


def household(number: int, state: str = "to-visit", visits: int = 0, **more: Any) -> dict[str, Any]:
    last = day(3) if visits else None
    found = {"village": "AK01", "code": f"AK01-{number:03}", "order": number, "role": "sample"}
    return {**found, "state": state, "visits": visits, "last": last, **more}


def month(
    form: str, period: str, due: str, *, late: bool = False, sent: bool = False
) -> dict[str, Any]:
    title = {"vi": f"Báo cáo {form}", "en": f"Return {form}"}
    return {"form": form, "period": period, "title": title, "due": due, "late": late, "sent": sent}


def assign(stub: Stub, households: list[dict[str, Any]], *months: dict[str, Any]) -> None:
    """Give the person work, and the forms that it takes."""
    published = Library(ROOT / "forms" / "published").forms()
    stub.forms = [form for form in published if form.id in FORMS]
    stub.work = {
        "draw": {"id": 3, "title": "Khảo sát 2026", "period": "2026", "census": False}
        if households
        else None,
        "households": households,
        "months": list(months),
        "week": {"from": monday(), "done": 2, "visits": 3},
    }


def next_code(phone: Phone) -> Locator:
    """The large code of the household to go to."""
    return phone.page.locator(".next-household .code")


def home(phone: Phone) -> None:
    phone.page.get_by_role("link", name="Điền phiếu").click()
    expect(phone.page.get_by_role("heading", name="Phiếu mới")).to_be_visible()


def open_list(phone: Phone) -> None:
    phone.page.get_by_role("button", name="Danh sách hộ").click()
    expect(phone.page.get_by_role("heading", name="Danh sách hộ")).to_be_visible()


def row(phone: Phone, code: str) -> Locator:
    return phone.page.locator(".rows button", has_text=code)


def nobody_home(phone: Phone) -> None:
    """The household form, begun from the list, ends at once."""
    phone.expect_question("/data/contact")
    phone.choose("/data/contact", "4")
    phone.next()
    phone.press("Gửi")


def complete(phone: Phone) -> None:
    """The shortest complete interview: one person, who does not usually live there."""
    phone.expect_question("/data/contact")
    phone.choose("/data/contact", "1")
    phone.next()
    phone.choose("/data/consent/consent_hh", "1")
    phone.next()
    phone.next()  # the note on the roster
    phone.next()
    base = "/data/member[1]"
    phone.expect_question(f"{base}/person/rel")
    phone.choose(f"{base}/person/rel", "1")
    phone.choose(f"{base}/person/sex", "1")
    phone.write(f"{base}/person/birth_y", "1950")
    phone.pick(f"{base}/person/eth", "01")
    phone.choose(f"{base}/person/usual", "0")
    phone.next()
    h.schooling(phone, f"{base}/schooling", 76)
    h.work(phone, f"{base}/work", works=False)
    phone.next()
    phone.press("Gửi")


def sent_answers(stub: Stub, form: str) -> list[dict[str, Any]]:
    return [one["answers"] for one in stub.stored.values() if one["form"] == form]


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
    phone.press("Chưa hỏi được")
    phone.expect_question("/data/result")
    phone.choose("/data/result", "7")
    phone.next()
    phone.press("Gửi")
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
    phone.press("Chưa hỏi được")
    phone.expect_question("/data/result")
    phone.choose("/data/result", "4")
    phone.next()
    phone.press("Gửi")
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
    phone.page.wait_for_load_state("networkidle")
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


def test_returns_that_are_due_late_first(phone: Phone, service: Stub) -> None:
    """A station begins the late month with its period and unit set; then nothing of it is due."""
    months = (
        month("births_month", "2026-10", day(-10)),
        month("births_month", "2026-09", day(20), late=True),
        month("births_month", "2026-08", day(51), sent=True),
    )
    assign(service, [], *months)
    phone.sign_in()
    cards = phone.page.locator("section", has_text="Báo cáo phải gửi").locator("ul").first
    expect(cards.locator("li").first).to_contain_text("Tháng 9/2026")
    expect(cards.locator("li").first).to_contain_text("Quá hạn")
    expect(cards.locator("li")).to_have_count(2)
    cards.get_by_role("button", name="Tháng 9/2026").first.click()
    phone.expect_question("/data/no_births")
    phone.choose("/data/no_births", "0")
    phone.saved()
    phone.press("Lưu và thoát")
    expect(cards.locator("li").first).to_contain_text("Đang làm")
    cards.get_by_role("button", name="Tháng 9/2026").first.click()
    phone.expect_question("/data/no_births")
    phone.back()
    phone.expect_question("/data/unit")
    expect(phone.question("/data/unit").locator("select")).to_have_value("tram-y-te")
    phone.back()
    expect(phone.question("/data/ym").locator("input")).to_have_value("2026-09")


def test_a_nil_return_is_one_tap_away(phone: Phone, service: Stub) -> None:
    assign(service, [], month("births_month", "2026-10", day(-10)))
    phone.sign_in()
    phone.page.get_by_role("button", name="Không có trẻ nào: Báo cáo births_month").click()
    phone.expect_question("/data/deaths/deaths_direct")
    for name in ("direct", "indirect", "incidental"):
        phone.write(f"/data/deaths/deaths_{name}", "0")
    phone.next()
    phone.expect_question("/data/population/women_10_14")
    phone.next()
    phone.write("/data/signing/submitter", "Nữ hộ sinh")
    phone.write("/data/signing/approver", "Trưởng trạm")
    phone.choose("/data/signing/revises", "0")
    phone.next()
    service.mode = "503"
    phone.press("Gửi")
    home(phone)
    expect(phone.page.get_by_text("Xong, chờ gửi")).to_be_visible()
    service.mode = "ok"
    phone.hurry()
    expect(phone.page.get_by_text("Đã gửi gần đây (1)")).to_be_visible()
    [answers] = sent_answers(service, "births_month")
    assert (answers["ym"], answers["unit"], answers["no_births"]) == ("2026-10", "tram-y-te", "1")


def test_a_quarter_sets_its_parts(phone: Phone, service: Stub) -> None:
    assign(service, [], month("culture_quarter", "2026-Q3", day(-10)))
    phone.sign_in()
    phone.page.get_by_role("button", name="Quý 3/2026").first.click()
    phone.expect_question("/data/nil")
    phone.back()
    phone.back()
    expect(phone.question("/data/quarter").locator("input:checked")).to_have_value("3")
    phone.back()
    expect(phone.question("/data/year").locator("input")).to_have_value("2026")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_names_roles_contrast_and_large_text(phone: Phone, service: Stub, language: str) -> None:
    """axe finds nothing, every target has 48 px, and at 200 % nothing runs off the side."""
    late = month("births_month", "2026-09", day(20), late=True)
    sent = month("births_month", "2026-08", day(51), sent=True)
    states = ("done", "visited", "refused", "moved", "other")
    listed = [household(i + 1, state, 1) for i, state in enumerate(states)]
    assign(service, [*listed, household(6, role="replacement"), household(7)], late, sent)
    phone.sign_in()
    page = phone.page
    if language == "en":
        page.get_by_role("link", name="Cài đặt").click()
        phone.press("English")
        page.get_by_role("link").first.click()
    next_code(phone).wait_for()
    script = AXE.read_text("utf-8")
    page.evaluate(script + "; undefined")
    seen: list[str] = []

    def here(name: str) -> None:
        found = page.evaluate("() => axe.run()")
        assert [f"{one['id']} {one['nodes'][0]['html']}" for one in found["violations"]] == [], name
        assert page.evaluate(LOW) == [], name
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert page.evaluate(WIDE) == [], f"{name} at 200 %"
        page.evaluate("() => { document.documentElement.style.fontSize = '' }")
        seen.append(name)

    page.locator("summary").click()
    here("the first screen")
    page.locator(".open-list").click()
    page.locator(".switch button").last.click()
    expect(page.locator(".rows li")).to_have_count(7)
    here("the list")
    row(phone, "AK01-003").click()
    page.locator(".household-page").wait_for()
    here("a household that refused")
    page.locator(".back").click()
    row(phone, "AK01-006").click()
    page.locator("#not-asked").wait_for()
    here("a household to visit")
    page.go_back()
    page.locator(".add").click()
    page.locator("#new-code").fill("AK01-003")
    page.locator(".banner").wait_for()
    here("a code that is known")
    page.locator("#new-code").fill("?")
    page.locator("form button[type=submit]").click()
    page.locator(".fault").wait_for()
    here("a code that is wrong")
    assert len(seen) == 6


def test_keys_alone(phone: Phone, service: Stub) -> None:
    """From the first screen to a household and back without touching the screen."""
    assign(service, [household(1), household(2)])
    phone.sign_in()
    page = phone.page
    page.get_by_role("button", name="Danh sách hộ").focus()
    page.keyboard.press("Enter")
    row(phone, "AK01-002").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hộ AK01-002")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bắt đầu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    phone.expect_question("/data/contact")
    page.go_back()
    expect(page.get_by_role("heading", name="Hộ AK01-002")).to_be_visible()
    page.go_back()
    expect(row(phone, "AK01-002")).to_contain_text("Đang làm")
    page.go_back()
    expect(next_code(phone)).to_have_text("AK01-001")
