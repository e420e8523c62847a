"""The stand-in's application: the faults of a network, and the phone app's files.

The files are served as the service serves them, strict Content-Security-Policy included.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, redirect, request, send_from_directory
from stub_receiving import submission_routes, upload_routes
from stub_routes import form_routes, session_routes, work_route

if TYPE_CHECKING:
    from stub import Stub


APP = Path(__file__).resolve().parents[2] / "collector" / "static" / "phone"


POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)


PORTAL = "<!doctype html><title>Wi-Fi</title><p>Đăng nhập để dùng mạng</p>"


def make_app(stub: Stub) -> Flask:
    """The Flask application over a Stub."""
    app = Flask(__name__, static_folder=None)

    @app.before_request
    def misbehave() -> Any:
        if stub.mode == "no later screens" and "/later-more" in request.path:
            stub.attempts.append("later")
            return "", 503
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

    session_routes(app, stub)
    form_routes(app, stub)
    submission_routes(app, stub)
    work_route(app, stub)
    upload_routes(app, stub)
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
