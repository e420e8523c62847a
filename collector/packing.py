"""Replies packed with gzip for those who can read it: a form's model is 68 KB, packed 12 KB.

Only what the machines' channels answer (models, lists, JSON): a page carries a token beside text
that somebody else may choose, and a packed length would tell of it. Files of the phone app lie
packed on the disk (collector/routes/phone.py).
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

CHANNELS = ("/api/", "/openrosa/")
KINDS = ("application/json", "text/xml", "text/csv")
WORTH = 1400  # bytes: what fits in one packet gains nothing
LEVEL = 6


def install(app: Flask) -> None:
    """Pack what is worth it, after every view."""

    @app.after_request
    def pack(response: Response) -> Response:
        if not _worth(response):
            return response
        response.vary.add("Accept-Encoding")
        if not request.accept_encodings["gzip"]:
            return response
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag, _ = response.get_etag()
        if tag is not None:
            response.set_etag(tag, weak=True)  # the same content, other bytes
        return response


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
