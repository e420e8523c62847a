"""Where the pages take plans and reports from."""

from __future__ import annotations

from analysis.types import Plan, Report
from collector import database, problems, reporting
from collector.problems import Problem
from collector.service import service


def current_plan() -> Plan:
    """The plan of the service's commune that began last; raises Problem NOT_FOUND."""
    code = service().settings.commune_code
    own = [one for one in reporting.plans() if one.unit_code == code]
    if not own:
        raise Problem(problems.NOT_FOUND)
    return max(own, key=lambda one: (one.first_year, one.id))


def plan(plan_id: str) -> Plan:
    """A plan by its id; raises Problem NOT_FOUND."""
    found = next((one for one in reporting.plans() if one.id == plan_id), None)
    if found is None:
        raise Problem(problems.NOT_FOUND)
    return found


def report(found: Plan, period: int) -> Report:
    """The plan read against what was collected in a year."""
    held = service()
    return reporting.report(
        database.session(),
        held.library,
        found,
        period,
        demonstration=held.settings.demonstration,
    )


def write(report: Report, file_format: str, language: str) -> bytes:
    """The report as a file."""
    return reporting.write(report, file_format, language)


def file_stem(found: Plan, period: int) -> str:
    """`bao-cao-an-khanh-2026`."""
    return f"bao-cao-{found.id.rsplit('-', 2)[0]}-{period}"
