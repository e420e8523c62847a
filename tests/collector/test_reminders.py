"""Reminders: through a mail server on this machine, once for each day and recipient, no names in
logs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from databases import settings
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import create_app, reminder_commands
from collector.database import db
from collector.models import Reminder
from collector.store import units
from collector.store.units import Contact

ADDRESS = "tram.y.te@xa.example.vn"
TODAY = date(2026, 6, 3)  # May's return of births is due on 5 June


class Inbox:
    """A mail server that keeps what it is given; `refuse`: recipients that it does not know."""

    def __init__(self) -> None:
        self.mail: list[EmailMessage] = []
        self.refuse: set[str] = set()

    async def handle_RCPT(self, _s: Any, _x: Any, envelope: Any, to: str, _o: Any) -> str:
        if to in self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        made = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(made, EmailMessage)
        self.mail.append(made)
        return "250 OK"


class OnSocket(Controller):
    """A mail server on a socket that it is given, so that nobody can take its port before it."""

    def __init__(self, handler: Inbox, held: socket.socket) -> None:
        name, port = held.getsockname()
        super().__init__(handler, hostname=name, port=port, ready_timeout=60)
        self.held = held

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.held)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    """The mail server and its port."""
    held, listening = Inbox(), socket.create_server(("127.0.0.1", 0))
    server = OnSocket(held, listening)
    server.start()
    yield held, server.port
    server.stop()


@pytest.fixture
def mailing(
    database_url: str, inbox: tuple[Inbox, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The application with a mail server, on 3 June 2026; the station gave an address."""
    monkeypatch.setattr(reminder_commands, "today", lambda: TODAY)
    made = create_app(
        settings(
            database_url,
            tmp_path,
            smtp_host="127.0.0.1",
            smtp_port=inbox[1],
            smtp_security="none",
            smtp_from="bao-cao@xa.example.vn",
            public_url="https://xa.example.vn",
            log_level="info",
        )
    )
    with made.app_context(), Session(db.engine) as session:
        units.change(session, "tram-y-te", kind="station", name="Trạm Y tế", since=date(2026, 5, 2))
        units.set_focal(session, "tram-y-te", Contact("Trưởng trạm", "", ADDRESS), TODAY)
        units.set_focal(session, "cong-an", Contact("Trưởng Công an", "0225 000 0001"), TODAY)
        session.commit()
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def run(app: Flask, *more: str) -> Any:
    return app.test_cli_runner().invoke(args=["reminders", "send", *more])


def test_a_unit_is_reminded_once(
    mailing: Flask, inbox: tuple[Inbox, int], capsys: pytest.CaptureFixture[str]
) -> None:
    seen = run(mailing, "--dry-run")
    assert seen.exit_code == 0 and "tram-y-te: 1" in seen.output and not inbox[0].mail
    assert ADDRESS not in seen.output
    done = run(mailing)
    assert done.exit_code == 0 and "1/1" in done.output
    (mail,) = inbox[0].mail
    assert mail["To"] == ADDRESS and mail["Auto-Submitted"] == "auto-generated"
    assert "05/06/2026" in mail["Subject"]
    body = mail.get_content()
    assert "tháng 5/2026: hạn 05/06/2026" in body and "https://xa.example.vn/due" in body
    again = run(mailing)
    assert again.exit_code == 0 and len(inbox[0].mail) == 1, "once for the day and the recipient"
    logs = "".join((done.output, done.stderr, *capsys.readouterr()))
    assert "reminder_sent" in logs and ADDRESS not in logs and "Trưởng" not in logs


def test_another_recipient_is_reminded_too(mailing: Flask, inbox: tuple[Inbox, int]) -> None:
    assert run(mailing).exit_code == 0
    with mailing.app_context(), Session(db.engine) as session:
        units.set_focal(session, "tram-y-te", Contact("Phó Trưởng trạm", "", "moi@x.vn"), TODAY)
        session.commit()
    assert run(mailing).exit_code == 0
    assert [mail["To"] for mail in inbox[0].mail] == [ADDRESS, "moi@x.vn"]


def test_what_was_refused_is_not_noted(mailing: Flask, inbox: tuple[Inbox, int]) -> None:
    inbox[0].refuse.add(ADDRESS)
    failed = run(mailing)
    assert failed.exit_code == 1 and ADDRESS not in failed.output
    with mailing.app_context(), Session(db.engine) as session:
        assert session.scalars(select(Reminder)).all() == []
    inbox[0].refuse.clear()
    assert run(mailing).exit_code == 0 and len(inbox[0].mail) == 1
    with mailing.app_context(), Session(db.engine) as session:
        (row,) = session.scalars(select(Reminder)).all()
    assert row.duty == "births_month/tram-y-te/2026-05" and len(row.recipient) == 32


def test_without_a_mail_server_the_command_says_what_to_do(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminder_commands, "today", lambda: TODAY)
    made = create_app(settings(database_url, tmp_path))
    with made.app_context(), Session(db.engine) as session:
        units.set_focal(session, "tram-y-te", Contact("Trưởng trạm", "", ADDRESS), TODAY)
        session.commit()
    reply = run(made)
    assert reply.exit_code == 1 and "SMTP_HOST" in reply.output
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
