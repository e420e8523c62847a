"""Replies packed for those who can read it, with brotli before gzip: a form's model is 68 KB,
packed 10 KB (gzip: 12 KB), and a phone's network carries some 50 KB a second.

Only what the machines' channels answer (models, lists, JSON): a page carries a token beside text
that somebody else may choose, and a packed length would tell of it. Files of the phone app lie
packed on the disk (collector/routes/phone.py).
"""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, request

CHANNELS = ("/api/", "/openrosa/")
KINDS = ("application/json", "text/xml", "text/csv")
WORTH = 1400  # bytes: what fits in one packet gains nothing
LEVEL = 6  # of gzip
QUALITY = 5  # of brotli, for what is made for one reply: a few ms for 100 KB
FINEST = 11  # for forms and their models, which seldom change: packed once, some 0.1 s
FORMS = frozenset({"forms.model", "forms.list_forms", "forms.list_for_locked"})
KEPT = 128  # packed replies in memory, some 90 KB each with what was packed


def install(app: Flask) -> None:
    """Pack what is worth it, after every view."""

    @app.after_request
    def pack(response: Response) -> Response:
        if not _worth(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = next((one for one in ("br", "gzip") if request.accept_encodings[one]), None)
        if encoding is None:
            return response
        response.set_data(_packed(response.get_data(), encoding))
        response.headers["Content-Encoding"] = encoding
        tag, _ = response.get_etag()
        if tag is not None:
            response.set_etag(tag, weak=True)  # the same content, other bytes
        return response


def _packed(content: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(content, LEVEL, mtime=0)
    if request.endpoint in FORMS:
        return _finest(content)
    return bytes(brotli.compress(content, quality=QUALITY))


@lru_cache(KEPT)
def _finest(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=FINEST))


def _worth(response: Response) -> bool:
    return (
        request.method == "GET"
        and request.path.startswith(CHANNELS)
        and response.status_code == 200
        and response.mimetype in KINDS
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) > WORTH
    )
