"""Results of the survey and of units' returns, one of every kind that a writer can meet."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sample_parts import NO_DATA, full_count, indicator, target

from analysis.types import (
    Arithmetic,
    Direction,
    Estimate,
    Missing,
    Statistical,
    TargetResult,
    Text,
    Trajectory,
    Verdict,
)


def lead_unit() -> TargetResult:
    """A full count, met, with a tiny denominator."""
    return TargetResult(
        target(
            "AK-1.1",
            "",
            "Chỉ tiêu: Đến năm 2030 đạt 75% các phòng, ban chuyên môn thuộc sự quản lý của xã có "
            "lãnh đạo chủ chốt là nữ.",
            "LEAD_UNIT",
            value=Fraction(75),
            value_text="75%",
            comparator_stated=False,
            responsible=("Tổ nội vụ (Phòng VHXH)",),
            warnings=("tiny_denominator",),
        ),
        indicator("LEAD_UNIT", "Tỷ lệ cơ quan có lãnh đạo chủ chốt là nữ", "Units led by women"),
        full_count("LEAD_UNIT", 3, 4),
        verdict=Verdict(Arithmetic.MET, Statistical.FULL_COUNT, Trajectory.NO_BASELINE),
    )


def wage_f() -> TargetResult:
    """A survey share, surely not met, behind its path."""
    return TargetResult(
        target(
            "AK-2.1",
            "1",
            "Tăng tỷ lệ lao động nữ làm công hưởng lương đạt 60% vào năm 2030.",
            "WAGE_F",
            value=Fraction(60),
            value_text="60%",
            comparator_stated=False,
            warnings=("no_responsible_unit", "denominator_ambiguous"),
            baseline=(2025, Fraction(41)),
        ),
        indicator(
            "WAGE_F",
            "Tỷ lệ lao động nữ làm công hưởng lương",
            "Women in wage employment",
            numerator=Text(
                "Lao động nữ từ 15 tuổi trở lên làm công hưởng lương",
                "Employed women aged 15 and over in wage work",
            ),
            denominator=Text(
                "Lao động nữ từ 15 tuổi trở lên đang có việc làm", "Employed women aged 15+"
            ),
        ),
        Estimate(
            "WAGE_F", (2026,), value=42.6713, se=2.31, interval=(38.1902, 47.2744),
            bounds=(38.9, 46.5), method="korn_graubard", n=412, excluded=7, psus=389,
            df=377.0, deff=1.07,
        ),
        verdict=Verdict(
            Arithmetic.NOT_MET, Statistical.SURELY_NOT_MET, Trajectory.BEHIND, expected=44.8
        ),
    )  # fmt: skip


def biz_f() -> TargetResult:
    """No form collects it yet, and no unit answers for it."""
    return TargetResult(
        target(
            "AK-2.2",
            "2",
            "Tỷ lệ nữ giám đốc/chủ doanh nghiệp, hợp tác xã đạt ít nhất 30% vào năm 2030.",
            "BIZ_F",
            value=Fraction(30),
            value_text="30%",
            warnings=("no_responsible_unit",),
        ),
        indicator(
            "BIZ_F", "Tỷ lệ nữ giám đốc/chủ DN, HTX", "Businesses headed by women", table=None
        ),
        Estimate("BIZ_F", (2026,), missing=Missing.NOT_COLLECTED),
        verdict=NO_DATA,
    )


def care_ratio() -> TargetResult:
    """A ratio met by the plan's arithmetic that the data cannot confirm; hours by sex beside it."""
    return TargetResult(
        target(
            "AK-3.1",
            "1",
            "Giảm số giờ trung bình làm công việc nội trợ và chăm sóc trong gia đình không được "
            "trả công của phụ nữ còn 1,4 lần vào năm 2030 so với nam giới.",
            "CARE_RATIO",
            comparator="<=",
            comparator_stated=False,
            value=Fraction(14, 10),
            value_text="1,4 lần",
            unit="lần",
            warnings=("no_responsible_unit",),
        ),
        indicator(
            "CARE_RATIO",
            "Số giờ nội trợ, chăm sóc không được trả công của nữ so với nam",
            "Unpaid care hours, women to men",
            unit=Text("lần", "times"),
            direction=Direction.DOWN,
            decimals=2,
            sdg="5.4.1",
            estimator="ratio_of_domain_means",
            numerator=Text("Giờ một tuần của phụ nữ", "Hours a week, women"),
            denominator=Text("Giờ một tuần của nam giới", "Hours a week, men"),
        ),
        Estimate(
            "CARE_RATIO", (2026,), value=1.3776, se=0.061, interval=(1.2631, 1.5024),
            bounds=(1.28, 1.48), method="log", n=588, excluded=14, psus=389,
            df=377.0, numerator=16.3107, denominator=11.8399,
            note=Text(
                "Mỗi hộ chỉ hỏi một nữ và một nam được chọn ngẫu nhiên.",
                "One woman and one man per household, chosen at random.",
            ),
        ),
        breakdown=tuple(
            Estimate(
                "CARE_RATIO", (2026,), by={"ethnicity": group}, value=value,
                interval=(value - 0.2, value + 0.2), n=294, method="log",
                numerator=16.0, denominator=11.0,
            )
            for group, value in (("Kinh", 1.36), ("DTTS", 1.52))
        ),
        verdict=Verdict(Arithmetic.MET, Statistical.UNDECIDED, Trajectory.NO_BASELINE),
    )  # fmt: skip


