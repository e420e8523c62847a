"""The checks of an officer's indicator: the same that the built-in declarations have to pass."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.catalogue.own import (
    CLOSED_BY,
    CODE,
    KINDS,
    LONGEST,
    NUMERIC,
    OPTIONAL,
    SCALES,
    SURVEY,
    TEXTS,
    Condition,
    Declared,
    Field,
    Side,
    Tables,
    available_dimensions,
    is_sensitive,
    names,
    number,
)
from analysis.types import Text

CHOSEN = frozenset({"select_one", "integer"})  # an answer that can be one of several


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a declaration, and at which entry of the page."""

    at: str
    message: Text


def check(declared: Declared, tables: Tables, taken: Collection[str]) -> list[Fault]:
    """Every fault of a declaration at once; none where it can be computed."""
    found = [*_check_code(declared, taken), *_check_texts(declared), *_check_words(declared)]
    columns = tables.get(declared.table)
    if columns is None:
        return [
            *found,
            _fault(
                "table",
                "không có bảng này trong các biểu mẫu đã công bố",
                "no published form has this table",
            ),
        ]
    found += _check_kind(declared)
    for at, side in (("top", declared.top), ("below", declared.below)):
        found += _check_sums(at, side, columns)
        found += _check_conditions(at, side.where, columns)
    found += _check_conditions("domain", declared.domain, columns)
    known = available_dimensions(declared.table, columns)
    found += [
        _fault("by", f"bảng này không có chiều {name}", f"this table has no dimension {name}")
        for name in declared.by
        if name not in known
    ]
    if is_sensitive(declared) and "village" in declared.by:
        found.append(
            _fault(
                "by",
                "số liệu nhạy cảm không được chia theo thôn; hãy bỏ chiều thôn",
                "sensitive figures are never broken down by village; leave the village out",
            )
        )
    return found


def _fault(at: str, vi: str, en: str) -> Fault:
    return Fault(at, Text(vi[:1].upper() + vi[1:] + ".", en[:1].upper() + en[1:] + "."))


def _check_code(declared: Declared, taken: Collection[str]) -> list[Fault]:
    if not CODE.fullmatch(declared.code):
        return [
            _fault(
                "code",
                "mã gồm 3 đến 24 chữ hoa không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ",
                "a code is 3 to 24 capitals, digits and underscores and begins with a letter",
            )
        ]
    if declared.code in taken:
        return [
            _fault(
                "code",
                f"mã {declared.code} đã có trong danh mục; hãy chọn mã khác",
                f"the catalogue has {declared.code} already; choose another",
            )
        ]
    return []


def _check_texts(declared: Declared) -> list[Fault]:
    found = []
    for name in TEXTS:
        if name in OPTIONAL and declared.kind == "count":
            continue
        for language in ("vi", "en"):
            words = declared.texts.get(name, {}).get(language, "")
            at = f"{name}_{language}"
            if not words.strip():
                found.append(
                    _fault(
                        at,
                        "còn trống; danh mục cần đủ cả hai thứ tiếng",
                        "is blank; the catalogue needs both languages",
                    )
                )
            elif len(words) > LONGEST or unicodedata.normalize("NFC", words) != words:
                found.append(
                    _fault(
                        at,
                        f"dài nhất {LONGEST} ký tự, gõ bằng Unicode dựng sẵn",
                        f"at most {LONGEST} characters, composed Unicode",
                    )
                )
    return found


def _check_words(declared: Declared) -> list[Fault]:
    found = []
    if declared.direction not in {"up", "down"}:
        found.append(_fault("direction", "chọn chiều tốt", "choose which way is better"))
    if declared.kind in SCALES and declared.scale not in SCALES[declared.kind]:
        among = ", ".join(str(one) for one in SCALES[declared.kind])
        found.append(
            _fault(
                "scale", f"hệ số phải là một trong: {among}", f"the scale must be one of: {among}"
            )
        )
    if not 0 <= declared.decimals <= 4:
        found.append(_fault("decimals", "từ 0 đến 4 chữ số", "0 to 4 decimals"))
    return found


