"""Estimators: surveys on PSU totals, and full registers of small numbers.

`ESTIMATORS` are the ones that an indicator of the catalogue may name. Underneath, for any data:
`survey`, `contrasts`, `proportions`, `quantiles`, `effects`, `calibration` on a `sample`, and
`counts`.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.estimators.indicators import ratio_of_domain_means, share
from analysis.estimators.registers import (
    register_count,
    register_rate,
    register_sex_ratio,
    register_share,
)
from analysis.estimators.request import Request
from analysis.types import Estimate

ESTIMATORS: dict[str, Callable[[Request], list[Estimate]]] = {
    "share": share,
    "ratio_of_domain_means": ratio_of_domain_means,
    "register_sex_ratio": register_sex_ratio,
    "register_rate": register_rate,
    "register_share": register_share,
    "register_count": register_count,
}
