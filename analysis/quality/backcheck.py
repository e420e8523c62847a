"""The back-check: a few finished interviews are asked again by somebody else, and compared.

The draw is seeded and anyone can repeat it: for each collector the finished interviews in ascending
SHA-256 of `seed|backcheck|instance id`, the first so many. Which answers are compared, and what
counts as a mismatch, is declared in QUESTIONS; an answer that either side does not know is not
compared. Sources: J-PAL/IPA, "Best practices for back checks" (types of questions); World Bank,
DIME Wiki, "Back checks".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.quality.compare import Rate, rates
from analysis.sampling.order import checked_seed, digest
from analysis.types import Text

KIND = "backcheck"
MOST = 20  # interviews of one collector in one draw
Answers = Mapping[str, float | None]
"""Question -> a number; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked again. `tolerance`: a difference of so much is no mismatch; 0: exactly equal.
    Facts should not change between two visits; habits may, a little."""

    id: str
    name: Text
    tolerance: float
    fact: bool


QUESTIONS: dict[str, Question] = {
    one.id: one
    for one in (
        Question("held", Text("Có được phỏng vấn", "The interview was held"), 0, True),
        Question("n_members", Text("Số người trong hộ", "Persons in the household"), 0, True),
        Question("head_sex", Text("Giới tính chủ hộ", "Sex of the head"), 0, True),
        Question("head_birth_y", Text("Năm sinh của chủ hộ", "Year of birth of the head"), 2, True),
        Question("woman_asked", Text("Phụ nữ tự trả lời", "A woman answered herself"), 0, True),
        Question("man_asked", Text("Nam giới tự trả lời", "A man answered himself"), 0, True),
        Question("c1_d", Text("Số ngày nấu ăn của phụ nữ", "Days the woman cooked"), 2, False),
        Question(
            "c4_d", Text("Số ngày giặt giũ của phụ nữ", "Days the woman washed clothes"), 2, False
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished interview that may be drawn."""

    submission: int
    instance_id: str
    collector: int


def draw(finished: Iterable[Finished], number: int, seed: str) -> tuple[Finished, ...]:
    """`number` interviews of each collector (all where there are fewer), in the order of the draw.

    Raises `SeedMissing`; ValueError where the number is not from 1 to MOST.
    """
    text = checked_seed(seed)
    if not 1 <= number <= MOST:
        raise ValueError(number)
    by: dict[int, list[Finished]] = {}
    for one in finished:
        by.setdefault(one.collector, []).append(one)
    return tuple(
        one
        for _, own in sorted(by.items())
        for one in sorted(own, key=lambda each: digest(text, KIND, each.instance_id))[:number]
    )


def mismatches(first: Answers, again: Answers) -> dict[str, bool]:
    """Question -> whether the two differ by more than it allows; only those that both know."""
    found = {}
    for name, question in QUESTIONS.items():
        one, other = first.get(name), again.get(name)
        if one is not None and other is not None:
            found[name] = abs(one - other) > question.tolerance
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """An interview that was asked again, and what came of it."""

    submission: int
    collector: int
    differs: Mapping[str, bool]


def by_question(done: Sequence[Compared]) -> tuple[Rate, ...]:
    """Mismatches of each question over all collectors, in the order of QUESTIONS; not tested."""
    found = {
        name: pd.DataFrame({"hit": [one.differs[name] for one in known]}, dtype=bool)
        for name in QUESTIONS
        if (known := [one for one in done if name in one.differs])
    }
    if not found:
        return ()
    everybody = pd.Series("", index=range(len(done)))
    return rates(found, everybody, dict.fromkeys(found, False))


def by_collector(done: Sequence[Compared]) -> tuple[Rate, ...]:
    """Interviews of each collector with a mismatch in a fact, compared with the others' as in
    `compare`: nobody is marked on fewer than 10."""
    facts = [name for name, question in QUESTIONS.items() if question.fact]
    rows = {
        one.submission: any(one.differs.get(name, False) for name in facts)
        for one in done
        if one.differs
    }
    if not rows:
        return ()
    index = list(rows)
    found = {KIND: pd.DataFrame({"hit": list(rows.values())}, index=index, dtype=bool)}
    collectors = {one.submission: str(one.collector) for one in done}
    return rates(found, pd.Series([collectors[n] for n in index], index), {KIND: True})
