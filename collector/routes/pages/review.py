"""/review: the list, one submission to read, and the decision on it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard, problems
from collector.models import Action, State
from collector.problems import Problem
from collector.routes.pages import quality, questionnaire, words
from collector.routes.pages.asked import revision
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import names
from collector.routes.pages.troubles import troubles
from collector.service import service
from collector.store import conflicts, own, queue, review
from collector.store.queue import Asked
from collector.store.reasons import LONGEST_REASON
from collector.store.review import Seen
from collector.store.rows import Listed

MOST_PAGES = 10_000


@blueprint.get("/review", endpoint="review")
def waiting() -> str:
    """The list: flagged submissions, or those in another state, by form, village and unit."""
    return review_list()


def review_list(error: str = "") -> str:
    """The list as it was asked for; `error` says what was wrong with what was sent from it."""
    session, asked, page = database.session(), _asked(), _page_number()
    rows, total = queue.listed(session, asked, page)
    return render_template(
        "review.html",
        rows=[(row, troubles(row)) for row in rows],
        total=total,
        page=page,
        pages=max(1, -(-total // queue.PAGE)),
        asked=asked,
        counts=queue.state_counts(session),
        conflicts=queue.open_conflicts(session),
        names=names(session),
        own_returned=own.returned(session, guard.caller().id),
        error=error,
    )


def _asked() -> Asked:
    state = request.values.get("state", "")
    wanted = {name: request.values.get(name, "")[:64] for name in ("form", "village", "unit")}
    return Asked(State(state) if state in set(State) else State.FLAGGED, **wanted)


def _page_number() -> int:
    asked = request.values.get("page", 1, type=int)
    return min(max(asked, 1), MOST_PAGES)


@blueprint.get("/review/<row:submission_id>")
def submission(submission_id: int) -> str:
    """One submission as a questionnaire, with what is needed to decide."""
    return _submission(submission_id)


def _submission(submission_id: int, **typed: Any) -> str:
    session = database.session()
    seen = review.one(session, submission_id)
    sheet = sheet_of(seen, seen.answers, seen.faults)
    return render_template(
        "submission.html",
        seen=seen,
        sheet=sheet,
        names=names(session),
        troubles=troubles(seen),
        doubts=quality.of_submission(seen, session),
        placed=_placed(sheet, seen),
        asked_again=_asked_again(sheet, seen),
        others=queue.same_occasion(session, seen),
        versions=len(review.family(session, submission_id)),
        seconds=conflicts.of(session, submission_id),
        replacement=review.id_of(session, seen.replaced_by) if seen.replaced_by else None,
        actions=list(Action),
        **{"error": "", "reason": "", "action": "", "questions": (), **typed},
    )


def sheet_of(
    row: Listed, answers: Mapping[str, Any], faults: Sequence[Mapping[str, Any]] = ()
) -> questionnaire.Section | None:
    """Answers to the submission's form as a questionnaire; None where that version is no longer in
    the library (the answers stay stored)."""
    parts = service()
    form = parts.library.get(row.form, row.version)
    if form is None:
        return None
    media = parts.rows(database.session(), form, guard.caller())
    return questionnaire.sheet(form, answers, language(), media=media, faults=faults)


def _placed(sheet: questionnaire.Section | None, seen: Seen) -> dict[str, str]:
    """Path -> anchor of the faults that stand at a question of the sheet."""
    paths = {str(fault.get("path")) for fault in seen.faults}
    return {path: questionnaire.anchor(path) for path in paths & _paths(sheet)}


def _paths(sheet: questionnaire.Section | None) -> set[str]:
    return {question.path for _, question in questionnaire.leaves(sheet)} if sheet else set()


def _asked_again(sheet: questionnaire.Section | None, seen: Seen) -> dict[str, str]:
    """Path -> label of every question that a return was about, where it stands on the sheet."""
    wanted = {path for step in seen.decisions for path in step.questions}
    shown = questionnaire.leaves(sheet) if sheet else ()
    return {one.path: one.label for _, one in shown if one.path in wanted}


@blueprint.post("/review/<row:submission_id>/decision")
def decide(submission_id: int) -> ResponseReturnValue:
    """Approve, return or exclude the submission as it was when the page was opened."""
    session, action = database.session(), request.form.get("action", "")
    typed: dict[str, Any] = {
        "reason": request.form.get("reason", "")[: 2 * LONGEST_REASON],
        "questions": _questions(submission_id),
    }
    if action not in set(Action):
        error = gettext("Hãy chọn một quyết định.")
        return _submission(submission_id, error=error, **typed), 422
    try:
        review.decide(
            session,
            submission_id,
            revision=revision(request.form),
            action=Action(action),
            account_id=guard.caller().id,
            now=datetime.now(UTC),
            **typed,
        )
    except Problem as problem:
        session.rollback()
        return _refused(submission_id, problem, action=action, **typed)
    session.commit()
    name = names(session).about(review.one(session, submission_id))
    flash(gettext("%(done)s: phiếu %(name)s.", done=words.done(action), name=name), "good")
    return redirect(_next(submission_id), 303)


def _questions(submission_id: int) -> tuple[str, ...]:
    """The ticked questions that are on the submission's sheet, in its order."""
    ticked = set(request.form.getlist("question")[: review.MOST_QUESTIONS])
    if not ticked:
        return ()
    seen = review.one(database.session(), submission_id)
    sheet = sheet_of(seen, seen.answers, seen.faults)
    shown = questionnaire.leaves(sheet) if sheet else ()
    return tuple(one.path for _, one in shown if one.path in ticked)


def _next(submission_id: int) -> str:
    """The list; or, where asked for, the submission that has waited longest after this one."""
    if request.form.get("then") == "next":
        left = queue.next_waiting(database.session(), submission_id)
        if left is not None:
            return url_for("pages.submission", submission_id=left)
    return url_for("pages.review")


_SAID_ON_THE_PAGE = (problems.REASON_NEEDED, problems.ALREADY_COUNTED, problems.QUESTIONS_ALONE)


def _refused(submission_id: int, problem: Problem, **typed: Any) -> ResponseReturnValue:
    if problem.kind is problems.CHANGED_MEANWHILE:
        return meanwhile(submission_id, **typed), problem.kind.status
    if problem.kind in _SAID_ON_THE_PAGE:
        error = gettext(problem.kind.message, **problem.details)
        return _submission(submission_id, error=error, **typed), problem.kind.status
    raise problem


def meanwhile(
    submission_id: int, *, reason: str, action: str = "", questions: tuple[str, ...] = ()
) -> str:
    """Somebody was faster: what was decided, by whom and when, and what this officer had typed."""
    session = database.session()
    seen = review.one(session, submission_id)
    return render_template(
        "meanwhile.html",
        seen=seen,
        last=seen.decisions[-1] if seen.decisions else None,
        replacement=_replacement(seen),
        reason=reason,
        questions=questions,
        action=action if action in set(Action) else "",
        actions=list(Action),
    )


def _replacement(seen: Seen) -> Seen | None:
    session = database.session()
    found = review.id_of(session, seen.replaced_by) if seen.replaced_by else None
    return review.one(session, found) if found is not None else None


@blueprint.get("/review/<row:submission_id>/files/<row:attachment_id>")
def attachment(submission_id: int, attachment_id: int) -> ResponseReturnValue:
    """One attached file."""
    found = review.attachment(database.session(), submission_id, attachment_id)
    return download(found.content, found.filename)


def download(content: bytes, filename: str) -> ResponseReturnValue:
    """A file that somebody sent. Always a download: a browser must not run it."""
    return send_file(
        io.BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=filename,
    )
