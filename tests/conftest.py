"""What all tests share: one Playwright (two at a time in one process refuse to run)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

PATIENCE = 20_000  # ms that a page may take on a busy machine


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once a run."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running
