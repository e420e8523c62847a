"""The values of ODK XPath and how each becomes another (docs/model.md, "Meaning").

A value is a str, a float or a bool; a node set has become the list of its texts before it comes
here. Where ODK's two engines differ, this follows ODK Collect (JavaRosa's XPathFuncExpr).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

Value = str | float | bool

NAN = math.nan
LOCAL = timezone(timedelta(hours=7))
"""Việt Nam's time, which has no daylight saving: the zone of a time that names none."""

_NUMBER = re.compile(r"\s*-?(\d+([.,]\d*)?|[.,]\d+)\s*", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"T(\d{2}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?(Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400.0
_SMALL = 1e-12

SHORT = 32  # characters: longer texts are not remembered
REMEMBERED = 4096  # texts


def to_number(value: Value) -> float:
    """As XPath's number(); a date counts as its days since 1970-01-01, a time as a part of the day.

    A comma is a decimal mark; blanks and words are NaN; there is no exponent and no plus sign.
    """
    if type(value) is str:
        return text_number(value)
    return float(value)


def text_number(text: str) -> float:
    """The number that a text stands for, NaN where it is none."""
    found: float = NUMBERS[text]
    return found


def number_of(text: str) -> float:
    """As `text_number`, remembering nothing."""
    if text.isdecimal() and text.isascii() and len(text) < 400:
        return float(text)
    if not text or len(text) > 400:
        return NAN
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    return days(text)


class Remembered(dict[str, Any]):
    """What a function makes of short texts: the same few hundred come in every household."""

    def __init__(self, fn: Callable[[str], Any]) -> None:
        super().__init__()
        self.fn = fn

    def __missing__(self, text: str) -> Any:
        made = self.fn(text)
        if len(text) <= SHORT:
            if len(self) >= REMEMBERED:
                self.clear()
            self[text] = made
        return made


NUMBERS = Remembered(number_of)
"""Text -> number; `NUMBERS[text]` is `text_number(text)` without a call."""


def to_text(value: Value) -> str:
    """As XPath's string(): whole numbers without point, never an exponent."""
    if type(value) is str:
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    return number_text(float(value))


def to_boolean(value: Value) -> bool:
    """Texts (and so node sets) are true unless empty, numbers unless 0 or NaN."""
    if isinstance(value, str):
        return value != ""
    if isinstance(value, bool):
        return value
    return abs(value) > _SMALL  # false for NaN


def equal(a: Value, b: Value) -> bool:
    """`=`: as booleans if either is one, as numbers if either is one, else as texts."""
    if type(a) is bool or type(b) is bool:
        return to_boolean(a) == to_boolean(b)
    if type(a) is float or type(b) is float:
        return same_number(to_number(a), to_number(b))
    return a == b


def same_number(a: float, b: float) -> bool:
    """Equal as JavaRosa compares (|a − b| < 1e-12); NaN equals nothing."""
    return a == b or abs(a - b) < _SMALL


def number_text(value: float) -> str:
    """A number as text: whole numbers without point, no exponent, else shortest round trip."""
    if math.isnan(value):
        return "NaN"
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    text = repr(value)
    return f"{Decimal(text):f}" if "e" in text else text


def stored(value: Value) -> str:
    """What a node holds for a calculated value: NaN is no answer."""
    if type(value) is str:
        return value
    return "" if isinstance(value, float) and math.isnan(value) else to_text(value)


def integer_text(value: float) -> str:
    """What an integer node holds for a number: the part before the point; NaN is no answer."""
    return str(math.trunc(value)) if math.isfinite(value) else stored(value)


def decimal_text(value: float) -> str:
    """What a decimal node holds for a number; NaN is no answer."""
    return "" if math.isnan(value) else number_text(value)


def answered(text: str) -> str:
    """The text if it is an answer for coalesce(), else ""."""
    return "" if text == "NaN" else text


def divide(a: float, b: float) -> float:
    """IEEE 754 division: by zero it gives an infinity or NaN, never an error."""
    try:
        return a / b
    except ZeroDivisionError:
        if a == 0 or math.isnan(a):
            return NAN
        return math.copysign(math.inf, a) * math.copysign(1.0, b)


def modulo(a: float, b: float) -> float:
    """The remainder with the sign of the dividend, as XPath and Java have it."""
    try:
        return math.fmod(a, b)
    except ValueError:
        return NAN


def power(a: float, b: float) -> float:
    """a to the power of b; out of range is infinite or NaN, never an error."""
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:  # a negative number to a fraction, or 0 to a negative
        return math.inf if a == 0 else NAN


def truncate(value: float) -> float:
    """int(): toward zero; NaN and infinities stay."""
    return float(math.trunc(value)) if math.isfinite(value) else value


def floor(value: float) -> float:
    """The whole number at or below; NaN and infinities stay."""
    return float(math.floor(value)) if math.isfinite(value) else value


def ceiling(value: float) -> float:
    """The whole number at or above; NaN and infinities stay."""
    return float(math.ceil(value)) if math.isfinite(value) else value


def round_half_up(value: float, places: float = 0.0) -> float:
    """round(): halves go up, also below zero (−2.5 -> −2); decimal places as written in decimal."""
    if not math.isfinite(value):
        return value
    if places == 0:
        whole = math.floor(value)
        return float(whole + 1 if value - whole >= 0.5 else whole)
    if not abs(places) <= 30:  # or NaN
        return NAN
    step = Decimal(1).scaleb(-int(places))
    half = ROUND_HALF_DOWN if value < 0 else ROUND_HALF_UP
    exact = Decimal(repr(value))
    if exact.adjusted() + places > 25:  # already coarser than the step
        return value
    return float(exact.quantize(step, rounding=half))


def days(text: str) -> float:
    """Days since 1970-01-01 of `YYYY-MM-DD`, with the part of the day of a time after it.

    The clock is taken as it is written, whatever its offset, so that a moment of today is never
    before today. NaN where the text is no date.
    """
    match = _DATE.match(text)
    if not match:
        return NAN
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])).toordinal() - _EPOCH
    except ValueError:
        return NAN
    if len(text) == match.end():
        return float(day)
    time = _TIME.fullmatch(text, match.end())
    return day + _seconds(time) / _DAY if time else NAN


