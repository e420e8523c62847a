"""The commune's part of a lake: person-level data for the statistical office of a higher level,
and what its units' returns come to.

Only what counts, only households with a complete interview, only columns that a national indicator
reads (`analysis.national.lake`): no code of a household, an account or an ethnic group, no text.
The village is there as the stratum of a household, not for a birth. A household keeps its number
in this database, which says nothing outside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd
from sqlalchemy.orm import Session

from analysis.catalogue import CATALOGUE
from analysis.compute import columns_needed
from analysis.national import lake, returns_table, writing
from analysis.places import places
from analysis.reports.dates import vietnam_time
from analysis.types import Obligations
from collector.designs import design_of, drawn
from collector.reporting import SURVEY, obligations
from collector.store import frames as stored
from collector.store import lake as rows
from collector.version import VERSION
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
    # all are asked for before a folder is made: without a database nothing is left behind
    groups = [*_groups(session, library), *_returns(session, library)]
    return writing.write(folder, groups, about, tell)


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


def _returns(session: Session, library: Library) -> Iterator[writing.Group]:
    """The table of returns, for each year in which one of its forms came.

    It is made again when a return of the year changes its state or is corrected, when other units
    owe, with another version of a form, and with another version of the program or declaration.
    """
    wanted = columns_needed(lake.RETURNED)
    forms = sorted({table.split(".")[0] for table in wanted if table != SURVEY})
    versions = {form: found for form in forms if (found := library.versions(form))}
    sources = {form: rows.sources(session, form) for form in versions}
    for year in sorted({year for found in sources.values() for year in found}):
        owed = obligations(session, versions, dict.fromkeys(versions, range(year, year + 1)))
        known = [
            [[form, sources[form].get(year), [one.version for one in versions[form]]]
             for form in versions],
            {form: sorted(found) for form, found in owed.items()},
            [VERSION, returns_table.COLUMNS],
            [repr(CATALOGUE[code]) for code in lake.RETURNED],
        ]  # fmt: skip
        source = hashlib.sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()
        make = partial(_told, session, versions, wanted, owed, year)
        yield writing.Group(year, (lake.RETURNS,), source, make)


def _told(
    session: Session,
    versions: Mapping[str, Sequence[Form]],
    wanted: Mapping[str, tuple[str, ...]],
    owed: Obligations,
    year: int,
) -> dict[str, pd.DataFrame]:
    frames: dict[str, pd.DataFrame] = {}
    for form, published in versions.items():
        own = {table: names for table, names in wanted.items() if table.split(".")[0] == form}
        frames |= stored.frames(session, published, [year], own)
    return {lake.RETURNS: returns_table.rows(frames, owed, year)}


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
