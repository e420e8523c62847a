"""Indicators of the survey from typed frames: against R's figures, and worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.design import household_design
from analysis.estimators.errors import BadInput
from analysis.estimators.prepared import Prepared
from analysis.types import Design, Frames, Missing
from tests.analysis.computed import near, one
from tests.analysis.frames import Invented, category, households, text, together

PERSONS = Path(__file__).parent / "data" / "survey" / "household_persons.csv"


def reference() -> tuple[Frames, Design]:
    """The persons of R's example as frames: everybody in the household answers (eligible = 1)."""
    data = pd.read_csv(PERSONS, dtype={"hh_id": "str", "village": "str"})
    homes = data.drop_duplicates("hh_id").reset_index(drop=True)
    submission = pd.Series(homes.index.to_numpy() + 1, index=homes["hh_id"])
    villages = sorted(data["village"].unique())
    root = pd.DataFrame(
        {
            "_submission": submission.to_numpy(),
            "_village": pd.Categorical(homes["village"], categories=villages),
            "_year": 2026,
            "result": text(["1"] * len(homes)),
        }
    )
    n = len(data)
    woman = (data["sex"] == "F").to_numpy()
    common = {
        "_submission": submission[data["hh_id"]].to_numpy(),
        "_village": pd.Categorical(data["village"], categories=villages),
        "_year": np.full(n, 2026),
        "_index": data["person_no"].to_numpy(),
    }
    respondent = pd.DataFrame(
        common
        | {
            "person_no": data["person_no"].to_numpy(np.float64),
            "r_sex": text(np.where(woman, "2", "1")),
            "r_age": data["age"].to_numpy(np.float64),
            "eligible": np.ones(n),
            "care_w": data["care_hours"].to_numpy(np.float64),
            "reached": data["aware"].to_numpy(np.float64),
            "informed": data["rare"].to_numpy(np.float64),
        }
    )
    member = pd.DataFrame(
        common
        | {
            "sex": category(woman.astype(int), ["1", "2"]),
            "age_years": data["age"].to_numpy(np.float64),
            "eth": category(np.zeros(n, int), ["01"]),
            "usual": category(np.ones(n, int), ["0", "1"]),
            "work7": category(data["employed"].to_numpy(), ["0", "1"]),
            "status": category(np.where(data["wage_work"] == 1, 0, 1), ["4", "2"]),
            "sector": category(np.where(data["agriculture"] == 1, 0, 1), ["1", "3"]),
        }
    )
    counts = homes.groupby("village", as_index=False)["n_hh_village"].first()
    register = pd.DataFrame({"village": counts["village"], "households": counts["n_hh_village"]})
    frames = {"household": root, "household.respondent": respondent, "household.member": member}
    return frames, household_design(frames, register)


def test_the_care_ratio_of_the_specification() -> None:
    """svycontrast(svyby(~care_hours,~sex,d,svymean,covmat=TRUE),quote(F/M)), with fpc"""
    found = one("CARE_RATIO", *reference())
    assert found.value == near(5.01268601807674)
    assert found.se == near(0.351989973290921)
    assert (found.numerator, found.denominator) == (near(5.10020671746658), near(1.017459840707))
    assert found.extra["mean_numerator_se"] == near(0.12685015852874)
    assert found.extra["mean_denominator_se"] == near(0.0722680197012755)
    assert found.df == 188
    assert found.interval == (near(4.36427402716384), near(5.75743433144389))
    assert (found.method, found.n, found.psus) == ("log", 521, 200)
    assert found.extra["difference"] == near(4.08274687675957)


def test_shares_of_the_specification() -> None:
    """svyciprop(~aware, subset(d, sex=='F')), Korn-Graubard truncated; svyratio for women"""
    frames, design = reference()
    women, men = compute(CATALOGUE["AWARE"], frames, design, years=(2026,), by=("sex",))
    assert (women.by, men.by) == ({"sex": "2"}, {"sex": "1"})
    assert women.value == near(52.3278575930155)
    assert women.se == near(3.02567937619868)
    assert women.interval == (near(46.080295302198), near(58.5219641030022))
    assert men.value == near(56.8740238966575)
    assert women.extra["informed"] == near(2.30304120773146)
    assert women.extra["informed_high"] == near(4.94186601233026)
    wage = one("WAGE_F", frames, design)
    assert wage.value == near(21.5260420030495)
    assert wage.se == near(4.12753234121257)
    assert one("AGRI_F", frames, design).value == near(60.4044616349258)
    assert one("AWARE", frames, design).deff == near(1.03068237340574)


def test_the_variants_of_wage_work() -> None:
    frames, design = reference()
    found = one("WAGE_F", frames, design)
    beside = one("WAGE_F", frames, design, variant="among_wage_workers")
    assert found.extra["among_wage_workers"] == beside.value
    assert beside.variant == "among_wage_workers"
    # women in wage work over all in wage work: 205.678 of 709.184 (svytotal by sex)
    assert beside.value == near(205.678185703186 / 709.184389221889 * 100)
    assert one("WAGE_F", frames, design, variant="men").value == near(36.9569896459067)


