"""Objective 6: information and communication.

Sources: Công văn 2792/LĐTBXH-BĐG 20/8/2021, chỉ tiêu 6.1; NQ 28/NQ-CP 03/3/2021, mục tiêu 6.
"""

from __future__ import annotations

from typing import Any

from analysis.catalogue.sources import plan_only, strategy
from analysis.types import Direction, Indicator, Text, Variant, Where

AWARE = Indicator(
    code="AWARE",
    name=Text(
        "Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới",
        "Population reached by basic knowledge of gender equality",
    ),
    numerator=Text(
        "Số người từ 15 tuổi trở lên trong 12 tháng qua biết qua ít nhất một kênh và nhớ được ít "
        "nhất một chủ đề",
        "Persons aged 15 and over reached by at least one channel in 12 months who recall at least "
        "one topic",
    ),
    denominator=Text(
        "Số người từ 15 tuổi trở lên trong các hộ được khảo sát (có quyền số)",
        "Persons aged 15 and over in the households covered (weighted)",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table="household.respondent",
    columns=("person_no", "r_sex", "r_age", "eligible", "reached", "informed"),
    also={"household.member": ("eth", "dis")},
    estimator="share",
    arguments={
        "domain": (Where("r_age", at_least=15),),
        "numerator": (Where("reached", among=("1",)),),
        "weight": "eligible",
        "scale": 100,
    },
    by=("sex", "village", "age_band", "ethnicity", "disability"),
    source=Text(
        "Khảo sát hộ gia đình; người được chọn tự trả lời",
        "Household survey; the persons chosen answer for themselves",
    ),
    definition=strategy(
        6,
        1,
        Text(
            "Công văn 2792 tính “dân số được tiếp cận/tổng dân số × 100” mà không định nghĩa “được "
            "tiếp cận”",
            "the letter computes “population reached / population × 100” and does not define "
            "“reached”",
        ),
    ),
    why=Text(
        "Biết quyền của mình là bước đầu để thực hiện.",
        "Knowing one's rights is the first step to using them.",
    ),
    misleads=Text(
        "Không văn bản nào định nghĩa “được tiếp cận”; ở đây là nghe, xem hoặc dự và nhớ được một "
        "chủ đề. Tiếp cận chưa phải là hiểu: tỷ lệ hiểu đúng ít nhất 4 trong 6 câu luôn được in "
        "bên cạnh. Báo cáo cộng dồn từ lượt nghe loa thường cao hơn nhiều. Khảo sát không hỏi "
        "người dưới 15 tuổi.",
        "No document defines “reached”; here it is having heard, seen or attended and recalling a "
        "topic. Reached is not informed: the share with at least 4 of 6 correct is always printed "
        "beside. Reports that add up loudspeaker audiences come out far higher. Persons under 15 "
        "are not asked.",
    ),
    small_numbers=Text(
        "255 trong 300 người là 85,0% nhưng khoảng tin cậy là 80,5 - 88,6%.",
        "255 of 300 persons are 85.0 %, with an interval of 80.5-88.6 %.",
    ),
    variants=(
        Variant(
            "informed",
            Text("Trả lời đúng ít nhất 4 trong 6 câu", "At least 4 of 6 answers correct"),
            {"numerator": (Where("informed", among=("1",)),)},
        ),
    ),
    main_choice=Text(
        "Số chính là “được tiếp cận”, đúng chữ của kế hoạch; “hiểu đúng” được in bên cạnh.",
        "The headline is “reached”, the plan's own word; “informed” is printed beside it.",
    ),
)

BODIES = {
    "party": Text("Tổ chức Đảng", "Party bodies"),
    "government": Text("Chính quyền, phòng, ban", "Authorities, departments"),
    "mass": Text("Tổ chức chính trị - xã hội", "Socio-political organisations"),
    "professional": Text("Tổ chức xã hội - nghề nghiệp", "Professional associations"),
    "service": Text("Đơn vị sự nghiệp, trường học", "Public services, schools"),
}
NEWS, EVENTS, CLOSING = "news", "event", "culture_quarter"
CULTURE = Text(
    "Tổ văn hóa, thông tin (Trung tâm Dịch vụ tổng hợp): từng tin, bài, chương trình; mỗi quý một "
    "báo cáo chốt",
    "Culture and information section: each item and broadcast; a closing return each quarter",
)


def _bodies(what: str, *kinds: str) -> dict[str, tuple[str, ...]]:
    among = kinds or tuple(BODIES)
    return {
        "numerator_sum": tuple(f"{kind}_{what}" for kind in among),
        "denominator_sum": tuple(f"{kind}_total" for kind in among),
    }


def _occasion(campaign: str) -> dict[str, Any]:
    """Events of a campaign, with who came."""
    return {
        "domain": (Where("campaign", among=(campaign,)),),
        "closing": (CLOSING, "n_events"),
        "beside": {"people_f": ("people_f",), "people_m": ("people_m",)},
    }


ORG_COMMIT = Indicator(
    code="ORG_COMMIT",
    name=Text(
        "Tỷ lệ cơ quan, tổ chức được phổ biến, cập nhật thông tin và cam kết thực hiện bình đẳng "
        "giới",
        "Organisations informed about and committed to gender equality",
    ),
    numerator=Text(
        "Số cơ quan, tổ chức vừa được phổ biến vừa ký cam kết",
        "Organisations both informed and committed in writing",
    ),
    denominator=Text(
        "Tổng số tổ chức Đảng, cơ quan, phòng, ban, đoàn thể, hội và đơn vị sự nghiệp của xã",
        "All Party bodies, offices, mass organisations, associations and services of the commune",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    of_persons=False,
    table="commitments_year",
    columns=tuple(
        f"{kind}_{part}" for kind in BODIES for part in ("total", "informed", "committed", "both")
    ),
    estimator="return_share",
    arguments={
        **_bodies("both"),
        "scale": 100,
        "parts": {"organisation": {kind: _bodies("both", kind) for kind in BODIES}},
    },
    by=("organisation",),
    source=Text(
        "Tổ văn hóa, thông tin: báo cáo tổ chức được phổ biến và cam kết",
        "Culture and information section: return on organisations informed and committed",
    ),
    definition=strategy(6, 2),
    why=Text(
        "Cơ quan, tổ chức của xã đi trước thì dân mới theo.",
        "Public bodies have to lead by example.",
    ),
    misleads=Text(
        "Ký cam kết chưa phải là thực hiện. Phải đủ cả hai: được phổ biến và đã cam kết.",
        "A signed commitment is not yet practice. Both are needed: informed and committed.",
    ),
    small_numbers=Text(
        "Thống kê toàn bộ với mẫu số nhỏ: in dạng k/n.",
        "A full count with a small denominator: print k/n.",
    ),
    variants=(
        Variant("informed", Text("Được phổ biến", "Informed"), _bodies("informed")),
        Variant("committed", Text("Đã cam kết", "Committed"), _bodies("committed")),
    ),
)

NEWS_Q = Indicator(
    code="NEWS_Q",
    name=Text(
        "Số tin, bài về bình đẳng giới mỗi quý (quý ít nhất)",
        "News items on gender equality each quarter (the least of the four)",
    ),
    numerator=Text(
        "Số tin, bài, chương trình phát thanh, truyền hình, mạng xã hội trong quý ít nhất của năm",
        "Items, broadcasts and posts in that quarter of the year that had the fewest",
    ),
    denominator=Text("Không có mẫu số: số đếm", "None: a count"),
    unit=Text("tin, bài", "items"),
    direction=Direction.UP,
    of_persons=False,
    table=NEWS,
    columns=("month", "item_kind"),
    also={CLOSING: ("period", "n_items")},
    estimator="return_quarters",
    arguments={
        "domain": (Where("item_kind", among=("1", "2", "3", "4")),),
        "month": "month",
        "closing": (CLOSING, "n_items"),
    },
    decimals=0,
    beside=("year_total",),
    source=CULTURE,
    definition=strategy(6, 3),
    why=Text(
        "Tin, bài đều trong năm giữ cho chủ đề không bị quên.",
        "Items all year round keep the subject from being forgotten.",
    ),
    misleads=Text(
        "Cả bốn quý đều phải đủ: nhiều tin dồn vào một quý không bù được quý khác. Pa-nô, tờ rơi "
        "không tính. Đếm tin, không đếm người đọc, nghe.",
        "Each of the four quarters counts: many items in one do not make up for another. Posters "
        "and leaflets are not counted. Items are counted, not readers.",
    ),
    small_numbers=Text(
        "Số đếm toàn bộ, không có sai số; thiếu một tin là cả quý chưa đạt.",
        "A full count without error; one item short and the quarter is not met.",
    ),
)

COLUMN_M = Indicator(
    code="COLUMN_M",
    name=Text(
        "Số tháng trong năm có chuyên mục, chuyên đề tuyên truyền về bình đẳng giới",
        "Months of the year with a column on gender equality",
    ),
    numerator=Text(
        "Số tháng có ít nhất một chuyên mục, chuyên đề", "Months with at least one column"
    ),
    denominator=Text("12 tháng", "12 months"),
    unit=Text("tháng", "months"),
    direction=Direction.UP,
    of_persons=False,
    table=NEWS,
    columns=("month", "is_column"),
    also={CLOSING: ("period", "n_items")},
    estimator="return_months",
    arguments={
        "domain": (Where("is_column", among=("1",)),),
        "month": "month",
        "closing": (CLOSING, "n_items"),
    },
    decimals=0,
    beside=("year_total",),
    source=CULTURE,
    definition=strategy(6, 4),
    why=Text(
        "Truyền thông đều đặn có tác dụng hơn một đợt cao điểm.",
        "Steady communication does more than one campaign.",
    ),
    misleads=Text(
        "Đếm số tháng có chuyên mục, không đếm số người nghe hay hiểu.",
        "Counts months, not listeners or understanding.",
    ),
    small_numbers=Text("Thống kê toàn bộ trên 12 tháng.", "A full count of 12 months."),
)

EVENT_2010 = Indicator(
    code="EVENT_2010",
    name=Text(
        "Số hoạt động nhân ngày Phụ nữ Việt Nam 20/10", "Events for Women's Day on 20 October"
    ),
    numerator=Text("Số sự kiện nhân dịp 20/10 trong năm", "Events for 20 October in the year"),
    denominator=Text("Không có mẫu số: số đếm", "None: a count"),
    unit=Text("hoạt động", "events"),
    direction=Direction.UP,
    of_persons=False,
    table=EVENTS,
    columns=("month", "campaign", "people_f", "people_m"),
    also={CLOSING: ("period", "n_events")},
    estimator="return_count",
    arguments=_occasion("3"),
    decimals=0,
    beside=("people_f", "people_m"),
    source=Text(
        "Tổ văn hóa, Hội Liên hiệp Phụ nữ, đoàn thể, trường học: mỗi sự kiện một phiếu",
        "Culture section, Women's Union, mass organisations, schools: a form for each event",
    ),
    definition=plan_only(
        "“tổ chức các hoạt động văn hóa, thể thao… cho phụ nữ nhân dịp 20/10”, không nêu số lượng",
        "“cultural and sports activities for women on 20 October”, without a number",
    ),
    why=Text(
        "Ngày 20/10 là dịp đông người nghe nhất trong năm.",
        "20 October is when most people listen.",
    ),
    misleads=Text(
        "Có tổ chức chưa nói lên nội dung; số người dự nam và nữ được in bên cạnh.",
        "An event says nothing of its content; the women and men who came are printed beside it.",
    ),
    small_numbers=Text("Vài sự kiện một năm: số đếm.", "A few events a year: a count."),
)

ACT_MONTH = Indicator(
    code="ACT_MONTH",
    name=Text(
        "Số hoạt động trong Tháng hành động vì bình đẳng giới (15/11 - 15/12)",
        "Events in the Action Month for gender equality (15 November to 15 December)",
    ),
    numerator=Text("Số sự kiện gắn với Tháng hành động", "Events of the Action Month"),
    denominator=Text("Không có mẫu số: số đếm", "None: a count"),
    unit=Text("hoạt động", "events"),
    direction=Direction.UP,
    of_persons=False,
    table=EVENTS,
    columns=EVENT_2010.columns,
    also=EVENT_2010.also,
    estimator="return_count",
    arguments=_occasion("5"),
    decimals=0,
    beside=("people_f", "people_m"),
    source=EVENT_2010.source,
    definition=plan_only(
        "“Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới từ "
        "ngày 15/11 đến 15/12 hằng năm”",
        "the Action Month, 15 November to 15 December each year",
    ),
    why=Text(
        "Cả năm bản kế hoạch đều giao tổ chức Tháng hành động.",
        "All five plans order the Action Month.",
    ),
    misleads=Text(
        "Đếm sự kiện, không đếm kết quả; chỉ sự kiện từ 15/11 đến 15/12 được ghi vào chiến dịch "
        "này.",
        "Events are counted, not results; only those between 15 November and 15 December belong.",
    ),
    small_numbers=EVENT_2010.small_numbers,
)

INDICATORS = (AWARE, ORG_COMMIT, NEWS_Q, COLUMN_M, EVENT_2010, ACT_MONTH)
