"""When an interval may not be taken at its word, in plain words beside the value.

The limits come from drawing samples of invented communes again and again (benchmarks.coverage,
docs/estimates.md): outside them 95 % intervals held the truth in 93 to 97 of 100 draws, or more.
"""

from __future__ import annotations

from analysis.types import Text

FEW_DF = 10  # households less villages: below, intervals of ratios miss too often or do not exist
FEW_CASES = 10  # persons with the property, or without it: below, shares' intervals are cautious

RARE = Text(
    "Rất ít trường hợp trong mẫu (dưới khoảng 10 người): khoảng tin cậy được lấy rộng cho chắc, "
    "và thêm vài câu trả lời có thể làm con số thay đổi nhiều.",
    "Very few cases in the sample (under some ten persons): the interval is wide to be on the safe "
    "side, and a few more answers could move the value a lot.",
)


def caution(
    psus: int, df: float, n: int, share: float | None = None, listed: bool = True
) -> Text | None:
    """What to say of an interval from `psus` sampling units with `df` degrees of freedom.

    `share` (0 … 1): of the `n` persons, for an indicator that is a share. `listed`: the units of
    the population are counted, so that they are households; else they may be villages. None where
    nothing is to be said.
    """
    if 0 < df < FEW_DF:
        vi, en = (
            ("hộ", "households")
            if listed
            else ("đơn vị (thôn hoặc hộ)", "units (villages or households)")
        )
        return Text(
            f"Chỉ có {psus} {vi} trong mẫu: khoảng tin cậy chỉ là gần đúng, có thể trượt khỏi giá "
            "trị thật nhiều hơn mức 5% đã nêu. Cần hỏi thêm trước khi so sánh.",
            f"Only {psus} {en} in the sample: the interval is approximate and may miss the "
            "true value more often than the stated 5%. Ask more before comparing.",
        )
    if share is not None and min(share, 1 - share) * n < FEW_CASES:
        return RARE
    return None
