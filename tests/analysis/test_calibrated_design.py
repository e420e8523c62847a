"""Weights made to agree with the population: the published error is the calibrated estimate's.

R takes a row a household with the totals of its persons, as data/survey/households.R writes them;
we go the service's own road from the issued households to the indicator.
"""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.drawn import BEFORE, CELL, drawn_design
from analysis.estimators import survey
from analysis.estimators.calibration import Regression
from analysis.estimators.domains import subset
from analysis.estimators.errors import BadInput
from analysis.estimators.prepared import Prepared
from analysis.estimators.sample import Carriers, sample_of, strata_of
from analysis.sampling.steps import Asked, Made, weigh
from analysis.types import Design, Estimate, Frames
from tests.analysis.estimators.test_r_survey import FOLDER, close, one

YEAR = 2026
POPULATION = {"F|0-39": 1100.0, "F|40-200": 1010.0, "M|0-39": 1140.0, "M|40-200": 890.0}

with (FOLDER / "households.csv").open(encoding="utf-8", newline="") as _lines:
    R = {row[0]: [float(text) for text in row[1:]] for row in csv.reader(_lines)}


def persons() -> pd.DataFrame:
    """The persons of R's data; `submission`: the number of the household."""
    read = pd.read_csv(FOLDER / "household_persons.csv")
    number = pd.factorize(read["hh_id"])[0] + 1
    return read.assign(submission=number, code=read["sex"].map({"F": "2", "M": "1"}))


def issued(people: pd.DataFrame, made: Made | None, villages: bool = False) -> pd.DataFrame:
    """The households of `people`, all issued and all complete. `villages`: they are the sampling
    units, without a correction."""
    home = people.groupby("submission").first()
    found = pd.DataFrame(
        {
            "village": home["village"],
            "code": home["hh_id"],
            "submission": home.index,
            "ineligible": False,
            "stratum": "pps" if villages else home["village"],
            "psu": home["village"] if villages else home["hh_id"],
            "population": np.nan if villages else home["n_hh_village"].astype(float),
            "households": home["n_hh_village"].astype(float),
            "chance": 1.0,
            "weight": np.nan,
        }
    ).reset_index(drop=True)
    if made is not None:
        found["weight"], found[BEFORE] = made.weight, dict(made.steps)["eligible"]
        for cell, held in made.counts.items():
            found[CELL + cell] = held
    return found


def weights(people: pd.DataFrame) -> Made:
    listed = people.rename(columns={"sex": "letter", "code": "sex"})
    return weigh(issued(people, None), listed, Asked(population=POPULATION))


def frames(people: pd.DataFrame) -> Frames:
    """One respondent a person, nobody drawn within the household."""
    home = people.groupby("submission").first()
    root = pd.DataFrame(
        {
            "_submission": home.index,
            "_village": home["village"].astype("category"),
            "_year": YEAR,
            "result": pd.Categorical(["1"] * len(home)),
        }
    ).reset_index(drop=True)
    respondent = pd.DataFrame(
        {
            "_submission": people["submission"],
            "_village": people["village"].astype("category"),
            "_year": YEAR,
            "_index": 1,
            "person_no": 1.0,
            "r_sex": people["code"].astype("category"),
            "r_age": 40.0,
            "eligible": 1.0,
            "care_w": people["care_hours_m"],
        }
    )
    return {"household": root, "household.respondent": respondent}


def design(people: pd.DataFrame, villages: bool = False) -> Design:
    return drawn_design(frames(people), issued(people, weights(people), villages))


@pytest.mark.parametrize("name", ["hh", "village"])
def test_the_indicator_has_the_error_that_r_gives_a_calibrated_design(name: str) -> None:
    """g <- calibrate(des, ~0 + f0 + f1 + m0 + m1, population, calfun = "raking")
    svycontrast(svytotal(~yf + nf + ym + nm, g), quote((yf / nf) / (ym / nm)))
    svyratio(~yf, ~nf, g); svyratio(~ym, ~nm, g)
    """
    people = persons()
    made = design(people, villages=name == "village")
    assert "đã khớp số dân" in made.description.vi
    weight = made.units["weight"].to_numpy()
    close([weight.min(), weight.max(), (weight**2).sum()], R[f"{name}.weights"])
    (found,) = compute(CATALOGUE["CARE_RATIO"], frames(people), made, years=[YEAR])
    close([found.value, found.se], R[f"{name}.fm"])  # the weights are iterated
    close([found.numerator, found.extra["mean_numerator_se"]], R[f"{name}.mean.f"])
    close([found.denominator, found.extra["mean_denominator_se"]], R[f"{name}.mean.m"])
    assert found.df == (188 if name == "hh" else 11)


