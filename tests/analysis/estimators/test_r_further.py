"""A third round of questions to R's `survey` 4.1-1, asked by data/survey/further.R.

Two stages, smooth functions across variables and domains, small domains with their degrees of
freedom and intervals, calibrated domains, replicates. Each docstring quotes the call; `des` is the
household design with fpc, `wr` without, `two` has persons drawn within households.
"""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest

from analysis.estimators import contrasts, survey
from analysis.estimators.calibration import calibrate
from analysis.estimators.domains import crossed, groups, subset
from analysis.estimators.errors import BadDesign, LonelyPsu
from analysis.estimators.intervals import t_interval
from analysis.estimators.proportions import proportion
from analysis.estimators.replicates import jackknife
from analysis.estimators.sample import Mask, Sample, survey_design
from analysis.estimators.statistic import Statistic
from analysis.estimators.two_stage import two_stage
from tests.analysis.estimators.test_r_survey import FOLDER, Data, close, one, the_design

with (FOLDER / "further.csv").open(encoding="utf-8", newline="") as _lines:
    FURTHER = {row[0]: [float(text) for text in row[1:]] for row in csv.reader(_lines)}


def persons_drawn(lonely: str = "fail", everybody: bool = False) -> tuple[Sample, Data]:
    """svydesign(id=~hh_id+person_no, strata=~village, weights=~weight, fpc=~n_hh_village+M)

    M is two more than were asked, in every third household as many. Households of one person asked,
    and villages left with one household, are there only with `everybody`.
    """
    _, data = the_design("hh")
    names, first, household = np.unique(data["hh_id"], return_index=True, return_inverse=True)
    size = np.bincount(household)[household]
    number = np.empty(names.size, dtype=int)
    number[np.argsort(first)] = np.arange(1, names.size + 1)
    more = number[household] % 3 != 0
    data = data | {"M": size + 2.0 * more}
    keep = np.ones(size.size, dtype=bool)
    if not everybody:
        keep = size > 1
        homes = {v: len(set(data["hh_id"][keep & (data["village"] == v)])) for v in VILLAGES}
        keep &= np.array([homes[v] > 1 for v in data["village"].tolist()])
    data = {name: values[keep] for name, values in data.items()}
    sample = survey_design(
        data["village"], data["hh_id"], data["weight"], data["n_hh_village"], lonely
    )
    return two_stage(sample, data["person_no"], data["M"]), data


VILLAGES = [f"V{number:02d}" for number in range(1, 13)]


def test_two_stages_mean_total_ratio() -> None:
    """svymean(~care_hours, two); svytotal(~care_hours, two); svyratio(~wage_work, ~employed, two)
    svymean(~care_hours_m, subset(two, sex == "F"), na.rm = TRUE)"""
    sample, data = persons_drawn()
    close(one(survey.mean(sample, data["care_hours"])), FURTHER["two.mean"])
    close(one(survey.total(sample, data["care_hours"])), FURTHER["two.total"])
    close(one(survey.ratio(sample, data["wage_work"], data["employed"])), FURTHER["two.ratio"])
    women = subset(data["sex"] == "F")
    close(one(survey.mean(sample, data["care_hours_m"], women)), FURTHER["two.na.F"])


def test_two_stages_domains_and_their_covariance() -> None:
    """b <- svyby(~care_hours, ~sex, two, svymean, covmat = TRUE); vcov(b)
    svycontrast(b, quote(F / M)); svyby(~aware, ~village, two, svymean)"""
    sample, data = persons_drawn()
    found = survey.mean(sample, data["care_hours"], groups(data["sex"]))
    close([*found.value, *found.se()], FURTHER["two.by"])
    close(contrasts.covariance([found]).ravel(), FURTHER["two.vcov"])
    women, men = found.pick(0), found.pick(1)
    close(one(contrasts.quotient(women, men)), FURTHER["two.fm"])
    sides = data["sex"] == "F", data["sex"] == "M"
    ratio = survey.ratio_of_domain_means(sample, data["care_hours"], *sides)
    close(one(ratio.ratio), FURTHER["two.fm"])
    both = survey.means(sample, [data["care_hours"], data["aware"]], groups(data["sex"]))
    close([*both[0].value, *both[0].se()], FURTHER["two.by"])
    aware = survey.mean(sample, data["aware"], groups(data["village"]))
    close([*aware.value, *aware.se()], FURTHER["two.village"])


