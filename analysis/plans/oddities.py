"""The oddities of a plan file: words that leave more than one reading open, and the readings."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from analysis.plans.duties import both, responsible
from analysis.plans.problems import Problems
from analysis.types import Oddity, Reading, Text

COMPARATORS = (">=", ">", "<=", "<", "=", "maintain", "qualitative")
KNOWN = {"id", "question", "readings"}
CHANGES = {"value", "comparator", "by", "variant", "measure", "from_baseline"}
KNOWN_READING = {"id", "vi", "en", "responsible", "kinds", *CHANGES}
MEASURES = ("value", "count")


def read_oddities(raw: dict[str, Any], at: str, problems: Problems) -> tuple[Oddity, ...]:
    """The entries of `oddities` at a target (`at`: its id) or at the plan (`at`: "")."""
    prefix = f"{at}." if at else ""
    found = [
        _oddity(one, f"{prefix}oddities[{position}]", problems)
        for position, one in enumerate(problems.tables(raw, "oddities", f"{prefix}oddities"), 1)
    ]
    ids = [oddity.id for oddity in found]
    for name in sorted({one for one in ids if ids.count(one) > 1 and one}):
        problems.add(f"{prefix}oddities", f"mã {name} dùng hai lần", f"id {name} used twice")
    return tuple(found)


def _oddity(raw: dict[str, Any], at: str, problems: Problems) -> Oddity:
    problems.unknown(raw, KNOWN, at)
    readings = tuple(
        _reading(one, f"{at}.readings[{position}]", problems)
        for position, one in enumerate(problems.tables(raw, "readings", f"{at}.readings"), 1)
    )
    if not readings:
        problems.add(f"{at}.readings", "cần ít nhất một cách đọc", "needs at least one reading")
    ids = [reading.id for reading in readings]
    if len(set(ids)) < len(ids):
        problems.add(f"{at}.readings", "mã cách đọc dùng hai lần", "reading id used twice")
    return Oddity(
        problems.text(raw, "id", f"{at}.id"),
        both(raw, "question", f"{at}.question", problems),
        readings,
    )


def _reading(raw: dict[str, Any], at: str, problems: Problems) -> Reading:
    problems.unknown(raw, KNOWN_READING, at)
    who = responsible(raw, at, "kinds", problems) if "responsible" in raw else {}
    by = raw.get("by")
    if by is not None and not isinstance(by, dict):
        problems.add(f"{at}.by", "phải là một bảng", "must be a table")
        by = None
    return Reading(
        id=problems.text(raw, "id", f"{at}.id"),
        name=Text(problems.text(raw, "vi", f"{at}.vi"), problems.text(raw, "en", f"{at}.en")),
        value=problems.exact(raw, "value", at),
        comparator=_choice(raw, "comparator", at, COMPARATORS, problems),
        by=None if by is None else {str(key): str(code) for key, code in by.items()},
        variant=problems.text(raw, "variant", f"{at}.variant", required=False),
        measure=_choice(raw, "measure", at, MEASURES, problems),
        from_baseline=problems.exact(raw, "from_baseline", at),
        responsible=who.get("responsible"),
        kinds=who.get("kinds"),
    )


def _choice(
    raw: dict[str, Any], key: str, at: str, among: tuple[str, ...], problems: Problems
) -> str:
    return problems.choice(raw, key, f"{at}.{key}", among) if key in raw else ""


def misprint(suspected: Fraction) -> Oddity:
    """The oddity of a target whose value is suspected to be a misprint for another."""
    return Oddity(
        "misprint",
        Text(
            "Mức ghi trong kế hoạch nghi là lỗi đánh máy.",
            "The plan's value is suspected to be a misprint.",
        ),
        (
            Reading("literal", Text("Đúng như ghi", "As written")),
            Reading("misprint", Text("Mức nghi là đúng", "The suspected value"), value=suspected),
        ),
    )
