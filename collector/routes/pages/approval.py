"""/review/approve: several checked submissions approved together, each as it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from collector import database, guard, problems
from collector.models import State
from collector.problems import Problem
from collector.routes.pages.asked import small
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.review import review_list
from collector.routes.pages.speech import gettext, ngettext
from collector.routes.pages.titles import names
from collector.store import queue, review
from collector.store.review import Missed, Seen, Step


@dataclass(frozen=True, slots=True)
class Left:
    """One that was not approved: what happened to it, as far as somebody did something."""

    seen: Seen
    error: str
    last: Step | None
    replacement: Seen | None


@blueprint.post("/review/approve")
def approve() -> ResponseReturnValue:
    """Approve what was ticked; what changed since the list was read is left and told."""
    session = database.session()
    seen = _ticked()
    if not seen:
        error = gettext(problems.NOTHING_CHOSEN.message)
        return review_list(error), problems.NOTHING_CHOSEN.status
    made = review.approve(
        session,
        seen,
        reason=request.form.get("reason", ""),
        account_id=guard.caller().id,
        now=datetime.now(UTC),
    )
    session.commit()
    done = len(made.done)
    said = ngettext("Đã duyệt %(num)d phiếu.", "Đã duyệt %(num)d phiếu.", done) if done else ""
    if not made.missed:
        flash(said, "good")
        return redirect(url_for("pages.review", state=State.STORED.value), 303)
    left = [_left(session, missed) for missed in made.missed]
    page = render_template(
        "approved.html", said=said, left=[one for one in left if one], names=names(session)
    )
    return page, problems.CHANGED_MEANWHILE.status


def _ticked() -> list[tuple[int, int]]:
    """(row, revision) of each ticked line, at most a page of them."""
    found = []
    for text in request.form.getlist("seen")[: queue.PAGE]:
        row, _, revision = text.partition(":")
        found.append((small(row), small(revision)))
    return found


def _left(session: Session, missed: Missed) -> Left | None:
    """None for a row that never was."""
    try:
        seen = review.one(session, missed.id)
    except Problem:
        return None
    changed = missed.kind is problems.CHANGED_MEANWHILE
    new = review.id_of(session, seen.replaced_by) if changed and seen.replaced_by else None
    return Left(
        seen,
        "" if changed else gettext(missed.kind.message),
        seen.decisions[-1] if changed and seen.decisions else None,
        review.one(session, new) if new is not None else None,
    )
