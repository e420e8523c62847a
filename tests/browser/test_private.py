"""The private page in Chromium: sealed to the holder of the key, and nothing is left behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import screens_private
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect
from private_service import WEATHER, Running, serve
from screens import Language
from test_axe import CUT, SMALL, WIDER

from collector.settings import ROOT
from tests.chromium import CHROMIUM, UNSEEN

pytestmark = pytest.mark.browser

SCREENS = 24
AXE = ROOT / "collector" / "phone" / "node_modules" / "axe-core" / "axe.min.js"
LEFT = """async () => ({
    local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
    databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length, state: history.state,
})"""
NOTHING = {
    "local": 0, "session": 0, "cookies": "", "databases": 0, "caches": 0, "workers": 0,
    "state": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serve(tmp_path_factory.mktemp("private")) as found:
        yield found


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser profile on disk, on a phone's screen."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=CHROMIUM,
        args=UNSEEN,
        viewport={"width": 360, "height": 740},
    )
    context.set_default_timeout(15_000)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "Failed to load resource" not in said.text
            else None
        ),
    )
    yield context
    context.close()
    assert complaints == []


def press(page: Page, name: str) -> None:
    """Press a button by its name."""
    page.get_by_role("button", name=name, exact=True).click()


def start(running: Running, profile: BrowserContext, code: str) -> Page:
    """Open a code's address, as the QR code says it, up to the first question."""
    page = profile.pages[0]
    page.goto(f"{running.url}/gd/#{code}")
    press(page, "Bắt đầu")
    expect(page.get_by_role("heading", name="Lúc này ai đang ở bên anh/chị?")).to_be_focused()
    assert page.url == f"{running.url}/gd/", "the code has left the address bar"
    return page


def answer(page: Page, *labels: str) -> None:
    """Take choices and go on."""
    before = page.locator("h1").inner_text()
    for label in labels:
        page.get_by_label(label, exact=True).check()
    press(page, "Tiếp")
    expect(page.locator("h1")).not_to_have_text(before)


def fill(page: Page) -> None:
    """Answer up to the last screen; one question is skipped."""
    answer(page, "Chỉ mình tôi")
    answer(page, "Có")
    answer(page, "Số 111", "Trạm y tế")
    press(page, "Bỏ qua câu này")
    answer(page, "Không có điện thoại riêng")
    answer(page, "Có")
    answer(page, "Có")
    answer(page, "Không")
    answer(page, "Không nơi nào")
    answer(page, "Không được giúp gì")
    answer(page, "Sợ", "Xấu hổ")
    expect(page.get_by_role("heading", name="Gửi phiếu?")).to_be_visible()


FILLED = {
    "v0_private": "1",
    "v_consent": "1",
    "send": "1",
    "part1": {"v1_know": "1 7", "v1_hard": "2"},
    "part2": {
        "v2_consent": "1", "v2_need12": "1", "v3_told": "0", "v4_sought": "0", "v5_got": "0",
        "v6_barrier": "2 3",
    },
}  # fmt: skip


def portal(route: Route) -> None:
    """What a network's sign-in says in the service's place: nothing of the answers is given up."""
    route.fulfill(status=404, content_type="text/html", body="<p>Wi-Fi</p>")


