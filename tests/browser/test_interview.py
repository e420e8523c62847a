"""An interview on the screen: filled, interrupted, resumed, corrected."""

from __future__ import annotations

import re
from typing import Any

import household as h
import pytest
from phone import Phone
from playwright.sync_api import expect
from stub import Stub


def only(service: Stub) -> dict[str, Any]:
    """The answers of the one submission that the service has."""
    assert len(service.stored) == 1
    answers: dict[str, Any] = next(iter(service.stored.values()))["answers"]
    return answers


def test_wrong_password_then_right(phone: Phone) -> None:
    """A wrong password is said in words; the right one shows the forms."""
    phone.page.get_by_label("Tên đăng nhập").fill("thon01")
    phone.page.get_by_label("Mật khẩu", exact=True).fill("sai")
    phone.press("Đăng nhập")
    expect(phone.page.get_by_role("alert")).to_contain_text("không đúng")
    phone.sign_in()
    for title in ("Khảo sát hộ gia đình", "Ghi một ca sinh", "Báo cáo sinh hằng tháng"):
        expect(phone.page.get_by_role("button", name=re.compile(title))).to_be_visible()


def test_whole_household(phone: Phone, service: Stub) -> None:
    """A household of three with one full interview arrives, complete and calculated."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.cover(phone)
    h.roster(phone)
    h.respondents(phone)
    phone.press("Gửi")
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    answers = only(service)
    assert answers["result"] == "2"
    born = ["1980", "1985", str(h.born(6))]
    assert [m["person"]["birth_y"] for m in answers["member"]] == born
    assert answers["respondent"][0]["asked"]["care_w"] == "7.5"
    assert answers["respondent"][0]["asked"]["anchors"]["sleep_h"] == "7.5"
    assert "meta" not in answers
    assert not phone.page.get_by_text("Đang làm dở").is_visible()


@pytest.mark.switched_off
def test_draft_survives_the_browser(phone: Phone) -> None:
    """Closed in the middle of a word, the app opens the same screen with the same letters."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.cover(phone)
    phone.next()
    phone.choose("/data/member[1]/person/rel", "1")
    phone.question("/data/member[1]/person/birth_y").locator("input").press_sequentially("19")
    phone.saved()
    phone.close()
    phone.open()
    phone.page.get_by_role("button", name=re.compile("AK01-001")).first.click()
    phone.expect_question("/data/member[1]/person/birth_y")
    expect(phone.question("/data/member[1]/person/birth_y").locator("input")).to_have_value("19")
    expect(phone.question("/data/member[1]/person/rel").locator("input[value='1']")).to_be_checked()


def test_typing_key_by_key_keeps_the_focus(phone: Phone) -> None:
    """Each key goes into the same input, though each answer redraws the screen."""
    year = "/data/member[1]/person/birth_y"
    phone.sign_in()
    phone.begin(h.TITLE)
    h.cover(phone)
    phone.next()
    phone.choose("/data/member[1]/person/rel", "1")
    phone.question(year).locator("input").focus()
    before = phone.page.evaluate(
        "() => (window.focused = document.activeElement) && document.activeElement.id"
    )
    for key in "1985":
        phone.page.keyboard.press(key)
        assert phone.page.evaluate("() => document.activeElement === window.focused")
    assert phone.page.locator(f"#{before}").input_value() == "1985"
    for _ in range(4):
        phone.page.keyboard.press("Backspace")
    phone.page.keyboard.type("1986")  # faster than the screen is drawn
    assert phone.page.locator(f"#{before}").input_value() == "1986"


