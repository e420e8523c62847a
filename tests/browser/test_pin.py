"""The PIN on the phone: wrong ones wait, nothing can be read without it, the app locks itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from locking import AWAY, DUMP, NAME, PIN_LABEL, begun, locked, try_pin
from phone import Phone
from playwright.sync_api import BrowserContext, expect
from stub import Stub
from test_queue import finish

pytestmark = pytest.mark.browser

WORD = "Zebrawort"  # typed by a person; nothing else in the app has it
REASON = "Quaggamire"  # written by an officer


def stand_still(context: BrowserContext) -> None:
    """No page of this browser sees time pass, however long the machine takes."""
    context.clock.install()
    context.add_init_script("performance.now = () => 0")


@pytest.mark.switched_off
def test_wrong_pins_wait_and_wipe_nothing(phone: Phone, service: Stub) -> None:
    """The fifth waits half a minute; a new start, a clock set forward and one set back change
    nothing; then the right one opens. What was waited is counted by `performance`: it stands still
    until the page's clock runs the half minute through."""
    phone.sign_in()
    begun(phone)
    phone.close()
    phone.open(unlock=False, first=stand_still)
    locked(phone.page)
    for _ in range(4):
        try_pin(phone, "1111")
        expect(phone.page.get_by_text("Mã PIN không đúng")).to_be_visible()
    try_pin(phone, "1111")
    expect(phone.page.get_by_text("Đã nhập sai nhiều lần")).to_be_visible()
    for years in (2, -2):
        phone.close()
        phone.open(unlock=False, first=stand_still)
        phone.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=365 * years))
        expect(phone.page.get_by_role("timer")).to_have_text("0:30")
        phone.page.get_by_label(PIN_LABEL, exact=True).fill("2468")
        phone.page.keyboard.press("Enter")
        expect(phone.page.get_by_role("button", name="Mở khoá")).to_be_disabled()
        expect(phone.page.get_by_text("Đã nhập sai nhiều lần")).to_be_visible()
    phone.close()
    phone.open(unlock=False, first=lambda context: context.clock.install())
    timer = phone.page.get_by_role("timer")
    expect(timer).to_be_visible()
    passed = 0
    while timer.count():
        phone.page.clock.run_for(1_000)
        passed += 1
        assert passed < 200
    assert passed > 15
    phone.unlock()
    phone.at_home()
    expect(phone.page.get_by_role("button", name=NAME).first).to_be_visible()


@pytest.mark.switched_off
def test_nothing_can_be_read_on_a_locked_phone(phone: Phone, service: Stub) -> None:
    """Typed words, choices, summaries, an officer's reason and the token: not in the database, nor
    anywhere in the browser's folder."""
    phone.sign_in()
    finish(phone)
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    service.give_back(next(iter(service.stored)), REASON, [], ("/data/visit_no",))
    phone.press("Cập nhật")
    expect(phone.page.get_by_text(REASON)).to_be_visible()
    service.mode = "503"
    phone.page.get_by_role("link", name="Điền phiếu").click()
    finish(phone, "AK01-002")
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    phone.page.get_by_role("link", name="Điền phiếu").click()
    phone.begin("Báo cáo sinh hằng tháng")
    draft = phone.page.url.split("/fill/")[1].split("/")[0]
    place = "%2Fdata%2Fsigning%2Fsubmitter"
    phone.page.evaluate("(hash) => void (location.hash = hash)", f"#/fill/{draft}/{place}")
    phone.write("/data/signing/submitter", WORD)
    phone.saved()
    token = next(iter(service.tokens))
    phone.close()
    phone.open(unlock=False)
    locked(phone.page)
    found = phone.page.evaluate(DUMP)
    assert "household" in found, "the dump reads the stores"
    for word in (WORD, REASON, token, "AK01-00", "visit_no", "submitter", "Chưa có ai"):
        assert word not in found, word
    phone.close()
    words = [as_bytes for word in (WORD, REASON) for as_bytes in written(word)]
    folders = [one for one in phone.profile.rglob("*") if one.is_dir() and "IndexedDB" in str(one)]
    assert folders
    for file in phone.profile.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not [word for word in words if word in content], file
    phone.open()
    phone.page.get_by_role("button", name=re.compile(WORD)).or_(
        phone.page.get_by_role("heading", name="Đang làm dở")
    ).first.wait_for()


def written(word: str) -> tuple[bytes, bytes]:
    """A word as browsers write text: one byte a letter, or two."""
    return word.encode(), word.encode("utf-16-le")


def test_locks_itself_in_the_background_and_resumes_there(phone: Phone, service: Stub) -> None:
    """After five minutes out of sight; the half-typed answer is there after the PIN."""
    phone.sign_in()
    phone.begin("Báo cáo sinh hằng tháng")
    draft = phone.page.url.split("/fill/")[1].split("/")[0]
    place = "%2Fdata%2Fsigning%2Fsubmitter"
    phone.page.evaluate("(hash) => void (location.hash = hash)", f"#/fill/{draft}/{place}")
    phone.expect_question("/data/signing/submitter")
    phone.page.clock.install()
    phone.question("/data/signing/submitter").locator("input").press_sequentially(WORD)
    phone.page.evaluate(AWAY, "hidden")
    phone.page.clock.fast_forward("04:50")
    phone.expect_question("/data/signing/submitter")
    phone.page.clock.fast_forward("00:15")
    phone.page.evaluate(AWAY, "visible")
    phone.page.clock.run_for(1000)
    locked(phone.page)
    expect(phone.page.get_by_text(WORD)).to_have_count(0)
    phone.unlock()
    phone.page.clock.run_for(1000)
    phone.expect_question("/data/signing/submitter")
    expect(phone.question("/data/signing/submitter").locator("input")).to_have_value(WORD)


