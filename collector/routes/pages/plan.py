"""/plans/<plan>: the targets of a year, read against what was collected; /plans/<plan>/report."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from analysis.plans.resolve import open_oddities
from analysis.reports.dates import VIETNAM
from analysis.reports.place_text import place_note
from analysis.types import Plan, Report, TargetResult
from collector import database, problems, reporting
from collector.models import Role, State
from collector.problems import N_, Problem
from collector.routes.pages import reading_view, source, target_view
from collector.routes.pages.blueprint import blueprint, language, role_is
from collector.routes.pages.deadlines import next_deadline
from collector.routes.pages.glance import STANDINGS, glance, histories, mark
from collector.routes.pages.judgements import Standing, standing, tally
from collector.routes.pages.speech import gettext, ngettext
from collector.routes.pages.titles import form_titles, village_names
from collector.store import collection, issued, queue

MIME_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that waits, and where to do it."""

    words: str
    url: str
    shape: str


@blueprint.get("/plans")
def plans() -> ResponseReturnValue:
    """The commune's plan that is in force."""
    return redirect(url_for("pages.plan", plan=source.current_plan().id))


@blueprint.get("/plans/<plan>")
def plan(plan: str) -> str:
    """The targets of one year by objective; `show` narrows them, `open` unfolds them all."""
    found = source.plan(plan)
    reports = source.years(found, asked_period(found))
    report = reports[-1]
    only = _only()
    chosen = [result for result in report.results if _is_shown(result, only)]
    groups = target_view.objectives(chosen, language(), village_names(database.session()))
    counts = tally(report.results)
    tiles = [key for key in STANDINGS if key is not Standing.OTHER or counts[Standing.OTHER]]
    return render_template(
        "plan.html",
        report=report,
        objectives=groups,
        shown=len(chosen),
        unfolded=bool(only) or request.args.get("open") == "all",
        filters=[
            (show, sum(_is_shown(result, show) for result in report.results), gettext(words))
            for show, words in _FILTERS
        ],
        tally=counts,
        marks=[(key, mark(*STANDINGS[key])) for key in tiles],
        only=only,
        only_words=_only_words(only),
        glance=glance(report, histories(reports), language()),
        place_note=place_note(report, language()),
        periods=periods(found),
        deadline=next_deadline(found, today(), language()),
        todo=_todo(report),
        titles=form_titles(),
    )


_TO_DECIDE = "decision"  # words of the target wait for a decision; the others are standings
_FILTERS = (
    ("", N_("Tất cả")),
    (_TO_DECIDE, N_("Cần quyết định")),
    (Standing.NOT_MET.value, N_("Chưa đạt")),
    (Standing.UNDECIDED.value, N_("Chưa kết luận")),
)


def _only() -> str:
    """What the table is narrowed to: a standing, `_TO_DECIDE`, or "" for every target."""
    shown = request.args.get("show", "")
    return shown if shown == _TO_DECIDE or shown in set(Standing) else ""


def _is_shown(result: TargetResult, only: str) -> bool:
    if only == _TO_DECIDE:
        return bool(open_oddities(result.target))
    return not only or standing(result) == only


def _only_words(only: str) -> str:
    if not only or only == _TO_DECIDE:
        return gettext("Cần quyết định") if only else ""
    return mark(*STANDINGS[Standing(only)]).word


def today() -> date:
    """The day in Vietnam."""
    return datetime.now(VIETNAM).date()


def present_period(found: Plan) -> int:
    """The year that it is in Vietnam, kept inside the plan's years."""
    return min(max(today().year, found.first_year), found.last_year)


def asked_period(found: Plan) -> int:
    """The year asked for; without one this year, kept inside the plan's years."""
    text = request.args.get("period", "")
    if not text:
        return present_period(found)
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Problem(problems.NOT_FOUND)
    year = int(text)
    if not found.first_year <= year <= found.last_year:
        raise Problem(problems.NOT_FOUND)
    return year


def periods(found: Plan) -> list[int]:
    """The plan's years that have begun; the first one always."""
    return list(range(found.first_year, present_period(found) + 1))


def _todo(report: Report) -> list[ToDo]:
    """What stands between the officer and a good report, most pressing first."""
    session, year = database.session(), report.period
    found: list[ToDo] = []
    if role_is(Role.OFFICER):
        found += _waiting(queue.state_counts(session)[State.FLAGGED], queue.open_conflicts(session))
    missing = _missing_months(collection.birth_months(session, year), year)
    if missing:
        url = url_for("pages.collection", period=year, _anchor="births")
        text = gettext("Trạm y tế chưa chốt số sinh tháng %(months)s", months=", ".join(missing))
        found.append(ToDo(text, url, "calendar"))
    orphans = [result.target.id for result in report.results if not result.target.responsible]
    if orphans:
        text = ngettext(
            "%(num)d chỉ tiêu chưa giao đơn vị nào",
            "%(num)d chỉ tiêu chưa giao đơn vị nào",
            len(orphans),
        )
        found.append(ToDo(text, f"#{orphans[0]}", "warning"))
    return found + _undecided(report.plan)


def _undecided(found: Plan) -> list[ToDo]:
    """Words of the plan that somebody has to decide about."""
    number = reading_view.waiting(found)
    if not number:
        return []
    text = ngettext(
        "%(num)d chỗ kế hoạch viết chưa rõ, cần quyết định",
        "%(num)d chỗ kế hoạch viết chưa rõ, cần quyết định",
        number,
    )
    return [ToDo(text, url_for("pages.oddities", plan=found.id), "warning")]


def _waiting(flagged: int, conflicts: int) -> list[ToDo]:
    found = []
    if flagged:
        text = ngettext("%(num)d phiếu chờ xem lại", "%(num)d phiếu chờ xem lại", flagged)
        found.append(ToDo(text, url_for("pages.review"), "flag"))
    if conflicts:
        text = ngettext("%(num)d phiếu có hai bản", "%(num)d phiếu có hai bản", conflicts)
        found.append(ToDo(text, url_for("pages.conflicts"), "two"))
    return found


def _missing_months(months: list[collection.BirthMonth], year: int) -> list[str]:
    """Months that are over and have no closing return."""
    now = today()
    over = 12 if year < now.year else now.month - 1 if year == now.year else 0
    return [str(month.month) for month in months[:over] if not month.closed]


@blueprint.get("/reports")
def reports() -> ResponseReturnValue:
    """The report page of the plan that is in force."""
    return redirect(url_for("pages.report", plan=source.current_plan().id))


@blueprint.get("/plans/<plan>/report")
def report(plan: str) -> ResponseReturnValue:
    """Choose a year and a format; with `format`, the file itself."""
    found = source.plan(plan)
    period = asked_period(found)
    file_format = request.args.get("format", "")
    if not file_format:
        return render_template(
            "report.html",
            plan=found,
            period=period,
            periods=periods(found),
            issues=issued.issues(database.session(), found.id, period),
            formats=tuple(MIME_TYPES),
            may_issue=role_is(Role.OFFICER),
            standing=tally(source.report(found, period).results),
        )
    if file_format not in MIME_TYPES:
        raise Problem(problems.NOT_FOUND)
    content = reporting.write(source.report(found, period), file_format, language())
    return send_file(
        io.BytesIO(content),
        mimetype=MIME_TYPES[file_format],
        as_attachment=True,
        download_name=source.file_name(found, period, file_format),
    )
