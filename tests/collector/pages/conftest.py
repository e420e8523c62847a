"""Browsers that are signed in: `browse("canbo")` is a client with the session of that account."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import invented
import pytest
import world
from browsing import Browser, begin
from databases import resettle, settings
from flask import Flask
from jinja2 import BytecodeCache
from sqlalchemy.orm import Session

from collector import create_app
from collector.database import db


@pytest.fixture
def of_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is invented is of 2026, whatever year it is: for tests of that year's report."""
    monkeypatch.setattr(invented, "YEAR", 2026)
    monkeypatch.setattr(world, "today", lambda: "2026-11-20")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> str:
    """SQLite, unless a test asks for both: most of a page is the same whatever holds the rows."""
    if getattr(request, "param", "sqlite") == "sqlite":
        shutil.copy(sqlite_template, tmp_path / "so-thon.sqlite")
        return f"sqlite:///{tmp_path / 'so-thon.sqlite'}"
    url: str = request.getfixturevalue("postgres_url")
    resettle(url)
    return url


@pytest.fixture
def demonstration(database_url: str, tmp_path: Path, templates: BytecodeCache) -> Iterator[Flask]:
    """The application in demonstration mode."""
    made = create_app(settings(database_url, tmp_path, demonstration=True))
    made.jinja_env.bytecode_cache = templates
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session beside those of the requests. No application context stays open: requests would
    share its `g`, and with it the language and the account of an earlier one."""
    with app.app_context():
        engine = db.engine
    with Session(engine) as made:
        yield made


@pytest.fixture
def browse(app: Flask) -> Callable[[str], Browser]:
    """A browser signed in as somebody of the test commune; "" is a stranger."""
    return lambda username="": begin(app, username)
