"""/indicators: the whole catalogue, and the indicators that officers add to it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.catalogue import CATALOGUE, DIMENSIONS
from analysis.catalogue.own import KINDS, Declared, Tables, available_dimensions
from analysis.catalogue.own_checks import Fault, check
from collector import database, guard, problems, reporting
from collector.problems import Problem
from collector.routes.pages import asked, declaring, source
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import form_titles
from collector.service import service
from collector.store import indicators
from collector.store.indicators import Version


@blueprint.get("/indicators")
def catalogue() -> str:
    """Every indicator: the built-in ones, and those of the officers with their versions."""
    session = database.session()
    own = indicators.newest(session)
    return render_template(
        "catalogue.html",
        built_in=list(CATALOGUE.values()),
        own=own,
        titles=form_titles(),
        plan=_plan_id(),
    )


def _plan_id() -> str:
    """The plan in which an indicator's page is shown; "" where the commune has none."""
    try:
        return source.current_plan().id
    except Problem:
        return ""


@blueprint.get("/indicators/new")
def new_indicator() -> ResponseReturnValue:
    """Choose a table first, then declare over its columns."""
    table = request.args.get("table", "")
    known = indicators.tables(service().library)
    if table not in known:
        titles = indicators.table_titles(service().library)
        usable = sorted((titles[name][language()], name) for name in known if name != "household")
        return render_template("indicator_table.html", tables=usable)
    return _form(declaring.empty(table), known, code="")


@blueprint.post("/indicators/new")
def add_indicator() -> ResponseReturnValue:
    """Store a new indicator, or show every fault at its place."""
    declared = declaring.typed(request.form)
    return _save(declared, code="", revision=0)


@blueprint.get("/indicators/own/<code>")
def own_indicator(code: str) -> ResponseReturnValue:
    """An own indicator to be changed, with its history."""
    versions = indicators.history(database.session(), code)
    known = indicators.tables(service().library)
    return _form(versions[0].declared, known, code=code, versions=versions)


@blueprint.post("/indicators/own/<code>")
def change_indicator(code: str) -> ResponseReturnValue:
    """Store another version; the earlier ones stay."""
    indicators.history(database.session(), code)  # 404 for one that never was
    declared = declaring.typed(request.form, code)
    return _save(declared, code=code, revision=asked.revision(request.form))


@blueprint.post("/indicators/own/<code>/withdraw")
def withdraw_indicator(code: str) -> ResponseReturnValue:
    """Take an own indicator out of the catalogue; refused while a plan asks for it."""
    session = database.session()
    newest = indicators.history(session, code)[0]
    using = [
        plan.id
        for plan in reporting.plans(session)
        if any(target.indicator == code for target in plan.targets)
    ]
    if using:
        raise Problem(problems.INDICATOR_USED, code=code, plans=", ".join(using))
    indicators.save(
        session,
        newest.declared,
        revision=asked.revision(request.form),
        reason=request.form.get("reason", ""),
        account_id=guard.caller().id,
        now=datetime.now(UTC),
        withdrawn=True,
    )
    session.commit()
    flash(gettext("Đã bỏ chỉ số %(code)s khỏi danh mục.", code=code), "good")
    return redirect(url_for("pages.catalogue"), 303)


def _save(declared: Declared, *, code: str, revision: int) -> ResponseReturnValue:
    session, known = database.session(), indicators.tables(service().library)
    taken = {*indicators.catalogue(session), *(one.code for one in indicators.newest(session))}
    faults = check(declared, known, taken - {code})
    versions = indicators.history(session, code) if code else []
    reason = request.form.get("reason", "")
    if faults:
        return _form(declared, known, code, versions, faults, reason), 422
    try:
        indicators.save(
            session,
            declared,
            revision=revision,
            reason=reason or (gettext("Khai báo lần đầu.") if not code else ""),
            account_id=guard.caller().id,
            now=datetime.now(UTC),
        )
    except Problem as problem:
        session.rollback()
        told = gettext(problem.kind.message, **problem.details)
        return _form(declared, known, code, versions, (), reason, told), problem.kind.status
    session.commit()
    flash(gettext("Đã lưu chỉ số %(code)s.", code=declared.code), "good")
    return redirect(url_for("pages.own_indicator", code=declared.code), 303)


def _form(
    declared: Declared,
    known: Tables,
    code: str,
    versions: list[Version] | None = None,
    faults: list[Fault] | tuple[Fault, ...] = (),
    reason: str = "",
    problem: str = "",
) -> str:
    columns = known.get(declared.table, {})
    by_place: dict[str, list[str]] = {}
    for fault in faults:
        by_place.setdefault(fault.at, []).append(fault.message[language()])
    titles = indicators.table_titles(service().library)
    return render_template(
        "indicator_form.html",
        declared=declared,
        code=code,
        table_title=titles[declared.table][language()] if declared.table in titles else "",
        columns=columns,
        sums={
            name: one for name, one in columns.items() if one.type == "integer" and name != "year"
        },
        conditions={
            n: c for n, c in columns.items() if c.type in {"integer", "decimal", "select_one"}
        },
        dimensions=[(n, DIMENSIONS[n].name) for n in available_dimensions(declared.table, columns)],
        kinds=KINDS,
        faults=by_place,
        versions=versions or [],
        reason=reason,
        problem=problem,
        labels=declaring.LABELS,
        sides=declaring.SIDES,
        hows=declaring.HOWS,
        scales=declaring.SCALES,
        padded=declaring.padded,
        plan=_plan_id(),
    )
