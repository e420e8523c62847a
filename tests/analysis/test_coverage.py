"""95 % intervals hold the truth as often as they say; where they do not, the estimate says so.

A quick version of benchmarks.coverage: fixed seeds, bounds from the simulation's own error.
"""

from __future__ import annotations

import pytest
from scipy.stats import binom

from analysis.estimators.cautions import FEW_DF, RARE, caution
from tests.analysis.drawn_communes import SETTINGS, Commune, Setting, coverage

DRAWS = 200
CERTAIN = 0.0005  # of each side: what chance alone does once in a thousand tests


@pytest.mark.parametrize("setting", [SETTINGS[1], SETTINGS[2]], ids=lambda one: one.name)
def test_intervals_hold_the_truth(setting: Setting) -> None:
    """93 to 97 of 100, give or take the error of 200 draws."""
    low = binom.ppf(CERTAIN, DRAWS, 0.93) / DRAWS
    high = binom.ppf(1 - CERTAIN, DRAWS, 0.97) / DRAWS
    for code, found in coverage(setting, DRAWS, seed=1).items():
        assert low <= found.share <= high, (code, found)
        assert found.none == 0 and found.warned < DRAWS / 20, code


def test_half_as_wide_intervals_would_be_noticed() -> None:
    """The bounds of the test above can fail: at half the width two thirds hold the truth."""
    setting = SETTINGS[1]
    commune = Commune(setting, 1)
    truth, held = commune.truth()["AWARE"], 0
    for _ in range(DRAWS):
        one = commune.estimates(("AWARE",))["AWARE"]
        low, high = one.interval or (0.0, 0.0)
        value = one.value or 0.0
        held += value - (value - low) / 2 <= truth <= value + (high - value) / 2
    assert held / DRAWS < binom.ppf(CERTAIN, DRAWS, 0.93) / DRAWS


def test_few_households_and_rare_cases_carry_a_caution() -> None:
    """Where the table of docs/estimates.md leaves 93 to 97, the value says so."""
    few = coverage(Setting("", 300, 2, 3), 30, seed=5)
    assert {code: one.warned for code, one in few.items()} == dict.fromkeys(few, 30)
    rare = coverage(Setting("", 1_500, 12, 10, aware=0.01), 30, seed=5, codes=("AWARE",))["AWARE"]
    assert rare.warned >= 28
    one = Commune(Setting("", 1_500, 12, 10, aware=0.01), 5).estimates(("AWARE",))["AWARE"]
    assert one.note == RARE


def test_the_limits_of_a_caution() -> None:
    assert caution(30, FEW_DF, 60, 0.5) is None
    assert "30 hộ" in (caution(30, FEW_DF - 1, 60, 0.5) or RARE).vi
    assert caution(300, 280, 500, 0.021) is None
    assert caution(300, 280, 500, 0.019) is caution(300, 280, 500, 0.981) is RARE
    assert caution(300, 280, 500) is None
