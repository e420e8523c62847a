"""Regular expressions of regex(): the part that Java, JavaScript and Python read alike.

A match is a full match, as in ODK Collect. `\\d`, `\\w` and `\\b` mean ASCII, as in Java. What
could run for ever on a hostile answer (a repeat inside an unbounded one) is refused at publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

from forms.messages import Text
from forms.problems import ExpressionError

LONGEST = 2000
"""A longer text matches no pattern: no answer that a pattern checks is that long."""

_ELSEWHERE = re.compile(r"\\[pPAZzGQEXRhHvVkNU]|\(\?(?![:=!])|[*+?}]\+")
_LITERAL = re.compile(r"\\\\|\\[^A-Za-z]")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)


@lru_cache(maxsize=256)
def compile_pattern(pattern: str) -> Callable[[str], bool]:
    """A function that says whether a whole text matches. Raises ExpressionError("bad_regex")."""
    bare = _LITERAL.sub("_", pattern)
    found = re.search(r"\\[pP]", bare) or _ELSEWHERE.search(_CLASS.sub("_", bare))
    if found:
        raise _bad(pattern, f"“{found[0]}” không dùng được", f"“{found[0]}” is not available")
    try:
        compiled = re.compile(pattern, re.ASCII)
        tree = sre_parser.parse(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise _bad(pattern, str(error), str(error)) from None
    if _nested(tree, inside=False):
        raise _bad(
            pattern,
            "có phần lặp không giới hạn nằm trong phần lặp không giới hạn, ví dụ (a+)+",
            "it repeats without limit inside an unlimited repeat, such as (a+)+",
        )
    match = compiled.fullmatch
    return lambda text: len(text) <= LONGEST and match(text) is not None


def _bad(pattern: str, vi: str, en: str) -> ExpressionError:
    detail: Text = {"vi": vi, "en": en}
    return ExpressionError("bad_regex", pattern=pattern, detail=detail)


def _nested(tree: Iterable[Any], *, inside: bool) -> bool:
    """Whether an unbounded repeat stands inside another one."""
    for operation, argument in tree:
        if operation in _REPEATS:
            unbounded = argument[1] is sre.MAXREPEAT
            if unbounded and inside:
                return True
            if _nested(argument[2], inside=inside or unbounded):
                return True
        elif any(_nested(part, inside=inside) for part in _parts(operation, argument)):
            return True
    return False


def _parts(operation: Any, argument: Any) -> list[Any]:
    """The subpatterns of an operation."""
    if operation is sre.SUBPATTERN:
        return [argument[3]]
    if operation is sre.BRANCH:
        return list(argument[1])
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return [argument[1]]
    return []
