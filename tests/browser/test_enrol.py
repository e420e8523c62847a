"""A phone taken into use by a code, its PIN forgotten, and its end when lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from locking import DUMP, NAME, begun, try_pin
from office import Office, Small
from phone import Phone
from playwright.sync_api import expect
from test_queue import finish, until

pytestmark = pytest.mark.browser

Hand = Callable[..., Phone]

# How many records each store of the phone's database holds.
RECORDS = """async () => {
  const db = await new Promise((done) => {
    indexedDB.open("so-thon").onsuccess = ({ target }) => done(target.result);
  });
  const counts = {};
  for (const name of db.objectStoreNames)
    counts[name] = await new Promise((done) => {
      const asked = db.transaction(name).objectStore(name).count();
      asked.onsuccess = () => done(asked.result);
    });
  db.close();
  return counts;
}"""


@pytest.mark.switched_off
def test_a_code_takes_a_phone_into_use(small: Small, office: Office, hand: Hand) -> None:
    """From the officer's page to an interview at the server, without a password; then a lost phone
    is cut off, wipes itself when it meets the server, and the officer sees it."""
    code = office.code("thon1", "Máy của Mai")
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", code)
    expect(office.page.locator(".qr svg")).to_be_visible()
    phone = hand("thon1", f"/phone/#/enrol/{code}")
    expect(phone.page.get_by_label("Mã", exact=True)).to_have_value(code)
    phone.press("Tiếp tục")
    phone.choose_pin()
    phone.at_home()
    assert code not in phone.page.url
    phone.worker_ready()
    finish(phone)
    until(lambda: len(small.stored()) == 1, "it was not sent")
    begun_at = phone.page
    begun_at.get_by_role("link", name="Điền phiếu").click()
    begun(phone)
    expect(office.phones().get_by_text("Máy của Mai").first).to_be_visible()
    office.give_up("Máy của Mai")
    expect(office.phones().get_by_text("máy chưa gặp lại máy chủ")).to_be_visible()
    phone.page.goto(f"{small.url}/phone/#/")
    phone.page.get_by_role("link", name="Đã gửi").click()
    phone.press("Cập nhật")
    expect(phone.page.get_by_text("Máy này đã bị ngắt")).to_be_visible()
    left = phone.page.evaluate(DUMP)
    assert "AK01" not in left and "thon1" not in left and "wrapped" not in left
    none = dict.fromkeys(("bodies", "drafts", "files", "forms", "media", "queue"), 0)
    assert phone.page.evaluate(RECORDS) == {**none, "values": 1}  # when it was wiped
    until(lambda: small.wiped() == [True], "the server was not told")
    expect(office.phones().get_by_text("Đã xoá sạch lúc")).to_be_visible()
    phone.close()
    phone.open(unlock=False)
    expect(phone.page.get_by_text("Máy này đã bị ngắt")).to_be_visible()
    phone.page.goto(f"{small.url}/phone/#/enrol/")
    phone.enrol(office.code("thon1", "Máy mới").replace("-", "").lower())


@pytest.mark.switched_off
def test_a_locked_phone_wipes_itself_too(small: Small, office: Office, hand: Hand) -> None:
    """A thief who does not know the PIN only has to open the app near a network."""
    phone = hand("thon1", "/phone/#/enrol/")
    phone.page.get_by_label("Mã", exact=True).fill("ABCD-2345")
    phone.press("Tiếp tục")
    expect(phone.page.get_by_text("Mã không đúng, đã dùng hoặc đã quá 24 giờ")).to_be_visible()
    phone.enrol(office.code("thon1", "Máy mất"))
    begun(phone)
    phone.close()
    office.give_up("Máy mất")
    phone.open(unlock=False)
    expect(phone.page.get_by_text("Máy này đã bị ngắt")).to_be_visible()
    assert "AK01" not in phone.page.evaluate(DUMP)
    until(lambda: small.wiped() == [True], "the server was not told")


@pytest.mark.switched_off
def test_a_forgotten_pin_loses_nothing(small: Small, office: Office, hand: Hand) -> None:
    """A new code brings the same key: the draft of before opens with another PIN."""
    phone = hand("thon1")
    phone.sign_in()
    begun(phone)
    phone.close()
    phone.open(unlock=False)
    try_pin(phone, "1357")
    expect(phone.page.get_by_text("Mã PIN không đúng")).to_be_visible()
    phone.press("Quên mã PIN")
    phone.press("Có mã của cán bộ xã")
    phone.page.get_by_label("Mã", exact=True).fill(office.code("thon1", "Máy của Mai"))
    phone.press("Tiếp tục")
    phone.choose_pin("975310")
    phone.at_home()
    phone.page.get_by_role("button", name=NAME).first.click()
    phone.expect_question("/data/contact")
    expect(phone.question("/data/contact").locator("input[value='1']")).to_be_checked()
    phone.close()
    phone.open(unlock=False)
    try_pin(phone, "2468")
    expect(phone.page.get_by_text("Mã PIN không đúng")).to_be_visible()
    phone.unlock("975310")
    phone.at_home()
