"""Every screen of the private page, in either language. As `screens`: `here` hears of each."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from screens import Here, Language

SEND = "**/gd/send"


def walk(page: Page, url: str, code: str, here: Here, language: Language) -> None:
    """From the address without a code, over a wrong one, to the end of a form that is sent."""
    page.goto(f"{url}/gd/")
    page.locator("#code").wait_for()
    if language == "en":
        page.locator("footer button").click()
    here("code")
    page.locator("#code").fill("A" * 20)
    on(page, stays=True)
    page.locator(".trouble").wait_for()
    here("code-refused")
    page.locator("#code").fill(code)
    on(page)
    here("before")
    on(page)
    alone(page, here)
    here("consent")
    choose(page, 0)
    on(page)
    water(page, here)
    number = 1
    while page.locator("main form").count():
        here(f"question-{number}")
        number += 1
        choose(page, 0)
        on(page)
    here("send")
    page.route(SEND, lambda route: route.abort())
    on(page, stays=True)
    page.locator(".trouble").wait_for()
    here("not-sent")
    page.unroute(SEND)
    on(page)
    page.locator(".lines").wait_for()
    here("end")


def on(page: Page, *, stays: bool = False) -> None:
    """The key that goes on, the last of its row."""
    before = page.locator("h1").inner_text()
    page.locator("main .keys button").last.click()
    if not stays:
        expect(page.locator("h1")).not_to_have_text(before)


def back(page: Page) -> None:
    """The key that goes back."""
    before = page.locator("h1").inner_text()
    page.locator("main .keys button").first.click()
    expect(page.locator("h1")).not_to_have_text(before)


def choose(page: Page, at: int) -> None:
    """Take a choice by its place."""
    page.locator(".option input").nth(at).check()


def alone(page: Page, here: Here) -> None:
    """Who is there: with somebody the form waits for another time; then alone."""
    here("around")
    choose(page, page.locator(".option input").count() - 1)
    on(page)
    here("not-alone")
    back(page)
    choose(page, 0)
    on(page)


def water(page: Page, here: Here) -> None:
    """Somebody comes: harmless questions, their end, and the door back."""
    page.locator("header .quiet").click()
    page.locator("header .quiet").wait_for(state="detached")
    number = 1
    while page.locator("main form").count():
        here(f"water-{number}")
        number += 1
        on(page)
    here("water-end")
    on(page)
    here("door")
    choose(page, 0)
    on(page)
