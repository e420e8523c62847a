"""Reports of the pages, kept while nothing that they rest on has changed.

A page shows several years of a plan; each is computed once and kept in this process until a
submission, a decision, the register, a unit, an indicator or the plan changes. A file that leaves
is computed anew.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from analysis.reports.dates import vietnam_time
from analysis.types import Plan, Report
from collector import reporting
from collector.store.revision import revision
from forms.library import Library

MOST = 64  # reports: a few years of a plan, and of some indicators of it


Made = TypeVar("Made")


class Kept(Generic[Made]):
    """What was made and used last, at most `most`; safe between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Made | None:
        """What has that key, which then counts as used last."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def keep(self, key: Hashable, made: Made) -> None:
        """Keep it; the one that was not used for longest goes."""
        with self._lock:
            self._found[key] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)


_REPORTS: Kept[Report] = Kept()


def report(
    session: Session,
    library: Library,
    plan: Plan,
    period: int,
    *,
    demonstration: bool,
    commune: tuple[str, str] = ("", ""),
) -> Report:
    """As `reporting.report`; one that is kept says the present moment, because it holds now."""
    now = datetime.now(UTC)
    key = (
        str(session.get_bind().engine.url),
        hashlib.sha256(repr(plan).encode()).hexdigest(),
        period,
        demonstration,
        commune,
        vietnam_time(now).date(),
        tuple((form.id, form.version) for form in library),
        revision(session, period),
    )
    found = _REPORTS.get(key)
    if found is None:
        found = reporting.report(
            session, library, plan, period, demonstration=demonstration, commune=commune
        )
        _REPORTS.keep(key, found)
        return found
    return replace(found, provenance=replace(found.provenance, generated_at=now))
