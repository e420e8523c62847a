"""Who may do what: every route stands in the table, and each role gets what the table says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import world
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Route

from collector.access import ACCESS, Door
from collector.database import db
from collector.models import Channel
from collector.store import accounts

NAMES = {
    "collector": "thon1",
    "unit": "tram",
    "officer": "canbo",
    "administrator": "quantri",
    "stranger": None,
}
AWAY = {"REMOTE_ADDR": "203.0.113.9"}
SECURE = "https://xa.example"


def test_every_route_is_listed_and_every_line_is_a_route(app: Flask) -> None:
    endpoints = {route.endpoint for route in app.url_map.iter_rules()}
    assert endpoints - set(ACCESS) == set(), "routes that nobody may call: add them to the table"
    assert set(ACCESS) - endpoints == set(), "lines of the table without a route"


def test_an_unlisted_route_is_closed(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    reply = app.test_client().get("/forgotten")
    assert reply.status_code == 403 and b"secret" not in reply.data


def test_only_doors_that_ask_name_roles() -> None:
    for endpoint, rule in ACCESS.items():
        assert bool(rule.roles) == (rule.door is not Door.OPEN), endpoint


@pytest.mark.parametrize("role", NAMES)
def test_each_role_reaches_only_what_the_table_says(app: Flask, role: str) -> None:
    """Calls every route with every method of it, and notes whether its view was reached."""
    app.config["WTF_CSRF_ENABLED"] = False
    reached: list[str] = []
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = _noted(endpoint, view, reached)
    knock = _knocker(app, NAMES[role])
    wrong = []
    for route in app.url_map.iter_rules():
        for method in sorted((route.methods or set()) - {"OPTIONS", "HEAD"}):
            reached.clear()
            status = knock(route, method)
            rule = ACCESS[route.endpoint]
            allowed = rule.door is Door.OPEN or role in rule.roles
            if (reached == [route.endpoint]) != allowed or status >= 500:
                wrong.append(f"{method} {route.rule}: {status}, the table says {allowed}")
            if not allowed and status not in (302, 401, 403):
                wrong.append(f"{method} {route.rule}: refused with {status}")
    assert wrong == []


def _noted(endpoint: str, view: Callable[..., object], reached: list[str]) -> Callable[..., object]:
    def noted(*given: object, **named: object) -> object:
        reached.append(endpoint)
        return view(*given, **named)

    return noted


def _credentials(app: Flask, username: str | None) -> tuple[str, str, str | None]:
    """(phone token, OpenRosa key, session id): new ones, because the walk also signs out."""
    if username is None:
        return "x" * 43, "x" * 43, None
    with app.app_context():
        session = db.session()
        found = accounts.by_username(session, username)
        assert found is not None
        bearer = accounts.issue_token(session, found.id, Channel.PHONE, "")
        key = accounts.issue_token(session, found.id, Channel.OPENROSA, "")
        session.commit()
        return bearer, key, found.get_id()


def _feed(app: Flask, username: str | None) -> str:
    """The key of a calendar's address."""
    if username is None:
        return "x" * 43
    with app.app_context():
        session = db.session()
        found = accounts.by_username(session, username)
        assert found is not None
        key = accounts.issue_token(session, found.id, Channel.FEED, "")
        session.commit()
        return key


def _knocker(app: Flask, username: str | None) -> Callable[[Route, str], int]:
    """Calls a route as somebody with every credential of theirs, from far away over HTTPS."""

    def knock(route: Route, method: str) -> int:
        client = app.test_client()
        bearer, key, session_id = _credentials(app, username)
        if session_id and ACCESS[route.endpoint].door in (Door.PAGE, Door.MACHINE):
            with client.session_transaction(base_url=SECURE) as cookie:
                cookie["_user_id"] = session_id
        headers = {}
        if ACCESS[route.endpoint].door is Door.BEARER:
            headers = {"Authorization": f"Bearer {bearer}"}
        elif ACCESS[route.endpoint].door is Door.OPENROSA and username:
            headers = world.basic(username)
        path = re.sub(r"<key>", key, route.rule)
        path = re.sub(r"<digest>", accounts.token_digest(bearer).hex(), path)
        path = re.sub(r"<int:\w+>", "1", path)
        path = re.sub(r"<path:\w+>", "index.html", path)
        path = re.sub(r"<(?:\w+:)?\w+>", "1", path)
        if ACCESS[route.endpoint].door is Door.FEED:
            path = re.sub(r"<key>", _feed(app, username), route.rule)
        reply = client.open(
            path, method=method, headers=headers, base_url=SECURE, environ_base=AWAY
        )
        return reply.status_code

    return knock


def test_metrics_are_for_this_machine_and_administrators(client: FlaskClient) -> None:
    near = client.get("/metrics")
    assert near.status_code == 200 and b"so_thon_submissions" in near.data
    far = client.get("/metrics", environ_base=AWAY)
    assert far.status_code == 401
    proxied = client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert proxied.status_code == 401


def test_health_is_for_everybody(client: FlaskClient) -> None:
    reply = client.get("/health", environ_base=AWAY)
    assert reply.status_code == 200 and reply.json["status"] == "ok"


def test_an_unknown_page_is_404_in_its_own_words(client: FlaskClient) -> None:
    assert client.get("/api/v1/nothing").json["code"] == "not_found"
    page = client.get("/nothing")
    assert page.status_code == 404 and page.mimetype == "text/html"


def test_security_headers_stand_on_every_reply(client: FlaskClient) -> None:
    for path in ("/", "/sign-in", "/api/v1/status", "/nothing", "/openrosa/formList", "/health"):
        reply = client.get(path)
        allowed = "none" if reply.is_json else "self"
        assert reply.headers["Content-Security-Policy"].startswith(f"default-src '{allowed}';")
        assert "unsafe" not in reply.headers["Content-Security-Policy"]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "Cache-Control" in reply.headers
    secure = client.get("/api/v1/status", base_url=SECURE)
    assert "max-age" in secure.headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/api/v1/status").headers
