"""How long each question usually takes, and collectors whose interviews are far off.

From the log of times alone. A question's usual time is the median over interviews, so that a pause
at the door moves nothing. An interview is quick at a question where it took under half of that,
slow where it took over twice; collectors are compared by how many of their interviews are, by the
exact test of `compare`. Both questions of all collectors are one family, held to 2.5 % together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.quality.compare import Rate, rates
from analysis.quality.seen import Seen, found
from analysis.quality.times import LEAST_PEERS, question_seconds

QUICK, SLOW = "quick", "slow"
FACTOR = 2.0  # under 1/FACTOR, over FACTOR of the usual time
SCREEN_LEFT = 1800.0  # seconds: a screen left open for half an hour says nothing of the question


@dataclass(frozen=True, slots=True)
class Pace:
    """One question (or screen of questions). `node`: its path without positions; `low`, `usual`,
    `high`: quartiles in seconds, None where fewer than LEAST_PEERS interviews asked it."""

    node: str
    interviews: int
    low: float | None = None
    usual: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Paces:
    """All questions by path; collectors (account as text) who stand out at one, by path and QUICK
    or SLOW; the usual minutes of a complete interview, None where there are too few."""

    questions: tuple[Pace, ...] = ()
    far: Mapping[tuple[str, str], tuple[Rate, ...]] | None = None
    minutes: float | None = None
    timed: int = 0


def paces(seen: Seen) -> Paces:
    """The usual times of one form and year."""
    whole = seen.timed()["minutes"] if seen.has_times else pd.Series(dtype=float)
    minutes = float(whole.median()) if len(whole) >= LEAST_PEERS else None
    if seen.audit.empty:
        return Paces(minutes=minutes, timed=len(whole))
    times = question_seconds(seen)
    times = times[times["seconds"] < SCREEN_LEFT]
    by = times.groupby("node")["seconds"]
    shown = tuple(_pace(str(node), seconds) for node, seconds in by)
    return Paces(shown, _far(seen, times), minutes, len(whole))


def _pace(node: str, seconds: pd.Series) -> Pace:
    if len(seconds) < LEAST_PEERS:
        return Pace(node, len(seconds))
    low, usual, high = seconds.quantile([0.25, 0.5, 0.75])
    return Pace(node, len(seconds), float(low), float(usual), float(high))


def _far(seen: Seen, times: pd.DataFrame) -> dict[tuple[str, str], tuple[Rate, ...]]:
    """The collectors who stand out, by question and direction."""
    hits: dict[str, pd.DataFrame] = {}
    for node, rows in times.groupby("node"):
        if len(rows) >= LEAST_PEERS:
            seconds = rows.set_index("_submission")["seconds"]
            usual = seconds.median()
            hits[f"{QUICK} {node}"] = found(seconds < usual / FACTOR)
            hits[f"{SLOW} {node}"] = found(seconds > usual * FACTOR)
    collector = seen.root["_collector"].astype(str)
    told: dict[tuple[str, str], tuple[Rate, ...]] = {}
    for one in rates(hits, collector, dict.fromkeys(hits, True)):
        if one.marked:
            direction, _, node = one.check.partition(" ")
            told[node, direction] = (*told.get((node, direction), ()), one)
    return told
