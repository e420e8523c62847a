"""The one place where a failure becomes a reply: JSON, OpenRosa XML or a page.

Which of them is decided by where it happened. No reply holds a stack trace, and no log the text
of an exception: a database's message may quote what somebody answered.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from xml.sax.saxutils import escape

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import force_locale, get_locale, gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from collector import problems
from collector.database import db
from collector.problems import Kind, Problem

log = structlog.get_logger()

RETRY_AFTER = "30"
MOST_DRAINED = 25_000_000
BLOCK = 65536
OPENROSA_RESPONSE = "http://openrosa.org/http/response"

_BY_STATUS: dict[int, Kind] = {
    401: problems.NOT_SIGNED_IN,
    403: problems.FORBIDDEN,
    404: problems.NOT_FOUND,
    405: problems.METHOD_NOT_ALLOWED,
    413: problems.TOO_LARGE,
    500: problems.INTERNAL,
}


def install(app: Flask) -> None:
    """Register the handlers on `app`; after every extension that registers its own."""
    app.register_error_handler(Problem, reply)
    app.register_error_handler(CSRFError, lambda _: reply(Problem(problems.BAD_CSRF)))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, _database)
    app.register_error_handler(Exception, _unexpected)


def reply(problem: Problem) -> Response:
    """The reply for a problem, in the words of whoever asked."""
    _drain()
    response = _renderer()(problem)
    response.status_code = problem.kind.status
    response.headers.extend(problem.headers)
    response.headers["Cache-Control"] = "no-store"
    return response


def _drain() -> None:
    """Take in what the caller is still sending, up to MOST_DRAINED bytes: who is refused in the
    middle of a post would otherwise see a broken connection and not the reply. Only where the
    server ends the stream by itself (gunicorn does); reading on could wait for ever."""
    if not request.environ.get("wsgi.input_terminated"):
        return
    left = MOST_DRAINED
    with suppress(OSError):  # the caller has gone
        while left > 0 and (read := len(request.environ["wsgi.input"].read(BLOCK))):
            left -= read


def _renderer() -> Callable[[Problem], Response]:
    if request.path.startswith("/openrosa/"):
        return _openrosa
    if request.path.startswith(("/api/", "/health", "/metrics", "/gd/")):
        return _json
    return _page


def _message(problem: Problem) -> str:
    """The sentence in the reader's language; a detail may itself be a text in both."""
    reader = "en" if str(get_locale()) == "en" else "vi"
    details = {
        name: value[reader] if isinstance(value, Mapping) else value
        for name, value in problem.details.items()
    }
    return str(gettext(problem.kind.message, **details))


def _json(problem: Problem) -> Response:
    body = {"code": problem.kind.code, "message": _message(problem)}
    return jsonify({**body, "faults": list(problem.faults)} if problem.faults else body)


def _openrosa(problem: Problem) -> Response:
    with force_locale("vi"):  # Collect shows it as it is, and sends no language of its own
        return openrosa_message(_message(problem))


def openrosa_message(message: str) -> Response:
    """An OpenRosaResponse: Collect shows the message to the person who holds the phone."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<OpenRosaResponse xmlns="{OPENROSA_RESPONSE}">'
        f'<message nature="">{escape(message)}</message></OpenRosaResponse>'
    )
    response = Response(body, content_type="text/xml; charset=utf-8")
    response.headers["X-OpenRosa-Version"] = "1.0"
    return response


def _page(problem: Problem) -> Response:
    text = render_template(
        "error.html", kind=problem.kind, message=_message(problem), language=str(get_locale())
    )
    return make_response(text)


def _http(error: HTTPException) -> Response:
    """What Flask and its extensions raise: redirects pass, the rest gets our words."""
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    kind = _BY_STATUS.get(status)
    if kind is None:
        kind = Kind("bad_request", status, problems.BAD_REQUEST.message)
    fields = _wrong_fields(error)
    problem = Problem(problems.INVALID_FIELDS, fields=fields) if fields else Problem(kind)
    for name in ("Allow", "WWW-Authenticate", "Retry-After"):
        value = error.get_response().headers.get(name)
        if value:
            problem.headers[name] = value
    return reply(problem)


def _wrong_fields(error: HTTPException) -> str:
    """Names of the fields that marshmallow refused (webargs puts them into `data`)."""
    messages = (getattr(error, "data", None) or {}).get("messages")
    if not isinstance(messages, dict):
        return ""
    names = {str(name) for part in messages.values() if isinstance(part, dict) for name in part}
    return ", ".join(sorted(names)) or "JSON"


def _database(error: DBAPIError | PoolTimeout) -> Response:
    """The database is gone, full or locked: the caller keeps what it has and tries again."""
    db.session.rollback()
    if isinstance(error, DataError):
        return reply(Problem(problems.BAD_REQUEST))
    if not isinstance(error, OperationalError | InterfaceError | InternalError | PoolTimeout):
        return _unexpected(error)
    log.error("storage_unavailable", error=_name(error), endpoint=request.endpoint)
    return reply(Problem(problems.STORAGE_UNAVAILABLE, headers={"Retry-After": RETRY_AFTER}))


def _name(error: Exception) -> str:
    """The driver's class and its code (such as sqlite3's), never its text."""
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return f"{type(original).__name__} {code or ''}".strip()


def _unexpected(error: Exception) -> Response:
    """A fault of ours: logged by its place, answered without detail."""
    db.session.rollback()
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "unexpected",
        error=type(error).__name__,
        endpoint=request.endpoint,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )
    return reply(Problem(problems.INTERNAL))
