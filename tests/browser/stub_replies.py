"""What the stand-in's routes share: errors in the reader's language, who is signed in, digests."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from flask import jsonify, request

from forms.library import Form

if TYPE_CHECKING:
    from stub import Stub

MEDIA = Path(__file__).parent / "media"


def media_file(name: str) -> bytes:
    """A media file of the forms."""
    return (MEDIA / name).read_bytes()


def error(status: int, code: str, vi: str, en: str, **more: Any) -> Any:
    return jsonify(code=code, message=en if language() == "en" else vi, **more), status


def language() -> Literal["vi", "en"]:
    return "en" if request.headers.get("Accept-Language", "vi").startswith("en") else "vi"


def signed_in(stub: Stub) -> bool:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return token in stub.tokens and stub.mode != "401"


def form_of(stub: Stub, form: str, version: str) -> Form | None:
    known = [*stub.forms, *stub.old_forms]
    return next((f for f in known if (f.id, f.version) == (form, version)), None)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
