"""A whole invented year of Bình Lư: what every unit sends, in the order in which it comes.

One return comes late, one is returned and sent again, one is revised; schools, births, items and
events are of uneven sizes so that no two sums are equal by chance. Nobody in it exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import world

from collector.demonstration import figures as say
from collector.demonstration.commune import ListedHousehold
from collector.demonstration.figures import grid

YEAR = 2026
Flat = dict[str, Any]

UNITS = {  # code -> kind, account
    "tram-y-te": ("station", "tram"),
    "cong-an": ("police", "congan"),
    "th-so-1": ("school", "th1"),
    "th-so-2": ("school", "th2"),
    "thcs": ("school", "thcs"),
    "noi-vu": ("home_affairs", "noivu"),
    "kinh-te": ("economy", "kinhte"),
    "van-hoa": ("culture", "vanhoa"),
    "bao-tro-1": ("social", "baotro1"),
    "bao-tro-2": ("social", "baotro2"),
    "phu-nu": ("women", "phunu"),
}
LATE = ("school_year", "th-so-2")
RETURNED = ("economy_year", "kinh-te")
REVISED = ("police_year", "cong-an")


@dataclass(frozen=True)
class Sent:
    """One form on its way; `replaces`: the instance id that it corrects."""

    form: str
    account: str
    answers: Flat
    instance_id: str
    replaces: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.form, str(self.answers.get("unit"))


def sent(form: str, unit: str, answers: Flat, replaces: str | None = None) -> Sent:
    common = {
        "today": f"{YEAR + 1}-01-20",
        "unit": unit,
        "submitter": "Công chức lập báo cáo",
        "approver": "Trưởng đơn vị",
        "revises": "1" if replaces else "0",
        **({"revision_reason": "Đối chiếu lại số liệu cuối năm."} if replaces else {}),
    }
    said = {**common, **answers}
    return Sent(form, UNITS[unit][1], said, world.new_id(), replaces)


def yearly(form: str, unit: str, answers: Flat | None, replaces: str | None = None) -> Sent:
    told = {"nil": "1"} if answers is None else {"nil": "0", **answers}
    return sent(form, unit, {"year": str(YEAR), **told}, replaces)


def grade(number: int, kinh: tuple[int, int], minority: tuple[int, int], lost: int) -> Flat:
    """A grade: girls and boys at the start; `lost` minority boys do not complete."""
    groups = ("kinh_f", "kinh_m", "minority_f", "minority_m")
    start = (*kinh, *minority)
    done = (*start[:3], start[3] - lost)
    return {
        "grade_no": str(number),
        **grid(("start_under", "start_over"), groups, (0, 0, 0, 0), (0, 0, 0, 0)),
        **grid(("start_right",), groups, start),
        **grid(("came", "left", "dropped", "completed"), groups,
               (1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 0, lost),
               (done[0] + 1, done[1], done[2] - 1, done[3])),
    }  # fmt: skip


def school(rows: list[Flat], taught: bool, vet: tuple[int, int], masters: tuple[int, int]) -> Flat:
    return {
        "has_minority": "1",
        "grade": rows,
        "in_programme": "1" if taught else "0",
        "classes": "10", "classes_gender": "7" if taught else "0",
        "lessons_due": "120", "lessons_gender": "113" if taught else "0",
        **grid(("vet",), ("f", "m"), vet),
        **grid(("master", "doctor"), ("f", "m"), masters, (0, 0)),
    }  # fmt: skip


def returns(rng: Random) -> list[Sent]:
    """Every yearly return that the plan's indicators read."""
    first = [grade(n, (3, 4), (21 + n, 24 - n), 0) for n in range(1, 6)]
    second = [grade(n, (1, 0), (17, 19 + n), 1 if n == 5 else 0) for n in range(1, 6)]
    upper = [grade(n, (5, 6), (31, 28 + n), 1 if n == 9 else 0) for n in range(6, 10)]
    return [
        yearly("police_year", "cong-an", say.police(rng, YEAR)),
        yearly("school_year", "th-so-1", school(first, True, (0, 0), (2, 1))),
        yearly("school_year", "th-so-2", school(second, False, (0, 0), (1, 3))),
        yearly("school_year", "thcs", school(upper, True, (9, 16), (4, 2))),
        yearly("leaders_year", "noi-vu", say.leaders(rng, YEAR)),
        yearly("economy_year", "kinh-te", say.economy(rng, YEAR)),
        yearly("commitments_year", "van-hoa", say.commitments(rng, YEAR)),
        yearly("social_year", "bao-tro-1", say.social(rng, YEAR)),
        yearly("social_year", "bao-tro-2", None),
    ]


