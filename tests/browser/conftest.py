"""Chromium on a phone's screen, and the stand-in service (or a real one: PHONE_BASE_URL)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import Office, Small, officer, start, stop
from phone import Phone
from playwright.sync_api import Playwright
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


def _phone(
    playwright: Playwright, folder: Path, url: str, account: tuple[str, str]
) -> Iterator[Phone]:
    device = Phone(playwright, CHROMIUM, folder / "profile", url, account)
    device.open()
    yield device
    device.close()
    assert not device.complaints, "\n".join(device.complaints)


@pytest.fixture
def phone(playwright: Playwright, service: Stub, tmp_path: Path) -> Iterator[Phone]:
    """A phone that has never seen the app, before the stand-in service."""
    account = (service.username, service.password)
    yield from _phone(playwright, tmp_path, service.url, account)


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
        yield from _phone(playwright, tmp_path, url, account)
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
def office(playwright: Playwright, small: Small) -> Iterator[Office]:
    """An officer at a PC, signed in."""
    made, context = officer(playwright, CHROMIUM, small.url)
    yield made
    browser = context.browser
    context.close()
    if browser:
        browser.close()


@pytest.fixture
def hand(playwright: Playwright, small: Small, tmp_path: Path) -> Iterator[Hand]:
    """Gives a new phone to somebody, before the real service."""
    given: list[Phone] = []

    def give(name: str, path: str = "/phone/") -> Phone:
        folder = tmp_path / f"profile-{len(given)}"
        phone = Phone(playwright, CHROMIUM, folder, small.url, (name, world.PASSWORD))
        phone.open(path)
        given.append(phone)
        return phone

    yield give
    for phone in given:
        phone.close()
    assert not [complaint for phone in given for complaint in phone.complaints]
