"""Every case of R's `survey` in expected.json, computed by our estimators.

The file quotes the R call of each case and its results (R 4.2.2, survey 4.1-1, where noted 4.5).
Relative tolerance 1e-9; 1e-6 where R iterates (`logit`, `likelihood`), 1e-12 for `xlogit`.
"""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.estimators import calibration, contrasts, effects, intervals, survey
from analysis.estimators.domains import Domains, crossed, groups, subset, whole
from analysis.estimators.errors import LonelyPsu
from analysis.estimators.proportions import (
    PROPORTION_INTERVALS,
    effective_rows,
    korn_graubard_truncated,
    proportion,
)
from analysis.estimators.quantiles import quantile
from analysis.estimators.sample import Mask, Sample, survey_design
from analysis.estimators.statistic import Statistic

FOLDER = Path(__file__).parents[1] / "data" / "survey"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in EXPECTED["cases"]}

TOLERANCE = {"logit": 1e-6, "likelihood": 1e-6, "xlogit": 1e-12}

Data = dict[str, Any]


def read_persons() -> Data:
    with (FOLDER / "household_persons.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    text = {"village", "hh_id", "sex", "education"}
    return {
        name: np.array([row[name] for row in rows])
        if name in text
        else np.array([_number(row[name]) for row in rows])
        for name in rows[0]
    }


def _number(text: str) -> float:
    return math.nan if text in ("", "NA") else float(text)


PERSONS = read_persons()


def the_design(name: str, lonely: str = "fail") -> tuple[Sample, Data]:
    """The sample and the columns of one of expected.json's designs."""
    keep = np.ones(len(PERSONS["weight"]), dtype=bool)
    if "lonely" in name:
        keep = (PERSONS["village"] != "V11") | (PERSONS["hh_id"] == "V11-006")
    data = {column: values[keep] for column, values in PERSONS.items()}
    fpc = None if "nofpc" in name else data["n_hh_village"]
    return survey_design(data["village"], data["hh_id"], data["weight"], fpc, lonely), data


def the_domain(where: str | None, data: Data) -> Mask:
    """Rows of a condition written as in R: sex=='F'."""
    if where is None:
        return np.ones(len(data["sex"]), dtype=bool)
    column, value = where.split("==")
    return data[column.strip()] == value.strip().strip("'")


def close(found: Any, expected: Any, tolerance: float = 1e-9, scale: float = 0.0) -> None:
    """Relative agreement; `scale` is the size against which an exact zero is judged."""
    np.testing.assert_allclose(
        np.asarray(found, dtype=float),
        np.asarray(expected, dtype=float),
        rtol=tolerance,
        atol=tolerance * scale,
    )


def groups_of(args: Data, data: Data) -> Domains:
    parts = [groups(data[column]) for column in args["by"]]
    return parts[0] if len(parts) == 1 else crossed(parts)


def one(statistic: Statistic) -> tuple[float, float]:
    return float(statistic.value[0]), float(statistic.se()[0])


def check_mean_or_total(case: Data) -> None:
    args, expected = case["args"], case.get("expected_survey_4_5", case["expected"])
    sample, data = the_design(case["design"], args.get("lonely_psu", "fail"))
    estimate = survey.mean if case["stat"] == "mean" else survey.total
    if "error" in expected:
        with pytest.raises(LonelyPsu, match=r"Stratum \(V11\) has only one PSU at stage 1"):
            estimate(sample, data[args["y"][0]]).variance()
        return
    domains = groups_of(args, data) if "by" in args else None
    found = [estimate(sample, data[name], domains) for name in args["y"]]
    values = np.concatenate([statistic.value for statistic in found])
    close(values, np.atleast_1d(expected["est"]))
    close(np.concatenate([s.se() for s in found]), np.atleast_1d(expected["se"]), scale=1e-3)
    if "vcov" in expected:
        vcov = np.array(expected["vcov"])
        close(contrasts.covariance(found), vcov, scale=float(np.abs(vcov).max()) * 1e-3)
    if "groups" in expected and domains is not None:
        labels = [list(g) if isinstance(g, tuple) else g for g in domains.labels]
        assert labels == expected["groups"]
    if "deff" in args:
        kind = {"wor": "without", "wr": "replace"}[args["deff"]]
        close(
            effects.design_effect(sample, found[0], data[args["y"][0]], kind=kind)[0],
            expected["deff"],
        )
    if "df" in expected:
        degrees = np.atleast_1d(expected["df"])
        close(np.concatenate([s.df() for s in found])[: degrees.size], degrees)
    check_intervals(values, found, expected)


def check_intervals(values: Any, found: list[Statistic], expected: Data) -> None:
    for position, statistic in enumerate(found):
        value, se = one(statistic)
        if "ci_t" in expected and statistic.value.size == 1:
            ci = np.reshape(expected["ci_t"], (-1, 2))[position]
            close(intervals.t_interval(value, se, float(statistic.df()[0])), ci)
        if "ci_z" in expected and statistic.value.size == 1:
            ci = np.reshape(expected["ci_z"], (-1, 2))[position]
            close(intervals.t_interval(value, se, math.inf), ci)
        if "cv" in expected and statistic.value.size == 1:
            close(se / value, np.atleast_1d(expected["cv"])[position])


def check_ratio(case: Data) -> None:
    args, expected = case["args"], case["expected"]
    sample, data = the_design(case["design"])
    domains = groups_of(args, data) if "by" in args else None
    found = survey.ratio(sample, data[args["y"]], data[args["x"]], domains)
    close(found.value, np.atleast_1d(expected["est"]))
    close(found.se(), np.atleast_1d(expected["se"]))
    if "vcov" in expected:
        close(contrasts.covariance([found]), expected["vcov"])
    check_intervals(found.value, [found], expected)


def check_ratio_of_domain_means(case: Data) -> None:
    args, expected = case["args"], case["expected"]
    sample, data = the_design(case["design"], args.get("lonely_psu", "fail"))
    group, y = data[args["by"]], data[args["y"]]
    women, men = group == args["num"], group == args["den"]
    found = survey.ratio_of_domain_means(sample, y, women, men)
    value, se = one(found.ratio)
    close(value, expected["est"])
    close(se, expected["se"])
    means = [survey.mean(sample, y, subset(mask)) for mask in (women, men)]
    by_contrast = contrasts.quotient(*means)
    close(one(by_contrast), (expected["est"], expected["se"]))
    if "df" not in expected:
        return
    df = float(found.ratio.df()[0])
    assert df == expected["df"] == float(by_contrast.df()[0])
    close(intervals.t_interval(value, se, df), expected["ci_t"])
    close(math.log(value), expected["log_est"])
    close(se / value, expected["log_se"])
    low, high = intervals.log_interval(value, se, df) or (0.0, 0.0)
    close([low, high], expected["ci_log_t"])
    close(one(contrasts.difference(*means)), (expected["diff_est"], expected["diff_se"]))
    close(one(found.difference), (expected["diff_est"], expected["diff_se"]))
    vcov = contrasts.covariance(means)
    close(vcov, expected["domain_vcov"])
    close(vcov[0, 1] / math.sqrt(vcov[0, 0] * vcov[1, 1]), expected["corr"])
    ignored = intervals.Quotient(
        float(means[0].value[0]), float(means[1].value[0]), vcov[0, 0], vcov[1, 1], 0.0
    )
    close(ignored.se(), expected["se_if_covariance_ignored"])


def check_proportion(case: Data) -> None:
    args, expected = case["args"], case["expected"]
    sample, data = the_design(case["design"])
    where = the_domain(args["where"], data)
    results = dict(expected, wilson=expected["wilson_survey_4_5"])
    for method in PROPORTION_INTERVALS.keys() - {"korn_graubard"}:
        found, result = proportion(sample, data[args["y"]], where, method), results[method]
        assert (found.n, found.df) == (expected["n"], expected["df"])
        if "error" in result or result["ci"] == [None, None]:
            assert found.interval is None, method
            continue
        tolerance = TOLERANCE.get(method, 1e-9)
        close([found.value, found.se], [result["est"], result["se"]], tolerance, scale=1.0)
        close(found.interval, result["ci"], tolerance, 1.0 if method == "logit" else 0.0)


def check_truncated(case: Data) -> None:
    args, expected = case["args"], case["expected"]
    sample, data = the_design(case["design"])
    found = survey.mean(sample, data[args["y"]], subset(the_domain(args["where"], data)))
    p, v = float(found.value[0]), float(found.variance()[0])
    n, df = int(found.n[0]), float(found.df()[0])
    close([p, math.sqrt(v)], [expected["est"], expected["se"]])
    assert (n, df) == (expected["n"], expected["df"])
    close(min(n, effective_rows(p, v, n, df)), expected["n_eff_df"])
    close(korn_graubard_truncated(p, v, n, df), expected["ci"])


def check_quantile(case: Data) -> None:
    args, expected = case["args"], case["expected"]
    sample, data = the_design(case["design"])
    for position, p in enumerate(args["p"]):
        found = quantile(sample, data[args["y"]], p, args["qrule"], args["interval"])
        close(
            [found.value, found.low, found.high, found.se],
            [expected[key][position] for key in ("est", "lo", "hi", "se")],
        )
        assert found.df == expected["df"]


def check_calibration(case: Data) -> None:
    args, expected = case["args"], case["expected"]
    sample, data = the_design(case["design"])
    population = args["population"]
    if args["kind"].startswith("ps"):
        ((column, counts),) = population.items()
        calibrated = calibration.post_stratify(sample, data[column], counts)
    else:
        calibrated = calibration.rake(sample, [(data[c], n) for c, n in population.items()])
    weight = calibrated.weight
    close(weight.sum(), expected["weights_sum"])
    close([weight.min(), weight.max()], [expected["weights_min"], expected["weights_max"]])
    close(weight[:6], expected["weights_first6"])
    close((weight**2).sum(), expected["weights_sum_sq"])
    y = data[expected["mean"]["y"]]
    close(one(survey.mean(calibrated, y)), (expected["mean"]["est"], expected["mean"]["se"]))
    close(one(survey.total(calibrated, y)), (expected["total"]["est"], expected["total"]["se"]))
    by_sex = survey.mean(calibrated, y, groups(data["sex"]))
    close(by_sex.value, expected["by_sex"]["est"])
    close(by_sex.se(), expected["by_sex"]["se"])
    ratio = survey.ratio_of_domain_means(calibrated, y, data["sex"] == "F", data["sex"] == "M")
    close(one(ratio.ratio), (expected["fm"]["est"], expected["fm"]["se"]))


CHECKS = {
    "mean": check_mean_or_total,
    "total": check_mean_or_total,
    "ratio": check_ratio,
    "ratio_of_domain_means": check_ratio_of_domain_means,
    "prop_ci": check_proportion,
    "prop_ci_kg_truncated": check_truncated,
    "quantile": check_quantile,
    "calibration": check_calibration,
}


def test_all_cases_are_known() -> None:
    assert len(CASES) == 95
    assert {case["stat"] for case in CASES.values()} == set(CHECKS)


@pytest.mark.parametrize("name", CASES, ids=[f"{c['id']}: {c['r']}" for c in CASES.values()])
def test_r(name: str) -> None:
    CHECKS[CASES[name]["stat"]](CASES[name])


def test_key_values_of_the_specification() -> None:
    """The table of statistics.md, digit for digit."""
    sample, data = the_design("hh")
    women, men = data["sex"] == "F", data["sex"] == "M"
    found = survey.ratio_of_domain_means(sample, data["care_hours"], women, men)
    close(one(found.numerator), (5.10020671746658, 0.12685015852874))
    close(one(found.denominator), (1.017459840707, 0.0722680197012755))
    close(one(found.ratio), (5.01268601807674, 0.351989973290921))
    assert whole(sample.rows).count == 1
