"""Survey indicators: a share of persons, and a ratio of two groups' means.

Both read rows of a household table inside the design's households. Persons without an answer are
left out and counted. The household is the ultimate cluster; where persons were drawn within it, the
second-stage term of `psu.tabulate` is added, so that a village visited in full is not taken for
known without error.

Each is two steps: a PSU table of the rows (`TABULATE`), and the estimates from the table alone
(`FROM_TABLE`). Between the two, tables of partitions may be added up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.estimators import survey
from analysis.estimators.cautions import caution
from analysis.estimators.domains import Domains
from analysis.estimators.effects import proportion_effect
from analysis.estimators.intervals import Interval, Quotient, ratio_interval
from analysis.estimators.prepared import Rows
from analysis.estimators.proportions import korn_graubard_truncated
from analysis.estimators.psu import PsuTable
from analysis.estimators.request import (
    FULL_LIST,
    NO_DEGREES,
    NO_FINITE,
    ONE_SIDED,
    ZERO_BELOW,
    Request,
    scaled,
)
from analysis.estimators.sample import Floats, Mask, Sample
from analysis.estimators.statistic import Statistic
from analysis.types import Estimate, Missing, Text


@dataclass(frozen=True, slots=True, eq=False)
class _Persons:
    """The rows that may lie in the indicator's population, ready for an estimator."""

    sample: Sample
    domains: Domains
    certain: Mask  # surely in the population, with a weight
    positions: np.ndarray  # their places in the table's full columns
    second: Floats | None


def _persons(request: Request) -> _Persons | None:
    """None where no row of the table lies in a household of the design."""
    prepared, years = request.prepared, request.years
    rows = prepared.rows(request.table, years)
    if rows.psu.size == 0:
        return None
    population = rows.table.every(request.conditions("domain"))
    possible = rows.take(population.possible())
    certain = rows.take(population.holds)
    within, second = None, None
    if "weight" in request.arguments:
        within = rows.table.numbers(request.arguments["weight"])
        certain = certain & rows.take(~np.isnan(within))
        second = prepared.second_stage(rows, years, within)
        within = np.nan_to_num(within, nan=1.0)
    sample = prepared.sample(rows, years, within)
    dimensions = [dimension for _, dimension in request.dimensions]
    domains = prepared.domains(rows, years, dimensions)
    chosen = np.flatnonzero(possible)
    return _Persons(
        sample.take(chosen),
        domains.take(chosen),
        certain[chosen],
        _positions(rows, chosen),
        None if second is None else second[chosen],
    )


def _positions(rows: Rows, chosen: np.ndarray) -> np.ndarray:
    return chosen if rows.rows is None else rows.rows[chosen]


@dataclass(frozen=True, slots=True, eq=False)
class Tabulated:
    """An indicator's PSU table, the labels of its domains, and for a ratio the persons with an
    answer on either side: `counted` (2, domains)."""

    table: PsuTable
    labels: tuple[object, ...]
    counted: np.ndarray


def share(request: Request) -> list[Estimate]:
    """The weighted share of persons of `domain` for whom `numerator` holds.

    Arguments: domain, numerator (conditions), weight (column), scale. Interval: Korn-Graubard,
    truncated at n.
    """
    found = tabulate_share(request)
    return [request.blank(Missing.NO_DATA)] if found is None else share_of(request, found)


def tabulate_share(request: Request) -> Tabulated | None:
    """The table of `share`; None where no row lies in a household of the design."""
    persons = _persons(request)
    if persons is None:
        return None
    table = request.prepared.rows(request.table, request.years).table
    met = table.every(request.conditions("numerator"))
    answered = persons.certain.copy()
    if met.unknown is not None:
        answered &= ~met.unknown[persons.positions]
    y = np.where(answered, met.holds[persons.positions], np.nan)
    found = survey.tabulate_mean(persons.sample, y, persons.domains, persons.second)
    labels = persons.domains.labels
    return Tabulated(found, labels, np.zeros((2, len(labels)), dtype=np.intp))


