"""Checks of the answers on time use: days that cannot be, round minutes, no housework at all."""

from __future__ import annotations

import pandas as pd

from analysis.quality.seen import Check, Seen, by_submission, found
from analysis.types import Text

HOURS = 24
HALF_HOUR = 30
LEAST_MINUTES = 4  # answers: three half hours are common among honest answers
MAN, WOMAN = 1, 2


def _has_day(seen: Seen) -> bool:
    day = seen.watch.day
    return day is not None and seen.has(
        seen.watch.persons, (day.care_week, day.paid_week, day.sleep_day)
    )


def _long_day(seen: Seen) -> pd.DataFrame:
    day, rows = seen.watch.day, seen.tables[seen.watch.persons]
    assert day is not None
    known = rows[rows[day.care_week].notna() | (rows[day.sleep_day] > 0)]
    week = known[day.care_week].fillna(0) + known[day.paid_week].fillna(0)
    hours = week / 7 + known[day.sleep_day].where(known[day.sleep_day] > 0, 0).fillna(0)
    return by_submission(known, hours > HOURS, hours)


LONG_DAY = Check(
    id="long_day",
    name=Text("Ngày dài hơn 24 giờ", "A day of more than 24 hours"),
    means=Text(
        "Việc nhà, việc có thu nhập và giấc ngủ của một người cộng lại quá 24 giờ một ngày.",
        "Housework, paid work and sleep of one person add up to more than 24 hours a day.",
    ),
    do=Text(
        "Hỏi lại cộng tác viên: có thể hai việc làm cùng lúc được ghi hai lần, hoặc ghi nhầm phút.",
        "Ask the collector: two tasks done at once may have been counted twice, or minutes are "
        "wrong.",
    ),
    rule=Text(
        "(giờ việc nhà + giờ có thu nhập) ÷ 7 + giờ ngủ > 24; ô không biết tính là 0.",
        "(hours of housework + hours for pay) ÷ 7 + hours of sleep > 24; what is not known is 0.",
    ),
    source="A day has 24 hours; ICATUS 2016 (UNSD) codes simultaneous activities once.",
    applies=_has_day,
    find=_long_day,
    says=Text("cộng lại {value} giờ một ngày", "{value} hours a day in all"),
)


def _no_care(seen: Seen, sex: int) -> pd.DataFrame:
    day, rows = seen.watch.day, seen.tables[seen.watch.persons]
    assert day is not None
    asked = rows[(rows[seen.watch.sex] == sex) & rows[day.care_week].notna()]
    return by_submission(asked, asked[day.care_week] == 0, asked[day.care_week])


def _no_care_check(sex: int, name: Text, means: Text) -> Check:
    return Check(
        id=f"no_care_{'men' if sex == MAN else 'women'}",
        name=name,
        means=means,
        do=Text(
            "So với các cộng tác viên khác: nhiều phiếu như vậy thì dự một buổi phỏng vấn, xem có "
            "đọc đủ từng việc không.",
            "Compare with the other collectors: where there are many, sit in on an interview and "
            "see whether each task is read out.",
        ),
        rule=Text(
            "Tổng giờ của các việc nhà bằng 0, không có ô nào “không biết”.",
            "The tasks add up to 0 hours and none is “does not know”.",
        ),
        source="The form's own question c_zero_ok; satisficing on filter questions: Eckman et al. "
        "2014, Public Opinion Quarterly 78(3).",
        applies=lambda seen: _has_day(seen) and seen.has(seen.watch.persons, (seen.watch.sex,)),
        find=lambda seen: _no_care(seen, sex),
        flags=sex == WOMAN,
    )


NO_CARE_WOMEN = _no_care_check(
    WOMAN,
    Text("Phụ nữ không làm việc nhà nào", "A woman with no housework at all"),
    Text(
        "Một phụ nữ được ghi là không làm việc nhà nào trong cả bảy ngày.",
        "A woman is recorded with no housework at all on any of the seven days.",
    ),
)
NO_CARE_MEN = _no_care_check(
    MAN,
    Text("Nam giới không làm việc nhà nào", "A man with no housework at all"),
    Text(
        "Một nam giới được ghi là không làm việc nhà nào trong cả bảy ngày.",
        "A man is recorded with no housework at all on any of the seven days.",
    ),
)


def _round(seen: Seen) -> pd.DataFrame:
    rows = seen.tables[seen.watch.persons]
    given = rows[list(seen.watch.minutes)].astype(float)
    given = given.where(given > 0)
    known = given.notna().sum(axis=1).groupby(rows["_submission"]).sum()
    halves = (given % HALF_HOUR == 0).sum(axis=1).groupby(rows["_submission"]).sum()
    enough = known[known >= LEAST_MINUTES].index
    return found(halves[enough] == known[enough], known[enough])


ROUND = Check(
    id="round_minutes",
    name=Text("Toàn số phút tròn nửa giờ", "Half hours only"),
    means=Text(
        "Mọi số phút trong phiếu đều tròn 30 phút, dù phiếu nhận từng 15 phút.",
        "All minutes of the interview are multiples of 30, though the form takes steps of 15.",
    ),
    do=Text(
        "Nhắc cộng tác viên hỏi cho ra khoảng 15 phút; một phiếu như vậy chưa nói lên điều gì.",
        "Remind the collector to ask down to 15 minutes; one such interview says nothing.",
    ),
    rule=Text(
        f"Phiếu có ít nhất {LEAST_MINUTES} câu ghi phút lớn hơn 0, câu nào cũng chia hết cho 30.",
        f"At least {LEAST_MINUTES} answers in minutes above 0, all of them multiples of 30.",
    ),
    source="Heaping: Pudney 2008, 'Heaping and leaping', ISER Working Paper 2008-09; UN 1955, "
    "Manual II, for ages.",
    applies=lambda seen: (
        bool(seen.watch.minutes) and seen.has(seen.watch.persons, seen.watch.minutes)
    ),
    find=_round,
    flags=False,
)
