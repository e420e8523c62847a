"""Estimators: surveys on PSU totals, full registers of small numbers, units' returns.

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
from analysis.estimators.return_estimators import (
    return_count,
    return_rate,
    return_ratio,
    return_share,
    return_units,
)
from analysis.estimators.within_year import return_months, return_quarters
from analysis.types import Estimate

ESTIMATORS: dict[str, Callable[[Request], list[Estimate]]] = {
    "share": share,
    "ratio_of_domain_means": ratio_of_domain_means,
    "register_sex_ratio": register_sex_ratio,
    "register_rate": register_rate,
    "register_share": register_share,
    "register_count": register_count,
    "return_share": return_share,
    "return_ratio": return_ratio,
    "return_rate": return_rate,
    "return_count": return_count,
    "return_units": return_units,
    "return_quarters": return_quarters,
    "return_months": return_months,
}
