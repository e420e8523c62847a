"""Where a target has gone since the baseline, and the small chart of it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from analysis.catalogue import CATALOGUE
from analysis.evaluate import load_plan
from analysis.reports.sparks import spark
from analysis.trend import Way, trend
from analysis.types import Estimate, Missing, Target

TARGETS = {one.indicator: one for one in load_plan("an-khanh-2026-2030").targets}


def target(code: str, **changes: Any) -> Target:
    return replace(TARGETS[code], **changes)


def survey(year: int, value: float, se: float) -> Estimate:
    return Estimate(
        "WAGE_F", (year,), value=value, se=se, interval=(value - 2 * se, value + 2 * se)
    )


def full(code: str, year: int, part: int, whole: int) -> Estimate:
    exact = Fraction(100 * part, whole)
    return Estimate(
        code, (year,), value=float(exact), exact=exact, numerator=part, denominator=whole
    )


@pytest.mark.parametrize(
    ("code", "estimates", "way"),
    [
        ("WAGE_F", [survey(2026, 40, 1), survey(2027, 50, 1)], Way.BETTER),
        ("WAGE_F", [survey(2026, 50, 1), survey(2027, 40, 1)], Way.WORSE),
        ("WAGE_F", [survey(2026, 40, 4), survey(2027, 45, 4)], Way.UNCLEAR),
        ("WAGE_F", [survey(2027, 50, 1), survey(2026, 40, 1)], Way.BETTER),
        ("CARE_RATIO", [survey(2026, 3, 0.1), survey(2028, 2, 0.1)], Way.BETTER),
        ("LEAD_UNIT", [full("LEAD_UNIT", 2026, 1, 4), full("LEAD_UNIT", 2027, 2, 4)], Way.BETTER),
        ("LEAD_UNIT", [full("LEAD_UNIT", 2026, 2, 4), full("LEAD_UNIT", 2027, 2, 4)], Way.SAME),
        ("WAGE_F", [survey(2026, 40, 1)], Way.NONE),
        ("WAGE_F", [], Way.NONE),
    ],
)
def test_the_way_follows_the_targets_good_side_and_chance(
    code: str, estimates: list[Estimate], way: Way
) -> None:
    assert trend(target(code), CATALOGUE[code], estimates).way is way


def test_the_plans_baseline_is_the_first_point() -> None:
    given = target("WAGE_F", baseline=(2025, Fraction(30)))
    found = trend(given, CATALOGUE["WAGE_F"], [survey(2024, 80, 1), survey(2026, 41, 1)])
    assert found.first is not None
    assert (found.first.year, found.way, found.change) == (2025, Way.BETTER, 11)
    near = trend(given, CATALOGUE["WAGE_F"], [survey(2026, 31, 1)])
    assert near.way is Way.UNCLEAR


def test_the_natural_level_is_better_than_beyond_it() -> None:
    given = target("SRB", reference_band=(104.0, 106.0))
    ways = [
        trend(given, CATALOGUE["SRB"], [full("SRB", 2026, 115, 100), full("SRB", 2027, n, 100)]).way
        for n in (105, 100, 120)
    ]
    assert ways == [Way.BETTER, Way.BETTER, Way.WORSE]
    below = trend(
        given, CATALOGUE["SRB"], [full("SRB", 2026, 105, 100), full("SRB", 2027, 90, 100)]
    )
    assert below.way is Way.WORSE


@pytest.mark.parametrize(
    "left_out",
    [
        Estimate("WAGE_F", (2027,), missing=Missing.SUPPRESSED),
        Estimate("WAGE_F", (2027,), value=90.0, provisional=True),
        Estimate("WAGE_F", (2027,), value=float("inf")),
    ],
)
def test_what_is_hidden_or_provisional_makes_no_trend(left_out: Estimate) -> None:
    found = trend(target("WAGE_F"), CATALOGUE["WAGE_F"], [survey(2026, 40, 1), left_out])
    assert found.way is Way.NONE


def test_a_mere_count_makes_no_trend() -> None:
    few = [Estimate("MMR", (y,), value=1e5, exact=Fraction(10**5), numerator=1, denominator=80)
           for y in (2026, 2027)]  # fmt: skip
    assert trend(target("MMR"), CATALOGUE["MMR"], few).way is Way.NONE


def test_the_spark_keeps_the_place_of_a_hidden_year_and_shows_no_number_of_it() -> None:
    hidden = Estimate("WAGE_F", (2027,), missing=Missing.SUPPRESSED)
    drawn = spark(
        [survey(2026, 40, 1), hidden, survey(2028, 50, 1)], CATALOGUE["WAGE_F"], TARGETS["WAGE_F"]
    )
    places = [float(x) for x in re.findall(r'cx="([\d.]+)"', drawn)]
    assert places == [5.0, 115.0], "the first and the last of three places"
    assert drawn.count("<line") == 1, "the level; nothing is joined over the hidden year"
    assert "style=" not in drawn
    assert "<title>" in drawn
    assert spark([hidden], CATALOGUE["WAGE_F"], TARGETS["WAGE_F"]) == ""
