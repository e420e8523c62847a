"""Invented households: who lives there, what they do, what they answer. No real person.

Everything is drawn from a `random.Random` that the caller seeds, so the same demonstration commune
comes out everywhere. Shares are roughly those of the labour force survey and of ILO's time-use
brief for Vietnam, only so that the numbers look like numbers; they are nobody's measurement.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

Answers = dict[str, object]

FEMALE, MALE = "2", "1"
KINH = "01"
ADULT = 15
SURVEY_YEAR = 2026

# (task, share who do it: woman, man; days a week; minutes a day: woman, man)
TASKS: tuple[tuple[int, float, float, int, int, int], ...] = (
    (1, 0.93, 0.45, 6, 60, 30),
    (2, 0.85, 0.45, 5, 30, 15),
    (3, 0.08, 0.45, 1, 30, 60),
    (4, 0.88, 0.30, 4, 30, 15),
    (5, 0.40, 0.40, 1, 15, 15),
    (6, 0.35, 0.45, 5, 15, 15),
    (7, 0.80, 0.30, 4, 30, 30),
    (8, 0.75, 0.50, 5, 60, 45),
    (9, 0.18, 0.10, 4, 45, 30),
    (10, 0.08, 0.06, 1, 30, 30),
    (11, 0.35, 0.35, 4, 15, 15),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member as the roster asks it; codes are those of the household form."""

    rel: str
    sex: str
    age: int
    eth: str = KINH

    def answers(self, rng: Random) -> Answers:
        """The member's answers, as far as the form asks them at this age."""
        given: Answers = {
            "rel": self.rel,
            "sex": self.sex,
            "birth_y": str(SURVEY_YEAR - self.age),
            "age": str(self.age),
            "eth": self.eth,
            "usual": "1",
            "edu": self._education(rng),
            "dis": "1" if rng.random() < 0.02 + 0.002 * max(0, self.age - 50) else "0",
        }
        if 5 <= self.age <= 24:
            given["school"] = "1" if rng.random() < (0.97 if self.age < 16 else 0.5) else "0"
        if self.age >= ADULT:
            given["marital"] = "2" if self.rel in ("1", "2") else "1"
            given |= self._work(rng)
        return given

    def _education(self, rng: Random) -> str:
        most = 0 if self.age < 11 else 1 if self.age < 15 else 2 if self.age < 18 else 8
        return str(min(most, rng.choices(range(9), (3, 14, 36, 26, 8, 5, 7, 0.8, 0.2))[0]))

    def _work(self, rng: Random) -> Answers:
        woman = self.sex == FEMALE
        share = 0.15 if self.age < 18 else (0.78 if woman else 0.86) if self.age < 62 else 0.3
        if rng.random() >= share:
            return {"work7": "0"}
        wage = rng.random() < (0.52 if woman else 0.58)
        status = "4" if wage else rng.choices("1235", (4, 55, 35 if woman else 15, 2))[0]
        sector = rng.choices("123", (5, 60, 35) if wage else (55, 8, 37))[0]
        hours = min(84, max(6, round(rng.gauss(46 if wage else 38, 9))))
        return {"work7": "1", "status": status, "sector": sector, "hours_paid": str(hours)}


def household(rng: Random) -> list[Member]:
    """The members of one household, its head first."""
    head_sex = MALE if rng.random() < 0.72 else FEMALE
    age = min(84, max(24, round(rng.gauss(49, 13))))
    eth = KINH if rng.random() < 0.985 else rng.choice(("02", "03", "06"))
    members = [Member("1", head_sex, age, eth)]
    if rng.random() < 0.78:
        spouse = MALE if head_sex == FEMALE else FEMALE
        partner = age + (3 if spouse == MALE else -3) + rng.randint(-2, 2)
        members.append(Member("2", spouse, max(19, partner), eth))
    youngest_parent = min(member.age for member in members)
    for _ in range(rng.choices((0, 1, 2, 3), (18, 33, 38, 11))[0]):
        child = youngest_parent - rng.randint(20, 33)
        if child >= 0:
            members.append(Member("3", rng.choice((FEMALE, MALE)), child, eth))
    if age < 58 and rng.random() < 0.22:
        parent = min(97, age + rng.randint(22, 30))
        members.append(Member("4", rng.choices((FEMALE, MALE), (7, 3))[0], parent, eth))
    return members


def respondent(rng: Random, woman: bool, paid_hours: int, children: bool) -> Answers:
    """Answers of one selected person to the modules on care, awareness and knowledge of support."""
    return {"available": "1", **_care(rng, woman, paid_hours, children), **_awareness(rng)}


def _care(rng: Random, woman: bool, paid_hours: int, children: bool) -> Answers:
    answers: Answers = {"sleep_h": str(rng.choice((7, 7, 8, 8, 6)))}
    busy = 1.0 if paid_hours < 20 else 0.8 if paid_hours < 45 else 0.65
    for task, her, his, days, her_minutes, his_minutes in TASKS:
        if task == 8 and not children:
            continue
        answers |= _task(
            rng, task, her if woman else his, days, busy * (her_minutes if woman else his_minutes)
        )
    for other, share in ((12, 0.1), (13, 0.4), (15, 0.08)):
        answers |= _task(rng, other, share, 4, 30)
    answers["watch_h"] = str(rng.choice((0, 0, 2, 4, 8))) if children else "0"
    answers["c_fair"] = rng.choices("12345", (8, 20, 42, 22, 8) if woman else (3, 12, 50, 25, 10))[
        0
    ]
    return answers


def _task(rng: Random, task: int, share: float, days: int, minutes: float) -> Answers:
    if rng.random() < 0.006:
        return {f"c{task}_d": rng.choice(("-9", "-9", "-8"))}
    if rng.random() >= share:
        return {f"c{task}_d": "0"}
    count = min(7, max(1, days + rng.choice((-2, -1, 0, 0, 1, 2))))
    length = max(15, 15 * round(minutes * rng.lognormvariate(0, 0.35) / 15))
    return {f"c{task}_d": str(count), f"c{task}_m": str(min(length, 240))}


def _awareness(rng: Random) -> Answers:
    answers: Answers = {}
    if rng.random() < 0.84:
        chosen = [
            str(c)
            for c, p in enumerate((50, 45, 35, 30, 30, 18, 12, 15, 12, 15), 1)
            if rng.random() * 100 < p
        ]
        answers["a1_ch"] = " ".join(chosen or ["1"])
        topics = [
            str(t) for t, p in enumerate((45, 50, 30, 15, 15, 20, 5), 1) if rng.random() * 100 < p
        ]
        answers["a2_topic"] = " ".join(topics) if topics and rng.random() < 0.95 else "0"
        answers["a3_freq"] = rng.choice("1234")
        answers["a4_lang"] = rng.choices("123", (85, 14, 1))[0]
    else:
        answers["a1_ch"] = "0"
    for question, truth in zip(("k1", "k2", "k3", "k4", "k5", "k6"), "111121", strict=True):
        wrong = "2" if truth == "1" else "1"
        answers[question] = rng.choices((truth, wrong, "9"), (72, 14, 14))[0]
    answers["a5_know_addr"] = rng.choices("10", (45, 55))[0]
    known = [c for c in ("1", "2", "5", "6", "7", "8", "9") if rng.random() < 0.35]
    answers["v1_know"] = " ".join(known) or "0"
    return answers
