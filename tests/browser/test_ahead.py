"""Forms that come while a phone is still locked: asked for by the app's first file."""

from __future__ import annotations

from collections.abc import Iterator

import household as h
import pytest
from phone import Phone
from playwright.sync_api import Route, expect
from stub import Stub
from test_label_sounds import without_lists

pytestmark = pytest.mark.browser

# Forms and lists away, the last news long ago: what a phone is like that has been off for weeks and
# finds new versions of everything.
FORGET = """async (news) => {
  const request = indexedDB.open("so-thon");
  const db = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  const stores = db.transaction(["forms", "media", "values"], "readwrite");
  stores.objectStore("forms").clear();
  stores.objectStore("media").clear();
  stores.objectStore("values").put(news, "news");
  await new Promise((done) => (stores.oncomplete = done));
  db.close();
}"""
HERE = """async () => {
  const request = indexedDB.open("so-thon");
  const db = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  const count = (name) => new Promise((done) => {
    const asked = db.transaction(name).objectStore(name).count();
    asked.onsuccess = () => done(asked.result);
  });
  const found = [await count("forms"), await count("media")];
  db.close();
  return found.every((n) => n > 0);
}"""
AHEAD, AFTER = "**/api/v1/phones/*/forms?*", "**/api/v1/forms?*"


@pytest.fixture
def asked(phone: Phone, service: Stub) -> Iterator[list[str]]:
    """A phone that is signed in, without forms, not in the app; what it asks for from now on."""
    phone.sign_in()
    phone.page.goto(f"{service.url}/health")
    phone.page.evaluate(FORGET, 0)
    paths: list[str] = []
    phone.page.on("request", lambda request: paths.append(request.url.removeprefix(service.url)))
    yield paths


def opened(phone: Phone, service: Stub) -> None:
    """Open the app and stand before its lock."""
    phone.page.goto(f"{service.url}/phone/")
    expect(phone.page.get_by_label("Mã PIN", exact=True)).to_be_visible()


def forms_asked(paths: list[str]) -> list[str]:
    """Where the list of forms was asked for: "phones" or "forms", in turn."""
    return [path.split("/")[3].split("?")[0] for path in paths if "forms?have=" in path]


def test_forms_come_while_the_pin_is_typed(phone: Phone, service: Stub, asked: list[str]) -> None:
    opened(phone, service)
    phone.until(HERE)
    expect(phone.page.get_by_label("Mã PIN", exact=True)).to_be_visible()
    phone.network(there=False)
    phone.unlock()
    phone.begin(h.TITLE)
    expect(phone.page.locator(".question").first).to_be_visible()
    assert forms_asked(asked) == ["phones"]


def test_what_came_ahead_is_not_asked_for_again(
    phone: Phone, service: Stub, asked: list[str]
) -> None:
    opened(phone, service)
    phone.until(HERE)
    with phone.page.expect_response("**/api/v1/submissions"):
        phone.unlock()
    expect(phone.page.get_by_role("button", name=h.TITLE)).to_be_visible()
    assert forms_asked(asked) == ["phones"]


@pytest.mark.parametrize("why", ["abort", "page", "unknown"])
def test_without_a_reply_ahead_forms_are_asked_for_with_the_token(
    phone: Phone, service: Stub, asked: list[str], why: str
) -> None:
    def answer(route: Route) -> None:
        if why == "abort":
            route.abort()
        elif why == "page":
            route.fulfill(content_type="text/html", body="<p>Sign in to this network</p>")
        else:
            route.fulfill(status=401, json={"code": "not_signed_in", "message": "Hãy đăng nhập."})

    assert phone.context
    phone.context.route(AHEAD, answer)
    opened(phone, service)
    phone.unlock()
    expect(phone.page.get_by_role("button", name=h.TITLE)).to_be_visible()
    assert forms_asked(asked) == ["phones", "forms"]


def test_a_form_that_came_ahead_without_its_list_waits_for_it(
    phone: Phone, service: Stub, asked: list[str]
) -> None:
    assert phone.context
    phone.context.route(AHEAD, without_lists)
    phone.context.route("**/media/households.csv", lambda route: route.abort())
    opened(phone, service)
    phone.unlock()
    expect(phone.page.get_by_role("button", name="Báo cáo sinh hằng tháng")).to_be_visible()
    expect(phone.page.get_by_role("button", name=h.TITLE)).to_have_count(0)
    phone.context.unroute("**/media/households.csv")
    phone.hurry()
    expect(phone.page.get_by_role("button", name=h.TITLE)).to_be_visible()


def test_with_young_news_a_locked_phone_asks_for_nothing_ahead(
    phone: Phone, service: Stub, asked: list[str]
) -> None:
    phone.page.evaluate(f"(news) => ({FORGET})(news)", phone.page.evaluate("() => Date.now()"))
    opened(phone, service)
    phone.unlock()
    expect(phone.page.get_by_text("Đang tải phiếu…")).to_be_visible()
    assert forms_asked(asked) == []