def by_hand() -> tuple[Frames, Design]:
    """Two villages of 4 households, two interviewed in each; in one household two women."""
    root = pd.DataFrame(
        {
            "_submission": [1, 2, 3, 4, 5],
            "_village": category([0, 0, 1, 1, 1], ["A", "B"]),
            "_year": [2026] * 5,
            "result": text(["1", "1", "1", "1", "3"]),
        }
    )
    respondent = pd.DataFrame(
        {
            "_submission": [1, 1, 2, 3, 4, 4, 5],
            "_village": category([0, 0, 0, 1, 1, 1, 1], ["A", "B"]),
            "_year": [2026] * 7,
            "_index": [1, 2, 1, 1, 1, 2, 1],
            "person_no": [1.0, 2.0, 1.0, 1.0, 1.0, 2.0, 1.0],
            "r_sex": text(["2", "1", "2", "2", "2", "1", "2"]),
            "r_age": [30.0, 31.0, 40.0, 14.0, 50.0, 51.0, 60.0],
            "eligible": [2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            "care_w": [10.0, 4.0, np.nan, 7.0, 20.0, 8.0, 99.0],
            "reached": [1.0, 0.0, 1.0, 1.0, np.nan, 0.0, 1.0],
            "informed": [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        }
    )
    member = pd.DataFrame(
        {
            "_submission": [1, 1, 2, 4, 4],
            "_index": [1, 2, 1, 1, 2],
            "_year": [2026] * 5,
            "eth": category([0, 1, 0, 1, 2], ["01", "05", "99"]),
        }
    )
    frames = {"household": root, "household.respondent": respondent, "household.member": member}
    register = pd.DataFrame({"village": ["A", "B"], "households": [4, 4]})
    return frames, household_design(frames, register)


def test_a_ratio_by_hand() -> None:
    """Women: weights 2·2 and 2·1, hours 10 and 20; men: weights 2 and 2, hours 4 and 8.

    The girl of 14, the woman without an answer and the refused household do not count.
    """
    found = one("CARE_RATIO", *by_hand())
    mean_women = (4 * 10 + 2 * 20) / 6
    assert found.numerator == near(mean_women)
    assert found.denominator == near(6.0)
    assert found.value == near(mean_women / 6)
    assert (found.n, found.excluded) == (4, 1)
    assert (found.extra["n_numerator"], found.extra["n_denominator"]) == (2.0, 2.0)
    assert (found.psus, found.df) == (3, 1)


def test_the_variance_of_a_ratio_by_hand() -> None:
    """First stage (1 − 1/2)·2/1·Σ(u − ū)² in each village, second stage f·(1 − 1/M)·u²."""
    found = one("CARE_RATIO", *by_hand())
    women, men = 40 / 3, 6.0
    ratio = women / men
    u1 = ((4 * (10 - women)) / 6 - ratio * 2 * (4 - men) / 4) / men
    u4 = ((2 * (20 - women)) / 6 - ratio * 2 * (8 - men) / 4) / men
    first = 0.5 * 2 * ((u1 - u1 / 2) ** 2 + (u1 / 2) ** 2 + (u4 - u4 / 2) ** 2 + (u4 / 2) ** 2)
    chosen_from_two = 4 * (10 - women) / 6 / men
    second = 0.5 * (1 - 1 / 2) * chosen_from_two**2
    assert found.se == near((first + second) ** 0.5)


def test_a_share_by_hand() -> None:
    """Reached: weights 4 (yes), 2 (yes), 2 (no), 2 (no); one adult did not answer."""
    found = one("AWARE", *by_hand())
    assert found.value == near(60.0)
    assert (found.numerator, found.denominator) == (6.0, 10.0)
    assert (found.n, found.excluded) == (4, 1)


def test_ethnicity_comes_from_the_roster() -> None:
    frames, design = by_hand()
    found = compute(CATALOGUE["AWARE"], frames, design, years=(2026,), by=("ethnicity",))
    kinh, minority = found
    assert (kinh.by, kinh.n, kinh.value) == ({"ethnicity": "Kinh"}, 2, 100.0)
    assert (minority.n, minority.excluded, minority.value) == (1, 1, 0.0)


def test_other_years_and_villages_without_interviews() -> None:
    frames, design = by_hand()
    assert one("AWARE", frames, design).value is not None
    (empty,) = compute(CATALOGUE["AWARE"], frames, design, years=(2025,))
    assert empty.missing is Missing.NO_DATA
    villages = compute(CATALOGUE["AWARE"], frames, design, years=(2026,), by=("village",))
    assert [found.by for found in villages] == [{"village": "A"}, {"village": "B"}]


def test_years_together_are_strata_of_their_own() -> None:
    now, before = households(60, 3, seed=3), households(60, 3, seed=4, year=2025)
    shifted = {
        name: frame.assign(_submission=frame["_submission"] + 1000)
        for name, frame in before.frames.items()
    }
    frames = together(now.frames, shifted)
    design = household_design(frames, now.register)
    alone = household_design(now.frames, now.register)
    assert set(design.units["stratum"]) == {f"AK0{v}/{y}" for v in (1, 2, 3) for y in (2025, 2026)}
    both = one("CARE_RATIO", frames, design)
    single = one("CARE_RATIO", now.frames, alone)
    assert (both.value, both.se) == (near(single.value or 0), near(single.se or 0))
    (pooled,) = compute(CATALOGUE["CARE_RATIO"], frames, design, years=(2025, 2026))
    assert pooled.n > both.n


def invented(seed: int = 7) -> tuple[Invented, Design]:
    found = households(250, 8, seed=seed)
    return found, household_design(found.frames, found.register)


def test_a_prepared_frame_changes_nothing() -> None:
    data, design = invented()
    prepared = Prepared(data.frames, design)
    for code in ("CARE_RATIO", "AWARE", "WAGE_F", "AGRI_F"):
        for by in ((), *((name,) for name in CATALOGUE[code].by)):
            fresh = compute(CATALOGUE[code], data.frames, design, years=(2026,), by=by)
            for _ in range(2):
                again = compute(
                    CATALOGUE[code], data.frames, design, years=(2026,), by=by, prepared=prepared
                )
                assert again == fresh


def test_rows_in_any_order_give_the_same() -> None:
    data, design = invented()
    shuffled = {name: frame.sample(frac=1, random_state=1) for name, frame in data.frames.items()}
    other = household_design(shuffled, data.register)
    for code in ("CARE_RATIO", "AWARE", "WAGE_F"):
        a, b = one(code, data.frames, design), one(code, shuffled, other)
        assert (a.n, a.excluded, a.psus, a.df) == (b.n, b.excluded, b.psus, b.df)
        assert (a.value, a.se, a.deff) == (
            near(b.value or 0),
            near(b.se or 0),
            pytest.approx(b.deff),
        )


def test_several_dimensions_at_once_cover_everybody() -> None:
    data, design = invented()
    cells = compute(CATALOGUE["AWARE"], data.frames, design, years=(2026,), by=("sex", "village"))
    assert len(cells) == 2 * 8
    assert sum(cell.n for cell in cells) == one("AWARE", data.frames, design).n
    assert {tuple(cell.by) for cell in cells} == {("sex", "village")}


def test_a_village_listed_in_full_is_certain_for_its_roster_but_not_for_persons_drawn() -> None:
    data = households(80, 2, seed=5, sampled=1.0, refusals=0.0)
    design = household_design(data.frames, data.register)
    wage = one("WAGE_F", data.frames, design)
    assert wage.se == 0.0
    assert wage.interval == wage.bounds == (wage.value, wage.value)
    assert wage.method == "full_list"
    aware = one("AWARE", data.frames, design)
    assert aware.se is not None
    assert aware.se > 0
    assert aware.method == "korn_graubard"


def test_what_is_not_there() -> None:
    data, design = invented()
    assert one("LEAD_UNIT", data.frames).missing is Missing.NO_DATA
    assert one("SRB", data.frames, design).missing is Missing.NO_DATA
    assert one("AWARE", data.frames, None).missing is Missing.NO_DATA
    assert one("AWARE", {}, design).missing is Missing.NO_DATA
    with pytest.raises(BadInput, match="CARE_RATIO is not broken down by 'sex'"):
        one("CARE_RATIO", data.frames, design, by=("sex",))
    cut = dict(data.frames)
    cut["household.respondent"] = cut["household.respondent"].drop(columns="eligible")
    with pytest.raises(BadInput, match=r"household\.respondent lacks the column eligible"):
        one("AWARE", cut, design)


def test_no_woman_at_work_is_no_cases_and_no_answer_is_no_data() -> None:
    data, design = invented()
    frames = dict(data.frames)
    member = frames["household.member"]
    frames["household.member"] = member.assign(
        work7=category(np.where(member["work7"].isna(), -1, 0), ["0", "1"])
    )
    assert one("WAGE_F", frames, design).missing is Missing.NO_CASES
    frames["household.member"] = member.assign(work7=category(np.full(len(member), -1), ["0", "1"]))
    nothing = one("WAGE_F", frames, design)
    assert nothing.missing is Missing.NO_DATA
    assert nothing.excluded > 0


def test_men_without_any_hours_leave_no_ratio() -> None:
    data, design = invented()
    frames = dict(data.frames)
    rows = frames["household.respondent"]
    idle = rows["care_w"].where(rows["r_sex"] == "2", 0.0)
    frames["household.respondent"] = rows.assign(care_w=idle)
    found = one("CARE_RATIO", frames, design)
    assert found.value is None
    assert found.missing is Missing.NO_DATA
    assert "denominator is zero" in (found.note.en if found.note else "")
    assert found.numerator is not None
    only_women = rows[rows["r_sex"] == "2"]
    frames["household.respondent"] = only_women
    assert one("CARE_RATIO", frames, design).missing is Missing.NO_DATA
