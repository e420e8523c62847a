"""Results of registers and returns: small numbers, some of them hidden."""

from __future__ import annotations

from fractions import Fraction

from sample_parts import NO_DATA, indicator, target

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


def victim_serv() -> TargetResult:
    """A hidden cell: its numbers stand in the estimate here to prove that no writer prints them."""
    return TargetResult(
        target(
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
        indicator(
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
        target(
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
        indicator("PERP_COUN", "Người gây bạo lực được tư vấn", "Perpetrators counselled"),
        Estimate("PERP_COUN", (2026,), missing=Missing.NO_DATA),
        verdict=NO_DATA,
    )


def traff_serv() -> TargetResult:
    """0/0."""
    return TargetResult(
        target(
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
        indicator("TRAFF_SERV", "Nạn nhân mua bán trở về được hỗ trợ", "Trafficking returnees"),
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
        target(
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
        indicator(
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
        target(
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
        indicator(
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
        target(
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
        indicator(
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
