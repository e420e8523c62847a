"""Question types: the text of an answer <-> a typed value, strictly.

The text is what stands in the instance (docs/model.md, "Values"); the typed value is what answers
hold: int, float, str; dates and times stay ISO text, checked. A comma is accepted as decimal mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.messages import Text

Value = int | float | str

_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d{1,15}([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,2})?", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?"
_ZONE = r"(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?"
_TIME = re.compile(_CLOCK + _ZONE, re.ASCII)
_DATETIME = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})T{_CLOCK}{_ZONE}", re.ASCII)
_LONGEST_TEXT = 50_000


class WrongType(ValueError):
    """The text is not of the question's type."""


def integer(text: str) -> int:
    """`-12`; neither `5.0` nor `5,0`."""
    if not _INTEGER.fullmatch(text):
        raise WrongType(text)
    return int(text)


def decimal(text: str) -> float:
    """`1.5` or `1,5`; no thousands marks."""
    if not _DECIMAL.fullmatch(text):
        raise WrongType(text)
    return float(text.replace(",", "."))


def iso_date(text: str) -> str:
    """`2026-11-22`, a day of the calendar; the time after it, if any, is cut off."""
    match = _DATE.fullmatch(text.split("T", 1)[0])
    if not match or ("T" in text and not _DATETIME.fullmatch(text)):
        raise WrongType(text)
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise WrongType(text) from None
    return match[0]


def iso_time(text: str) -> str:
    """`08:30`, `08:30:00.000+07:00`."""
    if not _TIME.fullmatch(text):
        raise WrongType(text)
    return text


def iso_datetime(text: str) -> str:
    """`2026-11-22T08:30:00.000+07:00`; a bare date is midnight."""
    if not _DATETIME.fullmatch(text):
        return iso_date(text)
    iso_date(text)
    return text


def plain_text(text: str) -> str:
    """Any text of reasonable length."""
    if len(text) > _LONGEST_TEXT:
        raise WrongType(text)
    return text


def choice(text: str) -> str:
    """One name without blanks; whether it is in the list is the check's business."""
    if len(text.split()) != 1:
        raise WrongType(text)
    return text.strip()


def choices(text: str) -> str:
    """Names joined by one blank."""
    return " ".join(text.split())


def acknowledged(text: str) -> str:
    """`OK`, as every client writes it."""
    if text != "OK":
        raise WrongType(text)
    return text


def file_name(text: str) -> str:
    """A plain file name, no path."""
    if "/" in text or "\\" in text or len(text) > 255 or text in {".", ".."}:
        raise WrongType(text)
    return text


@dataclass(frozen=True, slots=True)
class QuestionType:
    """How a type reads its text, and what it calls itself in a fault."""

    read: Callable[[str], Value]
    expected: Text
    column: str  # type of the column in a table of answers


def _type(read: Callable[[str], Value], vi: str, en: str, column: str = "text") -> QuestionType:
    return QuestionType(read, {"vi": vi, "en": en}, column)


QUESTION_TYPES: dict[str, QuestionType] = {
    "text": _type(plain_text, "chữ, nhiều nhất 50.000 ký tự", "text of at most 50,000 characters"),
    "integer": _type(integer, "số nguyên, ví dụ 12", "a whole number such as 12", "integer"),
    "decimal": _type(decimal, "số, ví dụ 1,5", "a number such as 1.5", "decimal"),
    "range": _type(decimal, "số, ví dụ 5", "a number such as 5", "decimal"),
    "date": _type(iso_date, "ngày dạng 2026-11-22", "a date such as 2026-11-22", "date"),
    "time": _type(iso_time, "giờ dạng 08:30", "a time such as 08:30", "time"),
    "dateTime": _type(
        iso_datetime, "ngày giờ dạng 2026-11-22T08:30:00+07:00",
        "a date and time such as 2026-11-22T08:30:00+07:00", "dateTime",
    ),
    "select_one": _type(choice, "một lựa chọn", "one choice", "select_one"),
    "select_multiple": _type(choices, "các lựa chọn", "choices", "select_multiple"),
    "acknowledge": _type(acknowledged, "“OK”", "“OK”"),
    "image": _type(file_name, "tên tệp ảnh", "the name of an image file"),
    "audio": _type(file_name, "tên tệp âm thanh", "the name of a sound file"),
    "file": _type(file_name, "tên tệp", "the name of a file"),
    "note": _type(plain_text, "để trống", "nothing"),
}  # fmt: skip


def column_type(node: dict[str, Any]) -> str:
    """The type of a leaf's column; a whole-numbered range is an integer."""
    name = node["type"]
    if name == "range" and all(isinstance(v, int) for v in node["range"].values()):
        return "integer"
    return QUESTION_TYPES[name].column
