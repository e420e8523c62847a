"""The main job as one flow, against the stand-in or, with PHONE_BASE_URL, a running service."""

from __future__ import annotations

import household as h
import pytest
from phone import Phone
from playwright.sync_api import expect


@pytest.mark.switched_off
def test_a_household_offline_from_the_roster_on(any_phone: Phone) -> None:
    """Sign in, fill a household, lose the network, close the browser, finish, and it arrives."""
    phone = any_phone
    phone.sign_in()
    phone.worker_ready()
    phone.begin(h.TITLE)
    code = h.first_household(phone)
    h.cover(phone, code)
    phone.network(False)
    h.roster(phone)
    phone.saved()
    phone.close()
    phone.open()
    phone.network(False)
    phone.page.locator(".member .open").first.click()
    expect(phone.page.get_by_role("heading", name="Người được chọn")).to_be_visible()
    h.respondents(phone)
    phone.press("Gửi")
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    phone.network(True)
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_have_count(0)
    expect(phone.page.locator(".work").first).to_contain_text("Đã nhận")
