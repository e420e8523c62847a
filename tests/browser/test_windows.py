"""Several windows of one phone when it is given up for lost, or signed out of in one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from locking import begun
from office import Office, Small
from phone import Phone
from playwright.sync_api import Page, expect
from stub import Stub
from test_enrol import RECORDS
from test_troubles import NO_ROOM

pytestmark = pytest.mark.browser

Hand = Callable[..., Phone]

GONE = "Máy này đã bị ngắt"
# A window that the browser has put to sleep: it hears of the wiping when it wakes.
ASLEEP = """() => {
  const Real = BroadcastChannel;
  window.BroadcastChannel = class extends Real {
    constructor(name) {
      super(name);
      if (name === "so-thon-wiped") this.close();
    }
  };
}"""
# What is put on the disk from now on: the answers of interviews.
KEPT = """() => {
  const { put } = IDBObjectStore.prototype;
  window.kept = [];
  IDBObjectStore.prototype.put = function (...args) {
    if (window.room && this.name === "bodies") window.kept.push(Object.keys(args[0]).sort());
    return put.apply(this, args);
  };
}"""


@pytest.fixture
def lost(small: Small, office: Office, hand: Hand) -> Phone:
    """A phone that the officer knows as “Máy mất”."""
    phone = hand("thon1", f"/phone/#/enrol/{office.code('thon1', 'Máy mất')}")
    phone.press("Tiếp tục")
    phone.choose_pin()
    phone.at_home()
    return phone


def meets_the_server(phone: Phone, office: Office) -> Page:
    """Another window of the phone asks for news after the officer has given the phone up."""
    assert phone.context
    other = phone.context.new_page()
    other.goto(f"{phone.url}/phone/#/sent")
    refresh = other.get_by_role("button", name="Cập nhật")
    expect(refresh).to_be_visible()  # the first window has given it the keys
    office.give_up("Máy mất")
    refresh.click()
    expect(other.get_by_text(GONE)).to_be_visible()
    return other


def test_a_window_asleep_writes_nothing_after_the_wiping(lost: Phone, office: Office) -> None:
    lost.page.add_init_script(f"({ASLEEP})()")
    lost.page.reload()
    lost.unlock()
    begun(lost)
    other = meets_the_server(lost, office)
    lost.choose("/data/contact", "4")
    lost.page.locator("form#screen[data-saved=false]").wait_for()
    none = dict.fromkeys(("bodies", "drafts", "files", "forms", "media", "queue"), 0)
    for _ in range(20):  # an answer is on the disk within some milliseconds
        assert other.evaluate(RECORDS) == {**none, "values": 1}  # when it was wiped
    expect(lost.page.locator("form#screen[data-saved=false]")).to_be_visible()


def test_a_window_with_an_answer_that_is_not_on_the_disk_goes_too(
    lost: Phone, office: Office
) -> None:
    """Nobody is asked whether to stay on a page that holds answers."""
    asked: list[str] = []
    lost.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    begun(lost)
    lost.page.evaluate(NO_ROOM)
    lost.choose("/data/contact", "4")
    lost.page.locator("form#screen[data-saved=false]").wait_for()
    meets_the_server(lost, office)
    expect(lost.page.get_by_text(GONE)).to_be_visible()
    assert asked == []


def test_signed_out_elsewhere_nothing_is_written_in_clear(phone: Phone, service: Stub) -> None:
    """A window that waits for room writes its last answers sealed, though the PIN is gone."""
    phone.sign_in()
    begun(phone)
    phone.page.evaluate(NO_ROOM)
    phone.page.evaluate(KEPT)
    phone.choose("/data/contact", "4")
    phone.page.locator("form#screen[data-saved=false]").wait_for()
    assert phone.context
    other = phone.context.new_page()
    other.goto(f"{service.url}/phone/#/settings")
    other.get_by_role("button", name="Đăng xuất", exact=True).click()
    other.get_by_role("button", name="Đăng xuất, giữ phiếu trên máy").click()
    for page in (other, phone.page):
        expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible()
    phone.page.evaluate("() => void (window.room = true)")
    phone.until("() => window.kept.length > 0")
    assert all(fields == ["id", "sealed"] for fields in phone.page.evaluate("() => window.kept"))
