"""The smallest chart: a target's values over the years, its level as a broken line."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from analysis.reports import svg
from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import format_target, format_value, shown_value
from analysis.types import Estimate, Indicator, Target

WIDTH, HEIGHT = 120, 32
LEAST = 2  # a single dot says nothing that the number beside it does not
LEFT, RIGHT, TOP, BOTTOM = 5.0, 115.0, 5.0, 27.0


def spark(
    estimates: Sequence[Estimate], indicator: Indicator, target: Target, language: str = "vi"
) -> str:
    """The SVG (120 x 32), "" where fewer than two years have a value. One estimate a year, in any
    order; years without a value keep their place."""
    ordered = sorted(estimates, key=lambda one: one.years)
    values = [shown_value(one, indicator) for one in ordered]
    known = [value for value in values if value is not None]
    if len(known) < LEAST:
        return ""
    low, high = _range(known, target)
    parts = _level(target, low, high)
    points = [
        None if value is None else (_x(place, len(values)), _y(value, low, high))
        for place, value in enumerate(values)
    ]
    for one, other in pairwise(points):
        if one and other:
            parts.append(svg.line(*one, *other, stroke=svg.ACCENT, stroke_width=2.0))
    parts += [
        svg.element("circle", cx=point[0], cy=point[1], r=2.6, fill=svg.ACCENT)
        for point in points
        if point
    ]
    return svg.picture(WIDTH, HEIGHT, _title(ordered, indicator, target, language), parts)


def _range(known: Sequence[Fraction], target: Target) -> tuple[Fraction, Fraction]:
    """Lowest and highest of values and level, with a little room; never of no height."""
    every = [*known, *([target.value] if target.value is not None else [])]
    low, high = min(every), max(every)
    room = (high - low) / 10 or abs(high) / 10 or Fraction(1)
    return low - room, high + room


def _x(place: int, years: int) -> float:
    return (LEFT + RIGHT) / 2 if years == 1 else LEFT + place * (RIGHT - LEFT) / (years - 1)


def _y(value: Fraction, low: Fraction, high: Fraction) -> float:
    return BOTTOM - float((value - low) / (high - low)) * (BOTTOM - TOP)


def _level(target: Target, low: Fraction, high: Fraction) -> list[str]:
    if target.value is None:
        return []
    y = _y(target.value, low, high)
    return [svg.line(LEFT - 3, y, RIGHT + 3, y, stroke_dasharray="3 2", stroke_opacity=0.7)]


def _title(
    estimates: Sequence[Estimate], indicator: Indicator, target: Target, language: str
) -> str:
    word = "mức kế hoạch" if is_vietnamese(language) else "the plan's level"
    years = "; ".join(
        f"{max(one.years)}: {format_value(one, indicator, language)}" for one in estimates
    )
    if target.value is None:
        return years
    return f"{years} ({word} {format_target(target, indicator, language)})"
