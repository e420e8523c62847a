"""Objective 3: family life, unpaid care, and the response to violence.

Sources: SDG metadata 5.4.1; domain of ICATUS 2016, majors 3 and 4; NQ 28/NQ-CP 03/3/2021, mục
tiêu 3; Luật Phòng, chống bạo lực gia đình 13/2022/QH15.
"""

from __future__ import annotations

from typing import Any

from analysis.catalogue.sources import strategy
from analysis.types import Direction, Indicator, Text, Where

POLICE, FACILITIES = "police_year", "social_year"


CARE_RATIO = Indicator(
    code="CARE_RATIO",
    name=Text(
        "Số giờ trung bình làm công việc nội trợ và chăm sóc trong gia đình không được trả công "
        "của phụ nữ so với nam giới",
        "Mean hours of unpaid domestic and care work, women against men",
    ),
    numerator=Text(
        "Số giờ trung bình một tuần của phụ nữ từ 15 tuổi trở lên (11 loại việc nội trợ và chăm "
        "sóc trong 7 ngày qua)",
        "Mean hours a week of women aged 15 and over (11 domestic and care tasks, last 7 days)",
    ),
    denominator=Text(
        "Số giờ trung bình một tuần của nam giới từ 15 tuổi trở lên",
        "Mean hours a week of men aged 15 and over",
    ),
    unit=Text("lần", "times"),
    direction=Direction.DOWN,
    table="household.respondent",
    columns=("person_no", "r_sex", "r_age", "eligible", "care_w"),
    also={"household.member": ("eth", "dis")},
    estimator="ratio_of_domain_means",
    arguments={
        "value": "care_w",
        "numerator": (Where("r_sex", among=("2",)),),
        "denominator": (Where("r_sex", among=("1",)),),
        "domain": (Where("r_age", at_least=15),),
        "weight": "eligible",
        "scale": 1,
    },
    by=("village", "age_band", "ethnicity", "disability"),
    decimals=2,
    sdg="~5.4.1",
    definition=strategy(
        3,
        1,
        Text("SDG 5.4.1 (nhóm 3, 4 của ICATUS 2016)", "SDG 5.4.1 (majors 3 and 4 of ICATUS 2016)"),
    ),
    source=Text(
        "Khảo sát hộ gia đình; mỗi hộ chọn ngẫu nhiên một phụ nữ và một nam giới từ 15 tuổi trở "
        "lên, tự trả lời",
        "Household survey; one woman and one man aged 15 and over chosen at random in each "
        "household, answering for themselves",
    ),
    why=Text(
        "Việc nhà không được trả công lấy đi thời gian học tập, làm việc có thu nhập và nghỉ ngơi "
        "của phụ nữ; kế hoạch đặt mục tiêu thu hẹp chênh lệch này.",
        "Unpaid work takes time from women's learning, paid work and rest; the plan aims to narrow "
        "the gap.",
    ),
    misleads=Text(
        "Tỷ số giảm khi nam giới làm nhiều hơn, và cũng giảm khi phụ nữ làm ít đi: luôn đọc cùng "
        "hai số giờ trung bình. Hỏi theo tuần thường cho số giờ cao hơn ghi nhật ký, nên chỉ so "
        "sánh các kỳ dùng cùng một phiếu. SDG 5.4.1 là tỷ lệ thời gian trong ngày, không phải tỷ "
        "số này.",
        "The ratio falls when men do more and also when women do less: read it with both means. "
        "Weekly recall reports more hours than a diary, so compare only rounds with the same form. "
        "SDG 5.4.1 is a share of the day, not this ratio.",
    ),
    small_numbers=Text(
        "Với 300 phụ nữ và 300 nam giới, khoảng tin cậy rộng khoảng ±14%: để chắc chắn không quá "
        "1,4 lần, ước lượng phải không quá khoảng 1,25 lần. Khi số giờ của nam giới dao động lớn, "
        "dùng khoảng Fieller; có trường hợp không có khoảng hữu hạn.",
        "With 300 women and 300 men the interval is about ±14 %: to be sure of at most 1.4 the "
        "estimate must be at most about 1.25. Where the men's mean is noisy Fieller's interval is "
        "used; sometimes no finite interval exists.",
    ),
)

AGES = ("0_15", "16_17", "18_59", "60")
SERVICES = {
    "advice": Text("Tư vấn, tâm lý", "Counselling"),
    "health": Text("Khám, chữa bệnh", "Health care"),
    "shelter": Text("Tạm lánh", "Shelter"),
    "legal": Text("Trợ giúp pháp lý", "Legal aid"),
    "protection": Text("Bảo vệ, cấm tiếp xúc", "Protection, no-contact order"),
    "mediation": Text("Hòa giải", "Mediation"),
    "material": Text("Tiền, hiện vật", "Money, goods"),
}


