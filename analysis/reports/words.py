"""The words that reports and pages use for verdicts, gaps, comparators, oddities and categories.

Vietnamese wording of the verdicts and gaps follows the plans' own administrative language:
"không phát sinh" for 0/0, "chưa đủ số liệu" for a return that is missing, "không đánh giá được ở
cấp xã" where no year of one commune can tell. Names of the six objectives: NQ 28/NQ-CP 03/3/2021.
"""

from __future__ import annotations

from analysis.catalogue import METHODS
from analysis.types import Arithmetic, Direction, Missing, Statistical, Text, Trajectory

MISSING: dict[Missing, Text] = {
    Missing.NOT_COLLECTED: Text("chưa thu thập", "not collected yet"),
    Missing.NO_DATA: Text("chưa đủ số liệu", "data incomplete"),
    Missing.NO_CASES: Text("không phát sinh", "no cases"),
    Missing.SUPPRESSED: Text("ẩn vì số nhỏ", "hidden: small numbers"),
}

# Cases on top of the fraction and none below: no number exists.
UNDEFINED = Text("không tính được (mẫu số bằng 0)", "undefined (the denominator is 0)")

ARITHMETIC: dict[Arithmetic, Text] = {
    Arithmetic.MET: Text("Đạt", "Met"),
    Arithmetic.NOT_MET: Text("Chưa đạt", "Not met"),
    Arithmetic.NOT_APPLICABLE: Text("Không phát sinh", "No cases"),
    Arithmetic.INCOMPLETE: Text("Chưa đủ số liệu", "Data incomplete"),
    Arithmetic.QUALITATIVE: Text("Định tính", "Qualitative"),
}

STATISTICAL: dict[Statistical, Text] = {
    Statistical.SURELY_MET: Text("Chắc chắn đạt", "Surely met"),
    Statistical.UNDECIDED: Text("Chưa kết luận", "Undecided"),
    Statistical.SURELY_NOT_MET: Text("Chắc chắn chưa đạt", "Surely not met"),
    Statistical.NOT_ASSESSABLE: Text(
        "Không đánh giá được ở cấp xã", "Not assessable for one commune"
    ),
    Statistical.FULL_COUNT: Text("Thống kê toàn bộ", "Full count"),
    Statistical.NO_DATA: Text("Chưa có số liệu", "No data"),
}

TRAJECTORY: dict[Trajectory, Text] = {
    Trajectory.ON_TRACK: Text("Đúng tiến độ", "On track"),
    Trajectory.BEHIND: Text("Chậm", "Behind"),
    Trajectory.NO_BASELINE: Text("Chưa có số gốc", "No baseline"),
    Trajectory.NO_DATA: Text("Chưa có số liệu", "No data"),
}

NO_VERDICT = Text("Chưa đánh giá", "Not judged")

SYMBOLS: dict[str, str] = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}

COMPARATORS: dict[str, Text] = {
    ">=": Text("từ {} trở lên", "at least {}"),
    ">": Text("trên {}", "above {}"),
    "<=": Text("không quá {}", "at most {}"),
    "<": Text("dưới {}", "below {}"),
    "=": Text("bằng {}", "equal to {}"),
    "maintain": Text("duy trì {}", "maintain {}"),
    "qualitative": Text("định tính", "qualitative"),
}

# Units of targets that are about a number of cases, not a rate.
COUNTED: dict[str, Text] = {"ca": Text("ca", "cases")}

DIRECTIONS: dict[Direction, Text] = {
    Direction.UP: Text("cao hơn là tốt hơn", "higher is better"),
    Direction.DOWN: Text("thấp hơn là tốt hơn", "lower is better"),
    Direction.BAND: Text("trong khoảng tham chiếu là tốt", "within the reference band is good"),
}

# The six objectives of the national strategy; every plan read so far keeps their order.
OBJECTIVES: dict[int, Text] = {
    1: Text("Trong lĩnh vực chính trị", "Politics"),
    2: Text("Trong lĩnh vực kinh tế, lao động", "Economy and labour"),
    3: Text(
        "Trong đời sống gia đình và phòng ngừa, ứng phó với bạo lực trên cơ sở giới",
        "Family life and gender-based violence",
    ),
    4: Text("Trong lĩnh vực y tế", "Health"),
    5: Text("Trong lĩnh vực giáo dục, đào tạo", "Education and training"),
    6: Text("Trong lĩnh vực thông tin, truyền thông", "Information and communication"),
}

