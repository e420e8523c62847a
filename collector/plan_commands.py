"""`flask plans …`: check a plan file, list the plans and how far their words are settled."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from analysis.catalogue import CATALOGUE
from analysis.plans import PlanRefused, load, substring_faults
from analysis.plans.resolve import Standing, open_oddities, standing
from analysis.types import Indicator, Plan
from collector import database, reporting
from collector.command_line import EXISTING, Commands
from collector.service import service
from collector.store import indicators

plans = Commands("plans", help="Kế hoạch: kiểm tra, liệt kê. / Plans: check, list.")

_STANDING = {
    Standing.SETTLED: "rõ / settled",
    Standing.READINGS: "tính theo nhiều cách đọc / computed under several readings",
    Standing.DECISION: "cần quyết định / needs a decision",
}


@plans.command("check")
@click.argument("file", type=EXISTING)
@click.option(
    "--document",
    type=EXISTING,
    help="Văn bản của kế hoạch (UTF-8) để so nguyên văn. / The plan's text, to compare with.",
)
def check(file: Path, document: Path | None) -> None:
    """Read a plan file and tell every fault in it at once, with its place."""
    forms = {form.id for form in service().library}
    try:
        plan = load(file, _catalogue(), forms)
    except PlanRefused as refused:
        for problem in refused.problems:
            click.echo(f"{problem.where}: {problem.message.vi}", err=True)
            click.echo(f"  {problem.message.en}", err=True)
        sys.exit(1)
    if document is not None:
        _compare(plan, document)
    click.echo(f"{plan.id}: không có lỗi / no faults")
    click.echo("\t".join(_counts(plan)))


def _catalogue() -> dict[str, Indicator]:
    """The indicators of this service; without a database those that come with it."""
    try:
        return indicators.catalogue(database.session())
    except SQLAlchemyError:
        click.echo(
            "Chưa có cơ sở dữ liệu: chỉ biết các chỉ tiêu có sẵn. / "
            "No database: only the built-in indicators are known.",
            err=True,
        )
        return dict(CATALOGUE)


def _compare(plan: Plan, document: Path) -> None:
    try:
        text = document.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(
            f"{document.name}: cần tệp văn bản UTF-8. / must be a text in UTF-8."
        ) from None
    missing = substring_faults(plan, text)
    for words in missing:
        click.echo(f"không có trong văn bản / not in the document: {words}", err=True)
    if missing:
        sys.exit(1)


def _counts(plan: Plan) -> list[str]:
    return [
        f"{len(plan.targets)} chỉ tiêu / targets",
        f"{len(plan.tasks)} nhiệm vụ / tasks",
        f"{len(plan.reports)} báo cáo / reports",
        f"{len(plan.activities)} hoạt động định kỳ / recurring activities",
        f"{len(plan.inventories)} danh mục / inventories",
        f"{_open(plan)} điều chờ quyết định / open questions",
    ]


def _open(plan: Plan) -> int:
    own = len(open_oddities(plan))
    return own + sum(len(open_oddities(target)) for target in plan.targets)


@plans.command("list")
@click.option("--targets", is_flag=True, help="Từng chỉ tiêu. / Each target.")
def list_plans(targets: bool) -> None:
    """Every plan in use, with the number of targets, duties and open questions."""
    for plan in reporting.plans(database.session()):
        years = f"{plan.first_year}-{plan.last_year}"
        head = (plan.id, plan.unit_code, f"{plan.unit_kind} {plan.unit_name}", years)
        click.echo("\t".join((*head, *_counts(plan))))
        for target in plan.targets if targets else ():
            click.echo(f"  {target.id}\t{target.indicator}\t{_STANDING[standing(target)]}")
