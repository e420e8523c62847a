"""Pages and workers say what they may do; parts of them and data only what they are."""

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


def test_parts_and_data(client: FlaskClient) -> None:
    app = ROOT / "collector" / "static" / "phone"
    parts = [f"/phone/{next(app.glob(name)).name}" for name in ("app-*.js", "style-*.css")]
    for path in (*parts, "/api/v1/forms"):
        reply = client.get(path)
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Security-Policy" not in reply.headers
        assert "Content-Disposition" not in reply.headers
