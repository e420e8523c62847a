"""/units: the commune's units, whom to call about each, their accounts and hand-overs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from collector import database, guard, problems
from collector.duties import today
from collector.models import Role
from collector.problems import N_, Problem
from collector.routes.pages.blueprint import blueprint, role_is
from collector.routes.pages.due import typed_day
from collector.routes.pages.speech import gettext
from collector.store import units as store
from collector.store.units import Contact, Note
from forms.settings import UNIT_KINDS

_KINDS = {
    "station": N_("trạm y tế"),
    "police": N_("công an"),
    "school": N_("trường học"),
    "home_affairs": N_("tổ nội vụ"),
    "economy": N_("phòng kinh tế"),
    "culture": N_("văn hóa, thông tin"),
    "social": N_("cơ sở trợ giúp xã hội"),
    "women": N_("Hội Liên hiệp Phụ nữ"),
    "mass": N_("Mặt trận, đoàn thể"),
    "justice": N_("tư pháp"),
    "office": N_("văn phòng HĐND và UBND"),
    "officer": N_("Phòng Văn hóa - Xã hội"),
    "collector": N_("thôn, tổ dân phố"),
}


def kind_words(kind: str) -> str:
    """The name of a kind of unit, or of the office or the villages where a plan names them."""
    return gettext(_KINDS[kind]) if kind in _KINDS else kind


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form of a new unit."""

    code: str = ""
    name: str = ""
    kind: str = ""

    @classmethod
    def now(cls) -> Typed:
        """From the request's form."""
        given = {
            name: request.form.get(name, "").strip()[:129] for name in ("code", "name", "kind")
        }
        return cls(**given)


@blueprint.get("/units")
def units() -> str:
    """Every unit, and the form for a new one."""
    return _list(Typed())


def _list(typed: Typed, error: str = "") -> str:
    session = database.session()
    return render_template(
        "units.html",
        units=store.listed(session),
        focals=store.focals(session),
        kinds=UNIT_KINDS,
        kind_words=kind_words,
        typed=typed,
        today=today(),
        error=error,
    )


@blueprint.post("/units")
def add_unit() -> ResponseReturnValue:
    """Add a unit that owes from a day on."""
    session, typed = database.session(), Typed.now()
    try:
        since = typed_day("since")
        made = store.add(session, code=typed.code, kind=typed.kind, name=typed.name, since=since)
    except Problem as problem:
        session.rollback()
        return _list(typed, _message(problem)), problem.kind.status
    session.commit()
    flash(gettext("Đã thêm đơn vị. Ghi đầu mối liên hệ để biết gọi ai khi báo cáo chậm."), "good")
    return redirect(url_for("pages.unit", unit=made.code), 303)


@blueprint.get("/units/<unit>")
def unit(unit: str) -> str:
    """One unit."""
    return _one(unit)


def _one(code: str, error: str = "") -> str:
    session = database.session()
    accounts = store.accounts_of(session, code)
    return render_template(
        "unit.html",
        unit=store.one(session, code),
        focal=store.focal(session, code),
        former=[row for row in store.focal_history(session, code) if row.until is not None],
        accounts=accounts,
        able=[account for account in accounts if account.active],
        notes=store.hand_overs(session, code),
        kinds=UNIT_KINDS,
        kind_words=kind_words,
        manages=role_is(Role.ADMINISTRATOR),
        today=today(),
        error=error,
    )


@blueprint.post("/units/<unit>")
def change_unit(unit: str) -> ResponseReturnValue:
    """Another name, kind or first day."""
    session, typed = database.session(), Typed.now()
    try:
        since = typed_day("since")
        store.change(session, unit, kind=typed.kind, name=typed.name, since=since)
    except Problem as problem:
        return _refused(unit, problem)
    return _saved(unit, gettext("Đã lưu đơn vị."))


@blueprint.post("/units/<unit>/active")
def switch_unit(unit: str) -> ResponseReturnValue:
    """The unit ends on a day, or works again."""
    session = database.session()
    try:
        if request.form.get("active") == "1":
            store.activate(session, unit)
            said = gettext("Đơn vị hoạt động lại. Mở lại tài khoản của đơn vị nếu cần.")
        else:
            store.deactivate(session, unit, _past(typed_day("until")))
            said = gettext("Đã ngừng đơn vị và khóa tài khoản của đơn vị. Báo cáo đã gửi vẫn còn.")
    except Problem as problem:
        return _refused(unit, problem)
    return _saved(unit, said)


def _past(day: date | None) -> date:
    """A day that was typed, today without one. Raises Problem FUTURE_DAY."""
    if day is not None and day > today():
        raise Problem(problems.FUTURE_DAY, day=day.isoformat())
    return day or today()


@blueprint.post("/units/<unit>/focal")
def set_focal(unit: str) -> ResponseReturnValue:
    """Another focal officer."""
    given = (request.form.get(name, "") for name in ("title", "phone", "email"))
    try:
        store.set_focal(database.session(), unit, Contact(*given), today())
    except Problem as problem:
        return _refused(unit, problem)
    return _saved(unit, gettext("Đã ghi đầu mối của đơn vị."))


@blueprint.post("/units/<unit>/hand-overs")
def hand_over(unit: str) -> ResponseReturnValue:
    """Note a hand-over: the old account is closed at once."""
    session, day = database.session(), today()
    try:
        note = Note(
            from_account=request.form.get("from_account", 0, type=int),
            to_account=request.form.get("to_account", 0, type=int),
            day=typed_day("day") or day,
            reason=request.form.get("reason", ""),
        )
        store.hand_over(session, unit, note, guard.caller().id, day)
    except Problem as problem:
        return _refused(unit, problem)
    return _saved(unit, gettext("Đã ghi bàn giao và khóa tài khoản cũ. Phiếu đã gửi vẫn còn."))


def _saved(code: str, said: str) -> ResponseReturnValue:
    database.session().commit()
    flash(said, "good")
    return redirect(url_for("pages.unit", unit=code), 303)


def _message(problem: Problem) -> str:
    return gettext(problem.kind.message, **problem.details)


def _refused(code: str, problem: Problem) -> ResponseReturnValue:
    if problem.kind is problems.NOT_FOUND:
        raise problem
    database.session().rollback()
    return _one(code, _message(problem)), problem.kind.status