def revised(first: Sent) -> Sent:
    """The police found one more victim, who was served by nobody."""
    women = int(first.answers["detected_f"]) + 1
    more = {
        **first.answers,
        "detected": str(int(first.answers["detected"]) + 1),
        "detected_f": str(women),
        "detected_f_18_59": str(int(first.answers["detected_f_18_59"]) + 1),
    }
    return sent(first.form, "cong-an", {k: v for k, v in more.items() if k not in CORRECTION},
                first.instance_id)  # fmt: skip


CORRECTION = {"revises", "revision_reason"}


def sent_again(first: Sent) -> Sent:
    """The economy office after its return was sent back: two cooperatives more."""
    more = grid(("coops",), ("total", "f", "m"), (7, 2, 5))
    answers = {k: v for k, v in first.answers.items() if k not in CORRECTION}
    return sent(first.form, "kinh-te", {**answers, **more}, first.instance_id)


def news(rng: Random) -> Iterator[Sent]:
    """Five items a quarter, three in the third, and a poster; a column in all months but August."""
    for month in range(1, 13):
        for number in range(1 + (month % 3 != 1 and not 7 <= month <= 9)):
            kind = rng.choice("14") if number else "2"
            yield item(month, 3 + number, kind, column=number == 0 and month != 8)
    yield item(5, 25, "5", column=False)


def item(month: int, day: int, kind: str, *, column: bool) -> Sent:
    spoken = {"minutes": "7.5", "times": "2"} if kind == "2" else {}
    return sent("news", "van-hoa", {
        "date": f"{YEAR}-{month:02d}-{day:02d}", "item_kind": kind, "channel": "1",
        "title": "Chia sẻ việc nhà", "is_column": "1" if column else "0", **spoken,
        "language": "vi", "campaign": "0",
    })  # fmt: skip


def events() -> list[Sent]:
    """Three for 20 October, two in the Action Month, one of neither; two units."""
    told = (
        ("10-18", "phu-nu", "3", 120, 31), ("10-19", "phu-nu", "3", 64, 9),
        ("10-20", "van-hoa", "3", 88, 40), ("11-16", "van-hoa", "5", 170, 160),
        ("12-05", "phu-nu", "5", 45, 50), ("03-08", "phu-nu", "1", 77, 12),
    )  # fmt: skip
    return [
        sent("event", unit, {
            "date": f"{YEAR}-{day}", "event_kind": "3", "campaign": campaign,
            "people_f": str(women), "people_m": str(men), "minority": "5",
        })
        for day, unit, campaign, women, men in told
    ]  # fmt: skip


def closings(items: list[Sent], held: list[Sent]) -> list[Sent]:
    """The culture unit's returns of the four quarters."""

    def of(forms: list[Sent], quarter: int) -> int:
        own = (one for one in forms if one.answers["unit"] == "van-hoa")
        return sum((int(one.answers["date"][5:7]) - 1) // 3 + 1 == quarter for one in own)

    return [
        sent("culture_quarter", "van-hoa", {
            "year": str(YEAR), "quarter": str(quarter), "period": f"{YEAR}-Q{quarter}", "nil": "0",
            "n_items": str(of(items, quarter)), "n_events": str(of(held, quarter)),
        })
        for quarter in range(1, 5)
    ]  # fmt: skip


def births(rng: Random) -> Iterator[Sent]:
    """Two to seven births a month, none in February; a closing return each month."""
    for month in range(1, 13):
        count = 0 if month == 2 else rng.randint(2, 7)
        for number in range(count):
            yield birth(rng, month, 17 if (month, number) in {(4, 0), (9, 1)} else None)
        yield sent("births_month", "tram-y-te", {
            "ym": f"{YEAR}-{month:02d}", "no_births": "0" if count else "1",
            **({"n_births": str(count)} if count else {}),
            "deaths_direct": "0", "deaths_indirect": "0", "deaths_incidental": "0",
            **({"women_10_14": "231", "women_15_19": "204"} if month == 6 else {}),
        })  # fmt: skip


def birth(rng: Random, month: int, age: int | None) -> Sent:
    return sent("births", "tram-y-te", {
        "ym": f"{YEAR}-{month:02d}", "live": "1", "sex": rng.choice("12"), "plurality": "1",
        "mother_birth_y": str(YEAR - (age or rng.randint(20, 41))),
        "mother_eth": rng.choice(("01", "03")), "parity": rng.choice("123"),
        "res_village": rng.choice(list(world.VILLAGES)), "place": "2",
    })  # fmt: skip


def households(each: int) -> list[ListedHousehold]:
    """The households that are visited: uneven shares of the two villages."""
    sizes = dict(zip(world.VILLAGES, (each, each // 2), strict=True))
    return [
        ListedHousehold(f"{village}-{n:03}", village, *world.SEEDS)
        for village, size in sizes.items()
        for n in range(1, size + 1)
    ]


def media() -> dict[str, list[dict[str, str]]]:
    """The lists as the service hands them out."""
    lists = world.lists()
    units = [{"name": code, "label": code, "kind": kind} for code, (kind, _) in UNITS.items()]
    return {**lists, "units.csv": units}