# What a plan's wording leaves open. Codes without an entry concern spelling only and are not
# printed: the verbatim text shows them.
WARNINGS: dict[str, Text] = {
    "no_responsible_unit": Text(
        "Kế hoạch chưa giao đơn vị chịu trách nhiệm", "the plan names no responsible unit"
    ),
    "double_assignment": Text(
        "Kế hoạch giao trách nhiệm cho hai đơn vị", "the plan names two responsible units"
    ),
    "no_deadline": Text(
        "Kế hoạch không ghi thời hạn của chỉ tiêu; lấy năm cuối của kế hoạch",
        "the plan states no deadline; the plan's last year is used",
    ),
    "denominator_ambiguous": Text(
        "Kế hoạch chưa ghi rõ mẫu số của tỷ lệ", "the plan leaves the denominator open"
    ),
    "denominator_undefined": Text(
        "Kế hoạch chưa xác định mẫu số của tỷ lệ", "the plan does not define the denominator"
    ),
    "unit_denominator_missing": Text(
        "Kế hoạch ghi mức chỉ tiêu không có mẫu số", "the plan's value has no denominator"
    ),
    "unit_rescaled_from_per_100": Text(
        "Kế hoạch ghi mức trên 100; quy đổi sang trên 1.000 để so sánh",
        "the plan's value per 100 is converted to per 1,000",
    ),
    "decimal_point_style": Text(
        "Kế hoạch dùng dấu chấm thay dấu phẩy thập phân", "the plan writes a decimal point"
    ),
    "age_band_unspecified": Text(
        "Kế hoạch không ghi nhóm tuổi; tính cho các nhóm 10 - 14, 15 - 19 và 10 - 19 tuổi",
        "the plan names no age band; computed for ages 10-14, 15-19 and 10-19",
    ),
    "suspected_typo_denominator_101": Text(
        "Mức “105 bé trai/101 bé gái” nghi là lỗi đánh máy của “105/100”",
        "“105 boys/101 girls” is probably a misprint of “105/100”",
    ),
    "logically_impossible_gt_100": Text(
        "Mức “trên 100%” không thể xảy ra đối với một tỷ lệ", "“above 100%” is impossible"
    ),
    "comparator_overridden": Text(
        "Đánh giá theo mức 100% thay cho mức ghi trong Kế hoạch",
        "judged at 100% in place of the plan's wording",
    ),
    "conditional_if_any": Text(
        "Chỉ áp dụng khi trên địa bàn có đối tượng", "applies only where there is any"
    ),
    "population_undefined": Text(
        "Kế hoạch chưa xác định đối tượng tính", "the plan does not define whom it counts"
    ),
    "population_ambiguous_ethnic_or_all": Text(
        "Kế hoạch chưa rõ tính cho người dân tộc thiểu số hay toàn bộ",
        "the plan leaves open whether ethnic minorities or everyone is meant",
    ),
    "wrong_unit_percent": Text(
        "Kế hoạch ghi đơn vị % cho một số đếm", "the plan writes % for a count"
    ),
    "ambiguous_reduce_by_or_to": Text(
        "Kế hoạch không rõ là giảm bao nhiêu hay giảm còn bao nhiêu",
        "the plan leaves open whether it means reduce by or reduce to",
    ),
    "below_biological_norm_104_106": Text(
        "Mức chỉ tiêu thấp hơn mức sinh học tự nhiên 104 - 106",
        "the value lies below the natural level of 104-106",
    ),
    "outlier_vs_national_30": Text(
        "Mức chỉ tiêu cao hơn nhiều so với mức 30% của cả nước",
        "the value is far above the national 30%",
    ),
    "count_vs_share": Text(
        "Kế hoạch ghi số lượng nhưng giao mức tỷ lệ", "the plan speaks of a number and sets a share"
    ),
    "count_not_stated": Text("Kế hoạch không ghi số lượng", "the plan states no number"),
}

# Warnings about the value itself, which is quoted as the plan prints it.
VALUE_WARNINGS = frozenset(
    {
        "unit_denominator_missing",
        "unit_rescaled_from_per_100",
        "decimal_point_style",
        "wrong_unit_percent",
        "ambiguous_reduce_by_or_to",
        "below_biological_norm_104_106",
        "outlier_vs_national_30",
        "count_vs_share",
    }
)

