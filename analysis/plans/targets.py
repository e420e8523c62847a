"""One target of a plan file."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from analysis.plans.duties import responsible
from analysis.plans.numbers import NotANumber, literal_value, parse_value
from analysis.plans.oddities import COMPARATORS, MEASURES, misprint, read_oddities
from analysis.plans.problems import Problems
from analysis.types import Oddity, Target

PERIODS = ("year", "quarter", "month")
EACH = ("sex",)
LIMITS = (">=", ">", "<=", "<")  # what a total says of its groups (analysis.each) holds for these
KNOWN = {
    *("id", "objective", "number", "parent", "verbatim", "indicator", "comparator"),
    *("comparator_stated", "value_text", "decimal", "scale", "value", "suspected", "unit"),
    *("deadline", "responsible", "warnings", "reference_band", "baseline", "by", "notes", "every"),
    *("responsible_kinds", "oddities", "measure", "each"),
}
OVERRIDDEN = "comparator_overridden"


def read_target(
    raw: Any,
    position: int,
    years: tuple[int, int],
    indicators: Collection[str] | None,
    problems: Problems,
) -> Target:
    """A target; its faults go to `problems`, named by its id (or its position in the file)."""
    if not isinstance(raw, dict):
        problems.add(f"targets[{position}]", "phải là một bảng", "must be a table")
        raw = {}
    at = str(raw.get("id") or f"targets[{position}]")
    problems.unknown(raw, KNOWN, at)
    comparator = problems.choice(raw, "comparator", f"{at}.comparator", COMPARATORS)
    value = _value(raw, at, comparator, problems)
    _check_possible(raw, at, comparator, value, problems)
    who = responsible(raw, at, "responsible_kinds", problems)
    suspected = problems.exact(raw, "suspected", at)
    deadline = problems.year(raw, "deadline", f"{at}.deadline") if "deadline" in raw else years[1]
    if not years[0] <= deadline <= years[1]:
        problems.add(f"{at}.deadline", "nằm ngoài kỳ của kế hoạch", "lies outside the plan's years")
    indicator = problems.text(raw, "indicator", f"{at}.indicator")
    if indicators is not None and indicator and indicator not in indicators:
        problems.add(
            f"{at}.indicator",
            f"không có chỉ tiêu {indicator} trong danh mục",
            f"no indicator {indicator} in the catalogue",
        )
    return Target(
        id=problems.text(raw, "id", f"{at}.id"),
        objective=_objective(raw, at, problems),
        number=problems.text(raw, "number", f"{at}.number", required=False),
        verbatim=_verbatim(raw, at, problems),
        indicator=indicator,
        comparator=comparator,
        comparator_stated=problems.flag(raw, "comparator_stated", f"{at}.comparator_stated"),
        value=value,
        value_text=str(raw.get("value_text", "")),
        suspected=suspected,
        unit=problems.text(raw, "unit", f"{at}.unit", required=value is not None),
        deadline=deadline,
        deadline_stated="deadline" in raw,
        responsible=who["responsible"],
        responsible_kinds=who["kinds"],
        oddities=_with_misprint(read_oddities(raw, at, problems), suspected),
        warnings=problems.texts(raw, "warnings", f"{at}.warnings"),
        parent=raw.get("parent"),
        reference_band=_band(raw, at, problems),
        baseline=_baseline(raw, at, problems),
        by={str(key): str(code) for key, code in raw.get("by", {}).items()},
        notes=problems.notes(raw.get("notes", []), f"{at}.notes"),
        each=_each(raw, at, comparator, problems),
        every=_word(raw, "every", at, PERIODS, problems) or "year",
        measure=_word(raw, "measure", at, MEASURES, problems) or "value",
    )


def _word(
    raw: dict[str, Any], key: str, at: str, among: tuple[str, ...], problems: Problems
) -> str:
    return problems.choice(raw, key, f"{at}.{key}", among) if key in raw else ""


def _each(raw: dict[str, Any], at: str, comparator: str, problems: Problems) -> str:
    if "each" in raw and (comparator not in LIMITS or raw.get("unit") != "%"):
        problems.add(
            f"{at}.each",
            "chỉ đặt cho từng giới được với một tỷ lệ % và >=, >, <= hoặc <",
            "a level for each sex takes a share in % and >=, >, <= or <",
        )
    return _word(raw, "each", at, EACH, problems)


def _with_misprint(oddities: tuple[Oddity, ...], suspected: Fraction | None) -> tuple[Oddity, ...]:
    """A value that is suspected to be a misprint is for a person to decide about, too."""
    told = {reading.value for oddity in oddities for reading in oddity.readings}
    return oddities if suspected is None or suspected in told else (*oddities, misprint(suspected))


def _objective(raw: dict[str, Any], at: str, problems: Problems) -> int:
    value = raw.get("objective")
    if type(value) is not int or value < 1:
        problems.add(f"{at}.objective", "phải là số mục tiêu 1, 2, …", "must be 1, 2, …")
        return 0
    return value


def _verbatim(raw: dict[str, Any], at: str, problems: Problems) -> str:
    """The plan's own words; the value's words must be among them."""
    verbatim = problems.text(raw, "verbatim", f"{at}.verbatim")
    words = raw.get("value_text", "")
    if isinstance(words, str) and words not in verbatim:
        problems.add(
            f"{at}.value_text",
            f"“{words}” không nằm trong nguyên văn chỉ tiêu",
            f"“{words}” does not stand in the verbatim text",
        )
    return verbatim


def _value(raw: dict[str, Any], at: str, comparator: str, problems: Problems) -> Fraction | None:
    """The value to compare with, checked against the plan's own words."""
    value = problems.exact(raw, "value", at)
    if comparator == "qualitative":
        if "value" in raw:
            problems.add(f"{at}.value", "chỉ tiêu định tính không có mức", "qualitative: no value")
        return None
    if "value" not in raw:
        problems.add(f"{at}.value", "còn thiếu", "is missing")
        return None
    _check_literal(raw, at, value, problems)
    return value


