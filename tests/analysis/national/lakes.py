"""Invented lakes: some communes in two provinces, written as `flask export-lake` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.design import household_design
from analysis.estimators.prepared import Prepared
from analysis.national import lake, writing
from analysis.types import Design, Frames
from tests.analysis.frames import births, households, together

YEAR = 2026
COMMUNES = {"11668": "01", "11669": "01", "03390": "12", "03391": "12"}
BY_SIZE = "03391"  # its villages were drawn by size


@dataclass(frozen=True)
class OneMachine:
    """All communes as one: what the lake must come to."""

    frames: Frames
    design: Design

    def prepared(self) -> Prepared:
        return Prepared(self.frames, self.design)


def make(root: Path, communes: Mapping[str, str] = COMMUNES, n: int = 150) -> dict[str, OneMachine]:
    """Write a lake; the same rows as one machine has them: "" for all, by province ("01"), by
    commune ("01/11668")."""
    parts: dict[str, list[tuple[Frames, pd.DataFrame]]] = {}
    for at, (code, province) in enumerate(communes.items()):
        frames, units = commune(at, code, n)
        write(root, province, code, frames, units)
        for group in ("", province, f"{province}/{code}"):
            parts.setdefault(group, []).append((frames, units))
    return {group: _together(found) for group, found in parts.items()}


def commune(at: int, code: str, n: int, seed: int | None = None) -> tuple[Frames, pd.DataFrame]:
    """A commune's frames and its units; `at` makes it differ from the others."""
    survey = households(
        n=n + 10 * at, villages=5, seed=seed or at + 1, year=YEAR, sampled=0.2 + 0.1 * at
    )
    design = household_design(survey.frames, survey.register, year=YEAR)
    units = design.units.copy()
    units["stratum"] = (code + "/" + units["stratum"].astype("str")).astype("category")
    if code == BY_SIZE:
        units["psu"] = units["stratum"].astype("str")
        units["stratum"] = pd.Categorical([f"{code}/pps"] * len(units))
        units["population"] = np.nan
    register = births(
        YEAR, n=500 + 7 * at, boys=260 + at, adolescent=20 + at, women=(240 + at, 250), deaths=3
    )
    register["births_month"]["_unit"] = pd.Categorical([f"{code}/tram"] * 12)
    return {**survey.frames, **register}, units


def write(root: Path, province: str, code: str, frames: Frames, units: pd.DataFrame) -> None:
    """A commune's folder, from rows that one machine would take."""
    columns = lake.columns()
    rows = {name: frames[name][list(columns[name])] for name in columns if name != lake.UNITS}
    own = units.reset_index().reindex(columns=lake.UNIT_COLUMNS).astype({"psu": "str"})
    own["stratum"] = own["stratum"].astype("str").str.partition("/")[2].astype("category")
    rows[lake.UNITS] = own
    group = writing.Group(YEAR, tuple(rows), "1", lambda: rows)
    folder = lake.commune_folder(root, province, code)
    writing.write(folder, [group], {"demonstration": True}, lambda *_: None)


def _together(found: list[tuple[Frames, pd.DataFrame]]) -> OneMachine:
    """One below the other; submissions numbered apart."""
    frames, units = [], []
    for at, (one, own) in enumerate(found):
        moved = {name: frame.copy() for name, frame in one.items()}
        for frame in moved.values():
            frame["_submission"] += at * 10_000_000
            for name in frame.columns[frame.dtypes == "category"]:
                frame[name] = frame[name].astype("str")
        frames.append(moved)
        units.append(own.set_axis(pd.Index(own.index + at * 10_000_000, name="_submission")))
    if any("psu" in one for one in units):  # else a household is its own
        units = [one if "psu" in one else one.assign(psu=one.index.astype("str")) for one in units]
    joined = pd.concat([one.astype({"stratum": "str"}) for one in units])
    return OneMachine(together(*frames), Design(joined.astype({"stratum": "category"})))


def split(file: Path, pieces: int) -> None:
    """One file as several of which the rows are dealt out in turn: a household lies in many."""
    frame = pd.read_parquet(file)
    for at in range(pieces):
        table = pa.Table.from_pandas(frame.iloc[at::pieces], preserve_index=False)
        pq.write_table(table, file.with_name(f"part-{at}.parquet"))


def person_files(root: Path, table: str = "household.*") -> list[Path]:
    return sorted(root.glob(f"*/*/{table}/*/part-0.parquet"))


def changed(file: Path, **columns: object) -> None:
    """Other values in a file's columns; None drops one."""
    frame = pd.read_parquet(file)
    for name, values in columns.items():
        if values is None:
            frame = frame.drop(columns=name)
        else:
            frame[name] = np.resize(np.asarray(values, dtype=object), len(frame))
            if name != "stratum" and all(isinstance(v, float) for v in np.ravel(values)):
                frame[name] = frame[name].astype(float)
    frame.to_parquet(file, index=False)
