"""One engine of the phone for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from node_process import PhoneEngine


@pytest.fixture(scope="session")
def engine() -> Iterator[PhoneEngine]:
    """The phone's engine in Node."""
    with PhoneEngine() as running:
        yield running
