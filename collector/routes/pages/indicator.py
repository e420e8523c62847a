"""/plans/<plan>/indicators/<code>: one indicator, all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import render_template, request
from markupsafe import Markup

from analysis.ethnic import lists
from analysis.reports.charts import trend_chart
from analysis.reports.numbers import (
    exact_value,
    format_counts,
    format_interval,
    format_value,
    missing_words,
)
from analysis.reports.place_text import history_note, place_note
from analysis.types import Estimate, Indicator, Plan, Report, Target, TargetResult
from collector import database, problems, reporting
from collector.duty_words import period_words
from collector.models import Role
from collector.problems import Problem
from collector.routes.pages import glance, source, target_facts, target_view
from collector.routes.pages.blueprint import blueprint, language, role_is
from collector.routes.pages.plan import asked_period, periods, today
from collector.routes.pages.speech import gettext
from collector.routes.pages.target_view import TargetRow
from collector.routes.pages.titles import form_titles, village_names
from collector.store import behind, indicators, units

MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Year:
    """A line of the history."""

    year: int
    value: str
    interval: str
    basis: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """A target on the indicator: its row as on the plan's page, the way, the chart of the years."""

    row: TargetRow
    line: glance.Line
    chart: Markup
    years: tuple[Year, ...]
    judged: bool  # False: no target of the plan, only the indicator itself


@blueprint.get("/plans/<plan>/indicators/<code>")
def indicator(plan: str, code: str) -> str:
    """Definition, value, groups, years, what it rests on, verdicts."""
    found = source.plan(plan)
    declared = indicators.catalogue(database.session()).get(code)
    if declared is None:
        raise Problem(problems.NOT_FOUND)
    period, about = asked_period(found), plan_about(found, declared)
    reports = source.years(about, period)
    shown = reports[-1]
    villages = village_names(database.session())
    aims = [aim(result, reports, villages) for result in shown.results]
    return render_template(
        "indicator.html",
        plan=found,
        report=shown,
        indicator=declared,
        aims=aims,
        meaning=target_facts.definition(declared, language()),
        periods=periods(found),
        place_note=place_note(shown, language()),
        history_note=history_note(found, reports[0].period, today(), language()),
        ethnic_list=lists().get(shown.ethnic_list) if "ethnicity" in declared.by else None,
        surveyed=reporting.SURVEY in behind.forms_of(declared),
        titles=form_titles(),
        villages=villages,
        units=units.names(database.session()),
        period_words=period_words,
        **_behind(declared, period),
    )


def plan_about(plan: Plan, declared: Indicator) -> Plan:
    """The plan with its targets on this indicator; with one that asks nothing where it has none."""
    own = tuple(target for target in plan.targets if target.indicator == declared.code)
    return replace(plan, targets=own or (_bare(plan, declared),))


def _bare(plan: Plan, declared: Indicator) -> Target:
    """A target that sets no level: the indicator itself."""
    return Target(
        id=declared.code,
        objective=0,
        number="",
        verbatim="",
        indicator=declared.code,
        comparator="qualitative",
        comparator_stated=False,
        value=None,
        value_text="",
        suspected=None,
        unit=declared.unit.vi,
        deadline=plan.last_year,
        deadline_stated=False,
    )


def aim(result: TargetResult, reports: list[Report], villages: Mapping[str, str]) -> Aim:
    """One target with its years."""
    history = glance.histories(reports)[result.target.id]
    judged = bool(result.target.verbatim)
    drawn = trend_chart(history, result.indicator, result.target if judged else None, language())
    return Aim(
        target_view.target_row(result, language(), villages),
        glance.line(result, history, language()),
        Markup(drawn),  # noqa: S704 - svg.py escapes what it is given
        tuple(_year(one, result.indicator) for one in reversed(history)),
        judged,
    )


def _year(estimate: Estimate, declared: Indicator) -> Year:
    spoken = language()
    return Year(
        max(estimate.years),
        format_value(estimate, declared, spoken) or missing_words(estimate, spoken),
        format_interval(estimate, declared, spoken),
        format_counts(estimate, spoken) or _answers(estimate),
        estimate.provisional,
    )


def _answers(estimate: Estimate) -> str:
    if exact_value(estimate) is None or not estimate.n:
        return ""
    return gettext("%(n)s người trả lời", n=estimate.n)


def _behind(declared: Indicator, period: int) -> dict[str, object]:
    """The submissions that the number rests on: a list for officers, counts for the others."""
    forms = behind.forms_of(declared)
    session = database.session()
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    rows = behind.listed(session, forms, period, page) if role_is(Role.OFFICER) else []
    counted = behind.counted(session, forms, period)
    total = sum(one.counted for one in counted)
    return {
        "behind": counted,
        "behind_rows": rows,
        "behind_total": total,
        "page": page,
        "pages": max(1, -(-total // behind.PAGE)),
    }
