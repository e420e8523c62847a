"""Names of the ways in which values and intervals are computed (`Estimate.method`)."""

from __future__ import annotations

from analysis.types import Text

METHODS: dict[str, Text] = {
    "korn_graubard": Text(
        "Khoảng Korn-Graubard theo thiết kế mẫu, thường rộng hơn mức cần một chút",
        "Korn-Graubard interval for the design, usually a little wider than needed",
    ),
    "log": Text(
        "Tuyến tính hóa Taylor, khoảng trên thang logarit",
        "Taylor linearisation, interval on the log scale",
    ),
    "fieller": Text("Khoảng Fieller", "Fieller's interval"),
    "none": Text("Không có khoảng tin cậy hữu hạn", "No finite interval"),
    "full_list": Text(
        "Khảo sát toàn bộ, không có sai số chọn mẫu", "Listed in full, no sampling error"
    ),
    "garwood": Text("Khoảng Poisson chính xác (Garwood)", "Exact Poisson interval (Garwood)"),
    "clopper_pearson": Text(
        "Khoảng nhị thức chính xác (Clopper-Pearson)", "Exact binomial interval (Clopper-Pearson)"
    ),
    "exact_ratio": Text("Tỷ số của hai số đếm toàn bộ", "Ratio of two full counts"),
    "plain_count": Text("Số đếm toàn bộ", "Full count"),
    "least_quarter": Text("Số đếm của quý ít nhất", "Count of the quarter with the fewest"),
    "months_with": Text("Số tháng có ít nhất một", "Months with at least one"),
    "full_count": Text("Thống kê toàn bộ, không có khoảng", "Full count, no interval"),
}
