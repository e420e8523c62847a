"""/due: what is late and whom to call, what comes next; a year as a table; the calendar feed."""

from __future__ import annotations

import re
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.types import Plan
from collector import database, guard, problems, reporting
from collector.access import own_unit
from collector.duties import CAME, Duty, Standing, today
from collector.duty_words import period_words, short_period
from collector.models import Channel, Role
from collector.occasions import Occasion, occasions
from collector.problems import Problem
from collector.routes.pages import addresses, due_view
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import form_titles
from collector.service import service
from collector.store import accounts, marks, units
from collector.store import duties as store

FEED = "feed.calendar"
FIRST_YEAR, LAST_YEAR = 2020, 2100


@blueprint.get("/due")
def due() -> str:
    """The page to read in ten seconds."""
    return _page()


def _page(**more: object) -> str:
    session, day, caller = database.session(), today(), guard.caller()
    unit = own_unit(caller)
    owed = [duty for year in (day.year - 1, day.year) for duty in duties(year, day, unit)]
    days = [one for year in (day.year - 1, day.year) for one in plan_days(year, day, unit)]
    names, titles = units.names(session), form_titles()
    focals = {} if unit is not None else units.focals(session)
    late = due_view.calls(owed, days, day, titles, names, focals, language())
    return render_template(
        "due.html",
        today=day,
        unit=unit,
        calls=late,
        headline=due_view.headline(late),
        coming=due_view.coming(owed, days, day, titles, names, language()),
        waiting=sum(duty.standing == "received" for duty in owed),
        returned=sum(duty.standing == "returned" for duty in owed),
        standing=due_view.standing,
        feeds=[
            token
            for token in accounts.tokens(session, caller.id)
            if token.channel == Channel.FEED.value
        ],
        **{"address": "", **more},
    )


def duties(year: int, day: date, unit: str | None) -> list[Duty]:
    """What is owed for a year, of all units or of one."""
    return store.duties(database.session(), service().library, year, day, unit)


def own_plans() -> list[Plan]:
    """The plans of the service's commune."""
    code = service().settings.commune_code
    return [plan for plan in reporting.plans(database.session()) if plan.unit_code == code]


def plan_days(year: int, day: date, unit: str | None) -> list[Occasion]:
    """The reports and activities of the commune's plans in a year; of a unit, its own reports."""
    session = database.session()
    workers = store.workers(session)
    found = [
        one
        for plan in own_plans()
        for one in occasions(plan, workers, year, day, marks.marks(session, plan.id))
    ]
    return [one for one in found if unit is None or one.unit == unit]


@blueprint.get("/due/<int:year>")
def due_year(year: int) -> str:
    """Everything that is owed in a year, with its state."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Problem(problems.NOT_FOUND)
    session, day = database.session(), today()
    unit = own_unit(guard.caller())
    owed, titles = duties(year, day, unit), form_titles()
    past, rest = due_view.over(plan_days(year, day, unit), day)
    return render_template(
        "due_year.html",
        year=year,
        today=day,
        sheets=due_view.sheets(owed, titles, units.names(session)),
        yearly=due_view.yearly(owed),
        titles=titles,
        past=past,
        rest=rest,
        names=units.names(session),
        came=sum(duty.standing in CAME for duty in owed),
        owed=len(owed),
        late=sum(duty.is_overdue(day) for duty in owed),
        standing=due_view.standing,
        states=[due_view.standing(code) for code in Standing],
        period_words=period_words,
        short_period=short_period,
        marks=guard.caller().role is Role.OFFICER,
    )


@blueprint.post("/due/<int:year>/marks")
def mark(year: int) -> ResponseReturnValue:
    """Note a report or activity of a plan as done, or take the note back."""
    session, day = database.session(), today()
    wanted = request.form.get("what", "")
    one = next((one for one in plan_days(year, day, None) if one.key == wanted), None)
    if one is None:
        raise Problem(problems.NOT_FOUND)
    if request.form.get("undo") == "1":
        marks.remove(session, one)
        said = gettext("Đã bỏ ghi chú.")
    else:
        marks.put(
            session,
            one,
            done_on=typed_day("done_on") or day,
            document=request.form.get("document", ""),
            account_id=guard.caller().id,
            today=day,
        )
        said = gettext("Đã ghi là đã làm.")
    session.commit()
    flash(said, "good")
    return redirect(url_for("pages.due_year", year=year, _anchor="plan-days"), 303)


def typed_day(name: str) -> date | None:
    """A day from the request's form; None where it is empty. Raises Problem INVALID_DAYS."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Problem(problems.INVALID_DAYS)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(problems.INVALID_DAYS) from None


@blueprint.post("/due/feed")
def new_feed() -> ResponseReturnValue:
    """Make an address of the calendar and show it: now, and never again."""
    session = database.session()
    key = accounts.issue_token(session, guard.caller().id, Channel.FEED, gettext("Lịch"))
    session.commit()
    return _page(address=addresses.public(url_for(FEED, key=key)))


@blueprint.post("/due/feed/<row:token_id>/revoke")
def revoke_feed(token_id: int) -> ResponseReturnValue:
    """End an address of the calendar, at once."""
    session = database.session()
    if not accounts.revoke_token(session, guard.caller().id, token_id):
        raise Problem(problems.NOT_FOUND)
    session.commit()
    flash(gettext("Đã thu hồi địa chỉ lịch. Ai có địa chỉ đó cũng không xem được nữa."), "good")
    return redirect(url_for("pages.due", _anchor="feed"), 303)
