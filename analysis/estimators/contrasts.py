"""Differences, quotients, any smooth function of estimates, and their covariances (svycontrast)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.estimators import variance as variances
from analysis.estimators.errors import BadInput, ZeroDenominator
from analysis.estimators.sample import Floats
from analysis.estimators.statistic import Statistic


def covariance(statistics: Sequence[Statistic]) -> Floats:
    """The covariance matrix of all values of all `statistics` (in order), across domains too.

    They must come from one design. Not defined with a second-stage term.
    """
    strata = statistics[0].strata
    if any(statistic.strata is not strata for statistic in statistics):
        raise BadInput(
            "Hiệp phương sai cần các ước lượng của cùng một thiết kế mẫu.",
            "A covariance needs estimates from one design.",
        )
    _no_second_stage(statistics)
    u = np.concatenate([statistic.influence() for statistic in statistics], axis=1)
    filled = np.logical_or.reduce([statistic.present() for statistic in statistics])
    found = variances.matrix(strata, u, filled)
    inner = [statistic.inner for statistic in statistics if statistic.inner is not None]
    return found + covariance(inner) if inner else found


def contrast(statistics: Sequence[Statistic], value: float, gradient: Sequence[float]) -> Statistic:
    """A smooth function of single estimates: its value and its partial derivatives at them.

    Each of `statistics` has one domain (`pick` one). df counts the PSUs of all of them.
    R: `svycontrast`.
    """
    if len(gradient) != len(statistics) or any(s.value.size != 1 for s in statistics):
        raise BadInput(
            "Cần một đạo hàm cho mỗi ước lượng, mỗi ước lượng một miền.",
            "One derivative for each estimate, and one domain in each estimate.",
        )
    _no_second_stage(statistics)
    inner = [statistic.inner for statistic in statistics if statistic.inner is not None]
    u = sum(
        factor * statistic.influence()[:, 0]
        for factor, statistic in zip(gradient, statistics, strict=True)
    )
    inside = np.logical_or.reduce([statistic.reached() for statistic in statistics])
    filled = np.logical_or.reduce([statistic.present() for statistic in statistics])
    psus = statistics[0].strata.psus
    return Statistic(
        np.array([value], dtype=np.float64),
        statistics[0].strata,
        np.arange(psus),
        np.zeros(psus, dtype=np.intp),
        np.asarray(u, dtype=np.float64),
        inside,
        filled,
        np.array([sum(int(s.n[0]) for s in statistics)]),
        np.array([sum(int(s.excluded[0]) for s in statistics)]),
        np.array([[s.value[0] for s in statistics]]),
        np.zeros(1),
        inner=contrast(inner, value, gradient) if inner else None,
    )


def _no_second_stage(statistics: Sequence[Statistic]) -> None:
    if any(statistic.second_stage.any() for statistic in statistics):
        raise BadInput(
            "Chưa tính được hiệp phương sai khi chọn người trong hộ (giai đoạn hai).",
            "Covariances are not defined with a second-stage term.",
        )


def difference(a: Statistic, b: Statistic) -> Statistic:
    """a − b with their covariance."""
    return contrast([a, b], float(a.value[0] - b.value[0]), [1.0, -1.0])


def quotient(a: Statistic, b: Statistic) -> Statistic:
    """a / b with their covariance. Raises `ZeroDenominator` where b is zero."""
    low = float(b.value[0])
    if low == 0:
        raise ZeroDenominator("Mẫu số bằng 0.", "The denominator is zero.")
    value = float(a.value[0]) / low
    return contrast([a, b], value, [1.0 / low, -value / low])
