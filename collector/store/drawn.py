"""The households that a draw issued, with what became of each: what a design is made from."""

from __future__ import annotations

import orjson
import pandas as pd
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from analysis.drawn import NOBODY
from collector.models import COUNTED, Submission, Weighting
from collector.store import draws, visits
from collector.store.draws import Known
from collector.visits import COMPLETE, INELIGIBLE, INTERVIEW, standing

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
_COUNTED = [state.value for state in COUNTED]


def issued(session: Session, known: Known) -> pd.DataFrame:
    """One row an issued household, with the columns of `analysis.drawn` and `code`."""
    listed = draws.households(session, known.id, issued=True)
    complete, stored = _interviews(session, known.year), weights(session, known.id)
    facts = visits.facts(session, known.year)
    rows = []
    for one in listed:
        key = (one.village, one.code)
        done = complete.get(key, NOBODY)
        result = standing(facts.get(key, ())).result
        rows.append(
            {
                "village": one.village,
                "code": one.code,
                "submission": done,
                "ineligible": done == NOBODY and result in INELIGIBLE,
                "stratum": one.stratum,
                "psu": one.psu,
                "population": float("nan") if one.population is None else float(one.population),
                "households": float(one.households),
                "chance": float(one.village_chance),
                "weight": stored.get(key, float("nan")),
            }
        )
    return pd.DataFrame(rows)


def _interviews(session: Session, year: int) -> dict[tuple[str, str], int]:
    """(village, household) -> the complete interview that counts."""
    asked = select(_TABLE.c.id, _TABLE.c.village, _TABLE.c.household).where(
        _TABLE.c.form == INTERVIEW,
        _TABLE.c.year == year,
        _TABLE.c.state.in_(_COUNTED),
        _TABLE.c.superseded.is_(False),
        _TABLE.c.result == COMPLETE,
        _TABLE.c.household.is_not(None),
    )
    return {
        (row.village, visits.plain(row.household)): row.id
        for row in session.execute(asked.order_by(_TABLE.c.id))
    }


def weights(session: Session, draw_id: int) -> dict[tuple[str, str], float]:
    """(village, code) -> weight of the newest weighting; empty where none was made."""
    asked = select(Weighting.weights).where(Weighting.draw_id == draw_id)
    text = session.scalar(asked.order_by(Weighting.id.desc()).limit(1))
    return {} if text is None else {(v, c): float(w) for v, c, w in orjson.loads(text)}
