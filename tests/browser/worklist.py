"""What a person does with "My work", and the work that a test gives them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import household as h
from phone import Phone
from playwright.sync_api import Locator, expect
from stub import ROOT, Stub

from forms.library import Library

VIETNAM = timedelta(hours=7)
FORMS = ("household", "visit", "births_month", "culture_quarter", "police_year")


def today() -> datetime:
    """Now, as Việt Nam's clock has it."""
    return datetime.now(UTC) + VIETNAM


def day(ago: int = 0) -> str:
    return (today() - timedelta(days=ago)).date().isoformat()


def monday() -> str:
    return day(today().weekday())


def household(number: int, state: str = "to-visit", visits: int = 0, **more: Any) -> dict[str, Any]:
    last = day(3) if visits else None
    found = {"village": "AK01", "code": f"AK01-{number:03}", "order": number, "role": "sample"}
    return {**found, "state": state, "visits": visits, "last": last, **more}


def month(
    form: str, period: str, due: str, *, late: bool = False, sent: bool = False
) -> dict[str, Any]:
    title = {"vi": f"Báo cáo {form}", "en": f"Return {form}"}
    return {"form": form, "period": period, "title": title, "due": due, "late": late, "sent": sent}


def assign(stub: Stub, households: list[dict[str, Any]], *months: dict[str, Any]) -> None:
    """Give the person work, and the forms that it takes."""
    published = Library(ROOT / "forms" / "published").forms()
    stub.forms = [form for form in published if form.id in FORMS]
    stub.work = {
        "draw": {"id": 3, "title": "Khảo sát 2026", "period": "2026", "census": False}
        if households
        else None,
        "households": households,
        "months": list(months),
        "week": {"from": monday(), "done": 2, "visits": 3},
    }


def next_code(phone: Phone) -> Locator:
    """The large code of the household to go to."""
    return phone.page.locator(".next-household .code")


def home(phone: Phone) -> None:
    phone.page.get_by_role("link", name="Điền phiếu").click()
    expect(phone.page.get_by_role("heading", name="Phiếu mới")).to_be_visible()


def open_list(phone: Phone) -> None:
    phone.page.get_by_role("button", name="Danh sách hộ").click()
    expect(phone.page.get_by_role("heading", name="Danh sách hộ")).to_be_visible()


def row(phone: Phone, code: str) -> Locator:
    return phone.page.locator(".rows button", has_text=code)


def nobody_home(phone: Phone) -> None:
    """The household form, begun from the list, ends at once."""
    phone.expect_question("/data/contact")
    phone.choose("/data/contact", "4")
    phone.next()
    phone.press("Gửi")


def not_asked(phone: Phone, result: str) -> None:
    """A visit at which nobody could be asked, with its result, sent."""
    phone.press("Chưa hỏi được")
    phone.expect_question("/data/result")
    phone.choose("/data/result", result)
    phone.next()
    phone.press("Gửi")


def complete(phone: Phone) -> None:
    """The shortest complete interview: one person, who does not usually live there."""
    phone.expect_question("/data/contact")
    phone.choose("/data/contact", "1")
    phone.next()
    phone.choose("/data/consent/consent_hh", "1")
    phone.next()
    phone.next()  # the note on the roster
    phone.next()
    base = "/data/member[1]"
    phone.expect_question(f"{base}/person/rel")
    phone.choose(f"{base}/person/rel", "1")
    phone.choose(f"{base}/person/sex", "1")
    phone.write(f"{base}/person/birth_y", "1950")
    phone.pick(f"{base}/person/eth", "01")
    phone.choose(f"{base}/person/usual", "0")
    phone.next()
    h.schooling(phone, f"{base}/schooling", 76)
    h.work(phone, f"{base}/work", works=False)
    phone.next()
    phone.press("Gửi")


def sent_answers(stub: Stub, form: str) -> list[dict[str, Any]]:
    return [one["answers"] for one in stub.stored.values() if one["form"] == form]
