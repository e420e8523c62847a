"""The one place where a request is let in: looks its endpoint up in the access table.

Whoever passes stands in `g.caller` (None behind an open door). Views do not check roles again;
they only ask `territory(caller)`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NoReturn

from flask import Flask, Request, g, redirect, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from collector import problems
from collector.access import ACCESS, Door, Rule
from collector.database import session
from collector.models import Channel
from collector.problems import Problem
from collector.sign_in import SignIn
from collector.store import accounts, enrolments
from collector.store.accounts import Caller

WITHOUT_COOKIE = ("/openrosa/", "/api/", "/phone/", "/static/", "/gd/", "/feed/")
CHALLENGE = {"WWW-Authenticate": 'Basic realm="So Thon", charset="UTF-8"'}


class PageSessions(SecureCookieSessionInterface):
    """Session cookies for the pages only. Where no cookie counts none is read, so that a public
    file is the same for every reader (no `Vary: Cookie`) and a submission does not pay for it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None, which Flask takes for an empty session, on the machines' channels."""
        if request.path.startswith(WITHOUT_COOKIE):
            return None
        return super().open_session(app, request)


def install(app: Flask, sign_in: SignIn) -> None:
    """Put the guard before every request of `app`."""
    app.session_interface = PageSessions()
    # No template asks for current_user; asking would read the database again on the page that says
    # that it is gone.
    login = LoginManager(app, add_context_processor=False)
    login.session_protection = "basic"

    @login.user_loader
    def load(session_id: str) -> Caller | None:
        return accounts.by_session_id(session(), session_id)

    doors: dict[Door, Callable[[], Caller | None]] = {
        Door.OPEN: lambda: None,
        Door.PAGE: _by_cookie,
        Door.BEARER: _by_bearer,
        Door.LOCKED: _by_digest,
        Door.OPENROSA: lambda: _by_key_or_basic(sign_in),
        Door.FEED: _by_feed,
        Door.MACHINE: _by_machine,
    }

    @app.before_request
    def guard() -> ResponseReturnValue | None:
        g.caller = None
        if request.endpoint is None:
            return None  # no such address: the router answers 404 or 405
        rule = ACCESS.get(request.endpoint)
        if rule is None:
            raise Problem(problems.FORBIDDEN)
        found = _recent(sign_in, doors[rule.door]) if rule.recent else doors[rule.door]()
        if found is None and rule.door is Door.PAGE:
            return _to_sign_in()
        _check_role(rule, found)
        g.caller = found
        return None


def _recent(sign_in: SignIn, door: Callable[[], Caller | None]) -> Caller | None:
    """As the door, but whoever passed it a moment ago with the same credentials passes again."""
    key = (request.view_args or {}).get("key")
    given = request.headers.get("Authorization", "") if key is None else f"key {key}"
    secure = f"{request.is_secure or is_loopback(request)} {given}"
    found = sign_in.recent(secure)
    if found is None:
        found = door()
        session().rollback()  # the connection goes back before the submission is read and checked
        if found is not None:
            sign_in.note_recent(secure, found)
    return found


def caller() -> Caller:
    """Who makes this request; only behind a door that asks."""
    found = g.caller
    assert isinstance(found, Caller), "this endpoint stands behind an open door"
    return found


def _check_role(rule: Rule, found: Caller | None) -> None:
    if rule.door is Door.OPEN or (rule.door is Door.MACHINE and found is None):
        return
    if found is None or found.role not in rule.roles:
        raise Problem(problems.FORBIDDEN)


def _to_sign_in() -> ResponseReturnValue:
    if request.method not in ("GET", "HEAD"):
        raise Problem(problems.NOT_SIGNED_IN)
    return redirect(url_for("pages.sign_in", next=request.full_path.rstrip("?")))


def _by_cookie() -> Caller | None:
    found = current_user._get_current_object()
    return found if isinstance(found, Caller) else None


def _by_machine() -> Caller | None:
    found = _by_cookie()
    if found is None and not is_loopback(request):
        raise Problem(problems.NOT_SIGNED_IN)
    return found


def _by_bearer() -> Caller:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    found = _by_token(token.strip(), Channel.PHONE) if kind.lower() == "bearer" else None
    return found or _refused_phone(accounts.token_digest(token.strip()))


def _by_digest() -> Caller:
    """A locked phone: it cannot read its token, and knows the token's SHA-256."""
    digest = enrolments.digest_of((request.view_args or {})["digest"])
    return _known(digest, Channel.PHONE) or _refused_phone(digest)


def _refused_phone(digest: bytes) -> NoReturn:
    given_up = enrolments.is_given_up(session(), digest)
    kind_of = problems.DEVICE_REVOKED if given_up else problems.NOT_SIGNED_IN
    raise Problem(kind_of, headers={"WWW-Authenticate": "Bearer"})


def _by_feed() -> Caller | None:
    """A calendar program, which has nothing but its address."""
    return _by_token((request.view_args or {}).get("key", ""), Channel.FEED)


def _by_token(token: str, channel: Channel) -> Caller | None:
    return _known(accounts.token_digest(token), channel)


def _known(digest: bytes, channel: Channel) -> Caller | None:
    today = datetime.now(UTC).date()
    found = accounts.by_digest(session(), digest, channel, today)
    if found and found.token_id and found.token_day_old:
        accounts.note_use(session(), found.token_id, today)
        session().commit()
    return found


def _by_key_or_basic(sign_in: SignIn) -> Caller:
    """ODK Collect. A key that is not good gets 403: at 401 Collect would ask for a password."""
    key = (request.view_args or {}).get("key")
    if key is not None:
        found = _by_token(key, Channel.OPENROSA)
        if found is None:
            raise Problem(problems.INVALID_KEY)
        return found
    if not (request.is_secure or is_loopback(request)):
        raise Problem(problems.HTTPS_ONLY)
    basic = request.authorization
    if basic is None or basic.type != "basic" or not basic.username:
        raise Problem(problems.NOT_SIGNED_IN, headers=CHALLENGE)
    found = sign_in.remembered(basic.username, basic.password or "", address(request))
    if found is None:
        raise Problem(problems.WRONG_PASSWORD, headers=CHALLENGE)
    return found


def is_loopback(asked: Request) -> bool:
    """True for this machine itself. A forwarding header that no configured proxy took away means
    that somebody else asks through a proxy on this machine."""
    if "X-Forwarded-For" in asked.headers or "Forwarded" in asked.headers:
        return "werkzeug.proxy_fix.orig" in asked.environ and _loopback(asked.remote_addr)
    return _loopback(asked.remote_addr)


@lru_cache(maxsize=1024)
def _loopback(text: str | None) -> bool:
    try:
        return ipaddress.ip_address(text or "").is_loopback
    except ValueError:
        return False


def address(asked: Request) -> str:
    """The caller's network address, for the limiter only; it is not logged."""
    return asked.remote_addr or "unknown"
