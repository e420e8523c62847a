"""Objective 1: politics and leadership. Source: NQ 28/NQ-CP 03/3/2021, mục tiêu 1."""

from __future__ import annotations

from analysis.types import Direction, Indicator, Text

LEAD_UNIT = Indicator(
    code="LEAD_UNIT",
    name=Text(
        "Tỷ lệ phòng, ban chuyên môn có lãnh đạo chủ chốt là nữ",
        "Offices with at least one woman among their key leaders",
    ),
    numerator=Text(
        "Số phòng, ban chuyên môn có ít nhất một lãnh đạo chủ chốt là nữ tại ngày 31/12",
        "Offices with at least one woman among their key leaders on 31 December",
    ),
    denominator=Text(
        "Tổng số phòng, ban chuyên môn thuộc sự quản lý của xã tại ngày 31/12",
        "All offices under the commune on 31 December",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=None,
    sdg="~5.5.2",
    source=Text("Tổ nội vụ (Phòng Văn hóa - Xã hội)", "Home affairs section of the commune"),
    why=Text("Phụ nữ cần có mặt ở nơi ra quyết định.", "Women belong where decisions are made."),
    misleads=Text(
        "Chỉ cần một phó phòng là nữ thì cả phòng được tính; chỉ tiêu không nói phụ nữ giữ bao "
        "nhiêu phần vị trí lãnh đạo.",
        "One woman deputy is enough for a whole office; the target does not say what share of the "
        "posts women hold.",
    ),
    small_numbers=Text(
        "Với 4 phòng, 75% là 3/4; với 3 phòng, 75% chỉ đạt khi đủ 3/3. Thống kê toàn bộ, không có "
        "khoảng tin cậy.",
        "With 4 offices 75 % is 3 of 4; with 3 offices it takes 3 of 3. A full count, no interval.",
    ),
)

INDICATORS = (LEAD_UNIT,)
