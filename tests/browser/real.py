"""The real service on a free port, as an installation runs it: gunicorn, SQLite, the forms."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_migrate import upgrade
from prepared import DATABASE, content
from sqlalchemy import create_engine, text

from collector import create_app
from collector.database import db, session
from collector.demonstration.prepare import prepare_demonstration
from collector.settings import ROOT, Settings
from collector.store.media import LISTS
from forms.label_files import files_in
from forms.library import Library

HERE = Path(__file__).parent
START = 60  # seconds
SECRET = "x" * 40


@dataclass(frozen=True)
class Real:
    """A running service with the demonstration's accounts and households, and no submission."""

    url: str
    folder: Path

    def stored(self) -> list[str]:
        """The instance ids of all submissions in its database, in the order of their arrival."""
        engine = create_engine(f"sqlite:///{self.folder / 'so-thon.sqlite'}")
        with engine.connect() as rows:
            found = rows.execute(text("SELECT instance_id FROM submission ORDER BY id"))
            return [row.instance_id for row in found]


def forms_folder(folder: Path, only: Iterable[str] = (), added: Iterable[str] = ()) -> Path:
    """A copy of the published forms (`only` of them, where any is named) with XLSForms `added`."""
    wanted = set(only)
    for one in (ROOT / "forms" / "published").iterdir():
        if one.is_dir() and (not wanted or one.name in wanted):
            shutil.copytree(one, folder / one.name)
    folder.mkdir(exist_ok=True)
    library = Library(folder)
    for markdown in added:
        library.publish(markdown.encode(), "form.md", files_in(HERE / "forms"), LISTS)
    return folder


@contextmanager
def serve(folder: Path, forms: Path | None = None) -> Iterator[Real]:
    """Prepare a database in `folder`, serve it, stop at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "ENVIRONMENT": "testing",
        "SECRET_KEY": SECRET,
        "DATA_FOLDER": str(folder),
        "FORMS_FOLDER": str(forms or ROOT / "forms" / "published"),
        "DEMONSTRATION": "1",
        "LOG_LEVEL": "error",
        "PORT": str(port),
    }
    (folder / DATABASE).write_bytes(_prepared())
    command = [sys.executable, "-m", "gunicorn", "--log-level", "error", "wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait(server, f"http://127.0.0.1:{port}")
        yield Real(f"http://127.0.0.1:{port}", folder)
    finally:
        server.terminate()
        server.wait(60)


@cache
def _prepared() -> bytes:
    """The database of the demonstration, made once: accounts and households, no submission."""
    with TemporaryDirectory() as folder:
        environment = {"ENVIRONMENT": "testing", "SECRET_KEY": SECRET, "DATA_FOLDER": folder}
        app = create_app(Settings.from_environment({**environment, "DEMONSTRATION": "1"}))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            prepare_demonstration(session())
            session().commit()
            db.session.remove()
            db.engine.dispose()
        return content(Path(folder))


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/health", timeout=5)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service did not start")
