"""Objective 2: work and the economy.

Sources: NQ 28/NQ-CP 03/3/2021, mục tiêu 2; status in employment after ICSE-93 and sector after
VSIC as in Vietnam's labour force survey.
"""

from __future__ import annotations

from analysis.catalogue.sources import strategy
from analysis.types import Direction, Indicator, Text, Variant, Where

ADULT_RESIDENT = (Where("age_years", at_least=15), Where("usual", among=("1",)))
EMPLOYED = Where("work7", among=("1",))
WOMAN = Where("sex", among=("2",))
MAN = Where("sex", among=("1",))
WAGE_WORK = Where("status", among=("4",))
AGRICULTURE = Where("sector", among=("1",))

ROSTER = Text(
    "Khảo sát hộ gia đình: danh sách thành viên hộ, việc làm trong 7 ngày qua",
    "Household survey: roster of members, work in the last 7 days",
)

WAGE_F = Indicator(
    code="WAGE_F",
    name=Text("Tỷ lệ lao động nữ làm công hưởng lương", "Women in wage work"),
    numerator=Text(
        "Số phụ nữ từ 15 tuổi trở lên có việc làm là người làm công hưởng lương",
        "Employed women aged 15 and over in wage work",
    ),
    denominator=Text(
        "Số phụ nữ từ 15 tuổi trở lên có việc làm trong 7 ngày qua",
        "Employed women aged 15 and over (worked in the last 7 days)",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table="household.member",
    columns=("sex", "age_years", "usual", "work7", "status", "eth", "dis"),
    estimator="share",
    arguments={
        "domain": (*ADULT_RESIDENT, WOMAN, EMPLOYED),
        "numerator": (WAGE_WORK,),
        "scale": 100,
    },
    by=("village", "age_band", "ethnicity", "disability"),
    sdg="~8.3.1",
    source=ROSTER,
    definition=strategy(
        2,
        1,
        Text("điều tra lao động việc làm của Tổng cục Thống kê", "labour force survey of the GSO"),
    ),
    why=Text(
        "Việc làm hưởng lương thường ổn định hơn và có bảo hiểm xã hội.",
        "Wage work is usually steadier and carries social insurance.",
    ),
    misleads=Text(
        "“Lao động nữ làm công hưởng lương” có hai cách hiểu: phần phụ nữ có việc làm đang hưởng "
        "lương, hoặc phần phụ nữ trong tất cả người hưởng lương. Hai số khác nhau; cả hai đều được "
        "in, số thứ nhất dùng để đánh giá.",
        "“Women in wage work” can be read as the share of employed women who earn wages or as the "
        "share of women among wage earners. The two differ; both are printed, the first is judged.",
    ),
    small_numbers=Text(
        "Theo thôn thường dưới 50 phụ nữ có việc làm: khoảng tin cậy rộng hơn ±14 điểm phần trăm.",
        "A village often has fewer than 50 employed women: intervals wider than ±14 points.",
    ),
    variants=(
        Variant(
            "among_wage_workers",
            Text("Phụ nữ trong tổng số người làm công hưởng lương", "Women among wage workers"),
            {"domain": (*ADULT_RESIDENT, EMPLOYED, WAGE_WORK), "numerator": (WOMAN,)},
        ),
        Variant(
            "men",
            Text("Nam giới có việc làm là người làm công hưởng lương", "Employed men in wage work"),
            {"domain": (*ADULT_RESIDENT, MAN, EMPLOYED), "numerator": (WAGE_WORK,)},
        ),
    ),
    main_choice=Text(
        "Mẫu số chính là phụ nữ có việc làm, như điều tra lao động việc làm công bố "
        "(50,9% năm 2023); mẫu số kia được in bên cạnh.",
        "The main denominator is employed women, as the labour force survey publishes it (50.9 % "
        "in 2023); the other is printed beside it.",
    ),
)

AGRI_F = Indicator(
    code="AGRI_F",
    name=Text(
        "Tỷ trọng lao động nữ làm việc trong khu vực nông nghiệp trong tổng số lao động nữ có việc "
        "làm",
        "Employed women working in agriculture",
    ),
    numerator=Text(
        "Số phụ nữ từ 15 tuổi trở lên làm việc trong nông nghiệp, lâm nghiệp và thủy sản",
        "Women aged 15 and over working in agriculture, forestry and fishing",
    ),
    denominator=WAGE_F.denominator,
    unit=Text("%", "%"),
    direction=Direction.DOWN,
    table="household.member",
    columns=("sex", "age_years", "usual", "work7", "sector", "eth", "dis"),
    estimator="share",
    arguments={
        "domain": (*ADULT_RESIDENT, WOMAN, EMPLOYED),
        "numerator": (AGRICULTURE,),
        "scale": 100,
    },
    by=("village", "age_band", "ethnicity", "disability"),
    source=ROSTER,
    definition=strategy(
        2,
        2,
        Text(
            "điều tra lao động việc làm, ngành A của VSIC", "labour force survey, section A of VSIC"
        ),
    ),
    why=Text(
        "Chuyển dịch lao động nữ khỏi khu vực nông nghiệp năng suất thấp.",
        "Women's move out of low-productivity agriculture.",
    ),
    misleads=Text(
        "Giảm tỷ trọng có thể do phụ nữ mất việc đồng áng chứ không phải tìm được việc khác; đọc "
        "cùng số phụ nữ có việc làm. Thời vụ ảnh hưởng mạnh: chỉ so sánh các kỳ cùng tháng.",
        "The share may fall because women lose farm work rather than find other work; read it with "
        "the number employed. Season matters: compare the same months.",
    ),
    small_numbers=WAGE_F.small_numbers,
    variants=(
        Variant(
            "men",
            Text("Nam giới có việc làm trong nông nghiệp", "Employed men working in agriculture"),
            {"domain": (*ADULT_RESIDENT, MAN, EMPLOYED)},
        ),
    ),
)

BUSINESSES = {
    "enterprises": Text("Doanh nghiệp", "Enterprises"),
    "coops": Text("Hợp tác xã", "Cooperatives"),
    "households": Text("Hộ kinh doanh", "Household businesses"),
}


def _headed(*kinds: str) -> dict[str, tuple[str, ...]]:
    """Those headed by a woman among all."""
    return {
        "numerator_sum": tuple(f"{kind}_f" for kind in kinds),
        "denominator_sum": tuple(f"{kind}_total" for kind in kinds),
    }


BIZ_F = Indicator(
    code="BIZ_F",
    name=Text(
        "Tỷ lệ nữ giám đốc/chủ doanh nghiệp, hợp tác xã",
        "Women directors or owners of enterprises and cooperatives",
    ),
    numerator=Text(
        "Số doanh nghiệp, hợp tác xã đang hoạt động do nữ làm giám đốc hoặc làm chủ",
        "Active enterprises and cooperatives headed by a woman",
    ),
    denominator=Text(
        "Tổng số doanh nghiệp, hợp tác xã đang hoạt động tại ngày 31/12",
        "All active enterprises and cooperatives on 31 December",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table="economy_year",
    columns=tuple(f"{kind}_{part}" for kind in BUSINESSES for part in ("total", "f")),
    estimator="return_share",
    arguments={
        **_headed("enterprises", "coops"),
        "scale": 100,
        "parts": {"business": {kind: _headed(kind) for kind in BUSINESSES}},
    },
    by=("business",),
    definition=strategy(2, 3),
    source=Text(
        "Phòng Kinh tế: doanh nghiệp, hợp tác xã, hộ kinh doanh tại ngày 31/12",
        "Economy office: enterprises, cooperatives and household businesses on 31 December",
    ),
    why=Text(
        "Phụ nữ làm chủ cơ sở kinh tế có tiếng nói về việc làm và vốn.",
        "Women who own businesses have a say over jobs and capital.",
    ),
    misleads=Text(
        "Không tính hộ kinh doanh; đăng ký tên vợ không có nghĩa là người vợ điều hành.",
        "Household businesses are not counted; a wife's name on the paper need not mean that she "
        "runs it.",
    ),
    small_numbers=Text(
        "Xã có ít doanh nghiệp: một doanh nghiệp có thể làm tỷ lệ đổi vài điểm phần trăm.",
        "With few enterprises, one moves the share by several points.",
    ),
    variants=(
        Variant(
            "with_household_businesses",
            Text("Tính cả hộ kinh doanh", "With household businesses"),
            _headed(*BUSINESSES),
        ),
    ),
    main_choice=Text(
        "Số chính là doanh nghiệp và hợp tác xã, đúng chữ của kế hoạch; số có cả hộ kinh doanh in "
        "bên cạnh.",
        "The headline counts enterprises and cooperatives, the plan's own words; the figure with "
        "household businesses is printed beside it.",
    ),
)

INDICATORS = (WAGE_F, AGRI_F, BIZ_F)
