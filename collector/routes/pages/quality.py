"""/quality: what the checks of data quality say, by check, by collector and by village.

Nothing here changes a submission or a number: a mark is a reason to ask somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy.orm import Session

from analysis.quality import CHECKS, Assessment, Flag
from collector import database, problems, quality
from collector.problems import Problem
from collector.routes.pages import quality_view as view
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.plan import today
from collector.routes.pages.quality_view import COLLECTOR, VILLAGE, Asked
from collector.routes.pages.titles import names
from collector.service import service
from collector.store import collection
from collector.store import quality as store
from collector.store.rows import Listed

HOUSEHOLD = "household"
MOST_FLAGS = 100  # on one page


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check on the overview: how many submissions it could judge, and how many it hit."""

    id: str
    hits: int
    trials: int
    marks: int
    flags: bool


@blueprint.get("/quality", endpoint="quality")
def overview() -> str:
    """Marks, checks, collectors and villages of one form and year."""
    session = database.session()
    forms = _forms(session)
    wanted = request.args.get("form", HOUSEHOLD)
    asked = Asked(wanted if wanted in forms else HOUSEHOLD, year_asked(session))
    found = quality.assessed(session, service().library, asked.form, asked.year)
    called = names(session)
    known = people(session)
    return render_template(
        "quality.html",
        asked=asked,
        forms=forms,
        years=collection.years(session, today().year),
        found=found,
        checks=CHECKS,
        rows=[_check_row(found, one) for one in found.ran],
        marks=view.lines([r for r in found.collectors if r.marked], known, COLLECTOR, asked),
        places=view.lines([r for r in found.villages if r.marked], called.villages, VILLAGE, asked),
        collectors=view.group_rows(found, known, COLLECTOR, asked),
        villages=view.group_rows(found, called.villages, VILLAGE, asked),
        names=called,
    )


def _forms(session: Session) -> list[str]:
    """The forms that are watched and of which something came this year; the household's always."""
    library = service().library
    came = store.forms_of(session, year_asked(session))
    return [one for one in {HOUSEHOLD: 0, **dict.fromkeys(came)} if quality.watched(library, one)]


def year_asked(session: Session) -> int:
    """The year that was asked for, of those that have data; else this one."""
    now = today().year
    asked = request.args.get("year", now, type=int)
    return asked if asked in collection.years(session, now) else now


def people(session: Session) -> dict[str, str]:
    """Account number as text -> the name it is shown by."""
    return {str(number): name for number, name in store.collectors(session).items()}


def _check_row(found: Assessment, check: str) -> CheckRow:
    rates = [one for one in found.collectors if one.check == check]
    return CheckRow(
        check,
        sum(one.hits for one in rates),
        sum(one.trials for one in rates),
        sum(one.marked for one in rates),
        CHECKS[check].flags,
    )


@blueprint.get("/quality/<form>/<check>")
def quality_check(form: str, check: str) -> str:
    """One check: what it says and why, collectors and villages beside each other, its flags."""
    session = database.session()
    asked = Asked(form, year_asked(session))
    found = quality.assessed(session, service().library, form, asked.year)
    if check not in found.ran:
        raise Problem(problems.NOT_FOUND)
    called = names(session)
    groups = (
        (COLLECTOR, found.collectors, people(session)),
        (VILLAGE, found.villages, called.villages),
    )
    return render_template(
        "quality_check.html",
        asked=asked,
        check=CHECKS[check],
        drawings={
            by: view.drawing(rates, known, by, asked)
            for by, every, known in groups
            if (rates := [one for one in every if one.check == check])
        },
        **_listed(session, form, [one for one in found.flags if one.check == check]),
        names=called,
    )


@blueprint.get("/quality/<form>/by/<by>/<group>")
def quality_group(form: str, by: str, group: str) -> str:
    """One collector or village: every check, and the flags."""
    session = database.session()
    asked = Asked(form, year_asked(session))
    found = quality.assessed(session, service().library, form, asked.year)
    called = names(session)
    rates = found.collectors if by == COLLECTOR else found.villages
    own = [one for one in rates if one.group == group]
    if by not in (COLLECTOR, VILLAGE) or not own:
        raise Problem(problems.NOT_FOUND)
    known = people(session) if by == COLLECTOR else called.villages
    at = 0 if by == COLLECTOR else 1
    flags = [one for one in found.flags if found.place[one.submission][at] == group]
    return render_template(
        "quality_group.html",
        asked=asked,
        by=by,
        title=known.get(group, group),
        lines=view.lines(own, known, by, asked),
        others={one.id: one for one in (_check_row(found, check) for check in found.ran)},
        checks=CHECKS,
        **_listed(session, form, flags),
        names=called,
    )


def _listed(session: Session, form: str, flags: Sequence[Flag]) -> dict[str, object]:
    """The first flags with their submissions, and how many there are."""
    shown = [view.told(one, form) for one in flags[:MOST_FLAGS]]
    rows = store.rows_of(session, {one.submission for one in shown})
    return {"flags": [(one, rows[one.submission]) for one in shown], "total": len(flags)}


def of_submission(row: Listed, session: Session) -> list[view.Told]:
    """The flags of a submission that is looked at."""
    if row.year is None:
        return []
    found = quality.assessed(session, service().library, row.form, row.year)
    return [view.told(one, row.form) for one in found.of(row.id)]
