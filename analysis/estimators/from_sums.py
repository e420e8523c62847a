"""The last step of an estimate from units' returns: what follows from its two sums, exactly.

A commune adds up its units, a province its communes; from there on both are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from analysis.estimators import counts
from analysis.estimators.request import ONE_SIDED, ZERO_BELOW, Request
from analysis.estimators.returned import Sides, above_hundred, joined
from analysis.types import Estimate

Fields = dict[str, Any]
"""Fields of an `Estimate`."""

FromSums = Callable[[Sides, int], Fields | None]
"""The fields that follow from both sums and the scale; None for 0/0: nothing occurred."""


def exact(sides: Sides, value: Fraction, method: str) -> Fields:
    """A full count without an interval."""
    return {
        "value": float(value),
        "exact": value,
        "method": method,
        "numerator": float(sides.top),
        "denominator": float(sides.below),
        "n": sides.below,
    }


def share(sides: Sides, scale: int) -> Fields | None:
    """A part of its whole, times `scale`; flagged where the part is larger."""
    if not sides.below:
        return None
    found = exact(sides, Fraction(sides.top * scale, sides.below), "full_count")
    return found | {"note": above_hundred(sides)} if sides.top > sides.below else found


def ratio(sides: Sides, scale: int) -> Fields | None:
    """One sum per `scale` of another; without a value where only the other is zero."""
    if sides.below:
        return exact(sides, Fraction(sides.top * scale, sides.below), "exact_ratio")
    if not sides.top:
        return None
    nothing = {"value": None, "exact": None, "note": ZERO_BELOW}
    return exact(sides, Fraction(0), "exact_ratio") | nothing


def rate(sides: Sides, scale: int) -> Fields | None:
    """Events per `scale` of exposure, with Garwood's interval."""
    if not sides.below:
        return None
    found = counts.rate(sides.top, sides.below, scale)
    bounds = counts.rate(sides.top, sides.below, scale, ONE_SIDED).interval
    value = Fraction(sides.top * scale, sides.below)
    return exact(sides, value, "garwood") | {"interval": found.interval, "bounds": bounds}


def count(sides: Sides, _: int) -> Fields:
    """A number of things: there is no denominator, and zero is a value."""
    found = exact(sides, Fraction(sides.top), "plain_count")
    return found | {"denominator": None, "n": sides.top}


def estimate(request: Request, found: Fields, **known: Any) -> Estimate:
    """The estimate with the fields `found`; `known`: whose it is (`by`) and what is said of the
    returns behind it (`provisional`, `note`, `extra`). The note of the value comes first."""
    note = joined(found.get("note"), known.get("note"))
    fields = known | found | {"note": note}
    return Estimate(request.indicator.code, request.years, variant=request.variant, **fields)
