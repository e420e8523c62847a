"""The rescue file: from a phone without a network to another phone, or to the officer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import household as h
import pytest
from office import Office, Small
from phone import Phone
from playwright.sync_api import expect
from test_queue import finish, until

pytestmark = pytest.mark.browser

Hand = Callable[..., Phone]
DRAFT = re.compile("AK01-002")
COUNT = """async () => {
  const db = await new Promise((done) => {
    indexedDB.open("so-thon").onsuccess = (event) => done(event.target.result);
  });
  const counts = [];
  for (const name of ["drafts", "queue", "bodies"])
    counts.push(await new Promise((done) => {
      const asked = db.transaction(name).objectStore(name).count();
      asked.onsuccess = () => done(asked.result);
    }));
  db.close();
  return counts;
}"""


def settings(phone: Phone) -> None:
    """Open the settings."""
    phone.page.get_by_role("link", name="Cài đặt").click()
    expect(phone.page.get_by_role("heading", name="Tệp cứu phiếu")).to_be_visible()


def save(phone: Phone, to: Path) -> Path:
    """Save what was not sent to a file."""
    settings(phone)
    with phone.page.expect_download() as coming:
        phone.press("Lưu ra tệp")
    assert re.fullmatch(r"so-thon-\d{12}\.sothon", coming.value.suggested_filename)
    coming.value.save_as(to)
    return to


def load(phone: Phone, file: Path) -> None:
    """Choose a file for "Mở tệp"."""
    settings(phone)
    with phone.page.expect_file_chooser() as chooser:
        phone.press("Mở tệp")
    chooser.value.set_files(file)


def begin(phone: Phone, household: str, contact: str) -> None:
    """A draft at its third question."""
    phone.begin(h.TITLE)
    h.choose_household(phone, household)
    phone.choose("/data/contact", contact)
    phone.saved()
    phone.press("Lưu và thoát")


def home(phone: Phone) -> None:
    """The first screen."""
    phone.page.get_by_role("link", name="Điền phiếu").click()


def stranded(phone: Phone) -> None:
    """A phone without a network, with one interview that waits and one begun."""
    phone.sign_in()
    phone.worker_ready()
    phone.network(False)
    finish(phone)
    home(phone)
    begin(phone, "AK01-002", "1")


def test_to_another_phone_and_never_twice(small: Small, hand: Hand, tmp_path: Path) -> None:
    """What waited is sent from the other phone, the draft opens there, and a second loading changes
    nothing; when the first phone sees the network after all, the server has one of each."""
    first = hand("thon1")
    stranded(first)
    file = save(first, tmp_path / "x.sothon")
    content = file.read_bytes()
    assert content.startswith(b"SOTHON\0\1")
    assert b"AK01" not in content and b"thon1" not in content
    second = hand("thon1")
    second.sign_in()
    load(second, file)
    expect(second.page.get_by_text("AK01-001: đã đưa vào máy")).to_be_visible()
    expect(second.page.get_by_text("AK01-002: đã đưa vào máy")).to_be_visible()
    second.hurry()
    until(lambda: len(small.stored()) == 1, "the second phone did not send it")
    assert small.files() == ["audit.csv"]  # the log of times travelled with the interview
    load(second, file)
    expect(second.page.get_by_text("đã có, giống hệt")).to_have_count(2)
    home(second)
    second.page.get_by_role("button", name=DRAFT).first.click()
    second.expect_question("/data/contact")
    expect(second.question("/data/contact").locator("input[value='1']")).to_be_checked()
    first.network(True)
    first.page.get_by_role("link", name="Đã gửi").click()
    expect(first.page.get_by_text("Đã nhận").first).to_be_visible()
    assert len(small.stored()) == 1
    assert small.conflicts() == 0


def test_the_newer_draft_wins_and_says_so(small: Small, hand: Hand, tmp_path: Path) -> None:
    """An older one in the file leaves the phone's; a newer one takes its place; both are told."""
    first = hand("thon1")
    stranded(first)
    old = save(first, tmp_path / "old.sothon")
    home(first)
    first.page.get_by_role("button", name=DRAFT).first.click()
    first.expect_question("/data/contact")
    first.choose("/data/contact", "4")
    first.saved()
    first.press("Lưu và thoát")
    new = save(first, tmp_path / "new.sothon")
    load(first, old)
    expect(first.page.get_by_text("AK01-002: bản trên máy mới hơn")).to_be_visible()
    second = hand("thon1")
    second.sign_in()
    second.worker_ready()
    second.network(False)
    load(second, old)
    expect(second.page.get_by_text("AK01-002: đã đưa vào máy")).to_be_visible()
    load(second, new)
    expect(second.page.get_by_text("AK01-002: bản trong tệp mới hơn")).to_be_visible()
    home(second)
    second.page.get_by_role("button", name=DRAFT).first.click()
    expect(second.question("/data/contact").locator("input[value='4']")).to_be_checked()


def test_what_is_no_such_file_stores_nothing(small: Small, hand: Hand, tmp_path: Path) -> None:
    """Another's file, a damaged one, one cut short and something else: each is told apart."""
    first = hand("thon1")
    stranded(first)
    good = save(first, tmp_path / "good.sothon").read_bytes()
    damaged = good[:-20] + bytes([good[-20] ^ 1]) + good[-19:]
    for name, content, said in (
        ("damaged", damaged, "Tệp này đã hỏng"),
        ("short", good[:-100], "Tệp này đã hỏng"),
        ("photo", b"\xff\xd8\xff" + bytes(500), "không phải tệp lưu"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        load(first, file)
        expect(first.page.get_by_text(said)).to_be_visible()
    other = hand("thon2")
    other.sign_in()
    before = other.page.evaluate(COUNT)
    load(other, tmp_path / "good.sothon")
    expect(other.page.get_by_text("của một tài khoản khác")).to_be_visible()
    assert other.page.evaluate(COUNT) == before == [0, 0, 0]


def test_the_officer_takes_it_in(small: Small, office: Office, hand: Hand, tmp_path: Path) -> None:
    """Entry by entry, through the same door; again is known; the phone's own sending adds none."""
    phone = hand("thon1")
    stranded(phone)
    file = save(phone, tmp_path / "x.sothon")
    for said in ("Đã nhận", "Đã có từ trước"):
        office.phones().locator("#file").set_input_files(file)
        office.page.get_by_role("button", name="Nhận phiếu").click()
        taken = office.page.locator("section", has=office.page.locator("#taken"))
        expect(taken.get_by_text(said)).to_be_visible()
        expect(taken.get_by_text("1 phiếu đang làm dở")).to_be_visible()
        assert len(small.stored()) == 1
    assert small.files() == ["audit.csv"]
    phone.network(True)
    phone.page.get_by_role("link", name="Đã gửi").click()
    expect(phone.page.get_by_text("Đã nhận").first).to_be_visible()
    assert len(small.stored()) == 1
    assert small.conflicts() == 0
    (tmp_path / "bad").write_bytes(file.read_bytes()[:-1])
    office.phones().locator("#file").set_input_files(tmp_path / "bad")
    office.page.get_by_role("button", name="Nhận phiếu").click()
    expect(office.page.get_by_role("alert")).to_contain_text("không phải tệp lưu")
