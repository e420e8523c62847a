"""Weightings of a draw: made from what was collected, kept with every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.drawn import NOBODY
from analysis.estimators.errors import Refused
from analysis.sampling import Summary, summarise
from analysis.sampling.steps import Asked, Made, member_counts, persons, weigh
from collector.models import User, Weighting
from collector.store import drawn, frames
from collector.store.drawn import Households
from collector.store.draws import Known
from collector.visits import INTERVIEW
from forms.library import Form

COLUMNS = {
    INTERVIEW: ("result", "women_15", "men_15"),
    f"{INTERVIEW}.member": ("sex", "age_years", "usual"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored weighting. `fits`: it covers exactly the interviews that count now."""

    asked: Asked
    steps: tuple[tuple[str, Summary], ...]
    households: Households
    by: str
    at: datetime
    fits: bool


@dataclass(frozen=True, slots=True)
class New:
    """A weighting on its way in."""

    asked: Asked
    steps: tuple[tuple[str, Summary], ...]
    households: Households

    @property
    def weights(self) -> list[tuple[str, str, float]]:
        """(village, code, weight) of each complete household."""
        return [(v, c, found[-1]) for v, c, found, _ in self.households.rows if found[-1] > 0]


def make(session: Session, known: Known, versions: Sequence[Form], asked: Asked) -> New:
    """The steps of a weighting with their summaries, household by household; nothing is stored.
    Raises the `Refused` of `analysis.sampling`."""
    issued = drawn.issued(session, known)
    found = frames.frames(session, versions, [known.year], COLUMNS)
    made = weigh(issued, _members(found[f"{INTERVIEW}.member"]), asked)
    steps = made.summaries() + _persons(made, issued, found[INTERVIEW])
    return New(asked, tuple(steps), _households(made, issued))


def _households(made: Made, issued: pd.DataFrame) -> Households:
    rows = tuple(
        (
            village,
            code,
            tuple(float(weight[at]) for _, weight in made.steps),
            tuple(float(persons[at]) for persons in made.counts.values()),
        )
        for at, (village, code) in enumerate(zip(issued["village"], issued["code"], strict=True))
    )
    return Households(tuple(name for name, _ in made.steps), tuple(made.counts), rows)


def estimated(
    session: Session, known: Known, versions: Sequence[Form], asked: Asked
) -> dict[str, float]:
    """Cell of `asked.population` -> persons that the interviews estimate before calibration; empty
    where they cannot (nobody answered in a class)."""
    issued = drawn.issued(session, known)
    found = frames.frames(session, versions, [known.year], COLUMNS)
    members = _members(found[f"{INTERVIEW}.member"])
    try:
        weight = weigh(issued, members, Asked(asked.classes)).weight
        numbers = issued["submission"].to_numpy(np.int64)
        counts = member_counts(numbers, members, tuple(asked.population or ()))
    except Refused:
        return {}
    return {cell: float(held @ weight) for cell, held in counts.items()}


def _members(frame: pd.DataFrame) -> pd.DataFrame:
    usual = frame[frame["usual"].astype("str") == "1"]
    return pd.DataFrame(
        {
            "submission": usual["_submission"].to_numpy(np.int64),
            "sex": usual["sex"].astype("str").to_numpy(),
            "age": usual["age_years"].to_numpy(np.float64),
        }
    )


def _persons(made: Made, issued: pd.DataFrame, root: pd.DataFrame) -> list[tuple[str, Summary]]:
    """The weights of the women and men who were selected in the households."""
    by_id, found = root.set_index("_submission"), []
    for name, column in (("women", "women_15"), ("men", "men_15")):
        eligible = by_id[column].reindex(issued["submission"]).to_numpy(np.float64)
        weight = persons(made.weight, eligible)
        if (weight > 0).any():
            found.append((name, summarise(weight)))
    return found


def keep(session: Session, known: Known, new: New, account: int, now: datetime) -> None:
    """Store a weighting; it holds from now on."""
    session.add(
        Weighting(
            draw_id=known.id,
            settings=_json(asdict(new.asked)),
            steps=_json([[name, asdict(one)] for name, one in new.steps]),
            weights=_json(new.weights),
            households=_json(asdict(new.households)),
            account_id=account,
            made_at=now,
        )
    )
    session.flush()


def newest(session: Session, known: Known) -> Kept | None:
    """The weighting that holds; None where none was made."""
    asked = (
        select(Weighting, User.display_name)
        .join(User, User.id == Weighting.account_id)
        .where(Weighting.draw_id == known.id)
        .order_by(Weighting.id.desc())
        .limit(1)
    )
    found = session.execute(asked).first()
    if found is None:
        return None
    row, name = found
    steps = tuple((step, Summary(**given)) for step, given in orjson.loads(row.steps))
    listed = drawn.issued(session, known)
    complete = listed["submission"] != NOBODY
    fits = bool((listed["weight"].notna() == complete).all())
    asked_for, kept = _asked(orjson.loads(row.settings)), drawn.households(row.households)
    return Kept(asked_for, steps, kept, name, row.made_at, fits)


def _asked(given: Mapping[str, Any]) -> Asked:
    return Asked(**given)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
