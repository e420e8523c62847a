"""The phone app's files. Vite puts a .br and a .gz beside each; the browser says which it reads."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from flask import Blueprint, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

blueprint = Blueprint("phone", __name__, url_prefix="/phone")

ENCODINGS = {"br": ".br", "gzip": ".gz"}  # the better one first
HASHED = re.compile(r"-[A-Za-z0-9_-]{8,}\.\w+$")  # Vite's names change with the content
FOREVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
mimetypes.add_type("application/manifest+json", ".webmanifest")


@blueprint.get("/")
def app() -> Response:
    """The app's first page."""
    return _send("index.html")


@blueprint.get("/<path:name>")
def asset(name: str) -> Response:
    """One file of the app."""
    return _send(name)


def _send(name: str) -> Response:
    folder = Path(current_app.static_folder or "") / "phone"
    plain = safe_join(str(folder), name)
    if plain is None or name.endswith(tuple(ENCODINGS.values())) or not Path(plain).is_file():
        raise NotFound
    encoding = _best_encoding(Path(plain))
    changes = HASHED.search(name) is None  # what never changes is never asked about again
    response = send_from_directory(
        folder, name + ENCODINGS.get(encoding, ""), conditional=changes, etag=changes
    )
    response.headers["Content-Type"] = _content_type(name)
    # It would name the packed file; the tag says the rest; nobody wants a part of so small a file.
    for unneeded in ("Content-Disposition", "Last-Modified", "Accept-Ranges"):
        response.headers.pop(unneeded, None)
    response.headers["Cache-Control"] = ASK_EACH_TIME if changes else FOREVER
    response.vary.add("Accept-Encoding")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


def _best_encoding(plain: Path) -> str:
    """The first encoding that the browser takes and that was made; "" for the file itself."""
    for encoding, suffix in ENCODINGS.items():
        if request.accept_encodings[encoding] > 0 and Path(f"{plain}{suffix}").is_file():
            return encoding
    return ""


def _content_type(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    return f"{kind}; charset=utf-8" if text else kind
