"""Checks of what is missing: "does not know", refusals, persons who did not answer, children."""

from __future__ import annotations

import math

import pandas as pd

from analysis.quality.seen import Check, Seen, found
from analysis.types import Text

MANY = 0.9  # the tenth of the interviews with the largest share
BOUNDARY = 15  # years: from this age on the form asks for more, and may select
NEAR = 2  # years on either side of it


def _shares(seen: Seen) -> pd.DataFrame:
    """By submission: `unknown` answers of so many `asked`."""
    parts = []
    for table, columns in seen.watch.unknown.items():
        rows = seen.tables[table]
        for column, codes in columns.items():
            if column not in rows.columns:
                continue
            given = rows[column].map(_text)
            parts.append(
                pd.DataFrame(
                    {
                        "s": rows["_submission"],
                        "asked": given.notna().astype(int),
                        "unknown": given.isin(codes).astype(int),
                    }
                )
            )
    each = pd.concat(parts).groupby("s")[["asked", "unknown"]].sum()
    return each[each["asked"] > 0]


def _text(value: object) -> str | None:
    """A number without its ".0", so that -9.0 is the code -9; None for no answer."""
    if value is None or value is pd.NA:
        return None
    if isinstance(value, float):
        return None if math.isnan(value) else f"{value:g}"
    return str(value)


def _many_unknown(seen: Seen) -> pd.DataFrame:
    each = _shares(seen)
    share = each["unknown"] / each["asked"]
    return found(share > share.quantile(MANY), 100 * share)


def _has_unknown(seen: Seen) -> bool:
    return any(
        table in seen.tables and set(columns) & set(seen.tables[table].columns)
        for table, columns in seen.watch.unknown.items()
    )


MANY_UNKNOWN = Check(
    id="many_unknown",
    name=Text("Nhiều câu “không biết”", "Many “does not know”"),
    means=Text(
        "Phiếu thuộc một phần mười số phiếu có nhiều câu “không biết” hoặc “không muốn trả lời” "
        "nhất.",
        "The interview is among the tenth with the most “does not know” or “prefers not to say”.",
    ),
    do=Text(
        "Dự một buổi phỏng vấn: có thể câu hỏi đọc quá nhanh hoặc không đúng tiếng của người trả "
        "lời.",
        "Sit in on an interview: questions may be read too fast, or not in the person's language.",
    ),
    rule=Text(
        "Tỷ lệ câu “không biết”, “không muốn trả lời” lớn hơn phân vị 90 % của các phiếu.",
        "Share of “does not know” and “prefers not to say” above the interviews' 90th percentile.",
    ),
    source="Item non-response as a sign of the interviewer's care: Pickery & Loosveldt 2004.",
    applies=_has_unknown,
    find=_many_unknown,
    says=Text("{value} % số câu", "{value} % of the questions"),
    flags=False,
)


def _no_unknown(seen: Seen) -> pd.DataFrame:
    each = _shares(seen)
    return found(each["unknown"] == 0, each["asked"])


NO_UNKNOWN = Check(
    id="no_unknown",
    name=Text("Không có câu “không biết” nào", "Never “does not know”"),
    means=Text(
        "Trong cả phiếu không có câu nào là “không biết” hoặc “không muốn trả lời”.",
        "Not one answer of the interview is “does not know” or “prefers not to say”.",
    ),
    do=Text(
        "Một phiếu như vậy là bình thường; rất nhiều phiếu thì hỏi xem cộng tác viên có chọn thay "
        "người trả lời không.",
        "One such interview is normal; very many: ask whether the collector chooses for the "
        "person.",
    ),
    rule=Text(
        "Số câu “không biết”, “không muốn trả lời” bằng 0, trong phiếu có người trả lời.",
        "No such answer, in an interview where a person answered.",
    ),
    source="Fabricated interviews have less item non-response: Bredl, Winker & Kötschau 2012, "
    "Survey Methodology 38(1).",
    applies=lambda seen: _has_unknown(seen) and bool(seen.watch.persons),
    find=_no_unknown,
    flags=False,
)


