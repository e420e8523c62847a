"""The lists that forms take their choices from: households.csv, villages.csv.

They are made from the register, once for each revision of it, and kept by the process. What is
downloaded names the active households of the caller's territory; what a submission is checked
against has the inactive ones too, because an interview may have begun before a change.
"""

from __future__ import annotations

import csv
import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from collector.access import territory
from collector.store import territory as register
from collector.store.accounts import Caller
from forms.library import Form

Rows = list[dict[str, str]]
MOST_KEPT = 512

HOUSEHOLD_COLUMNS = ("name", "label", "village", "village_label", "seed_f", "seed_m")
VILLAGE_COLUMNS = ("name", "label")


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One list: all rows for the check, and the file of the active ones."""

    rows: Rows
    content: bytes
    md5: str


def _households(session: Session, village: str | None) -> tuple[Rows, Rows]:
    active: Rows = []
    rows: Rows = []
    for found in register.households(session, village):
        row = {
            "name": found.code,
            "label": f"Hộ {found.code}",
            "village": found.village,
            "village_label": found.village_name,
            "seed_f": str(found.seed_f),
            "seed_m": str(found.seed_m),
        }
        rows.append(row)
        if found.active:
            active.append(row)
    return rows, active


def _villages(session: Session, village: str | None) -> tuple[Rows, Rows]:
    rows = [
        {"name": code, "label": name}
        for code, name in register.villages(session)
        if village in (None, code)
    ]
    return rows, rows


_MAKERS: dict[str, tuple[tuple[str, ...], Callable[[Session, str | None], tuple[Rows, Rows]]]] = {
    "households.csv": (HOUSEHOLD_COLUMNS, _households),
    "villages.csv": (VILLAGE_COLUMNS, _villages),
}
"""Every list that a form may name: its columns, and how its rows are made."""


class Media:
    """The lists of one process. Keys hold the register's revision: an old list is never used."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str | None, int], MediaFile] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, session: Session, filename: str, caller: Caller) -> MediaFile | None:
        """The list of that name for the caller's territory; None if there is no such list."""
        if filename not in _MAKERS:
            return None
        key = (filename, territory(caller), caller.territory)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = _make(session, filename, territory(caller))
            self._trim()
        return found

    def rows(self, session: Session, form: Form, caller: Caller) -> Mapping[str, Rows]:
        """The rows of every list of a form, by file name."""
        found = {name: self.get(session, name, caller) for name in form.files.values()}
        return {name: media.rows for name, media in found.items() if media is not None}

    def _trim(self) -> None:
        with self._lock:
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def _make(session: Session, filename: str, village: str | None) -> MediaFile:
    columns, maker = _MAKERS[filename]
    rows, active = maker(session, village)
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(active)
    content = text.getvalue().encode()
    return MediaFile(rows, content, hashlib.md5(content, usedforsecurity=False).hexdigest())
