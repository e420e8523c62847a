"""How many households for a wanted precision.

Both follow from V = deff·(1 − n/N)·S²/n (Cochran, Sampling Techniques, 3rd ed., 4.3-4.7; Kish's
design effect) with the normal quantile: n = A/(1 + A/N), A = deff·z²·S²/margin². What comes out is
an expectation: the variation and the response of the real survey are known only afterwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from analysis.sampling.errors import BadSize

_PER_CENT = " %"


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the question. `population`: households; None where unknown or very large.

    `response`: share of visited households that answer; `deff`: design effect; `level`: of the
    interval. Raises `BadSize`.
    """

    population: int | None = None
    response: float = 1.0
    deff: float = 1.0
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.population is not None:
            _range("số hộ", "population", self.population, 2, math.inf)
        _range("tỷ lệ trả lời", "response", self.response, 0.01, 1, _PER_CENT)
        _range("hệ số thiết kế", "deff", self.deff, 0.1, 50)
        _range("mức tin cậy", "level", self.level, 0.5, 0.999)


@dataclass(frozen=True, slots=True)
class Size:
    """`complete`: interviews needed; `visit`: households to draw, so that as many answer.

    `low`, `high`: the interval that is expected around the assumed value.
    """

    complete: int
    visit: int
    low: float
    high: float


def size_for_share(within: float, share: float = 0.5, frame: Frame | None = None) -> Size:
    """For a share (0 … 1) within ± `within`: 0.05 is 5 points; one person of each household.

    0.5 is the worst case. Raises `BadSize`, also where the households do not suffice.
    """
    _range("tỷ lệ", "share", share, 0.001, 0.999, _PER_CENT)
    _range("sai số", "within", within, 0.001, 0.5, _PER_CENT)
    around = frame or Frame()
    count = around.population
    spread = share * (1 - share) * (1.0 if count is None else count / (count - 1))
    return _size(spread, within, around, max(share - within, 0.0), min(share + within, 1.0))


def size_for_ratio(
    within: float,
    cv_women: float,
    cv_men: float,
    correlation: float = 0.0,
    *,
    ratio: float = 1.0,
    frame: Frame | None = None,
) -> Size:
    """For a ratio of two means (women's hours over men's) within `within` (0.1 is 10 %).

    On the log scale: z·se(log R) ≤ log(1 + within), se² = deff·(1 − n/N)·(cv_w² + cv_m² −
    2ρ·cv_w·cv_m)/n. `cv_*`: standard deviation over mean; `correlation` of the two within a
    household; one woman and one man answer in each. `ratio` only places the interval printed.
    """
    _range("sai số", "within", within, 0.001, 5, _PER_CENT)
    _range("hệ số biến thiên của nữ", "cv_women", cv_women, 0, 50)
    _range("hệ số biến thiên của nam", "cv_men", cv_men, 0, 50)
    _range("tương quan", "correlation", correlation, -1, 1)
    _range("tỷ số", "ratio", ratio, 1e-6, 1e6)
    spread = cv_women**2 + cv_men**2 - 2 * correlation * cv_women * cv_men
    low, high = ratio / (1 + within), ratio * (1 + within)
    return _size(spread, math.log1p(within), frame or Frame(), low, high)


def _size(spread: float, margin: float, frame: Frame, low: float, high: float) -> Size:
    quantile = float(ndtri((1 + frame.level) / 2))
    infinite = frame.deff * spread * (quantile / margin) ** 2
    count = frame.population
    needed = infinite if count is None else infinite / (1 + infinite / count)
    complete = max(2, _up(needed))
    visit = _up(complete / frame.response)
    if count is not None and visit > count:
        raise BadSize(
            f"Cần {complete} phiếu, tức đến {visit} hộ với tỷ lệ trả lời {frame.response:g}, nhưng "
            f"chỉ có {count} hộ. Hãy chấp nhận sai số lớn hơn, hoặc khảo sát toàn bộ.",
            f"{complete} interviews are needed, that is {visit} households at a response of "
            f"{frame.response:g}, but there are {count}. Accept a wider margin, or list in full.",
        )
    return Size(complete, visit, low, high)


def _up(value: float) -> int:
    """The next whole number; what is whole but for the last digits stays."""
    return math.ceil(value - 1e-9)


def _range(vi: str, en: str, value: float, low: float, high: float, unit: str = "") -> None:
    """`unit` " %": what is told of a part of 1 is told in hundredths, as people give it."""
    if not low <= value <= high:
        times = 100 if unit else 1
        told = [f"{times * one:.6g}" for one in (low, high, value)]
        lowest, highest, came = (one.replace(".", ",") + unit for one in told)
        least, most, got = (one + unit.strip() for one in told)
        raise BadSize(
            f"Giá trị {vi} phải từ {lowest} đến {highest}; nhận được {came}.",
            f"{en} must lie between {least} and {most}; got {got}.",
        )
