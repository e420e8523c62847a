"""`make run`: prepare a data folder, serve it, fill the demonstration, say where everything is.

The parts are the ones that an installation without `make` uses too: `flask db upgrade`,
`flask territory load`, `flask users add` and gunicorn.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from collector import create_app
from collector.command_line import file_met
from collector.database import session
from collector.demonstration import commune
from collector.demonstration.arrival import spread_arrivals
from collector.demonstration.prepare import prepare_demonstration
from collector.demonstration.send import NotTaken, send_everything
from collector.models import Role
from collector.service import service
from collector.settings import ROOT, Settings, SettingsRefused, write_secret
from collector.store import accounts

PLAN = "an-khanh-2026-2030"
HOST, PORT = "127.0.0.1", "8000"
PATIENCE = 60  # seconds for gunicorn to answer


class NotStarted(RuntimeError):
    """The service cannot be started here; the text says what to do (vi, then en)."""


def main() -> int:
    """Run until interrupted; returns gunicorn's exit status, or 1 with the reason told."""
    try:
        return _run()
    except (NotStarted, NotTaken, SettingsRefused) as refused:
        sys.stderr.write(f"{refused}\n")
    except OSError as error:
        sys.stderr.write(f"{file_met(error)}\n")
    return 1


def _run() -> int:
    demonstration = os.environ.get("DEMO", "1") != "0"
    folder = Path(os.environ.get("DATA_FOLDER", ROOT / "var"))
    folder = folder / ("demonstration" if demonstration else "service")
    check_port(os.environ.get("HOST", HOST), os.environ.get("PORT", PORT))
    environment = _environment(folder, demonstration)
    password = _prepare(environment, demonstration)
    address = f"http://{environment['HOST']}:{environment['PORT']}"
    server = subprocess.Popen(_gunicorn(environment), env=environment, cwd=ROOT)  # noqa: S603 - our own command
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.terminate())
    try:
        if not _wait(server, address):
            return server.wait()
        if demonstration:
            send_everything(address, _say)
            _date_arrivals(environment)
        _say(_where(address, folder, demonstration, password))
        return server.wait()
    finally:
        if server.poll() is None:
            server.terminate()
            server.wait(30)


def check_port(host: str, port: str) -> None:
    """Raises NotStarted where nothing can listen there: nothing is stored or sent before.

    Another service that answers at the same address would be taken for ours and be sent the
    demonstration.
    """
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise NotStarted(_NO_PORT.format(port=port))
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(
            host, int(port), type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise NotStarted(_TAKEN.format(address=f"{host}:{port}", why=error.strerror)) from error


_NO_PORT = (
    "PORT={port}: cổng phải là một số từ 1 đến 65535, ví dụ: make run PORT=8010\n"
    "PORT={port}: a port is a number from 1 to 65535, for example: make run PORT=8010"
)
_TAKEN = (
    "Không mở được {address} ({why}): có thể chương trình khác đang dùng cổng này. Dừng chương "
    "trình đó, hoặc chọn cổng khác: make run PORT=8010\n"
    "Cannot listen on {address} ({why}): perhaps another program uses this port. Stop it, or "
    "choose another: make run PORT=8010"
)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is what the command is for


def _environment(folder: Path, demonstration: bool) -> dict[str, str]:
    write_secret(folder)
    return {
        "HOST": HOST,
        "PORT": PORT,
        "LOG_LEVEL": "warning",  # so that the lines below stay on the screen
        **os.environ,
        "DATA_FOLDER": str(folder),
        "DEMONSTRATION": "1" if demonstration else "0",
    }


def _prepare(environment: dict[str, str], demonstration: bool) -> str | None:
    """Migrate and fill the database; returns a new administrator's password, if one was made."""
    _say("==> Cơ sở dữ liệu / Database")
    app = create_app(Settings.from_environment(environment))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        if demonstration:
            prepare_demonstration(session())
            session().commit()
            return None
        return _first_administrator(app)


def _date_arrivals(environment: dict[str, str]) -> None:
    app = create_app(Settings.from_environment(environment))
    with app.app_context():
        newest = {form.id: form for form in service().library.forms()}
        spread_arrivals(session(), newest, datetime.now(UTC))
        session().commit()


def _first_administrator(app: Flask) -> str | None:
    if accounts.count(session()):
        return None
    password = secrets.token_urlsafe(12)
    accounts.add_user(
        session(),
        username="quantri",
        display_name="Quản trị",
        role=Role.ADMINISTRATOR,
        password=password,
    )
    session().commit()
    return password


def _gunicorn(environment: dict[str, str]) -> list[str]:
    bind = f"{environment['HOST']}:{environment['PORT']}"
    return [sys.executable, "-m", "gunicorn", "--bind", bind, "wsgi:application"]


def _wait(server: subprocess.Popen[bytes], address: str) -> bool:
    """True once the service answers; False if it ended or did not answer in time."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _where(address: str, folder: Path, demonstration: bool, password: str | None) -> str:
    told = _demonstration(address, folder) if demonstration else _service(folder, password)
    rows = [f"Sổ Thôn: {address}", f"Điện thoại / phone app: {address}/phone/", "", *told]
    return "\n".join(["", *rows, "", "Ctrl+C để dừng / to stop", ""])


def _demonstration(address: str, folder: Path) -> list[str]:
    shown = [account for account in commune.accounts() if account.role != "collector"]
    shown.insert(0, commune.accounts()[0])
    flask = f"DATA_FOLDER={folder} DEMONSTRATION=1 .venv/bin/flask --app wsgi:application"
    return [
        "BẢN MINH HỌA, số liệu giả định / DEMONSTRATION, invented data",
        "",
        *(f"  {a.username:<9} {a.password:<18} {a.display_name}" for a in shown),
        f"  thon1 … thon{len(commune.VILLAGES)}: mỗi thôn một người / one collector a village",
        "",
        "Báo cáo đầu tiên / the first report: đăng nhập (sign in as) canbo,",
        f"  {address}/plans/{PLAN}?period=2026",
        "hoặc / or:",
        f"  {flask} report {PLAN} --period 2026 --out report.docx",
    ]


def _service(folder: Path, password: str | None) -> list[str]:
    made = f"Quản trị / administrator: quantri  {password}  (chỉ hiện một lần / shown once)"
    return [*([made] if password else []), f"Dữ liệu / data: {folder}"]


if __name__ == "__main__":
    sys.exit(main())
