"""What the machine is watched by: counts, no person and no place."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import func, select
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from collector import problems
from collector.models import Conflict, Submission, TerritoryRevision
from collector.problems import Problem
from collector.version import VERSION


def ping(session: Session) -> None:
    """Raise if the database is gone (OperationalError), or Problem STORAGE_UNAVAILABLE if it has
    not been migrated."""
    try:
        session.execute(select(TerritoryRevision.revision).limit(1)).all()
    except ProgrammingError:
        raise Problem(problems.STORAGE_UNAVAILABLE) from None


def exposition(session: Session) -> tuple[bytes, str]:
    """The metrics in Prometheus' text format, and its content type."""
    registry = CollectorRegistry()
    Gauge("so_thon_build", "Version of the code", ["version"], registry=registry).labels(
        VERSION
    ).set(1)
    _submissions(session, registry)
    newest = session.scalar(select(func.max(Submission.received_at)))
    Gauge(
        "so_thon_newest_submission_timestamp_seconds",
        "When the newest submission came (0: none)",
        registry=registry,
    ).set(newest.timestamp() if newest else 0)
    open_conflicts = select(func.count()).where(Conflict.resolved_at.is_(None))
    Gauge(
        "so_thon_conflicts_open", "Second texts that nobody has looked at", registry=registry
    ).set(session.scalar(open_conflicts) or 0)
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _submissions(session: Session, registry: CollectorRegistry) -> None:
    gauge = Gauge(
        "so_thon_submissions",
        "Submissions by form, channel and state",
        ["form", "channel", "state"],
        registry=registry,
    )
    by = (Submission.form, Submission.channel, Submission.state)
    for form, channel, state, n in session.execute(select(*by, func.count()).group_by(*by)):
        gauge.labels(form, channel, state).set(n)
