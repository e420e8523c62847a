"""The value of each target in several years, as it may be shown: what a trend is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.disclosure import MINIMUM_CELL, Audience, protect
from analysis.estimators.prepared import Prepared
from analysis.evaluate import Catalogue
from analysis.types import Estimate, Indicator, Missing, Target, TargetResult


def headlines(
    targets: Iterable[Target],
    year: int,
    prepared: Prepared,
    catalogue: Catalogue = CATALOGUE,
    minimum: int = MINIMUM_CELL,
    audience: Audience = Audience.OUTSIDE,
) -> Mapping[str, Estimate]:
    """Target id -> its estimate of one year, hidden where `audience` may not see it.

    No breakdown, no pooled years, no verdict. A target whose indicator is unknown is left out.
    """
    found: dict[str, Estimate] = {}
    for target in targets:
        indicator = catalogue.get(target.indicator)
        if indicator is not None:
            estimate = headline(indicator, target.by, year, prepared)
            shown = protect(TargetResult(target, indicator, estimate), minimum, audience)
            found[target.id] = shown.estimate
    return found


def headline(
    indicator: Indicator, by: Mapping[str, str], year: int, prepared: Prepared
) -> Estimate:
    """The estimate of everybody, or of the group that `by` names; nothing hidden."""
    estimates = compute(
        indicator,
        prepared.frames,
        prepared.design,
        years=(year,),
        by=tuple(by),
        prepared=prepared,
    )
    for one in estimates:
        if dict(one.by) == dict(by) or not one.by:
            return one
    return Estimate(indicator.code, (year,), dict(by), missing=Missing.NO_DATA)
