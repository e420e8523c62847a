"""What happens in the field: killed, out of room, two windows, a wrong clock, no answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import household as h
import pytest
from phone import PIN, Phone
from playwright.sync_api import expect
from stub import Stub
from test_queue import finish, until

FULL = "Bộ nhớ của điện thoại đã đầy"
NAME = re.compile("AK01-001")
# A full disk as IndexedDB meets it: the request goes well, the transaction ends with this error.
# (The quota that DevTools sets reaches a database that is open only after half a minute.)
NO_ROOM = """() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...args) {
    const request = put.apply(this, args);
    if (window.room) return request;
    const error = new DOMException("full", "QuotaExceededError");
    Object.defineProperty(this.transaction, "error", { value: error, configurable: true });
    request.addEventListener("success", () => {
      try { this.transaction.abort(); } catch { /* another request did */ }
      window.refused = (window.refused ?? 0) + 1;
    });
    return request;
  };
}"""


def again(phone: Phone) -> None:
    """Kill the browser, start it on the same profile, and open the draft from the first screen."""
    phone.saved()
    phone.kill()
    phone.open()
    phone.page.get_by_role("button", name=NAME).first.click()


def stored(service: Stub) -> dict[str, Any]:
    """The answers of the one submission that the service has."""
    assert len(service.stored) == 1
    answers: dict[str, Any] = next(iter(service.stored.values()))["answers"]
    return answers


@pytest.mark.switched_off
def test_killed_at_screen_after_screen(phone: Phone, service: Stub) -> None:
    """Killed at a choice, in a member, on the roster, at the end and with a queue that waits."""
    phone.sign_in()
    phone.worker_ready()
    phone.begin(h.TITLE)
    h.choose_household(phone)
    phone.choose("/data/contact", "1")
    again(phone)
    phone.expect_question("/data/contact")
    expect(phone.question("/data/contact").locator("input[value='1']")).to_be_checked()
    phone.next()
    phone.choose("/data/consent/consent_hh", "1")
    phone.next()
    phone.next()
    phone.next()
    phone.question("/data/member[1]/person/birth_y").locator("input").press_sequentially("19")
    again(phone)
    year = phone.question("/data/member[1]/person/birth_y").locator("input")
    expect(year).to_have_value("19")
    h.member(phone, 1, "1", "1", 1980)
    again(phone)
    expect(phone.page.get_by_role("button", name=re.compile("Chủ hộ.*1980.*Đủ"))).to_be_visible()
    assert not service.stored


@pytest.mark.switched_off
def test_killed_with_a_queue_that_waits(phone: Phone, service: Stub) -> None:
    """Killed on the last screen, while the queue waits, and when only the reply is missing."""
    phone.sign_in()
    h.nobody_home(phone)
    again(phone)
    expect(phone.page.get_by_role("heading", name="Xem lại và gửi")).to_be_visible()
    service.mode = "503"
    phone.press("Gửi")
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    phone.kill()
    service.mode = "cut"
    phone.open()
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    phone.hurry()
    until(lambda: len(service.stored) == 1, "it was not sent")
    phone.kill()
    service.mode = "ok"
    phone.open("/phone/#/sent")
    expect(phone.page.get_by_text("AK01-001")).to_be_visible()
    phone.hurry()
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    expect(phone.page.get_by_text("Chờ gửi")).to_have_count(0)
    assert len(set(service.attempts)) == len(service.stored) == 1
    assert stored(service)["household"] == "AK01-001"


def test_a_reply_that_never_comes(phone: Phone, service: Stub) -> None:
    """The app gives up after a minute, says so, keeps the form and tries again by itself."""
    phone.sign_in()
    # Only the page's own clock can be turned, so only the page is to send.
    unregister = "() => navigator.serviceWorker.getRegistration().then((one) => one?.unregister())"
    phone.page.evaluate(unregister)
    phone.page.clock.install()
    h.nobody_home(phone)
    service.mode = "silent"
    phone.press("Gửi")
    until(lambda: "unanswered" in service.attempts, "nothing was sent")
    expect(phone.page.get_by_text("Đang gửi…")).to_be_visible()
    phone.page.clock.fast_forward("01:05")
    expect(phone.page.get_by_text("Máy chủ không trả lời")).to_be_visible()
    assert not service.stored
    service.mode = "ok"
    phone.page.clock.fast_forward("01:05")  # the news that were asked for meanwhile
    phone.page.clock.fast_forward("00:30")
    phone.page.evaluate("() => void dispatchEvent(new Event('focus'))")
    until(lambda: len(service.stored) == 1, "it was not sent again")
    expect(phone.page.get_by_text("chờ gửi")).to_have_count(0)


def test_one_that_the_server_fails_at_holds_nobody_up(phone: Phone, service: Stub) -> None:
    """The server breaks on one interview each time: the others go out, and it is kept."""
    phone.sign_in()
    service.fails_at_first = True
    finish(phone)
    expect(phone.page.get_by_text("Máy chủ đang bận")).to_be_visible()
    phone.page.get_by_role("link", name="Điền phiếu").click()
    finish(phone, "AK01-002")
    until(lambda: len(service.stored) == 1, "the second was held up")
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    assert stored(service)["household"] == "AK01-002"


def test_a_portal_does_not_get_into_the_app(phone: Phone, service: Stub) -> None:
    """A network's sign-in page in the place of the new app's files: the old app stays whole."""
    phone.sign_in()
    phone.worker_ready()
    service.app_version, service.mode = "2", "portal everywhere"
    state = phone.page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          await registration.update();
          const worker = registration.installing;
          if (!worker || worker.state === "redundant") return "redundant";
          return new Promise((done) => (worker.onstatechange = () => done(worker.state)));
        }"""
    )
    assert state == "redundant"
    phone.page.reload()
    phone.unlock()
    expect(phone.page.get_by_role("heading", name="Phiếu mới")).to_be_visible()


