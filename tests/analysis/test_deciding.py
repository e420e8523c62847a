"""How many more interviews decide: the forecast against what a sample of that size then gives."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from analysis.catalogue import CATALOGUE
from analysis.deciding import needed
from analysis.evaluate import load_plan
from analysis.reports.target_text import result_text
from analysis.types import Estimate, Statistical, Target, TargetResult
from analysis.verdict import judge
from tests.analysis.drawn_communes import Commune, Setting

AWARE, CARE = CATALOGUE["AWARE"], CATALOGUE["CARE_RATIO"]


def target(value: str, comparator: str = ">=", indicator: str = "AWARE", unit: str = "%") -> Target:
    return Target(
        "t",
        1,
        "1",
        "…",
        indicator,
        comparator,
        True,
        Fraction(value),
        value,
        None,
        unit,
        2026,
        True,
    )


def survey(**changes: object) -> Estimate:
    """52 % of 400 of 2 000 households, the bounds a little to either side."""
    known = {"value": 52.0, "se": 2.5, "bounds": (47.9, 56.1), "sampled": 400, "population": 2000.0}
    return Estimate("AWARE", (2026,), **(known | {"method": "korn_graubard", "n": 760} | changes))  # type: ignore[arg-type]


def notes(one: Estimate, aim: Target) -> list[str]:
    verdict = judge(aim, one, CATALOGUE[one.indicator])
    assert verdict.statistical is Statistical.UNDECIDED
    return [note.en for note in verdict.notes]


def test_the_sentence_beside_an_undecided_verdict() -> None:
    """V = 6.25 at 400 of 2 000, wanted (2/1.645)² = 1.478: 3125/(1.478 + 3125/2000) = 1 028 by the
    standard error; the bound of a share takes 1 043 (R: qbeta(0.05, n*.52, n*.48 + 1) ≥ 0.5, n the
    effective sample)."""
    assert needed(target("50"), survey(method="t")).households == 1028  # type: ignore[union-attr]
    assert needed(target("50"), survey()).households == 1043  # type: ignore[union-attr]
    (note,) = notes(survey(), target("50"))
    assert note.startswith("Some 650 more households") and "400 were" in note
    verdict = judge(target("50"), survey(), AWARE)
    assert "cần hỏi thêm khoảng 650 hộ (đã hỏi 400)" in verdict.notes[0].vi


def test_the_report_says_it_beside_the_verdict() -> None:
    one, aim = survey(), target("50")
    result = TargetResult(aim, AWARE, one, verdict=judge(aim, one, AWARE))
    assert "cần hỏi thêm khoảng 650 hộ (đã hỏi 400)" in result_text(result)
    assert "Some 650 more households" in result_text(result, "en")


@pytest.mark.parametrize(
    ("changes", "goal", "words"),
    [
        ({"se_everybody": 1.3}, "50", "Asking every household might not decide"),
        ({"value": 50.0}, "50", "Asking every household might not decide"),
        ({}, "51.9", "Nearly every household"),
    ],
)
def test_when_even_everybody_is_not_enough(
    changes: dict[str, object], goal: str, words: str
) -> None:
    (note,) = notes(survey(**changes), target(goal))
    assert words in note


def test_a_bound_that_does_not_gain_from_the_strata_takes_more_households() -> None:
    """A share whose standard error is small for its n: the bound takes it for no better than a
    simple sample of n persons. R: the first n of which qbeta(0.05, n*.6, n*.4 + 1) >= .57."""
    one = survey(value=60.0, se=2.0, n=300, sampled=300, population=1000.0)
    by_error = needed(target("57"), replace(one, method="t"))
    by_bound = needed(target("57"), one)
    assert by_error is not None and by_bound is not None
    assert (by_error.households, by_bound.households) == (341, 767)


def test_where_interviews_decide_nothing() -> None:
    """A register, an equality, a decided verdict, a value without a sampling error."""
    aim = target("50")
    assert needed(aim, survey(sampled=None)) is None
    assert needed(aim, survey(population=None)) is None  # villages drawn by size
    assert needed(replace(aim, comparator="="), survey()) is None
    assert needed(aim, survey(se=0.0)) is None
    decided = judge(aim, survey(bounds=(50.5, 56.0)), AWARE)
    assert decided.statistical is Statistical.SURELY_MET and not decided.notes


def test_the_sentence_names_its_reading() -> None:
    """Where the plan's words leave several readings open; a decided one needs no name."""
    plan = load_plan("binh-lu-2026-2030")
    aim = next(one for one in plan.targets if one.indicator == "WAGE_F")
    one = replace(survey(), indicator="WAGE_F", value=42.0, bounds=(38.0, 46.0))
    (note,) = judge(aim, one, CATALOGUE["WAGE_F"]).notes
    assert note.vi.startswith("Theo cách đọc “Phụ nữ có việc làm”: muốn kết luận được, cần hỏi")
    assert note.en.startswith("Read as “Employed women”: some ")
    (plain,) = judge(replace(aim, oddities=()), one, CATALOGUE["WAGE_F"]).notes
    assert plain.vi.startswith("Muốn kết luận được")
    before = result_text(
        TargetResult(aim, CATALOGUE["WAGE_F"], one, verdict=judge(aim, one, AWARE))
    )
    assert before.index("chưa kết luận") < before.index("Theo cách đọc")


@pytest.mark.parametrize("code", ["AWARE", "WAGE_F"])
def test_the_forecast_holds_when_as_many_are_asked(code: str) -> None:
    """From 60 draws of 10 households a village: at the forecast size the bound that is published
    reaches the level, four points away.

    One woman and one man are asked in each household, so the second stage counts too; for women
    in work many households have nobody to count, and more of those are asked as well. Of them the
    stratification makes the standard error smaller than the bound takes it for.
    """
    small = Commune(Setting("", 1_500, 12, 10), seed=3)
    first = [small.estimates((code,))[code] for _ in range(60)]
    assert all(one.sampled == 120 for one in first)
    assert code == "AWARE" or all((one.psus or 0) < 110 for one in first)
    value, se, rest = (
        float(np.mean([getattr(one, name) or 0 for one in first]))
        for name in ("value", "se", "se_everybody")
    )
    top = value / 100 * (first[0].denominator or 0)
    usual = replace(first[0], value=value, se=se, se_everybody=rest, numerator=top)
    found = needed(target(f"{value - 4:.6f}", indicator=code), usual)
    assert found is not None and found.households is not None
    assert 130 < found.households < 1_400
    each = round(found.households / 12)
    large = Commune(Setting("", 1_500, 12, each), seed=3)
    after = [large.estimates((code,))[code] for _ in range(20)]
    reach = [(one.value or 0) - (one.bounds or (0, 0))[0] for one in after]
    assert np.mean(reach) == pytest.approx(4, rel=0.06)


def test_a_ratio_is_taken_on_the_log_scale() -> None:
    one = Estimate(
        "CARE_RATIO", (2026,), value=1.5, se=0.15, bounds=(1.27, 1.77), sampled=200, method="log",
        population=1000.0, n=380,
    )  # fmt: skip
    found = needed(target("1.4", "<=", "CARE_RATIO", "lần"), one)
    assert found is not None and found.households is not None
    wanted = (np.log(1.5 / 1.4) / 1.6448536) ** 2
    expected = 0.01 / (1 / 200 - 1 / 1000)
    assert found.households == int(np.ceil(expected / (wanted + expected / 1000)))
