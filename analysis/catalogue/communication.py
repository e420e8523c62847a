"""Objective 6: information and communication.

Sources: Công văn 2792/LĐTBXH-BĐG 20/8/2021, chỉ tiêu 6.1; NQ 28/NQ-CP 03/3/2021, mục tiêu 6.
"""

from __future__ import annotations

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
    also={"household.member": ("eth",)},
    estimator="share",
    arguments={
        "domain": (Where("r_age", at_least=15),),
        "numerator": (Where("reached", among=("1",)),),
        "weight": "eligible",
        "scale": 100,
    },
    by=("sex", "village", "age_band", "ethnicity"),
    source=Text(
        "Khảo sát hộ gia đình; người được chọn tự trả lời",
        "Household survey; the persons chosen answer for themselves",
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
        "Tổng số phòng, ban chuyên môn và tổ chức của xã",
        "All offices and organisations of the commune",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=None,
    source=Text("Phòng Văn hóa - Xã hội", "Culture and society office"),
    why=Text(
        "Cơ quan, tổ chức của xã đi trước thì dân mới theo.",
        "Public bodies have to lead by example.",
    ),
    misleads=Text("Ký cam kết chưa phải là thực hiện.", "A signed commitment is not yet practice."),
    small_numbers=Text(
        "Thống kê toàn bộ với mẫu số nhỏ: in dạng k/n.",
        "A full count with a small denominator: print k/n.",
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
    table=None,
    decimals=0,
    source=Text(
        "Tổ văn hóa, thông tin: nhật ký phát sóng, đăng bài",
        "Culture and information section: log of broadcasts and posts",
    ),
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

INDICATORS = (AWARE, ORG_COMMIT, COLUMN_M)
