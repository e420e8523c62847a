"""Reports as they were issued: kept once, read byte for byte ever after."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.types import Report
from collector import problems
from collector.models import IssuedFile, IssuedReport, User
from collector.problems import Problem
from collector.store.reasons import written

Files = Mapping[tuple[str, str], bytes]
"""(format, language) -> content."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a report: who, when, why (a correction), and the checksum of its data."""

    id: int
    revision: int
    reason: str
    checksum: str
    by: str
    at: datetime


def issues(session: Session, plan: str, period: int) -> list[Issue]:
    """Every issue of a plan's report of a year, the newest first."""
    return [_issue(*row) for row in session.execute(_issues(plan, period)).all()]


def one(session: Session, plan: str, period: int, revision: int) -> Issue:
    """One issue; raises Problem NOT_FOUND."""
    asked = _issues(plan, period).where(IssuedReport.revision == revision)
    found = session.execute(asked).one_or_none()
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return _issue(*found)


def _issues(plan: str, period: int) -> Select[IssuedReport, str]:
    return (
        select(IssuedReport, User.display_name)
        .join(User, User.id == IssuedReport.account_id)
        .where(IssuedReport.plan == plan, IssuedReport.period == period)
        .order_by(IssuedReport.revision.desc())
    )


def _issue(row: IssuedReport, by: str) -> Issue:
    return Issue(row.id, row.revision, row.reason, row.checksum, by, row.issued_at)


def content(session: Session, issue: Issue, file_format: str, language: str) -> bytes:
    """A file as it was issued; raises Problem NOT_FOUND."""
    found = session.scalar(
        select(IssuedFile.content).where(
            IssuedFile.report_id == issue.id,
            IssuedFile.format == file_format,
            IssuedFile.language == language,
        )
    )
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def issue(
    session: Session,
    report: Report,
    files: Files,
    *,
    revision: int,
    reason: str,
    account_id: int,
    now: datetime,
) -> int:
    """Freeze a report as the issue after `revision` (0: the first); answers its number.

    A correction needs its reason. Raises Problem REASON_NEEDED, and REPORT_ISSUED where another
    issue followed `revision` before.
    """
    said = written(reason, needed=bool(revision))
    if revision != _last(session, report):
        raise Problem(problems.REPORT_ISSUED)
    made = IssuedReport(
        plan=report.plan.id,
        period=report.period,
        revision=revision + 1,
        reason=said,
        checksum=report.provenance.checksum,
        code_version=report.provenance.code_version,
        account_id=account_id,
        issued_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise Problem(problems.REPORT_ISSUED) from None
    session.add_all(_file(made.id, *name, content) for name, content in files.items())
    return made.revision


def _last(session: Session, report: Report) -> int:
    found = session.scalar(
        select(func.max(IssuedReport.revision)).where(
            IssuedReport.plan == report.plan.id, IssuedReport.period == report.period
        )
    )
    return found or 0


def _file(report_id: int, file_format: str, language: str, content: bytes) -> IssuedFile:
    digest = hashlib.sha256(content).hexdigest()
    return IssuedFile(
        report_id=report_id, format=file_format, language=language, digest=digest, content=content
    )
