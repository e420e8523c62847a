"""Invented typed frames of the service's forms, of any size, from a seed.

Columns and types are those that the store gives (`analysis.types.Frames`): numbers are float64,
choices category of str, calculations without a type text. Nobody in them exists. Vectorised: a
million persons take a few seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.types import Frames

YES_NO = ("0", "1")


def category(codes: Any, names: Sequence[str]) -> pd.Categorical:
    """A choice: the position of each answer among `names`, −1 for none."""
    return pd.Categorical.from_codes(np.asarray(codes), categories=pd.Index(names, dtype="str"))


def text(values: Any) -> Any:
    """A calculation without a type."""
    return pd.array(np.asarray(values, dtype=object), dtype="str")


@dataclass(frozen=True)
class Invented:
    """Frames, and the register of households (columns `village`, `households`)."""

    frames: Frames
    register: pd.DataFrame


def village_names(villages: int) -> list[str]:
    return [f"AK{number:02d}" for number in range(1, villages + 1)]


def households(
    n: int = 300,
    villages: int = 12,
    seed: int = 1,
    year: int = 2026,
    sampled: float = 0.25,
    refusals: float = 0.04,
    care: tuple[float, float] = (15.5, 8.6),
    first_submission: int = 1,
) -> Invented:
    """`n` household forms in `villages`; about four persons each, one woman and one man chosen.

    `sampled`: share of the villages' households; `refusals`: share of forms without an interview
    and of persons who do not answer; `care`: mean hours a week of women and men.
    """
    rng = np.random.default_rng(seed)
    names = village_names(villages)
    village = np.sort(rng.integers(0, villages, n))
    submission = np.arange(first_submission, first_submission + n)
    complete = rng.random(n) >= refusals
    reason = rng.choice(["2", "3", "4"], n)
    root = pd.DataFrame(
        {
            "_submission": submission,
            "_village": category(village, names),
            "_year": np.full(n, year),
            "result": text(np.where(complete, "1", reason)),
        }
    )
    at = np.flatnonzero(complete)
    member = _roster(rng, submission[at], village[at], year, names)
    respondent = _respondents(rng, member, names, year, care, refusals)
    counts = np.bincount(village[complete], minlength=villages)
    register = pd.DataFrame(
        {"village": names, "households": np.ceil(np.maximum(counts, 1) / sampled).astype(np.int64)}
    )
    frames = {"household": root, "household.member": member, "household.respondent": respondent}
    return Invented(frames, register)


def _roster(
    rng: np.random.Generator, submission: Any, village: Any, year: int, names: list[str]
) -> pd.DataFrame:
    size = 1 + rng.binomial(6, 0.5, submission.size)
    home = np.repeat(np.arange(submission.size), size)
    n = home.size
    index = np.arange(n) - np.repeat(np.cumsum(size) - size, size) + 1
    age = rng.integers(0, 85, n).astype(np.float64)
    age[index <= 2] = rng.integers(20, 75, int((index <= 2).sum()))
    sex = np.where(index <= 2, (home + index) % 2, rng.integers(0, 2, n))
    adult = age >= 15
    works = adult & (rng.random(n) < np.where(sex == 1, 0.62, 0.72)) & (age < 70)
    status = rng.choice(5, n, p=[0.03, 0.25, 0.14, 0.55, 0.03])
    sector = rng.choice(3, n, p=[0.3, 0.4, 0.3])
    minority = rng.random(submission.size) < 0.15
    return pd.DataFrame(
        {
            "_submission": submission[home],
            "_village": category(village[home], names),
            "_year": np.full(n, year),
            "_index": index,
            "rel": category(np.minimum(index, 7) - 1, [str(code) for code in range(1, 8)]),
            "sex": category(sex, ["1", "2"]),
            "age_years": age,
            "eth": category(np.where(minority, 1, 0)[home], ["01", "02"]),
            "dis": category((index % 17 == 0).astype(int), YES_NO),
            "usual": category((rng.random(n) < 0.96).astype(int), YES_NO),
            "work7": category(np.where(adult, works, -1).astype(int), YES_NO),
            "status": category(np.where(works, status, -1), ["1", "2", "3", "4", "5"]),
            "sector": category(np.where(works, sector, -1), ["1", "2", "3"]),
            "hours_paid": np.where(works, rng.integers(5, 60, n), np.nan),
        }
    )


def _respondents(
    rng: np.random.Generator,
    member: pd.DataFrame,
    names: list[str],
    year: int,
    care: tuple[float, float],
    refusals: float,
) -> pd.DataFrame:
    """One woman and one man aged 15 and over of each household, at random."""
    usual = (member["usual"].cat.codes == 1) & (member["age_years"] >= 15)
    adults = member.loc[usual, ["_submission", "_index", "sex", "age_years"]].copy()
    adults["_draw"] = rng.random(len(adults))
    adults["sex"] = adults["sex"].astype("str")
    chosen = adults.sort_values(["_submission", "sex", "_draw"], ascending=[True, False, True])
    eligible = chosen.groupby(["_submission", "sex"])["_draw"].transform("size")
    first = ~chosen.duplicated(["_submission", "sex"])
    chosen, eligible = chosen[first], eligible[first].to_numpy(np.float64)
    n = len(chosen)
    submission = chosen["_submission"].to_numpy()
    woman = chosen["sex"].to_numpy() == "2"
    village = _village_of(member, submission)
    answers = rng.random(n) >= refusals
    hours = rng.gamma(2.0, np.where(woman, care[0], care[1]) / 2).round(2)
    hours[~woman & (rng.random(n) < 0.15)] = 0.0
    reached, informed = rng.random(n) < 0.72, rng.random(n) < 0.41
    repeat = np.where(np.r_[False, submission[1:] == submission[:-1]], 2, 1)
    return pd.DataFrame(
        {
            "_submission": submission,
            "_village": category(village, names),
            "_year": np.full(n, year),
            "_index": repeat,
            "person_no": chosen["_index"].to_numpy(np.float64),
            "r_sex": text(np.where(woman, "2", "1")),
            "r_age": chosen["age_years"].to_numpy(np.float64),
            "eligible": eligible,
            "care_w": np.where(answers, hours, np.nan),
            "reached": np.where(answers, reached, np.nan),
            "informed": np.where(answers, informed, np.nan),
        }
    )


def _village_of(member: pd.DataFrame, submission: Any) -> Any:
    """The village code of each submission, from the roster (submissions ascending in both)."""
    known = member["_submission"].to_numpy()
    return member["_village"].cat.codes.to_numpy()[np.searchsorted(known, submission)]


def births(  # noqa: PLR0917 - tests name what they change
    year: int = 2026,
    n: int = 80,
    boys: int | None = None,
    seed: int = 1,
    villages: int = 12,
    months: Sequence[int] = range(1, 13),
    adolescent: int = 4,
    women: tuple[int, int] = (240, 250),
    deaths: int = 0,
    first_submission: int = 900_001,
) -> Frames:
    """A register of `n` live births (and two stillbirths) with the closing returns of `months`."""
    rng = np.random.default_rng(seed)
    total = n + 2
    month = rng.integers(1, 13, total)
    sex = np.ones(total, dtype=int)
    sex[: n // 2 if boys is None else boys] = 0
    age = rng.integers(20, 40, total).astype(np.float64)
    age[:adolescent] = np.where(np.arange(adolescent) == 0, 14, 17)
    village = rng.integers(0, villages, total)
    names = village_names(villages)
    register = pd.DataFrame(
        {
            "_submission": np.arange(first_submission, first_submission + total),
            "_village": category(village, names),
            "_year": np.full(total, year),
            "ym": text([f"{year}-{m:02d}" for m in month]),
            "live": category(np.r_[np.ones(n), np.zeros(2)].astype(int), YES_NO),
            "sex": category(sex, ["1", "2", "9"]),
            "mother_age": age,
            "res_village": category(village, names),
        }
    )
    told = np.bincount(month[:n], minlength=13)
    return {"births": register, "births_month": _returns(year, months, told, women, deaths)}


def _returns(
    year: int, months: Sequence[int], told: Any, women: tuple[int, int], deaths: int
) -> pd.DataFrame:
    n = len(list(months))
    june = np.array([month == 6 for month in months], dtype=bool)
    none = np.array([told[month] == 0 for month in months], dtype=bool)
    return pd.DataFrame(
        {
            "_submission": np.arange(950_001, 950_001 + n),
            "_village": category(np.full(n, -1), ["AK01"]),
            "_year": np.full(n, year),
            "ym": text([f"{year}-{month:02d}" for month in months]),
            "no_births": category(none.astype(int), YES_NO),
            "n_births": np.where(none, np.nan, [float(told[month]) for month in months]),
            "deaths_direct": np.where(np.arange(n) == 0, float(deaths), 0.0),
            "deaths_indirect": np.zeros(n),
            "deaths_incidental": np.zeros(n),
            "women_10_14": np.where(june, float(women[0]), np.nan),
            "women_15_19": np.where(june, float(women[1]), np.nan),
        }
    )


def together(*parts: Frames) -> Frames:
    """Frames one below the other, table by table."""
    tables = {name for part in parts for name in part}
    return {
        name: pd.concat([part[name] for part in parts if name in part], ignore_index=True)
        for name in sorted(tables)
    }
