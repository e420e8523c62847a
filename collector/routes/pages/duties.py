"""/plans/<plan>/duties: what a plan asks for beside its targets, in its own words."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from analysis.reports.dates import is_vietnamese
from analysis.types import Activity, Day, Duty, Inventory, ReportDuty
from collector.routes.pages import source, words
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import form_titles

_EVERY = {
    "month": words.N_("mỗi tháng"),
    "quarter": words.N_("mỗi quý"),
    "year": words.N_("mỗi năm"),
    "once": words.N_("một lần"),
    "request": words.N_("khi được yêu cầu"),
}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty: what, who, when, with which form, and the plan's own words."""

    id: str
    name: str
    verbatim: str
    place: str
    units: tuple[str, ...]
    when: str
    forms: tuple[str, ...]
    targets: tuple[str, ...]
    restricted: bool = False


@blueprint.get("/plans/<plan>/duties")
def duties(plan: str) -> str:
    """Reports, recurring activities, inventories and tasks of the plan."""
    found = source.plan(plan)
    groups = (
        (gettext("Báo cáo phải nộp"), [_row(one, report_words(one)) for one in found.reports]),
        (
            gettext("Hoạt động định kỳ"),
            [_row(one, activity_words(one)) for one in found.activities],
        ),
        (gettext("Danh mục phải lập"), [_row(one, "") for one in found.inventories]),
        (gettext("Nhiệm vụ"), [_row(one, "") for one in found.tasks]),
    )
    return render_template("duties.html", plan=found, groups=[one for one in groups if one[1]])


def _row(duty: Duty, when: str) -> DutyRow:
    titles = form_titles()
    return DutyRow(
        duty.id,
        duty.name[language()],
        duty.verbatim,
        duty.place,
        duty.responsible,
        when,
        tuple(titles.get(form, form) for form in duty.forms),
        duty.targets,
        isinstance(duty, Inventory) and duty.restricted,
    )


def report_words(report: ReportDuty) -> str:
    """ "mỗi năm, trước ngày 30/11; gửi Ủy ban nhân dân xã (qua Phòng …)"."""
    when = gettext(_EVERY[report.every])
    if report.before is not None:
        when = gettext("%(every)s, trước ngày %(day)s", every=when, day=day_words(report.before))
    elif report.every != "request":
        when = gettext("%(every)s, kế hoạch không ghi ngày", every=when)
    if report.via:
        return gettext("%(when)s; gửi %(to)s qua %(via)s", when=when, to=report.to, via=report.via)
    return gettext("%(when)s; gửi %(to)s", when=when, to=report.to)


def activity_words(activity: Activity) -> str:
    """ "mỗi năm, từ 15/11 đến 15/12"; "mỗi quý, ít nhất 4"."""
    text = gettext(_EVERY[activity.every])
    start, end = activity.start, activity.end or activity.start
    if start is not None and end is not None:
        text = (
            gettext("%(every)s, ngày %(day)s", every=text, day=day_words(start))
            if start == end
            else gettext(
                "%(every)s, từ %(first)s đến %(last)s",
                every=text,
                first=day_words(start),
                last=day_words(end),
            )
        )
    if activity.at_least is not None:
        text = gettext("%(when)s, ít nhất %(number)s", when=text, number=activity.at_least)
    return text


def day_words(day: Day) -> str:
    """ "30/11" or "03/12/2025"; in English "30 Nov", so that nobody reads it the American way."""
    if is_vietnamese(language()):
        text = f"{day.day:02}/{day.month:02}"
        return f"{text}/{day.year}" if day.year else text
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    text = f"{day.day} {months[day.month - 1]}"
    return f"{text} {day.year}" if day.year else text
