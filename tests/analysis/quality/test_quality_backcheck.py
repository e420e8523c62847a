"""The back-check's draw and comparison."""

from __future__ import annotations

from hashlib import sha256

import pytest

from analysis.quality.backcheck import (
    MOST,
    QUESTIONS,
    Compared,
    Finished,
    by_collector,
    by_question,
    draw,
    mismatches,
)
from analysis.sampling.errors import SeedMissing

EVERYONE = [Finished(n, f"uuid:{n}", n % 3) for n in range(60)]


def test_the_draw_is_the_order_of_the_digests_of_each_collector() -> None:
    drawn = draw(EVERYONE, 2, "2026-11-22")
    expected = []
    for collector in range(3):
        own = [one for one in EVERYONE if one.collector == collector]
        own.sort(key=lambda o: sha256(f"2026-11-22|backcheck|{o.instance_id}".encode()).hexdigest())
        expected += own[:2]
    assert list(drawn) == expected
    assert draw(reversed(EVERYONE), 2, "2026-11-22") == drawn
    assert draw(EVERYONE, 2, "2026-11-23") != drawn
    assert set(draw(EVERYONE, 3, "2026-11-22")) > set(drawn)


def test_every_interview_is_drawn_about_equally_often() -> None:
    counts = {one.submission: 0 for one in EVERYONE}
    for seed in range(600):
        for one in draw(EVERYONE, 5, str(seed)):
            counts[one.submission] += 1
    assert sum(counts.values()) == 600 * 15
    assert min(counts.values()) > 100  # expected 150, standard deviation 11
    assert max(counts.values()) < 200


@pytest.mark.parametrize("number", [0, -1, MOST + 1])
def test_a_number_that_makes_no_sense_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        draw(EVERYONE, number, "1")


def test_a_seed_is_needed() -> None:
    with pytest.raises(SeedMissing):
        draw(EVERYONE, 1, "  ")


def test_what_counts_as_a_mismatch_is_declared() -> None:
    first = {"held": 1.0, "n_members": 4.0, "head_birth_y": 1970.0, "c1_d": 5.0, "c4_d": None}
    again = {"held": 0.0, "n_members": 4.0, "head_birth_y": 1972.0, "c1_d": 2.0, "c4_d": 1.0}
    assert mismatches(first, again) == {
        "held": True,
        "n_members": False,
        "head_birth_y": False,  # two years are allowed
        "c1_d": True,  # two days are allowed, three are not
    }
    assert mismatches(first, {**again, "head_birth_y": 1973.0})["head_birth_y"]


def done(submission: int, collector: int, **differs: bool) -> Compared:
    return Compared(submission, collector, differs)


def test_rates_by_question_count_only_what_both_knew() -> None:
    rows = [
        done(1, 1, held=False, c1_d=True),
        done(2, 1, held=False),
        done(3, 2, held=True, c1_d=False),
    ]
    found = {one.check: (one.hits, one.trials) for one in by_question(rows)}
    assert found == {"held": (1, 3), "c1_d": (1, 2)}
    assert not any(one.marked for one in by_question(rows))
    assert by_question([]) == ()


def test_only_facts_speak_of_a_collector() -> None:
    rows = [done(n, 1, held=False, c1_d=True) for n in range(12)]
    rows += [done(100 + n, 2, held=n < 11, c1_d=False) for n in range(12)]
    rows += [done(200 + n, 3, held=False) for n in range(30)]
    found = {one.group: one for one in by_collector(rows)}
    assert (found["1"].hits, found["2"].hits) == (0, 11)
    assert [group for group, one in found.items() if one.marked] == ["2"]
    assert by_collector([]) == ()


def test_every_question_is_declared_with_its_tolerance() -> None:
    assert all(question.tolerance >= 0 for question in QUESTIONS.values())
    assert {name for name, one in QUESTIONS.items() if not one.fact} == {"c1_d", "c4_d"}
