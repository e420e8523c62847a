"""Nobody is marked by chance: the exact test, the limit for many tests, the floor of interviews."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis.quality.compare import FAMILY, Rate, rates, tarone


def rows(**groups: tuple[int, int]) -> tuple[dict[str, pd.DataFrame], pd.Series]:
    """One check: hits and interviews of each group."""
    hit = [n < k for k, total in groups.values() for n in range(total)]
    names = [name for name, (_, total) in groups.items() for _ in range(total)]
    index = range(1, len(hit) + 1)
    return {"c": pd.DataFrame({"hit": hit}, index=index)}, pd.Series(names, index)


def rate(group: str, **groups: tuple[int, int]) -> Rate:
    found, of = rows(**groups)
    return next(one for one in rates(found, of, {"c": True}) if one.group == group)


def test_the_chance_is_that_of_all_ways_to_share_out_the_hits() -> None:
    """10 and 4 interviews, 4 hits of which the ten have all: every choice of 10 of 14, counted."""
    one = rate("A", A=(4, 10), B=(0, 4))
    ways = [len({0, 1, 2, 3} & set(chosen)) for chosen in combinations(range(14), 10)]
    assert one.p == pytest.approx(sum(hits >= 4 for hits in ways) / len(ways))


def test_the_interval_is_clopper_and_pearsons() -> None:
    one = rate("A", A=(3, 10), B=(0, 10))
    assert (one.low, one.high) == pytest.approx(
        (0.06674, 0.65245), abs=5e-6
    )  # R: binom.test(3, 10)


def test_three_interviews_accuse_nobody() -> None:
    assert rate("A", A=(3, 3), B=(0, 300)).p == 1.0
    assert not rate("A", A=(3, 3), B=(0, 300)).marked
    assert not rate("A", A=(9, 9), B=(0, 300)).marked
    assert rate("A", A=(10, 10), B=(0, 300)).marked


def test_two_hits_are_too_few() -> None:
    one = rate("A", A=(2, 10), B=(0, 1000))
    assert one.p <= FAMILY
    assert not one.marked


def test_only_more_than_the_others_is_marked() -> None:
    assert not rate("A", A=(0, 50), B=(25, 50)).marked
    assert rate("B", A=(0, 50), B=(25, 50)).marked


def test_one_collector_alone_has_nobody_to_differ_from() -> None:
    assert not rate("A", A=(20, 20)).marked


def test_the_limit_counts_only_tests_that_could_reach_it() -> None:
    never = np.ones(1000)  # as many groups with too few interviews
    assert tarone(np.array([1e-9, 1e-9, *never]), 0.025) == 0.025 / 2
    assert tarone(np.full(40, 1e-9), 0.025) == 0.025 / 40
    assert tarone(never, 0.025) == 0.025  # which none of them can reach
    assert tarone(np.array([]), 0.025) == 0.0
    # at 1 two could reach 0.025; at 2 only one reaches 0.0125
    assert tarone(np.array([0.02, 1e-9]), 0.025) == 0.025 / 2


def test_a_check_that_is_not_compared_marks_nobody() -> None:
    found, of = rows(A=(10, 10), B=(0, 300))
    assert not any(one.marked for one in rates(found, of, {"c": False}))
