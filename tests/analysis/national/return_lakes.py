"""Invented returns of communes' units, for lakes: every column that an indicator reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from analysis.catalogue import CATALOGUE
from analysis.compute import columns_needed, compute
from analysis.estimators.prepared import Prepared
from analysis.national import lake, returns_table, writing
from analysis.types import Estimate, Frames, Obligations
from tests.analysis.frames import together
from tests.analysis.returns_frames import category, table

UNITS = {"school_year": 3, "social_year": 2}  # one of the other forms
ROWS = {"leaders_year.body": 7, "school_year.grade": 9}
CHOICES = {
    "body_kind": "1234",
    "has_activities": "10",
    "is_public": "1",
    "in_programme": "10",
    "nil": "0",
    "item_kind": "12345",
    "is_column": "10",
    "campaign": "1355",
}
EVENTS = ("news", "event")
LATE = ("economy_year",)  # what the last commune has not sent


@dataclass(frozen=True)
class Office:
    """What the units of one commune (or of several) sent, and what they owe."""

    frames: Frames
    owed: Obligations


def _sides(side: str) -> set[str]:
    every = [CATALOGUE[code] for code in lake.RETURNED]
    given = [
        arguments
        for one in every
        for arguments in (one.arguments, *(variant.arguments for variant in one.variants))
    ]
    return {name for one in given for name in one.get(f"{side}_sum", ())}


PARTS = _sides("numerator") - _sides("denominator")


def office(at: int, code: str, year: int, *, late: Iterable[str] = ()) -> Office:
    """A commune's returns of a year, all but those of the forms `late`."""
    rng = Random(f"{at} {code}")
    wanted = {t: c for t, c in columns_needed(lake.RETURNED).items() if t != "household"}
    frames: dict[str, pd.DataFrame] = {}
    owed: dict[str, frozenset[tuple[str, str]]] = {}
    for name, columns in wanted.items():
        form = name.split(".")[0]
        periods = (
            [f"{year}-Q{q}" for q in range(1, 5)] if form == "culture_quarter" else [f"{year}"]
        )
        units = [f"{code}/{form}-{n}" for n in range(UNITS.get(form, 1))]
        if form not in EVENTS:
            owed[form] = frozenset((unit, period) for unit in units for period in periods)
        if form not in (*EVENTS, "culture_quarter"):
            frame = _yearly(rng, name, columns, units, year, ROWS.get(name, 1))
            frames[name] = frame.iloc[:0] if form in late else frame
    frames |= _dated(rng, code, year)
    return Office(frames, owed)


def _yearly(
    rng: Random, name: str, columns: Iterable[str], units: list[str], year: int, rows: int
) -> pd.DataFrame:
    senders = [(at + 1, unit, row) for at, unit in enumerate(units) for row in range(rows)]
    values: dict[str, list[Any]] = {}
    for column in columns:
        if column == "grade_no":
            values[column] = [str(row + 1) for _, _, row in senders]
        elif column in CHOICES:
            values[column] = [rng.choice(CHOICES[column]) for _ in senders]
        elif column == "key_f":
            values[column] = [rng.randint(0, 1) for _ in senders]
        else:
            least, most = (0, 15) if column in PARTS else (15, 60)
            values[column] = [rng.randint(least, most) for _ in senders]
    ids = [at for at, _, _ in senders]
    return table([unit for _, unit, _ in senders], str(year), ids=ids, **values)


def _dated(rng: Random, code: str, year: int) -> Frames:
    unit = f"{code}/culture_quarter-0"
    months = [f"{year}-{rng.randint(1, 11):02d}" for _ in range(40)]
    news = table([unit] * 40, months, month=months)
    held = table([unit] * 30, months[:30], month=months[:30])
    for name in ("item_kind", "is_column"):
        news[name] = category([rng.choice(CHOICES[name]) for _ in months])
    held["campaign"] = category([rng.choice(CHOICES["campaign"]) for _ in range(30)])
    for name in ("people_f", "people_m"):
        held[name] = [float(rng.randint(10, 90)) for _ in range(30)]
    quarters = [f"{year}-Q{q}" for q in range(1, 5)]
    told = {
        name: [sum((int(m[5:]) - 1) // 3 == q for m in rows) for q in range(4)]
        for name, rows in (("n_items", months), ("n_events", months[:30]))
    }
    closing = table([unit] * 4, quarters, period=quarters, **told)
    return {"news": news, "event": held, "culture_quarter": closing}


def write(root: Path, province: str, code: str, year: int, sent: Office) -> None:
    """The commune's table of returns beside what its folder has."""
    folder = lake.commune_folder(root, province, code)
    target = folder / lake.part(lake.RETURNS, year)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(writing.encoded(returns_table.rows(sent.frames, sent.owed, year)))


def joined(offices: Iterable[Office]) -> Office:
    """Several communes as one: submissions numbered apart, units have their commune's code."""
    frames, owed = [], {}
    for at, one in enumerate(offices):
        moved = {}
        for name, frame in one.frames.items():
            plain = frame.astype(
                dict.fromkeys(frame.columns[frame.dtypes == "category"], "str")
            )  # fmt: skip
            moved[name] = plain.assign(_submission=plain["_submission"] + at * 1_000_000)
        frames.append(moved)
        for form, due in one.owed.items():
            owed[form] = owed.get(form, frozenset()) | due
    return Office(together(*frames), owed)


def estimates(sent: Office, year: int) -> Iterator[Estimate]:
    """Every returned indicator and variant, as one commune's report computes it."""
    ready = Prepared(sent.frames, None, sent.owed)
    for code, variant in returns_table.KEYS:
        one = CATALOGUE[code]
        yield compute(one, sent.frames, None, years=(year,), prepared=ready, variant=variant)[0]


def means(communes: Iterable[Mapping[str, Estimate]], code: str) -> Fraction:
    """The mean over communes of what each one's report says."""
    own = [one[code].exact for one in communes]
    known = [value for value in own if value is not None]
    return sum(known, Fraction(0)) / len(known)
