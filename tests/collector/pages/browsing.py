"""A browser without scripts: follows forms and their hidden fields as people's browsers do."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
import world
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PLAN = "an-khanh-2026-2030"
BOTH = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)


class _Forms(HTMLParser):
    """The hidden fields of each form by its action, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._here: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "form":
            self._here = self.forms.setdefault(given.get("action") or "", {})
        elif tag == "input" and given.get("type") == "hidden" and self._here is not None:
            self._here[given["name"] or ""] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._here = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(reply: TestResponse) -> _Forms:
    """A page's forms, tags and text."""
    page = _Forms()
    page.feed(reply.text)
    return page


def words(reply: TestResponse) -> str:
    """The text of a page, blanks made one."""
    return " ".join(" ".join(parsed(reply).text).split())


class Browser:
    """A client that opens a page and sends the form on it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def send(self, page: str, to: str, /, **fields: Any) -> TestResponse:
        """Open `page`, fill the form that goes to `to`, send it."""
        found = parsed(self.get(page)).forms
        assert to in found, f"{page} has no form to {to}, only {sorted(found)}"
        return self.client.post(to, data={**found[to], **fields})

    def sign_in(self, username: str, password: str = world.PASSWORD, **more: str) -> TestResponse:
        """Sign in through the form."""
        return self.send("/sign-in", "/sign-in", username=username, password=password, **more)


def begin(app: Flask, username: str) -> Browser:
    """A new browser, signed in; "" is a stranger."""
    browser = Browser(app.test_client())
    if username:
        reply = browser.sign_in(username)
        assert reply.status_code == 303, reply.text
    return browser


def download(browser: Browser, file_format: str) -> TestResponse:
    """The report of 2026 as a file."""
    return browser.get(f"/plans/{PLAN}/report?period=2026&format={file_format}")


def text_of(file_format: str, data: bytes) -> str:
    """All the text of a report's file; fails where the file does not open."""
    if file_format == "docx":
        document = Document(io.BytesIO(data))
        cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
        return "\n".join([p.text for p in document.paragraphs] + cells)
    if file_format == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return "\n".join(str(v) for s in sheets for row in s.values for v in row if v is not None)
    return data.decode("utf-8-sig")
