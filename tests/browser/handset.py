"""One phone before the real service, with small forms, one a feature: fills, sends, reads back.

The forms are those of tests/judge/features (filled there in Node) and those of tests/browser/forms,
which hold what only a screen shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import real
from phone import PATIENCE, Phone
from playwright.sync_api import Locator, Playwright, expect
from sqlalchemy import Row, create_engine, text

from tests.chromium import CHROMIUM

HERE = Path(__file__).parent
JUDGED = HERE.parent / "judge" / "features"
ACCOUNT = ("thon1", "thon-demo-2026")
CONTROLS = ("choices", "dates", "files", "shown", "table")  # forms that use every control
LATEST = "SELECT id, form, state, answers FROM submission ORDER BY id DESC LIMIT 1"
FILES = "SELECT filename, media_type, digest, content FROM attachment WHERE submission_id = :id"


def sheet(name: str) -> str:
    """A small form by its file's name, as one that collaborators fill."""
    own = HERE / "forms" / f"{name}.md"
    if own.exists():
        return own.read_text("utf-8")
    head, _, settings = (JUDGED / f"{name}.md").read_text("utf-8").partition("| settings |")
    names, values = settings.split("\n")[1:3]
    return f"{head}| settings |\n{names} filled_by |\n{values} collector |\n"


@dataclass
class Handset:
    """The phone and its service; names of questions are below /data."""

    phone: Phone
    service: real.Real
    sent: int = 0

    def begin(self, title: str) -> None:
        """Begin a form from the first screen."""
        self.phone.page.locator("a[href='#/']").click()
        self.phone.begin(title)

    def at(self, name: str) -> Locator:
        """The question, after the key that goes on where it is not on this screen."""
        question = self.phone.question(f"/data/{name}")
        if not question.is_visible():
            self.phone.next()
            expect(question).to_be_visible(timeout=PATIENCE)
        return question

    def write(self, name: str, typed: str) -> None:
        """Type key by key into a question, in place of what stands there."""
        box = self.at(name).locator("input, textarea").first
        box.fill("")
        box.press_sequentially(typed)

    def set(self, name: str, value: str) -> None:
        """Give a date or time as the phone's own picker does."""
        self.at(name).locator("input").fill(value)

    def choose(self, name: str, *codes: str) -> None:
        """Tap choices of a list."""
        for code in codes:
            self.at(name).locator(f"input[value='{code}']").click()

    def pick(self, name: str, code: str) -> None:
        """Take a choice of a drop-down."""
        self.at(name).locator("select").select_option(code)

    def stopped(self, name: str, words: str) -> None:
        """Press the key that goes on: the question stays, and says why."""
        question = self.at(name)
        self.phone.next()
        expect(question.get_by_role("alert")).to_have_text(words)

    def finish(self) -> None:
        """Go to the last screen and press Send."""
        page = self.phone.page
        last = page.get_by_role("heading", name="Xem lại và gửi")
        while not last.is_visible():
            before = page.url
            self.phone.next()
            page.wait_for_url(lambda address: address != before)  # noqa: B023
        self.phone.press("Gửi")

    def send(self) -> dict[str, Any]:
        """Finish; the typed answers by table that the server stored."""
        page = self.phone.page
        self.finish()
        self.sent += 1
        done = page.locator("section").filter(has=page.get_by_role("heading", name="Đã gửi"))
        expect(done.locator("li.work")).to_have_count(self.sent, timeout=PATIENCE)
        row = self._rows(LATEST)[0]
        assert row.state == "stored", (row.form, row.state)
        answers: dict[str, Any] = json.loads(row.answers)
        return answers

    def files(self) -> dict[str, tuple[str, bytes]]:
        """File name -> (media type, bytes) of the newest submission, each with its own digest."""
        found = self._rows(FILES, id=self._rows(LATEST)[0].id)
        assert all(hashlib.sha256(row.content).digest() == row.digest for row in found)
        return {row.filename: (row.media_type, row.content) for row in found}

    def _rows(self, asked: str, **values: int) -> Sequence[Row[Any]]:
        engine = create_engine(f"sqlite:///{self.service.folder / 'so-thon.sqlite'}")
        with engine.connect() as connection:
            return connection.execute(text(asked), values).all()


@contextmanager
def handset(
    playwright: Playwright, folder: Path, forms: Iterable[str], flags: tuple[str, ...] = ()
) -> Iterator[Handset]:
    """A signed-in phone with some small forms; `flags` are Chromium's."""
    published = real.forms_folder(folder / "forms", ["visit"], [sheet(name) for name in forms])
    with real.serve(folder / "service", published) as service:
        phone = Phone(playwright, CHROMIUM, folder / "profile", service.url, ACCOUNT, flags=flags)
        phone.open()
        phone.sign_in()
        phone.worker_ready()
        yield Handset(phone, service)
        phone.close()
    assert not phone.complaints, "\n".join(phone.complaints)
