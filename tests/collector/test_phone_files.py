"""The phone app's files: compressed copies, caching, nothing outside the folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import settings
from flask import Flask
from flask.testing import FlaskClient

from collector import create_app


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[FlaskClient]:
    """An application whose static folder holds a small build."""
    app: Flask = create_app(settings("sqlite://", tmp_path))
    app.static_folder = str(tmp_path / "static")
    folder = tmp_path / "static" / "phone"
    (folder / "assets").mkdir(parents=True)
    for name in ("index.html", "sw.js", "assets/app-Bx3kQ9aZ.js", "manifest.webmanifest"):
        (folder / name).write_text(f"plain {name}")
        if name.endswith((".html", ".js")):
            (folder / f"{name}.br").write_bytes(b"brotli")
            (folder / f"{name}.gz").write_bytes(b"gzip")
    (tmp_path / "static" / "secret.txt").write_text("not for the phone")
    yield app.test_client()


@pytest.mark.parametrize(
    ("accepts", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip", "gzip", b"gzip"),
        ("identity", None, b"plain index.html"),
        ("", None, b"plain index.html"),
    ],
)
def test_the_best_copy_that_the_browser_reads(
    phone: FlaskClient, accepts: str, encoding: str | None, body: bytes
) -> None:
    reply = phone.get("/phone/", headers={"Accept-Encoding": accepts})
    assert reply.status_code == 200 and reply.data == body
    assert reply.headers.get("Content-Encoding") == encoding
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert reply.content_type == "text/html; charset=utf-8"


def test_hashed_files_are_kept_for_good_and_the_rest_is_asked_about(phone: FlaskClient) -> None:
    hashed = phone.get("/phone/assets/app-Bx3kQ9aZ.js")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed.content_type == "text/javascript; charset=utf-8"
    for path in ("/phone/", "/phone/sw.js", "/phone/manifest.webmanifest"):
        reply = phone.get(path)
        assert reply.headers["Cache-Control"] == "no-cache"
        again = phone.get(path, headers={"If-None-Match": reply.headers["ETag"]})
        assert again.status_code == 304
    kind = phone.get("/phone/manifest.webmanifest").content_type
    assert kind.startswith("application/manifest+json")


@pytest.mark.parametrize(
    "path",
    ["nothing.js", "../secret.txt", "%2e%2e/secret.txt", "index.html.br", "assets", "a/../../x"],
)
def test_nothing_else_is_served(phone: FlaskClient, path: str) -> None:
    reply = phone.get(f"/phone/{path}")
    assert reply.status_code == 404 and b"not for the phone" not in reply.data
