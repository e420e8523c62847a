"""GET /api/v1/status: which version answers, what time it has, whether the data are invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask_smorest import Blueprint

from collector.schemas.session import StatusSchema
from collector.service import service
from collector.version import VERSION

blueprint = Blueprint("status", __name__, url_prefix="/api/v1", description="The service itself")


@blueprint.get("/status")
@blueprint.response(200, StatusSchema)
def status() -> dict[str, Any]:
    """Say which version answers. Public: a phone asks before anybody has signed in."""
    return {
        "version": VERSION,
        "time": datetime.now(UTC),
        "demonstration": service().demonstration,
    }
