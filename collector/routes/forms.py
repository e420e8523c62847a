"""/api/v1/forms: which forms the account fills, their models and lists."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from collector import guard, problems
from collector.problems import Problem
from collector.routes.replies import tagged
from collector.schemas.forms import FormsSchema, HaveSchema
from collector.schemas.session import ErrorSchema
from collector.service import forms_of, media_file, model_hash, published
from collector.store.accounts import Caller
from forms.library import Form

blueprint = Blueprint("forms", __name__, url_prefix="/api/v1", description="Forms to fill")


@blueprint.get("/forms")
@blueprint.arguments(HaveSchema, location="query")
@blueprint.response(200, FormsSchema)
@blueprint.alt_response(401, schema=ErrorSchema)
def list_forms(asked: dict[str, str]) -> dict[str, Any]:
    """The newest version of each form that the caller's role fills. With `have` the models and
    lists that it does not name come along: on a slow network a request costs its round trip.
    """
    return _offered(asked)


@blueprint.get("/phones/<digest>/forms")
@blueprint.arguments(HaveSchema, location="query")
@blueprint.response(200, FormsSchema)
@blueprint.alt_response(401, schema=ErrorSchema, description="device-revoked: wipe the phone")
@blueprint.alt_response(404, schema=ErrorSchema, description="No SHA-256 in hexadecimal")
def list_for_locked(asked: dict[str, str], digest: str) -> dict[str, Any]:
    """The same for a phone that is locked, by the SHA-256 of its token, while its PIN is typed.
    Forms and their lists are what lies readable on a locked phone anyway."""
    return _offered(asked)


def _offered(asked: dict[str, str]) -> dict[str, Any]:
    caller = guard.caller()
    known = set(asked["have"].split(",")) if "have" in asked else None
    return {"forms": [_described(form, caller, known) for form in forms_of(caller)]}


def _described(form: Form, caller: Caller, known: set[str] | None) -> dict[str, Any]:
    where: dict[str, Any] = {"form": form.id, "version": form.version}
    found = [(name, media_file(form, name, caller)) for name in form.files.values()]
    return {
        **where,
        "title": form.title,
        "model": {
            "url": url_for("forms.model", **where),
            **_content(model_hash(form), form.model, known),
        },
        "media": [
            {
                "filename": name,
                "url": url_for("forms.media", **where, filename=name),
                **_content(one.md5, one.content.decode(), known),
            }
            for name, one in found
            if one is not None
        ],
    }


def _content(tag: str, content: dict[str, Any] | str, known: set[str] | None) -> dict[str, Any]:
    """The hash of a file, and the file where it is asked for and travels for the first time."""
    if known is None or tag in known:
        return {"hash": tag}
    known.add(tag)
    return {"hash": tag, "content": content}


@blueprint.get("/forms/<form>/<version>/model")
@blueprint.response(200, content_type="application/json", description="The compact form model")
@blueprint.alt_response(404, schema=ErrorSchema)
def model(form: str, version: str) -> Response:
    """The compact model (docs/model.md) of any published version."""
    found = published(form, version)
    return tagged(found.json, "application/json", model_hash(found))


@blueprint.get("/forms/<form>/<version>/media/<filename>")
@blueprint.response(200, content_type="*/*", description="CSV, or a sound or picture")
@blueprint.alt_response(404, schema=ErrorSchema)
def media(form: str, version: str, filename: str) -> Response:
    """A list of the form, or a sound or picture of its labels (the model's `media` names them).

    households.csv holds only what lies in the caller's territory.
    """
    found = media_file(published(form, version), filename, guard.caller())
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return tagged(found.content, found.type, found.md5)
