"""The settings sheet: what pyxform reads of it, and our own columns (model["about"]).

Ours, all optional:

- `title_en`: the form's title in English.
- `filled_by`: who fills the form, words of FILLERS.
- `period_field`, `village_field`, `household_field`, `unit_field`: leaf names that say to which
  period, village, household and unit the answers belong.
- `unique_fields`: leaf names; of two submissions with the same values only one is counted.
- `every`, `due_days`: how often each unit owes the form, and how many days after the period's end
  (-32: before 30 November of a year's return).
- `sensitive`: `true` for a form that is sealed on the device and never listed.
"""

from __future__ import annotations

import re
from typing import Any

from forms.problems import SheetProblem, problem
from forms.sheets import Row, Workbook

FIELDS = ("period", "village", "household", "unit")  # each a column `…_field` that names a leaf
EVERY = ("month", "quarter", "year")
OURS = frozenset(
    {"title_en", "filled_by", "unique_fields", "every", "due_days", "sensitive"}
    | {f"{name}_field" for name in FIELDS}
)
_THEIRS = frozenset(
    {"form_title", "form_id", "version", "default_language", "instance_name", "style"}
)
UNIT_KINDS = (
    "station",  # trạm y tế
    "police",  # công an
    "school",  # trường học
    "home_affairs",  # tổ nội vụ
    "economy",  # phòng kinh tế
    "culture",  # tổ văn hóa, thông tin; trung tâm dịch vụ tổng hợp
    "social",  # cơ sở trợ giúp xã hội
    "women",  # Hội Liên hiệp Phụ nữ
    "mass",  # Mặt trận Tổ quốc và các đoàn thể
    "justice",  # tư pháp
    "office",  # văn phòng HĐND và UBND
)
FILLERS = ("collector", "officer", *UNIT_KINDS)
LATEST_DUE = 366  # days, before or after the period's end
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
        _bad("filled_by", role, ", ".join(FILLERS))
        for role in row["filled_by"].split()
        if role not in FILLERS
    ]
    return found + _check_occasion(row) + _check_fields(row, leaves)


def _check_occasion(row: Row) -> list[SheetProblem]:
    due, found = row["due_days"], []
    if row["every"] and row["every"] not in EVERY:
        found.append(_bad("every", row["every"], ", ".join(EVERY)))
    days = due.removeprefix("-")
    if due and not (days.isascii() and days.isdecimal() and int(days) <= LATEST_DUE):
        found.append(_bad("due_days", due, f"-{LATEST_DUE} … {LATEST_DUE}"))
    if row["sensitive"] not in ("", "true"):
        found.append(_bad("sensitive", row["sensitive"], "true"))
    return found


def _check_fields(row: Row, leaves: set[str]) -> list[SheetProblem]:
    named = [(f"{name}_field", row[f"{name}_field"]) for name in FIELDS]
    named += [("unique_fields", name) for name in row["unique_fields"].split()]
    return [
        problem("settings", 2, column, "unknown_leaf", name=column, value=leaf)
        for column, leaf in named
        if leaf and leaf not in leaves
    ]


def _bad(name: str, value: str, expected: str) -> SheetProblem:
    return problem("settings", 2, name, "bad_setting", name=name, value=value, expected=expected)


def about(book: Workbook) -> dict[str, Any]:
    """model["about"]: absent keys where the sheet says nothing."""
    row = settings_row(book)
    found: dict[str, Any] = {}
    if row["filled_by"]:
        found["filled_by"] = row["filled_by"].split()
    for name in FIELDS:
        if row[f"{name}_field"]:
            found[name] = row[f"{name}_field"]
    if row["unique_fields"]:
        found["unique"] = row["unique_fields"].split()
    if row["every"]:
        found |= {"every": row["every"], "due_days": int(row["due_days"] or 0)}
    if row["sensitive"]:
        found["sensitive"] = True
    return found
