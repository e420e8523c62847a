"""Days in the field against the real service: what the phone held is in its database, once.

Everything goes through the service as it is installed (gunicorn, SQLite); the last check reads its
database. Troubles that a stand-in can make as well are in test_troubles and test_queue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import household as h
import pytest
import real
from phone import Phone
from playwright.sync_api import Playwright, Route, expect
from test_queue import until

from tests.chromium import CHROMIUM

ACCOUNT = ("thon1", "thon-demo-2026")
SUBMISSIONS = "**/api/v1/submissions"
# rel, sex, age: a couple, their mother, a grown son, two children
SIX = (("1", "1", 51), ("2", "2", 48), ("4", "2", 78), ("3", "1", 24), ("3", "2", 14),
       ("3", "1", 4))  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.Real]:
    """The real service, with the demonstration's accounts and households."""
    with real.serve(tmp_path_factory.mktemp("field")) as running:
        yield running


@pytest.fixture
def phone(playwright: Playwright, service: real.Real, tmp_path: Path) -> Iterator[Phone]:
    """A new phone of the collector of the first village, signed in."""
    device = Phone(playwright, CHROMIUM, tmp_path / "profile", service.url, ACCOUNT)
    device.open()
    device.sign_in()
    device.worker_ready()
    yield device
    device.close()
    assert not device.complaints, "\n".join(device.complaints)


class Stored:
    """What came into the service's database since a moment."""

    def __init__(self, service: real.Real) -> None:
        self.service, self.before = service, len(service.stored())

    def new(self) -> list[str]:
        """Instance ids, in the order of their arrival; none stands there twice."""
        ids = self.service.stored()
        assert len(set(ids)) == len(ids)
        return ids[self.before :]

    def wait(self, count: int) -> None:
        """Wait for `count` new ones."""
        until(lambda: len(self.new()) >= count, f"{self.new()} instead of {count}")
        assert len(self.new()) == count


@pytest.fixture
def stored(service: real.Real) -> Stored:
    """What a test adds to the database."""
    return Stored(service)


def reopen(phone: Phone) -> None:
    """Kill the browser at this screen; open the app again, and the draft from the first screen."""
    phone.saved()
    place = place_of(phone)
    answers = answers_on(phone)
    phone.kill()
    phone.open()
    phone.page.locator(".card.member .open").first.click()
    phone.page.locator("form#screen").wait_for()
    until(lambda: (place_of(phone), answers_on(phone)) == (place, answers), f"{answers} at {place}")


def place_of(phone: Phone) -> str:
    """The place in the interview, from the address."""
    return phone.page.url.rpartition("/")[2]


def answers_on(phone: Phone) -> list[str]:
    """Every answer on the screen, as the person sees it."""
    found: list[str] = phone.page.evaluate(
        "() => [...document.querySelectorAll('#screen :is(input:not([type=search]), select)')]"
        ".filter((one) => !['radio', 'checkbox'].includes(one.type) || one.checked)"
        ".map((one) => `${one.id} ${one.value}`)"
    )
    return found


def codes(phone: Phone, count: int) -> list[str]:
    """The first households on the list of a form that is open."""
    phone.expect_question("/data/household")
    radios = phone.question("/data/household").locator("input[type=radio]")
    return [radios.nth(number).get_attribute("value") or "" for number in range(count)]


def nobody_home(phone: Phone, number: int) -> None:
    """The shortest interview, up to the last screen, of the household `number` of the list."""
    phone.begin(h.TITLE)
    h.choose_household(phone, codes(phone, number + 1)[number])
    phone.choose("/data/contact", "4")
    phone.next()
    phone.page.get_by_role("heading", name="Xem lại và gửi").wait_for()


def test_a_household_of_six_killed_at_every_screen(phone: Phone, stored: Stored) -> None:
    """From the second minute without a network; the browser ends at each kind of screen of the
    interview in turn and resumes there with every answer; it arrives once, whole."""
    phone.begin(h.TITLE)
    code = codes(phone, 10)[9]
    phone.network(there=False)
    phone.question("/data/household").locator("input[type=search]").fill(code)
    phone.choose("/data/household", code)
    after_each_kill = screens_of_six(phone)
    for _ in after_each_kill:
        reopen(phone)
        phone.network(there=False)
    phone.press("Gửi")
    expect(phone.page.get_by_text("Sẽ tự gửi khi có mạng.")).to_be_visible()
    phone.kill()
    assert not stored.new()
    phone.open()
    stored.wait(1)
    phone.page.get_by_role("link", name="Đã gửi").click()
    expect(phone.page.locator(".work .status")).to_have_text("Đã gửi")


def screens_of_six(phone: Phone) -> Iterator[None]:
    """Fill a household of six; yields at one screen of each kind, answered, before going on."""
    yield
    phone.next()
    phone.expect_question("/data/visit_no")
    yield
    phone.next()
    phone.choose("/data/contact", "1")
    yield
    phone.next()
    phone.choose("/data/consent/consent_hh", "1")
    phone.next()
    phone.expect_question("/data/roster_note")
    yield
    phone.next()
    phone.page.get_by_role("heading", name="Thành viên của hộ").wait_for()
    phone.next()
    yield from roster_of_six(phone)
    phone.next()
    phone.page.get_by_role("heading", name="Người được chọn").wait_for()
    yield
    phone.next()
    yield from one_answers(phone, "/data/respondent[1]")
    phone.next()
    phone.expect_question("/data/respondent[2]/available")
    phone.choose("/data/respondent[2]/available", "2")
    yield
    phone.next()
    phone.next()
    phone.page.get_by_role("heading", name="Xem lại và gửi").wait_for()
    yield