def _check_possible(
    raw: dict[str, Any], at: str, comparator: str, value: Fraction | None, problems: Problems
) -> None:
    """A share cannot be above 100 %: the file has to say that it is judged at 100 %."""
    if raw.get("unit") != "%" or value is None:
        return
    words = str(raw.get("verbatim", "")).casefold()
    said = value == 100 and "trên 100%" in words.replace("100 %", "100%")
    if value > 100 or (value == 100 and comparator == ">"):
        problems.add(
            f"{at}.comparator",
            "một tỷ lệ không thể trên 100%: chọn “>=” với mức 100 và thêm mã cảnh báo "
            f"{OVERRIDDEN} (warnings)",
            "a share cannot be above 100 %: choose “>=” with the level 100 and add the warning "
            f"{OVERRIDDEN} (warnings)",
        )
    elif said and OVERRIDDEN not in raw.get("warnings", ()):
        problems.add(
            f"{at}.warnings",
            f"kế hoạch ghi “trên 100%” nhưng đánh giá ở mức 100%: thêm {OVERRIDDEN}",
            f"the plan says “above 100 %” but is judged at 100 %: add {OVERRIDDEN}",
        )


def _check_literal(
    raw: dict[str, Any], at: str, value: Fraction | None, problems: Problems
) -> None:
    words, decimal = str(raw.get("value_text", "")), str(raw.get("decimal", ","))
    scale = raw.get("scale", 1)
    if type(scale) is not int or scale < 1:
        problems.add(f"{at}.scale", "phải là số nguyên dương", "must be a positive whole number")
        return
    try:
        literal = literal_value(words, decimal, scale)
    except NotANumber as error:
        problems.add(
            f"{at}.value_text",
            f"“{error}” không phải là số với dấu thập phân “{decimal}”; nếu kế hoạch dùng dấu "
            "khác, hãy ghi mục decimal",
            f"“{error}” is no number with the decimal mark “{decimal}”; if the plan uses the "
            "other, say so in decimal",
        )
        return
    if literal is not None and value is not None and literal != value:
        problems.add(
            f"{at}.value",
            f"ghi {value} nhưng “{words}” là {literal}",
            f"says {value}, but “{words}” comes to {literal}",
        )


def _band(raw: dict[str, Any], at: str, problems: Problems) -> tuple[float, float] | None:
    ends = raw.get("reference_band")
    if ends is None:
        return None
    try:
        low, high = (parse_value(end) for end in ends)
    except (NotANumber, AttributeError, TypeError, ValueError):
        low, high = Fraction(1), Fraction(0)
    if low >= high:
        problems.add(
            f"{at}.reference_band", "cần hai số tăng dần", "needs two numbers, the lower first"
        )
        return None
    return float(low), float(high)


def _baseline(raw: dict[str, Any], at: str, problems: Problems) -> tuple[int, Fraction] | None:
    found = raw.get("baseline")
    if found is None:
        return None
    if not isinstance(found, dict) or found.keys() != {"year", "value"}:
        problems.add(f"{at}.baseline", "cần year và value", "needs year and value")
        return None
    value = problems.exact(found, "value", f"{at}.baseline")
    year = problems.year(found, "year", f"{at}.baseline.year")
    return None if value is None else (year, value)
