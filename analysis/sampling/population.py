"""A commune's population by sex and age, uploaded as CSV or XLSX: what weights are calibrated to.

A row is a class of persons: sex, first and last age in full years (or one cell such as “15-34”,
“60+”), persons. Classes of a sex have to follow one another without a gap or an overlap from 0, or
from an age not above 15, to an open last class: else some adults would agree with no count. Women
and men may have other classes. A class of nobody cannot be calibrated to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from analysis.estimators.errors import BadInput
from analysis.sampling.errors import BadPopulation, Fault
from analysis.sampling.register import clean
from analysis.sampling.upload import lines
from analysis.types import Text

ADULT, OLDEST = 15, 200  # years; OLDEST stands for "and over"
OPEN_FROM = 100  # a last age from here on is taken for "and over"
LARGEST = 100_000  # bytes
MOST = 400  # rows
SEXES = {
    "F": ("f", "nữ", "nu", "female", "women", "woman", "phụ nữ", "2"),
    "M": ("m", "nam", "male", "men", "man", "nam giới", "1"),
}
HEADINGS = {
    "sex": ("sex", "giới tính", "giới"),
    "low": ("from", "age_from", "từ tuổi", "tuổi từ", "từ"),
    "high": ("to", "age_to", "đến tuổi", "tuổi đến", "đến"),
    "ages": ("age", "ages", "age_class", "nhóm tuổi", "tuổi", "độ tuổi"),
    "persons": ("persons", "count", "population", "số người", "dân số", "số dân"),
}
_RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|—|đến|to)\s*(\d{1,3})")
_OPEN = re.compile(r"(?:từ\s*)?(\d{1,3})\s*(?:\+|trở lên|and over|tuổi trở lên)")
_CELL = re.compile(r"([FM])\|(\d{1,3})-(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Class:
    """A class of persons: sex "F" or "M", ages in full years, both inclusive."""

    sex: str
    low: int
    high: int

    @property
    def cell(self) -> str:
        """As a weighting names it, such as "F|15-34"."""
        return f"{self.sex}|{self.low}-{self.high}"


def class_of(cell: str) -> Class | None:
    """The class of a cell's name; None for anything else."""
    found = _CELL.fullmatch(cell)
    return Class(found[1], int(found[2]), int(found[3])) if found else None


def read_population(data: bytes, filename: str) -> dict[str, float]:
    """Cell ("F|15-34") -> persons, women first, by age. Raises `BadInput` for a file that cannot
    be read or lacks a column, `BadPopulation` naming every row that is wrong."""
    if len(data) > LARGEST:
        raise BadInput(
            f"Tệp lớn hơn {LARGEST // 1000} kB; chỉ cần một dòng cho mỗi giới và nhóm tuổi.",
            f"The file is above {LARGEST // 1000} kB; a row for each sex and age class is enough.",
        )
    found, faults = [], []
    for row, texts in _rows(data, filename):
        one = _read(texts)
        if isinstance(one, Text):
            faults.append(Fault(row, one))
        else:
            found.append((row, *one))
    faults += faults_of((row, one) for row, one, _ in found)
    if faults:
        raise BadPopulation(sorted(faults, key=lambda fault: fault.row))
    return {one.cell: persons for _, one, persons in sorted(found, key=_by_class)}


def _by_class(row: tuple[int, Class, float]) -> tuple[str, int]:
    return row[1].sex, row[1].low


