"""Communes in time: which unit a code named on a day, what it was made from, what became of it.

The key is (code, valid_from): codes are used again for other territories, and names are not unique
(`communes.toml` says where it comes from). A report keeps the unit of its period and names the
successor beside it; figures are never carried over a changed boundary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "communes.toml"


class Extent(StrEnum):
    """How much of a unit went into another; UNKNOWN where the source does not say."""

    WHOLE = "whole"
    PART = "part"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A unit for the time in which it had this code and territory.

    `code`: 5 digits as text. `valid_from` None: older than the table. `valid_to` (the last day)
    None: in force. `province` and `province_name` are "" where the table does not have them.
    """

    code: str
    name: str
    province: str = ""
    province_name: str = ""
    province_abolished: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def key(self) -> tuple[str, date | None]:
        """What names it for good."""
        return self.code, self.valid_from

    def in_force(self, day: date) -> bool:
        """True if the unit existed on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def in_year(self, year: int) -> bool:
        """True if the unit existed on some day of the year."""
        begun = self.valid_from is None or self.valid_from <= date(year, 12, 31)
        return begun and (self.valid_to is None or self.valid_to >= date(year, 1, 1))


@dataclass(frozen=True, slots=True)
class Change:
    """One unit going into another on `day`."""

    before: Place
    after: Place
    day: date
    extent: Extent


class BadPlaces(ValueError):
    """The table contradicts itself; says where."""


class Places:
    """The table, with the questions that are asked of it."""

    def __init__(self, units: Sequence[Place], changes: Sequence[Change]) -> None:
        self.units = tuple(units)
        self.changes = tuple(changes)

    def of_code(self, code: str) -> tuple[Place, ...]:
        """Every unit that ever had this code, oldest first."""
        found = [unit for unit in self.units if unit.code == code]
        return tuple(sorted(found, key=lambda unit: unit.valid_from or date.min))

    def named(self, name: str) -> tuple[Place, ...]:
        """Every unit of this name (without regard to its kind or to case): homonyms are usual."""
        wanted = bare(name)
        return tuple(unit for unit in self.units if bare(unit.name) == wanted)

    def on(self, code: str, day: date) -> Place | None:
        """The unit that had the code on a day."""
        return next((unit for unit in self.of_code(code) if unit.in_force(day)), None)

    def during(self, code: str, year: int, name: str = "") -> Place | None:
        """The unit of the code in a year; where two had it, the one of that name, else the last."""
        found = [unit for unit in self.of_code(code) if unit.in_year(year)]
        same = [unit for unit in found if name and bare(unit.name) == bare(name)]
        return (same or found)[-1] if found else None

    def predecessors(self, place: Place) -> tuple[Change, ...]:
        """What the unit was made from."""
        return tuple(one for one in self.changes if one.after.key == place.key)

    def successors(self, place: Place) -> tuple[Change, ...]:
        """What became of the unit."""
        return tuple(one for one in self.changes if one.before.key == place.key)

    def now(self, place: Place, day: date) -> tuple[Place, ...]:
        """The units in force on `day` that hold the unit's territory, through every change."""
        if place.in_force(day):
            return (place,)
        later = [self.now(change.after, day) for change in self.successors(place)]
        return tuple(dict.fromkeys(unit for units in later for unit in units))


_KINDS = ("thị trấn", "đặc khu", "phường", "xã")


def bare(name: str) -> str:
    """A unit's name without its kind, in lower case: "Phường Lưu Kiếm" -> "lưu kiếm"."""
    plain = " ".join(name.lower().split())
    for kind in _KINDS:
        plain = plain.removeprefix(f"{kind} ")
    return plain


@cache
def places() -> Places:
    """The table of `communes.toml`."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Places:
    """A table from its TOML text. Raises BadPlaces with every contradiction."""
    raw: Sequence[Mapping[str, Any]] = tomllib.loads(text)["unit"]
    units = [_place(one) for one in raw]
    faults = [*_code_faults(units), *_overlaps(units)]
    changes: list[Change] = []
    for after, one in zip(units, raw, strict=True):
        for given in one.get("from", ()):
            before = _before(units, after, given["code"])
            if before is None or after.valid_from is None:
                faults.append(f"{after.code} {after.name}: không có {given['code']} trước đó")
                continue
            extent = Extent(given.get("extent", Extent.UNKNOWN.value))
            changes.append(Change(before, after, after.valid_from, extent))
    if faults:
        raise BadPlaces("; ".join(faults))
    return Places(units, changes)


def _place(raw: Mapping[str, Any]) -> Place:
    return Place(**{key: value for key, value in raw.items() if key != "from"})


def _before(units: Sequence[Place], after: Place, code: str) -> Place | None:
    """The unit of that code whose last day is the day before the new one's first."""
    if after.valid_from is None:
        return None
    ended = after.valid_from.toordinal() - 1
    return next(
        (u for u in units if u.code == code and u.valid_to and u.valid_to.toordinal() == ended),
        None,
    )


def _code_faults(units: Sequence[Place]) -> list[str]:
    return [
        f"{unit.code!r} {unit.name}: mã phải là năm chữ số viết trong dấu nháy"
        for unit in units
        if not (isinstance(unit.code, str) and len(unit.code) == 5 and unit.code.isdigit())
    ]


def _overlaps(units: Sequence[Place]) -> list[str]:
    """Two units with one code on the same day."""
    return [
        f"mã {one.code}: {one.name} và {other.name} cùng hiệu lực"
        for place, one in enumerate(units)
        for other in units[place + 1 :]
        if one.code == other.code
        and (one.valid_from or date.min) <= (other.valid_to or date.max)
        and (other.valid_from or date.min) <= (one.valid_to or date.max)
    ]
