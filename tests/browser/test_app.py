"""The app as a whole: bytes, policy, names and targets, large text, keyboard, a new version."""

from __future__ import annotations

import re

import household as h
from phone import Phone
from playwright.sync_api import expect
from stub import ROOT, Stub
from stub_app import APP, POLICY
from test_queue import until

KB = 1024
SHELL_LIMIT = 60 * KB  # brotli, everything that the first visit fetches
SCRIPT_LIMIT = 45 * KB  # brotli, page and service worker together
TARGET = 48  # px, the least side of whatever is tapped

NAMELESS = """() => [...document.querySelectorAll('button, a, input, select, textarea')]
  .filter((el) => el.checkVisibility())
  .filter((el) => !(el.getAttribute('aria-label') || el.innerText
    || [...(el.labels ?? [])].map((label) => label.innerText).join('')).trim())
  .map((el) => el.outerHTML)"""
SMALL = """(least) => [...document.querySelectorAll('button, a, input, select, textarea, summary')]
  .filter((el) => el.checkVisibility())
  .map((el) => [el, (el.closest('.option') ?? el).getBoundingClientRect()])
  .filter(([, box]) => box.width < least - 0.5 || box.height < least - 0.5)
  .map(([el, box]) => `${el.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def packed(name: str) -> int:
    """Bytes that travel for a file."""
    br = APP / f"{name}.br"
    return (br if br.exists() else APP / name).stat().st_size


def kept() -> set[str]:
    """The files that the service worker keeps, by their own list."""
    paths = re.findall(r"[`\"']/phone/([\w.-]+\.\w+|)[`\"']", (APP / "sw.js").read_text("utf-8"))
    files = {path or "index.html" for path in paths}
    assert {"index.html", "manifest.webmanifest"} <= files
    return files


def shell() -> list[str]:
    """What the first visit fetches: all but the screens that come later, and the worker itself."""
    return [*sorted(name for name in kept() if not name.startswith("later-")), "sw.js"]


def test_the_shell_is_small() -> None:
    """forms.md's goals; the figures are in the message when they are missed."""
    sizes = {name: packed(name) for name in shell()}
    assert sum(sizes.values()) <= SHELL_LIMIT, sizes
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= SCRIPT_LIMIT, sizes


def test_every_file_is_packed_and_named_in_the_shell() -> None:
    """What the page asks for is in the worker's list, or offline would fail."""
    html = (APP / "index.html").read_text("utf-8")
    asked = set(re.findall(r'(?:src|href)="/phone/([^"]+)"', html))
    assert asked <= set(shell())
    for name in asked:
        if name.endswith((".js", ".css", ".svg", ".webmanifest")):
            assert (APP / f"{name}.br").exists()
            assert (APP / f"{name}.gz").exists()


def test_later_screens_come_later_and_are_kept() -> None:
    """The page asks for none of them at once; the worker keeps all of them, packed."""
    names = {file.name for file in APP.glob("later-*.js")}
    assert names
    assert names <= kept()
    assert "later-" not in (APP / "index.html").read_text("utf-8")
    static = re.compile(r"\b(?:from|import)\s*[`\"'][./]*(later-[^`\"']+)")
    for file in APP.glob("*.js"):
        at_once = static.findall(file.read_text("utf-8"))
        assert file.name.startswith("later-") or not at_once, file.name
        assert (APP / f"{file.name}.br").exists()


def test_nothing_inline() -> None:
    """A strict policy needs scripts and styles in files of their own."""
    html = (APP / "index.html").read_text("utf-8")
    assert "'unsafe" not in POLICY
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", html)


