"""The larger SVG chart of the officers' pages: an indicator over the years."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.reports import svg
from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import (
    decimal,
    format_target,
    format_value,
    missing_words,
    shown_interval,
    shown_value,
    trimmed,
)
from analysis.types import Estimate, Indicator, Target

TREND_WIDTH, TREND_HEIGHT = 360, 200  # as wide as a phone, so that its words can be read there
NEAR = 14.0  # pixels under the line of the target in which a number would lie on it
TREND_LEFT, TREND_RIGHT, TREND_TOP, TREND_BOTTOM = 40.0, 350.0, 24.0, 168.0


def trend_chart(
    estimates: Sequence[Estimate],
    indicator: Indicator,
    target: Target | None = None,
    language: str = "vi",
) -> str:
    """The SVG of one indicator over the years (one estimate a year), with intervals and target.

    Years whose value is missing or hidden keep their place and say why; nothing is joined over
    them. The target is a broken line.
    """
    ordered = sorted(estimates, key=lambda estimate: estimate.years)
    top = _trend_top(ordered, indicator, target)
    title = _trend_title(ordered, indicator, target, language)
    parts = [*_trend_axis(top, language), *_trend_target(top, indicator, target, language)]
    parts += _trend_path(ordered, indicator, top)
    level = _y(float(target.value), top) if target and target.value is not None else None
    for place, estimate in enumerate(ordered):
        x = _year_x(place, len(ordered))
        parts += _trend_year(x, estimate, indicator, top, language, level)
    return svg.picture(TREND_WIDTH, TREND_HEIGHT, title, parts)


def _trend_top(estimates: Sequence[Estimate], indicator: Indicator, target: Target | None) -> float:
    values = [float(v) for e in estimates if (v := shown_value(e, indicator)) is not None]
    values += [float(target.value)] if target is not None and target.value is not None else []
    top = max([*values, 0.0]) or 1.0
    shown = [shown_interval(e) for e in estimates if shown_value(e, indicator) is not None]
    reach = max([top, *(min(interval[1], 2 * top) for interval in shown if interval)])
    if indicator.unit.vi == "%" and reach <= 100:
        return 100.0
    return svg.round_up(reach * 1.05)


def _trend_title(
    estimates: Sequence[Estimate], indicator: Indicator, target: Target | None, language: str
) -> str:
    years = "; ".join(
        f"{max(e.years)}: {format_value(e, indicator, language)}" for e in estimates if e.years
    )
    goal = ""
    if target is not None:
        word = "chỉ tiêu" if is_vietnamese(language) else "target"
        goal = f" ({word} {format_target(target, indicator, language)})"
    return f"{indicator.name[language]}{goal}. {years}"


def _year_x(place: int, years: int) -> float:
    return TREND_LEFT + (place + 0.5) * (TREND_RIGHT - TREND_LEFT) / max(years, 1)


def _y(value: float, top: float) -> float:
    share = min(max(value, 0.0), top) / top
    return TREND_BOTTOM - share * (TREND_BOTTOM - TREND_TOP)


def _trend_axis(top: float, language: str) -> list[str]:
    parts = []
    for value in (0.0, top / 2, top):
        y = _y(value, top)
        parts.append(svg.line(TREND_LEFT, y, TREND_RIGHT, y, stroke_opacity=0.3))
        parts.append(svg.label(TREND_LEFT - 5, y + 3, trimmed(value, 2, language), "end"))
    return parts


def _trend_target(
    top: float, indicator: Indicator, target: Target | None, language: str
) -> list[str]:
    if target is None or target.value is None:
        return []
    y = _y(float(target.value), top)
    text = format_target(target, indicator, language)
    return [
        svg.line(TREND_LEFT, y, TREND_RIGHT, y, stroke_width=1.5, stroke_dasharray="6 3"),
        svg.label(TREND_LEFT + 3, y - 4, text),
    ]


def _trend_path(estimates: Sequence[Estimate], indicator: Indicator, top: float) -> list[str]:
    parts = []
    values = [shown_value(estimate, indicator) for estimate in estimates]
    for place, (first, second) in enumerate(pairwise(values)):
        if first is not None and second is not None:
            start, end = (_year_x(place + more, len(values)) for more in (0, 1))
            y1, y2 = _y(float(first), top), _y(float(second), top)
            parts.append(svg.line(start, y1, end, y2, stroke=svg.ACCENT, stroke_opacity=0.6))
    return parts


def _trend_year(
    x: float,
    estimate: Estimate,
    indicator: Indicator,
    top: float,
    language: str,
    level: float | None,
) -> list[str]:
    year = str(max(estimate.years)) if estimate.years else ""
    parts = [svg.label(x, TREND_BOTTOM + 14, year, "middle")]
    value = shown_value(estimate, indicator)
    if value is None:
        words = missing_words(estimate, language) or format_value(estimate, indicator, language)
        return [*parts, svg.label(x, TREND_BOTTOM + 27, words, "middle", font_style="italic")]
    interval = shown_interval(estimate)
    if interval is not None:
        y1, y2 = (_y(bound, top) for bound in interval)
        parts.append(svg.line(x, y1, x, y2, stroke=svg.ACCENT, stroke_width=2.0))
    dot = {"cx": x, "cy": _y(float(value), top), "r": 4.0}
    parts.append(svg.element("circle", fill=svg.ACCENT, **dot))
    number = decimal(value, indicator.decimals, language)
    return [*parts, svg.label(x + 7, _beside(_y(float(value), top), level), number)]


def _beside(y: float, level: float | None) -> float:
    """Where a dot's number stands: above the dot, but below it under a line that is near."""
    return y + 13 if level is not None and 0 <= y - level < NEAR else y - 4
