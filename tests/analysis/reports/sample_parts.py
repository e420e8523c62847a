"""What the results of the invented report are made of."""

from __future__ import annotations

from fractions import Fraction

from analysis.types import (
    Arithmetic,
    Direction,
    Estimate,
    Indicator,
    Statistical,
    Target,
    Text,
    Trajectory,
    Verdict,
)

PERCENT = Text("%", "%")


def indicator(code: str, vi: str, en: str, **given: object) -> Indicator:
    defaults: dict[str, object] = {
        "numerator": Text(f"Tử số của {code}", f"Numerator of {code}"),
        "denominator": Text(f"Mẫu số của {code}", f"Denominator of {code}"),
        "unit": PERCENT,
        "direction": Direction.UP,
        "table": "household",
        "source": Text("Khảo sát hộ gia đình", "Household survey"),
    }
    return Indicator(code=code, name=Text(vi, en), **(defaults | given))  # type: ignore[arg-type]


def target(id_: str, number: str, verbatim: str, code: str, **given: object) -> Target:
    defaults: dict[str, object] = {
        "objective": int(id_[3]),
        "comparator": ">=",
        "comparator_stated": True,
        "value": None,
        "value_text": "",
        "suspected": None,
        "unit": "%",
        "deadline": 2030,
        "deadline_stated": True,
    }
    return Target(id=id_, number=number, verbatim=verbatim, indicator=code, **(defaults | given))  # type: ignore[arg-type]


def full_count(code: str, k: int, n: int, scale: int = 100) -> Estimate:
    exact = Fraction(k * scale, n)
    return Estimate(
        code, (2026,), value=float(exact), exact=exact, numerator=k, denominator=n, n=n,
        method="full_count",
    )  # fmt: skip


NO_DATA = Verdict(Arithmetic.INCOMPLETE, Statistical.NO_DATA, Trajectory.NO_DATA)
