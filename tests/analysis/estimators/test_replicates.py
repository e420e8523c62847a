"""Linear calibration and replicate weights against R's `survey` 4.1-1; each test quotes the call.

The totals are 1.01, 1.03 and 0.99 times the sample's own sums of 1, women and age.
"""

from __future__ import annotations

import numpy as np
import pytest

from analysis.estimators import survey
from analysis.estimators.calibration import calibrate
from analysis.estimators.domains import subset
from analysis.estimators.errors import BadDesign, BadInput, LonelyPsu
from analysis.estimators.replicates import bootstrap, jackknife
from analysis.estimators.sample import Floats, Sample
from tests.analysis.estimators.test_r_survey import Data, close, one, the_design

POPULATION = {"one": 4215.7149742202246, "fem": 2147.586744269619, "age": 167650.16796978022}


def auxiliary(data: Data) -> dict[str, Floats]:
    return {
        "one": np.ones(data["age"].size),
        "fem": (data["sex"] == "F").astype(float),
        "age": data["age"],
    }


def test_linear_calibration() -> None:
    """g <- calibrate(d, ~0+one+fem+age, population=c(one=…, fem=…, age=…))
    svymean(~care_hours, g); svytotal(~care_hours, g); svyratio(~wage_work, ~employed, g)
    svymean(~care_hours, subset(g, sex=="F")); svymean(~care_hours_m, g, na.rm=TRUE)"""
    sample, data = the_design("hh")
    new = calibrate(sample, auxiliary(data), POPULATION)
    assert new.weight.min() == pytest.approx(0.83507530899909255, rel=1e-12)
    assert new.weight.max() == pytest.approx(22.082090554918715, rel=1e-12)
    hours = data["care_hours"]
    close(one(survey.mean(new, hours)), [3.1018046342661418, 0.079964564734358173])
    close(one(survey.total(new, hours)), [13076.324243781466, 337.10781295763621])
    ratio = survey.ratio(new, data["wage_work"], data["employed"])
    close(one(ratio), [0.30299713940151002, 0.02842053172815168])
    women = survey.mean(new, hours, subset(data["sex"] == "F"))
    close(one(women), [5.1097169745849635, 0.12681047292542752])
    missing = survey.mean(new, data["care_hours_m"])
    close(one(missing), [3.1361077577507643, 0.0848181406485565])


def test_calibrated_totals_are_the_population() -> None:
    sample, data = the_design("hh")
    new = calibrate(sample, auxiliary(data), POPULATION)
    for name, column in auxiliary(data).items():
        found = survey.total(new, column)
        assert found.value[0] == pytest.approx(POPULATION[name], rel=1e-12)
        assert found.se()[0] == pytest.approx(0, abs=1e-6), "nothing is left to chance"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fem": 1.0, "one": 2.0}, "Population totals are needed"),
        (POPULATION | {"fem": 9000.0}, "negative weight"),
        (POPULATION | {"fem": float("nan")}, "total of fem must be a finite number"),
    ],
)
def test_calibration_refuses(change: dict[str, float], message: str) -> None:
    sample, data = the_design("hh")
    with pytest.raises(BadInput, match=message):
        calibrate(sample, auxiliary(data), change)


def test_calibration_names_the_row_and_the_columns() -> None:
    sample, data = the_design("hh")
    with pytest.raises(BadInput, match="depend on each other"):
        calibrate(sample, auxiliary(data) | {"two": 2 * np.ones(521)}, POPULATION | {"two": 1.0})
    hole = np.array(data["age"])
    hole[6] = np.nan
    with pytest.raises(BadInput, match="no value in row 7"):
        calibrate(sample, auxiliary(data) | {"age": hole}, POPULATION)


def ratio_of_sexes(data: Data, sample: Sample) -> float:
    """The care ratio, written without the estimators."""
    w, y, women = sample.weight, data["care_hours"], data["sex"] == "F"
    mean = [float((w * y)[sex].sum() / w[sex].sum()) for sex in (women, ~women)]
    return mean[0] / mean[1]


def test_jackknife() -> None:
    """r <- as.svrepdesign(d, type="JKn", mse=TRUE); svymean(~care_hours, r)
    svyratio(~wage_work, ~employed, r); withReplicates(r, function(w, data) …)"""
    sample, data = the_design("hh")
    hours, wage, employed = data["care_hours"], data["wage_work"], data["employed"]
    found = jackknife(
        sample,
        lambda s: [
            survey.mean(s, hours).value[0],
            survey.ratio(s, wage, employed).value[0],
            ratio_of_sexes(data, s),
        ],
    )
    close(found.value, [3.0569240045774095, 0.30596031000128376, 5.0126860180767379])
    close(found.se, [0.096808972124482071, 0.0283605000128072, 0.35298542594634291])


def test_the_bootstrap_agrees_with_linearisation() -> None:
    """1,000 replicates: its own error is about 2.2 %, so 8 % is beyond chance."""
    sample, data = the_design("hh")
    found = bootstrap(sample, lambda s: ratio_of_sexes(data, s), 1000, seed=1)
    linear = survey.ratio_of_domain_means(
        sample, data["care_hours"], data["sex"] == "F", data["sex"] == "M"
    ).ratio
    assert found.se[0] == pytest.approx(linear.se()[0], rel=0.08)
    again = bootstrap(sample, lambda s: ratio_of_sexes(data, s), 20, seed=1)
    same = bootstrap(sample, lambda s: ratio_of_sexes(data, s), 20, seed=1)
    assert again.se[0] == same.se[0]


def test_replicates_refuse_what_they_cannot_do() -> None:
    sample, data = the_design("hh_lonely")
    with pytest.raises(LonelyPsu):
        jackknife(sample, lambda s: survey.mean(s, data["care_hours"]).value)
    sample, data = the_design("hh")
    new = calibrate(sample, auxiliary(data), POPULATION)
    with pytest.raises(BadDesign, match="calibrated anew"):
        bootstrap(new, lambda s: survey.mean(s, data["care_hours"]).value, 10, seed=1)
    with pytest.raises(BadDesign, match="At least 2"):
        bootstrap(sample, lambda s: survey.mean(s, data["care_hours"]).value, 1, seed=1)
