"""Everything that sampling refuses, once each.

Refused (ValueError)
    ├── BadRows         rows of an uploaded file, all faults at once
    │   ├── BadRegister     the household register
    │   └── BadPopulation   persons by sex and age
    ├── BadSize         a precision that cannot be asked for or reached
    ├── BadAllocation   more households than a village has, or too few for the villages
    ├── SeedMissing     a draw that nobody could repeat
    └── BadWeighting    probabilities, classes, caps
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.estimators.errors import Refused
from analysis.types import Text

SHOWN = 20  # faults in the message; `faults` has them all


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of a file (the heading is row 1) and what is wrong with it."""

    row: int
    text: Text


class BadRows(Refused):
    """Rows that cannot be used; `faults` names each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        shown, more = faults[:SHOWN], len(faults) - SHOWN
        super().__init__(
            " ".join(f"Dòng {fault.row}: {fault.text.vi}" for fault in shown)
            + (f" … và {more} lỗi nữa." if more > 0 else ""),
            " ".join(f"Row {fault.row}: {fault.text.en}" for fault in shown)
            + (f" … and {more} more faults." if more > 0 else ""),
        )
        self.faults = tuple(faults)


class BadRegister(BadRows):
    """Rows of the household register that cannot be drawn from."""


class BadPopulation(BadRows):
    """Classes of sex and age that cannot be calibrated to."""


class BadSize(Refused):
    """A precision, coefficient of variation or response rate outside its range, or out of reach."""


class BadAllocation(Refused):
    """Numbers of households or villages that the register cannot give."""


class SeedMissing(Refused):
    """No seed, or one that holds the separator of the rule."""

    def __init__(self, seed: str) -> None:
        super().__init__(
            f"Cần một số hạt giống (seed) để ai cũng rút lại được đúng danh sách này, ví dụ 2026; "
            f"không để trống và không có dấu “|”; nhận được “{seed}”.",
            f"A seed is needed so that anyone can repeat the draw, such as 2026; "
            f"not empty and without “|”; got “{seed}”.",
        )


class BadWeighting(Refused):
    """A probability, class or cap from which no weight can be made."""
