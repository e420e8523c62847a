"""/review/<id>/versions: every version of a submission, and two of them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request

from collector import database
from collector.routes.pages import comparison
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.comparison import Block
from collector.routes.pages.questionnaire import Section
from collector.routes.pages.review import sheet_of
from collector.routes.pages.titles import names
from collector.store import review
from collector.store.review import Seen
from collector.store.rows import Listed


@blueprint.get("/review/<row:submission_id>/versions")
def versions(submission_id: int) -> str:
    """The versions, and `first` beside `second`: without them the newest beside what it corrects.

    `all=1` shows the answers that stayed too.
    """
    session = database.session()
    family = review.family(session, submission_id)
    first, second = _pair(family, submission_id)
    seen = {row.id: review.one(session, row.id) for row in family}
    compared = _compared(seen[first.id], seen[second.id])
    every = request.args.get("all") == "1"
    return render_template(
        "versions.html",
        here=seen[submission_id],
        family=list(seen.values()),
        first=first,
        second=second,
        blocks=compared if compared is None or every else comparison.only_changes(compared),
        changes=sum(block.changes for block in compared or ()),
        every=every,
        names=names(session),
    )


def _pair(family: Sequence[Listed], here: int) -> tuple[Listed, Listed]:
    """The two that are asked for; else this one with the one that it corrects, or the one that
    corrects it where it is the first."""
    asked = {name: request.args.get(name, 0, type=int) for name in ("first", "second")}
    known = {row.id: row for row in family}
    if asked["first"] in known and asked["second"] in known:
        return known[asked["first"]], known[asked["second"]]
    this = known[here]
    by_instance = {row.instance_id: row for row in family}
    before = by_instance.get(this.deprecated_id or "")
    if before is not None and before.id != this.id:
        return before, this
    after = next((row for row in family if row.deprecated_id == this.instance_id), this)
    return this, after


def _compared(first: Seen, second: Seen) -> list[Block] | None:
    """None where the form of a version is no longer in the library."""
    sheets: list[Section] = []
    for one in (first, second):
        sheet = sheet_of(one, one.answers, one.faults)
        if sheet is None:
            return None
        sheets.append(sheet)
    return comparison.compare(*sheets)
