"""What somebody knows who has every printed number and a solver of linear programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from analysis.types import Estimate


@dataclass(slots=True)
class Knowledge:
    """Linear facts: a row of coefficients and the least and greatest that it may be."""

    rows: list[np.ndarray] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def learn(self, row: np.ndarray, value: float, slack: float = 0.0) -> None:
        self.rows.append(row)
        self.low.append(value - slack)
        self.high.append(value + slack)

    def learn_estimate(self, rows: Sequence[np.ndarray], seen: Estimate, slack: float = 0) -> None:
        """Numerator and denominator of a share that is printed."""
        assert seen.numerator is not None
        assert seen.denominator is not None
        self.learn(rows[0], seen.numerator, slack)
        self.learn(rows[0] + rows[1], seen.denominator, slack)

    def ends(self, row: np.ndarray) -> tuple[float, float] | None:
        """The least and the greatest feasible value, all counts being >= 0; None where nothing is
        feasible at all."""
        a = np.array(self.rows)
        up, down = np.array(self.high), np.array(self.low)
        bounded_above, bounded_below = np.isfinite(up), np.isfinite(down)
        limits = {
            "A_ub": np.vstack([a[bounded_above], -a[bounded_below]]),
            "b_ub": np.hstack([up[bounded_above], -down[bounded_below]]),
        }
        least = linprog(row, **limits, method="highs")
        if least.status == 2:  # infeasible
            return None
        most = linprog(-row, **limits, method="highs")
        return float(least.fun), np.inf if most.status == 3 else float(-most.fun)

    def width(self, row: np.ndarray) -> float:
        """How far apart the two ends are."""
        ends = self.ends(row)
        assert ends is not None, "no table at all fits what was published"
        return ends[1] - ends[0]
