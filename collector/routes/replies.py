"""Small things that several routes answer with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from flask_babel import get_locale

PRIVATE = "private, no-cache"  # kept by the phone, asked about each time: an ETag is a short answer


def language() -> str:
    """The reader's language: vi or en."""
    return "en" if str(get_locale()) == "en" else "vi"


def tagged(content: bytes, content_type: str, tag: str) -> Response:
    """A file with its ETag; 304 where the caller has it already."""
    response = Response(content, content_type=content_type)
    response.set_etag(tag)
    response.headers["Cache-Control"] = PRIVATE
    response.make_conditional(request)
    return response


def fault_for(reader: str, fault: Mapping[str, Any]) -> dict[str, Any]:
    """A stored fault with its label and message in one language."""
    return {
        "code": fault["code"],
        "path": fault["path"],
        "name": fault["name"],
        "label": _one(fault["label"], reader),
        "message": _one(fault["message"], reader),
        "value": fault["value"],
    }


def _one(text: Mapping[str, str] | str, reader: str) -> str:
    return text if isinstance(text, str) else text.get(reader) or text.get("vi", "")
