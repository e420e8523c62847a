"""/api/v1/work: the households and periods that the caller has to see to."""

from __future__ import annotations

import hashlib

import orjson
from flask import Response
from flask_smorest import Blueprint

from collector import database, guard
from collector.duties import today
from collector.routes.replies import tagged
from collector.schemas.session import ErrorSchema
from collector.schemas.work import WorkSchema
from collector.service import service
from collector.work import work as work_of

blueprint = Blueprint("work", __name__, url_prefix="/api/v1", description="What is to be done")


@blueprint.get("/work")
@blueprint.response(200, WorkSchema)
@blueprint.alt_response(401, schema=ErrorSchema)
def work() -> Response:
    """A collaborator's households in walking order, a unit's periods; 304 where nothing changed."""
    made = work_of(database.session(), service().library, guard.caller(), today())
    content = orjson.dumps(made)
    return tagged(content, "application/json", hashlib.sha256(content).hexdigest()[:32])
