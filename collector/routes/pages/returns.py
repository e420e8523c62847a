"""/returns: a unit's own page: what it owes, fills, has sent.

A unit's account sees its own unit; an officer chooses one, and may upload in its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from collector import database, duties, guard, problems
from collector.duties import Duty, Standing
from collector.duty_words import period_words
from collector.models import Role
from collector.problems import Problem
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.speech import gettext, ngettext
from collector.routes.pages.titles import form_titles, spoken
from collector.routes.pages.words import N_
from collector.service import service
from collector.store import duties as store_duties
from collector.store import imports, returns, units
from collector.store.accounts import Caller
from forms.library import Form
from forms.workbook.package import MAX_BYTES

_STANDINGS: dict[Standing, tuple[str, str, str]] = {
    Standing.DUE: ("info", "calendar", N_("Đến kỳ nộp")),
    Standing.LATE: ("bad", "bad", N_("Quá hạn")),
    Standing.RETURNED: ("open", "returned", N_("Bị trả lại")),
    Standing.NOT_DUE: ("none", "none", N_("Chưa đến kỳ")),
    Standing.RECEIVED: ("good", "good", N_("Đã nhận")),
    Standing.APPROVED: ("good", "good", N_("Đã duyệt")),
    Standing.NIL: ("good", "good", N_("Không phát sinh")),
}
_EVERY = {
    "month": N_("Nộp hằng tháng"),
    "quarter": N_("Nộp hằng quý"),
    "year": N_("Nộp hằng năm"),
}


@blueprint.get("/returns", endpoint="returns")
def choose() -> ResponseReturnValue:
    """A unit goes to its own page, an officer chooses one."""
    caller = guard.caller()
    if caller.role is Role.UNIT:
        return redirect(url_for("pages.unit_returns", unit=caller.unit))
    found = [unit for unit in units.listed(database.session()) if unit.active]
    return render_template("returns_units.html", units=found)


@dataclass(frozen=True, slots=True)
class Card:
    """A form that the unit fills, as its page shows it."""

    id: str
    title: str
    how_often: str


@blueprint.get("/returns/<unit>")
def unit_returns(unit: str) -> str:
    """What the unit owes, its forms, what it has sent."""
    session, sender = database.session(), sender_of(unit)
    day = duties.today()
    owed = [
        one
        for year in (day.year - 1, day.year)
        for one in store_duties.duties(session, service().library, year, day, unit)
    ]
    return render_template(
        "returns.html",
        unit=sender,
        duties=sorted((one for one in owed if one.open_on(day)), key=lambda one: one.due),
        next=min(
            (one for one in owed if one.standing is Standing.NOT_DUE),
            key=lambda one: one.due,
            default=None,
        ),
        standing=_standing,
        period=period_words,
        today=day,
        forms=[_card(form) for form in _forms(sender)],
        sent=returns.sent_by_unit(session, unit),
        titles=form_titles(),
        own=guard.caller().role is Role.UNIT,
    )


def sender_of(unit: str) -> Caller:
    """In whose name the unit's forms are sent; raises Problem where the caller may not."""
    return imports.on_behalf(database.session(), guard.caller(), unit)


def _forms(sender: Caller) -> list[Form]:
    """The forms of the unit's kind, those that are owed first; never a sealed one."""
    found = [
        form
        for form in service().library.forms()
        if sender.fills in form.about.get("filled_by", ()) and not form.about.get("sensitive")
    ]
    return sorted(found, key=lambda form: ("every" not in form.about, spoken(form.title)))


def form_of(sender: Caller, form_id: str) -> Form:
    """A form that the sender fills here; raises Problem NOT_FOUND."""
    found = next((form for form in _forms(sender) if form.id == form_id), None)
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def _card(form: Form) -> Card:
    often = _EVERY.get(str(form.about.get("every")), N_("Ghi khi có phát sinh"))
    return Card(form.id, spoken(form.title), gettext(often))


def _standing(duty: Duty, day: Any) -> tuple[str, str, str]:
    """(look, words, icon) of a duty's tag."""
    look, icon, words = _STANDINGS[duty.standing]
    late = duty.days_late(day)
    if duty.standing is Standing.LATE and late:
        return look, ngettext("Quá hạn %(num)d ngày", "Quá hạn %(num)d ngày", late), icon
    return look, gettext(words), icon


# One form


@blueprint.get("/returns/<unit>/forms/<form_id>")
def unit_form(unit: str, form_id: str) -> str:
    """Template, upload, and what the unit has sent of one form."""
    return form_page(unit, form_id)


def form_page(unit: str, form_id: str, error: str = "") -> str:
    """The page of one form; `error`: why the file that came was not taken."""
    sender = sender_of(unit)
    form = form_of(sender, form_id)
    return render_template(
        "returns_form.html",
        unit=sender,
        form=form,
        card=_card(form),
        down="every" in form.about,
        most=MAX_BYTES // 1_000_000,
        sent=returns.sent_by_unit(database.session(), unit, form.id),
        titles=form_titles(),
        period=period_words,
        error=error,
    )
