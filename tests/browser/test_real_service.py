"""The main job on the real service, started as `make run` starts it.

A collaborator fills a household without a network, a station enters a birth, the officer downloads
An Khánh's report, and both are in it.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import household as h
import pytest
from docx import Document
from phone import Phone
from playwright.sync_api import BrowserContext, Playwright, expect

from collector.demonstration import commune
from tests.chromium import CHROMIUM

ROOT = Path(__file__).parents[2]
PLAN = "/plans/an-khanh-2026-2030"
READY = "Ctrl+C"
PATIENCE = 180  # seconds for the demonstration to be filled on a slow machine


@dataclass(frozen=True)
class Running:
    """The service as `make run` leaves it."""

    url: str
    told: str  # what it printed


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`python -m collector.start` with the demonstration, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("service")
    environment = {**os.environ, "PORT": str(port), "DATA_FOLDER": str(folder), "DEMO": "1"}
    service = subprocess.Popen(
        [sys.executable, "-m", "collector.start"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = threading.Timer(PATIENCE, service.kill)
    watch.start()
    told = ""
    assert service.stdout is not None
    for line in service.stdout:
        told += line
        if READY in line:
            break
    watch.cancel()
    assert READY in told, told
    drain = threading.Thread(target=service.stdout.read, daemon=True)
    drain.start()
    yield Running(f"http://127.0.0.1:{port}", told)
    service.terminate()
    service.wait(60)


def not_visited(village: str) -> str:
    """A household of the village's sample at whose door the demonstration was not yet."""
    visited = {household.code for household in (*commune.visited(), *commune.not_met())}
    return next(
        household.code
        for household in commune.drawn()
        if household.village == village and household.code not in visited
    )


Hand = Callable[[str, str], Phone]


@pytest.fixture
def hand(playwright: Playwright, running: Running, tmp_path: Path) -> Iterator[Hand]:
    """Gives a phone to somebody by name and password."""
    given: list[Phone] = []

    def give(name: str, password: str) -> Phone:
        phone = Phone(playwright, CHROMIUM, tmp_path / name, running.url, (name, password))
        phone.open(first=in_the_demonstrations_year)
        given.append(phone)
        return phone

    yield give
    for phone in given:
        phone.close()
    assert not [complaint for phone in given for complaint in phone.complaints]


def in_the_demonstrations_year(context: BrowserContext) -> None:
    """The interviews of the demonstration are of 2026, whenever it is shown: so is this one."""
    context.clock.install(time=datetime(2026, 11, 20, 2, tzinfo=UTC))


def interview(phone: Phone, code: str) -> None:
    """A woman who lives with her daughter: one person is selected, and she answers everything."""
    phone.begin(h.TITLE)
    h.cover(phone, code)
    phone.next()
    h.member(phone, 1, "1", "2", 1980)
    h.add_member(phone)
    h.member(phone, 2, "3", "2", 2020)
    phone.next()
    phone.page.get_by_role("heading", name="Người được chọn").wait_for()
    phone.next()
    asked = "/data/respondent[1]"
    phone.expect_question(f"{asked}/available")
    phone.choose(f"{asked}/available", "1")
    phone.next()
    h.care(phone, f"{asked}/asked", child=True)
    h.awareness(phone, f"{asked}/asked")
    phone.choose(f"{asked}/asked/support/v1_know", "1", "6")
    phone.next()
    phone.next()  # the closing note
    phone.next()  # the list of selected persons
    phone.page.get_by_role("heading", name="Xem lại và gửi").wait_for()


def birth(phone: Phone) -> None:
    """One birth of this year, from the first screen to the last."""
    phone.begin("Ghi một ca sinh")
    answers: tuple[tuple[str, Callable[[str, str], None], str], ...] = (
        ("ym", phone.write, "2026-10"),
        ("live", phone.choose, "1"),
        ("sex", phone.choose, "2"),
        ("plurality", phone.choose, "1"),
        ("mother_birth_y", phone.write, "1998"),
        ("mother_eth", phone.pick, "01"),
        ("parity", phone.choose, "2"),
        ("res_village", phone.pick, "AK03"),
        ("place", phone.choose, "2"),
    )
    last = phone.page.get_by_role("heading", name="Xem lại và gửi")
    for name, answer, value in answers:
        path = f"/data/{name}"
        if not phone.question(path).is_visible():
            phone.next()
            phone.expect_question(path)
        answer(path, value)
    phone.next()
    last.wait_for()


def test_from_the_phones_to_the_report(running: Running, hand: Hand) -> None:
    before = counts(report_text(running, hand))
    collector = hand("thon1", "thon-demo-2026")
    collector.sign_in()
    collector.worker_ready()
    collector.network(there=False)
    interview(collector, not_visited("AK01"))
    collector.press("Gửi")
    expect(collector.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    with stored(collector):
        collector.network(there=True)
    station = hand("tramyte", "tramyte-demo-2026")
    station.sign_in()
    birth(station)
    with stored(station):
        station.press("Gửi")
    after = counts(report_text(running, hand))
    assert after == (before[0] + 1, before[1] + 1)


@contextmanager
def stored(phone: Phone) -> Iterator[None]:
    """Wait until the service has taken what the phone sends in the block; the list of what was sent
    has the account's earlier work too."""
    with phone.page.expect_response(
        lambda reply: reply.url.endswith("/submissions") and reply.request.method == "POST"
    ) as coming:
        yield
    assert coming.value.status == 201


def report_text(running: Running, hand: Hand) -> str:
    """The officer signs in, opens the plan and downloads the Word report; its text."""
    officer = hand("canbo", "canbo-demo-2026")
    page = officer.page
    if page.url != "about:blank":
        page.goto(f"{running.url}{PLAN}?period=2026")
    if "/sign-in" in page.url:
        page.locator("input[name=username]").fill("canbo")
        page.locator("input[name=password]").fill("canbo-demo-2026")
        page.locator("main form button[type=submit], main form button").last.click()
        page.wait_for_url(re.compile(re.escape(PLAN)))
    expect(page.get_by_text("BẢN MINH HỌA").first).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Word").first.click()
    content = Path(coming.value.path()).read_bytes()
    officer.close()
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def counts(text: str) -> tuple[int, int]:
    """Complete interviews, and births of the two years, as the report says them."""
    complete = re.search(r"đã phỏng vấn xong (\d+) hộ", text)
    births = re.search(r"phiếu ghi từng ca sinh \((\d+) phiếu\)", text)
    assert complete, text[:3000]
    assert births, text[:3000]
    return int(complete.group(1)), int(births.group(1))


def test_the_start_says_where_everything_is(running: Running) -> None:
    for said in ("/phone/", PLAN, "canbo", "tramyte", "thon1", "flask", "MINH HỌA"):
        assert said in running.told
