"""A stand-in for the service: the phone's API with the real check of forms, and faults on demand.

It keeps what it is sent in memory. `mode` makes it fail as servers and networks do. The phone app's
files are served as the service serves them, strict Content-Security-Policy included.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import logging
import socket
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from flask import Flask, Response, jsonify, redirect, request, send_from_directory
from werkzeug.serving import BaseWSGIServer, make_server

from forms.answers import check
from forms.instance import parse_xml, render_xml
from forms.library import Form, Library

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "collector" / "static" / "phone"
MEDIA = Path(__file__).parent / "media"
PORTS = range(8300, 8350)
logging.getLogger("werkzeug").setLevel(logging.ERROR)
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
KEY = base64.b64encode(bytes(range(32))).decode()  # of the stand-in's one account
PORTAL = "<!doctype html><title>Wi-Fi</title><p>Đăng nhập để dùng mạng</p>"


@dataclass
class Stub:
    """The service's state, and the faults it has at the moment."""

    forms: list[Form] = field(
        default_factory=lambda: [
            form
            for form in Library(ROOT / "forms" / "published").forms()
            if form.id in ("household", "births", "births_month", "police_year")
        ]
    )
    old_forms: list[Form] = field(default_factory=list)  # accepted, no longer offered
    username: str = "thon01"
    password: str = "mat-khau-thu"
    demonstration: bool = False
    # ok | 401 | 409 | 413 | 422 | 500 | 503 | lost (stored, a proxy answers 504) | cut (stored, the
    # connection breaks) | silent (no answer comes) | portal (a page with 200 in its place) |
    # portal everywhere (the app's files too) | redirect (to a portal's page elsewhere)
    mode: str = "ok"
    fails_at_first: bool = False  # 500 for the first submission that ever came, whenever it comes
    app_version: str = ""  # anything else is a newer app
    stored: dict[str, dict[str, Any]] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    # what GET /api/v1/work says: nothing to do, unless a test assigns something
    work: dict[str, Any] = field(
        default_factory=lambda: {
            "draw": None,
            "households": [],
            "months": [],
            "week": {"from": "2026-11-16", "done": 0, "visits": 0},
        }
    )
    work_asked: deque[int] = field(default_factory=deque)  # the status of each answer
    # files in parts: their bytes so far by SHA-256; how often a part is cut off, and how often its
    # answer is lost although it was kept
    uploads: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    parts_cut: int = 0
    answers_cut: int = 0
    parts: deque[tuple[str, int]] = field(default_factory=deque)  # each part that was kept
    attempts: deque[str] = field(default_factory=deque)
    tokens: set[str] = field(default_factory=set)
    port: int = 0
    first: str = ""
    gone: threading.Event = field(default_factory=threading.Event)
    _server: BaseWSGIServer | None = None

    @property
    def url(self) -> str:
        """Where the app is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        self.gone.clear()
        app = make_app(self)
        for port in [self.port] if self.port else PORTS:
            try:
                self._server = make_server("127.0.0.1", port, app, threaded=True)
            except (OSError, SystemExit):
                continue
            self.port = port
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
            return
        raise RuntimeError(f"no free port in {PORTS}")

    def stop(self) -> None:
        """Be gone, as a server without power is."""
        self.gone.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def give_back(
        self,
        instance_id: str,
        reason: str,
        faults: list[dict[str, Any]],
        questions: tuple[str, ...] = (),
    ) -> None:
        """What an officer does who returns a submission, or asks some of its questions again."""
        self.reports[instance_id].update(
            state="returned", reason=reason, faults=faults, questions=list(questions),
            answers=self.stored[instance_id]["answers"],
        )  # fmt: skip


def media_file(name: str) -> bytes:
    """A media file of the forms."""
    return (MEDIA / name).read_bytes()


def make_app(stub: Stub) -> Flask:
    """The Flask application over a Stub."""
    app = Flask(__name__, static_folder=None)

    @app.before_request
    def misbehave() -> Any:
        everywhere = stub.mode == "portal everywhere" and not request.path.endswith("sw.js")
        if not request.path.startswith("/api/") and not everywhere:
            return None
        if everywhere or stub.mode == "portal":
            return Response(PORTAL, content_type="text/html")
        if stub.mode == "redirect":
            return redirect(f"http://localhost:{stub.port}/login")
        if stub.mode == "silent":
            stub.attempts.append("unanswered")
            stub.gone.wait(90)
        return None

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.get("/phone/")
    @app.get("/phone/<path:name>")
    def phone(name: str = "index.html") -> Response:
        if name == "sw.js" and stub.app_version:
            worker = (
                (APP / name).read_text("utf-8").replace("shell-", f"shell-{stub.app_version}", 1)
            )
            return Response(worker, content_type="text/javascript; charset=utf-8")
        packed = (APP / f"{name}.br").exists() and "br" in request.headers.get(
            "Accept-Encoding", ""
        )
        response = send_from_directory(APP, f"{name}.br" if packed else name)
        if packed:
            response.headers["Content-Encoding"] = "br"
            response.headers["Content-Type"] = _type_of(name)
        response.headers["Cache-Control"] = "no-cache"
        return response

    @app.get("/favicon.ico")
    def no_icon() -> Any:
        return "", 204

    _session_routes(app, stub)
    _form_routes(app, stub)
    _submission_routes(app, stub)
    _work_route(app, stub)
    _upload_routes(app, stub)
    return app


def _type_of(name: str) -> str:
    kinds = {
        "html": "text/html",
        "js": "text/javascript",
        "css": "text/css",
        "svg": "image/svg+xml",
    }
    kind = kinds.get(name.rpartition(".")[2], "application/manifest+json")
    return f"{kind}; charset=utf-8"


def _error(status: int, code: str, vi: str, en: str, **more: Any) -> Any:
    message = en if request.headers.get("Accept-Language", "vi").startswith("en") else vi
    return jsonify(code=code, message=message, **more), status


def _signed_in(stub: Stub) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return token in stub.tokens and stub.mode != "401"


def _session_routes(app: Flask, stub: Stub) -> None:
    @app.post("/api/v1/session")
    def sign_in() -> Any:
        sent = request.get_json()
        if (sent["username"], sent["password"]) != (stub.username, stub.password):
            return _error(401, "wrong", "Sai tên hoặc mật khẩu.", "Wrong name or password.")
        token = f"token-{len(stub.tokens) + 1}"
        stub.tokens.add(token)
        village = {"code": "AK01", "name": "Thôn 1"}
        user = {
            "username": stub.username,
            "name": "Lò Thị Mai",
            "role": "collector",
            "village": village,
        }
        return jsonify(
            token=token, key=KEY, user=user, commune={"code": "11668", "name": "Xã An Khánh"},
            demonstration=stub.demonstration,
        )  # fmt: skip

    @app.get("/api/v1/session/key")
    def account_key() -> Any:
        if not _signed_in(stub):
            return _error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        return jsonify(key=KEY)

    @app.get("/api/v1/phones/<digest>")
    def standing(digest: str) -> Any:
        return "", 204

    @app.delete("/api/v1/session")
    def sign_out() -> Any:
        stub.tokens.discard(request.headers.get("Authorization", "").removeprefix("Bearer "))
        return "", 204


def _form_routes(app: Flask, stub: Stub) -> None:
    @app.get("/api/v1/forms")
    def forms() -> Any:
        if not _signed_in(stub):
            return _error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        return jsonify(forms=[_offered(form) for form in stub.forms])

    @app.get("/api/v1/forms/<form>/<version>/model")
    def model(form: str, version: str) -> Any:
        found = _form(stub, form, version)
        return Response(found.json, content_type="application/json") if found else ("", 404)

    @app.get("/api/v1/forms/<form>/<version>/media/<name>")
    def media(form: str, version: str, name: str) -> Any:
        return Response(media_file(name), content_type="text/csv; charset=utf-8")


def _form(stub: Stub, form: str, version: str) -> Form | None:
    known = [*stub.forms, *stub.old_forms]
    return next((f for f in known if (f.id, f.version) == (form, version)), None)


def _offered(form: Form) -> dict[str, Any]:
    base = f"/api/v1/forms/{form.id}/{form.version}"
    media = [
        {"filename": name, "hash": _hash(media_file(name)), "url": f"{base}/media/{name}"}
        for name in form.files.values()
    ]
    return {
        "form": form.id,
        "version": form.version,
        "title": form.title,
        "model": {"url": f"{base}/model", "hash": _hash(form.json)},
        "media": media,
    }


def _work_route(app: Flask, stub: Stub) -> None:
    @app.get("/api/v1/work")
    def work() -> Any:
        if not _signed_in(stub):
            return _error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        content = json.dumps(stub.work).encode()
        response = Response(content, content_type="application/json")
        response.set_etag(_hash(content))
        response.make_conditional(request)
        stub.work_asked.append(response.status_code)
        return response


def _upload_routes(app: Flask, stub: Stub) -> None:
    @app.post("/api/v1/uploads")
    def begin() -> Any:
        sent = request.get_json()
        stub.sizes[sent["sha256"]] = sent["size"]
        return jsonify(offset=len(stub.uploads.setdefault(sent["sha256"], b"")))

    @app.patch("/api/v1/uploads/<sha256>")
    def append(sha256: str) -> Any:
        line = request.environ["werkzeug.socket"]
        if stub.parts_cut:
            stub.parts_cut -= 1
            request.stream.read(1000)  # the network goes while the part is on its way
            line.shutdown(socket.SHUT_RDWR)
            return "", 500
        here, start = stub.uploads[sha256], int(request.headers["Upload-Offset"])
        if start != len(here):
            return _error(409, "other_offset", "Chỗ khác.", "Another place.")
        stub.uploads[sha256] = here + request.get_data()
        stub.parts.append((sha256, start))
        if stub.answers_cut:
            stub.answers_cut -= 1
            line.shutdown(socket.SHUT_RDWR)
        return "", 204, {"Upload-Offset": str(len(stub.uploads[sha256]))}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _submission_routes(app: Flask, stub: Stub) -> None:
    @app.post("/api/v1/submissions")
    def send() -> Any:
        sent = request.get_json()
        stub.attempts.append(sent["instance_id"])
        stub.first = stub.first or sent["instance_id"]
        return _receive(stub, sent)

    @app.get("/api/v1/submissions")
    def mine() -> Any:
        if not _signed_in(stub):
            return _error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
        return jsonify(submissions=list(reversed(stub.reports.values())))


FAILURES = {
    "409": (409, "conflict", "Mã này đã có với nội dung khác.", "This id has other content."),
    "413": (413, "too_large", "Phiếu quá lớn.", "The form is too large."),
    "500": (500, "internal", "Máy chủ gặp lỗi.", "The server failed."),
    "503": (503, "storage", "Máy chủ chưa ghi được.", "The server cannot store now."),
}


def _receive(stub: Stub, sent: dict[str, Any]) -> Any:
    refused = _refusal(stub, sent)
    if refused is not None:
        return refused
    missing = [
        file["filename"]
        for file in sent.get("attachments", ())
        if _hash(stub.uploads.get(file["sha256"], b"")) != file["sha256"]
    ]
    if missing:
        return _error(424, "incomplete_files", "Thiếu tệp.", "Files are missing.")
    known = stub.stored.get(sent["instance_id"])
    if known and known["answers"] != sent["answers"]:
        return _error(*FAILURES["409"])
    received = datetime.now(UTC).isoformat()
    if not known:
        _keep(stub, sent, received)
    if stub.mode == "lost":
        return Response("", status=504)
    if stub.mode == "cut":
        request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    reply = {"instance_id": sent["instance_id"], "state": "stored", "duplicate": known is not None}
    return jsonify(received_at=received, **reply), 201


def _refusal(stub: Stub, sent: dict[str, Any]) -> Any:
    """Why a submission is not stored; None where it may be."""
    if not _signed_in(stub):
        return _error(401, "sign_in", "Hãy đăng nhập.", "Sign in.")
    mode = "500" if stub.fails_at_first and sent["instance_id"] == stub.first else stub.mode
    if mode in FAILURES:
        return _error(*FAILURES[mode])
    form = _form(stub, sent["form"], sent["version"])
    if form is None:
        return _error(404, "unknown_form", "Không có mẫu phiếu này.", "No such form.")
    faults = _faults(stub, form, sent)
    vi, en = "Phiếu có chỗ cần sửa.", "The form has faults."
    return _error(422, "faults", vi, en, faults=faults) if faults else None


def _keep(stub: Stub, sent: dict[str, Any], received: str) -> None:
    stub.stored[sent["instance_id"]] = sent
    old = stub.reports.get(sent.get("deprecated_id") or "")
    if old:
        old.update(superseded=True, answers=None)
    stub.reports[sent["instance_id"]] = {
        "instance_id": sent["instance_id"], "form": sent["form"], "version": sent["version"],
        "received_at": received, "state": "stored", "superseded": False, "reason": None,
        "questions": [], "faults": [], "answers": None,
    }  # fmt: skip


def _faults(stub: Stub, form: Form, sent: dict[str, Any]) -> list[dict[str, Any]]:
    """What the real check finds; in mode 422 also a fault that only a server could find."""
    xml = render_xml(form, sent["answers"], sent["instance_id"])
    media = {name: _rows(MEDIA / name) for name in form.files.values()}
    found = check(form, parse_xml(xml), now=datetime.now(UTC), media=media).faults
    language: Literal["vi", "en"] = (
        "en" if request.headers.get("Accept-Language", "vi").startswith("en") else "vi"
    )
    faults = [
        {
            "code": f.code, "path": f.path, "name": f.name, "label": f.label[language],
            "message": f.message[language], "value": f.value,
        }
        for f in found
    ]  # fmt: skip
    if stub.mode == "422":
        faults.append(json.loads(SERVER_FAULT))
    return faults


SERVER_FAULT = json.dumps(
    {
        "code": "constraint", "path": "/data/visit_no", "name": "visit_no",
        "label": "Đây là lần đến hộ thứ mấy?",
        "message": "Hộ này đã có lần đến thứ nhất.", "value": "1",
    }
)  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
