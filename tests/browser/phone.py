"""A phone in a person's hand: opens the app, answers questions, presses keys, loses its network."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Playwright
from stub_app import APP

from tests.chromium import FLAGS

SMALL = (360, 740)
KEPT = """async (names) =>
  (await Promise.all(names.map((name) => caches.match(name)))).every(Boolean)"""
NEWS = """async () => {
  const db = await new Promise((done) => {
    indexedDB.open("so-thon").onsuccess = ({ target }) => done(target.result);
  });
  const asked = db.transaction("values").objectStore("values").get("news");
  const news = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  db.close();
  return news > 0;
}"""
# Two taps in quick succession, with time to draw between them.
TWICE = """async (key) => {
  key.click();
  await new Promise((done) => setTimeout(done));
  key.click();
}"""
PIN = "2468"
PATIENCE = 15_000  # ms; the machine may be busy
# What Chromium itself says when a request fails on purpose; everything else fails the test.
EXPECTED = re.compile(
    r"Failed to load resource|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)"
)


class Phone:
    """One browser profile on one screen; `close`, then `open`, is a phone switched off and on."""

    always: ClassVar[Sequence[str]] = FLAGS  # Chromium's flags; tests/browser/conftest.py has more

    def __init__(
        self,
        playwright: Playwright,
        browser: str,
        profile: Path,
        url: str,
        account: tuple[str, str],
        size: tuple[int, int] = SMALL,
        flags: tuple[str, ...] = (),
        shared: Browser | None = None,
    ) -> None:
        self.playwright, self.browser, self.profile = playwright, browser, profile
        self.url, self.account, self.size, self.flags = url, account, size, flags
        self.shared = shared  # a running browser: nothing outlives `close` there
        self.complaints: list[str] = []
        self.opened = False
        self.enrolled = False  # whether a PIN was chosen on it
        self.context: BrowserContext | None = None

    def open(
        self,
        path: str = "/phone/",
        *,
        unlock: bool = True,
        first: Callable[[BrowserContext], None] | None = None,
    ) -> Page:
        """Start the browser, do with it what comes `first`, and open the app, with the PIN where
        one was chosen."""
        self.context = self._browser()
        self.context.set_default_timeout(PATIENCE)
        if first:
            first(self.context)
        page = self.page
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.goto(self.url + path)
        if unlock and self.enrolled:
            self.unlock()
        return page

    def _browser(self) -> BrowserContext:
        how: dict[str, Any] = {
            "viewport": {"width": self.size[0], "height": self.size[1]},
            "has_touch": self.size == SMALL,
            "locale": "vi-VN",
            "timezone_id": "Asia/Ho_Chi_Minh",
        }
        if self.shared:
            assert not self.opened, "mark the test: switched_off"
            self.opened = True
            return self.shared.new_context(**how)
        args = [*self.always, *self.flags]
        return self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=self.browser, args=args, **how
        )

    def close(self) -> None:
        """Close the browser; the profile stays."""
        if self.context:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """End the browser's own process as Android does: at once, with no chance to tidy up."""
        assert self.context and not self.shared, "mark the test: switched_off"
        pid = self._process()
        with self.context.expect_event("close"):
            os.kill(pid, signal.SIGKILL)
        self.context = None

    def _process(self) -> int:
        """The process that this phone's browser began with: by its profile, without a --type."""
        mark = f"--user-data-dir={self.profile}".encode()
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = file.read_bytes().split(b"\0")
            except OSError:
                continue
            if mark in words and not any(word.startswith(b"--type=") for word in words):
                return int(file.parent.name)
        raise AssertionError(f"no browser runs on {self.profile}")

    @property
    def page(self) -> Page:
        """The page on the screen."""
        assert self.context
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.complaints.append(f"{message.type}: {message.text}")

    def network(self, there: bool) -> None:
        """Give the network, or take it."""
        assert self.context
        self.context.set_offline(not there)

    def hurry(self) -> None:
        """What the browser says when the network is back: the app tries at once."""
        self.page.evaluate("() => void dispatchEvent(new Event('online'))")

    def saved(self) -> None:
        """Wait until the answer just given is on the phone's disk."""
        self.page.locator("form#screen[data-saved=true]").wait_for()

    def until(self, script: str, arg: Any = None, patience: int = PATIENCE) -> None:
        """Wait until a script in the page says yes, or its promise does: `wait_for_function` takes
        any promise for a yes."""
        end = time.monotonic() + patience / 1000
        while not self.page.evaluate(script, arg):
            assert time.monotonic() < end, f"not within {patience} ms: {script}"
            self.page.wait_for_timeout(20)

    def settled(self) -> None:
        """Wait until everything that the service had for the person at sign-in is kept: the forms
        with their lists, the states of what was sent, the work."""
        self.until(NEWS, patience=4 * PATIENCE)  # a benchmark's network is slow

    # -- what a person does -----------------------------------------------------------------------

    def sign_in(self) -> None:
        """Sign in with the password, choose a PIN and wait for the forms."""
        self.page.get_by_label("Tên đăng nhập").fill(self.account[0])
        self.page.get_by_label("Mật khẩu", exact=True).fill(self.account[1])
        self.press("Đăng nhập")
        self.choose_pin()
        self.at_home()

    def choose_pin(self, pin: str = PIN) -> None:
        """Choose a PIN, twice."""
        self.page.get_by_label("Mã PIN mới").fill(pin)
        self.press("Tiếp")
        self.page.get_by_label("Nhập lại mã PIN").fill(pin)
        self.press("Xong")
        self.enrolled = True

    def enrol(self, code: str) -> None:
        """Take the phone into use with a code, as it stands on the screen or as typed."""
        self.page.get_by_label("Mã", exact=True).fill(code)
        self.press("Tiếp tục")
        self.choose_pin()
        self.at_home()

    def unlock(self, pin: str = PIN) -> None:
        """Open the app with the PIN."""
        self.page.get_by_label("Mã PIN", exact=True).fill(pin)
        self.press("Mở khoá")
        self.page.get_by_label("Mã PIN", exact=True).wait_for(state="detached")

    def at_home(self) -> None:
        """Wait until the forms are there."""
        self.page.get_by_role("heading", name="Phiếu mới").wait_for()
        self.settled()

    def worker_ready(self) -> None:
        """Wait until the service worker has the whole app, later screens among it."""
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        names = [f"/phone/{file.name}" for file in APP.glob("later-*.js")]
        self.until(KEPT, names)

    def press(self, name: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def begin(self, title: str) -> None:
        """Begin a form from the first screen."""
        self.page.get_by_role("button", name=f"{title} Bắt đầu", exact=True).click()
        self.page.locator("form#screen .keys").wait_for()

    def question(self, path: str) -> Locator:
        """The question at a path, such as /data/member[1]/person/sex."""
        return self.page.locator("#q" + re.sub(r"[^\w-]", "_", path) + "-q")

    def choose(self, path: str, *codes: str) -> None:
        """Take one choice or several."""
        for code in codes:
            self.question(path).locator(f"input[value='{code}']").click()

    def pick(self, path: str, code: str) -> None:
        """Take a choice of a drop-down."""
        self.question(path).locator("select").select_option(code)

    def write(self, path: str, text: str) -> None:
        """Type into a question."""
        self.question(path).locator("input, textarea").first.fill(text)

    def next(self) -> None:
        """Go on."""
        self.page.locator(".keys button[type=submit]").click()

    def back(self) -> None:
        """Go back by the app's own key."""
        self.press("Trước")

    def expect_question(self, path: str) -> None:
        """Wait until a question is on the screen."""
        self.question(path).wait_for()
