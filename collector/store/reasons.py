"""A reason in a person's own words, as decisions, corrections and withdrawals keep it."""

from __future__ import annotations

from collector import problems
from collector.problems import Problem

LONGEST_REASON = 1000


def written(text: str, *, needed: bool = True) -> str:
    """A reason without blanks around it; "" only where none is `needed`.

    Raises Problem REASON_NEEDED where it is absent or longer than `LONGEST_REASON` characters.
    """
    said = text.strip()
    if len(said) > LONGEST_REASON or (needed and not said):
        raise Problem(problems.REASON_NEEDED)
    return said
