"""Objective 4: births, maternal deaths, adolescent births, from the health station's registers.

Sources: SDG metadata 3.1.1 and 3.7.2; the General Statistics Office's definitions of the sex ratio
at birth and the maternal mortality ratio; NQ 28/NQ-CP 03/3/2021, mục tiêu 4. Births count by the
mother's usual residence, not by the place of delivery, and by calendar year.
"""

from __future__ import annotations

from analysis.catalogue.sources import strategy
from analysis.types import Direction, Indicator, Text, Where

LIVE_RESIDENT = (Where("live", among=("1",)), Where("res_village", filled=True))
RETURNS = "births_month"

REGISTER = Text(
    "Sổ sinh của Trạm Y tế xã: mỗi ca sinh một phiếu, mỗi tháng một phiếu chốt (kể cả khi không có "
    "ca sinh)",
    "Birth register of the health station: a form for each birth and a closing return each month "
    "(also when there was none)",
)

SRB = Indicator(
    code="SRB",
    name=Text("Tỷ số giới tính khi sinh", "Sex ratio at birth"),
    numerator=Text("Số bé trai sinh ra sống trong năm", "Boys born alive in the year"),
    denominator=Text("Số bé gái sinh ra sống trong năm", "Girls born alive in the year"),
    unit=Text("bé trai/100 bé gái", "boys per 100 girls"),
    direction=Direction.BAND,
    table="births",
    columns=("ym", "sex", "live", "res_village"),
    also={RETURNS: ("ym", "no_births", "n_births")},
    estimator="register_sex_ratio",
    arguments={
        "domain": LIVE_RESIDENT,
        "numerator": (Where("sex", among=("1",)),),
        "denominator": (Where("sex", among=("2",)),),
        "returns": RETURNS,
        "scale": 100,
    },
    by=("village",),
    source=REGISTER,
    definition=strategy(
        4,
        1,
        Text(
            "Tổng cục Thống kê: số bé trai trên 100 bé gái sinh ra sống trong năm",
            "GSO: boys per 100 girls among the live births of a year",
        ),
    ),
    why=Text(
        "Tỷ số cao hơn mức sinh học tự nhiên 104 - 106 là dấu hiệu lựa chọn giới tính thai nhi.",
        "A ratio above the natural 104-106 is a sign of sex selection before birth.",
    ),
    misleads=Text(
        "Thấp hơn nữa không phải là tốt hơn: mục tiêu là trở về mức tự nhiên. Một năm của một xã "
        "gần như chỉ là ngẫu nhiên.",
        "Lower is not always better: the aim is the natural level. One year of one commune is "
        "almost pure chance.",
    ),
    small_numbers=Text(
        "80 ca sinh một năm: 41 trai, 39 gái cho 105,1 nhưng khoảng tin cậy là 66 - 167. Cần "
        "khoảng 17.700 ca sinh để phân biệt 105 với 109; vì vậy in thêm 3 năm và 5 năm gộp.",
        "With 80 births a year, 41 boys and 39 girls give 105.1, interval 66-167. Telling "
        "105 from 109 takes about 17,700 births; hence 3 and 5 years are pooled beside.",
    ),
    pool_years=(3, 5),
    assessable_from=17_700,
)

MMR = Indicator(
    code="MMR",
    name=Text("Tỷ số tử vong mẹ", "Maternal mortality ratio"),
    numerator=Text(
        "Số bà mẹ tử vong khi mang thai, khi sinh hoặc trong 42 ngày sau sinh do nguyên nhân trực "
        "tiếp hoặc gián tiếp (không tính ngẫu nhiên)",
        "Deaths in pregnancy, at birth or up to 42 days after, of direct or indirect causes "
        "(incidental ones excluded)",
    ),
    denominator=Text("Số trẻ sinh ra sống trong năm", "Live births in the year"),
    unit=Text("ca/100.000 trẻ sinh ra sống", "per 100,000 live births"),
    direction=Direction.DOWN,
    table="births",
    columns=("ym", "live", "res_village"),
    also={RETURNS: ("ym", "no_births", "n_births", "deaths_direct", "deaths_indirect")},
    estimator="register_rate",
    arguments={
        "domain": LIVE_RESIDENT,
        "events": ("deaths_direct", "deaths_indirect"),
        "returns": RETURNS,
        "scale": 100_000,
    },
    sdg="3.1.1",
    source=REGISTER,
    definition=strategy(
        4,
        2,
        Text(
            "SDG 3.1.1; Tổng cục Thống kê công bố 5 năm một lần",
            "SDG 3.1.1; the GSO publishes it every five years",
        ),
    ),
    why=Text(
        "Mỗi ca tử vong mẹ đều có thể phòng tránh và cần được thẩm định.",
        "Every maternal death could be prevented and needs an audit.",
    ),
    misleads=Text(
        "Không có ca tử vong trong năm không chứng tỏ tỷ số thấp: ở mức 42/100.000, 97% số năm của "
        "một xã có 80 ca sinh cũng không có ca nào.",
        "A year without a death proves nothing: at 42 per 100,000, 97 % of the years of a commune "
        "with 80 births have none.",
    ),
    small_numbers=Text(
        "Công bố SỐ CA, không công bố tỷ số một năm khi dưới 10.000 ca sinh. Để khẳng định dưới "
        "42/100.000 cần 7.133 ca sinh không có tử vong.",
        "Publish the COUNT, never the annual ratio below 10,000 births. To claim less than 42 per "
        "100,000 takes 7,133 births without a death.",
    ),
    pool_years=(3, 5),
    assessable_from=10_000,
    count_only_below=10_000,
    sensitive=True,
)