def _ended(seen: Seen, how: str, among: tuple[str, ...]) -> pd.DataFrame:
    result = seen.root["_result"]
    result = result[result.isin(among)]
    return found(result == how)


def _refused(seen: Seen) -> pd.DataFrame:
    codes = seen.watch.results
    assert codes is not None
    return _ended(seen, codes.refused, (codes.complete, codes.partial, codes.refused))


def _partial(seen: Seen) -> pd.DataFrame:
    codes = seen.watch.results
    assert codes is not None
    return _ended(seen, codes.partial, (codes.complete, codes.partial))


def _has_results(seen: Seen) -> bool:
    return seen.watch.results is not None


REFUSED = Check(
    id="refused",
    name=Text("Hộ từ chối", "Households that refused"),
    means=Text(
        "Hộ gặp được người nhưng không đồng ý trả lời.",
        "Somebody was met and did not agree to take part.",
    ),
    do=Text(
        "Trao đổi về cách xin phép; không ép hộ nào. Nhờ trưởng thôn giới thiệu trước nếu cần.",
        "Talk about how consent is asked; press nobody. Let the village head announce the visit.",
    ),
    rule=Text(
        "Từ chối ÷ (hoàn thành + làm dở + từ chối).", "Refused ÷ (complete + partial + refused)."
    ),
    source="AAPOR 2023, Standard Definitions (refusal rate among contacts).",
    applies=_has_results,
    find=_refused,
    flags=False,
)
PARTIAL = Check(
    id="partial",
    name=Text("Người được chọn không trả lời", "A selected person did not answer"),
    means=Text(
        "Hộ đồng ý, nhưng có người được chọn chưa trả lời.",
        "The household agreed, but a selected person has not answered.",
    ),
    do=Text(
        "Nhắc hẹn giờ và quay lại, tối đa ba lần; không hỏi người khác thay.",
        "Remind to make an appointment and come back, up to three times; nobody answers instead.",
    ),
    rule=Text("Làm dở ÷ (hoàn thành + làm dở).", "Partial ÷ (complete + partial)."),
    source="AAPOR 2023, Standard Definitions.",
    applies=_has_results,
    find=_partial,
    flags=False,
)


def _below_boundary(seen: Seen) -> pd.DataFrame:
    rows = seen.tables[seen.watch.members]
    age = rows[seen.watch.age]
    near = rows[(age >= BOUNDARY - NEAR) & (age < BOUNDARY + NEAR)]
    older = (near[seen.watch.age] >= BOUNDARY).groupby(near["_submission"]).any()
    return found(~older)


BELOW_BOUNDARY = Check(
    id="below_boundary",
    name=Text("Tuổi dồn xuống dưới 15", "Ages pushed below 15"),
    means=Text(
        "Trong hộ có người 13 hoặc 14 tuổi mà không có ai 15 hoặc 16 tuổi.",
        "The household has somebody aged 13 or 14 and nobody aged 15 or 16.",
    ),
    do=Text(
        "Một hộ như vậy là bình thường; rất nhiều hộ thì đối chiếu năm sinh: hạ tuổi làm phiếu "
        "ngắn đi.",
        "One such household is normal; very many: check years of birth, because a lower age makes "
        "the interview shorter.",
    ),
    rule=Text(
        "Hộ có người 13–16 tuổi; tất cả đều 13–14 tuổi.",
        "Households with members aged 13–16, all of whom are 13–14.",
    ),
    source="Age displacement at the limit of eligibility: Pullum 2006, DHS Methodological "
    "Reports 5.",
    applies=lambda seen: (
        bool(seen.watch.members) and seen.has(seen.watch.members, (seen.watch.age,))
    ),
    find=_below_boundary,
    flags=False,
)
