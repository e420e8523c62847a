"""What the invented households and the invented station send, as answers of the published forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from collector.demonstration import commune
from collector.demonstration.commune import ListedHousehold
from collector.demonstration.people import ADULT, FEMALE, MALE, Member, household, respondent

Flat = dict[str, Any]

VIETNAM = timezone(timedelta(hours=7))
FIRST_DAY = date(2026, 9, 7)
FIELD_DAYS = 60
FORGOTTEN = "2026-08"  # the month that the station has not closed
BIRTHS_A_MONTH = 7
HASTY = "AK09"  # whose collector hurries through every other interview: /quality shows it


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form on its way: flat answers by leaf name, repeats as lists of the same.
    `replaces`: the instance id of what it corrects."""

    form: str
    instance_id: str
    answers: Flat
    account: str
    replaces: str | None = None


def identifier(name: str) -> str:
    """An instance id that is the same at every start, so that a second start adds nothing."""
    return f"uuid:{uuid5(NAMESPACE_URL, f'so-thon-demonstration/{name}')}"


def interviews(rng: Random) -> Iterator[Filled]:
    """One visit to each household of the sample, with the refusals and absences of real life."""
    for number, listed in enumerate(commune.visited()):
        account = f"thon{int(listed.village[2:])}"
        day = FIRST_DAY + timedelta(days=rng.randrange(FIELD_DAYS))
        hasty = listed.village == HASTY and number % 2 == 0
        answers = _cover(listed, rng, day, hasty=hasty)
        fate = rng.random()
        if fate < 0.03:
            answers["contact"] = rng.choice(("4", "4", "6", "5"))
        elif fate < 0.06:
            answers |= {"contact": "1", "consent_hh": "0"}
        else:
            answers |= {"contact": "1", "consent_hh": "1", **_asked(listed, rng, number)}
        yield Filled("household", identifier(listed.code), answers, account)


def visits(rng: Random) -> Iterator[Filled]:
    """Households where nobody could be asked yet."""
    for listed in commune.not_met():
        day = (FIRST_DAY + timedelta(days=rng.randrange(FIELD_DAYS))).isoformat()
        answers = {
            "today": day,
            "day": day,
            "household": listed.code,
            "visit_no": "1",
            "result": rng.choice(("4", "4", "7")),
        }
        account = f"thon{int(listed.village[2:])}"
        yield Filled("visit", identifier(f"visit/{listed.code}"), answers, account)


def _cover(listed: ListedHousehold, rng: Random, day: date, *, hasty: bool) -> Flat:
    start = datetime(day.year, day.month, day.day, rng.randint(7, 19), rng.randrange(60))
    begin = start.replace(tzinfo=VIETNAM)
    end = begin + timedelta(minutes=rng.randint(18, 52)) / (4 if hasty else 1)
    return {
        "start": begin.isoformat(timespec="milliseconds"),
        "end": end.isoformat(timespec="milliseconds"),
        "today": day.isoformat(),
        "household": listed.code,
        "visit_no": rng.choices("123", (80, 15, 5))[0],
    }


def _asked(listed: ListedHousehold, rng: Random, number: int) -> Flat:
    members = household(rng)
    roster = [member.answers(rng) for member in members]
    chosen = [
        person
        for sex, seed in ((FEMALE, listed.seed_f), (MALE, listed.seed_m))
        if (person := _selected(members, sex, seed)) is not None
    ]
    children = any(member.age < 18 for member in members)
    respondents = [
        respondent(
            rng, members[at].sex == FEMALE, int(str(roster[at].get("hours_paid", 0))), children
        )
        for at in chosen
    ]
    if number % 29 == 7:  # somebody is away, and nobody answers in their place
        respondents[-1] = {"available": "2"}
    drawn = {
        "rand_f": str(rng.randrange(commune.SEEDS)),
        "rand_m": str(rng.randrange(commune.SEEDS)),
    }
    return {**drawn, "member": roster, "respondent": respondents}


def _selected(members: list[Member], sex: str, seed: int) -> int | None:
    """The member whom the form selects: the (seed mod eligible)-th of that sex aged 15 or more."""
    eligible = [at for at, m in enumerate(members) if m.sex == sex and m.age >= ADULT]
    return eligible[seed % len(eligible)] if eligible else None


def months(first_year: int, last: str) -> list[str]:
    """ "2025-01" … `last`."""
    found, year, month = [], first_year, 1
    while f"{year}-{month:02d}" <= last:
        found.append(f"{year}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def station(rng: Random) -> Iterator[Filled]:
    """Births and the months' closing returns of 2025 and 2026; one month was never closed."""
    for month in months(2025, "2026-10"):
        births = rng.randint(BIRTHS_A_MONTH - 3, BIRTHS_A_MONTH + 3)
        for number in range(births):
            answers = _birth(rng, month)
            yield Filled("births", identifier(f"birth/{month}/{number}"), answers, "tramyte")
        if month != FORGOTTEN:
            closing = _closing(rng, month, births)
            yield Filled("births_month", identifier(f"month/{month}"), closing, "tramyte")


def _after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    first = date(year + number // 12, number % 12 + 1, 1)
    return (first + timedelta(days=2)).isoformat()


def _birth(rng: Random, month: str) -> Flat:
    age = 18 if rng.random() < 0.02 else round(min(46, max(19, rng.gauss(27.5, 5))))
    return {
        "today": _after(month),
        "ym": month,
        "live": "1",
        "sex": "1" if rng.random() < 0.525 else "2",
        "plurality": "1",
        "mother_birth_y": str(int(month[:4]) - age),
        "mother_eth": "01" if rng.random() < 0.98 else "02",
        "parity": rng.choices("123", (46, 42, 12))[0],
        "res_village": rng.choice(commune.VILLAGES)[0],
        "place": rng.choices("1234", (12, 86, 1, 1))[0],
    }


def _closing(rng: Random, month: str, births: int) -> Flat:
    answers: Flat = {
        "today": _after(month),
        "ym": month,
        "no_births": "0" if births else "1",
        "n_births": str(births),
        "deaths_direct": "0",
        "deaths_indirect": "0",
        "deaths_incidental": "0",
        "unit": "tram-y-te",
        "submitter": "Y sĩ trạm y tế",
        "approver": "Trưởng trạm y tế",
        "revises": "0",
    }
    if month.endswith("-06"):
        answers |= {
            "women_10_14": str(rng.randint(330, 360)),
            "women_15_19": str(rng.randint(280, 310)),
        }
    return answers
