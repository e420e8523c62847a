"""`flask …` commands: forms, users, territory. Each says what it did, or what to do instead."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from analysis.ethnic import MixedLists
from analysis.reports import WRITERS
from collector import database, place_commands, reporting, sealed_cli
from collector.command_line import EXISTING, Commands, in_both, told
from collector.ethnicity import list_used
from collector.lake_commands import export_lake
from collector.models import Role
from collector.models.territory import SEEDS
from collector.plan_commands import plans
from collector.reminder_commands import commands as reminders
from collector.service import service
from collector.store import accounts, territory, units
from collector.store.media import LISTS
from collector.store.submissions import any_invented
from forms.compile import compile_form
from forms.excel import to_xlsx
from forms.label_files import Beside, files_in
from forms.library import Form
from forms.problems import AlreadyPublished, FormRefused
from forms.settings import UNIT_KINDS

forms = Commands("forms", help="Biểu mẫu: ban hành, xuất, liệt kê. / Forms: publish, export, list.")
users = Commands("users", help="Tài khoản. / Accounts.")
offices = Commands("units", help="Đơn vị gửi báo cáo. / Units that file returns.")
register = Commands("territory", help="Danh sách thôn, hộ. / Villages and households.")


def install(app: Flask) -> None:
    """Add the commands to `app`."""
    for command in (
        sealed_cli.group,
        forms,
        users,
        offices,
        register,
        plans,
        reminders,
        report,
        export_lake,
        place_commands.commands,
    ):
        app.cli.add_command(command)


@forms.command("publish")
@click.argument("file", type=EXISTING)
def publish(file: Path) -> None:
    """Publish an XLSForm (.md or .xlsx). A faulty one is refused, with every fault's place.

    The sounds, pictures and lists (CSV) that it names lie in the same folder.
    """
    beside = files_in(file.parent)
    try:
        _one_ethnic_list(file, beside)
        form = service().library.publish(file.read_bytes(), file.name, beside, LISTS)
    except FormRefused as refused:
        for problem in refused.problems:
            click.echo(problem.line("vi"), err=True)
            click.echo("  " + problem.line("en"), err=True)
        sys.exit(1)
    except AlreadyPublished as refused:
        raise click.ClickException(refused.message["vi"] + "\n" + refused.message["en"]) from None
    click.echo(f"Đã ban hành {form.id} {form.version}. Dịch vụ đang chạy dùng được ngay.")
    click.echo(f"Published {form.id} {form.version}. A running service offers it at once.")


def _one_ethnic_list(file: Path, beside: Beside) -> None:
    """Refuse a form whose codes of ethnic groups follow another list than the published forms."""
    compiled = compile_form(file.read_bytes(), file.name, beside, LISTS)
    form = Form(compiled.model, compiled.model_json, compiled.xform)
    try:
        list_used([*service().library, form])
    except MixedLists as refused:
        raise click.ClickException(f"{refused.said.vi}\n{refused.said.en}") from None


@forms.command("export")
@click.argument("form_id")
@click.option("--version", "wanted", help="Mặc định: bản mới nhất. / Default: the newest.")
@click.option("--xlsx", is_flag=True, help="Tệp Excel thay cho Markdown. / Excel, not Markdown.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path))
def export(form_id: str, wanted: str | None, xlsx: bool, out: Path | None) -> None:
    """Give a published form back as XLSForm, for people who author in Excel.

    Its sounds, pictures and lists come into the same folder; a file of that name is not
    overwritten.
    """
    library = service().library
    versions = library.versions(form_id)
    form = library.get(form_id, wanted or (versions[-1].version if versions else ""))
    if form is None:
        raise click.ClickException(f"Không có biểu mẫu {form_id} {wanted or ''} / no such form")
    markdown = library.markdown(form_id, form.version)
    target = out or Path(f"{form_id}-{form.version}.{'xlsx' if xlsx else 'md'}")
    for name in form.kept:
        click.echo(_give_back(target.parent / name, library.media(form, name)))
    target.write_bytes(to_xlsx(markdown) if xlsx else markdown.encode())
    click.echo(str(target))


def _give_back(target: Path, content: bytes | None) -> str:
    """Write a file of a form where nothing else lies under its name."""
    if content is None:
        return f"{target.name}: tệp không còn trên máy chủ / the file has gone from the server"
    if target.exists() and target.read_bytes() != content:
        raise click.ClickException(
            f"{target}: đã có tệp khác cùng tên. Chọn thư mục khác bằng --out. / another file of "
            "this name is there. Choose another folder with --out."
        )
    target.write_bytes(content)
    return str(target)


@forms.command("list")
def list_forms() -> None:
    """Every published version."""
    for form in service().library:
        click.echo(f"{form.id}\t{form.version}\t{form.title['vi']}")


@users.command("add")
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", default="", help="Tên hiển thị. / Name shown.")
@click.option("--village", help="Mã thôn (cộng tác viên). / Village code (collectors).")
@click.option("--unit", help="Mã đơn vị (tài khoản của đơn vị). / Unit code (units' accounts).")
@click.password_option(help="Mật khẩu, 10-128 ký tự. / Password, 10-128 characters.")
def add_user(
    username: str, role: str, name: str, village: str | None, unit: str | None, password: str
) -> None:
    """Make an account."""
    session = database.session()
    accounts.add_user(
        session,
        username=username,
        display_name=name,
        role=Role(role),
        password=password,
        village=village,
        unit=unit,
    )
    session.commit()
    click.echo(f"Đã tạo tài khoản / account made: {accounts.normal_name(username)} ({role})")


@users.command("password")
@click.argument("username")
@click.password_option(help="Mật khẩu mới. / New password.")
def set_password(username: str, password: str) -> None:
    """Set a new password; sessions and phones of the account are signed out."""
    session, account = database.session(), _account(username)
    accounts.change_password(session, account, password)
    session.commit()
    click.echo("Đã đổi mật khẩu. / Password changed.")


@users.command("disable")
@click.argument("username")
def disable(username: str) -> None:
    """Switch an account off at once, its phones too."""
    session, account = database.session(), _account(username)
    accounts.set_active(session, account, False)
    session.commit()
    click.echo("Đã khóa tài khoản. / Account switched off.")


@users.command("enable")
@click.argument("username")
def enable(username: str) -> None:
    """Switch an account on again."""
    session, account = database.session(), _account(username)
    accounts.set_active(session, account, True)
    session.commit()
    click.echo("Đã mở lại tài khoản. / Account switched on.")


@users.command("list")
def list_users() -> None:
    """Every account."""
    for user in accounts.users(database.session()):
        state = "" if user.active else "khóa/off"
        click.echo(
            f"{user.username}\t{user.role}\t{user.village or user.unit or ''}\t{state}".rstrip()
        )


def _account(username: str) -> int:
    wanted = accounts.normal_name(username)
    for user in accounts.users(database.session()):
        if user.username == wanted:
            return user.id
    raise click.ClickException(f"Không có tài khoản {wanted} / no such account")


@offices.command("put")
@click.argument("code")
@click.option("--kind", type=click.Choice(UNIT_KINDS), required=True)
@click.option("--name", required=True)
@click.option("--off", is_flag=True, help="Đơn vị không còn hoạt động. / No longer at work.")
def put_unit(code: str, kind: str, name: str, off: bool) -> None:
    """Add a unit, or change the one with this code."""
    session = database.session()
    unit = units.put(session, code=code, kind=kind, name=name, active=not off)
    session.commit()
    click.echo(f"{unit.code}\t{unit.kind}\t{unit.name}")


@offices.command("list")
def list_units() -> None:
    """Every unit."""
    for unit in units.listed(database.session()):
        state = "" if unit.active else "\tkhóa/off"
        click.echo(f"{unit.code}\t{unit.kind}\t{unit.name}{state}")


@register.command("load")
@click.argument("file", type=EXISTING)
def load_territory(file: Path) -> None:
    """Load villages and households from a CSV file: village, village_name, household and, if
    wanted, seed_f and seed_m (drawn by the machine where they are empty)."""
    session = database.session()
    try:
        villages, households = territory.load(session, _text(file), _draw())
    except territory.RegisterRefused as refused:
        for fault in refused.faults:
            vi, en = in_both(fault.message, **fault.values)
            click.echo(f"dòng {fault.row}, cột {fault.column}: {vi}", err=True)
            click.echo(f"  row {fault.row}, column {fault.column}: {en}", err=True)
        sys.exit(1)
    session.commit()
    click.echo(f"{villages} thôn / villages, {households} hộ / households")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(
            "Tệp cần ở dạng CSV UTF-8. / The file must be CSV in UTF-8."
        ) from None


def _draw() -> Iterator[int]:
    while True:
        yield secrets.randbelow(SEEDS)


@click.command("report")
@click.argument("plan_id")
@click.option("--period", type=int, required=True, help="Năm. / Year.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi")
@with_appcontext
@told()
def report(plan_id: str, period: int, out: Path, language: str) -> None:
    """Write a plan's report; the format is the ending of --out: .docx, .xlsx or .csv.

    Invented data are marked as such, also where DEMONSTRATION=1 was forgotten.
    """
    listed = reporting.plans(database.session())
    plan = next((one for one in listed if one.id == plan_id), None)
    if plan is None:
        known = ", ".join(one.id for one in listed)
        raise click.ClickException(
            f"Không có kế hoạch {plan_id} / no such plan. Có / known: {known}"
        )
    file_format = out.suffix.removeprefix(".").lower()
    if file_format not in WRITERS:
        raise click.ClickException(f"--out: .{', .'.join(WRITERS)}; nhận được / got: {out.name}")
    if not plan.first_year <= period <= plan.last_year:
        years = f"{plan.first_year}-{plan.last_year}"
        raise click.ClickException(f"--period {period}: kế hoạch / the plan: {years}")
    held = service()
    made = reporting.report(
        database.session(),
        held.library,
        plan,
        period,
        demonstration=held.settings.demonstration or any_invented(database.session()),
        commune=held.settings.commune,
    )
    out.write_bytes(reporting.write(made, file_format, language))
    click.echo(str(out))
