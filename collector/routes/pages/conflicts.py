"""/review/conflicts: second texts that came under the id of a stored submission."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard, problems
from collector.problems import Problem
from collector.routes.pages import comparison, questionnaire
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.comparison import Block
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import form_titles, village_names
from collector.service import service
from collector.store import queue, review
from collector.store.queue import Dispute


@blueprint.get("/review/conflicts")
def conflicts() -> str:
    """Those that wait, or those that were looked at."""
    session = database.session()
    resolved = request.args.get("resolved") == "1"
    return render_template(
        "conflicts.html",
        rows=queue.disputes(session, resolved=resolved),
        resolved=resolved,
        titles=form_titles(),
        villages=village_names(session),
    )


@blueprint.get("/review/conflicts/<row:conflict_id>")
def conflict(conflict_id: int) -> str:
    """Both texts, question by question where they differ."""
    return _page(conflict_id)


def _page(conflict_id: int, error: str = "", reason: str = "") -> str:
    session = database.session()
    found = queue.dispute(session, conflict_id)
    return render_template(
        "conflict.html",
        found=found,
        differences=_differences(found),
        title=form_titles().get(found.form, found.form),
        village=village_names(session).get(found.village or "", found.village),
        error=error,
        reason=reason,
    )


def _differences(found: Dispute) -> list[Block] | None:
    """None where the form's version is not in the library."""
    parts = service()
    form = parts.library.get(found.form, found.version)
    if form is None:
        return None
    media = parts.media.rows(database.session(), form, guard.caller())
    sheets = [
        questionnaire.sheet(form, answers, language(), media=media)
        for answers in (found.stored_answers, found.answers)
    ]
    return comparison.only_changes(comparison.compare(*sheets))


@blueprint.post("/review/conflicts/<row:conflict_id>")
def resolve(conflict_id: int) -> ResponseReturnValue:
    """Note that it was looked at, and why nothing more needs to be done."""
    session, reason = database.session(), request.form.get("reason", "")
    try:
        review.resolve_conflict(
            session,
            conflict_id,
            account_id=guard.caller().id,
            reason=reason,
            now=datetime.now(UTC),
        )
    except Problem as problem:
        session.rollback()
        if problem.kind not in (problems.REASON_NEEDED, problems.CHANGED_MEANWHILE):
            raise
        return _page(conflict_id, gettext(problem.kind.message), reason), problem.kind.status
    session.commit()
    flash(gettext("Đã ghi nhận. Bản thứ hai vẫn được giữ."), "good")
    return redirect(url_for("pages.conflicts"), 303)
