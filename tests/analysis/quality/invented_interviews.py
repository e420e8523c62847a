"""Invented household interviews as frames, straight from the demonstration's people: honest ones,
and what somebody would make who did not go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pandas as pd

from analysis.quality.seen import AUDIT, Seen
from analysis.quality.watched import HOUSEHOLD
from collector.demonstration import people

Interview = dict[str, Any]
MONDAY = pd.Timestamp("2026-09-07T00:00:00+07:00")


def honest(rng: Random, number: int, collector: int, village: str, care: float = 1.0) -> Interview:
    """One visit as it happens; `care` stretches the village's minutes."""
    members = people.household(rng)
    rows = [
        {"age_years": float(one.age), **_numbers(one.answers(rng), ("hours_paid",))}
        for one in members
    ]
    chosen = [_chosen(rng, members, sex) for sex in (people.FEMALE, people.MALE)]
    children = any(one.age < 18 for one in members)
    persons = [
        _person(rng, members[at].sex, float(rows[at].get("hours_paid", 0)), children, care)
        for at in chosen
        if at is not None
    ]
    fate = rng.random()
    begin = MONDAY + pd.Timedelta(days=rng.randrange(60), hours=rng.randint(7, 19))
    begin += pd.Timedelta(minutes=rng.randrange(60))
    told = {"1": fate >= 0.09, "3": fate < 0.03, "2": 0.03 <= fate < 0.06, "4": True}
    result = next(code for code, holds in told.items() if holds)
    return {
        "_submission": number, "_collector": collector, "_village": village,
        "_household": f"{village}-{number:04d}", "_result": result,
        "start": begin, "end": begin + pd.Timedelta(minutes=rng.lognormvariate(3.5, 0.28)),
        "n_members": float(len(members)), "n_selected": float(len(persons)),
        "members": rows if result in "12" else [],
        "persons": persons if result == "1" else persons[:1] if result == "2" else [],
    }  # fmt: skip


def _numbers(answers: people.Answers, names: Sequence[str]) -> dict[str, float]:
    return {name: float(str(answers[name])) for name in names if name in answers}


def _chosen(rng: Random, members: list[people.Member], sex: str) -> int | None:
    able = [at for at, one in enumerate(members) if one.sex == sex and one.age >= people.ADULT]
    return rng.choice(able) if able else None


def _person(rng: Random, sex: str, paid: float, children: bool, care: float) -> dict[str, Any]:
    given = people.respondent(rng, sex == people.FEMALE, int(paid), children)
    row: dict[str, Any] = {"r_sex": float(sex), "r_hours": paid}
    for name, value in given.items():
        text = str(value)
        row[name] = float(text) if name.endswith("_m") or name in ("sleep_h", "watch_h") else text
    for name in [one for one in row if one.endswith("_m")]:
        row[name] = max(15.0, 15 * round(care * row[name] / 15))
    days = {n: float(row.get(f"c{n}_d", 0)) for n in range(1, 12)}
    known = all(day >= 0 for day in days.values())
    minutes = sum(day * row.get(f"c{n}_m", 0) for n, day in days.items() if day > 0)
    row["care_w"] = minutes / 60 if known else float("nan")
    return row


Change = Callable[[Random, Interview, list[Interview]], None]


def fast(rng: Random, made: Interview, others: list[Interview]) -> None:
    """Filled at the kitchen table: a third of the time."""
    made["end"] = made["start"] + (made["end"] - made["start"]) / 3


def empty_care(rng: Random, made: Interview, others: list[Interview]) -> None:
    """No task is asked, so that no minutes need be."""
    for row in made["persons"]:
        for name in [one for one in row if one.startswith("c") and one.endswith("_m")]:
            del row[name]
        row.update({name: "0" for name in row if name.startswith("c") and name.endswith("_d")})
        row["care_w"] = 0.0


def half_hours(rng: Random, made: Interview, others: list[Interview]) -> None:
    """Every task takes half an hour or an hour."""
    for row in made["persons"]:
        for name in [one for one in row if one.startswith("c") and one.endswith("_m")]:
            row[name] = rng.choice((30.0, 60.0))


def copied(rng: Random, made: Interview, others: list[Interview]) -> None:
    """The answers of an earlier interview, one of them changed."""
    before = [one for one in others if one["_result"] == "1" and one["persons"]]
    if made["_result"] == "1" and before:
        made["persons"] = [dict(row) for row in rng.choice(before)["persons"]]
        for row in made["persons"]:
            row["c_fair"] = rng.choice("12345")


def at_night(rng: Random, made: Interview, others: list[Interview]) -> None:
    """Typed late in the evening."""
    length = made["end"] - made["start"]
    made["start"] = made["start"].normalize() + pd.Timedelta(hours=22, minutes=rng.randrange(90))
    made["end"] = made["start"] + length


def commune(
    seed: int,
    *,
    collectors: int = 10,
    each: int = 28,
    change: Change | None = None,
    share: float = 0.5,
    spread: float = 0.0,
) -> Seen:
    """A commune with one collector a village; the first makes up `share` of their interviews by
    `change`. `spread`: how far the villages' housework differs (standard deviation of its log)."""
    rng = Random(seed)
    made: list[Interview] = []
    for number in range(collectors):
        care = rng.lognormvariate(0, spread) if spread else 1.0
        own: list[Interview] = []
        for _ in range(each):
            one = honest(rng, len(made) + len(own) + 1, number + 1, f"T{number + 1:02d}", care)
            if number == 0 and change is not None and rng.random() < share:
                change(rng, one, own)
            own.append(one)
        made += own
    return seen_of(made)


def seen_of(made: Sequence[Interview]) -> Seen:
    """The frames of these interviews, with every column that the checks may read."""
    columns = HOUSEHOLD.columns()
    root = pd.DataFrame([{k: v for k, v in m.items() if not isinstance(v, list)} for m in made])
    for name in ("start", "end"):
        root[name] = pd.to_datetime(root[name], utc=True)
    root["_received"] = root["end"] + pd.Timedelta(minutes=5)
    tables = {"household": root}
    for table, part in (("household.member", "members"), ("household.respondent", "persons")):
        rows = [{"_submission": m["_submission"], **row} for m in made for row in m[part]]
        tables[table] = pd.DataFrame(rows).reindex(columns=["_submission", *columns[table]])
    return Seen(HOUSEHOLD, tables, pd.DataFrame(columns=list(AUDIT)))
