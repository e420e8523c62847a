"""An invented survey of any size, as columns: what the estimators are measured on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

PERSONS_A_HOUSEHOLD, PERSONS_A_VILLAGE = 4, 333
SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
Y = ("hours", *(f"p{at}" for at in range(1, 6)))

Columns = dict[str, np.ndarray[Any, Any]]


def survey(persons: int, seed: int = 1) -> Columns:
    """Persons in households (PSUs) in villages (strata): `psu`, `stratum`, `fpc` (households of
    the village), `weight`, `sex` (1, 2), `hours`, and five columns of 0 and 1; all (persons,).

    Ids are whole numbers without gaps, rows lie by household. No value is missing.
    """
    rng = np.random.default_rng(seed)
    psus, strata = persons // PERSONS_A_HOUSEHOLD, max(persons // PERSONS_A_VILLAGE, 1)
    more = rng.integers(0, psus, persons - psus)
    psu = np.sort(np.concatenate([np.arange(psus), more]))
    free = rng.integers(0, strata, psus - 2 * strata)
    of_psu = np.sort(np.concatenate([np.repeat(np.arange(strata), 2), free]))
    sampled = np.bincount(of_psu)
    population = sampled * rng.integers(2, 30, strata)
    stratum, mood = of_psu[psu], rng.normal(0, 1, psus)[psu]
    sex = rng.integers(1, 3, persons)
    hours = rng.gamma(2.0, 1.0, persons) * np.where(sex == 2, 2.5, 0.5) + mood
    found = {
        "psu": psu,
        "stratum": stratum,
        "fpc": population[stratum].astype(float),
        "weight": (population / sampled)[stratum] * rng.uniform(0.8, 1.2, persons),
        "sex": sex,
        "hours": np.maximum(hours, 0.0),
    }
    for name, share in zip(Y[1:], SHARES, strict=True):
        found[name] = (rng.random(persons) < share + 0.05 * mood).astype(float)
    return found


def write(folder: Path, columns: Columns) -> None:
    """As `survey.parquet`, and each column as doubles of this machine (for R's `readBin`)."""
    pq.write_table(pa.table(columns), folder / "survey.parquet", compression="none")
    for name, values in columns.items():
        values.astype(np.float64).tofile(folder / f"{name}.bin")


def read(folder: Path) -> Columns:
    """The columns of `write`."""
    table = pq.read_table(folder / "survey.parquet")
    return {name: table[name].to_numpy() for name in table.column_names}
