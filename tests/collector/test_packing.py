"""Long replies of the machines' channels are packed for those who can read it, and only those."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
import pytest
import world
from flask.testing import FlaskClient

MODEL = "/api/v1/forms/household/2026.3/model"


@pytest.fixture
def bearer(client: FlaskClient) -> dict[str, str]:
    body = {"username": "thon1", "password": world.PASSWORD}
    return {"Authorization": f"Bearer {client.post('/api/v1/session', json=body).json['token']}"}


@pytest.mark.parametrize(
    ("reads", "encoding", "unpack", "times"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress, 6),
        ("gzip", "gzip", gzip.decompress, 5),
        ("gzip, br;q=0", "gzip", gzip.decompress, 5),
    ],
)
def test_a_model_is_packed(
    client: FlaskClient,
    bearer: dict[str, str],
    reads: str,
    encoding: str,
    unpack: Callable[[bytes], bytes],
    times: int,
) -> None:
    plain = client.get(MODEL, headers=bearer)
    packed = client.get(MODEL, headers={**bearer, "Accept-Encoding": reads})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == encoding
    assert unpack(packed.data) == plain.data
    assert len(packed.data) * times < len(plain.data)
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    for reply in (plain, packed):
        assert "Accept-Encoding" in reply.vary
        again = client.get(MODEL, headers={**bearer, "If-None-Match": reply.headers["ETag"]})
        assert again.status_code == 304


def test_the_form_of_collect_is_the_same_bytes(client: FlaskClient) -> None:
    path = "/openrosa/forms/household/2026.3.xml"
    plain = client.get(path, headers=world.basic())
    for encoding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        packed = client.get(path, headers={**world.basic(), "Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert unpack(packed.data) == plain.data


def test_short_replies_and_pages_stay_as_they_are(client: FlaskClient) -> None:
    for path in ("/api/v1/status", "/sign-in"):
        reply = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert reply.status_code == 200
        assert "Content-Encoding" not in reply.headers