def _of(*names: str) -> tuple[str, ...]:
    """The columns of women and men."""
    return tuple(f"{name}_{sex}" for name in names for sex in ("f", "m"))


def _sexes(top: str, below: str) -> dict[str, Any]:
    return {
        code: {"numerator_sum": (f"{top}_{sex}",), "denominator_sum": (f"{below}_{sex}",)}
        for code, sex in (("2", "f"), ("1", "m"))
    }


def _by_sex_and_age(name: str) -> tuple[str, ...]:
    return (*_of(name), *(f"{name}_{sex}_{age}" for sex in ("f", "m") for age in AGES))


def _services() -> tuple[str, ...]:
    return _of(*(f"service_{name}" for name in SERVICES))


def _aged(age: str) -> dict[str, tuple[str, ...]]:
    return {
        "numerator_sum": tuple(f"served_{sex}_{age}" for sex in ("f", "m")),
        "denominator_sum": tuple(f"detected_{sex}_{age}" for sex in ("f", "m")),
    }


VICTIM_PARTS: dict[str, Any] = {
    "sex": _sexes("served", "detected"),
    "age_band": {age.replace("_", "-") if "_" in age else f"{age}+": _aged(age) for age in AGES},
    "service": {
        name: {"numerator_sum": _of(f"service_{name}"), "denominator_sum": ("detected",)}
        for name in SERVICES
    },
}

