"""/api/v1/forms: which forms the account fills, their models and lists."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from collector import database, guard, problems
from collector.problems import Problem
from collector.routes.replies import tagged
from collector.schemas.forms import FormsSchema
from collector.schemas.session import ErrorSchema
from collector.service import forms_of, media_file, model_hash, published, service
from collector.store.accounts import Caller
from forms.library import Form

blueprint = Blueprint("forms", __name__, url_prefix="/api/v1", description="Forms to fill")


@blueprint.get("/forms")
@blueprint.response(200, FormsSchema)
@blueprint.alt_response(401, schema=ErrorSchema)
def list_forms() -> dict[str, Any]:
    """The newest version of each form that the caller's role fills."""
    caller = guard.caller()
    return {"forms": [_described(form, caller) for form in forms_of(caller)]}


def _described(form: Form, caller: Caller) -> dict[str, Any]:
    where: dict[str, Any] = {"form": form.id, "version": form.version}
    session, media = database.session(), service().media
    found = [(name, media.get(session, name, caller)) for name in form.files.values()]
    return {
        **where,
        "title": form.title,
        "model": {"url": url_for("forms.model", **where), "hash": model_hash(form)},
        "media": [
            {
                "filename": name,
                "hash": one.md5,
                "url": url_for("forms.media", **where, filename=name),
            }
            for name, one in found
            if one is not None
        ],
    }


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
