"""/api/v1/session: the phone app signs in and out."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from collector import database, guard, problems
from collector.models import Channel
from collector.problems import Problem
from collector.schemas.enrolment import AccountKeySchema
from collector.schemas.session import ErrorSchema, SignedInSchema, SignInSchema
from collector.service import demonstration, service
from collector.settings import Settings
from collector.store import accounts, enrolments
from collector.store.accounts import Caller

blueprint = Blueprint("session", __name__, url_prefix="/api/v1", description="Signing in")


@blueprint.post("/session")
@blueprint.arguments(SignInSchema)
@blueprint.response(200, SignedInSchema)
@blueprint.alt_response(401, schema=ErrorSchema, description="Wrong name or password")
@blueprint.alt_response(429, schema=ErrorSchema, description="Too many wrong tries")
def sign_in(asked: dict[str, Any]) -> dict[str, Any]:
    """Exchange a name and a password for a token of this phone."""
    parts, session = service(), database.session()
    caller = parts.sign_in.check(asked["username"], asked["password"], guard.address(request))
    if caller is None:
        raise Problem(problems.WRONG_PASSWORD)
    token = accounts.issue_token(session, caller.id, Channel.PHONE, asked["device"])
    reply = signed_in(session, caller, token)
    session.commit()
    return reply


def signed_in(session: Session, caller: Caller, token: str) -> dict[str, Any]:
    """What a phone is told that signed in: its token, the account's key, and who it is."""
    return {"token": token, **_key(session, caller), **_who(caller, service().settings)}


def _key(session: Session, caller: Caller) -> dict[str, str]:
    return {"key": b64encode(enrolments.key_of(session, caller.id)).decode()}


@blueprint.get("/session/key")
@blueprint.response(200, AccountKeySchema)
@blueprint.alt_response(401, schema=ErrorSchema)
def key() -> dict[str, str]:
    """The account's key again, to set a PIN on a phone that is signed in."""
    session = database.session()
    reply = _key(session, guard.caller())
    session.commit()
    return reply


def _who(caller: Caller, settings: Settings) -> dict[str, Any]:
    village = {"code": caller.village, "name": caller.village_name} if caller.village else None
    unit = {"code": caller.unit, "name": caller.unit_name} if caller.unit else None
    return {
        "user": {
            "username": caller.username,
            "name": caller.display_name,
            "role": caller.role.value,
            "village": village,
            "unit": unit,
        },
        "commune": {"code": settings.commune_code, "name": settings.commune_name},
        "demonstration": demonstration(),
    }


@blueprint.delete("/session")
@blueprint.response(204)
def sign_out() -> None:
    """End this phone's token."""
    caller, session = guard.caller(), database.session()
    assert caller.token_id is not None
    accounts.revoke_token(session, caller.id, caller.token_id)
    session.commit()