def test_a_draft_moves_to_the_window_that_asks(phone: Phone, service: Stub) -> None:
    """Two windows: the second says where the draft is, may fetch it with its last answer, and may
    not delete it meanwhile; the first then offers to fetch it back."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.choose_household(phone)
    phone.choose("/data/contact", "4")
    assert phone.context
    second = phone.context.new_page()
    second.goto(f"{service.url}/phone/")
    second.get_by_role("button", name="Xoá phiếu Hộ AK01-001").click()
    second.get_by_role("button", name="Xoá", exact=True).click()
    expect(second.get_by_text("đang mở ở một cửa sổ khác")).to_be_visible()
    second.get_by_role("button", name=NAME).first.click()
    second.get_by_role("button", name="Làm tiếp ở đây").click()
    expect(second.locator("input[value='4']")).to_be_checked()
    expect(phone.page.get_by_text("đang mở ở một cửa sổ khác")).to_be_visible()
    second.locator("input[value='6']").first.click()
    second.locator("form#screen[data-saved=true]").wait_for()
    phone.press("Làm tiếp ở đây")
    expect(phone.question("/data/contact").locator("input[value='6']")).to_be_checked()
    phone.next()
    phone.press("Gửi")
    until(lambda: len(service.stored) == 1, "it was not sent")
    assert stored(service)["contact"] == "6"
    expect(second.get_by_text("Không tìm thấy phiếu này")).to_be_visible()


def test_no_room_left_on_the_phone(phone: Phone, service: Stub) -> None:
    """Told at once, the answers stay on the screen and cannot be left; with room it goes on."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.choose_household(phone)
    phone.saved()
    phone.page.evaluate(NO_ROOM)
    phone.choose("/data/contact", "4")
    expect(phone.page.get_by_role("alert").get_by_text(FULL)).to_be_in_viewport()
    phone.press("Lưu và thoát")
    expect(phone.question("/data/contact").locator("input[value='4']")).to_be_checked()
    phone.next()
    phone.press("Gửi")
    expect(phone.page.get_by_role("alert").get_by_text(FULL)).to_be_visible()
    expect(phone.page.get_by_role("heading", name="Xem lại và gửi")).to_be_visible()
    assert not service.attempts
    phone.page.evaluate("() => void (window.room = true)")
    expect(phone.page.get_by_text(FULL)).to_have_count(0)
    phone.saved()
    phone.press("Gửi")
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert stored(service)["contact"] == "4"


def test_no_room_at_the_lock(phone: Phone) -> None:
    """A PIN that cannot be counted opens nothing, and the lock says why; with room it opens."""
    phone.sign_in()
    phone.page.reload()
    pin = phone.page.get_by_label("Mã PIN", exact=True)
    pin.wait_for()
    phone.page.evaluate(NO_ROOM)
    pin.fill(PIN)
    phone.press("Mở khoá")
    expect(phone.page.get_by_role("alert")).to_contain_text("xoá bớt ảnh, video trong máy")
    expect(phone.page.get_by_role("button", name="Mở khoá")).to_have_attribute("aria-busy", "false")
    phone.page.evaluate("() => void (window.room = true)")
    phone.unlock()
    expect(phone.page.get_by_role("heading", name="Phiếu mới")).to_be_visible()


def test_a_clock_years_off(phone: Phone, service: Stub) -> None:
    """The person is told both times; the interview is kept and sent; a right clock is not told."""
    phone.page.clock.install(time=datetime(2019, 3, 2, 5, 0, tzinfo=UTC))
    phone.page.reload()
    phone.sign_in()
    told = phone.page.get_by_text("Đồng hồ của điện thoại sai")
    expect(told).to_contain_text("2/3/2019")
    expect(told).to_contain_text(str(datetime.now(UTC).year))
    finish(phone)
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert len(service.stored) == 1
    phone.page.clock.set_system_time(datetime.now(UTC))
    phone.hurry()
    expect(told).to_have_count(0)


def test_later_screens_that_were_cut_off_come_with_the_network(phone: Phone, service: Stub) -> None:
    """The first visit ended too early: back on a network they are fetched, with nothing pressed."""
    service.mode = "no later screens"
    phone.sign_in()
    until(lambda: "later" in service.attempts, "the worker asked for nothing")
    service.mode = "ok"
    phone.network(False)
    expect(phone.page.get_by_text("Không có mạng", exact=True)).to_be_visible()
    phone.network(True)
    phone.worker_ready()
    phone.network(False)
    phone.page.get_by_role("link", name="Đã gửi").click()
    expect(phone.page.get_by_text("Chưa gửi phiếu nào")).to_be_visible()
