"""/plans/<plan>/assignments: which unit answers for which target, orphans and contradictions."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.types import Plan, Target
from collector import database, guard, problems
from collector.problems import Problem
from collector.routes.pages import source
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.speech import gettext
from collector.routes.pages.units import kind_words
from collector.store import assignments as store
from collector.store import units
from collector.store.assignments import Responsible


@dataclass(frozen=True, slots=True)
class Row:
    """A target and who answers for it; `local`: (id, unit's name, document) of the commune's own
    assignments."""

    target: Target
    who: Responsible
    units: tuple[str, ...]
    local: tuple[tuple[int, str, str], ...]


@blueprint.get("/plans/<plan>/assignments")
def assignments(plan: str) -> str:
    """Every target of a plan with those who answer for it."""
    return _page(source.plan(plan))


def _page(plan: Plan, error: str = "", at: str = "") -> str:
    session = database.session()
    found = store.responsible(session, plan)
    names = units.names(session)
    rows = _rows(plan, found, names)
    show = request.args.get("show", "")
    kept = {"orphans": lambda row: row.who.orphan, "double": lambda row: row.who.contradictory}
    return render_template(
        "assignments.html",
        plan=plan,
        rows=[row for row in rows if show not in kept or kept[show](row)],
        show=show if show in kept else "",
        orphans=sum(who.orphan for who in found.values()),
        double=sum(who.contradictory for who in found.values()),
        decided=sum(bool(who.local) for who in found.values()),
        active=[one for one in units.listed(session) if one.active],
        ended=store.ended(session, plan.id),
        names=names,
        kind_words=kind_words,
        error=error,
        at=at,
    )


def _rows(plan: Plan, found: dict[str, Responsible], names: dict[str, str]) -> list[Row]:
    local: dict[str, list[tuple[int, str, str]]] = {}
    for one in store.current(database.session(), plan.id):
        local.setdefault(one.target, []).append((one.id, names[one.unit], one.document))
    return [
        Row(
            target,
            found[target.id],
            tuple(names[code] for code in found[target.id].units),
            tuple(local.get(target.id, ())),
        )
        for target in plan.targets
    ]


@blueprint.post("/plans/<plan>/assignments")
def assign(plan: str) -> ResponseReturnValue:
    """Give a target to a unit by a document of the commune."""
    session, found = database.session(), source.plan(plan)
    target = request.form.get("target", "")
    try:
        store.assign(
            session,
            found,
            target,
            request.form.get("unit", ""),
            request.form.get("document", ""),
            guard.caller().id,
        )
    except Problem as problem:
        if problem.kind is problems.NOT_FOUND:
            raise
        session.rollback()
        message = gettext(problem.kind.message, **problem.details)
        return _page(found, message, target), problem.kind.status
    session.commit()
    flash(gettext("Đã giao chỉ tiêu %(target)s.", target=target), "good")
    return redirect(url_for("pages.assignments", plan=plan, _anchor=target), 303)


@blueprint.post("/plans/<plan>/assignments/<row:assignment>/end")
def take_back(plan: str, assignment: int) -> ResponseReturnValue:
    """Take one of the commune's own assignments back."""
    session = database.session()
    store.take_back(session, source.plan(plan).id, assignment, guard.caller().id)
    session.commit()
    flash(gettext("Đã rút việc giao. Việc này còn trong lịch sử."), "good")
    return redirect(url_for("pages.assignments", plan=plan), 303)
