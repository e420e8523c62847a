"""The lake: Parquet files of communes, and which columns of which tables they hold.

    DIR/province=01/commune=11668/<table>/year=2026/part-0.parquet

A commune's folder is complete in itself: copying folders side by side makes a province. Tables:
`household.member`, `household.respondent` (persons of complete interviews), `units` (a row a
household: stratum, weight, population of the stratum, and `psu` where villages were drawn: the
village; empty where the household is the sampling unit), `births` and `births_month`. Only columns
that a national indicator reads are there; of a column that is asked for nothing but being filled,
only whether it is. `returns` holds what the units' returns come to in the commune, a row an
indicator (`analysis.national.returns_table`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.catalogue import CATALOGUE, DIMENSIONS
from analysis.estimators.errors import BadInput
from analysis.estimators.indicators import TABULATE
from analysis.estimators.sample import Floats
from analysis.types import Indicator, Where

UNITS = "units"
UNIT_COLUMNS = ("_submission", "stratum", "weight", "population", "psu")
REGISTER_ESTIMATORS = ("register_sex_ratio", "register_rate")
SURVEY = tuple(code for code, one in CATALOGUE.items() if one.estimator in TABULATE)
REGISTERS = tuple(code for code, one in CATALOGUE.items() if one.estimator in REGISTER_ESTIMATORS)
RETURNS = "returns"
RETURNED = tuple(code for code, one in CATALOGUE.items() if one.estimator.startswith("return_"))
CODES = (*SURVEY, *REGISTERS, *RETURNED)
ID_COLUMNS = {"births": ("_submission",), "births_month": ("_submission", "_unit")}


def columns(codes: Iterable[str] = (*SURVEY, *REGISTERS)) -> dict[str, tuple[str, ...]]:
    """Table -> the columns that a lake holds, the id first.

    Dimensions that are looked up in the roster (ethnicity, disability) stay in the commune: no
    national table is broken down by them.
    """
    roster = {c for one in DIMENSIONS.values() if one.roster for c in one.columns.values()}
    found: dict[str, dict[str, None]] = {}
    for code in codes:
        one = CATALOGUE[code]
        for table, names in {one.table or "": one.columns, **one.also}.items():
            kept = [name for name in names if name not in roster and name != "person_no"]
            if kept:
                ids = ID_COLUMNS.get(table, ("_submission",))
                found.setdefault(table, dict.fromkeys(ids)).update(dict.fromkeys(kept))
    return {UNITS: UNIT_COLUMNS, **{table: tuple(names) for table, names in found.items()}}


def only_filled(table: str) -> frozenset[str]:
    """Columns of a table of which the indicators ask nothing but whether there is an answer."""
    asked: dict[str, bool] = {}
    for code in (*SURVEY, *REGISTERS):
        if CATALOGUE[code].table == table:
            for where in _conditions(CATALOGUE[code]):
                asked[where.column] = asked.get(where.column, True) and where.filled
    return frozenset(name for name, filled in asked.items() if filled)


def _conditions(indicator: Indicator) -> Iterator[Where]:
    pending: list[Any] = [indicator.arguments, *(one.arguments for one in indicator.variants)]
    while pending:
        one = pending.pop()
        if isinstance(one, Where):
            yield one
        elif isinstance(one, Mapping):
            pending += one.values()
        elif isinstance(one, tuple):
            pending += one


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune's folder."""

    province: str
    code: str
    folder: Path

    def files(self, table: str, year: int) -> tuple[str, ...]:
        """The files of a table's year; none where nothing was exported."""
        return tuple(map(str, sorted((self.folder / table / f"year={year}").glob("*.parquet"))))


def part(table: str, year: int) -> str:
    """Where the one file of a table's year lies in the commune's folder."""
    return f"{table}/year={year}/part-0.parquet"


def commune_folder(root: Path, province: str, code: str) -> Path:
    """DIR/province=…/commune=…"""
    return root / f"province={province}" / f"commune={code}"


