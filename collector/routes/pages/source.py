"""Where the pages take plans and reports from."""

from __future__ import annotations

from analysis.types import Plan, Report
from collector import database, kept, problems, reporting
from collector.problems import Problem
from collector.routes.pages import glance
from collector.service import demonstration, service


def current_plan() -> Plan:
    """The plan of the service's commune that began last; raises Problem NOT_FOUND."""
    code = service().settings.commune_code
    own = [plan for plan in reporting.plans(database.session()) if plan.unit_code == code]
    if not own:
        raise Problem(problems.NOT_FOUND)
    return max(own, key=lambda plan: (plan.first_year, plan.id))


def plan(plan_id: str) -> Plan:
    """A plan by its id; raises Problem NOT_FOUND."""
    for found in reporting.plans(database.session()):
        if found.id == plan_id:
            return found
    raise Problem(problems.NOT_FOUND)


def report(found: Plan, period: int) -> Report:
    """The plan read against what was collected in a year; computed once while nothing changes."""
    parts = service()
    return kept.report(
        database.session(),
        parts.library,
        found,
        period,
        demonstration=demonstration(),
        commune=parts.settings.commune,
    )


def years(found: Plan, period: int) -> list[Report]:
    """The reports of the years up to `period`, oldest first: from the plan's first year, or as far
    back as a page compares."""
    first = max(found.first_year, period - glance.MOST_YEARS + 1)
    return [report(found, year) for year in range(min(first, period), period + 1)]


def file_name(found: Plan, period: int, file_format: str) -> str:
    """`bao-cao-an-khanh-2026.docx`: the plan's id without its years, and the year of the report."""
    place = found.id.removesuffix(f"-{found.first_year}-{found.last_year}")
    return f"bao-cao-{place}-{period}.{file_format}"
