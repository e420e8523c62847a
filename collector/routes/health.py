"""/health for whoever watches the machine, /metrics for Prometheus."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from collector import database
from collector.store import metrics as store
from collector.version import VERSION

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    """200 while the database answers and its tables are there; otherwise 503 by the error page."""
    store.ping(database.session())
    return jsonify(status="ok", version=VERSION)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counts read from the database, so that they are the same from every worker."""
    text, content_type = store.exposition(database.session())
    return Response(text, content_type=content_type)
