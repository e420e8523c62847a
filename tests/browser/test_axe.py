"""Every screen of the phone app in both languages: axe, large text; an interview by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import real
import screens
import screens_after
from handset import CONTROLS, sheet
from phone import Phone
from playwright.sync_api import Playwright

from tests.chromium import CHROMIUM

ROOT = Path(__file__).parents[2]
AXE = ROOT / "collector" / "phone" / "node_modules" / "axe-core" / "axe.min.js"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """() => [...document.querySelectorAll('body *')]
  .filter((one) => one.checkVisibility() && one.clientHeight > 2 && !one.matches('input, .switch'))
  .filter((one) => /hidden|clip/.test(getComputedStyle(one).overflowY))
  .filter((one) => one.scrollHeight > one.clientHeight + 2)
  .map((one) => one.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll('button, a, input, select, textarea, summary')]
  .filter((one) => one.checkVisibility() && one.ariaHidden !== 'true')
  .map((one) => [one, (one.closest('.option, label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 47.5 || box.height < 47.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
PC = (1280, 800)
ACCOUNT = ("thon1", "thon-demo-2026")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.Real]:
    """The real service, with small forms that use every control."""
    folder = tmp_path_factory.mktemp("axe")
    forms = real.forms_folder(folder / "forms", added=[sheet(name) for name in CONTROLS])
    with real.serve(folder / "service", forms) as running:
        yield running


def device(playwright: Playwright, folder: Path, url: str, **how: Any) -> Phone:
    """A new phone, or a PC."""
    made = Phone(playwright, CHROMIUM, folder / "profile", url, ACCOUNT, **how)
    made.open()
    return made


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen(
    playwright: Playwright, service: real.Real, tmp_path: Path, language: screens.Language
) -> None:
    """axe finds nothing, all targets have 48 px, and at 200 % nothing runs off the side."""
    phone = device(playwright, tmp_path, service.url, flags=("--use-fake-device-for-media-stream",))
    look = Look(phone)
    screens.walk(phone, look, language)
    assert len(set(look.seen)) == 22, look.seen
    screens_after.wrong_pin(phone, look)
    screens.unlock(phone)
    screens_after.afterwards(phone, look, language)
    assert len(set(look.seen)) == 22 + 12, look.seen
    screens.controls(phone, look, language)
    phone.close()
    assert not look.found, "\n".join(look.found)
    assert len(set(look.seen)) == 22 + 12 + 16, look.seen
    assert not phone.complaints


class Look:
    """Looks at a screen as `here` of a walk: what is wrong with it is noted."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.found: list[str] = []
        self.seen: list[str] = []
        self.script = AXE.read_text("utf-8")

    def __call__(self, name: str) -> None:
        self.seen.append(name)
        page, note = self.phone.page, self.found.append
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(f"{self.script}; undefined")
        for one in page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]:
            note(f"{name}: {one['id']} {one['nodes'][0]['html'][:160]}")
        for one in page.evaluate(SMALL):
            note(f"{name}: small {one}")
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        if page.evaluate(WIDER) > 0:
            note(f"{name}: too wide at 200 %")
        for one in page.evaluate(CUT):
            note(f"{name}: cut off at 200 %: {one}")
        page.evaluate("() => { document.documentElement.style.fontSize = '' }")


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
    with page.expect_response(lambda reply: reply.status == 201):
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
