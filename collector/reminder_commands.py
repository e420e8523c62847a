"""`flask reminders …`: e-mails of what is due. Run it once a day, for example by cron."""

from __future__ import annotations

import smtplib

import click
import structlog

from collector import database, reminders, reporting
from collector.command_line import Commands
from collector.duties import today
from collector.reminders import Letter, MailRefused
from collector.service import service

log = structlog.get_logger()

commands = Commands("reminders", help="Thư nhắc hạn nộp. / Reminders of what is due.")


@commands.command("send")
@click.option("--dry-run", is_flag=True, help="Chỉ xem, không gửi. / Show, send nothing.")
def send(dry_run: bool) -> None:
    """Send each unit that gave an address what is due soon or late, each due day once."""
    session, settings, day = database.session(), service().settings, today()
    code = settings.commune_code
    plans = [plan for plan in reporting.plans(session) if plan.unit_code == code]
    found = reminders.letters(session, service().library, plans, day, settings.reminder_days)
    for letter in found if dry_run else ():
        click.echo(f"{letter.unit}: {len(letter.items)}")
        for item in letter.items:
            click.echo(f"  {item.due:%d/%m/%Y} {item.words}")
    if dry_run or not found:
        click.echo(f"{len(found)} thư chưa gửi / letters not sent")
        return
    done = _send(found)
    click.echo(f"Đã gửi / sent: {done}/{len(found)}")
    if done < len(found):
        raise SystemExit(1)


def _send(found: list[Letter]) -> int:
    """How many went out; a letter that the server refuses does not stop the others."""
    session, settings, day = database.session(), service().settings, today()
    done = 0
    try:
        reminders.check(settings)
        with reminders.server(settings) as mail:
            for letter in found:
                try:
                    done += reminders.send(session, letter, settings, mail, day)
                    log.info("reminder_sent", unit=letter.unit, items=len(letter.items))
                except smtplib.SMTPResponseException as error:
                    log.error("reminder_refused", unit=letter.unit, code=error.smtp_code)
                except smtplib.SMTPRecipientsRefused:
                    log.error("reminder_refused", unit=letter.unit, code="recipient")
    except MailRefused as refused:
        raise click.ClickException(str(refused)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise click.ClickException(
            f"Không gửi được qua máy chủ thư ({type(error).__name__}); đã gửi {done}. / "
            f"The mail server cannot be used; sent {done}."
        ) from None
    return done
