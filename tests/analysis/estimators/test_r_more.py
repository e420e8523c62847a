"""Further questions to R's `survey`, asked by data/survey/more.R (which quotes every call).

Domains with missing answers, design effects of domains, totals and ratios, the "average" rule,
quantiles of a domain by every rule and interval, another level, calibrated domains.
"""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest

from analysis.estimators import calibration, effects, survey
from analysis.estimators.domains import crossed, groups, subset
from analysis.estimators.errors import BadDesign, LonelyPsu
from analysis.estimators.proportions import proportion
from analysis.estimators.quantiles import QUANTILE_RULES, WOODRUFF, quantile
from analysis.estimators.sample import Mask, Sample, survey_design
from tests.analysis.estimators.test_r_survey import (
    FOLDER,
    TOLERANCE,
    Data,
    close,
    one,
    the_design,
)

with (FOLDER / "more.csv").open(encoding="utf-8", newline="") as _lines:
    MORE = {row[0]: [float(text) for text in row[1:]] for row in csv.reader(_lines)}


def women(data: Data) -> Mask:
    return data["sex"] == "F"


def test_domains_with_missing_answers() -> None:
    sample, data = the_design("hh")
    cells = crossed([groups(data["sex"]), groups(data["employed"])])
    found = survey.mean(sample, data["care_hours_m"], cells)
    close(found.value, MORE["na.by2.mean"])
    close(found.se(), MORE["na.by2.se"])
    effect = effects.design_effect(sample, found, data["care_hours_m"], cells, "without")
    close(effect, MORE["na.by2.deff"])
    assert found.excluded.sum() == np.isnan(data["care_hours_m"]).sum()


def test_design_effects() -> None:
    sample, data = the_design("hh")
    sexes = groups(data["sex"])
    found = survey.mean(sample, data["care_hours_m"], sexes)
    close(
        effects.design_effect(sample, found, data["care_hours_m"], sexes),
        MORE["na.sex.deff_wr"],
    )
    hours = survey.total(sample, data["care_hours"])
    for kind, name in (("without", "total.deff"), ("replace", "total.deff_wr")):
        close(
            effects.design_effect(sample, hours, data["care_hours"], kind=kind, of="total"),
            MORE[name],
        )
    wage, employed = data["wage_work"], data["employed"]
    only = subset(women(data))
    ratio = survey.ratio(sample, wage, employed, only)
    effect = effects.design_effect(sample, ratio, wage, only, "without", "ratio", employed)
    close([*one(ratio), effect[0]], MORE["ratio.F"])
    ratio = survey.ratio(sample, wage, employed)
    effect = effects.design_effect(sample, ratio, wage, None, "replace", "ratio", employed)
    close(effect, MORE["ratio.deff_wr"])


def test_ratio_with_missing_answers() -> None:
    sample, data = the_design("hh_nofpc")
    primary = subset(data["education"] == "primary")
    found = survey.ratio(sample, data["care_hours_m"], data["age"], primary)
    close(one(found), MORE["ratio.na.primary"])


@pytest.mark.parametrize("fpc", ["fpc", "nofpc"])
def test_lonely_psu_rules(fpc: str) -> None:
    design = "hh_lonely" if fpc == "fpc" else "hh_lonely_nofpc"
    sample, data = the_design(design, "average")
    hours = data["care_hours"]
    close(one(survey.mean(sample, hours)), MORE[f"average.mean.{fpc}"])
    close(one(survey.total(sample, hours)), MORE[f"average.total.{fpc}"])
    few = subset(women(data) & np.isin(data["village"], ["V11", "V12", "V01"]))
    close(one(survey.mean(sample, hours, few)), MORE[f"average.domain.{fpc}"])
    alone = subset(data["village"] == "V11")
    with pytest.raises(BadDesign, match="every stratum of this domain has one"):
        survey.mean(sample, hours, alone).variance()
    adjusted, _ = the_design(design, "adjust")
    close(one(survey.mean(adjusted, hours, few)), MORE[f"adjust.domain.{fpc}"])
    strict, _ = the_design(design, "fail")
    untouched = subset(data["village"] != "V11")
    close(one(survey.mean(strict, hours, untouched)), MORE[f"fail.untouched.{fpc}"])
    with pytest.raises(LonelyPsu):
        survey.mean(strict, hours, few).se()


@pytest.mark.parametrize("rule", QUANTILE_RULES)
@pytest.mark.parametrize("interval", WOODRUFF)
def test_quantiles_of_a_domain(rule: str, interval: str) -> None:
    sample, data = the_design("hh")
    found = [
        quantile(sample, data["care_hours_m"], p, rule, interval, where=women(data))
        for p in (0.05, 0.5, 0.95)
    ]
    numbers = [number for q in found for number in (q.value, q.low, q.high, q.se)]
    close(numbers, MORE[f"quantile.{rule}.{interval}"])


def test_quantiles_at_another_level() -> None:
    sample, data = the_design("hh_nofpc")
    village = data["village"] == "V12"
    found = [quantile(sample, data["age"], p, level=0.9, where=village) for p in (0.25, 0.5, 0.75)]
    numbers = [number for q in found for number in (q.value, q.low, q.high, q.se)]
    close(numbers, MORE["quantile.V12"])


