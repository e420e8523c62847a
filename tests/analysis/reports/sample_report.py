"""An invented report of An Khánh with one result of every kind that a writer can meet.

The texts of the targets are the plan's own; every number is made up. The numbers in SECRETS stand
behind hidden cells and must not appear in any file. (A drawing's coordinates may
hold 77.7, its text may not.)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from analysis.types import (
    Arithmetic,
    Direction,
    Estimate,
    Indicator,
    Missing,
    Plan,
    Provenance,
    Report,
    Statistical,
    Target,
    TargetResult,
    Text,
    Trajectory,
    Verdict,
    VillageProgress,
)

SECRETS = ("77.7137", "77,7137", "77,7", "6173", "6.173", "7919", "7.919", "70.317", "83.519")

PERCENT = Text("%", "%")


def _indicator(code: str, vi: str, en: str, **given: object) -> Indicator:
    defaults: dict[str, object] = {
        "numerator": Text(f"Tử số của {code}", f"Numerator of {code}"),
        "denominator": Text(f"Mẫu số của {code}", f"Denominator of {code}"),
        "unit": PERCENT,
        "direction": Direction.UP,
        "table": "household",
        "source": Text("Khảo sát hộ gia đình", "Household survey"),
    }
    return Indicator(code=code, name=Text(vi, en), **(defaults | given))  # type: ignore[arg-type]


def _target(id_: str, number: str, verbatim: str, code: str, **given: object) -> Target:
    defaults: dict[str, object] = {
        "objective": int(id_[3]),
        "comparator": ">=",
        "comparator_stated": True,
        "value": None,
        "value_text": "",
        "suspected": None,
        "unit": "%",
        "deadline": 2030,
        "deadline_stated": True,
    }
    return Target(id=id_, number=number, verbatim=verbatim, indicator=code, **(defaults | given))  # type: ignore[arg-type]


def _full_count(code: str, k: int, n: int, scale: int = 100) -> Estimate:
    exact = Fraction(k * scale, n)
    return Estimate(
        code, (2026,), value=float(exact), exact=exact, numerator=k, denominator=n, n=n,
        method="full_count",
    )  # fmt: skip


NO_DATA = Verdict(Arithmetic.INCOMPLETE, Statistical.NO_DATA, Trajectory.NO_DATA)


def lead_unit() -> TargetResult:
    """A full count, met, with a tiny denominator."""
    return TargetResult(
        _target(
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
        _indicator("LEAD_UNIT", "Tỷ lệ cơ quan có lãnh đạo chủ chốt là nữ", "Units led by women"),
        _full_count("LEAD_UNIT", 3, 4),
        verdict=Verdict(Arithmetic.MET, Statistical.FULL_COUNT, Trajectory.NO_BASELINE),
    )


def wage_f() -> TargetResult:
    """A survey share, surely not met, behind its path."""
    return TargetResult(
        _target(
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
        _indicator(
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
        _target(
            "AK-2.2",
            "2",
            "Tỷ lệ nữ giám đốc/chủ doanh nghiệp, hợp tác xã đạt ít nhất 30% vào năm 2030.",
            "BIZ_F",
            value=Fraction(30),
            value_text="30%",
            warnings=("no_responsible_unit",),
        ),
        _indicator(
            "BIZ_F", "Tỷ lệ nữ giám đốc/chủ DN, HTX", "Businesses headed by women", table=None
        ),
        Estimate("BIZ_F", (2026,), missing=Missing.NOT_COLLECTED),
        verdict=NO_DATA,
    )


def care_ratio() -> TargetResult:
    """A ratio met by the plan's arithmetic that the data cannot confirm; hours by sex beside it."""
    return TargetResult(
        _target(
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
        _indicator(
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


def victim_serv() -> TargetResult:
    """A hidden cell: its numbers stand in the estimate here to prove that no writer prints them."""
    return TargetResult(
        _target(
            "AK-3.2a",
            "2",
            "Đến năm 2030 đạt trên 90% người bị bạo lực gia đình, bạo lực trên cơ sở giới được "
            "phát hiện được tiếp cận ít nhất một trong các dịch vụ hỗ trợ cơ bản",
            "VICTIM_SERV",
            comparator=">",
            value=Fraction(90),
            value_text="90%",
            responsible=("Tổ văn hoá, thông tin (Phòng VHXH)",),
            warnings=("compound_target",),
        ),
        _indicator(
            "VICTIM_SERV", "Người bị bạo lực được tiếp cận dịch vụ", "Victims served",
            sensitive=True,
        ),
        Estimate(
            "VICTIM_SERV", (2026,), value=77.7137, numerator=6173, denominator=7919, n=7919,
            interval=(70.317, 83.519), missing=Missing.SUPPRESSED,
        ),
        breakdown=(
            Estimate(
                "VICTIM_SERV", (2026,), by={"sex": "2"}, value=77.7137, numerator=6173,
                denominator=7919, missing=Missing.SUPPRESSED,
            ),
        ),
        verdict=NO_DATA,
    )  # fmt: skip


def perp_coun() -> TargetResult:
    """The form exists, the police return has not come."""
    return TargetResult(
        _target(
            "AK-3.2b",
            "2",
            "trên 80% người gây bạo lực gia đình, bạo lực trên cơ sở giới được phát hiện ở mức "
            "chưa bị truy cứu trách nhiệm hình sự được tư vấn, tham vấn.",
            "PERP_COUN",
            comparator=">",
            value=Fraction(80),
            value_text="80%",
            responsible=("Tổ văn hoá, thông tin (Phòng VHXH)",),
            warnings=("compound_target",),
        ),
        _indicator("PERP_COUN", "Người gây bạo lực được tư vấn", "Perpetrators counselled"),
        Estimate("PERP_COUN", (2026,), missing=Missing.NO_DATA),
        verdict=NO_DATA,
    )


def traff_serv() -> TargetResult:
    """0/0."""
    return TargetResult(
        _target(
            "AK-3.3",
            "3",
            "100% số nạn nhân bị mua bán trở về được phát hiện có nhu cầu hỗ trợ được hưởng các "
            "dịch vụ hỗ trợ và tái hòa nhập cộng đồng.",
            "TRAFF_SERV",
            value=Fraction(100),
            value_text="100%",
            comparator_stated=False,
            deadline_stated=False,
            responsible=("Trạm y tế xã",),
            warnings=("no_deadline", "zero_denominator_likely"),
        ),
        _indicator("TRAFF_SERV", "Nạn nhân mua bán trở về được hỗ trợ", "Trafficking returnees"),
        Estimate(
            "TRAFF_SERV", (2026,), numerator=0, denominator=0, n=0, missing=Missing.NO_CASES
        ),
        verdict=Verdict(
            Arithmetic.NOT_APPLICABLE, Statistical.NO_DATA, Trajectory.NO_DATA
        ),
    )  # fmt: skip


def srb() -> TargetResult:
    """Two readings of one target, pooled years, no year that can be judged."""
    interval = (73.1354479206511, 185.488809476129)
    pooled = Estimate(
        "SRB", (2024, 2025, 2026), value=113.6, numerator=134, denominator=118,
        interval=(88.1, 146.9), method="clopper_pearson",
    )  # fmt: skip
    return TargetResult(
        _target(
            "AK-4.1",
            "1",
            "Tỷ số giới tính khi sinh ở mức 105 bé trai/101 bé gái sinh ra sống vào năm 2030.",
            "SRB",
            comparator="<=",
            comparator_stated=False,
            value=Fraction(10500, 101),
            value_text="105/101",
            suspected=Fraction(105),
            unit="bé trai/100 bé gái",
            responsible=("Trạm y tế xã",),
            warnings=("suspected_typo_denominator_101", "small_numbers"),
            reference_band=(104.0, 106.0),
        ),
        _indicator(
            "SRB", "Tỷ số giới tính khi sinh", "Sex ratio at birth",
            unit=Text("bé trai/100 bé gái", "boys per 100 girls"), direction=Direction.BAND,
            table="births", pool_years=(3, 5), arguments={"scale": 100}, assessable_from=17_700,
            source=Text("Sổ sinh của trạm y tế", "Births register of the health station"),
        ),
        Estimate(
            "SRB", (2026,), value=116.216216216216, exact=Fraction(4300, 37), numerator=43,
            denominator=37, interval=interval, method="clopper_pearson", n=80, excluded=1,
        ),
        pooled=(pooled,),
        verdict=Verdict(
            Arithmetic.NOT_MET, Statistical.NOT_ASSESSABLE, Trajectory.NO_BASELINE,
            suspected=Verdict(
                Arithmetic.NOT_MET, Statistical.NOT_ASSESSABLE, Trajectory.NO_BASELINE
            ),
        ),
    )  # fmt: skip


def mmr() -> TargetResult:
    """A rate of which only the count may be published."""
    return TargetResult(
        _target(
            "AK-4.2",
            "2",
            "Tỷ lệ tử vong bà mẹ liên quan đến thai sản giảm xuống dưới 42/100.000 trẻ sinh sống "
            "vào năm 2030.",
            "MMR",
            comparator="<",
            value=Fraction(42),
            value_text="42/100.000",
            unit="trên 100.000 trẻ sinh sống",
            responsible=("Trạm y tế xã",),
            warnings=("not_estimable_at_commune",),
        ),
        _indicator(
            "MMR", "Tỷ số tử vong mẹ", "Maternal mortality ratio",
            unit=Text("trên 100.000 trẻ sinh sống", "per 100,000 live births"),
            direction=Direction.DOWN, table="births_month", arguments={"scale": 100_000},
            assessable_from=10_000, count_only_below=10_000,
        ),
        Estimate(
            "MMR", (2026,), value=1250.0, exact=Fraction(1250), numerator=1, denominator=80,
            interval=(31.6472599803624, 6964.55423867362), method="garwood", n=80,
        ),
        verdict=Verdict(
            Arithmetic.NOT_MET, Statistical.NOT_ASSESSABLE, Trajectory.NO_BASELINE
        ),
    )  # fmt: skip


def abr() -> TargetResult:
    """A rate with an interval that is wide, by age band, one band hidden."""
    return TargetResult(
        _target(
            "AK-4.3",
            "3",
            "Tỷ suất sinh ở vị thành niên giảm xuống dưới 1.8 ca sinh/100 phụ nữ vào năm 2030.",
            "ABR",
            comparator="<",
            value=Fraction(18),
            value_text="1.8 ca sinh/100 phụ nữ",
            unit="trên 1.000 phụ nữ",
            responsible=("Trạm y tế xã",),
            warnings=(
                "unit_rescaled_from_per_100",
                "decimal_point_style",
                "age_band_unspecified",
                "small_numbers",
            ),
            by={"age_band": "10-19"},
        ),
        _indicator(
            "ABR", "Tỷ suất sinh ở vị thành niên", "Adolescent birth rate",
            unit=Text("trên 1.000 phụ nữ", "per 1,000 women"), direction=Direction.DOWN,
            table="births", arguments={"scale": 1000}, sdg="3.7.2", by=("age_band",),
        ),
        Estimate(
            "ABR", (2026,), by={"age_band": "10-19"}, value=70.1754385964912,
            exact=Fraction(4000, 57), numerator=4, denominator=57,
            interval=(19.120445151339, 179.676994305328), method="garwood", n=57,
        ),
        breakdown=(
            Estimate(
                "ABR", (2026,), by={"age_band": "10-14"}, value=0.0, exact=Fraction(0),
                numerator=0, denominator=31, interval=(0.0, 118.9), method="garwood",
            ),
            Estimate(
                "ABR", (2026,), by={"age_band": "15-19"}, value=77.7137, numerator=6173,
                denominator=7919, missing=Missing.SUPPRESSED,
            ),
        ),
        verdict=Verdict(
            Arithmetic.NOT_MET, Statistical.SURELY_NOT_MET, Trajectory.NO_BASELINE
        ),
    )  # fmt: skip


def curr_gender() -> TargetResult:
    """A qualitative target."""
    return TargetResult(
        _target(
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
        _indicator(
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
        _target(
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
        _indicator("LSEC_COMP", "Tỷ lệ hoàn thành THCS", "Lower secondary completion"),
        _full_count("LSEC_COMP", 2499, 2500),
        verdict=Verdict(Arithmetic.NOT_MET, Statistical.FULL_COUNT, Trajectory.NO_BASELINE),
    )


def aware() -> TargetResult:
    """A survey share by sex, surely not met."""
    by_sex = ("1", 50.93, 44.8, 57.1), ("2", 54.22, 48.0, 60.3)
    return TargetResult(
        _target(
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
        _indicator(
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
        _target(
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
        _indicator(
            "COLUMN_M", "Số tháng có chuyên mục", "Months with a column",
            unit=Text("tháng/năm", "months a year"), decimals=0,
        ),
        replace(_full_count("COLUMN_M", 12, 12, 12), numerator=12, denominator=12),
        verdict=Verdict(Arithmetic.MET, Statistical.FULL_COUNT, Trajectory.NO_BASELINE),
    )  # fmt: skip


def plan() -> Plan:
    """An Khánh's plan with the targets of this sample."""
    results = sample_results()
    return Plan(
        id="an-khanh-2026-2030",
        unit_code="11668",
        unit_name="An Khánh",
        unit_kind="xã",
        place="An Khánh",
        province="thành phố Hải Phòng",
        title="Triển khai thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2026 - 2030 "
        "trên địa bàn xã An Khánh",
        number="",
        issued="tháng 5 năm 2026",
        first_year=2026,
        last_year=2030,
        document="000_5e334d65e6c2e17f.txt",
        legal_bases=(
            "Kế hoạch số 170/KH-UBND ngày 07 tháng 5 năm 2026 của UBND Thành phố Hải Phòng về việc "
            "triển khai Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030",
            "Quyết định số 2282/QĐ-TTg ngày 31/12/2020 của Thủ tướng Chính phủ",
        ),
        recipients=(
            "Sở Nội vụ (để b/c)",
            "CT, các PCT UBND xã",
            "UB MTTQ VN và các đoàn thể xã",
            "Các phòng, ban chuyên môn, trường học",
            "Các thôn",
            "Lưu: VT",
        ),
        addressee="Sở Nội vụ thành phố Hải Phòng",
        targets=tuple(result.target for result in results),
        notes=(
            Text(
                "Trạm y tế được giao “chỉ tiêu 1, 2, 3, 4 tại mục tiêu 4” nhưng mục tiêu 4 chỉ có "
                "ba chỉ tiêu.",
                "The health station is given targets 1 to 4 of objective 4, which has three.",
            ),
        ),
    )


def sample_results() -> tuple[TargetResult, ...]:
    """One result of every kind, in the plan's order."""
    return (
        lead_unit(), wage_f(), biz_f(), care_ratio(), victim_serv(), perp_coun(), traff_serv(),
        srb(), mmr(), abr(), curr_gender(), lsec_comp(), aware(), column_m(),
    )  # fmt: skip


def sample_report(demonstration: bool = True, formula: bool = False) -> Report:
    """The whole report; with `formula`, texts that a spreadsheet would take for formulas."""
    results = sample_results()
    names = ["Thôn Đông", "Thôn Đoài", "Thôn Trung", "Thôn Bắc"]
    if formula:
        names[0] = '=HYPERLINK("http://example.org")'
        target = replace(results[0].target, verbatim="+SUM(A1:A9) -2", responsible=("@cmd",))
        results = (replace(results[0], target=target), *results[1:])
    progress = tuple(
        VillageProgress(f"AK{i:02d}", name, 120 + i, 100, 96 - 9 * i, 2, 1 + i, i)
        for i, name in enumerate(names, start=1)
    )
    provenance = Provenance(
        generated_at=datetime(2027, 2, 5, 1, 30, tzinfo=UTC),
        code_version="0.1.0+5d00837",
        forms=(
            ("household", "2026.1", 389),
            ("births", "2026.1", 80),
            ("births_month", "2026.1", 12),
        ),
        flagged_left_out=6,
        design=Text(
            "Chọn ngẫu nhiên đơn giản các hộ trong từng thôn; trong mỗi hộ chọn ngẫu nhiên một nữ "
            "và một nam từ 15 tuổi trở lên.",
            "Households by simple random sampling in each village; in each household one woman and "
            "one man aged 15 and over at random.",
        ),
        checksum="5f2b7c0c9f8e1f6a3d4b5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b",
    )  # fmt: skip
    return Report(
        plan=plan(),
        period=2026,
        period_end=date(2026, 12, 31),
        results=results,
        progress=progress,
        provenance=provenance,
        demonstration=demonstration,
        hidden_cells=3,
        ethnic_list="ethnic-1979",
    )
