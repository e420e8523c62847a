"""Objective 1: politics and leadership. Source: NQ 28/NQ-CP 03/3/2021, mục tiêu 1.

All are full counts from the return of the office of home affairs, at 31 December.
"""

from __future__ import annotations

from analysis.catalogue.sources import plan_only, strategy
from analysis.types import Direction, Indicator, Text, Variant, Where

FORM, BODIES = "leaders_year", "leaders_year.body"
SOURCE = Text(
    "Tổ nội vụ: báo cáo cán bộ nữ và lãnh đạo, tại ngày 31/12",
    "Office of home affairs: return on leaders and women cadres, on 31 December",
)
MANAGERS = ("committee", "department", "service")
POSTS = {
    "party": Text("Cấp ủy viên", "Party committee"),
    "council": Text("Đại biểu Hội đồng nhân dân", "People's Council deputies"),
    "committee": Text("Lãnh đạo HĐND, UBND", "Chairs of Council and Committee"),
    "department": Text("Trưởng, phó phòng, ban", "Heads of departments"),
    "service": Text("Trưởng, phó đơn vị sự nghiệp, trường học", "Heads of services, schools"),
    "village": Text("Trưởng thôn, tổ trưởng", "Heads of villages"),
}
MASS = {
    "front": Text("Mặt trận Tổ quốc", "Fatherland Front"),
    "women": Text("Hội Liên hiệp Phụ nữ", "Women's Union"),
    "farmers": Text("Hội Nông dân", "Farmers' Association"),
    "veterans": Text("Hội Cựu chiến binh", "Veterans' Association"),
    "youth": Text("Đoàn Thanh niên", "Youth Union"),
    "labour": Text("Công đoàn", "Trade union"),
}
PLANNED = ("party", "committee", "department")
COURSES = {
    "theory": Text("Lý luận chính trị", "Political theory"),
    "profession": Text("Chuyên môn, nghiệp vụ", "Professional skills"),
    "management": Text("Lãnh đạo, quản lý", "Leadership, management"),
}


def _women(prefix: str, names: tuple[str, ...], end: str = "") -> dict[str, tuple[str, ...]]:
    """Women among all in these groups of columns."""
    women = tuple(f"{prefix}_{name}_f{end}" for name in names)
    men = tuple(f"{prefix}_{name}_m{end}" for name in names)
    return {"numerator_sum": women, "denominator_sum": (*women, *men)}


def _columns(prefix: str, names: tuple[str, ...], ends: tuple[str, ...] = ("",)) -> tuple[str, ...]:
    return tuple(f"{prefix}_{n}_{s}{end}" for n in names for s in ("f", "m") for end in ends)


