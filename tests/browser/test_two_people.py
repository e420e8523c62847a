"""Two people, one phone after the other: neither sees nor sends what is the other's."""

from __future__ import annotations

import re

import household as h
from conftest import Hand
from office import Small
from phone import Phone
from playwright.sync_api import expect
from test_ahead import FORGET, HERE
from test_queue import finish, until

from tests.collector import world

FIRST, SECOND = re.compile("AK01-001"), re.compile("AK02")


def leave(phone: Phone) -> None:
    """Sign out; what was not sent stays on the phone."""
    phone.page.get_by_role("link", name="Cài đặt").click()
    phone.press("Đăng xuất")
    phone.press("Đăng xuất, giữ phiếu trên máy")
    expect(phone.page.get_by_label("Tên đăng nhập")).to_be_visible()


def come(phone: Phone, name: str, pin: str) -> None:
    """Sign in as somebody else."""
    phone.account = (name, world.PASSWORD)
    phone.page.get_by_label("Tên đăng nhập").fill(name)
    phone.page.get_by_label("Mật khẩu", exact=True).fill(world.PASSWORD)
    phone.press("Đăng nhập")
    phone.choose_pin(pin)
    phone.at_home()


def test_what_one_keeps_waits_for_its_own(small: Small, hand: Hand) -> None:
    phone = hand("thon1")
    phone.sign_in()
    phone.worker_ready()
    phone.network(there=False)
    finish(phone)  # waits
    phone.page.get_by_role("link", name="Điền phiếu").click()
    phone.begin(h.TITLE)
    h.choose_household(phone)
    phone.choose("/data/contact", "1")
    phone.saved()
    phone.press("Lưu và thoát")
    leave(phone)
    phone.network(there=True)
    come(phone, "thon2", "975310")
    page = phone.page
    expect(page.get_by_text("thon1")).to_be_visible()  # whose interview waits, and nothing of it
    for link in ("Đã gửi", "Điền phiếu"):
        page.get_by_role("link", name=link).click()
        expect(page.get_by_text(FIRST)).to_have_count(0)
    with page.expect_response("**/api/v1/work"):  # the last that a look for news asks for
        phone.hurry()
    phone.begin(h.TITLE)
    expect(phone.question("/data/household")).to_contain_text(SECOND)
    expect(phone.question("/data/household").get_by_text(FIRST)).to_have_count(0)
    phone.press("Lưu và thoát")
    assert small.stored() == []
    leave(phone)
    come(phone, "thon1", "2468")
    until(lambda: len(small.stored()) == 1, "what waited was not sent")
    page.get_by_role("button", name=FIRST).first.click()
    phone.expect_question("/data/contact")
    expect(phone.question("/data/contact").locator("input[value='1']")).to_be_checked()


def test_what_came_at_the_lock_is_not_another_persons(small: Small, hand: Hand) -> None:
    """Forms that the locked phone of one brought: with another's own village, when it is theirs."""
    phone = hand("thon1")
    phone.sign_in()
    phone.page.goto(f"{phone.url}/health")
    phone.page.evaluate(FORGET, 0)
    phone.page.goto(f"{phone.url}/phone/")
    phone.until(HERE)
    phone.press("Quên mã PIN")
    phone.press("Đăng nhập bằng mật khẩu")
    come(phone, "thon2", "975310")
    phone.begin(h.TITLE)
    expect(phone.question("/data/household")).to_contain_text(SECOND)
    expect(phone.question("/data/household").get_by_text(FIRST)).to_have_count(0)
