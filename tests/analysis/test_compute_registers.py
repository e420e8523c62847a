"""Indicators of births and deaths from typed frames: full counts of small numbers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.types import Missing
from tests.analysis.computed import near, one
from tests.analysis.frames import births, category, together


def test_the_sex_ratio_at_birth() -> None:
    found = one("SRB", births(n=80, boys=43))
    assert found.exact == Fraction(4300, 37)
    assert (found.numerator, found.denominator, found.n) == (43.0, 37.0, 80)
    assert found.interval == (near(73.1354479206511), near(185.488809476129))
    assert not found.provisional
    assert found.extra == {"months_present": 12.0, "months_expected": 12.0}
    villages = compute(CATALOGUE["SRB"], births(n=80), None, years=(2026,), by=("village",))
    assert sum(cell.n for cell in villages) == 80


def test_unknown_sex_and_stillbirths_do_not_count() -> None:
    frames = dict(births(n=80, boys=43))
    register = frames["births"].copy()
    codes = register["sex"].cat.codes.to_numpy().copy()
    codes[:3] = 2  # "9"
    frames["births"] = register.assign(sex=category(codes, ["1", "2", "9"]))
    found = one("SRB", frames)
    assert (found.numerator, found.n, found.excluded) == (40.0, 77, 3)


def test_only_boys_leave_no_ratio() -> None:
    found = one("SRB", births(n=5, boys=5))
    assert found.value is None
    assert found.exact is None
    assert found.interval is not None
    assert found.interval[1] == float("inf")
    assert (found.numerator, found.denominator) == (5.0, 0.0)


def test_maternal_deaths() -> None:
    """poisson.test(1, T = 80): 31.6 - 6964.6 per 100 000; incidental deaths do not count"""
    none, single = one("MMR", births(n=80)), one("MMR", births(n=80, deaths=1))
    assert none.exact == 0
    assert none.interval == (0.0, near(4611.09931764242))
    assert none.bounds is not None
    assert none.bounds[1] == near(3744.66534194249)
    assert single.exact == 1250
    assert single.interval == (near(31.6472599803624), near(6964.55423867362))


def test_adolescent_births_by_band() -> None:
    frames = births(n=80, adolescent=4, women=(240, 250))
    found = one("ABR", frames)
    assert found.exact == Fraction(4000, 490)
    bands = compute(CATALOGUE["ABR"], frames, None, years=(2026,), by=("age_band",))
    assert [(band.by["age_band"], band.exact) for band in bands] == [
        ("10-14", Fraction(1000, 240)),
        ("15-19", Fraction(3000, 250)),
    ]
    assert sum(band.numerator or 0 for band in bands) == found.numerator


def test_a_missing_return_makes_it_provisional_but_not_absent() -> None:
    found = one("SRB", births(n=80, months=range(1, 10)))
    assert found.provisional
    assert found.value is not None
    assert found.extra["months_present"] == 9.0
    assert "9 of 12" in (found.note.en if found.note else "")


def test_births_without_any_return_are_provisional() -> None:
    found = one("SRB", {"births": births(n=80)["births"]})
    assert (found.provisional, found.n) == (True, 80)
    assert "no monthly return" in (found.note.en if found.note else "")


def test_births_reported_without_a_form_make_it_provisional() -> None:
    frames = dict(births(n=80))
    register = frames["births"]
    frames["births"] = register.drop(index=register.index[[10, 20]])
    found = one("SRB", frames)
    assert found.provisional
    assert found.extra["births_missing"] == 2.0


def test_without_junes_population_there_is_no_rate() -> None:
    months = [month for month in range(1, 13) if month != 6]
    found = one("ABR", births(months=months))
    assert found.value is None
    assert found.missing is Missing.NO_DATA
    assert "mid-year" in (found.note.en if found.note else "")


def test_a_later_month_corrects_junes_population() -> None:
    frames = dict(births(adolescent=4, women=(240, 250)))
    returns = frames["births_month"].copy()
    returns.loc[returns["ym"] == "2026-09", ["women_10_14", "women_15_19"]] = [100.0, 100.0]
    frames["births_month"] = returns
    assert one("ABR", frames).exact == Fraction(4000, 200)


def test_the_later_of_two_returns_of_a_month_stands() -> None:
    frames = dict(births(deaths=1))
    returns = frames["births_month"]
    again = returns.iloc[[0]].assign(_submission=960_000, deaths_direct=0.0)
    frames["births_month"] = pd.concat([again, returns], ignore_index=True)
    assert one("MMR", frames).numerator == 0.0
    assert one("MMR", frames).extra["months_present"] == 12.0


def test_a_settled_year_without_births_is_no_cases() -> None:
    frames = dict(births(n=80))
    frames["births"] = frames["births"].iloc[:0]
    returns = frames["births_month"]
    none = returns.assign(no_births=category(np.ones(12, int), ["0", "1"]), n_births=np.nan)
    frames["births_month"] = none
    assert one("SRB", frames).missing is Missing.NO_CASES
    assert one("MMR", frames).missing is Missing.NO_CASES
    frames["births_month"] = none.iloc[:5]
    assert one("MMR", frames).missing is Missing.NO_DATA


def test_pooled_years_add_up() -> None:
    years = [births(year, 80, boys=45, seed=year) for year in (2024, 2025, 2026)]
    (found,) = compute(CATALOGUE["SRB"], together(*years), None, years=(2024, 2025, 2026))
    assert (found.numerator, found.n) == (135.0, 240)
    assert found.years == (2024, 2025, 2026)
    assert not found.provisional
    (rate,) = compute(CATALOGUE["ABR"], together(*years), None, years=(2024, 2025, 2026))
    assert rate.exact == Fraction(12_000, 3 * 490)
    (thin,) = compute(CATALOGUE["ABR"], years[2], None, years=(2024, 2025, 2026))
    assert thin.provisional
    assert thin.exact == Fraction(4000, 490)
