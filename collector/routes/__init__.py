"""One file a resource. `BLUEPRINTS` are plain Flask, `RESOURCES` stand in the OpenAPI document."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api
from flask_wtf.csrf import CSRFProtect

from collector.routes import (
    enrolment,
    feed,
    forms,
    health,
    openrosa,
    pages,
    phone,
    private,
    session,
    status,
    submissions,
    uploads,
    work,
)
from collector.schemas.session import ErrorSchema


class Documented(Api):
    """The OpenAPI document, with our own failure as the default one."""

    ERROR_SCHEMA = ErrorSchema


BLUEPRINTS = [
    openrosa.blueprint,
    phone.blueprint,
    health.blueprint,
    pages.blueprint,
    private.blueprint,
    feed.blueprint,
]
RESOURCES = [
    status.blueprint,
    session.blueprint,
    enrolment.blueprint,
    forms.blueprint,
    submissions.blueprint,
    uploads.blueprint,
    work.blueprint,
]


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Register every blueprint. The machine channels carry no cookie, so no CSRF token either."""
    api = Documented(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for resource in RESOURCES:
        api.register_blueprint(resource)
        csrf.exempt(resource)
    csrf.exempt(openrosa.blueprint)
    csrf.exempt(private.blueprint)
