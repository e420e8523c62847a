"""Every screen of the phone app in both languages: axe, large text; an interview by keys alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import real
import screens
from phone import Phone
from playwright.sync_api import Playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "collector" / "phone" / "node_modules" / "axe-core" / "axe.min.js"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('button, a, input, select, textarea, summary')]
  .filter((one) => one.checkVisibility())
  .map((one) => [one, (one.closest('.option, label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 47.5 || box.height < 47.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
PC = (1280, 800)
ACCOUNT = ("thon1", "thon-demo-2026")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.Real]:
    """The real service."""
    with real.serve(tmp_path_factory.mktemp("axe")) as running:
        yield running


def device(playwright: Playwright, folder: Path, url: str, **how: tuple[int, int]) -> Phone:
    """A new phone, or a PC."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    made = Phone(playwright, browser, folder / "profile", url, ACCOUNT, **how)
    made.open()
    return made


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen(
    playwright: Playwright, service: real.Real, tmp_path: Path, language: screens.Language
) -> None:
    """axe finds nothing, all targets have 48 px, and at 200 % nothing runs off the side."""
    phone = device(playwright, tmp_path, service.url)
    script = AXE.read_text("utf-8")
    found: list[str] = []
    seen: list[str] = []

    def here(name: str) -> None:
        seen.append(name)
        page = phone.page
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(f"{script}; undefined")
        faults = page.evaluate("() => axe.run()")["violations"]
        found.extend(f"{name}: {one['id']} {one['nodes'][0]['html'][:160]}" for one in faults)
        found.extend(f"{name}: small {one}" for one in page.evaluate(SMALL))
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        if page.evaluate(WIDER) > 0:
            found.append(f"{name}: too wide at 200 %")
        page.evaluate("() => { document.documentElement.style.fontSize = '' }")

    screens.walk(phone, here, language)
    phone.close()
    assert not found, "\n".join(found)
    assert len(set(seen)) == 22, seen
    assert not phone.complaints


def test_an_interview_by_keys_alone(
    playwright: Playwright, service: real.Real, tmp_path: Path
) -> None:
    """On a PC: sign-in, PIN, a whole short interview and its sending, without a pointer."""
    phone = device(playwright, tmp_path, service.url, size=PC)
    page, keys = phone.page, phone.page.keyboard
    reach(phone, "input")
    keys.type(ACCOUNT[0])
    keys.press("Tab")
    keys.type(ACCOUNT[1])
    keys.press("Enter")
    page.locator("form.pin input").wait_for()
    for _ in range(2):
        reach(phone, "form.pin input")
        keys.type("2468")
        keys.press("Enter")
        page.wait_for_function("() => !document.querySelector('form.pin input')?.value")
    phone.enrolled = True
    phone.at_home()
    reach(phone, ".cards button.open", "Khảo sát hộ gia đình")
    keys.press("Enter")
    phone.expect_question("/data/household")
    code = page.locator("#screen input[type=radio]").nth(12).get_attribute("value") or ""
    reach(phone, "#screen input[type=search]")
    keys.type(code)
    page.wait_for_function(
        "() => document.querySelectorAll('#screen input[type=radio]').length < 9"
    )
    reach(phone, "#screen input[type=radio]")
    keys.press("Space")
    forward(phone)
    phone.expect_question("/data/visit_no")
    forward(phone)
    phone.expect_question("/data/contact")
    reach(phone, "#screen input[type=radio]")
    keys.press("Space")
    while page.locator("#screen input:checked").get_attribute("value") != "4":  # nobody at home
        keys.press("ArrowDown")
    forward(phone)
    page.get_by_role("heading", name="Xem lại và gửi").wait_for()
    before = len(service.stored())
    forward(phone)
    page.get_by_text("Đã nhận").first.wait_for()
    assert len(service.stored()) == before + 1
    phone.close()
    assert not phone.complaints


def forward(phone: Phone) -> None:
    """The key that goes on, reached by Tab."""
    reach(phone, ".keys button[type=submit]")
    phone.page.keyboard.press("Enter")


def reach(phone: Phone, selector: str, text: str = "") -> None:
    """Press Tab until the focus is on what is meant."""
    there = """([selector, text]) => document.activeElement.matches(selector)
      && document.activeElement.innerText.includes(text)"""
    for _ in range(60):
        if phone.page.evaluate(there, [selector, text]):
            return
        phone.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector} {text}")
