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
    "returns_present": Text("Số phiếu đã nhận", "Returns that have come"),
    "returns_owed": Text("Số phiếu phải gửi", "Returns owed"),
    "events_missing": Text("Lần ghi trong phiếu chốt, chưa có phiếu", "Counted, without a form"),
    "year_total": Text("Tổng số cả năm", "Total of the year"),
    "detected": Text("Số người được phát hiện", "Victims detected"),
    "perpetrators": Text("Số người gây bạo lực được phát hiện", "Perpetrators identified"),
    "returned": Text("Số nạn nhân trở về được phát hiện", "Returned victims detected"),
    "people_f": Text("Lượt người dự là nữ", "Women who came"),
    "people_m": Text("Lượt người dự là nam", "Men who came"),
    "births_missing": Text(
        "Ca sinh có trong phiếu chốt nhưng chưa có phiếu", "Births in the returns without a form"
    ),
}
