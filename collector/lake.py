"""The commune's part of a lake: person-level data for the statistical office of a higher level.

Only what counts, only households with a complete interview, only columns that a national indicator
reads (`analysis.national.lake`): no code of a household, an account or an ethnic group, no text.
The village is there as the stratum of a household, not for a birth. A household keeps its number
in this database, which says nothing outside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd
from sqlalchemy.orm import Session

from analysis.national import lake, writing
from analysis.places import places
from analysis.reports.dates import vietnam_time
from collector.designs import design_of, drawn
from collector.reporting import SURVEY
from collector.store import frames as stored
from collector.store import lake as rows
from forms.library import Form, Library


def province_of(commune: str) -> str:
    """The province in which a commune lies today; "" where the table of places does not say."""
    place = places().on(commune, vietnam_time(datetime.now(UTC)).date())
    return place.province if place is not None else ""


def export(
    session: Session,
    library: Library,
    root: Path,
    province: str,
    commune: str,
    demonstration: bool,
    tell: Callable[[str, str], None],
) -> writing.Written:
    """Bring the commune's folder under `root` up to date; see `writing.write`."""
    folder = lake.commune_folder(root, province, commune)
    about = {"province": province, "commune": commune, "demonstration": demonstration}
    return writing.write(folder, _groups(session, library), about, tell)


def _groups(session: Session, library: Library) -> Iterator[writing.Group]:
    columns = lake.columns()
    for form in dict.fromkeys(table.split(".")[0] for table in columns if table != lake.UNITS):
        versions = library.versions(form)
        if not versions:
            continue
        tables = tuple(table for table in columns if table.split(".")[0] == form)
        register = stored.register(session) if form == SURVEY else None
        made = (lake.UNITS, *tables) if form == SURVEY else tables
        for year, source in rows.sources(session, form).items():
            yield writing.Group(
                year,
                made,
                _digest(
                    source,
                    versions,
                    {table: columns[table] for table in made},
                    register,
                    drawn(session, year) if form == SURVEY else "",
                ),
                partial(_frames, session, versions, year, tables, register),
            )


def _digest(
    source: str,
    versions: tuple[Form, ...] | list[Form],
    columns: dict[str, tuple[str, ...]],
    register: pd.DataFrame | None,
    draw: str,
) -> str:
    """What a part was made from: submissions, the form's versions, columns, the register, the
    draw in force with what became of its households."""
    counts = [] if register is None else register.to_numpy().tolist()
    known = [source, [form.version for form in versions], columns, counts, draw]
    return hashlib.sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()


def _frames(
    session: Session,
    versions: tuple[Form, ...] | list[Form],
    year: int,
    tables: tuple[str, ...],
    register: pd.DataFrame | None,
) -> dict[str, pd.DataFrame]:
    columns = lake.columns()
    wanted = {
        table: [name for name in columns[table] if not name.startswith("_")] for table in tables
    }
    if register is not None:
        wanted[SURVEY] = ["result"]
    frames = dict(stored.frames(session, versions, [year], wanted))
    found: dict[str, pd.DataFrame] = {}
    if register is not None:
        units = design_of(session, frames, register, year).units
        own = units.reset_index().reindex(columns=list(lake.UNIT_COLUMNS))
        found[lake.UNITS] = own.astype({"psu": "str"})  # empty: the household is the unit
        for table in tables:
            frames[table] = frames[table][frames[table]["_submission"].isin(units.index)]
    return found | {table: _reduced(table, frames[table]) for table in tables}


def _reduced(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of the lake; of those that need only be filled, only whether they are."""
    kept = frame[list(lake.columns()[table])].reset_index(drop=True)
    for name in lake.only_filled(table) & set(kept.columns):
        kept[name] = pd.Series(pd.NA, index=kept.index, dtype="str").mask(kept[name].notna(), "1")
    return kept
