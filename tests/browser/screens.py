"""A walk through the screens of the phone app, in either language: axe and pictures come along.

To add a screen: go to it and call `here` with its name.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Literal
from urllib.parse import unquote

import household as h
from phone import PIN, Phone
from playwright.sync_api import Locator, expect

Language = Literal["vi", "en"]
Here = Callable[[str], None]
HOUSEHOLD = {"vi": h.TITLE, "en": "Household survey"}
OTHER = {"vi": "English", "en": "Tiếng Việt"}
OWN = {"vi": "Tiếng Việt", "en": "English"}


def walk(phone: Phone, here: Here, language: Language) -> None:
    """Every kind of screen, from a new phone to the list of what was sent; `here` hears of each.

    The phone is not signed in; it ends locked, with one draft.
    """
    doors(phone, here, language)
    here("home")
    interview(phone, here, language)
    frame(phone, here)
    lock(phone, here, language)


def doors(phone: Phone, here: Here, language: Language) -> None:
    """What is before the app: a code from an officer, sign-in, the choice of a PIN."""
    page = phone.page
    page.evaluate("() => { location.hash = '#/enrol/' }")
    page.locator("main").wait_for()
    speak(phone, language)
    here("enrol")
    page.goto(f"{phone.url}/phone/")
    speak(phone, language)
    here("sign-in")
    name, password = page.locator("input:not([type=checkbox])").all()[:2]
    name.fill(phone.account[0])
    password.fill(phone.account[1])
    page.locator("form button[type=submit]").click()
    page.locator("form.pin input").wait_for()
    here("pin")
    for _ in range(2):
        entry = page.locator("form.pin input")
        expect(entry).to_have_value("")
        entry.fill(PIN)
        page.locator("form.pin button[type=submit]").click()
    phone.enrolled = True
    page.locator("nav.tabs").wait_for()
    card(phone, HOUSEHOLD[language]).wait_for()
    page.locator(".open-list").wait_for()  # the households come after the forms
    phone.settled()


def speak(phone: Phone, language: Language) -> None:
    """Choose the language of the app by its own buttons."""
    phone.page.get_by_role("button", name=OWN[language], exact=True).click()
    phone.page.wait_for_function(f"() => document.documentElement.lang === '{language}'")


def card(phone: Phone, title: str) -> Locator:
    """The card of a form that can be begun."""
    return phone.page.locator(".cards button.open").filter(has_text=title).last


def interview(phone: Phone, here: Here, language: Language) -> None:
    """The household form: a fault, choices, a roster with its members, the last screen with faults;
    it stays as a draft."""
    page = phone.page
    card(phone, HOUSEHOLD[language]).click()
    code = h.first_household(phone)
    phone.next()
    phone.question("/data/household").get_by_role("alert").wait_for()
    here("household-fault")
    phone.question("/data/household").locator("input[type=search]").fill(code)
    phone.choose("/data/household", code)
    phone.next()
    phone.next()
    phone.choose("/data/contact", "1")
    here("contact")
    phone.next()
    phone.choose("/data/consent/consent_hh", "1")
    here("consent")
    phone.next()
    phone.expect_question("/data/roster_note")
    here("note")
    phone.next()
    phone.next()
    members(phone, here)
    later = page.locator(".keys button").nth(1)
    respondent(phone, here)
    while page.locator(".keys .primary").get_attribute("type") == "submit" and (
        page.locator("progress").get_attribute("value") != "100"
    ):
        phone.next()
        if page.locator(".keys.three").count():
            later.click()
    here("end-with-faults")
    page.locator("header button.icon-button").first.click()
    card(phone, HOUSEHOLD[language]).wait_for()
    here("drafts")


def members(phone: Phone, here: Here) -> None:
    """Two members, screen by screen."""
    base = "/data/member[1]"
    phone.expect_question(f"{base}/person/rel")
    here("member")
    h.person(phone, base, "1", "2", 1980)
    phone.expect_question(f"{base}/schooling/edu")
    here("schooling")
    h.schooling(phone, f"{base}/schooling", 46)
    phone.expect_question(f"{base}/work/work7")
    here("work")
    h.work(phone, f"{base}/work", works=True)
    phone.page.locator("button.add").click()
    h.member(phone, 2, "3", "1", h.born(6))
    here("roster")
    phone.page.locator("li.member .icon-button").last.click()
    phone.page.get_by_role("dialog").wait_for()
    here("dialog")
    phone.page.keyboard.press("Escape")
    phone.next()


def respondent(phone: Phone, here: Here) -> None:
    """The list of those drawn, and the questions on care with their codes."""
    phone.page.locator(".roster").wait_for()
    here("respondents")
    phone.next()
    asked = "/data/respondent[1]"
    phone.choose(f"{asked}/available", "1")
    phone.next()
    phone.next()
    phone.choose(f"{asked}/asked/c1/c1_d", "5")
    here("care")


def frame(phone: Phone, here: Here) -> None:
    """What stands around interviews."""
    page = phone.page
    page.locator("a[href='#/settings']").click()
    page.locator("button.danger").wait_for()
    here("settings")
    page.locator("button.danger").first.click()
    page.get_by_role("dialog").wait_for()
    here("sign-out")
    page.keyboard.press("Escape")
    page.locator("a[href='#/sent']").click()
    page.locator(".freshness").wait_for()
    here("sent")
    page.goto(f"{phone.url}/phone/#/correct/none")
    page.locator(".banner.warn .button").wait_for()
    here("correct")


def lock(phone: Phone, here: Here, language: Language) -> None:
    """The app opened again: the lock."""
    phone.page.goto(f"{phone.url}/health")
    phone.page.goto(f"{phone.url}/phone/")
    phone.page.locator("form.pin input").wait_for()
    expect(phone.page.locator("html")).to_have_attribute("lang", language)
    here("lock")


PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def unlock(phone: Phone) -> None:
    """Open the lock, in either language."""
    phone.page.locator("form.pin input").fill(PIN)
    phone.page.locator("form.pin button[type=submit]").click()
    phone.page.locator("nav.tabs").wait_for()


def controls(phone: Phone, here: Here, language: Language) -> None:
    """Every control of the runner, on the small forms of tests/browser/forms; the phone has them,
    and Chromium's own microphone."""
    ways_to_choose(phone, here, language)
    files(phone, here, language)
    others(phone, here, language)


