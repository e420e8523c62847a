"""In demonstration mode every page and every file says so; otherwise none does."""

from __future__ import annotations

from collections.abc import Iterator

import invented
import pytest
import sampled
import world
from browsing import PLAN, begin, download, text_of
from flask import Flask
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from collector.database import db
from collector.models import Submission

BANNER = "BẢN MINH HỌA"
# What stands in the addresses of the pages
PARTS = {
    "plan": PLAN,
    "period": 2026,
    "revision": 1,
    "code": "CARE_RATIO",
    "year": 2026,
    "position": 1,
    "draw_id": 1,
    "village": "AK01",
    "version": 1,
    "file_format": "csv",
    "unit": "tram-y-te",
    "form_id": "births",
    "submission_id": 1,
    "conflict_id": 1,
    "account_id": 1,
    "form": "household",
    "check": "same_household",
    "by": "village",
    "group": "AK01",
}
FILES = {
    "register_file",
    "draw_file",
    "weights_file",
    "attachment",
    "conflict_file",
    "export_plan",
    "workbook_template",
    "choose_language",
}
ELSEWHERE = {
    "workbook",
    "own_indicator",
    "plan_file",
    "plan_target",
    "issued_report",
}  # 404: none yet


def fill(app: Flask) -> None:
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        number = invented.flagged(session)
        invented.conflict(session, number, {"visit_no": 3})
        sampled.draw(session, size=20)


def pages(app: Flask) -> list[tuple[str, str]]:
    """(endpoint, address) of every page that is no file."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        endpoint = rule.endpoint.removeprefix("pages.")
        if endpoint == rule.endpoint or "GET" not in (rule.methods or ()) or endpoint in FILES:
            continue
        values = {name: PARTS.get(name, "khong-co") for name in rule.arguments}
        found.append((endpoint, adapter.build(rule.endpoint, values)))
    return found


def walked(app: Flask) -> Iterator[tuple[str, int, str]]:
    """Every page as everybody who may see it: (endpoint, status, text)."""
    for username in ("", "canbo", "quantri", "thon1", "tram"):
        browser = begin(app, username)
        for endpoint, address in pages(app):
            reply = browser.get(address)
            if reply.status_code != 403 and reply.mimetype == "text/html" and not reply.location:
                yield endpoint, reply.status_code, reply.text


def test_every_page_says_that_it_is_a_demonstration(demonstration: Flask) -> None:
    fill(demonstration)
    seen = set()
    for endpoint, status, text in walked(demonstration):
        assert BANNER in text, endpoint
        assert "no-print" not in text.split(BANNER, 1)[0].rsplit("<div", 1)[1], endpoint
        seen |= {endpoint} if status == 200 else set()
    redirects = {"plans", "reports"}
    assert {endpoint for endpoint, _ in pages(demonstration)} - seen <= ELSEWHERE | redirects
    refused = begin(demonstration, "").sign_in("canbo", "khong-phai-mat-khau")
    assert refused.status_code == 401 and BANNER in refused.text


def test_no_page_of_a_real_service_says_so(app: Flask) -> None:
    fill(app)
    for endpoint, _, text in walked(app):
        assert BANNER not in text, endpoint


@pytest.mark.parametrize("file_format", ["docx", "xlsx", "csv"])
def test_every_file_says_so_too(demonstration: Flask, file_format: str) -> None:
    data = download(begin(demonstration, "canbo"), file_format).data
    assert "MINH HỌA" in text_of(file_format, data).upper()


def test_what_was_invented_says_so_where_demonstration_was_forgotten(app: Flask) -> None:
    """DEMONSTRATION=1 is one word in the environment; the rows that came under it know better."""
    fill(app)
    with app.app_context():
        db.session.execute(update(Submission).values(demonstration=True))
        db.session.commit()
    assert BANNER in begin(app, "").get("/sign-in").text
    officer = begin(app, "canbo")
    for page in (f"/plans/{PLAN}", "/review", "/review/1", "/sample/draws/1", "/khong-co"):
        assert BANNER in officer.get(page).text, page
    assert "MINH HỌA" in text_of("csv", download(officer, "csv").data).upper()
    list_of_draw = officer.get("/sample/draws/1/list.csv")
    assert "minh-hoa-" in list_of_draw.headers["Content-Disposition"]
    asked = {"username": "thon1", "password": world.PASSWORD}
    assert app.test_client().post("/api/v1/session", json=asked).json["demonstration"] is True
    assert app.test_client().get("/api/v1/status").json["demonstration"] is True


def test_what_is_invented_is_looked_for_once(app: Flask) -> None:
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    browser = begin(app, "canbo")
    for _ in range(3):
        browser.get("/review")
    assert sum("WHERE submission.demonstration" in one for one in asked) == 1, asked
