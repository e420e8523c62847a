"""The lock of the app: what tests of it do and look for."""

from __future__ import annotations

import re

import household as h
from phone import Phone
from playwright.sync_api import Page, expect

NAME = re.compile("AK01-001")
PIN_LABEL = "Mã PIN"

# Everything in the person's stores, bytes as text in the ways in which text may lie in them.
DUMP = """async () => {
  const db = await new Promise((done, fail) => {
    const asked = indexedDB.open("so-thon");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const text = (bytes) =>
    ["utf-8", "utf-16le", "latin1"].map((as) => new TextDecoder(as).decode(bytes)).join();
  const shown = (key, value) => value instanceof ArrayBuffer ? text(value)
    : ArrayBuffer.isView(value) ? text(value) : value;
  let all = JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
  for (const name of ["drafts", "queue", "bodies", "files", "values"]) {
    const rows = await new Promise((done) => {
      const asked = db.transaction(name).objectStore(name).getAll();
      asked.onsuccess = () => done(asked.result);
    });
    all += JSON.stringify(rows, shown);
  }
  db.close();
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) all += request.url;
  return all;
}"""
AWAY = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def locked(page: Page) -> None:
    """Wait until the app asks for the PIN."""
    expect(page.get_by_label(PIN_LABEL, exact=True)).to_be_visible()


def try_pin(phone: Phone, pin: str) -> None:
    """Enter a PIN and wait for the verdict."""
    phone.page.get_by_label(PIN_LABEL, exact=True).fill(pin)
    phone.press("Mở khoá")
    open_ = phone.page.get_by_role("button", name="Mở khoá")
    expect(open_).to_have_attribute("aria-busy", "false")


def begun(phone: Phone) -> None:
    """An interview that is left at its third question."""
    phone.begin(h.TITLE)
    h.choose_household(phone)
    phone.choose("/data/contact", "1")
    phone.saved()