def test_lock_file_names_no_registry() -> None:
    """Where packages come from is the machine's business."""
    lock = (ROOT / "collector" / "phone" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock


def each_screen(phone: Phone) -> list[str]:
    """Walk through screens of every kind, yielding the name of each once it is there."""
    seen = []

    def here(name: str) -> None:
        assert phone.page.evaluate(NAMELESS) == [], name
        assert phone.page.evaluate(SMALL, TARGET) == [], name
        phone.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert phone.page.evaluate(TOO_WIDE) <= 0, f"{name} at 200 %"
        phone.page.evaluate("() => { document.documentElement.style.fontSize = '' }")
        seen.append(name)

    here("sign in")
    phone.sign_in()
    here("forms")
    phone.begin(h.TITLE)
    phone.expect_question("/data/household")
    phone.next()
    here("a long list with a fault")
    phone.question("/data/household").locator("input[type=search]").fill("AK01-001")
    phone.choose("/data/household", "AK01-001")
    phone.next()
    phone.next()
    here("choices")
    phone.choose("/data/contact", "1")
    phone.next()
    here("a note and a choice")
    phone.choose("/data/consent/consent_hh", "1")
    phone.next()
    phone.next()
    here("roster")
    phone.next()
    phone.expect_question("/data/member[1]/person/rel")
    here("a member")
    h.member(phone, 1, "1", "2", 1980)
    phone.next()
    phone.next()
    phone.choose("/data/respondent[1]/available", "1")
    phone.next()
    phone.next()
    phone.choose("/data/respondent[1]/asked/c1/c1_d", "5")
    here("numbers with codes")
    phone.press("Lưu và thoát")
    expect(phone.page.get_by_role("heading", name="Đang làm dở")).to_be_visible()
    here("drafts")
    phone.press("Xoá phiếu Hộ AK01-001")
    here("a question before deleting")
    phone.press("Thôi")
    phone.page.get_by_role("link", name="Cài đặt").click()
    here("settings")
    phone.page.get_by_role("link", name="Đã gửi").click()
    here("sent")
    return seen


def test_names_targets_and_large_text(phone: Phone) -> None:
    """Every control has a name and a target of 48 px; at 200 % nothing runs off the side."""
    assert len(each_screen(phone)) == 12


def test_keyboard_alone(phone: Phone, service: Stub) -> None:
    """A nurse at an old PC fills a birth with the keys only."""
    phone.sign_in()
    phone.page.get_by_role("button", name="Ghi một ca sinh Bắt đầu").focus()
    keys = phone.page.keyboard
    keys.press("Enter")
    phone.expect_question("/data/ym")
    for path, answer in BIRTH:
        phone.expect_question(path)
        inside = "(q) => q.contains(document.activeElement)"
        phone.page.wait_for_function(
            f"(id) => ({inside})(document.getElementById(id))",
            arg=phone.question(path).get_attribute("id"),
        )
        if answer.startswith("+"):
            for _ in range(int(answer)):
                keys.press("ArrowDown")
            keys.press("Space") if answer == "+0" else None
        else:
            for number, part in enumerate(answer.split()):
                keys.press("Tab") if number else None
                keys.type(part)
        if phone.question(path).locator("select").count():  # there Enter opens the list
            keys.press("Tab")
            keys.press("Tab")
        keys.press("Enter")
    expect(phone.page.get_by_role("heading", name="Xem lại và gửi")).to_be_visible()
    keys.press("Tab")
    while "Gửi" not in phone.page.evaluate("() => document.activeElement.innerText"):
        keys.press("Tab")
    keys.press("Enter")
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert next(iter(service.stored.values()))["answers"]["ym"] == "2026-05"


BIRTH = (
    ("/data/ym", "05 2026"),  # a month picker: the month, Tab, the year
    ("/data/live", "+0"),
    ("/data/sex", "+1"),
    ("/data/plurality", "+0"),
    ("/data/mother_birth_y", "1998"),
    ("/data/mother_eth", "Kinh"),
    ("/data/parity", "+0"),
    ("/data/res_village", "Th"),
    ("/data/place", "+0"),
)


WAITS = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)"


# What is chosen, and the same beside it that is not: the colours behind them.
BEHIND = """(names) => names.map((name) => {
  const [one] = document.querySelectorAll(name);
  return getComputedStyle(one).backgroundColor;
})"""


def test_what_is_chosen_is_seen_in_the_colours_of_the_system(phone: Phone) -> None:
    """Windows' high contrast takes the app's own colours away: a mark by colour alone would go."""
    phone.sign_in()
    phone.page.get_by_role("link", name="Cài đặt").click()
    phone.page.get_by_role("button", name="English").wait_for()
    phone.page.emulate_media(forced_colors="active")
    for chosen, other in (
        ("[aria-pressed=true]", "[aria-pressed=false]"),
        (".tabs a[aria-current]", ".tabs a:not([aria-current])"),
    ):
        behind, beside = phone.page.evaluate(BEHIND, [chosen, other])
        assert behind != beside, chosen


def test_a_new_version_waits_for_the_person(phone: Phone, service: Stub) -> None:
    """A new app is offered on the first screen, never in an interview, and taken when asked."""
    phone.sign_in()
    phone.worker_ready()
    service.app_version = "2"
    phone.begin(h.TITLE)
    phone.page.reload()
    phone.unlock()
    phone.expect_question("/data/household")
    until(lambda: phone.page.evaluate(WAITS), "the new version did not come")
    offer = phone.page.get_by_text("Đã có bản mới")
    expect(offer).to_have_count(0)
    phone.press("Lưu và thoát")
    expect(offer).to_be_visible()
    with phone.page.expect_navigation():
        phone.press("Cập nhật")
    phone.unlock()
    expect(phone.page.get_by_role("heading", name="Đang làm dở")).to_be_visible()
    expect(offer).to_have_count(0)
