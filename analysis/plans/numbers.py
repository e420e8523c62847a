"""Numbers as plans write them, exactly and without guessing.

Vietnamese documents write a comma for decimals and a dot for thousands: "1,4", "100.000". A text
that does not fit the stated style is refused ("1.8" is no Vietnamese number: say that the plan
uses a decimal point).
"""

from __future__ import annotations

import re
from fractions import Fraction

_STYLES = {
    ",": re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"),
    ".": re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"),
}
_TOKEN = re.compile(r"\d[\d.,]*\d|\d")


class NotANumber(ValueError):
    """A text that is no number in the stated style."""


def parse_number(text: str, decimal: str = ",") -> Fraction:
    """One number, exactly. Raises `NotANumber`; never takes a dot for a comma."""
    style = _STYLES.get(decimal)
    if style is None or not style.fullmatch(text):
        raise NotANumber(text)
    thousands = "." if decimal == "," else ","
    return Fraction(text.replace(thousands, "").replace(decimal, "."))


def parse_value(text: str) -> Fraction:
    """A value in a plan file: "1,4", "100.000" or a fraction such as "10500/101"."""
    top, slash, bottom = text.partition("/")
    value = parse_number(top.strip())
    if not slash:
        return value
    below = parse_number(bottom.strip())
    if below == 0:
        raise NotANumber(text)
    return value / below


def literal_value(text: str, decimal: str = ",", scale: int = 1) -> Fraction | None:
    """What the plan's own words come to: "75%" is 75, "42/100.000" times `scale` is 42.

    None where the words hold no number. Raises `NotANumber` where a number does not fit the style
    or there are more than two of them.
    """
    tokens = _TOKEN.findall(text)
    if not tokens:
        return None
    numbers = [parse_number(token, decimal) for token in tokens]
    if len(numbers) == 1:
        return numbers[0]
    if len(numbers) > 2 or numbers[1] == 0:
        raise NotANumber(text)
    return numbers[0] / numbers[1] * scale