def _rows(data: bytes, filename: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(row, column -> text) of every row that is not empty; the heading is row 1."""
    read = lines(data)
    columns = _columns([clean(cell).lower() for cell in next(read, [])], filename)
    for row, cells in enumerate(read, 2):
        if row > MOST:
            raise BadInput(f"Tệp có quá {MOST} dòng.", f"The file has more than {MOST} rows.")
        texts = {name: clean(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        if any(texts.values()):
            yield row, texts


def _columns(heading: list[str], filename: str) -> dict[str, int]:
    places = {name: at for at, name in reversed(list(enumerate(heading)))}
    found = {
        column: min(places[name] for name in names if name in places)
        for column, names in HEADINGS.items()
        if any(name in places for name in names)
    }
    if {"sex", "persons"} <= set(found) and ("ages" in found or "low" in found):
        return found
    got = ", ".join(name for name in heading if name)[:200] or "–"
    raise BadInput(
        f"Tệp {filename}: dòng 1 phải có các cột “giới”, “từ tuổi”, “đến tuổi” (hoặc một cột “nhóm "
        f"tuổi”) và “số người”; có: {got}.",
        f"File {filename}: row 1 must have the columns “sex”, “from”, “to” (or one column “age”) "
        f"and “persons”; it has {got}.",
    )


def _read(texts: Mapping[str, str]) -> tuple[Class, float] | Text:
    """The class and its persons, or what is wrong with the row."""
    sex = _sex(texts["sex"])
    if sex is None:
        return Text(
            f"cột giới cần “nữ” hoặc “nam”; có “{texts['sex'][:40]}”.",
            f"the column sex takes “F” or “M”; it has “{texts['sex'][:40]}”.",
        )
    ages = _ages(texts)
    if ages is None:
        shown = texts.get("ages") or f"{texts.get('low', '')} – {texts.get('high', '')}"
        return Text(
            f"tuổi cần dạng “15-34” hoặc “60+” (tuổi đầu không quá tuổi cuối); có “{shown[:40]}”.",
            f"ages are written “15-34” or “60+” (the first not above the last); it has "
            f"“{shown[:40]}”.",
        )
    persons = _persons(texts["persons"])
    if persons is None:
        return Text(
            f"số người cần một số nguyên trên 0; có “{texts['persons'][:40]}”. Nhóm không có ai "
            "thì gộp với nhóm bên cạnh.",
            f"persons take a whole number above 0; it has “{texts['persons'][:40]}”. Merge a class "
            "of nobody with its neighbour.",
        )
    return Class(sex, *ages), persons


def _sex(text: str) -> str | None:
    said = unicodedata.normalize("NFC", text).lower()
    return next((sex for sex, words in SEXES.items() if said in words), None)


def _ages(texts: Mapping[str, str]) -> tuple[int, int] | None:
    label = texts.get("ages", "").lower()
    if not label:
        low, high = texts.get("low", ""), texts.get("high", "")
        label = f"{low}-{high}" if high else f"{low}+"
    between, over = _RANGE.fullmatch(label), _OPEN.fullmatch(label)
    if between:
        low_age, high_age = int(between[1]), int(between[2])
        high_age = OLDEST if high_age >= OPEN_FROM else high_age
        return (low_age, high_age) if low_age <= high_age else None
    return (int(over[1]), OLDEST) if over else None


def _persons(text: str) -> float | None:
    """A whole number above 0; blanks and marks between thousands are let through."""
    plain = re.sub(r"(?<=\d)[\s.,](?=\d{3}(?:\D|$))", "", text)
    return float(plain) if re.fullmatch(r"\d{1,9}", plain) and int(plain) > 0 else None


def faults_of(classes: Iterable[tuple[int, Class]]) -> list[Fault]:
    """What keeps classes (row, class) from covering each sex once, from 15 years or younger up."""
    given, faults = list(classes), []
    last = max((row for row, _ in given), default=1)
    for sex, vi, en in (("F", "Nữ", "Women"), ("M", "Nam", "Men")):
        own = sorted(((row, one) for row, one in given if one.sex == sex), key=_first_age)
        if not own:
            faults.append(Fault(last, Text(f"{vi}: chưa có nhóm tuổi nào.", f"{en}: no class.")))
            continue
        faults += _sequence(own, vi, en)
    return faults


def _first_age(row: tuple[int, Class]) -> int:
    return row[1].low


def _sequence(own: list[tuple[int, Class]], vi: str, en: str) -> Iterator[Fault]:
    row, first = own[0]
    if first.low > ADULT:
        yield Fault(
            row,
            Text(
                f"{vi}: nhóm trẻ nhất bắt đầu từ {first.low} tuổi; phải từ 0 hoặc không quá "
                f"{ADULT}.",
                f"{en}: the youngest class begins at {first.low}; it must begin at 0, or not above "
                f"{ADULT}.",
            ),
        )
    for (_, before), (row, after) in pairwise(own):
        if after.low != before.high + 1:
            yield Fault(
                row,
                Text(
                    f"{vi}: nhóm trước đến {before.high} tuổi thì nhóm này phải từ "
                    f"{before.high + 1}; có {after.low}.",
                    f"{en}: the class before ends at {before.high}, so this one must begin at "
                    f"{before.high + 1}; it begins at {after.low}.",
                ),
            )
    row, oldest = own[-1]
    if oldest.high != OLDEST:
        yield Fault(
            row,
            Text(
                f"{vi}: nhóm già nhất dừng ở {oldest.high} tuổi; phải là “{oldest.low}+”.",
                f"{en}: the oldest class ends at {oldest.high}; it must be “{oldest.low}+”.",
            ),
        )
