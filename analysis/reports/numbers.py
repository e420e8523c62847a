"""Numbers, intervals, targets and verdicts as people read them, in Vietnamese or English.

Reports and the officers' pages use these functions (and `dates`), so that one estimate reads the
same everywhere. Vietnamese: decimal comma, thousands dot (the usage of NĐ 30/2020); English: point
and comma. An estimate that is missing or hidden never shows a number here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from analysis.catalogue import DIMENSIONS
from analysis.reports.dates import is_vietnamese
from analysis.reports.words import (
    ARITHMETIC,
    COMPARATORS,
    COUNTED,
    MISSING,
    NO_VERDICT,
    STATISTICAL,
    SYMBOLS,
    TRAJECTORY,
    UNDEFINED,
)
from analysis.types import Estimate, Indicator, Missing, Target, TargetResult, Verdict


class VerdictWords(NamedTuple):
    """The three verdicts in words; they are always shown apart."""

    arithmetic: str
    statistical: str
    trajectory: str


def decimal(value: Fraction | float, decimals: int, language: str = "vi") -> str:
    """`value` rounded half up to `decimals` places: "1.234,5" in Vietnamese, "1,234.5" in English.

    `value` must be finite; infinities belong to `format_interval`.
    """
    scaled = abs(Fraction(value)) * 10**decimals
    units = math.floor(scaled + Fraction(1, 2))
    whole, part = divmod(units, 10**decimals)
    text = f"{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")
    if is_vietnamese(language):
        text = text.translate(str.maketrans(",.", ".,"))
    return f"-{text}" if value < 0 and units else text


def trimmed(value: Fraction | float, most: int, language: str = "vi") -> str:
    """`value` with as few decimals as say it exactly, at most `most`: 60 -> "60", 1.4 -> "1,4"."""
    return decimal(value, decimals_needed(value, most), language)


def decimals_needed(value: Fraction | float, most: int) -> int:
    """The fewest decimals that say `value` exactly, at most `most`."""
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    return next((d for d in range(most) if (exact * 10**d).denominator == 1), most)


def count(value: float | None, language: str = "vi") -> str:
    """A count as text ("1.204"); "" where there is none."""
    return "" if value is None else trimmed(value, 1, language)


def exact_value(estimate: Estimate) -> Fraction | None:
    """The unrounded value, None where nothing may be shown (missing, hidden, not finite)."""
    if estimate.missing is not None:
        return None
    if estimate.exact is not None:
        return estimate.exact
    if estimate.value is None or not math.isfinite(estimate.value):
        return None
    return Fraction(estimate.value)


def is_count_only(estimate: Estimate, indicator: Indicator) -> bool:
    """True where only the count is published, never the rate.

    A rate from too small a denominator (`Indicator.count_only_below`) pretends to know what it
    cannot: one death among 80 births is no "1 250 per 100 000".
    """
    least = indicator.count_only_below
    return least is not None and (estimate.denominator or 0) < least


def shown_value(estimate: Estimate, indicator: Indicator) -> Fraction | None:
    """The unrounded value that may be printed or drawn; None where words or counts stand for it."""
    return None if is_count_only(estimate, indicator) else exact_value(estimate)


def decimals_to_tell_apart(value: Fraction, target: Fraction | None, decimals: int) -> int:
    """Decimals that show on which side of `target` the value lies (59.96 is not "60,0").

    Adds at most four to `decimals`; equal values need none more.
    """
    if target is None or value == target:
        return decimals
    for more in range(decimals, decimals + 5):
        if decimal(value, more) != decimal(target, more):
            return more
    return decimals


def with_unit(number: str, indicator: Indicator, language: str = "vi") -> str:
    """`number` followed by the indicator's unit; the percent sign stands without a blank."""
    unit = indicator.unit[language]
    return f"{number}%" if unit == "%" else f"{number} {unit}".strip()


def missing_words(estimate: Estimate, language: str = "vi") -> str:
    """Why there is no number: "chưa thu thập", "không phát sinh" …; "" where there is one."""
    if exact_value(estimate) is not None:
        return ""
    if is_undefined(estimate):
        return UNDEFINED[language]
    return MISSING[estimate.missing or Missing.NO_DATA][language]


def is_undefined(estimate: Estimate) -> bool:
    """True for boys without a single girl: everything has come, and there is still no number."""
    return estimate.missing is None and estimate.value is None and estimate.denominator == 0


def format_number(
    estimate: Estimate,
    indicator: Indicator,
    language: str = "vi",
    target: Fraction | None = None,
) -> str:
    """The value without its unit, or the words for its absence; never empty.

    With `target`, as many decimals as tell the value from the target. Where only the count may be
    published: "0 trường hợp/80".
    """
    value = exact_value(estimate)
    if value is None:
        return missing_words(estimate, language)
    if is_count_only(estimate, indicator):
        return case_count(estimate, language)
    decimals = decimals_to_tell_apart(value, target, indicator.decimals)
    return decimal(value, decimals, language)


def format_value(
    estimate: Estimate,
    indicator: Indicator,
    language: str = "vi",
    target: Fraction | None = None,
) -> str:
    """The value with its unit ("42,7%"), or the words for its absence; never empty."""
    text = format_number(estimate, indicator, language, target)
    if shown_value(estimate, indicator) is None:
        return text
    return with_unit(text, indicator, language)


def case_count(estimate: Estimate, language: str = "vi") -> str:
    """ "1 trường hợp/80": cases and what they arose in; words where either is missing."""
    if estimate.numerator is None or estimate.denominator is None:
        return MISSING[Missing.NO_DATA][language]
    cases = count(estimate.numerator, language)
    total = count(estimate.denominator, language)
    if is_vietnamese(language):
        return f"{cases} trường hợp/{total}"
    return f"{cases} {'case' if estimate.numerator == 1 else 'cases'} of {total}"


