"""/review/conflicts: second texts that came under the id of a stored submission."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard, problems
from collector.problems import Problem
from collector.routes.pages import asked, comparison
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.comparison import Block
from collector.routes.pages.review import download, meanwhile, sheet_of
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import names
from collector.service import service
from collector.store import conflicts as store
from collector.store import review
from collector.store.conflicts import Dispute

CHOOSE, KEEP = "choose", "keep"


@blueprint.get("/review/conflicts")
def conflicts() -> str:
    """Those that wait, or those that were looked at."""
    session = database.session()
    resolved = request.args.get("resolved") == "1"
    return render_template(
        "conflicts.html",
        rows=store.disputes(session, resolved=resolved),
        resolved=resolved,
        names=names(session),
    )


@blueprint.get("/review/conflicts/<row:conflict_id>")
def conflict(conflict_id: int) -> str:
    """Both texts, question by question where they differ, with the files of each."""
    return _page(conflict_id)


def _page(conflict_id: int, error: str = "", reason: str = "", choice: str = "") -> str:
    session = database.session()
    found = store.dispute(session, conflict_id)
    return render_template(
        "conflict.html",
        found=found,
        blocks=_blocks(found),
        names=names(session),
        first_files=review.one(session, found.stored.id).attachments,
        second_files=store.files(session, conflict_id),
        became=review.id_of(session, found.became) if found.became else None,
        error=error,
        reason=reason,
        choice=choice,
    )


def _blocks(found: Dispute) -> list[Block] | None:
    """What differs; None where the form's version is not in the library."""
    first = sheet_of(found.stored, found.stored_answers, found.stored.faults)
    second = sheet_of(found.stored, found.answers)
    if first is None or second is None:
        return None
    return comparison.only_changes(comparison.compare(first, second))


@blueprint.post("/review/conflicts/<row:conflict_id>")
def resolve(conflict_id: int) -> ResponseReturnValue:
    """Keep the first text, or put the second in its place; both stay stored."""
    choice, reason = request.form.get("choice", ""), request.form.get("reason", "")
    if choice not in (CHOOSE, KEEP):
        error = gettext("Hãy chọn bản nào được giữ làm bản chính.")
        return _page(conflict_id, error, reason), 422
    session = database.session()
    try:
        chosen = _resolve(conflict_id, choice, reason)
    except Problem as problem:
        session.rollback()
        return _refused(conflict_id, problem, reason, choice)
    session.commit()
    if chosen is None:
        flash(gettext("Đã ghi nhận. Bản thứ hai vẫn được giữ."), "good")
        return redirect(url_for("pages.conflicts"), 303)
    flash(gettext("Bản thứ hai nay là bản chính. Bản đầu vẫn được giữ."), "good")
    return redirect(url_for("pages.submission", submission_id=chosen), 303)


def _resolve(conflict_id: int, choice: str, reason: str) -> int | None:
    """The row that the second text became; None where the first is kept."""
    session, who, now = database.session(), guard.caller().id, datetime.now(UTC)
    if choice == KEEP:
        store.put_aside(session, conflict_id, account_id=who, reason=reason, now=now)
        return None
    return store.choose(
        session,
        service().desk,
        conflict_id,
        revision=asked.revision(request.form),
        account_id=who,
        reason=reason,
        now=now,
    )


def _refused(conflict_id: int, problem: Problem, reason: str, choice: str) -> ResponseReturnValue:
    found = store.dispute(database.session(), conflict_id)
    if problem.kind is problems.CHANGED_MEANWHILE and found.resolved_at is None:
        return meanwhile(found.stored.id, reason=reason), problem.kind.status
    if problem.kind not in (problems.REASON_NEEDED, problems.CHANGED_MEANWHILE):
        raise problem
    message = gettext(problem.kind.message)
    return _page(conflict_id, message, reason, choice), problem.kind.status


@blueprint.get("/review/conflicts/<row:conflict_id>/files/<row:file_id>")
def conflict_file(conflict_id: int, file_id: int) -> ResponseReturnValue:
    """One file that came with a second text."""
    found = store.file(database.session(), conflict_id, file_id)
    return download(found.content, found.filename)
