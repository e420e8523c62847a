"""The walk goes on: wrong PINs, the list of households, the queue and what came back, rescue files.

As `screens`: `here` hears of each screen, in either language.
"""

from __future__ import annotations

import json
from typing import Any

import household as h
from phone import Phone
from playwright.sync_api import Route, expect
from screens import HOUSEHOLD, Here, Language, card, leave

SUBMISSIONS = "**/api/v1/submissions"
STATES = ("returned", "flagged", "accepted", "excluded")


def afterwards(phone: Phone, here: Here, language: Language) -> None:
    """From the first screen, unlocked, back to it; one interview stays refused on the phone."""
    households(phone, here)
    queue(phone, here, language)
    rescue(phone, here)


def wrong_pin(phone: Phone, here: Here) -> None:
    """At the lock: a wrong PIN, and what to do where it was forgotten."""
    page = phone.page
    page.locator("form.pin input").fill("1111")
    page.locator("form.pin button[type=submit]").click()
    page.locator("form.pin .banner.bad").wait_for()
    here("wrong-pin")
    page.locator("form.pin .wide").click()
    page.locator("main.narrow .buttons").wait_for()  # its code comes late
    here("forgotten")
    page.locator(".buttons .button").last.click()
    page.locator("form.pin input").wait_for()


def households(phone: Phone, here: Here) -> None:
    """The list of a draw, one household of it, and one that is to be added."""
    page = phone.page
    page.locator(".open-list").click()
    page.locator(".rows li").first.wait_for()
    here("households")
    page.locator(".rows li button, .rows li a").first.click()
    page.locator(".household-page").wait_for()
    here("household-page")
    page.locator(".back").click()
    page.locator(".add").click()
    page.locator("#new-code").fill("?")
    page.locator("form button[type=submit]").click()
    page.locator(".fault").wait_for()
    here("add-household")
    page.locator("a[href='#/']").click()


def queue(phone: Phone, here: Here, language: Language) -> None:
    """An interview that waits without a network, is refused, and opens at its fault; then the
    states that the service reports."""
    page = phone.page
    phone.network(there=False)
    nobody_home(phone, language)
    here("end")
    page.locator(".keys button[type=submit]").click()
    page.locator(".work .status.none").wait_for()
    here("waiting")
    assert phone.context
    phone.context.route(SUBMISSIONS, answered)
    phone.network(there=True)
    phone.hurry()
    page.locator(".work .status.bad").first.wait_for()
    expect(page.locator(".banner.info")).to_have_count(0)
    here("refused")
    page.locator(".freshness button").click()
    expect(page.locator(".work")).to_have_count(1 + len(STATES))
    expect(page.locator(".freshness button")).to_have_attribute("aria-busy", "false")
    here("reported")
    page.locator(".work .button.primary").first.click()
    phone.question("/data/visit_no").get_by_role("alert").wait_for()
    here("asked-again")
    leave(phone)


def nobody_home(phone: Phone, language: Language) -> None:
    """The shortest interview, up to its last screen."""
    card(phone, HOUSEHOLD[language]).click()
    code = h.first_household(phone)
    phone.question("/data/household").locator("input[type=search]").fill(code)
    phone.choose("/data/household", code)
    phone.next()
    phone.expect_question("/data/visit_no")
    phone.next()
    phone.choose("/data/contact", "4")
    phone.next()
    phone.page.locator(".end .banner.good").wait_for()


def answered(route: Route) -> None:
    """The service refuses what comes, and reports one interview in each state."""
    asked = route.request
    if asked.method == "POST":
        refusal = {"code": "faults", "message": "Phiếu có chỗ cần sửa.", "faults": [FAULT]}
        route.fulfill(status=422, content_type="application/json", body=json.dumps(refusal))
    else:
        found = {"submissions": [_report(state) for state in STATES]}
        route.fulfill(status=200, content_type="application/json", body=json.dumps(found))


FAULT = {
    "code": "constraint", "path": "/data/visit_no", "name": "visit_no", "value": "1",
    "label": "Đây là lần đến hộ thứ mấy?", "message": "Hộ này đã có lần đến thứ nhất.",
}  # fmt: skip


def _report(state: str) -> dict[str, Any]:
    returned = state == "returned"
    return {
        "instance_id": f"uuid:{state}", "form": "household", "version": "2026.3", "state": state,
        "received_at": "2026-11-20T08:00:00+00:00", "superseded": False, "questions": [],
        "reason": "Hỏi lại trưởng thôn" if state in ("returned", "excluded") else None,
        "faults": [FAULT] if returned else [], "answers": {"contact": "4"} if returned else None,
    }  # fmt: skip


def rescue(phone: Phone, here: Here) -> None:
    """A file that is none of ours, and one that was saved."""
    page = phone.page
    page.locator("a[href='#/settings']").click()
    part = page.locator("section:has(input[type=file])")
    part.locator("input[type=file]").set_input_files(
        {"name": "a.sothon", "mimeType": "application/octet-stream", "buffer": b"nothing of ours"}
    )
    part.locator(".banner.bad").wait_for()
    here("rescue-refused")
    with page.expect_download():
        part.locator(".button").first.click()
    part.locator(".banner.good").wait_for()
    here("rescue-saved")
    page.locator("a[href='#/']").click()
