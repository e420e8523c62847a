"""Browsers that are signed in: `browse("canbo")` is a client with the session of that account."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import Browser
from flask import Flask
from sqlalchemy.orm import Session

from collector.database import db


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """SQLite only: what the pages ask of the database is tested on both in test_pages_store.py."""
    shutil.copy(sqlite_template, tmp_path / "so-thon.sqlite")
    return f"sqlite:///{tmp_path / 'so-thon.sqlite'}"


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

    def begin(username: str = "") -> Browser:
        browser = Browser(app.test_client())
        if username:
            reply = browser.sign_in(username)
            assert reply.status_code == 303, reply.text
        return browser

    return begin
