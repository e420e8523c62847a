"""gettext with types: what is said comes out as str, in the language of the reply."""

from __future__ import annotations

import flask_babel


def gettext(message: str, **values: object) -> str:
    """The message (its Vietnamese sentence is the key) with its places filled."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The message for a number; Vietnamese has one form, so `one` and `many` are the same there."""
    return str(flask_babel.ngettext(one, many, num, **values))