def shown_interval(estimate: Estimate) -> tuple[float, float] | None:
    """The 95 % interval where one exists and may be shown; the upper end may be infinite."""
    if estimate.interval is None or exact_value(estimate) is None:
        return None
    low, high = estimate.interval
    return None if math.isnan(low) or math.isnan(high) or math.isinf(low) else (low, high)


def format_interval(estimate: Estimate, indicator: Indicator, language: str = "vi") -> str:
    """The 95 % interval ("38,1 - 47,4"); "" where there is none.

    Beside a mere count the interval of the rate carries its unit: it is no interval of the count.
    """
    interval = shown_interval(estimate)
    if interval is None:
        return ""
    dash = " - " if is_vietnamese(language) else "–"
    text = dash.join(_bound(bound, indicator.decimals, language) for bound in interval)
    return with_unit(text, indicator, language) if is_count_only(estimate, indicator) else text


def _bound(bound: float, decimals: int, language: str) -> str:
    return "∞" if math.isinf(bound) else decimal(bound, decimals, language)


def format_counts(estimate: Estimate, language: str = "vi") -> str:
    """Numerator and denominator of a full count ("3/4"); "" for surveys and hidden cells."""
    if exact_value(estimate) is None or estimate.exact is None:
        return ""
    if estimate.numerator is None or estimate.denominator is None:
        return ""
    return f"{count(estimate.numerator, language)}/{count(estimate.denominator, language)}"


def format_years(years: tuple[int, ...], language: str = "vi") -> str:
    """ "2026", "2024 - 2026" for pooled years, "2022, 2025, 2026" with a year between that gave
    nothing; "" without years."""
    if not years:
        return ""
    if len(years) <= max(years) - min(years):
        return ", ".join(map(str, sorted(years)))
    dash = " - " if is_vietnamese(language) else "–"
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}{dash}{last}"


def target_number(value: Fraction, target: Target, indicator: Indicator, language: str) -> str:
    """A target's level with its unit, in the indicator's unit ("1,4 lần", "103,96 …")."""
    number = trimmed(value, 2, language)
    if target.measure == "count":
        unit = COUNTED.get(target.unit)
        return f"{number} {unit[language]}" if unit else number
    return f"{number}%" if target.unit == "%" else with_unit(number, indicator, language)


def format_target(
    target: Target, indicator: Indicator, language: str = "vi", suspected: bool = False
) -> str:
    """What the plan asks for ("≥ 60%"); with `suspected`, the value that was probably meant."""
    symbol = SYMBOLS.get(target.comparator)
    return _level(target, indicator, language, suspected, f"{symbol} {{}}" if symbol else "")


def is_everyone(value: Fraction, target: Target, indicator: Indicator) -> bool:
    """True for "100 %": numerator equals denominator; "at least" would suggest that more exists."""
    percent = "%" in {target.unit, indicator.unit.vi}
    return percent and value == 100 and target.comparator in {">=", "="}


def short_target(result: TargetResult, language: str = "vi") -> str:
    """The target's level without a long unit ("≥ 60%", "< 18"), for a chart; "" where none."""
    target, value = result.target, result.target.value
    if value is None:
        return ""
    percent = "%" if "%" in {target.unit, result.indicator.unit.vi} else ""
    number = f"{trimmed(value, 2, language)}{percent}"
    if is_everyone(value, target, result.indicator):
        return number
    return f"{SYMBOLS.get(target.comparator, '=')} {number}"


def target_words(
    target: Target, indicator: Indicator, language: str = "vi", suspected: bool = False
) -> str:
    """What the plan asks for, in words for running text ("từ 60% trở lên")."""
    return _level(target, indicator, language, suspected)


def _level(
    target: Target, indicator: Indicator, language: str, suspected: bool, pattern: str = ""
) -> str:
    """The level in a pattern, by default the comparator's words."""
    value = target.suspected if suspected else target.value
    if value is None:
        return COMPARATORS["qualitative"][language]
    number = target_number(value, target, indicator, language)
    if is_everyone(value, target, indicator):
        return number
    return (pattern or COMPARATORS[target.comparator][language]).format(number)


def verdict_words(verdict: Verdict | None, language: str = "vi") -> VerdictWords:
    """The three verdicts in words; each "Chưa đánh giá" where there is no verdict."""
    if verdict is None:
        return VerdictWords(*[NO_VERDICT[language]] * 3)
    return VerdictWords(
        ARITHMETIC[verdict.arithmetic][language],
        STATISTICAL[verdict.statistical][language],
        TRAJECTORY[verdict.trajectory][language],
    )


def dimension_words(dimension: str, language: str = "vi") -> str:
    """The name of a disaggregation ("Giới tính"); an unknown one as it is written."""
    known = DIMENSIONS.get(dimension)
    return known.name[language] if known else dimension


def category_words(
    dimension: str,
    category: str,
    language: str = "vi",
    villages: Mapping[str, str] | None = None,
) -> str:
    """The name of one category ("Nữ", "15 - 19 tuổi"); an unknown one as it is written.

    `villages`: code -> name, which only the service's list knows.
    """
    if dimension == "village":
        return (villages or {}).get(category, category)
    known = DIMENSIONS[dimension].categories.get(category) if dimension in DIMENSIONS else None
    if known:
        return known[language]
    ages = re.fullmatch(r"(\d+)-(\d+)", category) if dimension == "age_band" else None
    if ages and is_vietnamese(language):
        return f"{ages[1]} - {ages[2]} tuổi"
    return category
