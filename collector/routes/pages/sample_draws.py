"""/sample/draws: preview and keep a draw; its list, progress, replacements, collaborators."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from analysis.estimators.errors import Refused
from analysis.sampling import Drawn, Rule, draw_by
from analysis.sampling.draw import ALLOCATIONS
from collector import database, guard, problems, sample_files
from collector.duties import today
from collector.problems import Problem
from collector.routes.pages import sample_progress
from collector.routes.pages.asked import whole
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import village_names
from collector.service import service
from collector.store import draw_acts, draws, registers
from collector.store.registers import Version

CENSUS = "census"
MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Share:
    """A village of a preview: households on the register, in the sample, replacements."""

    village: str
    households: int
    sample: int
    replacements: int


@blueprint.get("/sample/draws/new")
def new_draw() -> str:
    """The form; with a seed, the list that it would give, nothing of it stored."""
    given = _given(request.args.to_dict())
    return _form(given, preview="seed" in request.args)


def _given(typed: Mapping[str, str]) -> dict[str, str]:
    year = today().year
    usual = {
        "title": gettext("Khảo sát hộ gia đình %(year)s", year=year),
        "year": str(year),
        "how": ALLOCATIONS[1],
        "size": "",
        "villages": "",
        "replacements": "5",
        "seed": "",
    }
    return {**usual, **typed}


def _form(given: Mapping[str, str], *, preview: bool, error: str = "") -> str:
    session = database.session()
    newest = registers.newest(session)
    drawn: tuple[Drawn, ...] = ()
    rule = Rule()
    if newest and preview and not error:
        try:
            rule = _rule(given)
            drawn = draw_by(registers.register(session, newest.id), rule, given["seed"])
        except Refused as refused:
            error = refused.text[language()]
    return render_template(
        "sample_new.html",
        given=given,
        register=newest,
        error=error,
        drawn=drawn,
        rule=rule,
        shares=_shares(drawn),
        villages=village_names(session),
        total=sum(not one.replacement for one in drawn),
    )


def _rule(given: Mapping[str, str]) -> Rule:
    villages = whole(given, "villages", gettext("Số thôn đến"), 0) or None
    replacements = whole(given, "replacements", gettext("Hộ dự phòng mỗi thôn"), 0)
    if given["how"] == CENSUS:
        return Rule(None, ALLOCATIONS[1], villages, 0)
    return Rule(whole(given, "size", gettext("Số hộ")), given["how"], villages, replacements)


def _shares(drawn: tuple[Drawn, ...]) -> list[Share]:
    by_village: dict[str, list[Drawn]] = {}
    for one in drawn:
        by_village.setdefault(one.village, []).append(one)
    return [
        Share(
            village,
            listed[0].households,
            sum(not one.replacement for one in listed),
            sum(one.replacement for one in listed),
        )
        for village, listed in by_village.items()
    ]


@blueprint.post("/sample/draws")
def keep_draw() -> ResponseReturnValue:
    """Keep the draw that was previewed: the same register, rule and seed give the same list."""
    session, given = database.session(), _given(request.form.to_dict())
    newest = registers.newest(session)
    if newest is None or str(newest.id) != given.get("register"):
        raise Problem(problems.DRAW_CHANGED)
    try:
        draw_id = _keep(given, newest)
    except Refused as refused:
        return _form(given, preview=True, error=refused.text[language()]), 422
    except Problem as problem:
        if problem.kind is not problems.DRAW_TITLE:
            raise
        said = gettext(problem.kind.message, **problem.details)
        return _form(given, preview=True, error=said), 422
    session.commit()
    flash(gettext("Đã lưu mẫu. Từ giờ mẫu này có hiệu lực cho năm đó."), "good")
    return redirect(url_for("pages.draw", draw_id=draw_id), 303)


def _keep(given: Mapping[str, str], newest: Version) -> int:
    session, rule = database.session(), _rule(given)
    year = whole(given, "year", gettext("Năm"))
    drawn = draw_by(registers.register(session, newest.id), rule, given["seed"])
    new = draws.New(given["title"], year, rule, given["seed"], newest.id)
    return draws.keep(session, new, drawn, guard.caller().id, datetime.now(UTC))


@blueprint.get("/sample/draws/<row:draw_id>")
def draw(draw_id: int) -> str:
    """A stored draw: what it is, how far it is, by village."""
    session = database.session()
    known = draws.get(session, draw_id)
    villages = sample_progress.villages(session, known)
    current = draws.in_force(session, known.year)
    return render_template(
        "sample_draw.html",
        draw=known,
        in_force=current is not None and current.id == known.id,
        villages=villages,
        total=sample_progress.total(villages),
        options=known.rule.options(known.seed),
        again=_same_again(known) if "again" in request.args else None,
    )


def _same_again(known: draws.Known) -> bool:
    """True if register and seed give, now, the list that was stored."""
    session = database.session()
    made = draw_by(registers.register(session, known.register_id), known.rule, known.seed)
    stored = draws.households(session, known.id)
    return [(one.village, one.code, one.order, one.replacement) for one in made] == [
        (one.village, one.code, one.position, one.replacement) for one in stored
    ]


@blueprint.get("/sample/draws/<row:draw_id>/list.<file_format>")
def draw_file(draw_id: int, file_format: str) -> ResponseReturnValue:
    """The list as a file, with the columns of `python -m analysis draw`."""
    if file_format not in MIME_TYPES:
        raise Problem(problems.NOT_FOUND)
    session = database.session()
    known = draws.get(session, draw_id)
    listed = draws.households(session, draw_id)
    demonstration = service().demonstration
    mark = "minh-hoa-" if demonstration else ""
    content = sample_files.write(
        file_format, known, listed, draw_acts.names(session), demonstration=demonstration
    )
    return send_file(
        io.BytesIO(content),
        mimetype=MIME_TYPES[file_format],
        as_attachment=True,
        download_name=f"{mark}mau-{known.year}-{draw_id}.{file_format}",
    )


@blueprint.post("/sample/draws/<row:draw_id>/withdraw")
def withdraw_draw(draw_id: int) -> ResponseReturnValue:
    """Take a draw out of force; it stays on the list."""
    session = database.session()
    draws.get(session, draw_id)
    reason = request.form.get("reason", "")
    draws.withdraw(session, draw_id, reason, guard.caller().id, datetime.now(UTC))
    session.commit()
    return redirect(url_for("pages.sample"), 303)


@blueprint.get("/sample/draws/<row:draw_id>/villages/<village>")
def draw_village(draw_id: int, village: str) -> str:
    """The households of a village: what became of each, who has it."""
    session = database.session()
    known = draws.get(session, draw_id)
    rows = sample_progress.households(session, known, village)
    if not rows:
        raise Problem(problems.NOT_FOUND)
    waiting = [row for row in rows if not row.listed.issued]
    return render_template(
        "sample_village.html",
        draw=known,
        village=village,
        name=village_names(session).get(village, village),
        rows=[row for row in rows if row.listed.issued],
        waiting=waiting,
        collaborators=draws.collaborators(session, village),
        events=draw_acts.events(session, draw_id, village),
        people=draw_acts.names(session),
    )


@blueprint.post("/sample/draws/<row:draw_id>/villages/<village>/replacement")
def issue_replacement(draw_id: int, village: str) -> ResponseReturnValue:
    """Use the next replacement of a village; none can be skipped."""
    session, seen = database.session(), request.form.get("position", 0, type=int)
    _open(draw_id)
    reason = request.form.get("reason", "")
    now = datetime.now(UTC)
    one = draw_acts.issue_next(session, draw_id, village, seen, reason, guard.caller().id, now)
    session.commit()
    flash(gettext("Đã giao hộ dự phòng %(code)s.", code=one.code), "good")
    return redirect(url_for("pages.draw_village", draw_id=draw_id, village=village), 303)


@blueprint.post("/sample/draws/<row:draw_id>/villages/<village>/collaborator")
def give_households(draw_id: int, village: str) -> ResponseReturnValue:
    """Give households to another collaborator of the village."""
    session, form = database.session(), request.form
    _open(draw_id)
    moved = draw_acts.give(
        session,
        draw_id,
        village,
        form.getlist("code"),
        form.get("to", 0, type=int),
        form.get("reason", ""),
        guard.caller().id,
        datetime.now(UTC),
    )
    session.commit()
    flash(gettext("Đã giao lại %(n)s hộ.", n=moved), "good")
    return redirect(url_for("pages.draw_village", draw_id=draw_id, village=village), 303)


def _open(draw_id: int) -> None:
    """Nothing is done any more with a draw that was withdrawn."""
    if draws.get(database.session(), draw_id).withdrawn_at is not None:
        raise Problem(problems.DRAW_CHANGED)
