"""Reminders by e-mail of what is due: once for each thing, its due day and its recipient.

A unit is written to only where it gave an address. The letter names returns and days, no person.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from sqlalchemy.orm import Session

from analysis.reports.dates import format_day
from analysis.types import Plan
from collector.duties import Duty
from collector.duty_words import duty_words, gettext, occasion_words
from collector.occasions import Occasion, occasions
from collector.settings import Settings
from collector.store import duties, marks, reminders, units
from forms.library import Library

SECONDS = 30  # longest wait for the mail server
SECURITIES = ("starttls", "tls", "none")


class MailRefused(ValueError):
    """The settings do not allow sending; the text says which and what to do (vi, then en)."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is due: what it is called, what it is, its last day."""

    key: str
    words: str
    due: date


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit is reminded of."""

    unit: str
    name: str
    address: str
    items: tuple[Item, ...]

    @property
    def recipient(self) -> bytes:
        """What is kept of the address."""
        return hashlib.sha256(self.address.casefold().encode()).digest()


def letters(
    session: Session, library: Library, plans: Iterable[Plan], today: date, ahead: int
) -> list[Letter]:
    """What is to be sent now: all that is open and due within `ahead` days or late, of which the
    unit has not been reminded."""
    titles = {form.id: str(form.title["vi"]) for form in library.forms()}
    names, due = units.names(session), _open(session, library, tuple(plans), today, ahead, titles)
    made = []
    for code, focal in sorted(units.focals(session).items()):
        if not focal.email or not due.get(code):
            continue
        letter = Letter(code, names[code], focal.email, tuple(due[code]))
        sent = reminders.sent(session, letter.recipient)
        fresh = tuple(item for item in letter.items if (item.key, item.due) not in sent)
        if fresh:
            made.append(Letter(code, letter.name, letter.address, fresh))
    return made


def _open(
    session: Session,
    library: Library,
    plans: Sequence[Plan],
    today: date,
    ahead: int,
    titles: dict[str, str],
) -> dict[str, list[Item]]:
    """Unit -> what it still has to do by today and so many days, oldest first."""
    workers, found = duties.workers(session), dict[str, list[Item]]()
    owed: list[Duty | Occasion] = []
    for year in (today.year - 1, today.year, today.year + 1):
        owed += duties.duties(session, library, year, today)
        for plan in plans:
            noted = marks.marks(session, plan.id)
            owed += [one for one in occasions(plan, workers, year, today, noted) if one.report]
    until = today + timedelta(days=ahead)
    for one in sorted(owed, key=lambda one: (one.due, one.key)):
        if one.unit and one.open_on(today) and today - timedelta(days=366) <= one.due <= until:
            words = duty_words(one, titles) if isinstance(one, Duty) else occasion_words(one, "vi")
            found.setdefault(one.unit, []).append(Item(one.key, words, one.due))
    return found


def check(settings: Settings) -> None:
    """Raise MailRefused where the settings do not allow sending."""
    if not settings.smtp_host:
        raise MailRefused(
            "Chưa có máy chủ thư: đặt SMTP_HOST và SMTP_FROM, hoặc xem trước bằng --dry-run.\n"
            "No mail server: set SMTP_HOST and SMTP_FROM, or look with --dry-run."
        )
    if "@" not in settings.smtp_from:
        raise MailRefused(
            "SMTP_FROM cần là một địa chỉ thư. / SMTP_FROM must be an e-mail address."
        )
    if settings.smtp_security not in SECURITIES:
        known = " | ".join(SECURITIES)
        raise MailRefused(f"SMTP_SECURITY={settings.smtp_security!r}: {known}")


def message(letter: Letter, settings: Settings, today: date) -> EmailMessage:
    """The e-mail: Vietnamese, plain text."""
    made = EmailMessage()
    made["From"], made["To"] = settings.smtp_from, letter.address
    first = format_day(letter.items[0].due)
    made["Subject"] = gettext(
        "Nhắc nộp %(n)s báo cáo, hạn đầu tiên %(day)s", n=len(letter.items), day=first
    )
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=settings.smtp_from.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(_body(letter, settings, today))
    return made


def _body(letter: Letter, settings: Settings, today: date) -> str:
    lines = [
        gettext("Kính gửi %(unit)s,", unit=letter.name),
        "",
        gettext("%(commune)s chưa nhận được:", commune=settings.commune_name),
        "",
        *(f"- {item.words}: {_when(item.due, today)}" for item in letter.items),
        "",
    ]
    if settings.public_url:
        lines += [
            gettext("Nộp và xem tại: %(url)s", url=settings.public_url.rstrip("/") + "/due"),
            "",
        ]
    lines.append(gettext("Mỗi hạn chỉ nhắc một lần. Đã nộp rồi thì không cần làm gì thêm."))
    return "\n".join(lines)


def _when(due: date, today: date) -> str:
    day = format_day(due)
    if due < today:
        return gettext("quá hạn từ %(day)s", day=day)
    return gettext("hạn %(day)s", day=day)


@contextmanager
def server(settings: Settings) -> Iterator[smtplib.SMTP]:
    """A connection to the mail server, signed in. Raises OSError, smtplib.SMTPException."""
    place = (settings.smtp_host, settings.smtp_port)
    trusted = ssl.create_default_context()
    if settings.smtp_security == "tls":
        made: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=SECONDS, context=trusted)
    else:
        made = smtplib.SMTP(*place, timeout=SECONDS)
    with made:
        if settings.smtp_security == "starttls":
            made.starttls(context=trusted)
        if settings.smtp_user:
            made.login(settings.smtp_user, settings.smtp_password)
        yield made


def send(
    session: Session, letter: Letter, settings: Settings, mail: smtplib.SMTP, today: date
) -> bool:
    """Note what is sent, send it, commit; False where somebody else is sending it. What could not
    be sent is not noted. Raises smtplib.SMTPException, OSError."""
    if not reminders.note(
        session, [(item.key, item.due) for item in letter.items], letter.recipient
    ):
        session.rollback()
        return False
    try:
        mail.send_message(message(letter, settings, today))
    except (smtplib.SMTPException, OSError):
        session.rollback()
        raise
    session.commit()
    return True
