"""The service in this process, with the tests' small commune, and officers who use its pages."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, Page
from prepared import DATABASE, content
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer, make_server

from collector import create_app
from collector.database import db
from collector.models import Attachment, Conflict, Submission, Token
from collector.settings import ROOT, Settings
from tests.collector import world

PC = (1280, 800)


@dataclass
class Small:
    """A running service."""

    app: Flask
    server: BaseWSGIServer

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def stored(self) -> list[str]:
        """The instance ids that the service has, oldest first."""
        with self.app.app_context(), Session(db.engine) as session:
            return list(session.scalars(select(Submission.instance_id).order_by(Submission.id)))

    def files(self) -> list[str]:
        """The names of the files that came with the submissions."""
        with self.app.app_context(), Session(db.engine) as session:
            return list(session.scalars(select(Attachment.filename).order_by(Attachment.id)))

    def conflicts(self) -> int:
        """How many second texts of one id are kept apart."""
        with self.app.app_context(), Session(db.engine) as session:
            return len(list(session.scalars(select(Conflict.id))))

    def wiped(self) -> list[bool]:
        """For each phone that was given up, whether it has said that it is empty."""
        with self.app.app_context(), Session(db.engine) as session:
            rows = session.scalars(select(Token).where(Token.wipe_asked_at.is_not(None)))
            return [row.wiped_at is not None for row in rows]


def _app(folder: Path) -> Flask:
    return create_app(
        Settings(
            environment="testing", secret_key=world.SECRET, data_folder=folder, log_level="error"
        )
    )


@cache
def _settled() -> bytes:
    """A database with the small commune, made once."""
    with TemporaryDirectory() as folder:
        app = _app(Path(folder))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            with Session(db.engine) as session:
                world.settle(session)
            db.engine.dispose()
        return content(Path(folder))


def start(folder: Path) -> Small:
    """A service with two villages, on SQLite."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATABASE).write_bytes(_settled())
    app = _app(folder)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Small(app, server)


def stop(small: Small) -> None:
    """End it."""
    small.server.shutdown()
    with small.app.app_context():
        db.session.remove()
        db.engine.dispose()


@dataclass
class Office:
    """An officer at a PC."""

    page: Page
    url: str

    def phones(self) -> Page:
        """Open /phones."""
        self.page.goto(f"{self.url}/phones")
        return self.page

    def code(self, name: str, label: str) -> str:
        """Make a code for an account, as the page shows it."""
        page = self.phones()
        value = page.locator("#account option").filter(has_text=f"({name})").get_attribute("value")
        page.get_by_label("Người dùng").select_option(value)
        page.get_by_label("Tên máy").fill(label)
        page.get_by_role("button", name="Tạo mã").click()
        return page.locator("#code").inner_text()

    def give_up(self, label: str) -> None:
        """Cut off the phone with a label."""
        page = self.phones()
        page.get_by_role("button", name=label).click()
        page.get_by_text("Đã ngắt. Máy đó").wait_for()


def officer(browser: Browser, url: str) -> tuple[Office, BrowserContext]:
    """An officer who has signed in."""
    context = browser.new_context(viewport={"width": PC[0], "height": PC[1]}, locale="vi-VN")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{url}/sign-in")
    page.locator("input[name=username]").fill("canbo")
    page.locator("input[name=password]").fill(world.PASSWORD)
    page.locator("main form button").last.click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    return Office(page, url), context
