"""Pages and workers say what they may do, data that they may do nothing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from collector.settings import ROOT

PAGES = ("/sign-in", "/phone/", "/phone/sw.js", "/gd/", "/phone/icon.svg")


@pytest.mark.parametrize("path", PAGES)
def test_what_a_browser_opens_by_itself(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Frame-Options"] == "DENY"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_parts_of_pages_and_data(client: FlaskClient) -> None:
    app = ROOT / "collector" / "static" / "phone"
    for name in ("app-*.js", "style-*.css"):
        reply = client.get(f"/phone/{next(app.glob(name)).name}")
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Security-Policy" not in reply.headers
        assert "Content-Disposition" not in reply.headers
    reply = client.get("/api/v1/forms")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    policy = reply.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'"
