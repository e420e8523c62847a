"""Everything that the estimators refuse, once each.

Refused (ValueError)
    ├── BadInput          weights, lengths, text in a numeric column
    ├── BadDesign         strata, population sizes
    │   └── LonelyPsu     one PSU in a stratum and no rule for it
    ├── EmptyDomain       nobody to estimate for
    └── ZeroDenominator   a ratio over zero
"""

from __future__ import annotations

from analysis.types import Text


class Refused(ValueError):
    """The computation cannot be done; `text` says what was expected, what came, what to do."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} | {en}")
        self.text = Text(vi, en)


class BadInput(Refused):
    """A column or weight that no estimator can use."""


class BadDesign(Refused):
    """Strata, PSUs and population sizes that contradict each other."""


class LonelyPsu(BadDesign):
    """A stratum with one sampled PSU (stage 2: a PSU with one unit drawn), and no rule for it."""

    def __init__(self, stratum: str, stage: int = 1) -> None:
        vi = ("một", "hai")[stage - 1]
        super().__init__(
            f"Tầng ({stratum}) chỉ có một đơn vị mẫu cấp {vi} nên không ước lượng được phương sai. "
            "Hãy chọn một quy tắc: remove, adjust, certainty hoặc average.",
            f"Stratum ({stratum}) has only one PSU at stage {stage}. "
            "Name a rule: remove, adjust, certainty or average.",
        )
        self.stratum = stratum


class EmptyDomain(Refused):
    """No observed row with a positive weight."""


class ZeroDenominator(Refused):
    """The denominator's total is zero."""
