"""/plan-files: every plan; plans that officers enter, bring as a file, put in use and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.plans import (
    FOLDER,
    PlanProblem,
    PlanRefused,
    available,
    parse_text,
)
from analysis.types import Plan
from collector import database, guard, problems, reporting
from collector.models import Role
from collector.problems import Problem
from collector.routes.pages import asked, plan_forms, reading_view
from collector.routes.pages.blueprint import blueprint, language, role_is
from collector.routes.pages.plan_forms import NO_FAULTS, Faults
from collector.routes.pages.speech import gettext
from collector.service import service
from collector.store import indicators
from collector.store import plans as stored
from collector.store.plans import Entries, Version

LARGEST_FILE = 500_000
Again = Callable[[Version, str], str]
"""The page to show where somebody was faster: the version that is there now, and why."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan that is in use; `version` where an officer entered it."""

    plan: Plan
    waiting: int
    version: Version | None


@blueprint.get("/plan-files")
def plan_files() -> str:
    """Every plan in use, the drafts, and the ways to a new one."""
    return _list()


def _list(
    typed: dict[str, str] | None = None,
    faults: Faults = NO_FAULTS,
    refused: Sequence[PlanProblem] = (),
    name: str = "",
) -> str:
    session = database.session()
    own = {version.plan: version for version in stored.stored(session)}
    used = [
        PlanRow(plan, reading_view.waiting(plan), own.get(plan.id))
        for plan in reporting.plans(session)
    ]
    listed = {row.plan.id for row in used}
    return render_template(
        "plan_files.html",
        used=used,
        drafts=[version for key, version in own.items() if key not in listed],
        typed=typed or {},
        faults=faults,
        refused=refused,
        file_name=name,
        may_enter=role_is(Role.OFFICER),
    )


@blueprint.post("/plan-files")
def add_plan() -> ResponseReturnValue:
    """A new plan without targets, from what was typed about it."""
    name = plan_forms.text_of(request.form, "id")
    entries = plan_forms.head(request.form, {"id": name, "targets": []})
    faults = plan_forms.head_faults(judged(entries), language())
    taken = _taken(name)
    if taken:
        faults = Faults({**faults.at, "id": (taken,)}, faults.other)
    if faults:
        return _list(request.form.to_dict(), faults), 422
    _keep(name, entries, revision=0, in_use=False)
    return redirect(url_for("pages.plan_file", plan=name), 303)


def _taken(name: str) -> str:
    """Why a new plan cannot have this id; "" where it can."""
    known = {*available(FOLDER), *(version.plan for version in stored.stored(database.session()))}
    return gettext("Đã có kế hoạch mang mã này. Hãy chọn mã khác.") if name in known else ""


@blueprint.post("/plan-files/upload")
def upload_plan() -> ResponseReturnValue:
    """A plan file: all its faults at once, or a plan that is not yet in use."""
    sent = request.files.get("file")
    content = sent.read(LARGEST_FILE + 1) if sent else b""
    if sent is None or not sent.filename or not content:
        return _refuse_file("", gettext("Hãy chọn một tệp kế hoạch (.toml).")), 422
    if len(content) > LARGEST_FILE:
        return _refuse_file(
            sent.filename, gettext("Tệp lớn hơn 500 KB: đây không phải tệp kế hoạch.")
        ), 422
    try:
        entries = parse_text(content, sent.filename)
    except PlanRefused as refused:
        return _list(refused=refused.problems, name=sent.filename), 422
    found = judged(entries, with_forms=True)
    name = str(entries.get("id", ""))
    if found:
        return _list(refused=found, name=sent.filename), 422
    if taken := _taken(name):
        return _refuse_file(sent.filename, taken), 422
    _keep(name, entries, revision=0, in_use=False)
    flash(gettext("Đã nhận kế hoạch. Kiểm tra lại rồi đưa vào sử dụng."), "good")
    return redirect(url_for("pages.plan_file", plan=name), 303)


def _refuse_file(name: str, words: str) -> str:
    return _list(faults=Faults({"file": (words,)}, ()), name=name)


def judged(entries: Entries, *, with_forms: bool = False) -> Sequence[PlanProblem]:
    """Everything that the reader of plan files says against the entries."""
    known = indicators.catalogue(database.session())
    forms = {form.id for form in service().library} if with_forms else None
    return stored.faults(entries, known, forms)


def _keep(plan: str, entries: Entries, *, revision: int, in_use: bool) -> int:
    session = database.session()
    made = stored.keep(
        session,
        plan,
        entries,
        revision=revision,
        in_use=in_use,
        account_id=guard.caller().id,
        now=datetime.now(UTC),
    )
    session.commit()
    return made


@blueprint.get("/plan-files/<plan>")
def plan_file(plan: str) -> str:
    """One plan that an officer entered: its own entries, its targets, what is wrong with it."""
    return page(stored.one(database.session(), plan))


def page(
    version: Version,
    typed: Entries | None = None,
    faults: Faults = NO_FAULTS,
    error: str = "",
) -> str:
    """The page of a plan; `typed`: entries that were not taken, `faults` why."""
    found = judged(version.entries, with_forms=True)
    return render_template(
        "plan_file.html",
        held=version,
        entries=typed or version.entries,
        targets=version.entries.get("targets", []),
        found=found,
        faults=faults,
        error=error,
    )


@blueprint.post("/plan-files/<plan>")
def save_plan(plan: str) -> ResponseReturnValue:
    """Keep what was typed about the plan itself, as the version after the one that was open."""
    version = stored.one(database.session(), plan)
    entries = plan_forms.head(request.form, version.entries)
    faults = plan_forms.head_faults(judged(entries), language())
    if faults:
        return page(version, entries, faults), 422
    return change(plan, entries, version.in_use, lambda now, said: page(now, entries, error=said))


def change(plan: str, entries: Entries, in_use: bool, again: Again) -> ResponseReturnValue:
    """Keep a version and go back to the plan; where somebody was faster, show that with what was
    typed. A plan in use stays in use only while nothing is wrong with it."""
    try:
        _keep(
            plan,
            entries,
            revision=asked.revision(request.form),
            in_use=in_use and not judged(entries),
        )
    except Problem as problem:
        database.session().rollback()
        if problem.kind is not problems.PLAN_CHANGED:
            raise
        now = stored.one(database.session(), plan)
        return again(now, gettext(problem.kind.message)), problem.kind.status
    flash(gettext("Đã lưu kế hoạch."), "good")
    return redirect(url_for("pages.plan_file", plan=plan), 303)


@blueprint.post("/plan-files/<plan>/use")
def use_plan(plan: str) -> ResponseReturnValue:
    """Put a plan in use, or take it out; only one without faults can be used."""
    version = stored.one(database.session(), plan)
    wanted = request.form.get("use") == "1"
    if wanted and judged(version.entries):
        return page(version, error=gettext("Kế hoạch còn lỗi nên chưa dùng được.")), 422
    return change(plan, version.entries, wanted, lambda now, said: page(now, error=said))


@blueprint.get("/plan-files/<plan>.toml")
def export_plan(plan: str) -> Response:
    """The plan as a file: one that comes with the service as it is, one of our own as entered."""
    shipped = available(FOLDER).get(plan)
    if shipped is not None:
        content = shipped.read_bytes()
    else:
        content = stored.to_toml(stored.one(database.session(), plan).entries)
    name = {"Content-Disposition": f'attachment; filename="{plan}.toml"'}
    return Response(content, mimetype="application/toml", headers=name)
