"""Chromium on a phone's screen, and the stand-in service (or a real one: PHONE_BASE_URL)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import Office, Small, officer, start, stop
from phone import Phone
from playwright.sync_api import Browser, Playwright
from stub import Stub
from stub_app import APP

from tests.chromium import CHROMIUM, UNSEEN
from tests.collector import world

Phone.always = UNSEEN


@pytest.fixture
def service() -> Iterator[Stub]:
    """The stand-in service."""
    assert (APP / "sw.js").exists(), "the phone app is not built: make build"
    stub = Stub()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all phones that are not switched off: each is a fresh context of it."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=UNSEEN)
    yield browser
    browser.close()


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> Browser | None:
    """The browser of the phones of this test; None where each has its own, with a profile on disk,
    because it is switched off and on (marker `switched_off`)."""
    if request.node.get_closest_marker("switched_off"):
        return None
    return request.getfixturevalue("chromium")


def _phone(
    playwright: Playwright,
    folder: Path,
    url: str,
    account: tuple[str, str],
    shared: Browser | None,
) -> Iterator[Phone]:
    device = Phone(playwright, CHROMIUM, folder / "profile", url, account, shared=shared)
    device.open()
    yield device
    device.close()
    assert not device.complaints, "\n".join(device.complaints)


@pytest.fixture
def phone(
    playwright: Playwright, service: Stub, tmp_path: Path, shared: Browser | None
) -> Iterator[Phone]:
    """A phone that has never seen the app, before the stand-in service."""
    account = (service.username, service.password)
    yield from _phone(playwright, tmp_path, service.url, account, shared)


@pytest.fixture
def any_phone(
    playwright: Playwright, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Phone]:
    """Before a running service where the environment names one, else before the stand-in.

    PHONE_BASE_URL, PHONE_USER, PHONE_PASSWORD: the address and a collector's account.
    """
    url = os.environ.get("PHONE_BASE_URL")
    if url:
        account = (os.environ["PHONE_USER"], os.environ["PHONE_PASSWORD"])
        yield from _phone(playwright, tmp_path, url, account, None)
    else:
        yield request.getfixturevalue("phone")


Hand = Callable[..., Phone]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    """The real service with the tests' small commune."""
    running = start(tmp_path / "service")
    yield running
    stop(running)


@pytest.fixture
def office(chromium: Browser, small: Small) -> Iterator[Office]:
    """An officer at a PC, signed in."""
    made, context = officer(chromium, small.url)
    yield made
    context.close()


@pytest.fixture
def hand(
    playwright: Playwright, small: Small, tmp_path: Path, shared: Browser | None
) -> Iterator[Hand]:
    """Gives a new phone to somebody, before the real service."""
    given: list[Phone] = []

    def give(name: str, path: str = "/phone/") -> Phone:
        folder = tmp_path / f"profile-{len(given)}"
        account = (name, world.PASSWORD)
        phone = Phone(playwright, CHROMIUM, folder, small.url, account, shared=shared)
        phone.open(path)
        given.append(phone)
        return phone

    yield give
    for phone in given:
        phone.close()
    assert not [complaint for phone in given for complaint in phone.complaints]
