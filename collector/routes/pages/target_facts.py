"""What stands behind a target's value, and what its indicator means, as (name, text)."""

from __future__ import annotations

from analysis.reports.beside import beside
from analysis.reports.numbers import (
    count,
    decimal,
    exact_value,
    format_counts,
    format_value,
)
from analysis.reports.target_text import upper_first
from analysis.reports.words import (
    DIRECTIONS,
    method_words,
)
from analysis.types import Estimate, Indicator, TargetResult
from collector.routes.pages.speech import gettext

RATIO_OF_MEANS = "ratio_of_domain_means"
Facts = tuple[tuple[str, str], ...]


def figures(result: TargetResult, language: str) -> Facts:
    """What the value rests on, as (name, text); what is not known is left out."""
    estimate = result.estimate
    if exact_value(estimate) is None:
        return ()  # missing, or hidden: then the counts behind it are, too
    expected = result.verdict.expected if result.verdict else None
    units = gettext("Số hộ trong mẫu")
    if estimate.population is None:  # villages were drawn: nobody counted the households
        units = gettext("Số đơn vị mẫu (thôn hoặc hộ)")
    return _known(
        (gettext("Số đếm"), format_counts(estimate, language)),
        (gettext("Hai trung bình (tử số, mẫu số)"), _means(result, language)),
        *beside(estimate, result.indicator, language),
        (gettext("Số người trả lời"), number_words(answered(estimate), language)),
        (units, number_words(estimate.psus, language)),
        (gettext("Không tính vì thiếu câu trả lời"), number_words(estimate.excluded, language)),
        (gettext("Cách tính"), upper_first(method_words(estimate.method, language))),
        (gettext("Mức cần có trong năm để kịp hạn"), _expected(expected, result, language)),
    )


def answered(estimate: Estimate) -> int | None:
    """How many persons answered a survey; a return is no answer of persons."""
    return estimate.n if estimate.psus is not None else None


def meaning(result: TargetResult, language: str) -> Facts:
    """What the indicator is, how it can mislead, where its definition comes from."""
    stated = (gettext("Nguyên văn mức trong kế hoạch"), result.target.value_text)
    return _known(*definition(result.indicator, language), stated)


def definition(indicator: Indicator, language: str) -> Facts:
    """The indicator itself, in words."""
    main = indicator.main_choice
    return _known(
        (gettext("Tử số"), indicator.numerator[language]),
        (gettext("Mẫu số"), indicator.denominator[language]),
        (gettext("Chiều tốt"), DIRECTIONS[indicator.direction][language]),
        (gettext("Đọc theo cách nào"), main[language] if main else ""),
        (gettext("Có thể gây hiểu nhầm"), indicator.misleads[language]),
        (gettext("Số nhỏ"), indicator.small_numbers[language]),
        (gettext("Vì sao theo dõi"), indicator.why[language]),
        (gettext("Nguồn số liệu"), indicator.source[language]),
        (gettext("Nguồn định nghĩa"), indicator.definition[language]),
        (gettext("Mục tiêu phát triển bền vững"), _sdg(indicator)),
    )


def _sdg(indicator: Indicator) -> str:
    """ "5.4.1"; "gần với 5.4.1" where it is near that one and not the same."""
    near, number = indicator.sdg.startswith("~"), indicator.sdg.lstrip("~")
    return gettext("gần với %(number)s, không trùng", number=number) if near else number


def _means(result: TargetResult, language: str) -> str:
    """The two means behind a ratio of means, which is never read without them."""
    estimate = result.estimate
    first, second = estimate.numerator, estimate.denominator
    if result.indicator.estimator != RATIO_OF_MEANS or exact_value(estimate) is None:
        return ""
    if first is None or second is None:
        return ""
    return f"{decimal(first, 1, language)}; {decimal(second, 1, language)}"


def _known(*facts: tuple[str, str]) -> Facts:
    return tuple((name, text) for name, text in facts if text)


def number_words(number: int | None, language: str) -> str:
    return count(number, language) if number else ""


def _expected(expected: float | None, result: TargetResult, language: str) -> str:
    if expected is None:
        return ""
    from_path = Estimate(result.indicator.code, result.estimate.years, value=expected)
    return format_value(from_path, result.indicator, language)