def communes(root: Path) -> list[Commune]:
    """Every commune of a lake, by province and code.

    Raises `BadInput` where there is none, and for a commune that lies in two provinces: a code
    belongs to one commune of the country, and a folder copied twice would count its people twice.
    """
    found = [
        Commune(_value(folder.parent), _value(folder), folder)
        for folder in sorted(root.glob("province=*/commune=*"))
        if folder.is_dir()
    ]
    if not found:
        raise BadInput(
            f"{root}: không có thư mục province=…/commune=… nào.",
            f"{root}: there is no folder province=…/commune=….",
        )
    seen: dict[str, Path] = {}
    for one in found:
        if other := seen.get(one.code):
            raise BadInput(
                f"Xã {one.code} có hai lần: {other} và {one.folder}; hãy bỏ một thư mục.",
                f"Commune {one.code} is there twice: {other} and {one.folder}; take one away.",
            )
        seen[one.code] = one.folder
    return found


def years(found: Iterable[Commune]) -> list[int]:
    """The years that occur, ascending."""
    names = {
        _value(folder) for one in found for folder in one.folder.glob("*/year=*") if folder.is_dir()
    }
    return sorted(int(name) for name in names if name.isdigit())


def _value(folder: Path) -> str:
    return folder.name.partition("=")[2]


def read(files: Iterable[str], names: tuple[str, ...]) -> pd.DataFrame:
    """The columns `names` of some files, one below the other.

    Raises `BadInput` naming the file and the column: not a Parquet file, a column that is missing
    or holds neither numbers nor texts, or an infinite one; an id that is no whole number.
    """
    return pd.concat([_one(file, names) for file in files], ignore_index=True)


def _one(file: str, names: tuple[str, ...]) -> pd.DataFrame:
    try:
        with pq.ParquetFile(file) as source:
            _check(file, source.schema_arrow, names)
            frame: pd.DataFrame = source.read(columns=list(names)).to_pandas()
    except (pa.ArrowException, OSError) as error:
        reason = str(error).strip().split("\n")[0]
        raise BadInput(
            f"Tệp {file}: không đọc được dạng Parquet: {reason}",
            f"File {file}: cannot be read as Parquet: {reason}",
        ) from error
    _refuse_infinite(file, frame)
    return frame[list(names)]


def _refuse_infinite(file: str, frame: pd.DataFrame) -> None:
    for name in frame.columns[frame.dtypes == "float64"]:
        if np.isinf(frame[name].to_numpy()).any():
            raise BadInput(
                f"Tệp {file}: cột {name} có giá trị vô hạn (inf).",
                f"File {file}: column {name} holds an infinite value (inf).",
            )


def numbers(series: Any, name: str, vi: str, en: str) -> Floats:
    """A column as floats, NaN where it is blank. Raises `BadInput` for a text that is no number;
    `vi`, `en`: where the column is, as the message begins."""
    read = pd.to_numeric(series, errors="coerce")
    for value in series[read.isna() & series.notna()]:
        raise BadInput(
            f"{vi}: cột {name} phải là số, gặp {value!r}.",
            f"{en}: column {name} must hold numbers, got {value!r}.",
        )
    values: Floats = read.to_numpy(np.float64, na_value=np.nan)
    return values


def table_of(code: str) -> str:
    """The table of the lake that an indicator is computed from."""
    return RETURNS if code in RETURNED else CATALOGUE[code].table or ""


def _check(file: str, schema: pa.Schema, names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in schema.names]
    if missing:
        there = ", ".join(schema.names) or "–"
        raise BadInput(
            f"Tệp {file}: thiếu cột {', '.join(missing)}; có: {there}.",
            f"File {file}: column {', '.join(missing)} is missing; there are {there}.",
        )
    for name in names:
        kind = schema.field(name).type
        wanted = _whole(kind) if name == "_submission" else _plain(kind)
        if not wanted:
            vi, en = ("số nguyên", "whole numbers") if name == "_submission" else _BOTH
            raise BadInput(
                f"Tệp {file}: cột {name} phải là {vi}; gặp kiểu {kind}.",
                f"File {file}: column {name} must hold {en}; its type is {kind}.",
            )


_BOTH = ("số hoặc chữ", "numbers or texts")


def _whole(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind))


def _plain(kind: pa.DataType) -> bool:
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (
        *(pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_null),
        *(pa.types.is_string, pa.types.is_large_string),
    )
    return any(test(value) for test in tests)
