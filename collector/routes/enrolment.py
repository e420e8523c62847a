"""/api/v1/enrolment and /api/v1/phones: a phone is taken into use, asks how it stands, is wiped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import request
from flask_smorest import Blueprint

from collector import database, guard, problems
from collector.problems import Problem
from collector.routes.session import signed_in
from collector.schemas.enrolment import EnrolmentSchema
from collector.schemas.session import ErrorSchema, SignedInSchema
from collector.service import service
from collector.store import enrolments

blueprint = Blueprint("enrolment", __name__, url_prefix="/api/v1", description="Phones")


@blueprint.post("/enrolment")
@blueprint.arguments(EnrolmentSchema)
@blueprint.response(200, SignedInSchema)
@blueprint.alt_response(404, schema=ErrorSchema, description="Wrong, used or too old")
@blueprint.alt_response(429, schema=ErrorSchema, description="Too many wrong tries")
def enrol(asked: dict[str, Any]) -> dict[str, Any]:
    """Exchange a code from an officer for a token of this phone and the account's key. A code
    works once; the phone that used it may repeat the request, for a reply that was lost."""
    parts, session, now = service(), database.session(), datetime.now(UTC)
    address = guard.address(request)
    parts.sign_in.check_codes(address)
    secret = parts.settings.secret_key
    found = enrolments.spend(session, secret, asked["code"], asked["device"], now)
    if found is None:
        session.rollback()
        parts.sign_in.note_wrong_code(address)
        raise Problem(problems.CODE_REFUSED)
    reply = signed_in(session, found.caller, found.token)
    session.commit()
    return reply


@blueprint.get("/phones/<digest>")
@blueprint.response(204)
@blueprint.alt_response(401, schema=ErrorSchema, description="device-revoked: wipe the phone")
@blueprint.alt_response(404, schema=ErrorSchema, description="No SHA-256 in hexadecimal")
def standing(digest: str) -> None:
    """How a phone stands, by the SHA-256 of its token, as a locked phone asks. An unknown one is
    told nothing."""
    if enrolments.is_given_up(database.session(), enrolments.digest_of(digest)):
        raise Problem(problems.DEVICE_REVOKED)


@blueprint.post("/phones/<digest>/wiped")
@blueprint.response(204)
@blueprint.alt_response(404, schema=ErrorSchema, description="No SHA-256 in hexadecimal")
def wiped(digest: str) -> None:
    """A phone that was given up for lost says that it is empty. Says nothing about others."""
    session = database.session()
    enrolments.note_wiped(session, enrolments.digest_of(digest), datetime.now(UTC))
    session.commit()
