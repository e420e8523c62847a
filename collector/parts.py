"""The parts of a post, cut without a search pattern for each post's own boundary.

Clients draw a new boundary for every post, and werkzeug compiles two patterns for it: a tenth of
what a submission costs. `parts` cuts the plain form that clients write (CRLF, quoted names without
escapes, a known length up to SMALL) and leaves everything else to werkzeug, so that both read the
same; a property test holds them together (docs/decisions/0034-fast-road.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flask import Request

SMALL = 262_144  # bytes: longer posts hold photos, and reading those is what they cost
MOST_PARTS = 100
_CONTENT_TYPE = re.compile(r'multipart/form-data; ?boundary="?([\w.\-]{1,70})"?', re.ASCII)
_DISPOSITION = re.compile(
    rb'form-data; name="([\w.\-* ]{1,200})"(?:; filename="([\w.\-*+() ]{1,200})")?'
)
_TYPE = re.compile(rb"([a-z0-9][a-z0-9.+\-]*/[a-z0-9][a-z0-9.+\-]*)(?:; charset=[\w\-]+)?", re.I)
_HEADERS = (b"content-disposition", b"content-type", b"content-length")


class Part(NamedTuple):
    """A part of a post. `filename` is None for a field that is no file; `media_type` "" where the
    client names none."""

    name: str
    filename: str | None
    media_type: str
    content: bytes


def parts(request: Request) -> Iterable[Part]:
    """The parts of a multipart/form-data request: fields first, then files, each in their order.

    `request.max_content_length` holds; what is longer raises RequestEntityTooLarge.
    """
    boundary = _CONTENT_TYPE.fullmatch(request.environ.get("CONTENT_TYPE", ""))
    length = request.content_length
    if boundary is not None and length is not None and length <= SMALL:
        found = cut(request.get_data(), boundary[1].encode())
        if found is not None:
            return sorted(found, key=lambda part: part.filename is not None)
    return _by_werkzeug(request)


def _by_werkzeug(request: Request) -> Iterator[Part]:
    for name, text in request.form.items(multi=True):
        yield Part(name, None, "", text.encode("utf-8", "surrogatepass"))
    for name, file in request.files.items(multi=True):
        yield Part(name, file.filename or "", file.mimetype, file.stream.read())


def cut(body: bytes, boundary: bytes) -> list[Part] | None:
    """The parts of a whole body, or None where anything in it is not plain."""
    mark = b"--" + boundary
    first, *rest = body.split(b"\r\n" + mark)
    if not first.startswith(mark) or not 1 <= len(rest) <= MOST_PARTS:
        return None
    pieces, end = [first[len(mark) :], *rest[:-1]], rest[-1]
    if end not in (b"--\r\n", b"--") or body.count(mark) != len(rest) + 1:
        return None
    found = [_part(piece) for piece in pieces]
    return [part for part in found if part] if None not in found else None


def _part(piece: bytes) -> Part | None:
    head, blank, content = piece.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    if not blank or lines[0]:
        return None
    headers: dict[bytes, bytes] = {}
    for line in lines[1:]:
        key, _, value = line.partition(b": ")
        key = key.lower()
        if key not in _HEADERS or key in headers or b"\r" in value or b"\n" in value:
            return None
        headers[key] = value
    place = _DISPOSITION.fullmatch(headers.get(_HEADERS[0], b""))
    kind = _TYPE.fullmatch(headers.get(_HEADERS[1], b"x/x"))
    if place is None or kind is None:
        return None
    filename = place[2]
    if filename is None and not content.isascii():  # a field's charset is werkzeug's business
        return None
    if filename is None:
        return Part(place[1].decode(), None, "", content)
    media_type = kind[1].decode().lower() if _HEADERS[1] in headers else ""
    return Part(place[1].decode(), filename.decode(), media_type, content)
