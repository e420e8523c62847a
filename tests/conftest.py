"""What all tests share: one Playwright (two at a time in one process refuse to run)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, sync_playwright


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once a run."""
    with sync_playwright() as running:
        yield running
