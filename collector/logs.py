"""Logs as JSON lines, without personal data: no names, no answers, no bodies, no paths (a path may
hold a phone's key). A request is told by its endpoint, its caller by the role alone; of the private
form's pages nothing is told, not even that one was asked for."""

from __future__ import annotations

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()

SILENT = "/gd/"


class Lines:
    """Writes each line at once to the standard error of the moment."""

    def msg(self, line: str) -> None:
        """One event, already rendered."""
        sys.stderr.write(line + "\n")

    debug = info = warning = error = critical = msg


def configure(level: str) -> None:
    """Set structlog up for the process: one JSON object a line on standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=Lines,
    )


def install(app: Flask) -> None:
    """Log each request once, when it has been answered."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        if request.path.startswith(SILENT):
            return response
        caller = g.get("caller")
        log.info(
            "request",
            method=request.method,
            endpoint=request.endpoint,
            status=response.status_code,
            milliseconds=round(
                (time.perf_counter() - g.get("started", time.perf_counter())) * 1e3, 1
            ),
            role=caller.role.value if caller else None,
        )
        return response
