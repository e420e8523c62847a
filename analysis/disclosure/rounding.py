"""Rounded counts: what a cell of a sensitive table says, to the nearest `ROUNDING`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from analysis.disclosure.cells import is_survey
from analysis.types import Estimate, Text

ROUNDING = 5

ROUNDED = Text(
    f"Số đếm làm tròn đến {ROUNDING} để bảo vệ người được đếm.",
    f"Counts are rounded to {ROUNDING} to protect the persons counted.",
)


def rounded(estimate: Estimate) -> Estimate:
    """A register's cell from counts rounded to the nearest `ROUNDING`, without an interval.

    A survey's cell, and one without two counts, is given back as it is: its value has chance in it.
    """
    top, below, exact = estimate.numerator, estimate.denominator, estimate.exact
    if is_survey(estimate) or exact is None or not top or not below:
        return estimate
    scale = exact * Fraction(below) / Fraction(top)
    up, down = nearest(top), nearest(below)
    if not down:
        return estimate
    value = scale * up / down
    return replace(
        estimate,
        value=float(value),
        exact=value,
        numerator=float(up),
        denominator=float(down),
        n=nearest(estimate.n),
        interval=None,
        bounds=None,
        extra={},
        periods=(),
        note=ROUNDED,
    )


def nearest(count: float) -> int:
    """The nearest multiple of `ROUNDING`; halves go up."""
    return ROUNDING * int((count + ROUNDING / 2) // ROUNDING)
