"""An interview of ten members on a slow phone, and a queue of 500: what each press costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import household as h
from phone import Phone
from playwright.sync_api import Playwright

from benchmarks.slow_phone import fresh, slow
from benchmarks.visits import ACCOUNT

MEMBERS = 10
QUEUED = 500
# Press, and give the milliseconds until what changed is painted. `changed` tells when it has.
PRESS = """([selector, changed]) => new Promise((done) => {
  const test = new Function("before", `return ${changed}`);
  const state = () => ({ hash: location.hash, n: document.querySelectorAll(".question").length });
  const before = state();
  const began = performance.now();
  document.querySelector(selector).click();
  const look = () => test({ ...before, now: state() })
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
    : requestAnimationFrame(look);
  look();
})"""
NEXT = ".keys button[type=submit]"
MOVED = "before.hash !== before.now.hash && document.querySelector('form#screen') !== null"
GREW = "before.n !== before.now.n"

SEED = """async ([owner, form, version, answers, n]) => {
  const name = (await indexedDB.databases())[0].name;
  const request = indexedDB.open(name);
  const db = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  const stores = db.transaction(["queue", "bodies", "values"], "readwrite");
  const values = stores.objectStore("values");
  values.get(`lock:${owner}`).onsuccess = ({ target }) => {
    const { sealed, ...lock } = target.result;  // the next unlock looks for what lies in clear
    values.put(lock, `lock:${owner}`);
  };
  for (let i = 0; i < n; i++) {
    const id = crypto.randomUUID();
    const finished = new Date(Date.now() - i * 60_000).toISOString();
    const entry = { id, owner, form, version, finished, summary: `Hộ số ${i}`, state: "waiting" };
    stores.objectStore("queue").put(entry);
    stores.objectStore("bodies").put({ id, answers });
  }
  await new Promise((done) => (stores.oncomplete = done));
  db.close();
}"""
# A promise would count as a yes: what the last look found is kept, and the next one begun.
ALL_SEALED = """() => {
  window.looking ??= (async () => {
    const name = (await indexedDB.databases())[0].name;
    const db = await new Promise((done) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
    });
    const all = async (store) => new Promise((done) => {
      const request = db.transaction(store).objectStore(store).getAll();
      request.onsuccess = () => done(request.result);
    });
    const found = [...(await all("queue")), ...(await all("bodies"))];
    db.close();
    window.sealed = found.every((record) => "sealed" in record);
    window.looking = undefined;
  })();
  return window.sealed === true;
}"""
# The list begins with the newest 50, and says how many more there are.
LISTED = """(n) => document.querySelectorAll(".work").length >= 50
  && [...document.querySelectorAll("button")].some((one) => one.innerText.includes(String(n - 50)))
  && (window.listed ??= performance.now())"""


@dataclass(frozen=True)
class Pressed:
    """Seconds of each press, and the heap in MB."""

    taps: list[float]
    changes: list[float]
    heap: float


def measure(playwright: Playwright, profile: Path, url: str, *, new: bool) -> Pressed:
    """Walk through the members' screens and change an answer on which others depend."""
    phone = _filled(playwright, profile, url) if new else _again(playwright, profile, url)
    one = slow(phone)
    phone.page.goto(f"{url}/phone/")
    phone.unlock()
    phone.page.locator(".member .open").first.click()
    phone.page.locator("form#screen").wait_for()
    taps, changes = [], []
    for number in range(1, MEMBERS + 1):
        base = f"/data/member[{number}]"
        _to(phone, f"{base}/person/rel")
        taps += [_press(phone, NEXT, MOVED) for _ in range(2)]
        asked = phone.question(f"{base}/work/work7").get_attribute("id")
        answers = [f"#{asked} input[value='{code}']" for code in "01"]
        changes += [_press(phone, answer, GREW) for answer in answers]
    heap = one.heap()
    phone.close()
    return Pressed(taps, changes, heap)


def _press(phone: Phone, selector: str, changed: str) -> float:
    return float(phone.page.evaluate(PRESS, [selector, changed])) / 1000


def _to(phone: Phone, place: str) -> None:
    """Go to a place of the interview by its address."""
    page = phone.page
    address = page.url.split("#/fill/")[1].split("/")[0]
    page.evaluate(
        "([id, place]) => { location.hash = `#/fill/${id}/${encodeURIComponent(place)}` }",
        [address, place],
    )
    phone.expect_question(place)


def _filled(playwright: Playwright, profile: Path, url: str) -> Phone:
    """A phone with a draft of ten adults."""
    phone = fresh(playwright, profile, url, ACCOUNT)
    phone.page.goto(f"{url}/phone/")
    phone.sign_in()
    phone.worker_ready()
    phone.begin(h.TITLE)
    h.cover(phone, h.first_household(phone))
    phone.next()
    for number in range(1, MEMBERS + 1):
        if number > 1:
            h.add_member(phone)
        h.member(phone, number, "1" if number == 1 else "6", str(number % 2 + 1), 1980)
    phone.saved()
    return phone


def _again(playwright: Playwright, profile: Path, url: str, *, there: bool = True) -> Phone:
    phone = fresh(playwright, profile, url, ACCOUNT, keep=True)
    phone.network(there=there)
    phone.page.goto(f"{url}/phone/")
    phone.enrolled = True
    phone.unlock()
    phone.page.get_by_role("heading", name="Phiếu mới").wait_for()
    return phone


def open_queue(playwright: Playwright, profile: Path, url: str, *, new: bool) -> float:
    """Seconds to the list with all that waits, offline, without a person's time for the PIN."""
    phone = _again(playwright, profile, url, there=False)  # else the queue would be sent
    phone.worker_ready()
    if new:
        answers = json.loads('{"household": "x", "contact": "4"}')
        phone.page.evaluate(SEED, [ACCOUNT[0], "household", "2026.1", answers, QUEUED])
        phone.page.reload()
        phone.unlock()  # seals what was put there in clear
        phone.page.wait_for_function(ALL_SEALED, timeout=120_000)
    one = slow(phone, offline=True)
    one.watch("", tap=False)
    one.page.goto(f"{url}/phone/#/sent", wait_until="commit")
    lock = one.seen("lock")
    phone.unlock()
    found = one.page.wait_for_function(LISTED, arg=QUEUED).json_value()
    seconds = lock + float(found) / 1000 - one.seen("entered")
    phone.close()
    return seconds
