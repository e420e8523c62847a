"""Chromium as a cheap phone on a village's network: 360x740, a slow line, a slow processor.

All of it through the DevTools protocol, as Chrome's own tools do: each request waits 400 ms, bodies
come at 400 kbit/s for all together, scripts run six times slower. The line of the service worker
cannot be slowed that way; what it fetches after a first visit is counted apart, by its size.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from phone import Phone
from playwright.sync_api import CDPSession, Page, Playwright

from tests.chromium import CHROMIUM

DOWN = 400_000 / 8  # bytes a second
ROUND_TRIP = 400  # ms
SLOWER = 6
KB = 1024

# Notes, in ms since the navigation began, when the PIN can be typed and when it was entered, when a
# form's card is there (and taps it where `tap`), and when the first question is painted and can be
# answered.
WATCH = """({ title, tap }) => {
  const seen = (window.seen = {});
  const shown = (element) => element && element.getBoundingClientRect().height > 0;
  addEventListener("submit", () => (seen.entered ??= performance.now()), true);
  const look = () => {
    if (!seen.lock && shown(document.querySelector("form.pin input"))) {
      seen.lock = performance.now();
    }
    const cards = [...document.querySelectorAll("button")];
    const card = title && cards.find((one) => one.innerText.startsWith(title));
    if (!seen.card && shown(card)) {
      seen.card = performance.now();
      if (tap) card.click();
    }
    const inputs = document.querySelectorAll(title
      ? "form#screen .question input, form#screen .question select"
      : "input, select, textarea, [role=combobox]");
    if (!seen.asked && [...inputs].some(shown)) {
      seen.asked = performance.now();
      requestAnimationFrame(() => setTimeout(() => (seen.answerable = performance.now())));
    }
    if (!seen.answerable) requestAnimationFrame(look);
  };
  look();
}"""


@dataclass
class Slowed:
    """A page of a slow phone, and the bytes that came to it."""

    page: Page
    session: CDPSession
    received: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def watch(self, title: str, *, tap: bool = True) -> None:
        """Watch the next page for the card of the form `title` ("": any form) and its question."""
        options = f"{{ title: {title!r}, tap: {str(tap).lower()} }}"
        self.page.add_init_script(
            f"addEventListener('DOMContentLoaded', () => ({WATCH})({options}))"
        )

    def seen(self, what: str) -> float:
        """Seconds from navigation to `what` (card, answerable), once it is there."""
        found = self.page.wait_for_function(f"() => window.seen?.{what}")
        return float(found.json_value()) / 1000

    def opened(self, phone: Phone, address: str) -> float:
        """Seconds until a question can be answered, without those that a person takes for the PIN:
        to the lock, and from the PIN's last key. Opening the seal is in them."""
        self.page.goto(address, wait_until="commit")
        if not phone.enrolled:
            return self.seen("answerable")
        lock = self.seen("lock")
        phone.unlock()
        return lock + self.seen("answerable") - self.seen("entered")

    def heap(self) -> float:
        """JavaScript heap in use after a collection, in MB (10^6 bytes)."""
        for _ in range(2):
            self.session.send("HeapProfiler.collectGarbage")
        return float(self.session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    def _asked(self, event: dict[str, Any]) -> None:
        self._names[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        self.received += int(event["encodedDataLength"])
        name = self._names.get(event["requestId"], "?")
        self.sizes[name] = self.sizes.get(name, 0) + int(event["encodedDataLength"])


def slow(phone: Phone, *, offline: bool = False) -> Slowed:
    """A new page of a phone, slowed before it goes anywhere; the phone's other pages are closed."""
    assert phone.context
    page = phone.context.new_page()
    for other in phone.context.pages:
        if other is not page:
            other.close()
    page.set_default_timeout(180_000)
    session = phone.context.new_cdp_session(page)
    made = Slowed(page, session)
    session.on("Network.requestWillBeSent", made._asked)
    session.on("Network.loadingFinished", made._came)
    session.send("Network.enable")
    session.send("HeapProfiler.enable")
    conditions = {"latency": ROUND_TRIP, "downloadThroughput": DOWN, "uploadThroughput": DOWN}
    session.send("Network.emulateNetworkConditions", {"offline": offline, **conditions})
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return made


def fresh(
    playwright: Playwright, profile: Path, url: str, account: tuple[str, str], *, keep: bool = False
) -> Phone:
    """A phone that has never been to `url`; with `keep` the one that was left in `profile`."""
    if not keep:
        shutil.rmtree(profile, ignore_errors=True)
    phone = Phone(playwright, CHROMIUM, profile, url, account)
    phone.open("/health" if account[0] else "/blank.html")
    return phone
