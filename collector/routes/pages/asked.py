"""Numbers in what a page sends: typed ones (a decimal comma or point, blanks), hidden ones."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.estimators.errors import BadInput


def number(given: Mapping[str, str], name: str, label: str, default: float | None = None) -> float:
    """The number in a field; `default` where it is empty. Raises `BadInput` naming the field."""
    text = given.get(name, "").strip().replace(" ", "").replace(",", ".")
    if not text and default is not None:
        return default
    try:
        return float(text)
    except ValueError:
        raise BadInput(
            f"Mục “{label}” cần một số; nhận được “{given.get(name, '')[:40]}”.",
            f"The field “{label}” takes a number; got “{given.get(name, '')[:40]}”.",
        ) from None


def whole(given: Mapping[str, str], name: str, label: str, default: int | None = None) -> int:
    """The same for a whole number that is not negative."""
    found = number(given, name, label, default)
    if found != int(found) or not 0 <= found < 10**9:
        raise BadInput(
            f"Mục “{label}” cần một số nguyên không âm; nhận được “{given.get(name, '')[:40]}”.",
            f"The field “{label}” takes a whole number, not negative; "
            f"got “{given.get(name, '')[:40]}”.",
        )
    return int(found)


def revision(given: Mapping[str, str]) -> int:
    """The revision that the officer saw; -1, which none has, for anything that is no number."""
    return small(given.get("revision", ""))


def small(text: str) -> int:
    """A number as it is written in a hidden field; -1, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