@pytest.mark.parametrize("rule", ["remove", "certainty"])
def test_one_person_drawn_of_several(rule: str) -> None:
    """options(survey.lonely.psu = "remove" / "certainty"); svymean(~care_hours, two), everybody

    Under "fail" R refuses: "Stratum (…) has only one PSU at stage 2"."""
    sample, data = persons_drawn(rule, everybody=True)
    close(one(survey.mean(sample, data["care_hours"])), FURTHER[f"two.lonely.{rule}"])
    strict, _ = persons_drawn("fail", everybody=True)
    with pytest.raises(LonelyPsu, match="only one PSU at stage 2"):
        survey.mean(strict, data["care_hours"]).se()


def test_a_second_stage_that_took_everybody_adds_nothing() -> None:
    sample, data = the_design("hh")
    size = {h: float((data["hh_id"] == h).sum()) for h in set(data["hh_id"].tolist())}
    everybody = np.array([size[h] for h in data["hh_id"].tolist()])
    two = two_stage(sample, data["person_no"], everybody)
    assert one(survey.mean(two, data["age"])) == one(survey.mean(sample, data["age"]))
    assert survey.mean(two, data["age"], groups(data["village"])).listed_in_full().sum() == 1


def test_what_a_second_stage_refuses() -> None:
    """Each fault names the stratum and the sampling unit."""
    sample = survey_design(["a"] * 4, [1, 1, 2, 2], [1.0] * 4, [9.0] * 4)
    units = [1, 2, 1, 2]
    for population, words in (
        ([3.0, 4.0, 2.0, 2.0], r"stratum a, PSU 1: 3 and 4"),
        ([3.0, 3.0, 1.0, 1.0], r"a, PSU 2: its population \(1 PSUs\) is below its sample \(2\)"),
        ([3.0, 3.0, math.nan, math.nan], r"a, PSU 2: the number of its second-stage units"),
        ([3.0, 3.0, 2.0, math.nan], r"stratum a, PSU 2"),
    ):
        with pytest.raises(BadDesign, match=words):
            two_stage(sample, units, population)
    two = two_stage(sample, units, [5.0] * 4)
    with pytest.raises(BadDesign, match="one stage"):
        jackknife(two, lambda s: survey.mean(s, [1.0, 2.0, 3.0, 4.0]).value)
    assert one(survey.mean(two.take(np.arange(4)), [1.0, 2.0, 4.0, 4.0])) == one(
        survey.mean(two, [1.0, 2.0, 4.0, 4.0])
    )


def smooth(statistics: list[Statistic], name: str) -> Statistic:
    """The functions of further.R with their derivatives."""
    hours, age, aware, employed = (float(s.value[0]) for s in statistics)
    value, gradient = {
        "product": (hours * employed, [employed, 0, 0, hours]),
        "log": (math.log(hours / age), [1 / hours, -1 / age, 0, 0]),
        "odds": (aware / (1 - aware), [0, 0, 1 / (1 - aware) ** 2, 0]),
        "mixed": (hours - 0.5 * age + math.exp(aware), [1, -0.5, math.exp(aware), 0]),
    }[name]
    return contrasts.contrast(statistics, value, gradient)


@pytest.mark.parametrize("name", ["product", "log", "odds", "mixed"])
def test_smooth_functions_across_variables(name: str) -> None:
    """v <- svymean(~care_hours + age + aware + employed, des); svycontrast(v, quote(…)):
    care_hours * employed; log(care_hours / age); aware / (1 - aware);
    care_hours - 0.5 * age + exp(aware)"""
    sample, data = the_design("hh")
    variables = [data[name] for name in ("care_hours", "age", "aware", "employed")]
    close(one(smooth(survey.means(sample, variables), name)), FURTHER[f"contrast.{name}"])


def test_ratios_of_domain_ratios() -> None:
    """r <- svyby(~wage_work, ~sex, denominator = ~employed, des, svyratio, covmat = TRUE)
    svycontrast(r, quote(F / M)); svycontrast(r, c(F = 1, M = -1))"""
    sample, data = the_design("hh")
    women, men = data["sex"] == "F", data["sex"] == "M"
    found = survey.ratio_of_domain_means(sample, data["wage_work"], women, men, x=data["employed"])
    close(one(found.ratio), FURTHER["ratios.fm"])
    close(one(found.difference), FURTHER["ratios.diff"])
    by = survey.ratio(sample, data["wage_work"], data["employed"], groups(data["sex"]))
    close(one(contrasts.quotient(by.pick(0), by.pick(1))), FURTHER["ratios.fm"])
    close(one(contrasts.difference(by.pick(0), by.pick(1))), FURTHER["ratios.diff"])


