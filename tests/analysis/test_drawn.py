"""The design that a stored draw gives, and the steps of its weights."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
import pytest

from analysis.drawn import NOBODY, drawn_design
from analysis.estimators.errors import BadDesign, BadInput
from analysis.estimators.prepared import Prepared
from analysis.estimators.sample import survey_design
from analysis.estimators.survey import mean
from analysis.sampling import BadWeighting
from analysis.sampling.steps import CELLS, Asked, weigh

YEAR = 2026


def root(*submissions: int, result: str = "1") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "_submission": np.array(submissions, dtype=np.int64),
            "_village": "A",
            "_year": YEAR,
            "result": pd.Categorical([result] * len(submissions)),
        }
    )


def issued(**villages: tuple[float, str]) -> pd.DataFrame:
    """`A=(10, "111-x")`: village A of 10 households; 1 complete, - nobody, x not eligible.
    Submissions are numbered from 1 as they are written."""
    rows, number = [], 0
    for village, (households, fates) in villages.items():
        for at, fate in enumerate(fates):
            number += fate == "1"
            rows.append(
                {
                    "village": village,
                    "code": f"{village}-{at}",
                    "submission": number if fate == "1" else NOBODY,
                    "ineligible": fate == "x",
                    "stratum": village,
                    "psu": f"{village}|{at}",
                    "population": households,
                    "households": households,
                    "chance": 1.0,
                    "weight": np.nan,
                }
            )
    return pd.DataFrame(rows)


def test_who_answered_stands_for_who_did_not_in_the_village() -> None:
    design = drawn_design({"household": root(1, 2, 3, 4)}, issued(A=(12, "111-"), B=(5, "1-")))
    assert design.units["stratum"].tolist() == ["A", "A", "A", "B"]
    assert design.units["weight"].tolist() == [4, 4, 4, 5]
    assert design.units["population"].tolist() == [12, 12, 12, 5]
    assert "psu" not in design.units


def test_a_household_that_is_none_takes_its_like_out_of_the_population() -> None:
    design = drawn_design({"household": root(1, 2, 3)}, issued(A=(12, "111x")))
    assert design.units["weight"].tolist() == [3, 3, 3]
    assert design.units["population"].tolist() == [9, 9, 9]


def test_a_census_in_which_all_answered_leaves_no_interval() -> None:
    frames = {"household": root(1, 2, 3)}
    design = drawn_design(frames, issued(A=(4, "111x")))
    assert design.units["weight"].tolist() == [1, 1, 1]
    strata = Prepared(frames, design).units((YEAR,)).strata
    assert strata.left_out.tolist() == [0.0]
    some = drawn_design({"household": root(1, 2)}, issued(A=(4, "11--")))
    assert Prepared({"household": root(1, 2)}, some).units((YEAR,)).strata.left_out[0] == 0.5


def test_only_complete_interviews_of_the_draw_count_and_the_others_are_told() -> None:
    frames = {"household": pd.concat([root(1, 2, 99), root(3, result="2")], ignore_index=True)}
    design = drawn_design(frames, issued(A=(12, "111")), "Mẫu thử")
    assert design.units.index.tolist() == [1, 2]
    assert design.units["weight"].tolist() == [6, 6]
    assert "1 hộ đã hỏi nhưng ngoài mẫu" in design.description.vi
    assert "Mẫu thử" in design.description.vi and "Mẫu thử" in design.description.en


def test_a_stored_weighting_is_used_where_it_covers_every_interview() -> None:
    listed = issued(A=(12, "11-"))
    listed["weight"] = [7.0, 5.0, np.nan]
    frames = {"household": root(1, 2)}
    assert drawn_design(frames, listed).units["weight"].tolist() == [7.0, 5.0]
    listed.loc[1, "weight"] = np.nan  # an interview came after the weighting
    assert drawn_design(frames, listed).units["weight"].tolist() == [6.0, 6.0]
    listed["weight"] = [7.0, 5.0, 3.0]  # an interview was excluded after the weighting
    assert drawn_design(frames, listed).units["weight"].tolist() == [6.0, 6.0]


def test_villages_drawn_by_size_are_the_sampling_units_and_have_no_correction() -> None:
    listed = issued(A=(10, "11"), B=(20, "11"), C=(30, "11"))
    listed["stratum"], listed["psu"] = "pps", listed["village"]
    listed["population"], listed["chance"] = np.nan, listed["households"] / 60
    frame = root(1, 2, 3, 4, 5, 6).assign(y=[1.0, 2.0, 4.0, 3.0, 9.0, 7.0])
    design = drawn_design({"household": frame}, listed)
    prepared = Prepared({"household": frame}, design)
    sample = prepared.sample(prepared.rows("household", (YEAR,)), (YEAR,), None)
    judge = survey_design(
        design.units["stratum"], design.units["psu"], design.units["weight"].to_numpy()
    )
    here, there = (mean(one, frame["y"].to_numpy()) for one in (sample, judge))
    assert sample.strata.psus == 3
    assert here.value[0] == pytest.approx(there.value[0], rel=1e-12)
    assert here.se()[0] == pytest.approx(there.se()[0], rel=1e-12)


def test_without_a_column_or_without_interviews() -> None:
    with pytest.raises(BadDesign, match="psu"):
        drawn_design({}, issued(A=(4, "1")).drop(columns="psu"))
    assert drawn_design({}, issued(A=(4, "--"))).units.empty


def members(*rows: tuple[int, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["submission", "sex", "age"])


def families(count: int) -> pd.DataFrame:
    """Invented households of one to six people of any sex and age."""
    rng = Random(7)
    rows = [
        (number, rng.choice("12"), float(rng.choice((7, 9, 20, 28, 40, 50, 66, 80))))
        for number in range(1, count + 1)
        for _ in range(rng.randint(1, 6))
    ]
    return members(*rows)


def test_every_step_keeps_what_it_promises() -> None:
    listed = issued(A=(100, "1" * 30 + "-" * 5 + "x" * 5), B=(60, "1" * 20 + "-" * 10))
    people = families(50)
    first = weigh(listed, people, Asked())
    steps = dict(first.steps)
    assert [name for name, _ in first.steps] == ["base", "response", "eligible"]
    assert steps["base"].sum() == pytest.approx(160)
    assert steps["response"].sum() == pytest.approx(160)
    assert steps["eligible"].sum() == pytest.approx(100 * 30 / 35 + 60)
    village = weigh(listed, people, Asked("commune")).weight
    assert np.unique(village[village > 0]).size == 2 and village[0] != first.weight[0]


def test_calibration_meets_the_population_and_trimming_keeps_to_both() -> None:
    listed = issued(A=(100, "1" * 30 + "-" * 10), B=(60, "1" * 20 + "-" * 10))
    people = families(50)
    plain = weigh(listed, people, Asked()).weight
    counted = people.assign(weight=plain[plain > 0][people["submission"] - 1])
    totals: dict[str, float] = {}
    for at, cell in enumerate(CELLS):
        sex, _, ages = cell.partition("|")
        low, high = map(int, ages.split("-"))
        inside = (counted["sex"] == ("2" if sex == "F" else "1")) & counted["age"].between(
            low, high
        )
        totals[cell] = round(float(counted.loc[inside, "weight"].sum()) * (1.1 if at % 2 else 0.95))
    made = weigh(listed, people, Asked(population=totals))
    assert [name for name, _ in made.steps][-1] == "calibrated"
    for cell, known in totals.items():
        sex, _, ages = cell.partition("|")
        low, high = map(int, ages.split("-"))
        inside = (people["sex"] == ("2" if sex == "F" else "1")) & people["age"].between(low, high)
        weights = made.weight[made.weight > 0][people.loc[inside, "submission"] - 1]
        assert weights.sum() == pytest.approx(known, rel=1e-9)
    weights = made.weight[made.weight > 0]
    cap = 0.5 * (1 + float(weights.max() / np.median(weights)))
    trimmed = weigh(listed, people, Asked(population=totals, cap=cap)).weight
    used = trimmed[trimmed > 0]
    assert used.max() <= cap * np.median(used) * (1 + 1e-5) < weights.max()
    women = people[(people["sex"] == "2") & people["age"].between(15, 34)]
    assert used[women["submission"] - 1].sum() == pytest.approx(totals["F|15-34"], rel=1e-9)


def test_refusals_name_what_is_wrong() -> None:
    listed, people = issued(A=(10, "11"), B=(6, "--")), families(2)
    with pytest.raises(BadWeighting, match="B"):
        weigh(listed, people, Asked())
    with pytest.raises(BadInput, match="60-200"):
        weigh(listed, people, Asked("commune", population={"F|60-200": 0.0}))
    with pytest.raises(BadInput, match="Phiếu 1 "):
        weigh(listed, members((1, "3", 20.0)), Asked("commune", population={"F|15-34": 9.0}))
    far = dict.fromkeys(("F|15-34", "M|15-34"), 9.0) | {"F|35-59": 1e-9}
    with pytest.raises(BadWeighting, match=r"F\|35-59.*mẫu ước tính"):
        weigh(
            issued(A=(10, "11")),
            members((1, "2", 20), (1, "1", 20), (1, "2", 40), (2, "2", 40)),
            Asked(population=far),
        )
    with pytest.raises(BadWeighting, match="Ngưỡng"):
        weigh(issued(A=(10, "11")), people, Asked(cap=0.5))