def curr_gender() -> TargetResult:
    """A qualitative target."""
    return TargetResult(
        target(
            "AK-5.1",
            "1",
            "Nội dung về giới, bình đẳng giới được đưa vào chương trình giảng dạy trong hệ thống "
            "giáo dục.",
            "CURR_GENDER",
            comparator="qualitative",
            unit="",
            deadline_stated=False,
            responsible=("Tổ giáo dục (Phòng VHXH)",),
            warnings=("no_deadline",),
        ),
        indicator(
            "CURR_GENDER",
            "Nội dung giới trong chương trình",
            "Gender in the curriculum",
            table=None,
        ),
        Estimate("CURR_GENDER", (2026,), missing=Missing.NOT_COLLECTED),
        verdict=Verdict(Arithmetic.QUALITATIVE, Statistical.NO_DATA, Trajectory.NO_DATA),
    )


def lsec_comp() -> TargetResult:
    """A full count a hair below its target: it must not read as 100 %."""
    return TargetResult(
        target(
            "AK-5.2",
            "2",
            "Trẻ em trai và trẻ em gái hoàn thành cấp trung học cơ sở đạt trên 100% vào năm 2030.",
            "LSEC_COMP",
            value=Fraction(100),
            value_text="trên 100%",
            responsible=("Tổ giáo dục (Phòng VHXH)",),
            warnings=("logically_impossible_gt_100", "comparator_overridden"),
            notes=(
                Text(
                    "“Trên 100%” không thể xảy ra; đánh giá theo 100%: mọi học sinh đều hoàn "
                    "thành.",
                    "“Above 100 %” cannot be; judged as 100 %: every pupil completes.",
                ),
            ),
        ),
        indicator("LSEC_COMP", "Tỷ lệ hoàn thành THCS", "Lower secondary completion"),
        full_count("LSEC_COMP", 2499, 2500),
        verdict=Verdict(Arithmetic.NOT_MET, Statistical.FULL_COUNT, Trajectory.NO_BASELINE),
    )


def aware() -> TargetResult:
    """A survey share by sex, surely not met."""
    by_sex = ("1", 50.93, 44.8, 57.1), ("2", 54.22, 48.0, 60.3)
    return TargetResult(
        target(
            "AK-6.1",
            "1",
            "Phần đầu đạt từ 85% dân số trở lên được tiếp cận kiến thức cơ bản về bình đẳng giới "
            "vào năm 2030.",
            "AWARE",
            value=Fraction(85),
            value_text="85%",
            responsible=("Tổ nội vụ (Phòng VHXH)",),
            warnings=("ocr_Phấn_đấu",),
        ),
        indicator(
            "AWARE", "Dân số tiếp cận kiến thức cơ bản về bình đẳng giới",
            "Population reached", by=("sex",),
        ),
        Estimate(
            "AWARE", (2026,), value=52.328, se=3.026, interval=(46.352, 58.238),
            bounds=(47.3, 57.3), method="korn_graubard", n=588, psus=389, df=377.0,
        ),
        breakdown=tuple(
            Estimate(
                "AWARE", (2026,), by={"sex": sex}, value=value, interval=(low, high), n=294,
                method="korn_graubard",
            )
            for sex, value, low, high in by_sex
        ),
        verdict=Verdict(
            Arithmetic.NOT_MET, Statistical.SURELY_NOT_MET, Trajectory.NO_BASELINE
        ),
    )  # fmt: skip


def column_m() -> TargetResult:
    """A target to be kept up, twelve months a year."""
    return TargetResult(
        target(
            "AK-6.3",
            "3",
            "Duy trì hàng tháng có chuyên mục, chuyên đề tuyên truyền nâng cao nhận thức về bình "
            "đẳng giới.",
            "COLUMN_M",
            comparator="maintain",
            value=Fraction(12),
            value_text="hàng tháng",
            unit="tháng/năm",
            deadline_stated=False,
            responsible=("Tổ văn hoá, thông tin (Phòng VHXH)", "Tổ nội vụ (Phòng VHXH)"),
            warnings=("no_deadline", "double_assignment"),
        ),
        indicator(
            "COLUMN_M", "Số tháng có chuyên mục", "Months with a column",
            unit=Text("tháng/năm", "months a year"), decimals=0,
        ),
        replace(full_count("COLUMN_M", 12, 12, 12), numerator=12, denominator=12),
        verdict=Verdict(Arithmetic.MET, Statistical.FULL_COUNT, Trajectory.NO_BASELINE),
    )  # fmt: skip