@pytest.mark.parametrize("method", ["xlogit", "asin", "beta", "mean", "logit", "likelihood"])
def test_proportion_at_another_level(method: str) -> None:
    sample, data = the_design("hh_nofpc")
    where = (data["education"] == "primary") & (data["sex"] == "M")
    found = proportion(sample, data["aware"], where, method, 0.9)
    close(found.interval, MORE[f"prop90.{method}"], TOLERANCE.get(method, 1e-9))


def post_stratified() -> tuple[Sample, Data]:
    sample, data = the_design("hh")
    return calibration.post_stratify(sample, data["sex"], {"F": 2070, "M": 2037}), data


def test_post_stratified_domains() -> None:
    sample, data = post_stratified()
    found = survey.mean(sample, data["care_hours_m"], groups(data["education"]))
    close(found.value, MORE["ps.education"])
    close(found.se(), MORE["ps.education.se"])
    third = subset(data["village"] == "V03")
    close(one(survey.total(sample, data["employed"], third)), MORE["ps.V03.total"])
    only = subset(women(data))
    ratio = survey.ratio(sample, data["wage_work"], data["employed"], only)
    close(one(ratio), MORE["ps.ratio.F"])


def test_raked_domains() -> None:
    sample, data = the_design("hh_nofpc")
    counts = (451, 228, 606, 148, 337, 796, 204, 385, 279, 522, 112, 39)
    villages = {f"V{number:02d}": count for number, count in enumerate(counts, start=1)}
    margins = [(data["sex"], {"F": 2070, "M": 2037}), (data["village"], villages)]
    raked = calibration.rake(sample, margins)
    found = survey.mean(raked, data["aware"], groups(data["sex"]))
    close([*found.value, *found.se()], MORE["rake.sex"])
    ratio = survey.ratio(raked, data["wage_work"], data["employed"], subset(women(data)))
    close(one(ratio), MORE["rake.ratio.F"])


def test_calibration_refuses_cells_that_do_not_match() -> None:
    sample, data = the_design("hh")
    with pytest.raises(ValueError, match="No population count for cell M"):
        calibration.post_stratify(sample, data["sex"], {"F": 2070})
    with pytest.raises(ValueError, match="nobody in the sample"):
        calibration.post_stratify(sample, data["sex"], {"F": 2070, "M": 2037, "X": 3})
    contradiction = [
        (data["sex"], {"F": 1000, "M": 1000}),
        (data["employed"].astype(int), {"0": 5000, "1": 4000}),
    ]
    with pytest.raises(ValueError, match="did not converge"):
        calibration.rake(sample, contradiction, rounds=50)


@pytest.mark.parametrize("count", [-1.0, float("nan"), float("inf")])
def test_a_population_that_is_no_count_is_refused(count: float) -> None:
    sample, data = the_design("hh")
    for calibrated in (
        lambda: calibration.post_stratify(sample, data["sex"], {"F": count, "M": 2037}),
        lambda: calibration.rake(sample, [(data["sex"], {"F": count, "M": 2037})]),
    ):
        with pytest.raises(ValueError, match="cell F must be finite and not negative"):
            calibrated()


def test_rows_of_weight_zero_in_a_calibration() -> None:
    """Raked, such a row gives what its absence gives (R: an SE of 0). Post-stratified, as R has it:
    d0 <- svydesign(…, weights=~ifelse((row - 1) %% 7 == 0, 0, weight))
    svymean(~care_hours, postStratify(d0, ~sex, data.frame(sex=c("F","M"), Freq=c(2070,2037))))"""
    sample, data = the_design("hh")
    sexes = {"F": 2070.0, "M": 2037.0}
    kept = np.arange(sample.rows) % 7 > 0
    zero = replace(sample, weight=np.where(kept, sample.weight, 0.0))
    post = calibration.post_stratify(zero, data["sex"], sexes)
    close(one(survey.mean(post, data["care_hours"])), [3.08032504845, 0.0834691575459])
    found = []
    for given, rows in ((zero, slice(None)), (sample.take(kept), kept)):
        aware = (data["aware"] > 0)[rows], {"False": 2000.0, "True": 2107.0}
        raked = calibration.rake(given, [(data["sex"][rows], sexes), aware])
        found.append(one(survey.mean(raked, data["care_hours"][rows])))
    assert found[0][1] > 0.05
    close(found[0], list(found[1]))


def test_a_cell_without_weight_is_refused_where_people_live_in_it() -> None:
    sample, data = the_design("hh")
    women_out = replace(sample, weight=np.where(women(data), 0.0, sample.weight))
    with pytest.raises(ValueError, match=r"Cell F .* nobody in the sample"):
        calibration.post_stratify(women_out, data["sex"], {"F": 2070, "M": 2037})
    men = calibration.post_stratify(women_out, data["sex"], {"F": 0, "M": 2037})
    assert men.weight.sum() == pytest.approx(2037)
    assert np.isfinite(survey.mean(men, data["age"]).se()).all()


def test_a_calibrated_sample_keeps_its_rows() -> None:
    sample, data = post_stratified()
    with pytest.raises(ValueError, match="keeps all its rows"):
        sample.take(women(data))


def test_a_psu_in_two_strata_is_refused() -> None:
    with pytest.raises(BadDesign, match="PSU 1 lies in two strata"):
        survey_design(["a", "b"], [1, 1], [1, 1])