@pytest.mark.switched_off
def test_killed_in_an_interview_it_resumes_after_the_pin(phone: Phone, service: Stub) -> None:
    """The address that Android gives back leads past the lock to the same question."""
    phone.sign_in()
    phone.worker_ready()
    begun(phone)
    address = phone.page.url.removeprefix(phone.url)
    phone.kill()
    phone.open(address, unlock=False)
    locked(phone.page)
    expect(phone.page.locator("form#screen")).to_have_count(0)
    phone.unlock()
    phone.expect_question("/data/contact")
    expect(phone.question("/data/contact").locator("input[value='1']")).to_be_checked()


def test_a_second_window_needs_no_second_pin(phone: Phone, service: Stub) -> None:
    """It gets the keys from the first; locking one locks both, and unlocking one unlocks both."""
    phone.sign_in()
    begun(phone)
    assert phone.context
    second = phone.context.new_page()
    second.goto(f"{service.url}/phone/#/settings")
    second.get_by_role("button", name="Khoá ngay").click()
    locked(second)
    locked(phone.page)
    phone.unlock()
    phone.expect_question("/data/contact")
    expect(second.get_by_role("heading", name="Khoá ứng dụng")).to_be_visible()
    exportable = second.evaluate(
        """() => new Promise((done) => {
          const channel = new BroadcastChannel("so-thon-keys");
          channel.onmessage = ({ data }) => data.keys &&
            done([data.keys.records.extractable, data.keys.rescue.extractable]);
          channel.postMessage("ask");
        })"""
    )
    assert exportable == [False, False]


@pytest.mark.switched_off
def test_an_app_from_before_the_pin_loses_nothing(phone: Phone, service: Stub) -> None:
    """What lies in clear goes on in clear without a network; with one a PIN is asked for, and then
    everything is sealed."""
    phone.page.get_by_label("Tên đăng nhập").wait_for()
    service.tokens.add("token-old")
    phone.page.evaluate(OLD, "token-old")
    phone.worker_ready()
    phone.page.goto("about:blank")
    phone.network(False)
    phone.page.goto(f"{service.url}/phone/")
    expect(phone.page.get_by_text(WORD)).to_be_visible()
    phone.network(True)
    phone.page.reload()
    phone.choose_pin()
    expect(phone.page.get_by_text(WORD)).to_be_visible()
    found = phone.page.evaluate(DUMP)
    assert WORD not in found and "token-old" not in found
    phone.close()
    phone.open()
    expect(phone.page.get_by_text(WORD)).to_be_visible()


OLD = """async (token) => {
  const db = await new Promise((done) => {
    indexedDB.open("so-thon").onsuccess = (event) => done(event.target.result);
  });
  const at = "2026-11-20T08:00:00.000Z";
  const form = { form: "household", version: "2026.1", owner: "thon01" };
  const work = db.transaction(["values", "drafts", "bodies"], "readwrite");
  work.objectStore("values").put({
    token, user: { username: "thon01", name: "Mai", role: "collector", village: null },
    commune: { code: "11668", name: "Xã An Khánh" }, demonstration: false,
  }, "session");
  work.objectStore("drafts").put({
    id: "old-draft", ...form, created: at, updated: at, place: "", summary: "Zebrawort",
    progress: 0.2,
  });
  work.objectStore("bodies").put({ id: "old-draft", answers: { household: "AK01-001" } });
  await new Promise((done) => (work.oncomplete = done));
  db.close();
}"""


@pytest.mark.switched_off
def test_a_pin_by_thumb_and_by_keys(phone: Phone, service: Stub) -> None:
    """The pad writes and erases, a simple PIN and two that differ are refused, keys alone do."""
    phone.page.get_by_label("Tên đăng nhập").fill(service.username)
    phone.page.get_by_label("Mật khẩu", exact=True).fill(service.password)
    phone.press("Đăng nhập")
    new = phone.page.get_by_label("Mã PIN mới")
    new.fill("1234")
    phone.press("Tiếp")
    expect(phone.page.get_by_text("ai cũng đoán được")).to_be_visible()
    new.fill("12")
    phone.press("Tiếp")
    expect(phone.page.get_by_text("từ 4 đến 8 chữ số")).to_be_visible()
    new.fill("2468")
    phone.press("Tiếp")
    phone.page.get_by_label("Nhập lại mã PIN").fill("2469")
    phone.press("Xong")
    expect(phone.page.get_by_text("không giống nhau")).to_be_visible()
    phone.choose_pin()
    phone.at_home()
    phone.close()
    phone.open(unlock=False)
    locked(phone.page)
    for digit in "24693":
        phone.press(digit)
    phone.press("Xoá một số")
    phone.press("Xoá một số")
    phone.press("8")
    phone.press("Mở khoá")
    phone.at_home()
    phone.close()
    phone.open(unlock=False)
    locked(phone.page)
    phone.page.keyboard.type("2468")
    phone.page.keyboard.press("Enter")
    phone.at_home()
