"""/api/v1/uploads: photos, recordings and logs come in parts, and go on after a cut."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from collector import database, guard, problems
from collector.problems import Problem
from collector.schemas.session import ErrorSchema
from collector.schemas.uploads import OffsetSchema, UploadSchema
from collector.store import uploads

blueprint = Blueprint("uploads", __name__, url_prefix="/api/v1", description="Files in parts")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@blueprint.post("/uploads")
@blueprint.arguments(UploadSchema)
@blueprint.response(200, OffsetSchema)
@blueprint.alt_response(401, schema=ErrorSchema)
@blueprint.alt_response(429, schema=ErrorSchema, description="Too much on its way")
def begin(sent: dict[str, Any]) -> dict[str, int]:
    """Announce a file, or ask where one stands that was begun."""
    file = uploads.Announced(bytes.fromhex(sent["sha256"]), sent["size"], sent["type"])
    session = database.session()
    offset = uploads.begin(session, guard.caller().id, file, datetime.now(UTC))
    session.commit()
    return {"offset": offset}


@blueprint.get("/uploads/<sha256>")
@blueprint.response(204, description="Upload-Offset: how many bytes are here")
@blueprint.alt_response(404, schema=ErrorSchema)
def stand(sha256: str) -> Response:
    """Where a file stands; HEAD as well."""
    here, size = uploads.standing(database.session(), guard.caller().id, _digest(sha256))
    return _offset(here, size)


@blueprint.patch("/uploads/<sha256>")
@blueprint.response(204, description="Upload-Offset: how many bytes are here now")
@blueprint.alt_response(404, schema=ErrorSchema, description="Not begun: announce it")
@blueprint.alt_response(409, schema=ErrorSchema, description="Another place: Upload-Offset")
@blueprint.alt_response(413, schema=ErrorSchema)
@blueprint.alt_response(422, schema=ErrorSchema, description="Not what was announced; forgotten")
def append(sha256: str) -> Response:
    """A part, at most 256 KB, at the place that Upload-Offset says."""
    request.max_content_length = uploads.PART
    start = request.headers.get("Upload-Offset", "")
    if not (start.isascii() and start.isdecimal() and len(start) < 12):
        raise Problem(problems.INVALID_FIELDS, fields="Upload-Offset")
    content, session = request.get_data(cache=False), database.session()
    digest, account = _digest(sha256), guard.caller().id
    try:
        end = uploads.append(session, account, digest, int(start), content, datetime.now(UTC))
    except Problem as problem:
        if problem.kind is problems.UPLOAD_DAMAGED:
            session.commit()  # what cannot be the file is forgotten: the phone begins anew
        raise
    session.commit()
    return _offset(end)


def _digest(sha256: str) -> bytes:
    if not _SHA256.match(sha256):
        raise Problem(problems.NO_UPLOAD)
    return bytes.fromhex(sha256)


def _offset(here: int, size: int | None = None) -> Response:
    response = Response(status=204)
    response.headers["Upload-Offset"] = str(here)
    if size is not None:
        response.headers["Upload-Length"] = str(size)
    return response
