"""A cell's value as the text of an answer (docs/model.md, "Values"), or what is wrong with it.

Nothing is guessed: what can be read in two ways, or was changed by Excel on its own (a date where a
number is due, a percentage), is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from forms.messages import Text, message
from forms.question_types import QUESTION_TYPES
from forms.schema import Node
from forms.values import number_text
from forms.workbook.choices import BETWEEN, Choices, plain
from forms.workbook.rules import is_month

_BAD_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"[+-]?(\d{1,15}([.,]\d{1,12})?|[.,]\d{1,12})", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.\-]\s*(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:hg](\d{2})(?::(\d{2}))?", re.ASCII)
_MANY = 12  # choices that a message names


class Wrong(ValueError):
    """What is wrong with a cell."""

    def __init__(self, code: str, value: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.value = code, value
        self.message: Text = message(code, value=value, **values)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as openpyxl gives it: value, kind (n s b d e f …) and number format."""

    value: Any
    kind: str = "n"
    format: str = "General"


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing in it but blanks."""
    return cell.value is None or (isinstance(cell.value, str) and not clean(cell.value))


def shown(cell: Cell) -> str:
    """The value as a message quotes it."""
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time(0) else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return number_text(value)
    return " ".join(str(value).split())[:80]


def clean(text: str) -> str:
    """Composed letters, blanks of every kind made plain, none at the ends."""
    text = unicodedata.normalize("NFC", text.replace("_x000D_", ""))
    return re.sub(r"[^\S\n]+", " ", text).strip()


def answer(cell: Cell, node: Node, choices: Choices | None) -> str:
    """The text of an answer, "" for a blank cell. Raises Wrong."""
    if is_blank(cell):
        return ""
    if cell.kind == "f":
        raise Wrong("cell_formula", shown(cell))
    if cell.kind == "e":
        raise Wrong("cell_error", shown(cell))
    if isinstance(cell.value, str) and _BAD_CHARACTER.search(cell.value):
        raise Wrong("cell_characters", "")
    if isinstance(cell.value, bool):
        raise Wrong("cell_truth", "TRUE" if cell.value else "FALSE", expected=_expected(node))
    if choices is not None:
        return _chosen(cell, node, choices)
    reader = _month if is_month(node) else _READERS.get(node.type, _text)
    return reader(cell, node)


def _expected(node: Node) -> Text:
    return QUESTION_TYPES[node.type].expected


def _text(cell: Cell, node: Node) -> str:
    value = cell.value
    if isinstance(value, int | float):
        return number_text(float(value))
    return clean(value) if isinstance(value, str) else shown(cell)


def _narrow(cell: Cell) -> str:
    """Text with full-width digits and the like made plain, without blanks at the ends."""
    return unicodedata.normalize("NFKC", clean(str(cell.value))).replace("\u2212", "-")


def _amount(cell: Cell, node: Node) -> str:
    """A number as text with a decimal point."""
    value = cell.value
    if isinstance(value, datetime | date | time | timedelta):
        raise Wrong("cell_number_date", shown(cell), expected=_expected(node))
    if "%" in cell.format and not isinstance(value, str):
        raise Wrong("cell_percent", f"{number_text(float(value) * 100)}%")
    if not isinstance(value, str):
        return number_text(float(value))
    text = _narrow(cell)
    if _THOUSANDS.fullmatch(text) and not text.lstrip("+-").startswith("0"):
        bare = re.sub(r"[.,]", "", text)
        head, _, tail = re.split(r"([.,])", text, maxsplit=1)
        raise Wrong("cell_thousands", text, expected=f"{bare}; {head},{tail}")
    if not _NUMBER.fullmatch(text):
        raise Wrong("cell_number", shown(cell), expected=_expected(node))
    return number_text(float(text.replace(",", ".")))


def _whole(cell: Cell, node: Node) -> str:
    text = _amount(cell, node)
    if "." in text:
        raise Wrong("cell_whole", shown(cell))
    return text


def _day(cell: Cell, node: Node) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise Wrong("cell_date_number", shown(cell))
    return _day_text(_narrow(cell), cell)


def _day_text(text: str, cell: Cell) -> str:
    first, iso = _DAY_FIRST.fullmatch(text), _ISO.fullmatch(text)
    parts = first.groups()[::-1] if first else iso.groups() if iso else None
    try:
        assert parts is not None
        return date(int(parts[0]), int(parts[1]), int(parts[2])).isoformat()
    except (AssertionError, ValueError):
        raise Wrong("cell_date", shown(cell)) from None


def _month(cell: Cell, node: Node) -> str:
    value = cell.value
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m}"
    if isinstance(value, str):
        text = plain(value)
        swapped = _MONTH.fullmatch(text)
        found = swapped.groups()[::-1] if swapped else None
        straight = _YEAR_MONTH.fullmatch(text)
        found = straight.groups() if straight else found
        if found and 1 <= int(found[1]) <= 12:
            return f"{found[0]}-{int(found[1]):02}"
    raise Wrong("cell_month", shown(cell))


def _clock(cell: Cell, node: Node) -> str:
    value = cell.value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime):  # Excel's day 0 with a time
        return f"{value:%H:%M}"
    if isinstance(value, str):
        found = _clock_text(_narrow(cell).lower())
        if found:
            return found
    raise Wrong("cell_time", shown(cell))


def _clock_text(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return ""
    return f"{int(match[1]):02}:{match[2]}"


def _moment(cell: Cell, node: Node) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}:00.000+07:00"
    if isinstance(value, str):
        day, _, clock = _narrow(cell).lower().replace("t", " ", 1).partition(" ")
        found = _clock_text(clock.strip())
        if found:
            try:
                return f"{_day_text(day, cell)}T{found}:00.000+07:00"
            except Wrong:
                pass
    raise Wrong("cell_moment", shown(cell))


def _chosen(cell: Cell, node: Node, choices: Choices) -> str:
    if not isinstance(cell.value, str | int | float):
        raise Wrong("cell_choice", shown(cell), expected=_names(choices))
    text = _text(cell, node)
    if node.type != "select_multiple":
        return _code(text, choices)
    parts = [part for part in re.split(rf"[{BETWEEN}\n]", text) if part.strip()]
    return " ".join(dict.fromkeys(_code(part.strip(), choices) for part in parts))


def _code(text: str, choices: Choices) -> str:
    found = choices.codes(text)
    if len(found) > 1:
        raise Wrong("cell_choice_two", text[:80], expected="; ".join(found))
    if not found:
        raise Wrong("cell_choice", text[:80], expected=_names(choices))
    return found[0]


def _names(choices: Choices) -> str:
    labels = list(choices.shown.values())
    return "; ".join(labels[:_MANY]) + ("; …" if len(labels) > _MANY else "")


_READERS: dict[str, Callable[[Cell, Node], str]] = {
    "integer": _whole,
    "decimal": _amount,
    "range": _amount,
    "date": _day,
    "time": _clock,
    "dateTime": _moment,
}
