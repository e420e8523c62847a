"""A data file as columns: CSV, Parquet, SPSS and Stata; and which columns are the design."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat

from analysis.estimators.errors import BadInput
from analysis.estimators.sample import Floats, Ints, Sample, survey_design
from analysis.estimators.two_stage import two_stage

LARGEST = 1e60  # beyond, fourth powers (Fieller's interval multiplies two variances) overflow


@dataclass(frozen=True, slots=True)
class Layout:
    """The design's columns. None: every weight 1, one stratum, each row a PSU, no correction.

    `lonely`: what to do with a stratum of one PSU (R's survey.lonely.psu). `missing`: numbers
    that stand for "no answer", such as -8 and -9. `ssu`, `fpc2`: units drawn within the PSU at a
    second stage, and how many the PSU has of them; both or none, and only with `fpc`.
    """

    weights: str | None = None
    strata: str | None = None
    psu: str | None = None
    fpc: str | None = None
    lonely: str = "fail"
    missing: tuple[float, ...] = ()
    ssu: str | None = None
    fpc2: str | None = None


def _spss(path: Path) -> pd.DataFrame:
    frame, _ = pyreadstat.read_sav(str(path), apply_value_formats=False)
    return pd.DataFrame(frame)


def _stata(path: Path) -> pd.DataFrame:
    frame, _ = pyreadstat.read_dta(str(path), apply_value_formats=False)
    return pd.DataFrame(frame)


def _csv(path: Path) -> pd.DataFrame:
    """Comma or semicolon, by the heading. Raises `BadInput` for what a reader would misread: a name
    that stands twice, a row with more or fewer cells than the heading, another encoding."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            heading = lines.readline()
            if not heading.strip():
                raise BadInput(
                    f"Tệp {path.name} không có dòng tiêu đề.", f"File {path.name} has no heading."
                )
            by = ";" if ";" in heading and "," not in heading else ","
            lines.seek(0)
            _refuse_uneven(csv.reader(lines, delimiter=by))
    except UnicodeDecodeError as error:
        raise BadInput(
            f"Tệp {path.name} không phải UTF-8: hãy lưu lại dạng “CSV UTF-8”.",
            f"File {path.name} is not UTF-8: save it again as “CSV UTF-8”.",
        ) from error
    return pd.read_csv(path, dtype="str", keep_default_na=False, sep=by, encoding="utf-8-sig")


def _refuse_uneven(rows: Iterator[list[str]]) -> None:
    """Empty lines may only stand at the end."""
    names = next(rows, [])
    _refuse_twice(names)
    empty = 0
    for at, row in enumerate(rows, start=2):
        if not row:
            empty = empty or at
        elif empty or len(row) != len(names):
            place, cells = (empty, 0) if empty else (at, len(row))
            raise BadInput(
                f"Dòng {place} có {cells} ô, dòng tiêu đề có {len(names)}.",
                f"Row {place} has {cells} cells, the heading has {len(names)}.",
            )


def _refuse_twice(names: Sequence[str]) -> None:
    twice = [name for at, name in enumerate(names) if name in names[:at]]
    if twice:
        raise BadInput(
            f"Cột {twice[0]} có hai lần trong dòng tiêu đề.",
            f"Column {twice[0]} stands twice in the heading.",
        )


def _parquet(path: Path) -> pd.DataFrame:
    _refuse_twice(pq.read_schema(path).names)
    return pd.read_parquet(path)


READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".sav": _spss,
    ".dta": _stata,
}


def read_table(path: str | Path) -> pd.DataFrame:
    """The rows of a file; a CSV's columns stay text until one is used as a number.

    Raises `BadInput` for another kind of file, or one that cannot be read.
    """
    file = Path(path)
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise BadInput(
            f"Tệp {file.name}: đọc được {known}.", f"File {file.name}: readable are {known}."
        )
    if not file.is_file():
        raise BadInput(f"Không có tệp {file}.", f"There is no file {file}.")
    try:
        return reader(file)
    except BadInput:
        raise
    except Exception as error:  # each reader has errors of its own; all mean the same here
        reason = str(error).strip().split("\n")[0]
        raise BadInput(
            f"Không đọc được tệp {file.name}: {reason}", f"Cannot read {file.name}: {reason}"
        ) from error


