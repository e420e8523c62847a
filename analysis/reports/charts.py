"""The small chart of a target in the officer's table, as inline SVG.

Why not matplotlib here: docs/decisions/0003-small-charts.md. The line carries the 95 % interval,
the dot the value, the tall mark the target, the grey band the side (or the reference band) that
the plan wants. A second, broken mark is the value that the plan probably meant.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.reports import svg
from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import (
    exact_value,
    format_interval,
    format_number,
    format_target,
    format_value,
    short_target,
    shown_interval,
    shown_value,
    trimmed,
    verdict_words,
)
from analysis.reports.wide_charts import trend_chart
from analysis.reports.words import DIRECTIONS
from analysis.types import Arithmetic, Direction, Statistical, TargetResult

__all__ = ["chart_title", "target_chart", "trend_chart"]

WIDTH, HEIGHT = 220, 48
LEFT, RIGHT, MIDDLE = 8.0, 212.0, 27.0
CHARACTER = 5.6  # width of a label's character at 10 px, for keeping labels inside


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps a number to pixels; numbers beyond the ends stop at the ends."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """Pixels from the left edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return LEFT + share * (RIGHT - LEFT)


def target_chart(result: TargetResult, language: str = "vi") -> str:
    """The SVG (220 x 48) of one target: value, interval, target mark, wanted side."""
    scale = scale_of(result)
    parts = [_track(scale, result), *_ends(scale, result, language)]
    if shown_value(result.estimate, result.indicator) is None:
        parts.append(_words(result, language))
    else:
        parts += [*_interval(scale, result), _dot(scale, result)]
    parts += _marks(scale, result, language)
    return svg.picture(WIDTH, HEIGHT, chart_title(result, language), parts)


def chart_title(result: TargetResult, language: str = "vi") -> str:
    """What the chart shows, for a screen reader and as the tooltip."""
    indicator, estimate = result.indicator, result.estimate
    value = format_value(estimate, indicator, language, result.target.value)
    interval = format_interval(estimate, indicator, language)
    target = format_target(result.target, indicator, language)
    words = verdict_words(result.verdict, language)
    goal = "chỉ tiêu" if is_vietnamese(language) else "target"
    parts = [
        f"{indicator.name[language]}: {value}" + (f" ({interval})" if interval else ""),
        f"{goal} {target}, {DIRECTIONS[indicator.direction][language]}",
        f"{words.arithmetic}; {words.statistical}",
    ]
    return ". ".join(dict.fromkeys(parts))


def scale_of(result: TargetResult) -> Scale:
    """0 to 100 for shares; else from 0 to a little beyond value, target and (most of) interval."""
    values = [float(v) for v in (result.target.value, result.target.suspected) if v is not None]
    value = shown_value(result.estimate, result.indicator)
    values += [float(value)] if value is not None else []
    values += list(_band(result) or ())
    if result.indicator.unit.vi == "%" and all(0 <= v <= 100 for v in values):
        return Scale(0.0, 100.0)
    top = max([*values, 0.0]) or 1.0
    interval = shown_interval(result.estimate)
    reach = min(interval[1], 3 * top) if interval and value is not None else top
    return Scale(0.0, svg.round_up(max(top, reach) * 1.05))


def _band(result: TargetResult) -> tuple[float, float] | None:
    return result.target.reference_band


def _track(scale: Scale, result: TargetResult) -> str:
    good = _good_side(scale, result)
    band = ""
    if good is not None:
        start, end = scale.x(good[0]), scale.x(good[1])
        band = svg.box(
            min(start, RIGHT - 3), MIDDLE - 6, max(end - start, 3), 12, fill_opacity=0.15
        )
    return band + svg.line(LEFT, MIDDLE, RIGHT, MIDDLE, stroke_opacity=0.5)


def _good_side(scale: Scale, result: TargetResult) -> tuple[float, float] | None:
    """The stretch of the scale where the target is met, None where there is no number for it."""
    band, value = _band(result), result.target.value
    if result.indicator.direction is Direction.BAND and band is not None:
        return band
    if value is None or result.target.comparator == "=":
        return None
    if result.target.comparator in {"<", "<="}:
        return scale.low, float(value)
    return float(value), scale.high


def _ends(scale: Scale, result: TargetResult, language: str) -> list[str]:
    if result.target.value is None:
        return []
    low, high = (trimmed(round(end, 1), 1, language) for end in (scale.low, scale.high))
    return [
        svg.label(LEFT, HEIGHT - 3, low, font_size=9, fill_opacity=0.75),
        svg.label(RIGHT, HEIGHT - 3, high, "end", font_size=9, fill_opacity=0.75),
    ]


def _words(result: TargetResult, language: str) -> str:
    text = format_number(result.estimate, result.indicator, language)
    if result.target.value is None and exact_value(result.estimate) is None:
        text = format_target(result.target, result.indicator, language) + ": " + text
    return svg.label(WIDTH / 2, HEIGHT - 3, text, "middle", font_style="italic")


def _interval(scale: Scale, result: TargetResult) -> list[str]:
    interval = shown_interval(result.estimate)
    if interval is None:
        return []
    low, high = interval
    start, end = scale.x(low), scale.x(high)
    parts = [svg.line(start, MIDDLE, end, MIDDLE, stroke=svg.ACCENT, stroke_width=3.0)]
    parts.append(_cap(start, MIDDLE, -6.0 if low < scale.low else 0.0))
    parts.append(_cap(end, MIDDLE, 6.0 if high > scale.high else 0.0))
    return parts


def _cap(x: float, y: float, beyond: float) -> str:
    """The end of an interval: a bar, or an arrow where it goes on beyond the scale."""
    if beyond:
        return svg.arrow(x + beyond / 2, y, beyond, fill=svg.ACCENT)
    return svg.line(x, y - 4, x, y + 4, stroke=svg.ACCENT, stroke_width=1.5)


def _dot(scale: Scale, result: TargetResult) -> str:
    """Filled where the plan's arithmetic says met; hollow otherwise or where nobody can tell."""
    value = shown_value(result.estimate, result.indicator)
    verdict = result.verdict
    met = verdict is not None and verdict.arithmetic is Arithmetic.MET
    known = verdict is not None and verdict.statistical is not Statistical.NOT_ASSESSABLE
    return svg.element(
        "circle",
        cx=scale.x(float(value or 0)),
        cy=MIDDLE,
        r=4.5,
        fill=svg.ACCENT if met and known else "#ffffff",
        stroke=svg.ACCENT,
        stroke_width=2.0,
    )


def _marks(scale: Scale, result: TargetResult, language: str) -> list[str]:
    value, suspected = result.target.value, result.target.suspected
    parts: list[str] = []
    if value is not None:
        x, text = scale.x(float(value)), short_target(result, language)
        parts.append(svg.line(x, 14, x, 37, stroke_width=2.0))
        parts.append(svg.label(_inside(x, text), 10, text, "middle"))
    if suspected is not None and math.isfinite(suspected):
        x = scale.x(float(suspected))
        parts.append(svg.line(x, 14, x, 37, stroke_width=1.5, stroke_dasharray="3 2"))
    return parts


def _inside(x: float, text: str) -> float:
    half = len(text) * CHARACTER / 2
    return min(max(x, half + 1), WIDTH - half - 1)
