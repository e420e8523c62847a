"""The service with the private page open, and the key's holder, who reads what comes to it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from nacl.public import PrivateKey, SealedBox
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from collector import create_app
from collector.database import db
from collector.models import SealedAnswer
from collector.settings import ROOT, Settings
from collector.store import sealed

KEY = PrivateKey.generate()
WEATHER = "/health"  # stands in for the weather page: another page, without scripts


@dataclass
class Running:
    """A served application, and what came to it."""

    app: Flask
    url: str

    def code(self) -> str:
        """A fresh code."""
        with self.app.app_context(), Session(db.engine) as session:
            (code,) = sealed.make_codes(session, 1, date.today())
            session.commit()
            return code

    def opened(self) -> list[dict[str, Any]]:
        """What the key's holder reads in each box."""
        with self.app.app_context(), Session(db.engine) as session:
            boxes = [row.box for row in session.scalars(select(SealedAnswer))]
        plain = [SealedBox(KEY).decrypt(box) for box in boxes]
        assert {len(text) for text in plain} <= {sealed.PLAIN_BYTES}
        return [json.loads(text.rstrip(b"\0")[:-1]) for text in plain]


@contextmanager
def serve(folder: Path) -> Iterator[Running]:
    """The service on SQLite with the part on experience approved."""
    app = create_app(
        Settings(
            environment="testing",
            secret_key="x" * 40,
            data_folder=folder,
            log_level="error",
            sealed_key=base64.b64encode(bytes(KEY.public_key)).decode(),
            quick_exit_url=WEATHER,
            experience_questions=True,
            ethics_approval="12/HĐĐĐ",
            ethics_body="Hội đồng đạo đức",
            ethics_date="2020-01-01",
            ethics_until="2999-12-31",
        )
    )
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Running(app, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
