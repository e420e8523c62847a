"""/review: what waits for an officer, one submission to read, and the decision on it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard, problems
from collector.models import Action, State
from collector.problems import Problem
from collector.routes.pages import questionnaire, words
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import form_titles, village_names
from collector.service import service
from collector.store import queue, review
from collector.store.queue import Asked
from collector.store.review import Seen
from forms.library import Form

MOST_PAGES = 10_000
QUOTED = ("constraint", "irrelevant")  # the sheet's own messages do not quote the answer


@blueprint.get("/review", endpoint="review")
def waiting() -> str:
    """The list: flagged submissions, or those in another state, by form and village."""
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
        titles=form_titles(),
        villages=village_names(session),
    )


def _asked() -> Asked:
    state = request.args.get("state", "")
    return Asked(
        state=State(state) if state in set(State) else State.FLAGGED,
        form=request.args.get("form", "")[:64],
        village=request.args.get("village", "")[:64],
    )


def _page_number() -> int:
    asked = request.args.get("page", 1, type=int)
    return min(max(asked, 1), MOST_PAGES)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that speaks against a submission. `where`: the instance of a repeat; `value`: what
    was answered, "" where the message quotes it; `path`: of the question."""

    says: str
    where: str = ""
    label: str = ""
    value: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Troubles:
    """All of them. `calculated` are values that the phone computed and the server computes
    otherwise: they follow from the others, or the phone has another version of the form."""

    direct: tuple[Trouble, ...]
    calculated: tuple[Trouble, ...]


def troubles(row: queue.Listed | Seen) -> Troubles:
    """What speaks against a submission, in words; flags first."""
    form = service().library.get(row.form, row.version)
    flags = [Trouble(words.flag(flag["code"])) for flag in row.flags]
    calculated = [fault for fault in row.faults if fault.get("code") == "calculation"]
    direct = [fault for fault in row.faults if fault not in calculated]
    return Troubles(
        (*flags, *(_trouble(form, fault) for fault in direct)),
        tuple(_trouble(form, fault) for fault in calculated),
    )


def _trouble(form: Form | None, fault: Mapping[str, Any]) -> Trouble:
    where, value = questionnaire.place_and_value(form, fault, language())
    says = questionnaire.spoken(fault.get("message"), language())
    label = questionnaire.spoken(fault.get("label"), language())
    return Trouble(
        says,
        where,
        label or str(fault.get("name") or ""),
        value if fault.get("code") in QUOTED else "",
        str(fault.get("path") or ""),
    )


@blueprint.get("/review/<row:submission_id>")
def submission(submission_id: int) -> str:
    """One submission as a questionnaire, with what is needed to decide."""
    return _submission(submission_id)


def _submission(submission_id: int, **typed: Any) -> str:
    session = database.session()
    seen = review.one(session, submission_id)
    sheet = _sheet(seen)
    return render_template(
        "submission.html",
        seen=seen,
        sheet=sheet,
        title=form_titles().get(seen.form, seen.form),
        village=village_names(session).get(seen.village or "", seen.village),
        troubles=troubles(seen),
        placed=_placed(sheet, seen),
        others=queue.same_household(session, seen.id, seen.form, seen.household, seen.year),
        replacement=review.id_of(session, seen.replaced_by) if seen.replaced_by else None,
        earlier=review.id_of(session, seen.deprecated_id) if seen.deprecated_id else None,
        actions=list(Action),
        **{"error": "", "reason": "", "action": "", **typed},
    )


def _sheet(seen: Seen) -> questionnaire.Section | None:
    """None where the form's version is no longer in the library: the answers stay stored."""
    parts = service()
    form = parts.library.get(seen.form, seen.version)
    if form is None:
        return None
    media = parts.media.rows(database.session(), form, guard.caller())
    return questionnaire.sheet(form, seen.answers, language(), media=media, faults=seen.faults)


def _placed(sheet: questionnaire.Section | None, seen: Seen) -> dict[str, str]:
    """Path -> anchor of the faults that stand at a question of the sheet."""
    if sheet is None:
        return {}
    shown = {question.path for _, question in questionnaire.leaves(sheet)}
    paths = {str(fault.get("path")) for fault in seen.faults}
    return {path: questionnaire.anchor(path) for path in paths & shown}


@blueprint.post("/review/<row:submission_id>/decision")
def decide(submission_id: int) -> ResponseReturnValue:
    """Accept, return or exclude the submission as it was when the page was opened."""
    session, action = database.session(), request.form.get("action", "")
    reason = request.form.get("reason", "")[: 2 * review.LONGEST_REASON]
    if action not in set(Action):
        return _again(submission_id, gettext("Hãy chọn một quyết định."), 422, reason, "")
    try:
        review.decide(
            session,
            submission_id,
            revision=_revision(),
            action=Action(action),
            reason=reason,
            account_id=guard.caller().id,
            now=datetime.now(UTC),
        )
    except Problem as problem:
        session.rollback()
        return _refused(submission_id, problem, reason, action)
    session.commit()
    name = review.one(session, submission_id).household or f"#{submission_id}"
    flash(gettext("%(done)s: phiếu %(name)s.", done=words.done(action), name=name), "good")
    return redirect(_next(submission_id), 303)


def _revision() -> int:
    """The revision that the officer saw; -1, which no row has, for anything that is none."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _next(submission_id: int) -> str:
    """The list; or, where asked for, the submission that has waited longest after this one."""
    if request.form.get("then") == "next":
        left = queue.next_waiting(database.session(), submission_id)
        if left is not None:
            return url_for("pages.submission", submission_id=left)
    return url_for("pages.review")


def _again(
    submission_id: int, error: str, status: int, reason: str, action: str
) -> ResponseReturnValue:
    return _submission(submission_id, error=error, reason=reason, action=action), status


def _refused(submission_id: int, problem: Problem, reason: str, action: str) -> ResponseReturnValue:
    if problem.kind is problems.CHANGED_MEANWHILE:
        return _meanwhile(submission_id, reason, action), problem.kind.status
    if problem.kind in (problems.REASON_NEEDED, problems.ALREADY_COUNTED):
        message = gettext(problem.kind.message, **problem.details)
        return _again(submission_id, message, problem.kind.status, reason, action)
    raise problem


def _meanwhile(submission_id: int, reason: str, action: str) -> str:
    """Somebody was faster: what was decided, and what this officer had typed."""
    session = database.session()
    seen = review.one(session, submission_id)
    return render_template(
        "meanwhile.html",
        seen=seen,
        last=queue.last_decision(session, submission_id),
        replacement=review.id_of(session, seen.replaced_by) if seen.replaced_by else None,
        reason=reason,
        action=action if action in set(Action) else "",
        actions=list(Action),
    )


@blueprint.get("/review/<row:submission_id>/files/<row:attachment_id>")
def attachment(submission_id: int, attachment_id: int) -> ResponseReturnValue:
    """One attached file. Always a download: a browser must not run what somebody sent."""
    found = queue.attachment(database.session(), submission_id, attachment_id)
    return send_file(
        io.BytesIO(found.content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=found.filename,
    )
