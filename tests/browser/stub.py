"""A stand-in for the service: the phone's API with the real check of forms, and faults on demand.

It keeps what it is sent in memory. `mode` makes it fail as servers and networks do. `stub_app` has
its routes.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stub_app import make_app
from werkzeug.serving import BaseWSGIServer, make_server

from forms.library import Form, Library

logging.getLogger("werkzeug").setLevel(logging.ERROR)


ROOT = Path(__file__).resolve().parents[2]


WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS = range(8300 + 50 * WORKER, 8350 + 50 * WORKER)
"""Each process of the tests has its own: one that is gone comes back where it was."""


@dataclass
class Stub:
    """The service's state, and the faults it has at the moment."""

    forms: list[Form] = field(
        default_factory=lambda: [
            form
            for form in Library(ROOT / "forms" / "published").forms()
            if form.id in ("household", "births", "births_month", "police_year")
        ]
    )
    old_forms: list[Form] = field(default_factory=list)  # accepted, no longer offered
    username: str = "thon01"
    password: str = "mat-khau-thu"
    demonstration: bool = False
    # ok | 401 | 409 | 413 | 422 | 500 | 503 | lost (stored, a proxy answers 504) | cut (stored, the
    # connection breaks) | silent (no answer comes) | portal (a page with 200 in its place) |
    # portal everywhere (the app's files too) | redirect (to a portal's page elsewhere)
    mode: str = "ok"
    fails_at_first: bool = False  # 500 for the first submission that ever came, whenever it comes
    app_version: str = ""  # anything else is a newer app
    stored: dict[str, dict[str, Any]] = field(default_factory=dict)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    # what GET /api/v1/work says: nothing to do, unless a test assigns something
    work: dict[str, Any] = field(
        default_factory=lambda: {
            "draw": None,
            "households": [],
            "months": [],
            "week": {"from": "2026-11-16", "done": 0, "visits": 0},
        }
    )
    work_asked: deque[int] = field(default_factory=deque)  # the status of each answer
    # files in parts: their bytes so far by SHA-256; how often a part is cut off, and how often its
    # answer is lost although it was kept
    uploads: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    parts_cut: int = 0
    answers_cut: int = 0
    parts: deque[tuple[str, int]] = field(default_factory=deque)  # each part that was kept
    attempts: deque[str] = field(default_factory=deque)
    tokens: set[str] = field(default_factory=set)
    port: int = 0
    first: str = ""
    gone: threading.Event = field(default_factory=threading.Event)
    _server: BaseWSGIServer | None = None

    @property
    def url(self) -> str:
        """Where the app is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        self.gone.clear()
        app = make_app(self)
        for port in [self.port] if self.port else PORTS:
            try:
                self._server = make_server("127.0.0.1", port, app, threaded=True)
            except (OSError, SystemExit):
                continue
            self.port = port
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
            return
        raise RuntimeError(f"no free port in {PORTS}")

    def stop(self) -> None:
        """Be gone, as a server without power is."""
        self.gone.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def give_back(
        self,
        instance_id: str,
        reason: str,
        faults: list[dict[str, Any]],
        questions: tuple[str, ...] = (),
    ) -> None:
        """What an officer does who returns a submission, or asks some of its questions again."""
        self.reports[instance_id].update(
            state="returned", reason=reason, faults=faults, questions=list(questions),
            answers=self.stored[instance_id]["answers"],
        )  # fmt: skip
