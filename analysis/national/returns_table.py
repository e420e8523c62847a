"""The table `returns` of a lake: what a commune's own returns say of each indicator, as counts.

A row is an indicator or variant of a commune and year, made by the commune's own estimator over its
own returns: which came of those that are owed, which one of two stands, what an explicit nil says,
can only be told there. No text and no unit is in it. Indicators that officers declare stay in the
commune.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.estimators.errors import BadInput
from analysis.estimators.prepared import Prepared
from analysis.estimators.sample import Floats
from analysis.national import lake
from analysis.types import Estimate, Frames, Missing, Obligations

KEYS = tuple(
    (code, variant)
    for code in lake.RETURNED
    for variant in ("", *(one.key for one in CATALOGUE[code].variants))
)
BESIDE = tuple(
    dict.fromkeys(
        name
        for code in lake.RETURNED
        if not CATALOGUE[code].sensitive  # a count of persons that no rule of disclosure looks at
        for name in CATALOGUE[code].beside
    )
)
FIGURES = ("returns_present", "returns_owed", "events_missing", *BESIDE)
COUNTS = ("numerator", "denominator", *FIGURES)
COLUMNS = ("indicator", "variant", *COUNTS, "provisional", "missing")
REASONS = {"": None, "no_data": Missing.NO_DATA, "no_cases": Missing.NO_CASES}
PARTS = ("return_share", "return_units", "return_months")  # the numerator is in the denominator
WITHOUT_DENOMINATOR = ("return_count", "return_quarters")
MONTHS = 12

Key = tuple[str, str]
"""Indicator and variant ("" the indicator itself)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a commune says of one indicator: whole counts, None where it has none; `figures` of
    `FIGURES` that it has; `missing`: why there is no count."""

    numerator: int | None
    denominator: int | None
    figures: Mapping[str, int]
    provisional: bool
    missing: Missing | None


def rows(frames: Frames, owed: Obligations, year: int) -> pd.DataFrame:
    """The table (`COLUMNS`) of a commune: `frames` of its returns that count, and what its units
    owe, as for its own report."""
    prepared = Prepared(frames, None, owed)
    found = [
        _row(compute(CATALOGUE[code], frames, None, years=(year,), prepared=prepared, variant=v)[0])
        for code, v in KEYS
    ]
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(COUNTS, "Int64") | {"provisional": "bool"})


def _row(one: Estimate) -> tuple[Any, ...]:
    figures = (one.extra.get(name) for name in FIGURES)
    reason = one.missing.value if one.missing is not None else ""
    counts = (one.numerator, one.denominator, *figures)
    whole = [None if count is None else int(count) for count in counts]
    return one.indicator, one.variant, *whole, one.provisional, reason


def read(files: Iterable[str]) -> dict[Key, Told]:
    """(indicator, variant) -> what a commune says of it.

    Raises `BadInput` naming file and column: what `lake.read` refuses; an indicator that this
    version does not know, or one twice; a count that is text, negative, infinite or no whole
    number; a count that is missing or should not be there; a part above its whole.
    """
    found: dict[Key, Told] = {}
    for file in files:
        for key, told in _read(file):
            if key in found:
                name = _name(key)
                raise _refused(file, "indicator", f"có {name} hai lần", f"holds {name} twice")
            found[key] = told
    return found


def _read(file: str) -> Iterator[tuple[Key, Told]]:
    frame = lake.read([file], COLUMNS)
    counts = (_counts(frame[name], name, file) for name in COUNTS)
    words = (frame[name].tolist() for name in ("indicator", "variant", "missing", "provisional"))
    for code, variant, reason, provisional, *numbers in zip(*words, *counts, strict=True):
        key = (str(code), str(variant))
        faults = (*_unknown(key), *_no_word(key, reason, provisional))
        given = {n: int(v) for n, v in zip(COUNTS, numbers, strict=True) if not np.isnan(v)}
        if not faults:
            top, below = given.pop("numerator", None), given.pop("denominator", None)
            told = Told(top, below, given, provisional, REASONS[reason])
            faults = tuple(_faults(key, told))
        if faults:
            raise _refused(file, *faults[0])
        yield key, told


def _counts(series: Any, name: str, file: str) -> Floats:
    values = lake.numbers(series, name, f"Tệp {file}", f"File {file}")
    known = values[~np.isnan(values)]
    for value in known[~np.isfinite(known) | (known < 0) | (known != np.floor(known))].tolist():
        raise _refused(
            file,
            name,
            f"phải là số đếm: nguyên, không âm; gặp {value:g}",
            f"must hold whole counts, not negative; got {value:g}",
        )
    return values


def _name(key: Key) -> str:
    return " ".join(key).strip()


Fault = tuple[str, str, str]
"""A column and what is wrong with it, in both languages."""


def _unknown(key: Key) -> Iterator[Fault]:
    if key not in KEYS:
        yield (
            "variant" if key[0] in lake.RETURNED else "indicator",
            f"có {_name(key)}, phiên bản này không biết: tệp có thể do phiên bản mới hơn ghi, hãy "
            "cập nhật chương trình",
            f"holds {_name(key)}, which this version does not know: a newer version may have "
            "written the file; bring the program up to date",
        )


def _no_word(key: Key, reason: Any, provisional: Any) -> Iterator[Fault]:
    if reason not in REASONS:
        yield (
            "missing",
            f"({_name(key)}) phải là trống, no_data hoặc no_cases; gặp {reason!r}",
            f"({_name(key)}) must be empty, no_data or no_cases; got {reason!r}",
        )
    if not isinstance(provisional, bool):
        yield (
            "provisional",
            f"({_name(key)}) phải là đúng hoặc sai; gặp {provisional!r}",
            f"({_name(key)}) must be true or false; got {provisional!r}",
        )


def _faults(key: Key, told: Told) -> Iterator[Fault]:
    """What no estimator of this version would write."""
    name, estimator = _name(key), CATALOGUE[key[0]].estimator
    yield from _presence(name, told, with_denominator=estimator not in WITHOUT_DENOMINATOR)
    if estimator == "return_months" and told.denominator not in (None, MONTHS):
        got = told.denominator
        yield "denominator", f"({name}) phải là 12 tháng; gặp {got}", f"({name}) is not 12: {got}"
    if _is_above(key, told):
        top, below = told.numerator, told.denominator
        yield (
            "numerator",
            f"({name}) là {top}, lớn hơn cột denominator ({below})",
            f"({name}) is {top}, above column denominator ({below})",
        )
    came, owed = (told.figures.get(one, 0) for one in ("returns_present", "returns_owed"))
    if came > owed:
        yield (
            "returns_present",
            f"({name}) là {came}, lớn hơn cột returns_owed ({owed})",
            f"({name}) is {came}, above column returns_owed ({owed})",
        )


def _presence(name: str, told: Told, *, with_denominator: bool) -> Iterator[Fault]:
    """A count where there has to be one, and nowhere else."""
    reason = told.missing.value if told.missing is not None else ""
    for column, count, wanted in (
        ("numerator", told.numerator, told.missing is None),
        ("denominator", told.denominator, told.missing is None and with_denominator),
    ):
        if wanted and count is None:
            yield column, f"({name}) thiếu số", f"({name}) lacks a number"
        if not wanted and count is not None:
            yield (
                column,
                f"({name}) phải để trống (cột missing: {reason!r}); gặp {count}",
                f"({name}) must be empty (column missing: {reason!r}); got {count}",
            )


def _is_above(key: Key, told: Told) -> bool:
    """A part above its whole, where the commune's own rule refuses it."""
    indicator = CATALOGUE[key[0]]
    gross = bool(indicator.arguments.get("gross"))
    if indicator.estimator not in PARTS or gross or told.denominator is None:
        return False
    return (told.numerator or 0) > told.denominator


def _refused(file: str, column: str, vi: str, en: str) -> BadInput:
    return BadInput(f"Tệp {file}: cột {column} {vi}.", f"File {file}: column {column} {en}.")