def test_faults_stand_where_they_are(phone: Phone) -> None:
    """Going on without an answer shows the sheet's message there; one may leave it for later."""
    phone.sign_in()
    phone.begin(h.TITLE)
    phone.expect_question("/data/household")
    phone.next()
    expect(phone.question("/data/household").get_by_role("alert")).to_have_text(
        "Câu này cần có câu trả lời."
    )
    phone.press("Để sau")
    phone.expect_question("/data/visit_no")
    phone.write("/data/visit_no", "7")
    phone.next()
    expect(phone.question("/data/visit_no").get_by_role("alert")).to_have_text(
        "Lần đến là 1, 2 hoặc 3."
    )
    phone.write("/data/visit_no", "2")
    expect(phone.question("/data/visit_no").get_by_role("alert")).to_have_count(0)
    phone.next()
    phone.choose("/data/contact", "4")
    phone.next()
    expect(phone.page.get_by_text("Còn 1 câu cần xem lại")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Gửi", exact=True)).to_have_count(0)
    phone.page.get_by_role("button", name=re.compile("Hộ nào")).click()
    phone.expect_question("/data/household")


def test_exclusive_none(phone: Phone) -> None:
    """ "Nowhere" with another answer is refused by the form's own constraint, at once."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.cover(phone)
    h.roster(phone)
    phone.next()
    base = "/data/respondent[1]"
    phone.choose(f"{base}/available", "1")
    phone.next()
    h.care(phone, f"{base}/asked", child=True)
    phone.choose(f"{base}/asked/a1_ch", "1", "0")
    fault = phone.question(f"{base}/asked/a1_ch").get_by_role("alert")
    expect(fault).to_contain_text("Không ở đâu")
    phone.choose(f"{base}/asked/a1_ch", "1")
    expect(fault).to_have_count(0)


def test_roster_add_remove_and_back(phone: Phone) -> None:
    """Members are listed with what is missing; removing asks; the phone's back key is safe."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.cover(phone)
    phone.next()
    h.member(phone, 1, "1", "1", 1980)
    expect(
        phone.page.get_by_role("button", name=re.compile(r"Chủ hộ.*Nam.*1980.*Đủ"))
    ).to_be_visible()
    h.add_member(phone)
    phone.choose("/data/member[2]/person/rel", "2")
    phone.page.go_back()
    expect(
        phone.page.get_by_role("button", name=re.compile(r"Vợ hoặc chồng.*Còn \d câu"))
    ).to_be_visible()
    phone.press("Xoá Thành viên của hộ 2")
    phone.press("Thôi")
    expect(phone.page.locator(".member")).to_have_count(2)
    phone.press("Xoá Thành viên của hộ 2")
    phone.press("Xoá")
    expect(phone.page.locator(".member")).to_have_count(1)


def test_language_in_the_middle(phone: Phone) -> None:
    """Labels, messages and keys change at once, the answers stay."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.choose_household(phone)
    phone.choose("/data/contact", "1")
    phone.page.get_by_role("button", name=re.compile("Ngôn ngữ của phiếu")).click()
    expect(phone.question("/data/contact")).to_contain_text(
        "Did you meet someone of the household?"
    )
    expect(phone.page.get_by_role("button", name="Next", exact=True)).to_be_visible()
    expect(phone.question("/data/contact").locator("input[value='1']")).to_be_checked()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")


def test_several_drafts_and_deleting_asks(phone: Phone) -> None:
    """Two interviews wait side by side; one goes only after a question."""
    phone.sign_in()
    for code in ("AK01-001", "AK01-002"):
        phone.begin(h.TITLE)
        h.choose_household(phone, code)
        phone.press("Lưu và thoát")
        expect(phone.page.get_by_role("heading", name="Đang làm dở")).to_be_visible()
    expect(phone.page.locator(".member")).to_have_count(2)
    phone.press("Xoá phiếu Hộ AK01-001")
    phone.press("Xoá")
    expect(phone.page.locator(".member")).to_have_count(1)
    expect(phone.page.get_by_text("Hộ AK01-002")).to_be_visible()


def test_one_window_at_a_time(phone: Phone) -> None:
    """A draft that is open in one window waits in the other until the first lets go."""
    phone.sign_in()
    phone.begin(h.TITLE)
    phone.expect_question("/data/household")
    address = phone.page.url
    assert phone.context
    second = phone.context.new_page()
    second.goto(address)
    expect(second.get_by_text("đang mở ở một cửa sổ khác")).to_be_visible()
    phone.press("Lưu và thoát")
    expect(second.locator("form#screen")).to_be_visible()


def test_demonstration_is_said_everywhere(phone: Phone, service: Stub) -> None:
    """The strip stands on every screen of a demonstration, interviews included."""
    service.demonstration = True
    phone.sign_in()
    strip = phone.page.get_by_text("Bản minh họa")
    expect(strip).to_be_visible()
    phone.begin(h.TITLE)
    expect(strip).to_be_visible()


def test_leaving_after_a_very_long_interview(phone: Phone) -> None:
    """More screens than the browser's history keeps: leaving still leads to the first screen."""
    phone.sign_in()
    phone.begin(h.TITLE)
    phone.expect_question("/data/household")
    deeper = (
        "() => history.pushState({depth: history.state.depth + 1, from: ''}, '', location.hash)"
    )
    for _ in range(60):
        phone.page.evaluate(deeper)
    phone.press("Lưu và thoát")
    expect(phone.page.get_by_role("heading", name="Đang làm dở")).to_be_visible()


# The way back through the history takes as long as on a phone that has much else to do.
SLOW_HISTORY = """() => {
  const { go } = history;
  history.go = (by) => setTimeout(() => go.call(history, by), 600);
  addEventListener("popstate", () => { window.back = true; });
}"""


def test_what_was_sent_is_shown_though_the_way_back_is_slow(phone: Phone) -> None:
    phone.sign_in()
    h.nobody_home(phone)
    phone.page.evaluate(SLOW_HISTORY)
    phone.press("Gửi")
    phone.page.wait_for_function("() => window.back")
    sent = phone.page.get_by_role("link", name="Đã gửi")
    expect(sent).to_have_attribute("aria-current", "page")
    assert phone.page.url.endswith("#/sent")


def test_a_member_added_after_the_interview(phone: Phone) -> None:
    """The draw moves: the answers are not taken for the new person's, whose part begins anew."""
    available = "/data/respondent[1]/available"
    phone.sign_in()
    phone.begin(h.TITLE)
    h.cover(phone, "AK01-002")
    h.roster(phone)
    phone.next()
    phone.expect_question(available)
    before = phone.question(available).locator("legend").inner_text()
    phone.choose(available, "2")
    for name in ("Người được chọn", "Thành viên của hộ"):
        phone.back()
        expect(phone.page.get_by_role("heading", name=name)).to_be_visible()
    h.add_member(phone)
    h.member(phone, 4, "6", "2", 1990, works=False)
    phone.next()
    phone.press("Tiếp: số 1")
    phone.expect_question(available)
    expect(phone.question(available).locator("legend")).not_to_have_text(before)
    phone.next()
    fault = phone.question(available).get_by_role("alert")
    expect(fault).to_contain_text("câu trả lời là của người khác")
    phone.back()
    phone.press("Xoá Người được chọn 1")
    phone.press("Xoá")
    phone.press("Tiếp: số 1")
    phone.expect_question(available)
    expect(phone.question(available).locator("input:checked")).to_have_count(0)
    phone.choose(available, "1")
    phone.next()
    phone.expect_question("/data/respondent[1]/asked/c_note")
