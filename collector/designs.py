"""Which design the estimates of a year follow: the stored draw in force, else the register."""

from __future__ import annotations

import pandas as pd
from sqlalchemy.orm import Session

from analysis.design import household_design
from analysis.drawn import drawn_design
from analysis.types import Design, Frames
from collector.store import drawn as store
from collector.store import draws

SURVEY = "household"


def design_of(session: Session, frames: Frames, register: pd.DataFrame, year: int) -> Design:
    """The design of one year's interviews. `register`: as `household_design` takes it, for a year
    without a draw."""
    known = draws.in_force(session, year)
    if known is None:
        return household_design(frames, register, year=year)
    listed = store.issued(session, known)
    return drawn_design(_of_year(frames, year), listed, known.title)


def _of_year(frames: Frames, year: int) -> Frames:
    if SURVEY not in frames:
        return {}
    frame = frames[SURVEY]
    return {SURVEY: frame[frame["_year"] == year]}


def drawn(session: Session, year: int) -> str:
    """What the design of a year takes from its draw, as text; "" where none is in force."""
    known = draws.in_force(session, year)
    return "" if known is None else str(store.issued(session, known).to_json(orient="values"))
