"""Checks of when an interview was held and how long it took, by the phone's clock."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.quality.seen import Check, Seen, found
from analysis.quality.watched import END, START, UNTIMED
from analysis.types import Text

ZONE = "Asia/Ho_Chi_Minh"
NIGHT_FROM, NIGHT_TO = 22, 5
LEAST_PEERS = 10  # a median of fewer is not a norm
AT_ONCE = 2.0  # minutes between two households
AHEAD = 10.0  # minutes by which a phone's clock may be ahead of the server's
LEAST_QUESTIONS = 10
_UNTIMED = rf"/(?:{'|'.join(UNTIMED)})(?:\[\d+\])?(?:/|$)"
_FALSIFICATION = (
    "Winker, Menold & Porst (eds.) 2013, Interviewers' Deviations in Surveys; AAPOR 2003, "
    "Interviewer Falsification in Survey Research"
)


def _clock(seen: Seen) -> pd.DataFrame:
    rows = seen.root
    rows = rows[rows[START].notna() & rows[END].notna()]
    minutes = (rows[END] - rows[START]).dt.total_seconds() / 60
    ahead = (rows[END] - rows["_received"]).dt.total_seconds() / 60
    return found((minutes < 0) | (ahead > AHEAD), minutes)


CLOCK = Check(
    id="clock",
    name=Text("Đồng hồ của máy sai", "A wrong clock"),
    means=Text(
        "Phiếu kết thúc trước khi bắt đầu, hoặc kết thúc sau lúc máy chủ nhận được.",
        "The interview ended before it began, or after the server had received it.",
    ),
    do=Text(
        "Chỉnh giờ của điện thoại về tự động; không tin được các kiểm tra về giờ của phiếu này.",
        "Set the phone's clock to automatic; the checks of time cannot be trusted for this one.",
    ),
    rule=Text(
        f"kết thúc < bắt đầu, hoặc kết thúc > lúc nhận + {AHEAD:.0f} phút.",
        f"end < start, or end > received + {AHEAD:.0f} minutes.",
    ),
    source="Arithmetic; the other checks of time rest on it.",
    applies=lambda seen: seen.has_times,
    find=_clock,
    compared=False,
)


def _short(seen: Seen) -> pd.DataFrame:
    rows = seen.timed()
    overall = rows["minutes"].median()
    if seen.watch.size and seen.has(seen.watch.form, (seen.watch.size,)):
        alike = rows.groupby(rows[seen.watch.size].fillna(-1))["minutes"]
        enough = alike.transform("size") >= LEAST_PEERS
        usual = alike.transform("median").where(enough, overall)
    else:
        usual = pd.Series(overall, index=rows.index, dtype=float)
    few = len(rows) < LEAST_PEERS
    return found((rows["minutes"] < usual / 2) & (not few), rows["minutes"])


SHORT = Check(
    id="short",
    name=Text("Phỏng vấn quá nhanh", "A very short interview"),
    means=Text(
        "Phiếu hoàn thành trong chưa đến một nửa thời gian thường thấy của các phiếu có cùng số "
        "người trả lời.",
        "The interview took under half the usual time of interviews with as many persons "
        "answering.",
    ),
    do=Text(
        "Gọi lại hộ để hỏi cuộc phỏng vấn diễn ra thế nào; nhiều phiếu như vậy thì rút thêm để "
        "hỏi lại.",
        "Call the household and ask how it went; where there are many, draw more back-checks.",
    ),
    rule=Text(
        "(kết thúc − bắt đầu) < ½ trung vị của các phiếu hoàn thành có cùng số người trả lời "
        f"(dưới {LEAST_PEERS} phiếu như vậy: của mọi phiếu hoàn thành).",
        "(end − start) < ½ of the median of complete interviews with as many persons to answer "
        f"(fewer than {LEAST_PEERS} such: of all complete ones).",
    ),
    source=_FALSIFICATION,
    applies=lambda seen: seen.has_times and seen.watch.lengths,
    find=_short,
    says=Text("{value} phút", "{value} minutes"),
)


def _night(seen: Seen) -> pd.DataFrame:
    rows = seen.timed()
    hour = rows[START].dt.tz_convert(ZONE).dt.hour
    return found((hour >= NIGHT_FROM) | (hour < NIGHT_TO), hour)


NIGHT = Check(
    id="night",
    name=Text("Phỏng vấn ban đêm", "An interview at night"),
    means=Text(
        f"Phiếu bắt đầu từ {NIGHT_FROM} giờ đến trước {NIGHT_TO} giờ sáng, giờ Việt Nam.",
        f"The interview began between {NIGHT_FROM}:00 and {NIGHT_TO}:00, Việt Nam time.",
    ),
    do=Text(
        "Hỏi cộng tác viên: có thể nhập lại phiếu giấy vào buổi tối; như vậy thì ghi chú lại.",
        "Ask the collector: a paper form may have been typed in the evening; then note it.",
    ),
    rule=Text(
        f"giờ bắt đầu ≥ {NIGHT_FROM} hoặc < {NIGHT_TO} (Asia/Ho_Chi_Minh).",
        f"hour of the start ≥ {NIGHT_FROM} or < {NIGHT_TO} (Asia/Ho_Chi_Minh).",
    ),
    source=_FALSIFICATION,
    applies=lambda seen: seen.has_times,
    find=_night,
    says=Text("lúc {value} giờ", "at {value} o'clock"),
)


def _at_once(seen: Seen) -> pd.DataFrame:
    rows = seen.timed().sort_values(["_collector", START], kind="stable")
    rows["s"] = rows.index
    nanoseconds = rows[END].to_numpy("datetime64[ns]").astype("int64")
    until = pd.Series(nanoseconds, rows.index).groupby(rows["_collector"]).cummax()
    before = until.groupby(rows["_collector"]).shift()
    begin = pd.Series(rows[START].to_numpy("datetime64[ns]").astype("int64"), rows.index)
    gap = (begin - before) / 60e9
    previous = rows["s"].groupby(rows["_collector"]).shift()
    other_house = rows["_household"] != rows["_household"].groupby(rows["_collector"]).shift()
    hit = (gap < AT_ONCE) & other_house & previous.notna()
    return found(hit, gap, previous.where(hit).fillna(0))


AT_ONCE_CHECK = Check(
    id="at_once",
    name=Text("Hai hộ cùng một lúc", "Two households at once"),
    means=Text(
        "Một cộng tác viên bắt đầu hộ này khi hộ trước chưa xong, hoặc chỉ vài giây sau đó.",
        "One collector began this household before the one before had ended, or seconds after.",
    ),
    do=Text(
        "Hỏi cộng tác viên: có thể một phiếu để mở khi sang hộ khác; xem giờ của cả hai phiếu.",
        "Ask the collector: a form may have stayed open while visiting the next; see both times.",
    ),
    rule=Text(
        f"bắt đầu − kết thúc muộn nhất trước đó của cùng cộng tác viên < {AT_ONCE:.0f} phút, "
        "hai hộ khác nhau, cả hai phiếu hoàn thành.",
        f"start − the latest end before it by the same collector < {AT_ONCE:.0f} minutes, two "
        "different households, both complete.",
    ),
    source=_FALSIFICATION,
    applies=lambda seen: seen.has_times and seen.watch.household,
    find=_at_once,
    says=Text(
        "{value} phút so với lúc phiếu trước kết thúc",
        "{value} minutes from the end of the one before",
    ),
    compared=False,
)


def question_seconds(seen: Seen) -> pd.DataFrame:
    """Mean seconds of a visit to each question: columns `_submission`, `node`, `seconds`; the
    instances of a repeat are one question. Questions that speak of violence are not there."""
    rows = seen.audit.dropna(subset=["node", "start", "end"])
    rows = rows[~rows["node"].astype(str).str.contains(_UNTIMED)]
    node = rows["node"].astype(str).str.replace(r"\[\d+\]", "", regex=True)
    seconds = ((rows["end"] - rows["start"]) / 1000).clip(lower=0)
    table = pd.DataFrame({"_submission": rows["_submission"], "node": node, "seconds": seconds})
    return table.groupby(["_submission", "node"])[["seconds"]].mean().reset_index()


def _hasty(seen: Seen) -> pd.DataFrame:
    times = question_seconds(seen)
    alike = times.groupby("node")["seconds"]
    times = times[alike.transform("size") >= LEAST_PEERS]
    usual = times.groupby("node")["seconds"].transform("median")
    fast = pd.Series(np.where(times["seconds"] < usual / 2, 1.0, 0.0), times.index)
    each = fast.groupby(times["_submission"])
    share, asked = each.mean(), each.size()
    enough = asked[asked >= LEAST_QUESTIONS].index
    return found(share[enough] > 0.5, 100 * share[enough])


HASTY = Check(
    id="hasty",
    name=Text("Lướt qua các câu hỏi", "Questions rushed through"),
    means=Text(
        "Hơn một nửa số câu hỏi được trả lời trong chưa đến một nửa thời gian thường thấy của "
        "chính câu ấy.",
        "More than half of the questions were answered in under half of the question's usual time.",
    ),
    do=Text(
        "Xem phiếu, gọi lại hộ; nhiều phiếu như vậy thì rút thêm để hỏi lại.",
        "Read the interview and call the household; where there are many, draw more back-checks.",
    ),
    rule=Text(
        f"> 50 % số câu có thời gian < ½ trung vị của câu đó; ít nhất {LEAST_QUESTIONS} câu, "
        f"mỗi câu có ít nhất {LEAST_PEERS} phiếu (audit.csv).",
        f"> 50 % of questions with time < ½ of the question's median; at least {LEAST_QUESTIONS} "
        f"questions with at least {LEAST_PEERS} interviews each (audit.csv).",
    ),
    source="ODK Collect's audit log; Murphy et al. 2016, Statistical Journal of the IAOS 32.",
    applies=lambda seen: not seen.audit.empty,
    find=_hasty,
    says=Text("{value} % số câu", "{value} % of the questions"),
)