@pytest.mark.parametrize("name", ["hh", "village"])
def test_shares_ratios_and_domains_of_a_calibrated_design(name: str) -> None:
    """svyratio(~awf, ~ones, g); svyratio(~wf, ~ef, g); svyratio(~v3, ~n3, g)"""
    people = persons()
    prepared = Prepared(frames(people), design(people, villages=name == "village"))
    sample = prepared.sample(prepared.rows("household.respondent", (YEAR,)), (YEAR,), None)
    women = (people["sex"] == "F").to_numpy()
    close(one(survey.mean(sample, people["aware"], subset(women))), R[f"{name}.aware"])
    wage = survey.ratio(sample, people["wage_work"], people["employed"], subset(women))
    close(one(wage), R[f"{name}.wage"])
    third = subset(women & (people["village"] == "V03").to_numpy())
    close(one(survey.mean(sample, people["care_hours_m"], third)), R[f"{name}.V03"])
    # Rows that no question is about may be dropped: the households carry the calibration.
    rows = np.flatnonzero(women)
    fewer = survey.mean(sample.take(rows), people["aware"].to_numpy()[rows])
    close(one(fewer), R[f"{name}.aware"])


def test_without_calibration_nothing_changes() -> None:
    """The same weights as plain weights: equal values, the errors of before."""
    people = persons()
    with_it = design(people)
    listed = issued(people, weights(people)).drop(columns=BEFORE)
    plain = drawn_design(frames(people), listed)
    assert plain.calibrated is None and with_it.calibrated is not None
    assert plain.units.equals(with_it.units) and "đã khớp" not in plain.description.vi
    asked = CATALOGUE["CARE_RATIO"]
    (here,), (there,) = (
        compute(asked, frames(people), made, years=[YEAR]) for made in (with_it, plain)
    )
    close([here.value, here.n, here.psus, here.df], [there.value, there.n, there.psus, there.df])
    assert here.se is not None and there.se is not None and abs(here.se / there.se - 1) > 0.005


def estimate(people: pd.DataFrame, made: Design, drawn: float) -> Estimate:
    """CARE_RATIO where each respondent stands for `drawn` persons of the household."""
    given = dict(frames(people))
    given["household.respondent"] = given["household.respondent"].assign(eligible=drawn)
    (found,) = compute(CATALOGUE["CARE_RATIO"], given, made, years=[YEAR])
    return found


def test_who_is_drawn_within_the_household_adds_what_it_added() -> None:
    """Classes in which nobody is explain nothing: all as without, the second stage too."""
    people = persons()
    plain = replace(design(people), calibrated=None)
    nothing = pd.DataFrame({"before": plain.units["weight"], "nobody": 0.0})
    empty = estimate(people, replace(plain, calibrated=nothing), 2.0)
    without = estimate(people, plain, 2.0)
    close(
        [empty.value, empty.se, empty.se_everybody],
        [without.value, without.se, without.se_everybody],
    )
    calibrated = estimate(people, design(people), 2.0)
    alone = estimate(people, design(people), 1.0)
    assert calibrated.se_everybody == pytest.approx(without.se_everybody)
    assert calibrated.se**2 == pytest.approx(alone.se**2 + without.se_everybody**2)


def test_a_household_without_its_figures_is_named() -> None:
    people = persons()
    made = design(people)
    assert made.calibrated is not None
    lacking = replace(made, calibrated=made.calibrated.drop(index=7))
    with pytest.raises(BadInput, match="Phiếu 7 "):
        Prepared(frames(people), lacking).units((YEAR,))


def test_over_repeated_draws_the_error_is_that_of_the_estimate() -> None:
    """An invented commune where hours follow who lives in the household: over 300 draws the mean
    variance is that of the estimates, and that of plain weights a third too large or more."""
    rng = np.random.default_rng(5)
    homes = 800
    x = rng.integers(0, 4, (homes, 2)).astype(float)
    x[:, 0] += 1
    hours = x @ np.array([6.0, 2.0]) + rng.normal(0, 2.0, homes)
    strata = strata_of(np.repeat([0, 1], 40), [400.0, 400.0])
    values, calibrated, plain = [], [], []
    for _ in range(300):
        chosen = np.concatenate([rng.choice(400, 40, False), 400 + rng.choice(400, 40, False)])
        old, held = np.full(80, 10.0), x[chosen]
        slope = np.linalg.solve((held * old[:, None]).T @ held, x.sum(axis=0) - old @ held)
        new = old * (1 + held @ slope)
        at = np.arange(80)
        sample = sample_of(at, new, strata)
        with_it = replace(sample, carriers=Carriers(at, at, Regression(held, old, new)))
        found = survey.total(with_it, hours[chosen])
        values.append(found.value[0])
        calibrated.append(found.variance()[0])
        plain.append(survey.total(sample, hours[chosen]).variance()[0])
    assert np.mean(values) == pytest.approx(hours.sum(), rel=0.01)
    assert np.mean(calibrated) == pytest.approx(np.var(values), rel=0.2)
    assert np.mean(plain) > 4 / 3 * np.var(values)


def test_villages_drawn_by_size_are_not_called_households() -> None:
    """Few villages: the caution counts units, not households."""
    people = persons()
    few = people[people["village"].isin(["V01", "V03", "V06"])]
    listed = issued(few, None, villages=True)
    (found,) = compute(
        CATALOGUE["CARE_RATIO"], frames(few), drawn_design(frames(few), listed), years=[YEAR]
    )
    assert found.note is not None and "3 đơn vị (thôn hoặc hộ)" in found.note.vi
