"""Design-based estimates: means, totals, proportions and ratios, for any number of domains.

Each estimate is θ = g(T) of the PSU table's totals; its linearised PSU values are
u_hi = Z_hi·∇g(T) (Woodruff 1971; Binder 1983), and every variance and covariance is taken of
those. The gradient is never applied to a covariance of totals: with large offsets that loses five
digits. Results equal R's `survey` (svymean, svytotal, svyratio, svyby, svycontrast).

Each statistic is two steps: a `tabulate_…` that reads rows, and a `…_of` that reads its PSU table
only. Tables of partitions may be added (`psu.merged`) between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.estimators.domains import Domains, whole
from analysis.estimators.errors import BadInput, EmptyDomain, ZeroDenominator
from analysis.estimators.psu import PsuTable, tabulate
from analysis.estimators.sample import Floats, Mask, Sample
from analysis.estimators.sides import tabulate_sides
from analysis.estimators.statistic import Statistic, linearise


def numeric(values: ArrayLike, name: str = "y") -> Floats:
    """A column as floats, missing as NaN.

    Raises `BadInput` for text and for infinities, naming the column and the row (from 1).
    """
    try:
        column = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        row, got = _first_text(values)
        raise BadInput(
            f"Cột {name} phải là số: dòng {row} có {got!r}.",
            f"Column {name} must hold numbers: row {row} has {got!r}.",
        ) from None
    if not np.isfinite(column.sum()) and np.isinf(column).any():
        row = int(np.flatnonzero(np.isinf(column))[0]) + 1
        raise BadInput(
            f"Cột {name} có giá trị vô hạn ở dòng {row}.",
            f"Column {name} holds an infinite value in row {row}.",
        )
    return column


def _first_text(values: ArrayLike) -> tuple[int, object]:
    """The first row (from 1) that is no number, and what stands there."""
    for row, value in enumerate(np.asarray(values, dtype=object).ravel(), start=1):
        try:
            float(value)
        except (TypeError, ValueError):
            return row, value
    return 1, values


def _observe(columns: Sequence[Floats]) -> tuple[list[Floats], Mask | None]:
    """The columns with missing values set to zero, and the rows where all are known."""
    known: Mask | None = None
    for column in columns:
        if np.isnan(column.sum()):  # one pass; infinities are refused before
            absent = np.isnan(column)
            known = ~absent if known is None else known & ~absent
    if known is None:
        return list(columns), None
    return [np.where(known, column, 0.0) for column in columns], known


def _check(table: PsuTable, denominators: Sequence[int], strict: bool) -> None:
    if not strict:
        return
    for at in np.flatnonzero(table.n == 0):
        vi, en = _which(table, int(at))
        raise EmptyDomain(
            f"Không có dòng nào có trả lời trong miền cần ước lượng{vi}.",
            f"No row with an answer lies in the domain{en}.",
        )
    for position in denominators:
        for at in np.flatnonzero(table.totals[:, position] == 0):
            vi, en = _which(table, int(at))
            raise ZeroDenominator(
                f"Mẫu số bằng 0, không tính được tỷ số{vi}.",
                f"The denominator is zero, the ratio does not exist{en}.",
            )


def _which(table: PsuTable, at: int) -> tuple[str, str]:
    """Which of several domains, by its place among them."""
    if table.domains == 1:
        return "", ""
    return f" (miền thứ {at + 1})", f" (domain {at + 1} of {table.domains})"


def total(
    sample: Sample, y: ArrayLike, domains: Domains | None = None, strict: bool = True
) -> Statistic:
    """Weighted totals of y (rows,) by domain. R: `svytotal(~y, d, na.rm=TRUE)`."""
    return total_of(tabulate_total(sample, y, domains), strict)


def tabulate_total(sample: Sample, y: ArrayLike, domains: Domains | None = None) -> PsuTable:
    """The PSU table of `total`: Σwy."""
    (column,), known = _observe([numeric(y)])
    return tabulate(sample, [column], domains or whole(sample.rows), known)


def total_of(table: PsuTable, strict: bool = True) -> Statistic:
    """`total` from its PSU table."""
    _check(table, [], strict)
    return linearise(table, table.totals[:, 0], np.ones((table.domains, 1)))


def mean(
    sample: Sample,
    y: ArrayLike,
    domains: Domains | None = None,
    strict: bool = True,
    second: Floats | None = None,
) -> Statistic:
    """Weighted means of y (rows,) by domain. R: `svymean(~y, d, na.rm=TRUE)`.

    A proportion is the mean of 0 and 1. `second`: see `psu.tabulate`. Unless `strict`, a domain
    without rows has the value NaN.
    """
    return ratio_of(tabulate_mean(sample, y, domains, second), strict)


def tabulate_mean(
    sample: Sample, y: ArrayLike, domains: Domains | None = None, second: Floats | None = None
) -> PsuTable:
    """The PSU table of `mean`: Σwy and Σw. Its estimate is `ratio_of`."""
    (column,), known = _observe([numeric(y)])
    return tabulate(sample, [column, None], domains or whole(sample.rows), known, second)


def means(
    sample: Sample,
    columns: Sequence[ArrayLike],
    domains: Domains | None = None,
    strict: bool = True,
) -> list[Statistic]:
    """`mean` of each of several columns (each (rows,)), in one pass where no value is missing.

    R: `svyby(~a + b + c, ~g, d, svymean, na.rm=TRUE)` gives each its own missing values, as here.
    """
    found = [numeric(y) for y in columns]
    if not found or any(np.isnan(y.sum()) for y in found):
        return [mean(sample, y, domains, strict) for y in found]
    table = tabulate(sample, [*found, None], domains or whole(sample.rows)).with_pairs()
    last = len(found)
    return [ratio_of(table.columns([k, last]), strict) for k in range(last)]


def ratio_of(table: PsuTable, strict: bool = True) -> Statistic:
    """`mean` and `ratio` from their PSU table: the first column's total over the second's."""
    _check(table, [1], strict)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = table.totals[:, 0] / table.totals[:, 1]
        gradient = np.stack([1.0 / table.totals[:, 1], -value / table.totals[:, 1]], axis=1)
    return linearise(table, value, gradient)


def ratio(
    sample: Sample,
    y: ArrayLike,
    x: ArrayLike,
    domains: Domains | None = None,
    strict: bool = True,
    second: Floats | None = None,
) -> Statistic:
    """Ratios of totals Σwy/Σwx by domain. R: `svyratio(~y, ~x, d, na.rm=TRUE)`."""
    return ratio_of(tabulate_ratio(sample, y, x, domains, second), strict)


def tabulate_ratio(
    sample: Sample,
    y: ArrayLike,
    x: ArrayLike,
    domains: Domains | None = None,
    second: Floats | None = None,
) -> PsuTable:
    """The PSU table of `ratio`: Σwy and Σwx."""
    (top, bottom), known = _observe([numeric(y), numeric(x, "x")])
    return tabulate(sample, [top, bottom], domains or whole(sample.rows), known, second)


@dataclass(frozen=True, slots=True, eq=False)
class RatioOfMeans:
    """A ratio of two domains' means (or ratios), and the two themselves, for D domains."""

    ratio: Statistic
    numerator: Statistic
    denominator: Statistic
    difference: Statistic


