"""The REST API against its own OpenAPI document: schemathesis makes requests up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from databases import settings
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from collector import create_app
from collector.database import db
from collector.models import Channel
from collector.store import accounts

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def api(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("openapi")
    path = folder / "so-thon.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    app = create_app(settings(f"sqlite:///{path}", folder))
    yield app
    with app.app_context():
        db.engine.dispose()


OPERATIONS = [
    ("GET", "/api/v1/status"),
    ("POST", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("GET", "/api/v1/session/key"),
    ("POST", "/api/v1/enrolment"),
    ("GET", "/api/v1/phones/{digest}"),
    ("POST", "/api/v1/phones/{digest}/wiped"),
    ("GET", "/api/v1/forms"),
    ("GET", "/api/v1/phones/{digest}/forms"),
    ("GET", "/api/v1/forms/{form}/{version}/model"),
    ("GET", "/api/v1/forms/{form}/{version}/media/{filename}"),
    ("POST", "/api/v1/submissions"),
    ("GET", "/api/v1/submissions"),
    ("POST", "/api/v1/uploads"),
    ("GET", "/api/v1/uploads/{sha256}"),
    ("PATCH", "/api/v1/uploads/{sha256}"),
    ("GET", "/api/v1/work"),
]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_replies_are_as_documented(api: Flask, method: str, path: str) -> None:
    """Made-up requests, right ones and wrong ones: never a 5xx, never an undocumented reply."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", api)

    @hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path][method].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        headers = {"Authorization": f"Bearer {_token(api)}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()


def _token(api: Flask) -> str:
    """A new one for each request: some of them sign out."""
    with api.app_context():
        found = accounts.by_username(db.session(), "thon1")
        assert found is not None
        token = accounts.issue_token(db.session(), found.id, Channel.PHONE, "")
        db.session.commit()
        return token


def test_the_document_is_public_and_names_every_route(api: Flask) -> None:
    document = api.test_client().get("/api/v1/openapi.json").json
    routes = {
        route.rule.replace("<", "{").replace(">", "}")
        for route in api.url_map.iter_rules()
        if route.rule.startswith("/api/v1/") and route.endpoint != "api-docs.openapi_json"
    }
    assert set(document["paths"]) == routes == {path for _, path in OPERATIONS}
    assert document["info"]["title"] == "Sổ Thôn"
    sent = document["components"]["schemas"]["Submission"]["properties"]
    named = {"form", "version", "instance_id", "deprecated_id", "answers", "attachments"}
    assert set(sent) == named
