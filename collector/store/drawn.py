"""The households that a draw issued, with what became of each: what a design is made from."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
import pandas as pd
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from analysis.drawn import BEFORE, CELL, NOBODY
from analysis.sampling import steps
from collector.models import COUNTED, Submission, Weighting
from collector.store import draws, visits
from collector.store.draws import Known
from collector.visits import COMPLETE, INELIGIBLE, INTERVIEW, standing

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
Key = tuple[str, str]
_COUNTED = [state.value for state in COUNTED]


def issued(session: Session, known: Known) -> pd.DataFrame:
    """One row an issued household, with the columns of `analysis.drawn` and `code`."""
    listed = draws.households(session, known.id, issued=True)
    complete = _interviews(session, known.year)
    stored, calibrated = _newest(session, known.id)
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
                **(calibrated.get(key, {}) if key in stored else {}),
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


@dataclass(frozen=True, slots=True)
class Households:
    """A weighting household by household. `steps`, `cells`: names of the steps and of the classes
    of the population that were calibrated to; `rows`: (village, code, weight after each step,
    persons in each class) of every issued household."""

    steps: tuple[str, ...]
    cells: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[float, ...], tuple[float, ...]], ...]

    def calibration(self) -> dict[tuple[str, str], dict[str, float]]:
        """(village, code) -> the columns BEFORE and CELL + class of `analysis.drawn`; empty where
        nothing was calibrated."""
        if not self.cells:
            return {}
        at = self.steps.index(steps.BEFORE)
        names = [BEFORE, *(CELL + cell for cell in self.cells)]
        return {
            (village, code): dict(zip(names, (weights[at], *persons), strict=True))
            for village, code, weights, persons in self.rows
        }


def households(text: str) -> Households:
    """From the JSON of the model; nothing of a run that did not keep them."""
    found = orjson.loads(text) if text else {"steps": (), "cells": (), "rows": ()}
    rows = tuple((v, c, tuple(weights), tuple(held)) for v, c, weights, held in found["rows"])
    return Households(tuple(found["steps"]), tuple(found["cells"]), rows)


def _newest(session: Session, draw_id: int) -> tuple[dict[Key, float], dict[Key, dict[str, float]]]:
    """The weights of the newest weighting and what its calibration rests on, by (village, code);
    empty where none was made."""
    asked = select(Weighting.weights, Weighting.households).where(Weighting.draw_id == draw_id)
    row = session.execute(asked.order_by(Weighting.id.desc()).limit(1)).first()
    if row is None:
        return {}, {}
    weights = {(v, c): float(w) for v, c, w in orjson.loads(row.weights)}
    return weights, households(row.households).calibration()