# Warnings that a target's own note explains better, where the plan file has one.
NOTED_WARNINGS = VALUE_WARNINGS | {
    "denominator_ambiguous",
    "suspected_typo_denominator_101",
    "logically_impossible_gt_100",
    "comparator_overridden",
    "double_assignment",
}

# Warnings about size rather than wording: printed under the caution on small numbers.
SMALL_NUMBER_WARNINGS: dict[str, Text] = {
    "tiny_denominator": Text(
        "số đơn vị được tính rất ít, tăng hoặc giảm một đơn vị làm tỷ lệ thay đổi lớn",
        "so few units are counted that one more or less moves the share a lot",
    ),
    "small_numbers": Text(
        "số trường hợp trong một năm ít, một trường hợp có thể làm thay đổi kết luận",
        "so few cases occur in a year that a single one can change the verdict",
    ),
    "not_estimable_at_commune": Text(
        "không thể ước lượng ở cấp xã; chỉ nêu số trường hợp, không dùng tỷ số của một năm",
        "cannot be estimated for one commune; read the count, not the yearly ratio",
    ),
    "zero_denominator_likely": Text(
        "nhiều năm không phát sinh trường hợp nào", "most years have no case at all"
    ),
}

FORMS: dict[str, Text] = {
    "household": Text("phiếu khảo sát hộ gia đình", "household survey"),
    "backcheck": Text("phiếu hỏi lại sau phỏng vấn", "back-checks of interviews"),
    "births": Text("phiếu ghi từng ca sinh", "births register"),
    "births_month": Text(
        "phiếu chốt tháng về sinh và tử vong mẹ",
        "monthly closing returns on births and maternal deaths",
    ),
    "brokerage_year": Text(
        "báo cáo môi giới hôn nhân trái pháp luật", "returns on illegal brokerage"
    ),
    "commitments_year": Text("báo cáo tổ chức cam kết", "returns on organisations committed"),
    "committee_year": Text("báo cáo Ban Vì sự tiến bộ của phụ nữ", "returns of the committee"),
    "complaints_quarter": Text(
        "báo cáo phản ánh, kiến nghị", "returns on complaints and petitions"
    ),
    "culture_quarter": Text(
        "phiếu chốt quý về tin, bài, sự kiện", "quarterly returns on news, events"
    ),
    "drafts_year": Text("báo cáo lồng ghép giới trong văn bản", "returns on drafts reviewed"),
    "economy_year": Text(
        "báo cáo doanh nghiệp, hợp tác xã", "returns on enterprises, cooperatives"
    ),
    "emergency_year": Text("báo cáo hỗ trợ khẩn cấp", "returns on emergency support"),
    "event": Text("phiếu ghi từng sự kiện", "log of events"),
    "focal_year": Text("báo cáo cán bộ đầu mối", "returns on focal officers"),
    "inspection_year": Text("báo cáo kiểm tra, giám sát", "returns on inspections"),
    "leaders_year": Text("báo cáo cán bộ nữ, lãnh đạo", "returns on leaders and women cadres"),
    "legal_aid_year": Text("báo cáo trợ giúp pháp lý, hòa giải", "returns on legal aid, mediation"),
    "news": Text("phiếu ghi từng tin, bài, chương trình", "log of news items and broadcasts"),
    "police_year": Text("báo cáo của công an", "police returns"),
    "safe_places_year": Text(
        "báo cáo địa chỉ tin cậy, nhà tạm lánh", "returns on trusted addresses"
    ),
    "school_support_year": Text("báo cáo tư vấn học đường", "returns on school counselling"),
    "school_year": Text("báo cáo năm học của trường", "schools' returns"),
    "social_year": Text("báo cáo cơ sở trợ giúp xã hội", "returns of social facilities"),
    "training_year": Text("báo cáo tập huấn", "returns on training"),
    "visit": Text("phiếu ghi lần đến hộ không hỏi được", "visits without an interview"),
    "women_business_year": Text(
        "báo cáo hỗ trợ phụ nữ kinh doanh", "returns on women's businesses"
    ),
}


def method_words(method: str, language: str = "vi") -> str:
    """The name of an estimator and its interval; one that has none here as it is written."""
    name = METHODS.get(method)
    return name[language] if name else method