VICTIM_SERV = Indicator(
    code="VICTIM_SERV",
    name=Text(
        "Tỷ lệ người bị bạo lực gia đình, bạo lực trên cơ sở giới được phát hiện được tiếp cận ít "
        "nhất một trong các dịch vụ hỗ trợ cơ bản",
        "Detected victims of domestic or gender-based violence who got at least one basic service",
    ),
    numerator=Text(
        "Số người bị bạo lực được phát hiện trong năm đã tiếp cận ít nhất một dịch vụ hỗ trợ",
        "Victims detected in the year who got at least one support service",
    ),
    denominator=Text(
        "Số người bị bạo lực gia đình, bạo lực trên cơ sở giới được phát hiện trong năm",
        "Victims of domestic or gender-based violence detected in the year",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=POLICE,
    columns=(
        "detected",
        "served",
        *_by_sex_and_age("detected"),
        *_by_sex_and_age("served"),
        *_services(),
    ),
    estimator="return_share",
    arguments={
        "numerator_sum": ("served",),
        "denominator_sum": ("detected",),
        "scale": 100,
        "beside": {"detected": ("detected",)},
        "parts": VICTIM_PARTS,
    },
    by=("sex", "age_band", "service"),
    beside=("detected",),  # never by sex: the other would be a small cell that leaves
    pool_years=(3,),
    definition=strategy(3, 2),
    source=Text(
        "Công an xã, đã đối chiếu với Phòng Văn hóa - Xã hội; chỉ số đếm, không có hồ sơ cá nhân",
        "Commune police, agreed with the culture and society office; counts only, no records",
    ),
    why=Text(
        "Người bị bạo lực được phát hiện cần được hỗ trợ ngay.",
        "A detected victim needs support at once.",
    ),
    misleads=Text(
        "Tỷ lệ này tăng khi phát hiện được ít đi: số người được phát hiện luôn in bên cạnh. Không "
        "phải là tỷ lệ phụ nữ bị bạo lực (SDG 5.2.1).",
        "The share rises when fewer are detected; the number detected is always printed beside it. "
        "It is not the prevalence of violence (SDG 5.2.1).",
    ),
    small_numbers=Text(
        "Một xã thường chỉ có vài trường hợp một năm; một trường hợp có thể làm thay đổi kết luận.",
        "A commune has a handful of cases a year; one case can change the verdict.",
    ),
    sensitive=True,
)

PERP_COUN = Indicator(
    code="PERP_COUN",
    name=Text(
        "Tỷ lệ người gây bạo lực được phát hiện ở mức chưa bị truy cứu trách nhiệm hình sự được "
        "tư vấn, tham vấn",
        "Perpetrators identified and not prosecuted who were counselled",
    ),
    numerator=Text(
        "Số người gây bạo lực chưa bị truy cứu trách nhiệm hình sự đã được tư vấn, tham vấn",
        "Perpetrators not prosecuted who were counselled",
    ),
    denominator=Text(
        "Số người gây bạo lực được phát hiện ở mức chưa bị truy cứu trách nhiệm hình sự",
        "Perpetrators identified and not prosecuted",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=POLICE,
    columns=_of("perpetrators", "unprosecuted", "counselled"),
    estimator="return_share",
    arguments={
        "numerator_sum": _of("counselled"),
        "denominator_sum": _of("unprosecuted"),
        "scale": 100,
        "beside": {"perpetrators": _of("perpetrators")},
        "parts": {"sex": _sexes("counselled", "unprosecuted")},
    },
    by=("sex",),
    beside=("perpetrators",),
    pool_years=(3,),
    definition=strategy(3, 2),
    source=Text("Công an xã; chỉ số đếm", "Commune police; counts only"),
    why=Text(
        "Tư vấn cho người gây bạo lực để ngăn bạo lực tái diễn.",
        "Counselling perpetrators helps to keep violence from recurring.",
    ),
    misleads=Text(
        "Tỷ lệ cao không có nghĩa là bạo lực giảm; phụ thuộc vào số trường hợp được phát hiện.",
        "A high share does not mean less violence; it depends on how many cases are detected.",
    ),
    small_numbers=Text(
        "Mẫu số một năm của một xã thường dưới 10.",
        "The denominator of one commune is usually below 10 a year.",
    ),
    sensitive=True,
)

TRAFF_SERV = Indicator(
    code="TRAFF_SERV",
    name=Text(
        "Tỷ lệ nạn nhân bị mua bán trở về được phát hiện có nhu cầu hỗ trợ được hưởng các dịch vụ "
        "hỗ trợ và tái hòa nhập cộng đồng",
        "Returned victims of trafficking in need who got support and reintegration services",
    ),
    numerator=Text(
        "Số nạn nhân bị mua bán trở về, có nhu cầu, đã được hỗ trợ và tái hòa nhập cộng đồng",
        "Returned victims in need who were supported",
    ),
    denominator=Text(
        "Số nạn nhân bị mua bán trở về được phát hiện có nhu cầu hỗ trợ",
        "Returned victims detected and in need of support",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=POLICE,
    columns=_of("returned", "in_need", "supported"),
    estimator="return_share",
    arguments={
        "numerator_sum": _of("supported"),
        "denominator_sum": _of("in_need"),
        "scale": 100,
        "beside": {"returned": _of("returned")},
        "parts": {"sex": _sexes("supported", "in_need")},
    },
    by=("sex",),
    beside=("returned",),
    pool_years=(3,),
    definition=strategy(3, 3),
    sdg="~16.2.2",
    source=Text(
        "Công an xã, đã đối chiếu với Trạm Y tế và Phòng Văn hóa - Xã hội; chỉ số đếm",
        "Commune police, agreed with the health station and the culture and society office; counts",
    ),
    why=Text(
        "Không nạn nhân trở về nào bị bỏ lại.",
        "No returned victim is to be left without support.",
    ),
    misleads=Text(
        "Nhiều năm không phát sinh nạn nhân nào: khi đó là “không phát sinh”, không phải 0% hay "
        "100%.",
        "Most years have no victim: that is “no cases”, neither 0 % nor 100 %.",
    ),
    small_numbers=Text(
        "Số người rất nhỏ, có thể nhận ra từng người; không công bố theo thôn.",
        "So few that persons could be recognised; never by village.",
    ),
    sensitive=True,
)

SPC_GBV = Indicator(
    code="SPC_GBV",
    name=Text(
        "Tỷ lệ cơ sở trợ giúp xã hội công lập triển khai hoạt động trợ giúp, phòng ngừa và ứng phó "
        "với bạo lực trên cơ sở giới",
        "Public social assistance facilities that act against gender-based violence",
    ),
    numerator=Text(
        "Số cơ sở trợ giúp xã hội công lập có triển khai hoạt động",
        "Public social assistance facilities with such activities",
    ),
    denominator=Text(
        "Tổng số cơ sở trợ giúp xã hội công lập trên địa bàn xã",
        "All public social assistance facilities in the commune",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FACILITIES,
    columns=("is_public", "has_activities"),
    estimator="return_share",
    arguments={
        "domain": (Where("is_public", among=("1",)),),
        "numerator": (Where("has_activities", among=("1",)),),
        "scale": 100,
        "none_listed": True,
    },
    definition=strategy(3, 4),
    source=Text(
        "Báo cáo của từng cơ sở trợ giúp xã hội; danh sách cơ sở do cán bộ xã giữ",
        "Return of each facility; the officer keeps the list of facilities",
    ),
    why=Text(
        "Người bị bạo lực cần một nơi trợ giúp gần nhà.",
        "Victims need a place of help near home.",
    ),
    misleads=Text(
        "Xã không có cơ sở nào thì chỉ tiêu không phát sinh, không phải đạt.",
        "Where the commune has no facility the target does not arise; that is not “met”.",
    ),
    small_numbers=Text("Mẫu số thường là 0 hoặc 1.", "The denominator is usually 0 or 1."),
)

INDICATORS = (CARE_RATIO, VICTIM_SERV, PERP_COUN, TRAFF_SERV, SPC_GBV)
