"""Names of the figures that an estimate carries beside its value (`Estimate.extra`).

The values of an indicator's variants stand there too, under the variant's key (and key_low,
key_high for its interval); their names are in `Indicator.variants`.
"""

from __future__ import annotations

from analysis.types import Text

EXTRA: dict[str, Text] = {
    "mean_numerator_se": Text("Sai số chuẩn của trung bình nữ", "Standard error, women's mean"),
    "mean_denominator_se": Text("Sai số chuẩn của trung bình nam", "Standard error, men's mean"),
    "n_numerator": Text("Số phụ nữ trả lời", "Women who answered"),
    "n_denominator": Text("Số nam giới trả lời", "Men who answered"),
    "difference": Text("Chênh lệch (giờ một tuần)", "Difference (hours a week)"),
    "g": Text("Chỉ số Fieller g", "Fieller's g"),
    "months_present": Text("Số tháng đã chốt", "Months with a closing return"),
    "months_expected": Text("Số tháng phải có", "Months expected"),
    "births_missing": Text(
        "Ca sinh có trong phiếu chốt nhưng chưa có phiếu", "Births in the returns without a form"
    ),
}