def _seconds(time: re.Match[str]) -> float:
    seconds = float((time[3] or "0").replace(",", "."))
    return int(time[1]) * 3600 + int(time[2]) * 60 + seconds


def decimal_date_time(text: str) -> float:
    """Days since 1970-01-01T00:00Z of a moment; a date alone is its local midnight."""
    local = days(text)
    if math.isnan(local):
        return NAN
    time = _TIME.fullmatch(text, 10)
    return local - _offset(time[4] if time else None) / _DAY


def _offset(zone: str | None) -> float:
    """Seconds east of Greenwich; without a zone, Việt Nam's."""
    if zone is None:
        return LOCAL.utcoffset(None).total_seconds()
    if zone == "Z":
        return 0.0
    minutes = int(zone[1:3]) * 60 + (int(zone[-2:]) if len(zone) > 3 else 0)
    return (-60.0 if zone[0] == "-" else 60.0) * minutes


def to_date(value: Value) -> str:
    """date(): `YYYY-MM-DD` of a date, a moment, or a number of days since 1970-01-01; else ""."""
    if isinstance(value, str):
        return "" if math.isnan(days(value)) else value[:10]
    if not math.isfinite(value) or not 1 <= math.trunc(value) + _EPOCH <= date.max.toordinal():
        return ""
    return date.fromordinal(math.trunc(value) + _EPOCH).isoformat()  # JavaRosa: toInt(), then days


def local_date(moment: datetime) -> str:
    """The date in Việt Nam of a moment, `YYYY-MM-DD`; a naive one is taken as local."""
    return (moment.astimezone(LOCAL) if moment.tzinfo else moment).date().isoformat()


def local_date_time(moment: datetime) -> str:
    """`YYYY-MM-DDThh:mm:ss.mmm+07:00`; a naive moment is taken as local."""
    aware = moment.astimezone(LOCAL) if moment.tzinfo else moment.replace(tzinfo=LOCAL)
    return aware.isoformat(timespec="milliseconds")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DATE_CODES = "YymnbdeaHhMS3%"
_CODE = re.compile(r"%(.)")


@lru_cache(maxsize=REMEMBERED)
def format_date(text: str, pattern: str) -> str:
    """format-date(): the codes of the ODK XForms specification; "" where `text` is no date."""
    if math.isnan(days(text)):
        return ""
    year, month, day = (int(part) for part in text[:10].split("-"))
    time = _TIME.fullmatch(text, 10)
    hour, minute = (int(time[1]), int(time[2])) if time else (0, 0)
    second, _, rest = ((time[3] or "0") if time else "0").replace(",", ".").partition(".")
    codes = {
        "Y": f"{year:04}", "y": f"{year % 100:02}", "m": f"{month:02}", "n": str(month),
        "b": _MONTHS[month - 1], "d": f"{day:02}", "e": str(day),
        "a": _WEEKDAYS[date(year, month, day).weekday()],
        "H": f"{hour:02}", "h": str(hour), "M": f"{minute:02}", "S": second.zfill(2),
        "3": rest.ljust(3, "0")[:3], "%": "%",
    }  # fmt: skip
    return _CODE.sub(lambda match: codes.get(match[1], match[0]), pattern)
