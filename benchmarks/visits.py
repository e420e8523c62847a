"""A visit to a form: from the navigation to the first question painted, ready for an answer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from phone import Phone
from playwright.sync_api import Page, Playwright

from benchmarks.slow_phone import KB, Slowed, fresh, slow

ACCOUNT = ("thon1", "thon-demo-2026")

# What a first visit fetches, taken from a phone that is signed in; its account stays.
FORGET = """async () => {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  const name = (await indexedDB.databases())[0].name;
  const request = indexedDB.open(name);
  const db = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  const stores = db.transaction(["forms", "media", "values"], "readwrite");
  stores.objectStore("forms").clear();
  stores.objectStore("media").clear();
  for (const key of ["news", "reports", "work"]) stores.objectStore("values").delete(key);
  await new Promise((done) => (stores.oncomplete = done));
  db.close();
}"""
TAP = """(title) => new Promise((done) => {
  const cards = [...document.querySelectorAll("button")];
  const began = performance.now();
  cards.find((one) => one.innerText.startsWith(title)).click();
  const look = () => document.querySelector(".question input, .question select")
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
    : requestAnimationFrame(look);
  look();
})"""


@dataclass(frozen=True)
class Visit:
    """Seconds with an account signed in, KB (1024 bytes, heads of replies included) until then, and
    seconds of a visit that begins with the sign-in, a person's typing taken as nothing."""

    signed_in: float
    kb: float
    unknown: float = 0


def first_visit(playwright: Playwright, profile: Path, url: str, title: str) -> Visit:
    """A new profile that signs in; then the same with nothing left on it but the account."""
    phone = fresh(playwright, profile, url, ACCOUNT)
    one = slow(phone)
    one.watch(title, tap=False)
    one.page.goto(f"{url}/phone/")
    phone.sign_in()
    unknown = one.seen("card") + _tapped(one.page, title)
    phone.page.goto(f"{url}/health")
    phone.page.evaluate(FORGET)
    one = slow(phone)
    one.session.send("Network.clearBrowserCache")
    seconds = _opened(one, phone, url, title)
    phone.close()
    return Visit(seconds, one.received / KB, unknown)


def offline_visit(playwright: Playwright, profile: Path, url: str, title: str) -> float:
    """Seconds to a question of a new interview without a network, from the service worker."""
    phone = fresh(playwright, profile, url, ACCOUNT)
    phone.page.goto(f"{url}/phone/")
    phone.sign_in()
    phone.worker_ready()
    phone.network(there=False)
    one = slow(phone, offline=True)
    seconds = _opened(one, phone, url, title)
    phone.close()
    return seconds


def peer_visit(playwright: Playwright, profile: Path, url: str) -> Visit:
    """The same with ODK Web Forms: to its first input."""
    phone = fresh(playwright, profile, url, ("", ""))
    one = slow(phone)
    one.watch("")
    one.page.goto(url)
    seconds = one.seen("answerable")
    phone.close()
    return Visit(seconds, one.received / KB)


def _opened(one: Slowed, phone: Phone, url: str, title: str) -> float:
    one.watch(title)
    seconds = one.opened(phone, f"{url}/phone/")
    if os.environ.get("SIZES"):
        print(one.sizes, one.page.evaluate("() => window.seen"))
    return seconds


def _tapped(page: Page, title: str) -> float:
    """Seconds from a tap on a form's card to its first question."""
    return float(page.evaluate(TAP, title)) / 1000