ABR = Indicator(
    code="ABR",
    name=Text("Tỷ suất sinh ở vị thành niên", "Adolescent birth rate"),
    numerator=Text(
        "Số ca sinh ra sống trong năm của phụ nữ 10 - 19 tuổi (tuổi khi sinh)",
        "Live births in the year to women aged 10-19 (age at delivery)",
    ),
    denominator=Text(
        "Số phụ nữ 10 - 19 tuổi thường trú giữa năm", "Resident women aged 10-19 at mid-year"
    ),
    unit=Text("ca/1.000 phụ nữ cùng nhóm tuổi", "per 1,000 women of the age group"),
    direction=Direction.DOWN,
    table="births",
    columns=("ym", "live", "res_village", "mother_age"),
    also={RETURNS: ("ym", "no_births", "n_births", "women_10_14", "women_15_19")},
    estimator="register_rate",
    arguments={
        "domain": LIVE_RESIDENT,
        "numerator": (Where("mother_age", at_least=10, at_most=19.999),),
        "exposure": ("women_10_14", "women_15_19"),
        "bands": {
            "10-14": ((Where("mother_age", at_least=10, at_most=14.999),), ("women_10_14",)),
            "15-19": ((Where("mother_age", at_least=15, at_most=19.999),), ("women_15_19",)),
        },
        "returns": RETURNS,
        "scale": 1_000,
    },
    by=("age_band",),
    sdg="3.7.2",
    source=REGISTER,
    definition=strategy(
        4,
        3,
        Text(
            "SDG 3.7.2 (nhóm 10 - 14 và 15 - 19 tuổi)",
            "SDG 3.7.2 (ages 10-14 and 15-19)",
        ),
    ),
    why=Text(
        "Sinh con sớm ảnh hưởng sức khỏe và việc học của em gái.",
        "Early birth harms a girl's health and schooling.",
    ),
    misleads=Text(
        "Kế hoạch không ghi nhóm tuổi. Tỷ suất 15 - 19 tuổi (SDG 3.7.2) thường gấp khoảng hai lần "
        "tỷ suất 10 - 19 tuổi: phải nói rõ đang đọc nhóm nào.",
        "The plan names no age band. The rate at 15-19 (SDG 3.7.2) is usually about twice the rate "
        "at 10-19: say which one is read.",
    ),
    small_numbers=Text(
        "Với 250 phụ nữ 15 - 19 tuổi, 4 ca sinh là 16‰ (4,4 - 41,0) và 5 ca là 20‰: một ca làm đổi "
        "kết luận.",
        "With 250 women aged 15-19, 4 births make 16 per 1,000 (4.4-41.0) and 5 make 20: one birth "
        "flips the verdict.",
    ),
    pool_years=(3, 5),
    sensitive=True,
    main_choice=Text(
        "Vị thành niên là 10 - 19 tuổi, và các nhóm 10 - 14, 15 - 19 cộng lại thành nhóm này; số "
        "của từng nhóm được in bên cạnh để so với SDG 3.7.2.",
        "Adolescence is ages 10-19, of which 10-14 and 15-19 are the parts; each part is printed "
        "beside it to compare with SDG 3.7.2.",
    ),
)

INDICATORS = (SRB, MMR, ABR)
