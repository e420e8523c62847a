"""The household design: strata, weights, lonely villages, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.design import household_design
from analysis.estimators.errors import BadDesign, LonelyPsu
from tests.analysis.frames import category, households, text


def root(villages: str, results: str, year: int = 2026) -> dict[str, pd.DataFrame]:
    """A household frame: a letter a household for its village, a digit for its result."""
    names = sorted(set(villages))
    return {
        "household": pd.DataFrame(
            {
                "_submission": np.arange(1, len(villages) + 1),
                "_village": category([names.index(v) for v in villages], names),
                "_year": np.full(len(villages), year),
                "result": text(list(results)),
            }
        )
    }


def register(**counts: int) -> pd.DataFrame:
    return pd.DataFrame({"village": list(counts), "households": list(counts.values())})


def test_complete_interviews_are_the_units() -> None:
    design = household_design(root("AAABB", "11311"), register(A=10, B=4))
    units = design.units
    assert list(units.index) == [1, 2, 4, 5]
    assert list(units["stratum"]) == ["A", "A", "B", "B"]
    assert list(units["weight"]) == [5.0, 5.0, 2.0, 2.0]
    assert list(units["population"]) == [10.0, 10.0, 4.0, 4.0]
    assert "4 complete households in 2 villages (of 5 household forms)" in design.description.en


def test_uncovered_and_lonely_villages_are_named() -> None:
    design = household_design(root("AAB", "111"), register(A=10, B=4, C=7, D=0))
    assert design.lonely_psu == "adjust"
    assert "Not covered: villages C." in design.description.en
    assert "One household (rule “adjust”): villages B." in design.description.en
    assert "Chưa có hộ nào, không đại diện: thôn C." in design.description.vi


def test_more_interviews_than_the_register_has_households() -> None:
    """New households are not on the list yet: the village counts as listed in full."""
    design = household_design(root("AAABB", "11111"), register(A=2, B=4))
    assert list(design.units["population"][:3]) == [3.0, 3.0, 3.0]
    assert list(design.units["weight"][:3]) == [1.0, 1.0, 1.0]
    assert "More interviews than the register, taken as listed in full: villages A." in (
        design.description.en
    )
    unknown = household_design(root("AAZ", "111"), register(A=4))
    assert unknown.units["weight"].iloc[2] == 1.0


def test_nothing_collected_yet() -> None:
    for frames in ({}, root("AA", "34")):
        design = household_design(frames, register(A=4))
        assert len(design.units) == 0
        assert design.description.en == "No household interview yet."


def test_one_year_of_several() -> None:
    before = root("AAA", "111", 2025)["household"]
    now = root("AB", "11")["household"].assign(_submission=[11, 12])
    both = {"household": pd.concat([before, now], ignore_index=True)}
    design = household_design(both, register(A=10, B=4), year=2026)
    assert list(design.units.index) == [11, 12]
    assert list(design.units["stratum"]) == ["A", "B"]
    assert len(household_design(both, register(A=10, B=4)).units) == 5


def test_a_bad_register_is_refused() -> None:
    frames = root("AA", "11")
    for count in (-1, 2.5, None, "many"):
        bad = pd.DataFrame({"village": ["A"], "households": [count]})
        with pytest.raises(BadDesign, match="Village A: the number of households"):
            household_design(frames, bad)
    twice = pd.DataFrame({"village": ["A", "A"], "households": [3, 4]})
    with pytest.raises(BadDesign, match="village A twice"):
        household_design(frames, twice)


def test_one_lonely_village_does_not_keep_the_commune_from_its_report() -> None:
    data = households(60, 4, seed=2, refusals=0.0)
    village = data.frames["household"]["_village"]
    drop = data.frames["household"]["_submission"][village == "AK04"].to_numpy()[1:]
    frames = {name: frame[~frame["_submission"].isin(drop)] for name, frame in data.frames.items()}
    design = household_design(frames, data.register)
    (found,) = compute(CATALOGUE["CARE_RATIO"], frames, design, years=(2026,))
    strict = replace(design, lonely_psu="fail")
    with pytest.raises(LonelyPsu, match="AK04"):
        compute(CATALOGUE["CARE_RATIO"], frames, strict, years=(2026,))
    blind = replace(design, lonely_psu="remove")
    (less,) = compute(CATALOGUE["CARE_RATIO"], frames, blind, years=(2026,))
    assert found.value == less.value
    assert found.se is not None
    assert less.se is not None
    assert found.se > less.se


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_weights_add_up_to_the_register(seed: int) -> None:
    data = households(120, 5, seed=seed)
    design = household_design(data.frames, data.register)
    covered = data.register["village"].isin(design.units["stratum"].astype("str"))
    expected = data.register.loc[covered, "households"].sum()
    assert design.units["weight"].sum() == pytest.approx(expected)