def test_sealed_sent_after_the_network_came_back_and_nothing_left(
    running: Running, profile: BrowserContext, tmp_path: Path
) -> None:
    code, before = running.code(), len(running.opened())
    page = start(running, profile, code)
    fill(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    profile.set_offline(True)
    press(page, "Khoá và gửi")
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    assert page.evaluate(LEFT) == NOTHING, "what waits is in memory only"
    profile.set_offline(False)
    profile.route("**/gd/send", portal)
    press(page, "Gửi lại")
    expect(page.get_by_role("button", name="Gửi lại")).to_be_enabled()
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    profile.unroute("**/gd/send")
    press(page, "Gửi lại")
    expect(page.get_by_text("Đã nhận phiếu")).to_be_visible()
    assert len({json.loads(body)["box"] for body in sent if body}) == 1, "the same box each time"
    assert "v1_know" not in "".join(sent)
    for shown in ("111", "113", "1900 969 680", "1800 1768", "22/11/2026"):
        expect(page.get_by_text(shown).first).to_be_visible()
    opened = running.opened()
    assert len(opened) == before + 1
    expected = {"form": "private_support", "version": "2026.1", "experience": True}
    assert {**expected, "answers": FILLED} in opened
    assert page.evaluate(LEFT) == NOTHING
    press(page, "Đóng trang")
    page.wait_for_url(f"**{WEATHER}")
    page.go_back()
    assert "/gd/" not in page.url, "Back does not lead to the page"
    profile.close()
    assert_no_trace(tmp_path / "profile")


def assert_no_trace(folder: Path) -> None:
    """No file of the profile holds an answer's code or a question; the history only an address."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for mark in ("v1_know", "v2_need12", "tổn thương", "Bỏ qua câu này"):
                held = mark.encode() in content or mark.encode("utf-16-le") in content
                assert not held, f"{path.name} holds {mark}"
    history = sqlite3.connect(folder / "Default" / "History")
    titles = {
        title for (title,) in history.execute("SELECT title FROM urls WHERE url LIKE '%/gd/%'")
    }
    history.close()
    assert titles <= {"Sức khoẻ và đời sống gia đình", ""}


def test_a_used_code_opens_nothing(running: Running, profile: BrowserContext) -> None:
    code = running.code()
    page = start(running, profile, code)
    second = profile.new_page()
    second.goto(f"{running.url}/gd/#{code}")
    press(second, "Bắt đầu")
    for one in (page, second):
        answer(one, "Chỉ mình tôi")
        answer(one, "Có")
        for _ in range(4):
            press(one, "Bỏ qua câu này")
        press(one, "Khoá và gửi")
    expect(page.get_by_text("Đã nhận phiếu")).to_be_visible()
    expect(second.get_by_text("Mã này đã dùng hoặc quá hạn")).to_be_visible()
    page.goto("about:blank")
    page.goto(f"{running.url}/gd/#{code}")
    expect(page.get_by_role("alert")).to_contain_text("Mã này không dùng được")


@pytest.mark.parametrize("way", ["button", "escape"])
def test_leaving_at_once(running: Running, profile: BrowserContext, way: str) -> None:
    """From the first screen, from a question, from the water."""
    code = running.code()
    for depth in ("code", "question", "water"):
        page = profile.pages[0]
        if depth == "code":
            page.goto(f"{running.url}/gd/")
            page.locator("#code").wait_for()
        else:
            page = start(running, profile, code)
            answer(page, "Chỉ mình tôi")
        if depth == "water":
            press(page, "Câu hỏi về nước")
        if way == "button":
            press(page, "Thoát nhanh")
        else:
            press_escape_in_haste(page)
        page.wait_for_url(f"**{WEATHER}")
        assert page.evaluate(LEFT) == NOTHING
        page.goto("about:blank")


ESCAPE = """() => dispatchEvent(
    new KeyboardEvent("keydown", { key: "Escape", cancelable: true, bubbles: true }))"""


def press_escape_in_haste(page: Page) -> None:
    """More often than needed. The browser's own Escape stops what is loading, here the way out: the
    page keeps each of them for itself."""
    assert page.evaluate(ESCAPE) is False, "the browser does what it does at Escape"
    for _ in range(2):
        page.keyboard.press("Escape")


def test_water_when_somebody_comes_and_the_way_back(
    running: Running, profile: BrowserContext
) -> None:
    page = start(running, profile, running.code())
    answer(page, "Chỉ mình tôi")
    answer(page, "Có")
    page.get_by_label("Số 113", exact=True).check()
    press(page, "Câu hỏi về nước")
    expect(page.locator("main")).to_contain_text("Nước sinh hoạt")
    expect(page.locator("body")).not_to_contain_text("113")
    for _ in range(4):
        press(page, "Tiếp")
    press(page, "Làm tiếp")
    answer(page, "Có người khác")
    expect(page.locator("main")).to_contain_text("Nước sinh hoạt")
    for _ in range(4):
        press(page, "Tiếp")
    press(page, "Làm tiếp")
    answer(page, "Chỉ mình tôi")
    expect(page.get_by_label("Số 113", exact=True)).to_be_checked()
    page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', {value: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    expect(page.locator("main")).to_contain_text("Nước sinh hoạt")


def test_not_alone_or_not_willing_sends_nothing(running: Running, profile: BrowserContext) -> None:
    code, before = running.code(), len(running.opened())
    page = start(running, profile, code)
    answer(page, "Có người khác")
    expect(page.get_by_role("heading", name="Hãy để lúc khác")).to_be_visible()
    press(page, "Trước")
    answer(page, "Chỉ mình tôi")
    answer(page, "Không")
    expect(page.get_by_text("Không có gì được gửi")).to_be_visible()
    expect(page.get_by_text("1900 969 680")).to_be_visible()
    assert len(running.opened()) == before
    start(running, profile, code)  # the code is still good


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_screen(running: Running, profile: BrowserContext, language: Language) -> None:
    """axe finds nothing on any of them, targets have 48 px, at 200 % all is there."""
    page, script = profile.pages[0], AXE.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}

    def here(name: str) -> None:
        expect(page.locator("html")).to_have_attribute("lang", language)
        found[name] = axe(page, script)

    screens_private.walk(page, running.url, running.code(), here, language)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(found) == SCREENS, list(found)


def test_the_keyboard_alone(running: Running, profile: BrowserContext) -> None:
    page = profile.pages[0]
    page.goto(f"{running.url}/gd/")
    page.locator("#code").fill(running.code())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bắt đầu").focus()
    page.keyboard.press("Enter")
    for label in ("Chỉ mình tôi", "Có"):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.press("Space")
        before = page.locator("h1").inner_text()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).not_to_have_text(before)
    page.get_by_role("button", name="Câu hỏi về nước").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Nước sinh hoạt")


def axe(page: Page, script: str) -> list[str]:
    """What axe complains of on this screen, and what is wrong with it at 200 %."""
    page.evaluate(script + "; undefined")
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    large = ["too wide"] * (page.evaluate(WIDER) > 0) + page.evaluate(CUT) + page.evaluate(SMALL)
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] + large
