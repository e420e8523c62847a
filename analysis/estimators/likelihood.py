"""The profile-likelihood interval of a survey proportion, step by step as R computes it.

R: `svyciprop(method="likelihood")`: the scaled deviance of the logit is evaluated on a grid, a
cubic spline is laid through it and read off linearly; the scale λ comes from the last step of
`glm`'s iteration, which stops a little before it has converged. The exact root differs from that
by up to 1e-4 of the value, so to agree with R the same steps are taken.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.interpolate import CubicHermiteSpline
from scipy.special import betaincinv, expit, logit, ndtr

from analysis.estimators.intervals import Interval, critical
from analysis.estimators.sample import Floats

WIDEST = 300.0  # on the logit scale: beyond it the grid has no numbers, in R neither
GRID_STEPS = 9  # MASS:::profile.glm takes at most ten steps, of a fifth of the way each


def likelihood(
    p: float, v: float, n: int, df: float, level: float = 0.95, working: float | None = None
) -> Interval | None:
    """All q whose deviance, scaled by Rao and Scott's λ, stays below t²; None at 0 and 1.

    `working`: p(1 − p) as `working_variance` finds it; without it, p(1 − p) itself.
    """
    if not 0 < p < 1 or df <= 0 or v <= 0 or n < 2:
        return None
    spread = p * (1 - p)
    # √λ: the design-based variance of the logit over the one of the fitted regression
    stretch = math.sqrt(v * n * (spread if working is None else working)) / spread
    cutoff = critical(df, level) * stretch
    eta, se = float(logit(p)), math.sqrt(v) / (p * (1 - p))
    tail = float(ndtr(-cutoff)) / 2
    farthest = math.sqrt(_f_quantile(tail, n - 1)) if tail > 0 else math.inf
    if farthest * se > WIDEST:
        return None
    below = _profile(p, n, eta, -se, farthest)
    above = _profile(p, n, eta, se, farthest)
    at = np.array([*reversed([b for b, _ in below]), eta, *[b for b, _ in above]])
    z = np.array([*reversed([z for _, z in below]), 0.0, *[z for _, z in above]])
    fine = np.linspace(at[0], at[-1], 3 * at.size)
    read = _fmm_spline(at, z)(fine)
    if not read[0] <= -cutoff <= cutoff <= read[-1]:
        return None
    low, high = np.interp([-cutoff, cutoff], read, fine)
    return float(expit(low)), float(expit(high))


def working_variance(weight: Floats, y: Floats) -> float:
    """p(1 − p) at the step before the last of R's `glm` for 0/1 answers y (rows,) alone.

    The start is R's (w·y + 1/2)/(w + 1), with weights of mean 1; the end is a change of the
    deviance below 1e-8.
    """
    w = weight / weight.mean()
    n, p = w.size, float((w * y).sum() / w.sum())
    step = w * 0.5 * (w + 0.5) / (w + 1) ** 2
    start = np.where(y > 0, 1.0, -1.0) * (np.log(2 * w + 1) + (w + 1) / (w + 0.5))
    before, last = float(2 * (w * np.log((w + 1) / (w + 0.5))).sum()), p * (1 - p)
    eta = float((step * start).sum() / step.sum())
    for _ in range(25):
        deviance = -2 * n * _log_likelihood(p, eta)
        mu = float(expit(eta))
        if abs(deviance - before) / (abs(deviance) + 0.1) < 1e-8:
            return last
        last, before = mu * (1 - mu), deviance
        eta += (p - mu) / last
    return p * (1 - p)


def _f_quantile(upper_tail: float, df: int) -> float:
    """The F(1, df) quantile: the square of t, through the incomplete beta function."""
    x = float(betaincinv(df / 2, 0.5, upper_tail))
    return df * (1 - x) / x if x > 0 else math.inf


def _profile(p: float, n: int, eta: float, se: float, farthest: float) -> list[tuple[float, float]]:
    """(logit, signed root deviance) on the way from the estimate, until `farthest`."""
    found: list[tuple[float, float]] = []
    for step in range(1, GRID_STEPS + 1):
        b = eta + step * farthest / 5 * se
        deviance = 2 * n * (_log_likelihood(p, eta) - _log_likelihood(p, b))
        z = math.copysign(math.sqrt(max(deviance * (n - 1) / n, 0.0)), se)
        found.append((b, z))
        if abs(z) >= farthest:
            break
    return found


def _log_likelihood(p: float, eta: float) -> float:
    return p * eta - float(np.logaddexp(0.0, eta))


def _fmm_spline(x: Floats, y: Floats) -> CubicHermiteSpline:
    """R's `spline(method="fmm")`: the third derivative at each end is that of the cubic through
    the four outermost points (Forsythe, Malcolm & Moler 1977)."""
    h, n = np.diff(x), x.size
    slope = np.diff(y) / h
    system, right = np.zeros((n, n)), np.zeros(n)
    for i in range(1, n - 1):
        system[i, i - 1 : i + 2] = h[i - 1], 2 * (h[i - 1] + h[i]), h[i]
        right[i] = 6 * (slope[i] - slope[i - 1])
    system[0, :2] = system[-1, -2:] = -1, 1
    if n > 3:
        right[0] = 6 * h[0] * _third_difference(x[:4], y[:4])
        right[-1] = 6 * h[-1] * _third_difference(x[-4:], y[-4:])
    second = np.linalg.solve(system, right)
    first = slope - h * (2 * second[:-1] + second[1:]) / 6
    last = slope[-1] + h[-1] * (second[-2] + 2 * second[-1]) / 6
    return CubicHermiteSpline(x, y, np.append(first, last))


def _third_difference(x: Floats, y: Floats) -> float:
    first = np.diff(y) / np.diff(x)
    second = np.diff(first) / (x[2:] - x[:-2])
    return float((second[1] - second[0]) / (x[3] - x[0]))