def one_answers(phone: Phone, person: str) -> Iterator[None]:
    """Who was drawn answers all of the modules: killed at one screen of each kind."""
    phone.expect_question(f"{person}/available")
    phone.choose(f"{person}/available", "1")
    yield
    phone.next()
    asked = f"{person}/asked"
    for screen in chain(
        h.care_screens(phone, asked, child=True), h.awareness_screens(phone, asked)
    ):
        if screen in ("c1", "anchors", "c_fair", "a1_ch", "knowledge"):
            yield
    phone.choose(f"{asked}/support/v1_know", "1", "6")
    yield
    phone.next()
    phone.next()  # the closing note


def roster_of_six(phone: Phone) -> Iterator[None]:
    """The roster: killed in the first member's three screens and at the list."""
    for number, (rel, sex, age) in enumerate(SIX, start=1):
        if number > 1:
            h.add_member(phone)
        h.member(phone, number, rel, sex, h.born(age))
        if number in (1, 6):
            yield
    expect(phone.page.locator(".member")).to_have_count(len(SIX))


def test_three_drafts_at_once(phone: Phone, stored: Stored) -> None:
    """Three interviews side by side, the browser killed, each finished: three arrive."""
    for number in range(3):
        nobody_home(phone, number)
        phone.press("Lưu và thoát")
        expect(phone.page.locator(".card.member")).to_have_count(number + 1)
    phone.kill()
    phone.open()
    for left in (3, 2, 1):
        drafts = phone.page.locator(".card.member .open")
        expect(drafts).to_have_count(left)
        drafts.first.click()
        phone.press("Gửi")
        phone.page.get_by_role("link", name="Điền phiếu").click()
    stored.wait(3)


def test_the_network_is_cut_around_the_send(phone: Phone, stored: Stored) -> None:
    """Before the send, in it (the service has it, the reply is lost), after it: it arrives once."""
    nobody_home(phone, 3)
    phone.network(there=False)  # before
    phone.press("Gửi")
    expect(phone.page.get_by_text("Sẽ tự gửi khi có mạng.")).to_be_visible()
    assert not stored.new()
    lose_the_reply(phone)
    assert phone.context
    with phone.context.expect_event(
        "requestfailed", lambda one: one.url.endswith("/api/v1/submissions")
    ):
        phone.network(there=True)
    stored.wait(1)  # during: it reached the service
    phone.page.get_by_text("1 phiếu chờ gửi").wait_for()
    phone.kill()
    phone.open("/phone/#/sent")
    phone.hurry()
    nothing_waits(phone)
    phone.network(there=False)  # after
    phone.kill()
    phone.open("/phone/#/sent")
    nothing_waits(phone)
    stored.wait(1)


def nothing_waits(phone: Phone) -> None:
    """Wait until everything on the list is sent. The account's earlier ones stand there as well."""
    expect(phone.page.locator(".work").first).to_be_visible()
    expect(phone.page.get_by_text("chờ gửi")).to_have_count(0)


def lose_the_reply(phone: Phone) -> None:
    """The service gets what is posted and answers; the phone's network is gone by then."""

    def handle(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.fallback()

    assert phone.context
    phone.context.route(SUBMISSIONS, handle)


def test_two_windows_send_a_whole_queue_once(phone: Phone, stored: Stored) -> None:
    """Two interviews wait; two windows see the network at the same moment: two arrive."""
    phone.network(there=False)
    for number in (4, 5):
        nobody_home(phone, number)
        phone.press("Gửi")
        phone.page.get_by_role("link", name="Điền phiếu").click()
    assert phone.context
    second = phone.context.new_page()
    second.goto(f"{phone.url}/phone/#/sent", wait_until="commit")
    expect(second.get_by_text("2 phiếu chờ gửi")).to_be_visible()
    phone.network(there=True)
    stored.wait(2)
    for page in (phone.page, second):
        expect(page.get_by_text("chờ gửi")).to_have_count(0)
    second.close()


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (500, "application/json", '{"code": "internal", "message": "Máy chủ gặp lỗi."}'),
        (503, "text/html", "<h1>503 Service Unavailable</h1>"),
        (200, "text/html", "<!doctype html><title>Wi-Fi</title><form>Đăng nhập</form>"),
    ],
)
def test_answers_that_stand_between(
    phone: Phone, stored: Stored, status: int, kind: str, body: str
) -> None:
    """The service's own failure, a proxy's page and a portal's page in the place of its reply: the
    interview waits, outlives the browser, and arrives once."""
    nobody_home(phone, 6)
    assert phone.context
    phone.context.route(
        "**/api/v1/**", lambda route: route.fulfill(status=status, content_type=kind, body=body)
    )
    phone.press("Gửi")
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    assert not stored.new()
    phone.kill()
    phone.open()
    phone.hurry()
    stored.wait(1)
    expect(phone.page.get_by_text(re.compile("chờ gửi"))).to_have_count(0)
