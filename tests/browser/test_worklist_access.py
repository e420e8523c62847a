"""My work on the phone: for every eye and hand."""

from __future__ import annotations

import pytest
from phone import Phone
from playwright.sync_api import expect
from stub import ROOT, Stub
from worklist import assign, day, household, month, next_code, row

AXE = ROOT / "collector" / "phone" / "node_modules" / "axe-core" / "axe.min.js"
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((el) => el.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .filter((el) => el.checkVisibility() && !el.closest('.unseen'))
  .map((el) => el.outerHTML.slice(0, 100))"""
LOW = """() => [...document.querySelectorAll('button, a, input, select, summary')]
  .filter((el) => el.checkVisibility() && el.getBoundingClientRect().height < 47.5)
  .map((el) => el.outerHTML.slice(0, 100))"""


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
        found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")
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


def test_the_tab_to_which_the_list_belongs_is_marked_and_leads_back(
    phone: Phone, service: Stub
) -> None:
    assign(service, [household(1)])
    phone.sign_in()
    tab = phone.page.locator(".tabs a").first
    expect(tab).to_have_attribute("aria-current", "page")
    phone.page.locator(".open-list").click()
    expect(tab).to_have_attribute("aria-current", "true")
    expect(phone.page.locator(".tabs a[aria-current]")).to_have_count(1)
    tab.click()
    expect(tab).to_have_attribute("aria-current", "page")
    expect(phone.page.locator(".open-list")).to_be_visible()
