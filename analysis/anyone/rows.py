"""A row of the answer: one number with what belongs to it, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from analysis.estimators.cautions import FEW_CASES, FEW_DF
from analysis.estimators.intervals import Interval
from analysis.types import Text

NO_ANSWER = Text("không có dòng nào có trả lời", "no row has an answer")
NO_WEIGHT = Text("mọi quyền số bằng 0", "all weights are zero")
ZERO_BELOW = Text("mẫu số bằng 0", "the denominator is zero")
NO_PAIR = Text(
    "một nhóm không có trả lời, hoặc mẫu số bằng 0",
    "one of the groups has no answer, or the denominator is zero",
)
NO_INTERVAL = Text("không có khoảng hữu hạn", "no finite interval")
FULL_LIST = Text(
    "hỏi hết, không có sai số chọn mẫu", "everybody was asked: there is no sampling error"
)
ALL_EQUAL = Text(
    "các trả lời không khác nhau nên không tính được sai số",
    "the answers do not differ, so their error cannot be told",
)
FEW_UNITS = Text(
    f"dưới {FEW_DF} bậc tự do: khoảng chỉ là gần đúng",
    f"fewer than {FEW_DF} degrees of freedom: the interval is approximate",
)
RARE = Text(
    f"dưới khoảng {FEW_CASES} trường hợp: khoảng được lấy rộng cho chắc",
    f"fewer than some {FEW_CASES} cases: the interval is wide to be on the safe side",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One number with what belongs to it; None where it does not exist (`note` says why).

    `n` rows used, `excluded` rows without an answer, `psu` sampling units with a row, `df` PSUs
    minus strata, `deff` against simple random sampling with replacement. `note`: also where an
    interval is to be taken with caution.
    """

    what: str
    by: dict[str, str] = field(default_factory=dict)
    est: float | None = None
    se: float | None = None
    ci: Interval | None = None
    df: int | None = None
    deff: float | None = None
    n: int = 0
    excluded: int = 0
    psu: int = 0
    method: str = ""
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


Ends = Callable[[int, Row], tuple[Interval | None, str]]
"""The interval of a row, and the method's name; the number is the row's place among the groups."""


def both(text: Text) -> str:
    """Vietnamese, then English, in one cell."""
    return f"{text.vi} / {text.en}"


def with_interval(row: Row, kind: str, ends: Ends, at: int, full: bool) -> Row:
    """The row with its interval, or with the reason why it has none.

    `full`: its strata are listed in full, so that there is no sampling error. An interval as wide
    as nothing is none, unless it is a total's (a count of rows may be known exactly).
    """
    if full:
        return replace(row, se=0.0, method="full_list", note=both(FULL_LIST))
    found, method = ends(at, row)
    if found is None:
        return replace(row, note=both(NO_INTERVAL))
    if found[0] == found[1] and kind in ("mean", "ratio"):
        return replace(row, note=both(ALL_EQUAL))
    return replace(row, ci=found, method=method, note=_caution(row, kind))


def _caution(row: Row, kind: str) -> str:
    """The limits that benchmarks.coverage found (docs/estimates.md)."""
    if 0 < (row.df or 0) < FEW_DF:
        return both(FEW_UNITS)
    share = row.est if kind == "proportion" else None
    rare = share is not None and min(share, 1 - share) * row.n < FEW_CASES
    return both(RARE) if rare else ""
