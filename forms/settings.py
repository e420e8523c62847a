"""The settings sheet: what pyxform reads of it, and our own columns (model["about"]).

Ours: `title_en`; `filled_by` (roles that fill the form: collector, station, officer);
`period_field`, `village_field`, `household_field` (leaf names that say to which period, village
and household the answers belong).
"""

from __future__ import annotations

import re
from typing import Any

from forms.problems import SheetProblem, problem
from forms.sheets import Row, Workbook

OURS = frozenset({"title_en", "filled_by", "period_field", "village_field", "household_field"})
_THEIRS = frozenset(
    {"form_title", "form_id", "version", "default_language", "instance_name", "style"}
)
ROLES = ("collector", "station", "officer")
_PATTERNS = {
    "form_id": (re.compile(r"^[A-Za-z_][A-Za-z0-9_\-]{0,63}$"), "A-Z a-z 0-9 _ -"),
    "version": (re.compile(r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,31}$"), "A-Z a-z 0-9 . _ -"),
}


def settings_row(book: Workbook) -> Row:
    """The one row of the settings sheet; an empty one where it is missing."""
    rows = book.rows("settings")
    return rows[0] if rows else Row(2, {})


def check_settings(book: Workbook, leaves: set[str]) -> list[SheetProblem]:
    """Problems of the settings sheet; `leaves` are the names of the questions outside repeats."""
    if not book.rows("settings"):
        return []  # the missing sheet is a problem of its own
    row = settings_row(book)
    found = [
        problem("settings", 2, name, "missing_setting", name=name)
        for name in ("form_title", "form_id", "version")
        if not row[name]
    ]
    found += [
        problem("settings", 2, name, "setting_unsupported", name=name)
        for name in row.cells
        if name not in OURS | _THEIRS
    ]
    for name, (pattern, expected) in _PATTERNS.items():
        if row[name] and not pattern.match(row[name]):
            found.append(_bad(name, row[name], expected))
    found += [
        _bad("filled_by", role, ", ".join(ROLES))
        for role in row["filled_by"].split()
        if role not in ROLES
    ]
    return found + _check_fields(row, leaves)


def _check_fields(row: Row, leaves: set[str]) -> list[SheetProblem]:
    return [
        problem("settings", 2, name, "unknown_leaf", name=name, value=row[name])
        for name in ("period_field", "village_field", "household_field")
        if row[name] and row[name] not in leaves
    ]


def _bad(name: str, value: str, expected: str) -> SheetProblem:
    return problem("settings", 2, name, "bad_setting", name=name, value=value, expected=expected)


def about(book: Workbook) -> dict[str, Any]:
    """model["about"]: absent keys where the sheet says nothing."""
    row = settings_row(book)
    found: dict[str, Any] = {}
    if row["filled_by"]:
        found["filled_by"] = row["filled_by"].split()
    for name in ("period", "village", "household"):
        if row[f"{name}_field"]:
            found[name] = row[f"{name}_field"]
    return found
