"""In demonstration mode every page and every file says so; otherwise none does."""

from __future__ import annotations

import invented
import pytest
from browsing import PLAN, begin, download, text_of
from flask import Flask
from sqlalchemy.orm import Session

from collector.database import db

BANNER = "BẢN MINH HỌA"
PAGES = {
    "": ["/sign-in", "/khong-co"],
    "canbo": [
        f"/plans/{PLAN}",
        f"/plans/{PLAN}/report",
        "/collection",
        "/review",
        "/review/1",
        "/review/conflicts",
        "/review/conflicts/1",
        "/account",
        "/users",
    ],
    "quantri": ["/users", "/users/1"],
    "thon1": ["/", "/account"],
}


def fill(app: Flask) -> None:
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        number = invented.flagged(session)
        invented.conflict(session, number, {"visit_no": 3})


def test_every_page_says_that_it_is_a_demonstration(demonstration: Flask) -> None:
    fill(demonstration)
    for username, paths in PAGES.items():
        browser = begin(demonstration, username)
        for path in paths:
            reply = browser.get(path)
            assert BANNER in reply.text, path
            assert "no-print" not in reply.text.split(BANNER, 1)[0].rsplit("<div", 1)[1], path
    refused = begin(demonstration, "").sign_in("canbo", "khong-phai-mat-khau")
    assert refused.status_code == 401 and BANNER in refused.text


def test_no_page_of_a_real_service_says_so(app: Flask) -> None:
    fill(app)
    for username, paths in PAGES.items():
        browser = begin(app, username)
        for path in paths:
            assert BANNER not in browser.get(path).text, path


@pytest.mark.parametrize("file_format", ["docx", "xlsx", "csv"])
def test_every_file_says_so_too(demonstration: Flask, file_format: str) -> None:
    data = download(begin(demonstration, "canbo"), file_format).data
    assert "MINH HỌA" in text_of(file_format, data).upper()


def test_every_page_of_the_service_is_walked(app: Flask) -> None:
    """A page that is added must be added above."""
    walked = {path for paths in PAGES.values() for path in paths}
    adapter = app.url_map.bind("localhost")
    endpoints = {adapter.match(path)[0] for path in walked if path != "/khong-co"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("pages.")]
    shown = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    assert shown - endpoints == {
        "pages.attachment",  # a file
        "pages.choose_language",  # a redirect, as the two below
        "pages.plans",
        "pages.reports",
    }
