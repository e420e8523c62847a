"""Text as it may stand in a file."""

from __future__ import annotations

import re
import unicodedata

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` in NFC (as TCVN 6909:2001 is written today), without what XML 1.0 forbids.

    A village's name or a plan's text may hold any character; a file with one of these would not
    open.
    """
    return FORBIDDEN.sub("", unicodedata.normalize("NFC", text))
