"""Invented communes with everybody's answers, from which samples are drawn again and again.

Each draw runs the service's own road: frames of the households drawn, the household design, the
indicator's estimate with its interval. How often the interval holds the commune's own value is its
coverage. Members of a household and of a village are alike, so that the design matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.design import household_design
from analysis.estimators.prepared import Prepared
from analysis.types import Estimate, Frames
from tests.analysis.frames import category, text, village_names

YEAR = 2026
CODES = ("CARE_RATIO", "AWARE", "WAGE_F", "AGRI_F")
NAMES = village_names(60)


@dataclass(frozen=True)
class Setting:
    """A commune and how it is sampled. `aware`, `wage`: shares; `idle`: men without any care."""

    name: str
    households: int
    villages: int
    drawn: int  # households in each village
    aware: float = 0.6
    wage: float = 0.45
    idle: float = 0.15


SETTINGS = (
    Setting("300 of 1 500 households, 12 villages", 1_500, 12, 25),
    Setting("120 of 1 500, 12 villages", 1_500, 12, 10),
    Setting("60 of 1 500, 12 villages", 1_500, 12, 5),
    Setting("24 of 1 500, 12 villages", 1_500, 12, 2),
    Setting("20 of 600, 4 villages", 600, 4, 5),
    Setting("12 of 600, 4 villages", 600, 4, 3),
    Setting("6 of 300, 2 villages", 300, 2, 3),
    Setting("300 of 1 500, rare: aware 2 %, wage 3 %", 1_500, 12, 25, 0.02, 0.03),
    Setting("120 of 1 500, rare: aware 2 %, wage 3 %", 1_500, 12, 10, 0.02, 0.03),
    Setting("120 of 1 500, six men in ten do no care", 1_500, 12, 10, idle=0.6),
)


class Commune:
    """Everybody of a commune. Adults are rows of one table; a draw takes some of them."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting = setting
        self.rng = rng = np.random.default_rng(seed)
        homes = setting.households
        self.village = np.arange(homes) * setting.villages // homes
        size = 1 + rng.binomial(4, 0.45, homes)
        self.home = np.repeat(np.arange(homes), size)
        n = self.home.size
        place = rng.normal(0, 0.35, setting.villages)[self.village]
        mood = (place + rng.normal(0, 0.6, homes))[self.home]
        first = np.r_[True, self.home[1:] != self.home[:-1]]
        self.woman = np.where(first, rng.random(n) < 0.5, rng.random(n) < 0.52)
        hours = rng.gamma(2.0, np.where(self.woman, 8.0, 4.5)) * np.exp(0.4 * mood)
        hours[~self.woman & (rng.random(n) < setting.idle)] = 0.0
        self.hours = hours.round(2)
        self.aware = self._share(setting.aware, mood)
        self.wage = self._share(setting.wage, mood)
        self.land = self._share(0.4, -mood)
        self.works = rng.random(n) < 0.7

    def _share(self, share: float, mood: np.ndarray) -> np.ndarray:
        odds = share / (1 - share) * np.exp(mood)
        found: np.ndarray = self.rng.random(mood.size) < odds / (1 + odds)
        return found

    def truth(self) -> dict[str, float]:
        """What the indicators are when everybody has answered, counted without the estimators."""
        women, working = self.woman, self.woman & self.works
        return {
            "CARE_RATIO": float(self.hours[women].mean() / self.hours[~women].mean()),
            "AWARE": 100 * float(self.aware.mean()),
            "WAGE_F": 100 * float(self.wage[working].mean()),
            "AGRI_F": 100 * float(self.land[working].mean()),
        }

    def draw(self) -> np.ndarray:
        """Households drawn: as many in each village, without replacement."""
        order = np.lexsort((self.rng.random(self.village.size), self.village))
        starts = np.searchsorted(self.village, np.arange(self.setting.villages))
        take = starts[:, None] + np.arange(self.setting.drawn)
        return np.sort(order[take.ravel()])

    def estimates(self, codes: Sequence[str] = CODES) -> dict[str, Estimate]:
        """One draw, through frames, design and `compute`."""
        drawn = self.draw()
        frames = self._frames(drawn)
        names = NAMES[: self.setting.villages]
        register = pd.DataFrame({"village": names, "households": np.bincount(self.village)})
        design = household_design(frames, register, year=YEAR)
        ready = Prepared(frames, design)
        return {
            code: compute(CATALOGUE[code], frames, design, years=(YEAR,), prepared=ready)[0]
            for code in codes
        }

    def _frames(self, drawn: np.ndarray) -> Frames:
        inside = np.isin(self.home, drawn)
        rows = np.flatnonzero(inside)
        home, woman = self.home[rows], self.woman[rows]
        lottery = self.rng.random(rows.size)
        order = np.lexsort((lottery, ~woman, home))
        kind = home[order] * 2 + ~woman[order]
        begins = np.r_[True, kind[1:] != kind[:-1]]
        chosen = rows[order[begins]]
        eligible = np.diff(np.r_[np.flatnonzero(begins), kind.size]).astype(np.float64)
        return {
            "household": self._table(drawn, result=text(np.full(drawn.size, "1"))),
            "household.member": self._members(rows),
            "household.respondent": self._respondents(chosen, eligible),
        }

    def _table(self, home: np.ndarray, **columns: object) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "_submission": home + 1,
                "_village": category(self.village[home], NAMES),
                "_year": np.full(home.size, YEAR),
                **columns,
            }
        )

    def _members(self, rows: np.ndarray) -> pd.DataFrame:
        works, n = self.works[rows], rows.size
        return self._table(
            self.home[rows],
            _index=np.arange(1, n + 1),
            sex=category(self.woman[rows].astype(int), ["1", "2"]),
            age_years=np.full(n, 30.0),
            usual=category(np.ones(n, dtype=int), ["0", "1"]),
            work7=category(works.astype(int), ["0", "1"]),
            status=category(np.where(works, self.wage[rows].astype(int), -1), ["1", "4"]),
            sector=category(np.where(works, self.land[rows].astype(int), -1), ["2", "1"]),
        )

    def _respondents(self, rows: np.ndarray, eligible: np.ndarray) -> pd.DataFrame:
        n = rows.size
        return self._table(
            self.home[rows],
            _index=np.arange(1, n + 1),
            person_no=np.arange(1, n + 1, dtype=float),
            r_sex=text(np.where(self.woman[rows], "2", "1")),
            r_age=np.full(n, 30.0),
            eligible=eligible,
            care_w=self.hours[rows],
            reached=self.aware[rows].astype(float),
            informed=self.aware[rows].astype(float),
        )


@dataclass
class Coverage:
    """How the intervals of one indicator did: misses on either side, draws without one."""

    draws: int = 0
    low: int = 0  # the interval lies below the truth
    high: int = 0
    none: int = 0
    warned: int = 0
    df: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the intervals that there are, those that hold the truth."""
        return 1 - (self.low + self.high) / max(self.draws - self.none, 1)

    def add(self, estimate: Estimate, truth: float) -> None:
        """One draw."""
        self.draws += 1
        self.df.append(estimate.df or 0.0)
        self.warned += estimate.note is not None
        if estimate.interval is None:
            self.none += 1
            return
        self.low += estimate.interval[1] < truth
        self.high += estimate.interval[0] > truth


def coverage(
    setting: Setting, draws: int, seed: int, codes: Sequence[str] = CODES
) -> dict[str, Coverage]:
    """Draws from one invented commune after another (a new one every hundred draws)."""
    found = {code: Coverage() for code in codes}
    for at in range(draws):
        if at % 100 == 0:
            commune = Commune(setting, seed + at)
            truth = commune.truth()
        for code, estimate in commune.estimates(codes).items():
            found[code].add(estimate, truth[code])
    return found