LEAD_UNIT = Indicator(
    code="LEAD_UNIT",
    name=Text(
        "Tỷ lệ cơ quan, phòng, ban có lãnh đạo chủ chốt là nữ",
        "Offices with at least one woman among their key leaders",
    ),
    numerator=Text(
        "Số phòng, ban chuyên môn có ít nhất một lãnh đạo chủ chốt là nữ tại ngày 31/12",
        "Departments with at least one woman among their key leaders on 31 December",
    ),
    denominator=Text(
        "Tổng số phòng, ban chuyên môn thuộc sự quản lý của xã tại ngày 31/12",
        "All departments under the commune on 31 December",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=BODIES,
    columns=("body_kind", "key_f"),
    estimator="return_share",
    arguments={
        "domain": (Where("body_kind", among=("4",)),),
        "numerator": (Where("key_f", at_least=1),),
        "scale": 100,
    },
    sdg="~5.5.2",
    source=SOURCE,
    definition=strategy(
        1,
        1,
        Text(
            "lãnh đạo chủ chốt của HĐND, UBND là Chủ tịch, Phó Chủ tịch (Tổng cục Thống kê)",
            "key leaders of a People's Council and Committee are its chair and vice chairs (GSO)",
        ),
    ),
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
    variants=(
        Variant(
            "state_bodies",
            Text(
                "Cơ quan quản lý nhà nước: HĐND, UBND và các phòng, ban",
                "State bodies: People's Council, People's Committee and departments",
            ),
            {"domain": (Where("body_kind", among=("2", "3", "4")),)},
        ),
        Variant(
            "all_bodies",
            Text("Mọi cơ quan, đơn vị, đoàn thể trong báo cáo", "Every body in the return"),
            {"domain": (Where("body_kind", filled=True),)},
        ),
    ),
    main_choice=Text(
        "Số chính tính trên phòng, ban chuyên môn; kế hoạch ghi “cơ quan quản lý nhà nước” thì đọc "
        "số có thêm HĐND, UBND.",
        "The headline counts departments; where a plan says “state bodies”, read the figure with "
        "Council and Committee.",
    ),
)

LEAD_SHARE = Indicator(
    code="LEAD_SHARE",
    name=Text("Tỷ lệ nữ tham gia lãnh đạo, quản lý", "Women among leaders and managers"),
    numerator=Text(
        "Số nữ giữ chức danh lãnh đạo HĐND, UBND, phòng, ban, đơn vị sự nghiệp tại ngày 31/12",
        "Women in leading posts of Council, Committee, departments and services on 31 December",
    ),
    denominator=Text(
        "Tổng số người giữ các chức danh đó tại ngày 31/12", "All holders of these posts"
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FORM,
    columns=_columns("post", tuple(POSTS)),
    estimator="return_share",
    arguments={
        **_women("post", MANAGERS),
        "scale": 100,
        "parts": {"post": {name: _women("post", (name,)) for name in POSTS}},
    },
    by=("post",),
    sdg="5.5.2",
    source=SOURCE,
    definition=plan_only(
        "SDG 5.5.2 tính nhóm nghề 11 - 14 của ISCO-08", "SDG 5.5.2 counts ISCO-08 groups 11-14"
    ),
    why=Text(
        "Số người giữ chức danh cho biết phụ nữ thực sự tham gia quyết định đến đâu.",
        "The holders of posts show how far women take part in decisions.",
    ),
    misleads=Text(
        "Kế hoạch không nói chức danh nào được tính; thêm cấp ủy, đại biểu HĐND và trưởng thôn thì "
        "tỷ lệ khác hẳn, nên được in bên cạnh.",
        "The plan does not say which posts count; with Party committee, deputies and village heads "
        "the share is another, so it is printed beside.",
    ),
    small_numbers=Text(
        "Một xã có vài chục chức danh: một người làm tỷ lệ đổi vài điểm phần trăm.",
        "A commune has some dozens of posts: one person moves the share by points.",
    ),
    variants=(
        Variant(
            "all_posts",
            Text(
                "Tính cả cấp ủy, đại biểu HĐND, trưởng thôn",
                "With Party committee, deputies and village heads",
            ),
            _women("post", tuple(POSTS)),
        ),
    ),
    main_choice=Text(
        "Số chính là chức danh lãnh đạo, quản lý của chính quyền và đơn vị sự nghiệp.",
        "The headline counts leading posts of the authorities and services.",
    ),
)

LEAD_MASS = Indicator(
    code="LEAD_MASS",
    name=Text("Tỷ lệ nữ lãnh đạo đoàn thể", "Women among leaders of mass organisations"),
    numerator=Text(
        "Số nữ là cấp trưởng, cấp phó của Mặt trận và các đoàn thể tại ngày 31/12",
        "Women heads and deputies of the Front and the mass organisations on 31 December",
    ),
    denominator=Text(
        "Tổng số cấp trưởng, cấp phó của Mặt trận và các đoàn thể", "All heads and deputies of them"
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FORM,
    columns=_columns("mass", tuple(MASS)),
    estimator="return_share",
    arguments={
        **_women("mass", tuple(MASS)),
        "scale": 100,
        "parts": {"mass": {name: _women("mass", (name,)) for name in MASS}},
    },
    by=("mass",),
    source=SOURCE,
    definition=plan_only(
        "“nữ tham gia lãnh đạo ở các đoàn thể”", "“women in the leadership of mass organisations”"
    ),
    why=Text(
        "Đoàn thể là nơi nhiều phụ nữ bắt đầu tham gia lãnh đạo.",
        "Mass organisations are where many women begin to lead.",
    ),
    misleads=Text(
        "Hội Liên hiệp Phụ nữ do phụ nữ lãnh đạo nên kéo tỷ lệ lên: đọc cùng số của từng đoàn thể.",
        "The Women's Union is led by women and lifts the share: read it with each organisation's.",
    ),
    small_numbers=Text(
        "Chỉ khoảng 10 - 20 người: in dạng k/n.", "Only 10 to 20 persons: print k/n."
    ),
    variants=(
        Variant(
            "without_women_union",
            Text("Không tính Hội Liên hiệp Phụ nữ", "Without the Women's Union"),
            _women("mass", tuple(name for name in MASS if name != "women")),
        ),
    ),
)

LEAD_PLAN = Indicator(
    code="LEAD_PLAN",
    name=Text("Nữ trong quy hoạch cán bộ lãnh đạo, quản lý", "Women planned for leading posts"),
    numerator=Text("Số nữ trong danh sách quy hoạch", "Women on the lists of planned cadres"),
    denominator=Text("Tổng số người trong danh sách quy hoạch", "All on these lists"),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FORM,
    columns=_columns("plan", PLANNED, ("", "_young")),
    estimator="return_share",
    arguments={
        **_women("plan", PLANNED),
        "scale": 100,
        "parts": {"post": {name: _women("plan", (name,)) for name in PLANNED}},
    },
    by=("post",),
    source=SOURCE,
    definition=plan_only(
        "“ưu tiên quy hoạch cán bộ nữ, trẻ”", "“priority to women and the young in planning”"
    ),
    why=Text(
        "Người được quy hoạch hôm nay là người giữ chức danh nhiệm kỳ sau.",
        "Those planned today hold the posts of the next term.",
    ),
    misleads=Text(
        "Chỉ tiêu định tính: tỷ lệ chỉ là bằng chứng kèm theo. Có tên trong quy hoạch chưa phải là "
        "được bổ nhiệm; một người có thể nằm trong hai danh sách.",
        "Qualitative in the plan: the share is evidence only. To be planned is not to be "
        "appointed; a person may be on two lists.",
    ),
    small_numbers=Text(
        "Danh sách của một xã ngắn: in dạng k/n.", "A commune's lists are short: print k/n."
    ),
    variants=(
        Variant(
            "under_40",
            Text("Nữ trong số người dưới 40 tuổi được quy hoạch", "Women among planned under 40"),
            _women("plan", PLANNED, "_young"),
        ),
    ),
)

CADRE_TRAIN = Indicator(
    code="CADRE_TRAIN",
    name=Text(
        "Nữ trong số cán bộ được cử đi đào tạo, bồi dưỡng", "Women among cadres sent to training"
    ),
    numerator=Text(
        "Số lượt cán bộ nữ được cử đi học lý luận chính trị, chuyên môn, quản lý trong năm",
        "Women cadres sent to courses of theory, profession or management in the year (seats)",
    ),
    denominator=Text("Tổng số lượt cán bộ được cử đi học trong năm", "All cadres sent (seats)"),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FORM,
    columns=_columns("trained", tuple(COURSES)),
    estimator="return_share",
    arguments={
        **_women("trained", tuple(COURSES)),
        "scale": 100,
        "parts": {"course": {name: _women("trained", (name,)) for name in COURSES}},
    },
    by=("course",),
    source=SOURCE,
    definition=plan_only(
        "“tạo điều kiện thuận lợi để cán bộ nữ có thể tham gia học các lớp chính trị, chuyên môn”",
        "“women cadres can attend political and professional courses”",
    ),
    why=Text(
        "Không được cử đi học thì không đủ chuẩn để được bổ nhiệm.",
        "Without the courses nobody qualifies for a post.",
    ),
    misleads=Text(
        "Chỉ tiêu định tính: tỷ lệ chỉ là bằng chứng kèm theo. Đếm lượt học, không đếm người; so "
        "với tỷ lệ nữ trong toàn bộ cán bộ mới biết có công bằng không.",
        "Qualitative in the plan: the share is evidence only. Seats are counted, not persons; only "
        "the share of women among all cadres tells whether it is fair.",
    ),
    small_numbers=Text(
        "Vài chục lượt một năm: in dạng k/n.", "Some dozens of seats a year: print k/n."
    ),
)

INDICATORS = (LEAD_UNIT, LEAD_SHARE, LEAD_MASS, LEAD_PLAN, CADRE_TRAIN)
