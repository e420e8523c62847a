"""Chromium on a phone's screen, and the stand-in service (or a real one: PHONE_BASE_URL)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from phone import Phone
from playwright.sync_api import Playwright, sync_playwright
from stub import APP, Stub


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once."""
    with sync_playwright() as running:
        yield running


@pytest.fixture
def service() -> Iterator[Stub]:
    """The stand-in service."""
    assert (APP / "sw.js").exists(), "the phone app is not built: make build"
    stub = Stub()
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def phone(playwright: Playwright, service: Stub, tmp_path: Path) -> Iterator[Phone]:
    """A phone that has never seen the app."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    device = Phone(
        playwright, browser, tmp_path / "profile", service.url, (service.username, service.password)
    )
    device.open()
    yield device
    device.close()
    assert not device.complaints, "\n".join(device.complaints)


@pytest.fixture
def real_phone(playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    """A phone before a running service: PHONE_BASE_URL, PHONE_USER, PHONE_PASSWORD."""
    url = os.environ["PHONE_BASE_URL"]
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    account = (os.environ["PHONE_USER"], os.environ["PHONE_PASSWORD"])
    device = Phone(playwright, browser, tmp_path / "profile", url, account)
    device.open()
    yield device
    device.close()
    assert not device.complaints, "\n".join(device.complaints)
