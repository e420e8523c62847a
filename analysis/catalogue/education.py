"""Objective 5: education and training, from the schools' returns of the school year.

Sources: NQ 28/NQ-CP 03/3/2021, mục tiêu 5; SDG metadata 4.1.2, 4.3.3, 4.5.1, 4.7.1. A school year
belongs to the calendar year in which it ends.
"""

from __future__ import annotations

from typing import Any

from analysis.catalogue.sources import plan_only, strategy
from analysis.types import Direction, Indicator, Text, Variant, Where

FORM, GRADES, CADRES = "school_year", "school_year.grade", "leaders_year"
SCHOOLS = Text(
    "Các trường: báo cáo năm học (năm học tính vào năm kết thúc)",
    "Schools: return of the school year (counted in the year in which it ends)",
)
TAUGHT = Where("nil", among=("0",))
KINH, MINORITY = ("kinh",), ("minority",)
EVERYONE, GIRLS, BOYS = ("f", "m"), ("f",), ("m",)


def _pupils(
    what: str, groups: tuple[str, ...] = (*KINH, *MINORITY), sexes: tuple[str, ...] = EVERYONE
) -> tuple[str, ...]:
    return tuple(f"{what}_{group}_{sex}" for group in groups for sex in sexes)


def _completion(*of: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Completers against pupils at the start, of some groups and sexes."""
    return {"numerator_sum": _pupils("completed", *of), "denominator_sum": _pupils("start", *of)}


BOTH = (*KINH, *MINORITY)
PARTS: dict[str, Any] = {
    "sex": {"2": _completion(BOTH, GIRLS), "1": _completion(BOTH, BOYS)},
    "ethnicity": {"Kinh": _completion(KINH), "DTTS": _completion(MINORITY)},
    "ethnicity,sex": {
        ("DTTS", "2"): _completion(MINORITY, GIRLS),
        ("DTTS", "1"): _completion(MINORITY, BOYS),
        ("Kinh", "2"): _completion(KINH, GIRLS),
        ("Kinh", "1"): _completion(KINH, BOYS),
    },
}
COUNTED = tuple(name for what in ("start", "completed", "came", "left") for name in _pupils(what))
WITH_MOVES = Variant(
    "with_transfers",
    Text(
        "Mẫu số có cộng học sinh chuyển đến, trừ chuyển đi",
        "With pupils who came and without those who left in the denominator",
    ),
    {
        "denominator_sum": (*_pupils("start"), *_pupils("came")),
        "denominator_less": _pupils("left"),
    },
)


def _completed(grade: str) -> dict[str, Any]:
    return {
        "domain": (Where("grade_no", among=(grade,)),),
        **_completion(),
        "parts": PARTS,
        "gross": True,
        "scale": 100,
    }


MISLEADS = Text(
    "Tính trên học sinh có mặt đầu lớp cuối cấp nên bỏ qua các em đã thôi học từ trước. Trên 100% "
    "chỉ khi có học sinh chuyển đến: khi đó được ghi chú. SDG 4.1.2 tính trên cả lứa tuổi, từ điều "
    "tra, nên thường thấp hơn.",
    "Counted on pupils who start the last grade, so earlier drop-outs are missed. Above 100 % only "
    "where pupils moved in: this is flagged. SDG 4.1.2 counts a whole age group in surveys and is "
    "usually lower.",
)

CURR_GENDER = Indicator(
    code="CURR_GENDER",
    name=Text(
        "Nội dung về giới, bình đẳng giới trong chương trình giảng dạy",
        "Gender equality in the teaching programme",
    ),
    numerator=Text(
        "Số trường có nội dung giới, bình đẳng giới trong kế hoạch giáo dục của trường",
        "Schools whose programme has gender equality",
    ),
    denominator=Text(
        "Tổng số trường có học sinh trên địa bàn", "All schools with pupils in the commune"
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    of_persons=False,
    table=FORM,
    columns=("nil", "in_programme", "classes", "classes_gender", "lessons_due", "lessons_gender"),
    estimator="return_share",
    arguments={
        "domain": (TAUGHT,),
        "numerator": (Where("in_programme", among=("1",)),),
        "scale": 100,
    },
    sdg="~4.7.1",
    source=SCHOOLS,
    definition=strategy(5, 1),
    why=Text("Định kiến giới hình thành từ sớm.", "Gender stereotypes form early."),
    misleads=Text(
        "Có trong chương trình chưa nói lên chất lượng. Kế hoạch ghi “đạt 100%” mà không nói 100% "
        "của gì: trường, lớp hay tiết học; cả ba được tính, số chính là trường.",
        "A lesson in the programme says nothing of its quality. A plan that says “100 %” leaves "
        "open of what: schools, classes or lessons; all three are computed, schools first.",
    ),
    small_numbers=Text(
        "Xã chỉ có vài trường: in dạng k/n.", "A commune has only a few schools: print k/n."
    ),
    variants=(
        Variant(
            "classes",
            Text("Số lớp được học nội dung giới", "Classes that were taught it"),
            {
                "numerator": (),
                "numerator_sum": ("classes_gender",),
                "denominator_sum": ("classes",),
            },
        ),
        Variant(
            "lessons",
            Text("Số tiết đã lồng ghép trong số tiết phải lồng ghép", "Lessons due that had it"),
            {
                "numerator": (),
                "numerator_sum": ("lessons_gender",),
                "denominator_sum": ("lessons_due",),
            },
        ),
    ),
    main_choice=Text(
        "Số chính đếm trường; số lớp và số tiết được in bên cạnh.",
        "The headline counts schools; classes and lessons are printed beside it.",
    ),
)

PRIM_COMP = Indicator(
    code="PRIM_COMP",
    name=Text(
        "Tỷ lệ trẻ em trai và trẻ em gái hoàn thành giáo dục tiểu học",
        "Boys and girls who complete primary school",
    ),
    numerator=Text(
        "Số học sinh lớp 5 hoàn thành chương trình tiểu học trong năm học",
        "Pupils of grade 5 who completed primary school in the school year",
    ),
    denominator=Text(
        "Số học sinh lớp 5 đầu năm học", "Pupils in grade 5 at the start of the school year"
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=GRADES,
    columns=("grade_no", *COUNTED),
    estimator="return_share",
    arguments=_completed("5"),
    by=("sex", "ethnicity"),
    decimals=2,
    sdg="~4.1.2",
    source=SCHOOLS,
    definition=strategy(5, 2),
    why=Text(
        "Trẻ không hoàn thành tiểu học khó học tiếp; khoảng cách giữa trai và gái, giữa Kinh và "
        "dân tộc thiểu số lộ ra ở đây.",
        "A child who does not complete primary school hardly goes on; gaps between boys and girls, "
        "Kinh and minorities show here.",
    ),
    misleads=MISLEADS,
    small_numbers=Text(
        "Khối 5 của một xã thường dưới 1.000 em: 99,9% chỉ đạt khi không em nào bị bỏ lại, hoặc "
        "nhiều nhất một em trong mỗi 1.000 em.",
        "Grade 5 of a commune has fewer than 1,000 pupils: 99.9 % then means that no child is left "
        "behind, at most one in each 1,000.",
    ),
    variants=(WITH_MOVES,),
)

LSEC_COMP = Indicator(
    code="LSEC_COMP",
    name=Text(
        "Tỷ lệ trẻ em trai và trẻ em gái hoàn thành cấp trung học cơ sở",
        "Boys and girls who complete lower secondary school",
    ),
    numerator=Text(
        "Số học sinh hoàn thành cấp trung học cơ sở trong năm học",
        "Pupils who completed lower secondary in the school year",
    ),
    denominator=Text(
        "Số học sinh lớp 9 đầu năm học", "Pupils in grade 9 at the start of the school year"
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=GRADES,
    columns=("grade_no", *COUNTED),
    estimator="return_share",
    arguments=_completed("9"),
    by=("sex", "ethnicity"),
    decimals=2,
    sdg="~4.1.2",
    source=SCHOOLS,
    definition=strategy(5, 2),
    why=Text(
        "Hoàn thành cấp học là điều kiện để học tiếp và học nghề.",
        "Completing the level opens the way to further schooling and training.",
    ),
    misleads=MISLEADS,
    small_numbers=Text(
        "Một em thôi học đã làm tỷ lệ thấp hơn 100%.", "One drop-out brings it below 100 %."
    ),
    variants=(WITH_MOVES,),
)

VET_F = Indicator(
    code="VET_F",
    name=Text(
        "Tỷ lệ nữ học viên, học sinh, sinh viên được tuyển mới thuộc hệ thống giáo dục nghề nghiệp",
        "Women among new entrants to vocational education",
    ),
    numerator=Text("Số nữ được tuyển mới", "Women newly enrolled"),
    denominator=Text(
        "Tổng số học sinh các trường trong xã được tuyển mới vào giáo dục nghề nghiệp trong năm",
        "All pupils of the commune's schools newly enrolled in vocational education in the year",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FORM,
    columns=("vet_f", "vet_m"),
    estimator="return_share",
    arguments={
        "numerator_sum": ("vet_f",),
        "denominator_sum": ("vet_f", "vet_m"),
        "scale": 100,
    },
    sdg="~4.3.3",
    source=SCHOOLS,
    definition=strategy(5, 3),
    why=Text("Tay nghề mở đường đến việc làm hưởng lương.", "Skills open the way to wage work."),
    misleads=Text(
        "Đếm học sinh vừa rời các trường trong xã; người lớn đi học nghề và học sinh của trường "
        "ngoài xã không có trong số này.",
        "Counts pupils who just left the commune's schools; adults in training and pupils of "
        "schools elsewhere are not in it.",
    ),
    small_numbers=Text(
        "Số tuyển mới của một xã nhỏ, tỷ lệ dao động mạnh.",
        "Few entrants in one commune, so the share swings.",
    ),
)


def _degree(name: str) -> dict[str, Any]:
    """Staff of schools, and cadres outside schools: two returns that never count one person."""
    own = {"numerator_sum": (f"{name}_f",), "denominator_sum": (f"{name}_f", f"{name}_m")}
    return {**own, "plus": ({"table": CADRES, **own},), "scale": 100}


DEGREES = Text(
    "Các trường (giáo viên, viên chức của trường) và Tổ nội vụ (cán bộ, công chức, viên chức khác)",
    "Schools (their staff) and the office of home affairs (all other cadres)",
)
HOLDERS = Text(
    "Chỉ đếm người làm việc trong cơ quan, trường học của xã; người có bằng làm việc nơi khác hoặc "
    "trong khu vực tư không có trong số này. Kế hoạch không nói tính theo nơi ở hay nơi làm việc.",
    "Counts only those who work in the commune's offices and schools, not residents who work "
    "elsewhere or in private business. The plan does not say which it means.",
)

MASTER_F = Indicator(
    code="MASTER_F",
    name=Text(
        "Tỷ lệ nữ thạc sĩ trong tổng số người có trình độ thạc sĩ",
        "Women among holders of a master's degree",
    ),
    numerator=Text(
        "Số nữ có bằng cao nhất là thạc sĩ, làm việc tại cơ quan, trường học của xã",
        "Women whose highest degree is a master's, working in the commune's offices and schools",
    ),
    denominator=Text(
        "Tổng số người có bằng cao nhất là thạc sĩ, làm việc tại cơ quan, trường học của xã",
        "All whose highest degree is a master's, working in the commune's offices and schools",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FORM,
    columns=("master_f", "master_m"),
    also={CADRES: ("master_f", "master_m")},
    estimator="return_share",
    arguments=_degree("master"),
    sdg="~4.5.1",
    source=DEGREES,
    definition=strategy(5, 4),
    why=Text(
        "Bình đẳng ở trình độ cao mở đường vào vị trí lãnh đạo.",
        "Equality in higher degrees opens the way to leadership.",
    ),
    misleads=HOLDERS,
    small_numbers=Text(
        "Thống kê toàn bộ trên ít người: in dạng k/n.",
        "A full count of few persons: print k/n.",
    ),
)

PHD_F = Indicator(
    code="PHD_F",
    name=Text(
        "Tỷ lệ nữ tiến sĩ trong tổng số người có trình độ tiến sĩ",
        "Women among holders of a doctorate",
    ),
    numerator=Text(
        "Số nữ có trình độ tiến sĩ, làm việc tại cơ quan, trường học của xã",
        "Women with a doctorate, working in the commune's offices and schools",
    ),
    denominator=Text(
        "Tổng số người có trình độ tiến sĩ, làm việc tại cơ quan, trường học của xã",
        "All with a doctorate, working in the commune's offices and schools",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=FORM,
    columns=("doctor_f", "doctor_m"),
    also={CADRES: ("doctor_f", "doctor_m")},
    estimator="return_share",
    arguments=_degree("doctor"),
    sdg="~4.5.1",
    source=DEGREES,
    definition=plan_only("“nữ tiến sĩ trong tổng số”", "“women among holders of a doctorate”"),
    why=MASTER_F.why,
    misleads=HOLDERS,
    small_numbers=Text(
        "Xã thường có không đến mười tiến sĩ; có năm không có ai (không phát sinh).",
        "A commune rarely has ten holders of a doctorate; there may be none at all.",
    ),
)

INDICATORS = (CURR_GENDER, PRIM_COMP, LSEC_COMP, VET_F, MASTER_F, PHD_F)