def ratio_of_domain_means(
    sample: Sample,
    y: ArrayLike,
    numerator: Mask,
    denominator: Mask,
    domains: Domains | None = None,
    x: ArrayLike | None = None,
    strict: bool = True,
    second: Floats | None = None,
) -> RatioOfMeans:
    """(Y_F/X_F)/(Y_M/X_M) within each domain; `numerator` and `denominator` (rows,) are F and M.

    With `x` None the X are the weights' sums: a ratio of means; otherwise a ratio of domain
    ratios. The covariance of the two is kept (persons of both kinds share PSUs).
    R: `svycontrast(svyby(~y, ~g, d, svymean, covmat=TRUE), quote(F/M))`.
    """
    table = tabulate_two(sample, y, numerator, denominator, domains, x, second).with_pairs()
    return ratio_of_domain_means_of(table, strict)


def tabulate_two(
    sample: Sample,
    y: ArrayLike,
    numerator: Mask,
    denominator: Mask,
    domains: Domains | None = None,
    x: ArrayLike | None = None,
    second: Floats | None = None,
) -> PsuTable:
    """The PSU table of `ratio_of_domain_means`: Y_F, X_F, Y_M, X_M."""
    given = [numeric(y)] if x is None else [numeric(y), numeric(x, "x")]
    columns, known = _observe(given)
    pair = [columns[0], None if x is None else columns[1]]
    every = domains or whole(sample.rows)
    return tabulate_sides(sample, pair, (numerator, denominator), every, known, second)


def ratio_of_domain_means_of(table: PsuTable, strict: bool = True) -> RatioOfMeans:
    """`ratio_of_domain_means` from its PSU table."""
    _check(table, [1, 2, 3], strict)
    top, low, value = _two_ratios(table.totals)
    return RatioOfMeans(
        linearise(table, value, _quotient_gradient(table.totals, top, low, value)),
        linearise(table, top, _part_gradient(table.totals, top, 0)),
        linearise(table, low, _part_gradient(table.totals, low, 2)),
        linearise(
            table,
            top - low,
            _part_gradient(table.totals, top, 0) - _part_gradient(table.totals, low, 2),
        ),
    )


def _two_ratios(totals: Floats) -> tuple[Floats, Floats, Floats]:
    with np.errstate(invalid="ignore", divide="ignore"):
        top = totals[:, 0] / totals[:, 1]
        low = totals[:, 2] / totals[:, 3]
        return top, low, top / low


def _part_gradient(totals: Floats, value: Floats, first: int) -> Floats:
    gradient = np.zeros_like(totals)
    with np.errstate(invalid="ignore", divide="ignore"):
        gradient[:, first] = 1.0 / totals[:, first + 1]
        gradient[:, first + 1] = -value / totals[:, first + 1]
    return gradient


def _quotient_gradient(totals: Floats, top: Floats, low: Floats, value: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        numerator = _part_gradient(totals, top, 0)
        denominator = _part_gradient(totals, low, 2)
        return (numerator - value[:, None] * denominator) / low[:, None]
