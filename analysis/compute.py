"""From an indicator's declaration to its estimates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.catalogue import CATALOGUE, DIMENSIONS
from analysis.estimators import ESTIMATORS
from analysis.estimators.errors import BadInput
from analysis.estimators.prepared import ROOT, Prepared
from analysis.estimators.request import Request
from analysis.types import Design, Dimension, Estimate, Frames, Indicator, Missing

# Columns that the design and the roster links read, beside those of the indicators.
ALWAYS: dict[str, tuple[str, ...]] = {"household": ("result",)}
BANDS = Dimension(DIMENSIONS["age_band"].name, {})  # an indicator's own bands (`arguments`)


def compute(
    indicator: Indicator,
    frames: Frames,
    design: Design | None,
    *,
    years: Sequence[int],
    by: Sequence[str] = (),
    prepared: Prepared | None = None,
    variant: str = "",
) -> list[Estimate]:
    """The estimates of an indicator for `years` together, one for each category of `by`.

    `design` may be None for indicators of registers. `prepared`: the same frames and design made
    ready once, for several calls. `variant`: the key of one of the indicator's variants; the
    indicator itself carries its variants' values in `extra`. Raises `BadInput` for a breakdown
    that the indicator does not declare, and the `Refused` of the estimators.
    """
    span = tuple(sorted(set(years)))
    if indicator.table is None:
        return [Estimate(indicator.code, span, missing=Missing.NOT_COLLECTED)]
    ready = prepared or Prepared(frames, design)
    request = _request(indicator, ready, span, by, variant)
    if not _can_read(indicator, ready):
        return [request.blank(Missing.NO_DATA)]
    found = ESTIMATORS[indicator.estimator](request)
    return found if variant else _with_variants(found, request)


def _can_read(indicator: Indicator, prepared: Prepared) -> bool:
    """The indicator's frame is there, and for a survey households of a design are."""
    table = indicator.table or ""
    if not prepared.has(table):
        return False
    if table.split(".")[0] != ROOT:
        return True
    return prepared.has(ROOT) and prepared.design is not None and len(prepared.design.units) > 0


def _request(
    indicator: Indicator,
    prepared: Prepared,
    years: tuple[int, ...],
    by: Sequence[str],
    variant: str,
) -> Request:
    for name in by:
        if name not in indicator.by:
            known = ", ".join(indicator.by) or "–"
            raise BadInput(
                f"{indicator.code} không tách theo {name!r}; có thể tách theo: {known}.",
                f"{indicator.code} is not broken down by {name!r}; it is by: {known}.",
            )
    arguments = dict(indicator.arguments)
    if variant:
        arguments |= next(v.arguments for v in indicator.variants if v.key == variant)
    dimensions = tuple((name, _dimension(indicator, name)) for name in by)
    return Request(indicator, arguments, prepared, years, dimensions, variant)


def _dimension(indicator: Indicator, name: str) -> Dimension:
    own = name == "age_band" and "bands" in indicator.arguments
    return BANDS if own else DIMENSIONS[name]


def _with_variants(found: list[Estimate], request: Request) -> list[Estimate]:
    """The estimates with the value and interval of every variant among their extra figures.

    Not where the categories are columns (`parts`): another reading says nothing of those.
    """
    if ",".join(sorted(name for name, _ in request.dimensions)) in request.arguments.get(
        "parts", {}
    ):
        return found
    for variant in request.indicator.variants:
        arguments = {**request.indicator.arguments, **variant.arguments}
        asked = replace(request, arguments=arguments, variant=variant.key)
        others = ESTIMATORS[request.indicator.estimator](asked)
        found = [_beside(a, b) for a, b in zip(found, others, strict=True)]
    return found


def _beside(estimate: Estimate, other: Estimate) -> Estimate:
    if other.value is None:
        return estimate
    extra = {**estimate.extra, other.variant: other.value}
    if other.interval is not None:
        extra[f"{other.variant}_low"], extra[f"{other.variant}_high"] = other.interval
    return replace(estimate, extra=extra)


def columns_needed(
    codes: Iterable[str] | None = None, catalogue: Mapping[str, Indicator] = CATALOGUE
) -> dict[str, tuple[str, ...]]:
    """Table -> the columns that these indicators (all by default) and the design read.

    `_submission`, `_village`, `_year`, `_unit`, `_period` and `_index` come with every frame and
    are not named. The form of a repeat is always there: which returns came is read from it.
    """
    found: dict[str, dict[str, None]] = {t: dict.fromkeys(c) for t, c in ALWAYS.items()}
    for code in catalogue if codes is None else codes:
        indicator = catalogue[code]
        if indicator.table is None:
            continue
        for table, columns in {indicator.table: indicator.columns, **indicator.also}.items():
            found.setdefault(table.split(".", 1)[0], {})
            found.setdefault(table, {}).update(dict.fromkeys(columns))
    return {table: tuple(columns) for table, columns in found.items()}
