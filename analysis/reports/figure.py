"""The figure of the Word report: how far each target is, as PNG by matplotlib.

Targets have different units, so the scale is the distance in percent of the target, counted in the
direction that the plan wants: zero is the target, right of it the target is reached. The value and
the level stand beside each row in their own units. Shapes, not colours, carry the meaning.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import (
    format_interval,
    format_number,
    short_target,
    shown_interval,
    shown_value,
)
from analysis.reports.target_text import target_label
from analysis.types import Arithmetic, Report, Statistical, TargetResult

WIDTH = 6.5  # inches: the 165 mm between the margins
DPI = 200
REACH = 100.0  # percent of the target shown to either side

TEXTS = {
    "vi": {
        "axis": "Khoảng cách đến mức chỉ tiêu (% của mức chỉ tiêu)",
        "short": "chưa tới mức chỉ tiêu",
        "reached": "tới hoặc vượt mức chỉ tiêu",
        "against": "{value} so với {target}",
        "interval": "khoảng tin cậy 95%: {interval}",
        "demonstration": "SỐ LIỆU GIẢ ĐỊNH",
        "alt": "Biểu đồ khoảng cách đến mức chỉ tiêu. ",
    },
    "en": {
        "axis": "Distance to the target (% of the target)",
        "short": "short of the target",
        "reached": "at or beyond the target",
        "against": "{value} against {target}",
        "interval": "95% confidence interval: {interval}",
        "demonstration": "INVENTED DATA",
        "alt": "Chart of the distance to the targets. ",
    },
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One row: distance of value and interval from the target, percent, positive = reached."""

    result: TargetResult
    value: float
    low: float | None
    high: float | None


def texts(language: str) -> dict[str, str]:
    """The figure's own words."""
    return TEXTS["vi" if is_vietnamese(language) else "en"]


def gaps(report: Report) -> list[Gap]:
    """The rows: targets with a number to reach and a value that says something about it.

    Left out: no value, only a count, no year of one commune can tell, or a target of 0 (from
    which no relative distance exists).
    """
    return [gap for result in report.results if (gap := _gap(result)) is not None]


def _gap(result: TargetResult) -> Gap | None:
    value = shown_value(result.estimate, result.indicator)
    target, verdict = result.target, result.verdict
    if value is None or not target.value or target.comparator == "=":
        return None
    if verdict is not None and verdict.statistical is Statistical.NOT_ASSESSABLE:
        return None
    sign = -1 if target.comparator in {"<", "<="} else 1
    level = float(target.value)
    interval = shown_interval(result.estimate)
    ends = sorted(sign * 100 * (end / level - 1) for end in interval) if interval else (None, None)
    return Gap(result, sign * 100 * (float(value) / level - 1), ends[0], ends[1])


def row_text(gap: Gap, language: str) -> str:
    """ "42,7% so với ≥ 60%" with the interval: for the alternative text."""
    result, words = gap.result, texts(language)
    parts = [words["against"].format(**_numbers(result, language))]
    interval = format_interval(result.estimate, result.indicator, language)
    if interval:
        parts.append(words["interval"].format(interval=interval))
    return f"{result.indicator.name[language]}: " + ", ".join(parts)


def _numbers(result: TargetResult, language: str) -> dict[str, str]:
    percent = "%" if result.indicator.unit.vi == "%" else ""
    value = format_number(result.estimate, result.indicator, language, result.target.value)
    return {"value": value + percent, "target": short_target(result, language)}


def alternative_text(report: Report, language: str = "vi") -> str:
    """The figure in words, for readers who do not see it."""
    rows = (row_text(gap, language) for gap in gaps(report))
    return texts(language)["alt"] + "; ".join(rows) + "."


def distance_figure(report: Report, language: str = "vi") -> bytes | None:
    """The PNG (200 dpi, 165 mm wide), None where no target can be drawn."""
    rows = gaps(report)
    if not rows:
        return None
    # matplotlib takes 0.7 s to import and is needed for a download only, not for the pages
    # that share this package.
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context({"font.family": "DejaVu Sans", "font.size": 8}):
        figure = Figure(figsize=(WIDTH, 0.95 + 0.42 * len(rows)), dpi=DPI, layout="constrained")
        axes = figure.add_subplot()
        _draw(axes, rows, language)
        if report.demonstration:
            axes.set_title(texts(language)["demonstration"], fontsize=9, fontweight="bold")
        image = io.BytesIO()
        figure.savefig(image, format="png", metadata={"Software": None})
    return image.getvalue()


def _draw(axes: Any, rows: Sequence[Gap], language: str) -> None:
    words = texts(language)
    places = range(len(rows))
    axes.axvspan(0, REACH * 1.05, color="0.92", zorder=0)
    axes.axvline(0, color="black", linewidth=2, zorder=2)
    for place, gap in zip(places, rows, strict=True):
        _row(axes, place, gap)
    axes.set_yticks(places, [_label(gap.result, language) for gap in rows], fontsize=7.5)
    right = axes.secondary_yaxis("right")
    values = [words["against"].format(**_numbers(gap.result, language)) for gap in rows]
    right.set_yticks(places, values, fontsize=7.5)
    right.tick_params(length=0)
    axes.set_xlim(-REACH * 1.05, REACH * 1.05)
    axes.set_ylim(len(rows) - 0.5, -0.9)
    axes.set_xlabel(words["axis"])
    axes.grid(axis="x", color="0.8", linewidth=0.5, zorder=0)
    for x, key, side in ((-REACH, "short", "left"), (REACH, "reached", "right")):
        axes.text(x, -0.62, words[key], ha=side, va="center", style="italic", fontsize=7)


def _row(axes: Any, place: int, gap: Gap) -> None:
    """The interval as a line (with an arrow where it leaves the scale), the value as a dot."""
    if gap.low is not None and gap.high is not None:
        low, high = max(gap.low, -REACH), min(gap.high, REACH)
        axes.plot([low, high], [place, place], color="black", linewidth=1.6, zorder=3)
        for end, outside, arrow in ((low, gap.low < -REACH, "<"), (high, gap.high > REACH, ">")):
            axes.plot(end, place, marker=arrow if outside else "|", color="black", zorder=3)
    beyond = abs(gap.value) > REACH
    marker = ("<" if gap.value < 0 else ">") if beyond else "o"
    axes.plot(
        min(max(gap.value, -REACH), REACH), place, marker=marker, markersize=7,
        markerfacecolor="black" if _is_met(gap) else "white", markeredgecolor="black",
        markeredgewidth=1.4, zorder=4,
    )  # fmt: skip


def _is_met(gap: Gap) -> bool:
    """By the verdict where there is one: "above 40 %" is not met at exactly 40 %."""
    verdict = gap.result.verdict
    return gap.value >= 0 if verdict is None else verdict.arithmetic is Arithmetic.MET


def _label(result: TargetResult, language: str) -> str:
    name = textwrap.shorten(result.indicator.name[language], 74, placeholder="…")
    number = target_label(result.target, language).split()[-1]
    known = number if number[:1].isdigit() else ""
    return textwrap.fill(f"{result.target.objective}.{known} {name}".replace(". ", " "), 37)
