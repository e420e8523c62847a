"""Checks of whole sheets and of the choices sheet, before pyxform sees them."""

from __future__ import annotations

from forms.columns import texts
from forms.problems import SheetProblem, problem
from forms.sheets import Row, Workbook


def check_sheets(book: Workbook) -> list[SheetProblem]:
    """A form needs a survey and settings."""
    return [
        problem(name, None, None, "no_sheet", name=name)
        for name in ("survey", "settings")
        if not book.rows(name)
    ]


def check_choices(book: Workbook) -> list[SheetProblem]:
    """Every choice has a list, a name without blanks, unique in its list, a Vietnamese label."""
    found: list[SheetProblem] = []
    seen: dict[tuple[str, str], int] = {}
    for row in book.rows("choices"):
        found += [
            problem("choices", row.number, where, code, **values)
            for where, code, values in _faults(row, seen)
        ]
    return found


def _faults(row: Row, seen: dict[tuple[str, str], int]) -> list[tuple[str, str, dict[str, object]]]:
    list_name, name = row["list_name"], row["name"]
    if not list_name:
        return [("list_name", "missing_choice_list", {})]
    if not name:
        return [("name", "missing_choice_name", {})]
    found: list[tuple[str, str, dict[str, object]]] = []
    if " " in name:
        found.append(("name", "blank_in_choice", {"name": name}))
    other = seen.setdefault((list_name, name), row.number)
    if other != row.number:
        found.append(
            ("name", "duplicate_choice", {"name": name, "other": other, "list": list_name})
        )
    if "vi" not in texts(row, "label"):
        found.append(("label", "missing_label", {}))
    return found


def missing_english(book: Workbook) -> list[SheetProblem]:
    """Warnings: texts that have no English; people will read the Vietnamese instead."""
    return [
        problem(sheet, row.number, base, "missing_translation")
        for sheet in ("survey", "choices")
        for row in book.rows(sheet)
        for base in ("label", "hint", "constraint_message", "required_message")
        if texts(row, base) and "en" not in texts(row, base)
    ]
