"""Objective 5: education and training.

Sources: NQ 28/NQ-CP 03/3/2021, mục tiêu 5; SDG metadata 4.1.2, 4.3.3, 4.5.1, 4.7.1.
"""

from __future__ import annotations

from analysis.types import Direction, Indicator, Text

CURR_GENDER = Indicator(
    code="CURR_GENDER",
    name=Text(
        "Nội dung về giới, bình đẳng giới trong chương trình giảng dạy",
        "Gender equality in the teaching programme",
    ),
    numerator=Text(
        "Số trường có đưa nội dung giới, bình đẳng giới vào giảng dạy",
        "Schools that teach gender equality",
    ),
    denominator=Text("Tổng số trường trên địa bàn xã", "All schools in the commune"),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=None,
    sdg="4.7.1",
    source=Text("Tổ giáo dục; các trường", "Education section; schools"),
    why=Text("Định kiến giới hình thành từ sớm.", "Gender stereotypes form early."),
    misleads=Text(
        "Chỉ tiêu định tính trong kế hoạch: có bài giảng chưa nói lên chất lượng.",
        "Qualitative in the plan: a lesson on the timetable says nothing of its quality.",
    ),
    small_numbers=Text("Xã chỉ có vài trường.", "A commune has only a few schools."),
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
    table=None,
    sdg="4.1.2",
    source=Text("Tổ giáo dục; các trường trung học cơ sở", "Education section; schools"),
    why=Text(
        "Hoàn thành cấp học là điều kiện để học tiếp và học nghề.",
        "Completing the level opens the way to further schooling and training.",
    ),
    misleads=Text(
        "Tính trên học sinh đầu lớp 9 nên bỏ qua các em đã thôi học từ trước. Tỷ lệ không thể trên "
        "100% trừ khi có học sinh chuyển đến.",
        "Counted on pupils who start grade 9, so earlier drop-outs are missed. It cannot exceed "
        "100 % unless pupils transfer in.",
    ),
    small_numbers=Text(
        "Một em thôi học đã làm tỷ lệ thấp hơn 100%.", "One drop-out brings it below 100 %."
    ),
)

VET_F = Indicator(
    code="VET_F",
    name=Text(
        "Tỷ lệ nữ học viên, học sinh, sinh viên được tuyển mới thuộc hệ thống giáo dục nghề nghiệp",
        "Women among new entrants to vocational education",
    ),
    numerator=Text("Số nữ được tuyển mới", "Women newly enrolled"),
    denominator=Text(
        "Tổng số người được tuyển mới vào giáo dục nghề nghiệp trong năm",
        "All new entrants to vocational education in the year",
    ),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=None,
    sdg="4.3.3",
    source=Text("Tổ giáo dục; cơ sở giáo dục nghề nghiệp", "Education section; vocational schools"),
    why=Text("Tay nghề mở đường đến việc làm hưởng lương.", "Skills open the way to wage work."),
    misleads=Text(
        "Chưa rõ tính theo nơi thường trú của người học hay nơi đặt trường.",
        "It is open whether learners are counted by residence or by place of the school.",
    ),
    small_numbers=Text(
        "Số tuyển mới của một xã nhỏ, tỷ lệ dao động mạnh.",
        "Few entrants in one commune, so the share swings.",
    ),
)

MASTER_F = Indicator(
    code="MASTER_F",
    name=Text(
        "Tỷ lệ nữ thạc sĩ trong tổng số người có trình độ thạc sĩ",
        "Women among holders of a master's degree",
    ),
    numerator=Text("Số nữ có trình độ thạc sĩ", "Women holding a master's degree"),
    denominator=Text("Tổng số người có trình độ thạc sĩ", "All holders of a master's degree"),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=None,
    sdg="4.5.1",
    source=Text("Tổ giáo dục", "Education section"),
    why=Text(
        "Bình đẳng ở trình độ cao mở đường vào vị trí lãnh đạo.",
        "Equality in higher degrees opens the way to leadership.",
    ),
    misleads=Text(
        "Phải định rõ: người thường trú tại xã hay người làm việc tại xã.",
        "It has to be settled whether residents or employees of the commune are counted.",
    ),
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
    numerator=Text("Số nữ có trình độ tiến sĩ", "Women holding a doctorate"),
    denominator=Text("Tổng số người có trình độ tiến sĩ", "All holders of a doctorate"),
    unit=Text("%", "%"),
    direction=Direction.UP,
    table=None,
    sdg="4.5.1",
    source=Text("Tổ giáo dục", "Education section"),
    why=MASTER_F.why,
    misleads=MASTER_F.misleads,
    small_numbers=Text(
        "Xã thường có không đến mười tiến sĩ; có năm không có ai (không phát sinh).",
        "A commune rarely has ten holders of a doctorate; there may be none at all.",
    ),
)

INDICATORS = (CURR_GENDER, LSEC_COMP, VET_F, MASTER_F, PHD_F)
