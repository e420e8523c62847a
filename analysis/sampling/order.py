"""Chance that anyone can repeat: SHA-256 of texts, no generator of a programming language.

The order of households in a village is the ascending order of the hexadecimal digest of
`seed|village|code`; the start of a systematic draw is the first 13 digits of that of `seed|start`
over 16^13. R: `digest::digest(text, "sha256", serialize = FALSE)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256

from analysis.sampling.errors import SeedMissing
from analysis.sampling.register import SEPARATOR, clean

_DIGITS = 13  # 52 bits: a spreadsheet's number holds them exactly


def checked_seed(seed: str | int) -> str:
    """The seed as text. Raises `SeedMissing`."""
    text = clean(str(seed))
    if not text or SEPARATOR in text:
        raise SeedMissing(text)
    return text


def digest(*parts: str) -> str:
    """The 64 hexadecimal digits of the parts with “|” between them, in UTF-8."""
    return sha256(SEPARATOR.join(parts).encode()).hexdigest()


def shuffled(seed: str, kind: str, codes: Iterable[str]) -> list[str]:
    """The codes by ascending digest of `seed|kind|code`: each order is equally likely."""
    return sorted(codes, key=lambda code: (digest(seed, kind, code), code))


def uniform(seed: str, kind: str) -> Fraction:
    """A number in [0, 1) from `seed|kind`."""
    return Fraction(int(digest(seed, kind)[:_DIGITS], 16), 16**_DIGITS)