def column(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column. Raises `BadInput` naming those that there are."""
    if name not in frame.columns:
        known = ", ".join(map(str, frame.columns[:30]))
        raise BadInput(f"Không có cột {name}; có: {known}.", f"No column {name}; there are {known}")
    return frame[name]


def numbers(frame: pd.DataFrame, name: str, missing: Sequence[float] = ()) -> Floats:
    """A column as floats; empty, NA and the `missing` codes are NaN.

    Raises `BadInput` naming the first row that holds a text, a comma, an infinity or a number whose
    square could not be told (the heading is row 1).
    """
    given = column(frame, name)
    if not pd.api.types.is_numeric_dtype(given):  # true and false are 1 and 0
        text = given.astype("str").str.strip()
        empty = given.isna() | text.isin(["", "NA", "."])
        read = pd.to_numeric(text.where(~empty), errors="coerce")
        _refuse(name, text, (read.isna() & ~empty).to_numpy(dtype=bool))
        given = read
    values = given.to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse(name, given, np.abs(values) > LARGEST)
    if missing:
        values = np.where(np.isin(values, missing), np.nan, values)
    return values


def _refuse(name: str, values: pd.Series, wrong: np.ndarray) -> None:
    if not wrong.any():
        return
    at = int(np.flatnonzero(wrong)[0])
    got, more = values.iloc[at], int(wrong.sum())
    raise BadInput(
        f"Cột {name} phải là số: dòng {at + 2} có “{got}” ({more} dòng như vậy). Số thập phân viết "
        f"bằng dấu chấm, không lớn hơn {LARGEST:g}.",
        f"Column {name} must hold numbers: row {at + 2} holds “{got}” ({more} such rows). Decimals "
        f"are written with a point, none is above {LARGEST:g}.",
    )


def labels(frame: pd.DataFrame, name: str, *, complete: bool = False) -> np.ndarray:
    """A column as texts, whole numbers without a point. `complete`: refuse an empty one."""
    given = column(frame, name)
    if pd.api.types.is_float_dtype(given):
        whole = given.dropna() % 1 == 0
        given = given.astype("Int64") if whole.all() else given
    text = given.astype("object").where(given.notna(), "").astype("str").to_numpy(dtype=object)
    empty = text == ""
    if complete and empty.any():
        at = int(np.flatnonzero(empty)[0])
        raise BadInput(
            f"Cột {name} trống ở dòng {at + 2}; cột của thiết kế mẫu phải đủ.",
            f"Column {name} is empty in row {at + 2}; a design column must be complete.",
        )
    return text


def sample_of_file(frame: pd.DataFrame, layout: Layout) -> Sample:
    """The rows with their design. Raises `BadInput` and `BadDesign` as the estimators do."""
    rows = len(frame)
    if not rows:
        raise BadInput("Tệp không có dòng nào.", "The file has no rows.")
    strata = labels(frame, layout.strata, complete=True) if layout.strata else _one(rows)
    psu = _units(frame, layout, strata)
    weights = _weights(frame, layout.weights) if layout.weights else np.ones(rows)
    fpc = numbers(frame, layout.fpc) if layout.fpc else None
    sample = survey_design(strata, psu, weights, fpc, layout.lonely)
    if not (layout.ssu or layout.fpc2):
        return sample
    if not (layout.ssu and layout.fpc2 and layout.fpc and layout.psu):
        raise BadInput(
            "Chọn mẫu hai giai đoạn cần đủ bốn cột: psu, fpc, ssu và fpc2.",
            "A two-stage design needs all four columns: psu, fpc, ssu and fpc2.",
        )
    units = labels(frame, layout.ssu, complete=True)
    return two_stage(sample, units, numbers(frame, layout.fpc2))


def _weights(frame: pd.DataFrame, name: str) -> Floats:
    """Weights, refused with the column and the row as the file numbers it."""
    values = numbers(frame, name)
    wrong = np.isnan(values) | (values < 0)
    for at in np.flatnonzero(wrong):
        empty = np.isnan(values[at])
        vi, en = ("ô trống", "nothing") if empty else (f"{values[at]:g}",) * 2
        raise BadInput(
            f"Quyền số (cột {name}) phải hữu hạn và không âm: dòng {at + 2} có {vi}.",
            f"Weights (column {name}) must be finite and not negative: row {at + 2} has {en}.",
        )
    return values


def _one(rows: int) -> np.ndarray:
    return np.full(rows, "cả tệp / whole file", dtype=object)


def _units(frame: pd.DataFrame, layout: Layout, strata: np.ndarray) -> Ints:
    """PSU ids; two strata may number their PSUs alike (R: nest=TRUE)."""
    if not layout.psu:
        return np.arange(len(frame))
    pairs = pd.MultiIndex.from_arrays([strata, labels(frame, layout.psu, complete=True)])
    return np.asarray(pairs.factorize()[0], dtype=np.intp)