def _check_kind(declared: Declared) -> list[Fault]:
    kind, top, below = declared.kind, declared.top, declared.below
    survey = declared.table.startswith(f"{SURVEY}.")
    if kind not in KINDS:
        return [_fault("kind", "chọn một loại chỉ số", "choose a kind")]
    if declared.table == SURVEY:
        return [
            _fault(
                "table",
                "hãy chọn bảng thành viên hoặc người trả lời của phiếu hộ",
                "choose the household form's members or respondents",
            )
        ]
    if survey and (kind != "share" or top.columns or below.columns or below.where):
        return [
            _fault(
                "kind",
                "khảo sát hộ chỉ tính được tỷ lệ người thỏa điều kiện trong phạm vi",
                "of the household survey only the share of persons who meet the conditions "
                "can be computed",
            )
        ]
    found = []
    if kind in {"ratio", "rate"} and not (below.columns or below.where):
        found.append(
            _fault(
                "below",
                "mẫu số: chọn cột để cộng hoặc điều kiện để đếm dòng",
                "denominator: choose columns to add or conditions to count rows by",
            )
        )
    if kind == "share" and bool(top.columns) != bool(below.columns):
        found.append(
            _fault(
                "below",
                "tử số và mẫu số của một tỷ lệ phải cùng cộng cột hoặc cùng đếm dòng",
                "numerator and denominator of a share must both add columns or both count rows",
            )
        )
    if kind == "share" and top.columns and top == below:
        found.append(
            _fault(
                "below",
                "mẫu số giống hệt tử số: tỷ lệ luôn là 100%",
                "the denominator is the numerator: always 100 %",
            )
        )
    if kind in {"share", "yes_no"} and not top.columns and not top.where:
        found.append(
            _fault("top", "tử số cần ít nhất một điều kiện", "the numerator needs a condition")
        )
    if kind == "yes_no" and (top.columns or declared.table in CLOSED_BY):
        found.append(
            _fault(
                "kind",
                "loại có/không đếm đơn vị theo điều kiện, trên báo cáo của đơn vị",
                "yes or no counts units by conditions, on units' returns",
            )
        )
    return found


def _check_sums(at: str, side: Side, columns: Mapping[str, Field]) -> list[Fault]:
    found = []
    for name in side.columns:
        if name not in columns:
            found.append(_unknown(at, name))
        elif columns[name].type != "integer":
            found.append(
                _fault(
                    at,
                    f"cột {name} không phải số nguyên nên không cộng được",
                    f"column {name} is no whole number and cannot be added",
                )
            )
    return found


def _unknown(at: str, column: str) -> Fault:
    return _fault(at, f"bảng này không có cột {column}", f"this table has no column {column}")


def _check_conditions(
    at: str, conditions: Sequence[Condition], columns: Mapping[str, Field]
) -> list[Fault]:
    found = []
    for one in conditions:
        if one.column not in columns:
            found.append(_unknown(at, one.column))
            continue
        known = columns[one.column]
        if one.how == "among":
            wrong = [name for name in names(one) if known.choices and name not in known.choices]
            if known.type not in CHOSEN:
                found.append(
                    _fault(
                        at,
                        f"{one.column}: không phải câu chọn một hay số đếm nên không so được",
                        f"{one.column}: neither a choice of one nor a count, cannot be compared",
                    )
                )
            elif wrong or not names(one):
                among = ", ".join(known.choices)
                found.append(
                    _fault(
                        at,
                        f"{one.column}: phải là một hoặc nhiều trong: {among}",
                        f"{one.column}: must be among: {among}",
                    )
                )
        elif one.how in {"at_least", "at_most"}:
            if known.type not in NUMERIC or number(one.value) is None:
                found.append(
                    _fault(
                        at,
                        f"{one.column}: cần một cột số và một con số (2 hoặc 2,5)",
                        f"{one.column}: needs a numeric column and a number",
                    )
                )
        elif one.how != "filled":
            found.append(
                _fault(
                    at, f"{one.column}: không hiểu điều kiện", f"{one.column}: unknown condition"
                )
            )
    return found
