"""Checks for what was entered twice: a household, a birth, a person's answers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.quality.seen import Check, Seen, found
from analysis.types import Text

ALIKE = 0.95
LEAST_ANSWERS = 20  # answers that both gave
MOST_AT_ONCE = 2000  # persons compared pair by pair; more are compared village by village


def _same_household(seen: Seen) -> pd.DataFrame:
    rows = seen.complete()
    return _repeated(rows[rows["_household"].notna()], ["_household"], None)


def _repeated(rows: pd.DataFrame, keys: list[str], allowed: pd.Series | None) -> pd.DataFrame:
    """Hit where more rows share the keys than may; `other` is another one of them."""
    number = pd.Series(rows.index, rows.index)
    groups = number.groupby([rows[key] for key in keys], observed=True)
    size = groups.transform("size")
    first, last = groups.transform("first"), groups.transform("last")
    hit = size > (1 if allowed is None else allowed)
    return found(hit, size, first.where(first != number, last).where(hit, 0))


SAME_HOUSEHOLD = Check(
    id="same_household",
    name=Text("Một hộ hai phiếu", "A household twice"),
    means=Text(
        "Hộ này có hơn một phiếu hoàn thành trong năm.",
        "This household has more than one complete interview in the year.",
    ),
    do=Text(
        "So sánh hai phiếu, giữ phiếu đúng; máy chỉ tính một phiếu của mỗi hộ.",
        "Compare the two and keep the right one; only one of a household is counted.",
    ),
    rule=Text("Cùng mã hộ, cùng năm, đều hoàn thành.", "Same code, same year, both complete."),
    source="The household is the sampling unit: docs/sampling.md.",
    applies=lambda seen: seen.watch.household and seen.watch.results is not None,
    find=_same_household,
    compared=False,
)


def _same_record(seen: Seen) -> pd.DataFrame:
    rows, keys = seen.root, list(seen.watch.alike)
    rows = rows[rows[keys].notna().all(axis=1)]
    several = pd.to_numeric(rows[seen.watch.several], errors="coerce").fillna(1)
    return _repeated(rows, keys, several.where(several < 3, 9))


SAME_RECORD = Check(
    id="same_record",
    name=Text("Ca sinh có thể bị ghi hai lần", "A birth that may have been entered twice"),
    means=Text(
        "Hai ca sinh trùng tháng, năm sinh của mẹ, giới tính, thôn và thứ tự con, mà không phải "
        "sinh đôi.",
        "Two births share month, mother's year of birth, sex, village and birth order, and are no "
        "twins.",
    ),
    do=Text(
        "Đối chiếu với sổ đẻ của trạm y tế: có thể là hai ca thật, giống nhau do ngẫu nhiên.",
        "Look into the station's birth register: they may be two births, alike by chance.",
    ),
    rule=Text(
        "Số phiếu trùng cả năm điều nhiều hơn số trẻ của một lần sinh (một: 1; đôi: 2).",
        "More records share all five than one delivery can have (single: 1; twins: 2).",
    ),
    source="Fellegi & Sunter 1969 on matching without names, with exact agreement.",
    applies=lambda seen: (
        bool(seen.watch.alike)
        and seen.has(seen.watch.form, (*seen.watch.alike, seen.watch.several))
    ),
    find=_same_record,
    compared=False,
)


def _codes(rows: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """One small integer an answer, -1 for none: persons x questions."""
    return np.column_stack(
        [pd.factorize(rows[name])[0].astype(np.int16) for name in columns]
    )  # factorize gives -1 where nothing was answered


def _blocks(rows: pd.DataFrame, villages: pd.Series) -> Iterator[np.ndarray]:
    """Positions of the persons that are compared with each other."""
    if len(rows) <= MOST_AT_ONCE:
        yield np.arange(len(rows))
        return
    for _, index in pd.Series(np.arange(len(rows))).groupby(villages.to_numpy()):
        there = index.to_numpy()
        for begin in range(0, len(there), MOST_AT_ONCE):
            yield there[begin : begin + MOST_AT_ONCE]


def _nearest(codes: np.ndarray, submission: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each person the largest share of equal answers with anybody of another submission, and
    that person's position (-1: nobody with enough answers in common)."""
    share, who = np.zeros(len(codes)), np.full(len(codes), -1)
    given = codes >= 0
    for at in range(len(codes)):
        both = given & given[at]
        asked = both.sum(axis=1)
        equal = ((codes == codes[at]) & both).sum(axis=1)
        usable = (asked >= LEAST_ANSWERS) & (submission != submission[at])
        shares = np.where(usable, equal / np.maximum(asked, 1), -1.0)
        best = int(shares.argmax())
        if shares[best] >= 0:
            share[at], who[at] = shares[best], best
    return share, who


def _same_answers(seen: Seen) -> pd.DataFrame:
    watch, table = seen.watch, seen.tables[seen.watch.persons]
    columns = tuple(name for name in watch.matched if name in table.columns)
    rows = table[table[list(columns)].notna().sum(axis=1) >= LEAST_ANSWERS]
    villages = rows["_submission"].map(seen.root["_village"]).fillna("")
    codes, numbers = _codes(rows, columns), rows["_submission"].to_numpy()
    share, other = np.zeros(len(rows)), np.zeros(len(rows), dtype=np.int64)
    for place in _blocks(rows, villages):
        shares, who = _nearest(codes[place], numbers[place])
        share[place] = shares
        other[place] = np.where(who >= 0, numbers[place][who], 0)
    each = pd.DataFrame({"s": numbers, "share": share, "other": other})
    best = each.sort_values("share", kind="stable").groupby("s").last()
    hit = best["share"] >= ALIKE
    return found(hit, 100 * best["share"], best["other"].where(hit, 0))


SAME_ANSWERS = Check(
    id="same_answers",
    name=Text("Câu trả lời giống hệt người khác", "The same answers as somebody else"),
    means=Text(
        "Câu trả lời của một người trùng với một người ở hộ khác ở ít nhất 95 % số câu.",
        "A person's answers equal those of a person in another household in at least 95 % of the "
        "questions.",
    ),
    do=Text(
        "Mở hai phiếu cạnh nhau và gọi lại cả hai hộ: có thể phiếu được chép lại.",
        "Open the two side by side and call both households: one may be a copy.",
    ),
    rule=Text(
        f"Số câu trùng ÷ số câu cả hai đều trả lời ≥ 95 %, ít nhất {LEAST_ANSWERS} câu; trên "
        f"{MOST_AT_ONCE} người thì so trong từng thôn, mỗi lượt {MOST_AT_ONCE} người.",
        f"Equal ÷ answered by both ≥ 95 %, at least {LEAST_ANSWERS} questions; above "
        f"{MOST_AT_ONCE} persons within each village, so many at a time.",
    ),
    source="Kuriakose & Robbins 2016 (percentmatch); the higher limit because of Simmons et al. "
    "2016, who found honest surveys above 85 %.",
    applies=lambda seen: bool(seen.watch.matched) and seen.watch.persons in seen.tables,
    find=_same_answers,
    says=Text("trùng {value} % số câu", "{value} % of the questions are equal"),
)
