"""What differs between two reports of one plan and year, read from the CSV that each left behind.

The CSV has every figure with full precision in columns that are documented (`csv.COLUMNS`), so a
report that was issued can be held against today's data without the data of its day.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass

KEY = ("target", "scope", "variant", "group", "first_year", "last_year")
NUMBERS = ("value", "lower", "upper", "numerator", "denominator", "target_value")
CODES = ("status", "arithmetic", "suspected_arithmetic", "statistical", "trajectory")
WATCHED = NUMBERS + CODES
NOISE = 1e-9  # relative; two machines may add the same numbers in another order

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that is not what it was. `before` or `after` is None where it did not exist.

    `columns`: which of `WATCHED` differ; empty where the figure appeared or went.
    """

    target: str
    scope: str
    name: str  # what the figure is of, where it is not the whole year's ("Nữ", "2024-2026")
    before: Line | None
    after: Line | None
    columns: tuple[str, ...]


def changes(before: bytes, after: bytes) -> list[Change]:
    """Every figure that differs, in the order of `after`, then those that are gone.

    Both are of one language, written by `csv.write`; numbers in the answer have a decimal point.
    Raises ValueError where a file lacks a column that makes a figure known.
    """
    old, new = _lines(before), _lines(after)
    found = []
    for key, line in new.items():
        was = old.get(key)
        columns = _differing(was, line) if was is not None else ()
        if was is None or columns:
            found.append(_change(was, line, columns))
    gone = [line for key, line in old.items() if key not in new]
    return found + [_change(line, None, ()) for line in gone]


def _lines(content: bytes) -> dict[tuple[str, ...], Line]:
    text = content.decode("utf-8-sig")
    vietnamese = ";" in text.partition("\r\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if vietnamese else ",")
    lacking = {*KEY, "value", "status"}.difference(reader.fieldnames or ())
    if lacking:
        raise ValueError(f"no report's CSV: columns {', '.join(sorted(lacking))} are missing")
    lines = [_pointed(line) if vietnamese else line for line in reader]
    return {tuple(line[name] for name in KEY): line for line in lines}


def _pointed(line: Line) -> Line:
    return {
        name: text.replace(",", ".") if name in NUMBERS else text for name, text in line.items()
    }


def _differing(old: Line, new: Line) -> tuple[str, ...]:
    return tuple(name for name in WATCHED if not _same(old.get(name, ""), new.get(name, "")))


def _same(old: str, new: str) -> bool:
    if old == new:
        return True
    try:
        return math.isclose(float(old), float(new), rel_tol=NOISE)
    except ValueError:
        return False


def _change(old: Line | None, new: Line | None, columns: tuple[str, ...]) -> Change:
    line = new if new is not None else old
    assert line is not None
    return Change(line["target"], line["scope"], line.get("group_name", ""), old, new, columns)
