"""What all tests share: one Playwright (two at a time in one process refuse to run), one day."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Playwright, expect, sync_playwright

# A run judges a change by the same examples as the run before it, and never by the machine's speed.
# New ones are looked for by hand: `pytest --hypothesis-profile=search`.
SLOW = [HealthCheck.too_slow]  # it looks at the clock while examples are drawn
settings.register_profile("stable", derandomize=True, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "search", derandomize=False, deadline=None, suppress_health_check=SLOW, print_blob=True
)
settings.load_profile("stable")

PATIENCE = 20_000  # ms that a page may take on a busy machine
VIETNAM = timedelta(hours=7)
DAY = timedelta(days=1)


def left_of_day(now: datetime) -> timedelta:
    """What is left of the day in Việt Nam or of UTC's, whichever ends first."""
    ends = [DAY - (at - datetime.min) % DAY for at in (now, now + VIETNAM)]
    return min(ends)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test takes place on one day: what it says of today is true until its end. Where the day is
    nearly over, its next one is waited for (an interview on the phone takes a minute or two)."""
    needed = timedelta(seconds=150 if item.path.parent.name == "browser" else 20)
    left = left_of_day(datetime.now(UTC).replace(tzinfo=None))
    if left < needed:
        time.sleep(left.total_seconds())


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once a run."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running