def ways_to_choose(phone: Phone, here: Here, language: Language) -> None:
    """Lists of every appearance, ranges, a confirmation."""
    card(phone, {"vi": "Thử cách chọn", "en": "Ways to choose"}[language]).click()
    at_question(phone)
    for name in ("short", "long", "drop", "scale", "wide", "typed", "several", "minutes", "read"):
        while not phone.question(f"/data/{name}").is_visible():
            step(phone)
        if name in ("short", "scale"):
            phone.question(f"/data/{name}").locator("label").first.click()
        here(f"choose-{name}")
    leave(phone)


def files(phone: Phone, here: Here, language: Language) -> None:
    """A photo and a recording: before, refused, while it runs, and what was made."""
    title = {"vi": "Thử ảnh và ghi âm", "en": "Photos and recordings"}[language]
    card(phone, title).click()
    phone.write("/data/place", "A")
    phone.next()
    photo = phone.question("/data/photo")
    photo.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    photo.locator("img.taken").wait_for()
    here("photo")
    phone.next()
    said = phone.question("/data/said")
    said.locator("button").first.click()
    said.get_by_role("alert").wait_for()
    here("recording-refused")
    assert phone.context
    phone.context.grant_permissions(["microphone"], origin=phone.url)
    said.locator("button").first.click()
    said.locator("button.primary").wait_for()
    here("recording-runs")
    said.locator("button.primary").click()
    said.locator("audio").wait_for()
    here("recording")
    leave(phone)


def others(phone: Phone, here: Here, language: Language) -> None:
    """A table with a fault; dates and times; Markdown, hint and guidance."""
    card(phone, {"vi": "Thử bảng", "en": "A table"}[language]).click()
    phone.write("/data/births/girls_1", "100")
    phone.next()
    phone.page.locator(".grid .fault").wait_for()
    here("table")
    leave(phone)
    card(phone, {"vi": "Thử cách hiện câu hỏi", "en": "Ways to show a question"}[language]).click()
    phone.next()
    phone.question("/data/place").locator("summary").click()
    here("guidance")
    leave(phone)
    card(phone, "Dates").click()
    phone.write("/data/birth", "1999-12-31")
    here("date")
    leave(phone)


def step(phone: Phone) -> None:
    """On to the next screen."""
    before = phone.page.url
    phone.next()
    phone.page.wait_for_url(lambda address: address != before)
    at_question(phone)


def at_question(phone: Phone) -> None:
    """Wait until the screen that the address names is drawn."""
    phone.page.wait_for_url(re.compile(r"#/fill/[^/]+/."))
    phone.expect_question(unquote(phone.page.url.rpartition("/")[2]))


def leave(phone: Phone) -> None:
    """Keep the interview and go back to the first screen."""
    phone.page.locator("header button.icon-button").first.click()
    phone.page.locator("nav.tabs").wait_for()
