"""One engine and one runner for all judge tests, and how many forms a run fills."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from odk_engine import Engine
from phone_runner import PhoneRunner

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """ODK's engine in Node; its packages are installed where they are missing."""
    if not (HERE / "node_modules" / "@getodk").is_dir():
        subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True
        )
    with Engine() as running:
        yield running


@pytest.fixture(scope="session")
def phone() -> Iterator[PhoneRunner]:
    """The phone's runner in Node."""
    with PhoneRunner() as running:
        yield running


@pytest.fixture(scope="session")
def forms_to_fill() -> int:
    """Filled forms in a run: at least 500; JUDGE_FORMS asks for more."""
    return max(500, int(os.environ.get("JUDGE_FORMS", "500")))
