"""Where the pages take plans and reports from."""

from __future__ import annotations

from analysis.types import Plan, Report
from collector import database, problems, reporting
from collector.problems import Problem
from collector.service import service


def current_plan() -> Plan:
    """The plan of the service's commune that began last; raises Problem NOT_FOUND."""
    code = service().settings.commune_code
    own = [plan for plan in reporting.plans() if plan.unit_code == code]
    if not own:
        raise Problem(problems.NOT_FOUND)
    return max(own, key=lambda plan: (plan.first_year, plan.id))


def plan(plan_id: str) -> Plan:
    """A plan by its id; raises Problem NOT_FOUND."""
    for found in reporting.plans():
        if found.id == plan_id:
            return found
    raise Problem(problems.NOT_FOUND)


def report(found: Plan, period: int) -> Report:
    """The plan read against what was collected in a year."""
    parts = service()
    return reporting.report(
        database.session(),
        parts.library,
        found,
        period,
        demonstration=parts.settings.demonstration,
    )


def file_name(found: Plan, period: int, file_format: str) -> str:
    """`bao-cao-an-khanh-2026.docx`: the plan's id without its years, and the year of the report."""
    place = found.id.removesuffix(f"-{found.first_year}-{found.last_year}")
    return f"bao-cao-{place}-{period}.{file_format}"