def test_a_function_of_four_cells() -> None:
    """b <- svyby(~care_hours, ~education + sex, wr, svymean, covmat = TRUE)
    svycontrast(b, quote(primary.F / primary.M - secondary.F / secondary.M))"""
    sample, data = the_design("hh_nofpc")
    cells = crossed([groups(data["education"]), groups(data["sex"])])
    by = survey.mean(sample, data["care_hours"], cells)
    at = {label: by.pick(position) for position, label in enumerate(cells.labels)}
    first = contrasts.quotient(at["primary", "F"], at["primary", "M"])
    second = contrasts.quotient(at["secondary", "F"], at["secondary", "M"])
    close(one(contrasts.difference(first, second)), FURTHER["cells.change"])


def test_a_share_of_totals() -> None:
    """t <- svytotal(~wage_work + agriculture, subset(des, sex == "F"))
    svycontrast(t, quote(wage_work / (wage_work + agriculture)))"""
    sample, data = the_design("hh")
    women = subset(data["sex"] == "F")
    wage, land = (survey.total(sample, data[n], women) for n in ("wage_work", "agriculture"))
    a, b = float(wage.value[0]), float(land.value[0])
    found = contrasts.contrast([wage, land], a / (a + b), [b / (a + b) ** 2, -a / (a + b) ** 2])
    close(one(found), FURTHER["totals.share"])


@pytest.mark.parametrize("village", ["V01", "V06", "V12"])
def test_small_domains(village: str) -> None:
    """s <- subset(des, village == "V01" & sex == "F"); m <- svymean(~care_hours, s)
    degf(s); confint(m, df = degf(s)); confint(m, df = degf(s), level = .9)"""
    sample, data = the_design("hh")
    inside: Mask = (data["village"] == village) & (data["sex"] == "F")
    found = survey.mean(sample, data["care_hours"], subset(inside))
    (value, se), df = one(found), float(found.df()[0])
    ends = [*(t_interval(value, se, df) or ()), *(t_interval(value, se, df, 0.9) or ())]
    close([value, se, df, *ends], FURTHER[f"domain.{village}"])


def test_a_domain_across_variables() -> None:
    """s <- subset(des, age >= 60 & employed == 1); svymean(~aware, s); degf(s)
    svyciprop(~aware, s, method = "beta", df = degf(s))"""
    sample, data = the_design("hh")
    old = (data["age"] >= 60) & (data["employed"] == 1)
    found = proportion(sample, data["aware"], old, "beta")
    close([found.value, found.se, found.df], FURTHER["domain.old"])
    close(found.interval, FURTHER["domain.old.beta"])


def test_calibrated_to_sex_and_age_at_once() -> None:
    """g <- calibrate(des, ~0 + one + fem + old, population = c(one = 4100, fem = 2080, old = 1900))
    svyby(~care_hours, ~sex, g, svymean); svytotal(~employed, subset(g, village == "V03"))
    svycontrast(svytotal(~I(care_hours * fem) + fem + …, g), quote((yf / nf) / (ym / nm)))"""
    sample, data = the_design("hh")
    columns = {
        "one": np.ones(data["age"].size),
        "fem": (data["sex"] == "F").astype(float),
        "old": (data["age"] >= 40).astype(float),
    }
    new = calibrate(sample, columns, {"one": 4100.0, "fem": 2080.0, "old": 1900.0})
    weight = new.weight
    close([weight.min(), weight.max(), (weight**2).sum()], FURTHER["cal.weights"])
    by = survey.mean(new, data["care_hours"], groups(data["sex"]))
    close([*by.value, *by.se()], FURTHER["cal.sex"])
    women = data["sex"] == "F"
    ratio = survey.ratio_of_domain_means(new, data["care_hours"], women, ~women)
    close(one(ratio.ratio), FURTHER["cal.fm"])
    third = subset(data["village"] == "V03")
    close(one(survey.total(new, data["employed"], third)), FURTHER["cal.V03"])


def test_the_jackknife_of_a_domain_and_of_a_total() -> None:
    """jk <- as.svrepdesign(des, type = "JKn", mse = TRUE)
    svymean(~aware, subset(jk, sex == "F")). A total is linear: the jackknife is its linearisation.
    """
    sample, data = the_design("hh")
    women = subset(data["sex"] == "F")
    found = jackknife(
        sample,
        lambda s: [
            survey.mean(s, data["aware"], women).value[0],
            survey.total(s, data["care_hours"]).value[0],
        ],
    )
    close([found.value[0], found.se[0]], FURTHER["jk.aware.F"])
    close([found.value[1], found.se[1]], one(survey.total(sample, data["care_hours"])))


def test_every_answer_of_r_is_asked_for() -> None:
    """What further.csv holds, by name: a line that no test reads would be a silent gap."""
    asked = {"two": 10, "contrast": 4, "ratios": 2, "cells": 1, "totals": 1, "domain": 5, "cal": 4}
    asked["jk"] = 1
    kinds = [name.split(".")[0] for name in FURTHER]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == asked
