"""/gd: the private form, for whoever has a code. No account, no cookie, no log line.

The code stands behind the # of the address, which browsers do not send; it comes in the body.
"""

from __future__ import annotations

import base64
import binascii
import html
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, send_from_directory
from werkzeug.exceptions import NotFound

from collector import database, discretion, duties, problems
from collector.problems import Problem
from collector.service import private_form, service
from collector.store import sealed

blueprint = Blueprint("private", __name__, url_prefix="/gd")

LEAVE = "__LEAVE__"
LONGEST_CODE = 64


@blueprint.get("/")
def page() -> Response:
    """The page, the same for everybody."""
    path = _folder() / "index.html"
    if not path.is_file():
        raise NotFound
    leave = html.escape(service().settings.quick_exit_url, quote=True)
    text = path.read_text(encoding="utf-8").replace(LEAVE, leave)
    return Response(text, content_type="text/html; charset=utf-8")


@blueprint.get("/<name>")
def asset(name: str) -> Response:
    """The page's script and style."""
    if not name.endswith((".js", ".css")):
        raise NotFound
    return send_from_directory(_folder(), name, max_age=0, etag=False)


def _folder() -> Path:
    return Path(current_app.static_folder or "") / "gd"


@blueprint.post("/begin")
def begin() -> Response:
    """The questions, the public key and the hotlines, for a code that is still good."""
    code, form = _code(), private_form()
    if not sealed.is_open(database.session(), code, duties.today()):
        raise Problem(problems.CODE_SPENT)
    settings = service().settings
    experience = settings.asks_experience(duties.today())
    return jsonify(
        model=form.model if experience else _without_experience(form.model),
        experience=experience,
        key=base64.b64encode(settings.public_key or b"").decode(),
        size=sealed.PLAIN_BYTES,
        hotlines=[
            {"number": one.number, "name": {"vi": one.vi, "en": one.en}}
            for one in discretion.hotlines(settings.hotlines)
        ],
        checked_on=settings.hotlines_checked_on,
    )


def _without_experience(model: dict[str, Any]) -> dict[str, Any]:
    """The model as if that part had never been written: neither its questions nor its choices."""
    nodes = [node for node in model["nodes"] if node["name"] != discretion.EXPERIENCE]
    used = set(_lists(nodes))
    lists = {name: items for name, items in model["lists"].items() if name in used}
    return {**model, "nodes": nodes, "lists": lists}


def _lists(nodes: list[dict[str, Any]]) -> list[str]:
    own = [node["choices"]["list"] for node in nodes if "choices" in node]
    return own + [name for node in nodes for name in _lists(node.get("children", []))]


@blueprint.post("/send")
def send() -> tuple[Response, int]:
    """Keep one box. The same box again is a success and no second row."""
    code, sent = _code(), request.get_json()
    form = service().library.get(discretion.FORM, str(sent.get("version", ""))[:32])
    if form is None or service().settings.public_key is None:
        raise Problem(problems.PRIVATE_CLOSED)
    try:
        box = base64.b64decode(str(sent.get("box", "")), validate=True)
    except binascii.Error:
        raise Problem(problems.INVALID_FIELDS, fields="box") from None
    session = database.session()
    new = sealed.receive(session, code, form.version, box, duties.today())
    session.commit()
    return jsonify(received=True), 201 if new else 200


def _code() -> str:
    given = request.get_json()
    code = given.get("code") if isinstance(given, dict) else None
    if not isinstance(code, str) or not 0 < len(code) <= LONGEST_CODE:
        raise Problem(problems.INVALID_FIELDS, fields="code")
    return code
