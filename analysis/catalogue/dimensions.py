"""What an indicator can be broken down by, and where each table keeps it.

Age bands and the Kinh / ethnic-minority split follow the breakdowns of Vietnam's gender indicator
set (Thông tư 10/2019/TT-BKHĐT). Villages are codes of the commune's own list; their names are not
known here.
"""

from __future__ import annotations

from analysis.catalogue.communication import BODIES
from analysis.catalogue.economy import BUSINESSES
from analysis.catalogue.family import SERVICES
from analysis.catalogue.politics import COURSES, MASS, POSTS
from analysis.types import Dimension, Text

MEMBER, RESPONDENT = "household.member", "household.respondent"

DIMENSIONS: dict[str, Dimension] = {
    "sex": Dimension(
        Text("Giới tính", "Sex"),
        {MEMBER: "sex", RESPONDENT: "r_sex"},
        {"2": Text("Nữ", "Female"), "1": Text("Nam", "Male")},
    ),
    "village": Dimension(
        Text("Thôn", "Village"),
        {MEMBER: "_village", RESPONDENT: "_village", "births": "res_village"},
    ),
    "age_band": Dimension(
        Text("Nhóm tuổi", "Age band"),
        {MEMBER: "age_years", RESPONDENT: "r_age"},
        {
            "15-24": Text("15 - 24 tuổi", "15-24"),
            "25-59": Text("25 - 59 tuổi", "25-59"),
            "60+": Text("60 tuổi trở lên", "60 and over"),
        },
        {"15-24": (15, 24.999), "25-59": (25, 59.999), "60+": (60, None)},
    ),
    "ethnicity": Dimension(
        Text("Dân tộc", "Ethnicity"),
        {MEMBER: "eth", RESPONDENT: "eth"},
        {
            "Kinh": Text("Kinh", "Kinh"),
            "DTTS": Text("Dân tộc thiểu số", "Ethnic minorities"),
        },
        # 1 is Kinh in both official lists (1979 and 2008), which differ only from 4 on. 98 is a
        # foreigner, 99 an answer refused.
        {"Kinh": (1, 1), "DTTS": (2, 97)},
        roster=True,
    ),
    # A lot of difficulty in any of the six functions of the Washington Group's short set.
    "disability": Dimension(
        Text("Khuyết tật", "Disability"),
        {MEMBER: "dis", RESPONDENT: "dis"},
        {"1": Text("Có khuyết tật", "With a disability"), "0": Text("Không", "Without")},
        roster=True,
    ),
    # Below: the categories are columns of a return (`parts` of an indicator's arguments).
    "post": Dimension(Text("Chức danh", "Post"), {}, POSTS),
    "mass": Dimension(Text("Đoàn thể", "Organisation"), {}, MASS),
    "course": Dimension(Text("Lớp học", "Course"), {}, COURSES),
    "business": Dimension(Text("Loại cơ sở", "Kind of business"), {}, BUSINESSES),
    "service": Dimension(Text("Dịch vụ hỗ trợ", "Support service"), {}, SERVICES),
    "organisation": Dimension(Text("Loại tổ chức", "Kind of organisation"), {}, BODIES),
}
