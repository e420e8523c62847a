"""What Excel itself can hold of a question's type: validations of its cells (for xlsxwriter)."""

from __future__ import annotations

from typing import Any

from forms.schema import Node
from forms.workbook.conditions import bounds


def is_month(node: Node) -> bool:
    """Whether a text question asks for a month (`2026-05`)."""
    return node.type == "text" and "month-year" in str(node.model.get("appearance", ""))


def numbers(node: Node) -> dict[str, Any] | None:
    """The validation of a number with its bounds; None for another type."""
    if node.type not in ("integer", "decimal", "range"):
        return None
    found = bounds(node)
    low, high = _plain(found.low), _plain(found.high)
    validate = "integer" if node.type == "integer" else "decimal"
    if low is not None and high is not None:
        limits: dict[str, Any] = {"criteria": "between", "minimum": low, "maximum": high}
    elif low is not None:
        limits = {"criteria": ">=", "value": low}
    elif high is not None:
        limits = {"criteria": "<=", "value": high}
    else:
        limits = {"criteria": "between", "minimum": -(10**12), "maximum": 10**12}
    return {"validate": validate, **limits}


def _plain(limit: float | None) -> float | None:
    return int(limit) if limit is not None and limit == int(limit) else limit


def dates(node: Node) -> dict[str, Any] | None:
    """The validation of a date; None for another type."""
    if node.type != "date":
        return None
    return {"validate": "date", "criteria": ">=", "value": "=DATE(1900,1,1)"}


def cut(text: str, longest: int) -> str:
    """A text of at most `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
