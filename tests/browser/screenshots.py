"""`make screenshots`: pictures of every screen of the phone app, of its controls and of the private
page in both languages, and of the officer's main pages at both sizes, from the demonstration.

All go into docs/screenshots/all (not in git); the ones that the README shows are copied beside it.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

import private_service
import real
import screens
import screens_after
import screens_private
from handset import CONTROLS, sheet
from phone import SMALL, Phone
from playwright.sync_api import Playwright, expect, sync_playwright

from collector.demonstration.send import send_everything
from tests.chromium import CHROMIUM

FOLDER = real.ROOT / "docs" / "screenshots"
ALL = FOLDER / "all"
BEST = ("phone-vi-home", "phone-vi-roster", "phone-en-care", "phone-vi-waiting", "pc-plan")
WIDE = (1280, 800)
COLLECTOR = ("thon1", "thon-demo-2026")
OFFICER = ("canbo", "canbo-demo-2026")
PAGES = {
    "plan": "/plans/an-khanh-2026-2030?period=2026",
    "indicator": "/plans/an-khanh-2026-2030/indicators/CARE_RATIO?period=2026",
    "collection": "/collection?period=2026",
    "review": "/review",
}


def main() -> None:
    """Take all pictures anew; exit status 1 where the service does not start."""
    shutil.rmtree(ALL, ignore_errors=True)
    ALL.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        with real.serve(folder / "service") as service:
            send_everything(service.url, lambda _text: None)
            for language in ("vi", "en"):
                _phone(playwright, folder / f"phone-{language}", service.url, language)
            for size, where in ((SMALL, "phone"), (WIDE, "pc")):
                _officer(playwright, folder / f"officer-{where}", service.url, size, where)
        forms = real.forms_folder(folder / "forms", added=[sheet(name) for name in CONTROLS])
        with real.serve(folder / "controls", forms) as service:
            for language in ("vi", "en"):
                _controls(playwright, folder / f"controls-{language}", service.url, language)
        with private_service.serve(folder / "private") as private:
            for language in ("vi", "en"):
                _private(playwright, private, language)
    for picture in BEST:
        _small(ALL / f"{picture}.png", FOLDER / f"{picture}.png")
    print(f"{len(list(ALL.iterdir()))} pictures in {ALL}")


def _phone(playwright: Playwright, profile: Path, url: str, language: screens.Language) -> None:
    phone = _device(playwright, profile, url, COLLECTOR, SMALL)

    def here(name: str) -> None:
        if name == "home":
            _as_every_morning(phone)
        phone.page.screenshot(path=ALL / f"phone-{language}-{name}.png", animations="disabled")

    screens.walk(phone, here, language)
    screens_after.wrong_pin(phone, here)
    screens.unlock(phone)
    screens_after.afterwards(phone, here, language)
    phone.close()


def _as_every_morning(phone: Phone) -> None:
    """The list of work came behind the forms on this first visit and so stands below them; from
    the next look on it stands on top."""
    phone.page.get_by_text(re.compile("Hộ tiếp theo|Next household")).wait_for()
    phone.page.locator("a[href='#/settings']").click()
    phone.page.locator("a[href='#/']").click()
    phone.page.get_by_text(re.compile("Hộ tiếp theo|Next household")).wait_for()


def _controls(playwright: Playwright, profile: Path, url: str, language: screens.Language) -> None:
    microphone = ("--use-fake-device-for-media-stream",)
    phone = Phone(playwright, CHROMIUM, profile, url, COLLECTOR, SMALL, microphone)
    phone.open()

    def here(name: str) -> None:
        phone.page.screenshot(path=ALL / f"control-{language}-{name}.png", animations="disabled")

    screens.doors(phone, lambda _name: None, language)
    screens.controls(phone, here, language)
    phone.close()


def _private(
    playwright: Playwright, running: private_service.Running, language: screens.Language
) -> None:
    with playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
        page = browser.new_page(viewport={"width": SMALL[0], "height": SMALL[1]})

        def here(name: str) -> None:
            page.screenshot(path=ALL / f"private-{language}-{name}.png", animations="disabled")

        screens_private.walk(page, running.url, running.code(), here, language)


def _officer(
    playwright: Playwright, profile: Path, url: str, size: tuple[int, int], where: str
) -> None:
    device = _device(playwright, profile, url, OFFICER, size)
    page = device.page
    page.goto(f"{url}/sign-in")
    page.locator("input[name=username]").fill(OFFICER[0])
    page.locator("input[name=password]").fill(OFFICER[1])
    page.locator("main form button").last.click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    for name, path in PAGES.items():
        reply = page.goto(url + path)
        assert reply is not None and reply.ok, path
        expect(page.locator("main h1, main h2").first).to_be_visible()
        page.screenshot(path=ALL / f"{where}-{name}.png")
    device.close()


def _device(
    playwright: Playwright, profile: Path, url: str, account: tuple[str, str], size: tuple[int, int]
) -> Phone:
    phone = Phone(playwright, CHROMIUM, profile, url, account, size)
    phone.open()
    return phone


def _small(picture: Path, to: Path) -> None:
    """A copy with 64 colours: a fifth of the bytes, and the same to the eye."""
    from PIL import Image  # matplotlib brings it

    with Image.open(picture) as image:
        image.convert("RGB").quantize(64).save(to, optimize=True)


if __name__ == "__main__":
    main()
    sys.exit(0)
