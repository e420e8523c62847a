"""What an entry of `ESTIMATORS` is asked, and the helpers that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.estimators.intervals import Interval
from analysis.estimators.prepared import Prepared
from analysis.types import Dimension, Estimate, Indicator, Missing, Text, Where

ONE_SIDED = 0.9  # an end of the 90 % interval is a one-sided 95 % bound


@dataclass(frozen=True, slots=True)
class Request:
    """One indicator (or variant) for some years, broken down by `dimensions` (name, definition)."""

    indicator: Indicator
    arguments: Mapping[str, Any]
    prepared: Prepared
    years: tuple[int, ...]
    dimensions: tuple[tuple[str, Dimension], ...] = ()
    variant: str = ""

    def conditions(self, name: str) -> Sequence[Where]:
        """An argument that is a list of conditions; none where it is not given."""
        return tuple(self.arguments.get(name, ()))

    @property
    def table(self) -> str:
        """The table the indicator reads."""
        assert self.indicator.table is not None
        return self.indicator.table

    @property
    def scale(self) -> int:
        """What the value is multiplied by (100 for percent)."""
        return int(self.arguments.get("scale", 1))

    def label(self, categories: object) -> dict[str, str]:
        """`Estimate.by` of one domain, from its tuple of category codes."""
        codes = categories if isinstance(categories, tuple) else (categories,)
        names = [name for name, _ in self.dimensions]
        return {name: str(code) for name, code in zip(names, codes, strict=True)}

    def blank(self, missing: Missing, note: Text | None = None, **more: Any) -> Estimate:
        """An estimate without a value."""
        empty = Estimate(
            self.indicator.code, self.years, missing=missing, note=note, variant=self.variant
        )
        return replace(empty, **more)


def scaled(interval: Interval | None, scale: float) -> Interval | None:
    """An interval in the indicator's unit."""
    return None if interval is None else (interval[0] * scale, interval[1] * scale)


NO_DEGREES = Text("Quá ít hộ để tính khoảng tin cậy.", "Too few households for an interval.")
FULL_LIST = Text(
    "Khảo sát toàn bộ các hộ: không có sai số chọn mẫu.",
    "Every household was interviewed: no sampling error.",
)
NO_FINITE = Text(
    "Mẫu số dao động quá lớn (g ≥ 1): không có khoảng tin cậy hữu hạn.",
    "The denominator is too noisy (g ≥ 1): no finite interval exists.",
)
ZERO_BELOW = Text(
    "Mẫu số bằng 0 nên tỷ số không xác định.", "The denominator is zero: the ratio does not exist."
)