def share_of(request: Request, given: Tabulated) -> list[Estimate]:
    """`share` from its table."""
    found = survey.ratio_of(given.table, strict=False)
    effects, facts = proportion_effect(found), _facts(found)
    return [
        _share_of(request, found, facts, effects, d, label) for d, label in enumerate(given.labels)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """Variance, PSUs, strata and fullness of every domain, computed once."""

    variance: Floats
    psus: np.ndarray
    strata: np.ndarray
    full: Mask
    rest: Floats  # standard errors that would remain if every household were asked
    population: float | None
    sampled: int


def _facts(found: Statistic) -> _Facts:
    psus, strata = found.counts()
    known = float(found.strata.population.sum())
    return _Facts(
        found.variance(),
        psus,
        strata,
        found.listed_in_full(),
        np.sqrt(np.maximum(np.nan_to_num(found.second_stage), 0.0)),  # NaN: a domain without rows
        known if np.isfinite(known) else None,
        found.strata.psus,
    )


def _share_of(
    request: Request, found: Statistic, facts: _Facts, effects: Floats, d: int, label: object
) -> Estimate:
    n, excluded = int(found.n[d]), int(found.excluded[d])
    by = request.label(label)
    if n == 0:
        reason = Missing.NO_DATA if excluded or by else Missing.NO_CASES
        return request.blank(reason, by=by, excluded=excluded)
    p, v = float(found.value[d]), float(facts.variance[d])
    df = float(facts.psus[d] - facts.strata[d])
    full, psus = bool(facts.full[d]), int(facts.psus[d])
    interval, bounds, method, note = _share_interval(p, v, n, df, full)
    if note is None:
        note = caution(psus, df, n, p, listed=facts.population is not None)
    effect = float(effects[d])
    return Estimate(
        request.indicator.code,
        request.years,
        by,
        value=p * request.scale,
        se=v**0.5 * request.scale,
        interval=scaled(interval, request.scale),
        bounds=scaled(bounds, request.scale),
        method=method,
        numerator=float(found.totals[d, 0]),
        denominator=float(found.totals[d, 1]),
        n=n,
        excluded=excluded,
        psus=psus,
        sampled=facts.sampled,
        population=facts.population,
        se_everybody=float(facts.rest[d]) * request.scale,
        df=df,
        deff=effect if np.isfinite(effect) else None,
        note=note,
        variant=request.variant,
    )


def _share_interval(
    p: float, v: float, n: int, df: float, full: bool
) -> tuple[Interval | None, Interval | None, str, Text | None]:
    if full:
        return (p, p), (p, p), "full_list", FULL_LIST
    interval = korn_graubard_truncated(p, v, n, df)
    bounds = korn_graubard_truncated(p, v, n, df, ONE_SIDED)
    return interval, bounds, "korn_graubard", None if interval else NO_DEGREES


def ratio_of_domain_means(request: Request) -> list[Estimate]:
    """The mean of `value` among `numerator` over its mean among `denominator`.

    Arguments: value, weight (columns), domain, numerator, denominator (conditions), scale.
    Interval on the log scale; Fieller's where g ≥ 0.1; none at g ≥ 1.
    """
    found = tabulate_ratio(request)
    return [request.blank(Missing.NO_DATA)] if found is None else ratio_of(request, found)


def tabulate_ratio(request: Request) -> Tabulated | None:
    """The table of `ratio_of_domain_means`; None as for `tabulate_share`."""
    persons = _persons(request)
    if persons is None:
        return None
    table = request.prepared.rows(request.table, request.years).table
    value = table.numbers(request.arguments["value"])[persons.positions]
    y = np.where(persons.certain, value, np.nan)
    top = table.every(request.conditions("numerator")).holds[persons.positions]
    low = table.every(request.conditions("denominator")).holds[persons.positions]
    found = survey.tabulate_two(persons.sample, y, top, low, persons.domains, second=persons.second)
    counted = [_count(persons.domains, mask & ~np.isnan(y)) for mask in (top, low)]
    return Tabulated(found, persons.domains.labels, np.stack(counted))


def ratio_of(request: Request, given: Tabulated) -> list[Estimate]:
    """`ratio_of_domain_means` from its table."""
    found = survey.ratio_of_domain_means_of(given.table, strict=False)
    facts = [_facts(s) for s in (found.ratio, found.numerator, found.denominator)]
    covariance = _covariance(found, facts)
    return [
        _ratio_of(request, found, facts, covariance, given.counted, d, label)
        for d, label in enumerate(given.labels)
    ]


def _count(domains: Domains, mask: Mask) -> np.ndarray:
    inside = mask & (domains.of_row >= 0)
    return np.bincount(domains.of_row[inside], minlength=domains.count)


def _covariance(found: survey.RatioOfMeans, facts: list[_Facts]) -> Floats:
    """Cov of the two means from the variance of their difference: V(a−b) = V(a)+V(b)−2C."""
    return (facts[1].variance + facts[2].variance - found.difference.variance()) / 2


def _ratio_of(
    request: Request,
    found: survey.RatioOfMeans,
    facts: list[_Facts],
    covariance: Floats,
    counted: np.ndarray,
    d: int,
    label: object,
) -> Estimate:
    by, ratio = request.label(label), found.ratio
    n, excluded = int(ratio.n[d]), int(ratio.excluded[d])
    if min(int(counted[0][d]), int(counted[1][d])) == 0:
        return request.blank(Missing.NO_DATA, by=by, n=n, excluded=excluded)
    top, low = float(found.numerator.value[d]), float(found.denominator.value[d])
    spread = [float(fact.variance[d]) for fact in facts]
    extra = {
        "mean_numerator_se": spread[1] ** 0.5,
        "mean_denominator_se": spread[2] ** 0.5,
        "n_numerator": float(counted[0][d]),
        "n_denominator": float(counted[1][d]),
        "difference": top - low,
    }
    known = {"by": by, "n": n, "excluded": excluded, "numerator": top, "denominator": low}
    if low == 0:
        return request.blank(Missing.NO_DATA, ZERO_BELOW, extra=extra, **known)
    quotient = Quotient(top, low, spread[1], spread[2], float(covariance[d]))
    df = float(facts[0].psus[d] - facts[0].strata[d])
    full = bool(facts[0].full[d])
    interval, bounds, method, note = _ratio_interval(quotient, df, spread[0] ** 0.5, full)
    if note is None:
        note = caution(int(facts[0].psus[d]), df, n, listed=facts[0].population is not None)
    return Estimate(
        request.indicator.code,
        request.years,
        value=top / low * request.scale,
        se=spread[0] ** 0.5 * request.scale,
        interval=scaled(interval, request.scale),
        bounds=scaled(bounds, request.scale),
        method=method,
        psus=int(facts[0].psus[d]),
        sampled=facts[0].sampled,
        population=facts[0].population,
        se_everybody=float(facts[0].rest[d]) * request.scale,
        df=df,
        note=note,
        extra=extra | {"g": quotient.g(df)},
        variant=request.variant,
        **known,  # type: ignore[arg-type]
    )


def _ratio_interval(
    quotient: Quotient, df: float, se: float, full: bool
) -> tuple[Interval | None, Interval | None, str, Text | None]:
    if full:
        point = quotient.a / quotient.b
        return (point, point), (point, point), "full_list", FULL_LIST
    if df <= 0:
        return None, None, "none", NO_DEGREES
    interval, method = ratio_interval(quotient, df, se=se)
    bounds, _ = ratio_interval(quotient, df, ONE_SIDED, se=se)
    return interval, bounds, method, None if interval else NO_FINITE


TABULATE = {"share": tabulate_share, "ratio_of_domain_means": tabulate_ratio}
FROM_TABLE = {"share": share_of, "ratio_of_domain_means": ratio_of}
