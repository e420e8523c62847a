"""The pages in Chromium: no complaint in the console, nothing wider than a phone's screen, named
controls, and the whole review without JavaScript."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import invented
import pytest
import world
from browsing import PLAN
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from collector.database import db
from tests.chromium import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("of_2026")]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
PAGES = {
    "canbo": [
        f"/plans/{PLAN}?period=2026",
        f"/plans/{PLAN}/report",
        f"/plans/{PLAN}/indicators/CARE_RATIO?period=2026",
        "/collection",
        "/collection/boundaries",
        "/review",
        "/review?state=stored",
        "/review/1",
        "/review/1/versions",
        "/sent",
        "/review/conflicts",
        "/review/conflicts/1",
        "/phones",
        "/account",
    ],
    "tram": ["/returns/tram-y-te", "/returns/tram-y-te/forms/births"],
    "quantri": ["/users", "/users/1"],
    "thon1": ["/", "/account"],
    "": ["/sign-in"],
}

# What hangs over the right edge, and what a person cannot tap or a screen reader cannot name.
WIDER = """() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const width = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll("*")]
        .filter((e) => e.getBoundingClientRect().right > width + 1)
        .map((e) => e.tagName + "." + e.className).slice(0, 5);
}"""
UNNAMED = """() => [...document.querySelectorAll(
        "a, button, input:not([type=hidden]), select, textarea")]
    .filter((e) => !e.closest("[hidden]") && e.tabIndex >= 0)
    .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length))
    .map((e) => e.outerHTML.slice(0, 120))"""
# What a thumb may miss: fields and keys lower than 48 px. Links within a text are not meant.
LOW = """() => [...document.querySelectorAll(
        "input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, .button, "
        + "button:not(.link), .menu a")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 47.5)
    .filter((e) => e.getBoundingClientRect().height > 1)
    .map((e) => e.outerHTML.slice(0, 120))"""
LOW_CONTRAST = """() => {
    const light = (c) => c <= 10 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
    const parse = (t) => (t.match(/[\\d.]+/g) || []).map(Number);
    const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
    const behind = (e) => {
        for (; e; e = e.parentElement) {
            const c = parse(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] === 1) return c;
        }
        return [255, 255, 255];
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const e = walker.currentNode.parentElement;
        if (e.closest("svg, option") || !e.offsetParent) continue;
        if (!walker.currentNode.textContent.trim()) continue;
        const style = getComputedStyle(e);
        const [a, b] = [luminance(parse(style.color)), luminance(behind(e))].sort((x, y) => y - x);
        const large = parseFloat(style.fontSize) >= 24 ||
            (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
        if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) found.push(e.outerHTML.slice(0, 100));
    }
    return found;
}"""


@pytest.fixture
def address(demonstration: Flask) -> Iterator[str]:
    """The service with something on every page, on a free port of this machine."""
    with demonstration.app_context():
        engine = db.engine
    with Session(engine) as session:
        number = invented.flagged(session)
        invented.conflict(session, number, {"visit_no": 3})
        invented.flagged(session, "AK02-002", sender="thon2")
        for n in range(3, 30):
            invented.add(session, invented.household_answers(n, f"AK01-{n:03}"))
            invented.add(session, invented.household_answers(n + 50, f"AK02-{n:03}"))
        invented.births(session, [1, 2, 3], [1, 3])
    server = make_server("127.0.0.1", 0, demonstration, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()


def sign_in(context: BrowserContext, address: str, username: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    if username:
        page.fill("#username", username)
        page.fill("#password", world.PASSWORD)
        page.click("main button")
        page.wait_for_url(lambda url: not url.endswith("/sign-in"))
    return page


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_its_screen_and_complains_of_nothing(
    chromium: Browser, address: str, screen: dict[str, int]
) -> None:
    for username, paths in PAGES.items():
        context = chromium.new_context(viewport=screen)  # type: ignore[arg-type]
        page = sign_in(context, address, username)
        complaints: list[str] = []
        page.on("console", lambda message, to=complaints: to.append(message.text))
        page.on("pageerror", lambda error, to=complaints: to.append(str(error)))
        for language in ("en", "vi"):
            page.goto(f"{address}/language/{language}?next={paths[0].split('?')[0]}")
            for path in paths:
                reply = page.goto(address + path)
                assert reply is not None and reply.status == 200, path
                assert page.evaluate(WIDER) == [], (path, language)
                assert page.evaluate(UNNAMED) == [], (path, language)
                assert screen is DESK or page.evaluate(LOW) == [], (path, language)
                assert page.evaluate(LOW_CONTRAST) == [], (path, language)
        assert complaints == []
        context.close()


def test_a_flagged_interview_is_decided_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = sign_in(context, address, "canbo")
    page.goto(f"{address}/review")
    page.get_by_role("link", name="Xem phiếu AK01-001").click()
    page.get_by_role("link", name="Đến câu hỏi").first.click()
    page.get_by_role("radio", name="Trả lại người gửi").check()
    page.get_by_role("textbox", name="Lý do").fill("Hỏi lại số giờ làm của thành viên 2.")
    page.get_by_role("button", name="Lưu, mở phiếu sau").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("AK02-002")
    expect(page.get_by_role("status")).to_contain_text("Đã trả lại người gửi")
    page.goto(f"{address}/review?state=returned")
    assert page.get_by_role("link", name="AK01-001", exact=True).is_visible()
    context.close()


SEEN = "(rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.id)"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_targets_are_folded_until_one_is_asked_for_and_all_there_on_paper(
    chromium: Browser, address: str, script: bool
) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=script)
    page = sign_in(context, address, "canbo")
    page.goto(f"{address}/plans/{PLAN}?period=2026")
    targets = page.locator("tr.target")
    assert targets.evaluate_all(SEEN) == []
    page.locator("summary", has_text="Mục tiêu 5").click()
    assert targets.evaluate_all(SEEN) == ["AK-5.1", "AK-5.2", "AK-5.3", "AK-5.4a", "AK-5.4b"]
    page.emulate_media(media="print")
    assert len(targets.evaluate_all(SEEN)) == 19
    page.emulate_media(media="screen")
    page.goto(f"{address}/plans/{PLAN}?period=2026&again=1#AK-3.2b")
    expect(page.locator("tr.target[id='AK-3.2b']")).to_be_in_viewport()
    assert "AK-3.1" in targets.evaluate_all(SEEN)
    assert "AK-5.1" not in targets.evaluate_all(SEEN)
    context.close()


def test_a_second_click_sends_nothing_twice(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=DESK)
    page = sign_in(context, address, "thon1")
    page.goto(f"{address}/account")
    goes = page.locator('form[action="/account/keys"]').evaluate(
        """(form) => {
            const send = () => form.dispatchEvent(new Event("submit", { cancelable: true }));
            return [send(), send()];
        }"""
    )
    assert goes == [True, False]
    context.close()


def test_the_keyboard_reaches_the_content_first(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=DESK)
    page = sign_in(context, address, "canbo")
    page.goto(f"{address}/collection")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    context.close()


def test_a_report_is_downloaded(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=PHONE, accept_downloads=True)
    page = sign_in(context, address, "canbo")
    page.goto(f"{address}/plans/{PLAN}/report?period=2026")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải về").click()
    assert waiting.value.suggested_filename == "bao-cao-an-khanh-2026.docx"
    context.close()
