"""What a plan file declares beside its targets: tasks, reports, activities, inventories."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from analysis.plans.dates import parse_day
from analysis.plans.problems import Problems
from analysis.types import (
    UNIT_KINDS,
    Activity,
    Day,
    Duty,
    Inventory,
    ReportDuty,
    Task,
    Text,
)

REPORT_PERIODS = ("month", "quarter", "year", "once", "request")
ACTIVITY_PERIODS = ("month", "quarter", "year", "once")
COMMON = {"id", "name", "verbatim", "place", "responsible", "kinds", "forms", "targets"}
KNOWN: dict[str, set[str]] = {
    "tasks": COMMON,
    "reports": COMMON | {"to", "via", "every", "before"},
    "activities": COMMON | {"every", "start", "end", "at_least"},
    "inventories": COMMON | {"restricted"},
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a duty may refer to; `forms` None: not checked here."""

    targets: Collection[str]
    forms: Collection[str] | None


def read_duties(
    raw: dict[str, Any], known: Known, problems: Problems
) -> dict[str, tuple[Any, ...]]:
    """The four lists by their name in the file; faults go to `problems`."""
    makers: dict[str, Callable[..., Duty]] = {
        "tasks": lambda one, at, found: Task(**found),
        "reports": lambda one, at, found: _report(one, at, found, problems),
        "activities": lambda one, at, found: _activity(one, at, found, problems),
        "inventories": lambda one, at, found: Inventory(
            **found, restricted=problems.flag(one, "restricted", f"{at}.restricted", False)
        ),
    }
    return {
        name: tuple(
            _duty(name, one, position, make, known, problems)
            for position, one in enumerate(problems.tables(raw, name), start=1)
        )
        for name, make in makers.items()
    }


def _duty(
    name: str,
    raw: dict[str, Any],
    position: int,
    make: Callable[..., Duty],
    known: Known,
    problems: Problems,
) -> Duty:
    at = str(raw.get("id") or f"{name}[{position}]")
    problems.unknown(raw, KNOWN[name], at)
    found = {
        "id": problems.text(raw, "id", f"{at}.id"),
        "name": both(raw, "name", f"{at}.name", problems),
        "verbatim": problems.text(raw, "verbatim", f"{at}.verbatim"),
        "place": problems.text(raw, "place", f"{at}.place"),
        "forms": _among(raw, "forms", at, known.forms, problems),
        "targets": _among(raw, "targets", at, known.targets, problems),
        **responsible(raw, at, "kinds", problems),
    }
    return make(raw, at, found)


def both(raw: dict[str, Any], key: str, where: str, problems: Problems) -> Text:
    """A text in both languages: a table with `vi` and `en`, neither blank."""
    value = raw.get(key)
    if isinstance(value, dict) and value.keys() == {"vi", "en"}:
        vi, en = (value[language] for language in ("vi", "en"))
        if isinstance(vi, str) and isinstance(en, str) and vi.strip() and en.strip():
            return Text(vi, en)
    problems.add(where, "cần vi và en, đều có chữ", "needs vi and en, both with words")
    return Text("", "")


def responsible(
    raw: dict[str, Any], at: str, key: str, problems: Problems
) -> dict[str, tuple[str, ...]]:
    """Who answers: the names as the plan has them, and what kind of unit each is here."""
    names = problems.texts(raw, "responsible", f"{at}.responsible")
    kinds = problems.texts(raw, key, f"{at}.{key}")
    for kind in sorted(set(kinds) - set(UNIT_KINDS)):
        among = ", ".join(UNIT_KINDS)
        problems.add(
            f"{at}.{key}",
            f"không có loại đơn vị {kind}; dùng một trong: {among}",
            f"no unit kind {kind}; use one of: {among}",
        )
    if len(names) != len(kinds):
        problems.add(
            f"{at}.{key}",
            f"cần một loại đơn vị cho mỗi tên trong responsible ({len(names)}), có {len(kinds)}",
            f"needs one kind for each name in responsible ({len(names)}), has {len(kinds)}",
        )
    return {"responsible": names, "kinds": kinds}


def _among(
    raw: dict[str, Any], key: str, at: str, known: Collection[str] | None, problems: Problems
) -> tuple[str, ...]:
    found = problems.texts(raw, key, f"{at}.{key}")
    what = {
        "forms": ("không có biểu mẫu", "no form"),
        "targets": ("không có chỉ tiêu mang mã", "no target with the id"),
    }
    for one in found if known is not None else ():
        if one not in (known or ()):
            vi, en = what[key]
            problems.add(f"{at}.{key}", f"{vi} {one}", f"{en} {one}")
    return found


def _report(raw: dict[str, Any], at: str, found: dict[str, Any], problems: Problems) -> ReportDuty:
    return ReportDuty(
        **found,
        to=problems.text(raw, "to", f"{at}.to"),
        via=problems.text(raw, "via", f"{at}.via", required=False),
        every=problems.choice(raw, "every", f"{at}.every", REPORT_PERIODS),
        before=_day(raw, "before", at, problems),
    )


def _activity(raw: dict[str, Any], at: str, found: dict[str, Any], problems: Problems) -> Activity:
    start, end = (_day(raw, key, at, problems) for key in ("start", "end"))
    if end is not None and start is None:
        problems.add(f"{at}.end", "có end thì cần start", "end needs start")
    least = raw.get("at_least")
    if least is not None and (type(least) is not int or least < 1):
        problems.add(f"{at}.at_least", "phải là số nguyên dương", "must be a positive whole number")
        least = None
    every = problems.choice(raw, "every", f"{at}.every", ACTIVITY_PERIODS)
    return Activity(**found, every=every, start=start, end=end, at_least=least)


def _day(raw: dict[str, Any], key: str, at: str, problems: Problems) -> Day | None:
    if key not in raw:
        return None
    day = parse_day(raw[key]) if isinstance(raw[key], str) else None
    if day is None:
        problems.add(
            f"{at}.{key}",
            f"phải là ngày “30/11” hoặc “03/12/2025”; nhận {raw[key]!r}",
            f"must be a day such as “30/11” or “03/12/2025”; got {raw[key]!r}",
        )
    return day
