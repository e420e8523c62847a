"""A browser without scripts: follows forms and their hidden fields as people's browsers do."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import world
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


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
