"""The lists that forms take their choices from: households.csv, villages.csv, units.csv.

They are made from the register, once for each revision of it, and kept by the process. What is
downloaded names the active households of the caller's territory. What a submission is checked
against is the whole commune's list with the inactive households: an interview may have begun
before a change, and a household of another village is another fault than an unknown one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from collector.access import own_unit, territory
from collector.store import territory as register
from collector.store import units
from collector.store.accounts import Caller
from forms.library import Form
from forms.own_lists import Rows

MOST_KEPT = 512
REVISIONS_KEPT = 4
NOT_LISTED = "new"
_NOT_LISTED_LABEL = "Hộ mới (chưa có trong danh sách)"  # a list has one language: the interview's

HOUSEHOLD_COLUMNS = ("name", "label", "village", "village_label", "seed_f", "seed_m")
VILLAGE_COLUMNS = ("name", "label")
UNIT_COLUMNS = ("name", "label", "kind")


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A list as it is downloaded: CSV in UTF-8, and its MD5 (hex); or a sound or picture."""

    content: bytes
    md5: str
    type: str = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Confined:
    """To what a list is confined: a village, a unit; None is the whole commune."""

    village: str | None = None
    unit: str | None = None


def _households(session: Session, to: Confined, every: bool) -> Rows:
    rows = [
        {
            "name": found.code,
            "label": f"Hộ {found.code}",
            "village": found.village,
            "village_label": found.village_name,
            "seed_f": str(found.seed_f),
            "seed_m": str(found.seed_m),
        }
        for found in register.households(session, to.village)
        if found.active or every
    ]
    last = dict.fromkeys(HOUSEHOLD_COLUMNS, "")
    return [*rows, {**last, "name": NOT_LISTED, "label": _NOT_LISTED_LABEL}]


def _villages(session: Session, to: Confined, every: bool) -> Rows:
    return [
        {"name": code, "label": name}
        for code, name in register.villages(session)
        if every or to.village in (None, code)
    ]


def _units(session: Session, to: Confined, every: bool) -> Rows:
    return [
        {"name": unit.code, "label": unit.name, "kind": unit.kind}
        for unit in units.listed(session)
        if every or (unit.active and to.unit in (None, unit.code))
    ]


_Maker = Callable[[Session, Confined, bool], Rows]
_MAKERS: dict[str, tuple[tuple[str, ...], _Maker]] = {
    "households.csv": (HOUSEHOLD_COLUMNS, _households),
    "villages.csv": (VILLAGE_COLUMNS, _villages),
    "units.csv": (UNIT_COLUMNS, _units),
}
"""Every list that a form may name: its columns, and how its rows are made."""
LISTS = frozenset(_MAKERS)


class Media:
    """The lists of one process. Keys hold the register's revision: an old list is never used.

    The check is given the same list object each time, because `forms` indexes it once by identity.
    """

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, Confined, int], MediaFile] = OrderedDict()
        self._rows: OrderedDict[tuple[str, int], Rows] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, session: Session, filename: str, caller: Caller) -> MediaFile | None:
        """The list of that name for the caller's territory; None if there is no such list."""
        if filename not in _MAKERS:
            return None
        to = Confined(territory(caller), own_unit(caller))
        key = (filename, to, caller.territory)
        found = self._files.get(key)
        if found is None:
            found = _file(session, filename, to)
            self._keep(self._files, key, found)
        return found

    def rows(self, session: Session, form: Form, caller: Caller) -> Mapping[str, Rows]:
        """The rows of every list of a form, by file name, for the check."""
        names = [name for name in form.files.values() if name in _MAKERS]
        return {name: self._whole(session, name, caller.territory) for name in names}

    def _whole(self, session: Session, filename: str, revision: int) -> Rows:
        found = self._rows.get((filename, revision))
        if found is None:
            found = _MAKERS[filename][1](session, Confined(), True)
            self._keep(self._rows, (filename, revision), found, most=REVISIONS_KEPT)
        return found

    def _keep(
        self, kept: OrderedDict[Any, Any], key: object, value: object, most: int = MOST_KEPT
    ) -> None:
        with self._lock:
            kept[key] = value
            while len(kept) > most:
                kept.popitem(last=False)


def _file(session: Session, filename: str, to: Confined) -> MediaFile:
    columns, maker = _MAKERS[filename]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(maker(session, to, False))
    content = text.getvalue().encode()
    return MediaFile(content, md5(content))


def md5(content: bytes) -> str:
    """By what OpenRosa knows a file (hex)."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
