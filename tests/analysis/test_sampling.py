"""The sample: anyone repeats it, and chances are those of theory."""

import math
import random
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from analysis.estimators.errors import Refused
from analysis.sampling import (
    BadAllocation,
    BadRegister,
    BadSize,
    Frame,
    SeedMissing,
    allocate,
    assign,
    draw_households,
    draw_villages,
    register_of,
    size_for_ratio,
    size_for_share,
)
from analysis.sampling.draw import allocation_of, village_chances
from analysis.sampling.register import read_register
from tests.analysis.register import REGISTER, ROWS, SIZES

# Size


def test_a_share_within_five_points_is_the_textbook_384_and_with_300_households_169() -> None:
    """n0 = 1.96²·0.25/0.05² = 384.1; Cochran: n = n0/(1 + (n0 − 1)/N) = 168.7 for N = 300."""
    assert size_for_share(0.05).complete == 385
    assert size_for_share(0.05, frame=Frame(population=300)).complete == 169


def test_design_effect_and_response_raise_the_visits() -> None:
    size = size_for_share(0.05, frame=Frame(deff=2, response=0.8))
    assert (size.complete, size.visit) == (769, 962)


def test_a_ratio_reaches_its_log_precision_and_one_interview_fewer_does_not() -> None:
    frame = Frame(population=1500, deff=1.3)
    size = size_for_ratio(0.1, 0.6, 0.8, 0.3, ratio=1.4, frame=frame)

    def half_width(n: int) -> float:
        spread = 0.36 + 0.64 - 2 * 0.3 * 0.6 * 0.8
        return 1.959963984540054 * math.sqrt(1.3 * (1 - n / 1500) * spread / n)

    assert half_width(size.complete) <= math.log(1.1) < half_width(size.complete - 1)
    assert (size.low, size.high) == pytest.approx((1.4 / 1.1, 1.54))


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda: size_for_share(0), "within"),
        (lambda: size_for_share(5), "within"),
        (lambda: size_for_share(0.05, 1.4), "share"),
        (lambda: size_for_ratio(0.1, -1, 1), "cv_women"),
        (lambda: size_for_ratio(0.1, 1, 1, 2), "correlation"),
        (lambda: size_for_ratio(0.1, float("nan"), 1), "cv_women"),
        (lambda: Frame(response=0), "response"),
        (lambda: Frame(population=1), "population"),
        (lambda: size_for_share(0.01, frame=Frame(population=300, response=0.9)), "324 households"),
    ],
)
def test_an_impossible_precision_is_refused(ask: object, named: str) -> None:
    with pytest.raises(BadSize) as refused:
        ask()  # type: ignore[operator]
    assert named in refused.value.text.en
    assert refused.value.text.vi


# Register


def test_all_faults_of_a_register_are_told_by_row(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("village;code\nT1;1\n;2\nT1;\nT1; 1\nT|1;3\nT2\n\n", encoding="utf-8-sig")
    with pytest.raises(BadRegister) as refused:
        read_register(file)
    assert [fault.row for fault in refused.value.faults] == [3, 4, 5, 6, 7]
    assert "hộ 1 của thôn T1 đã có ở dòng 2" in refused.value.text.vi
    assert "household 1 of village T1 is already in row 2" in refused.value.text.en


@pytest.mark.parametrize("text", ["", "village,code\n", "village,number\nT1,1\n"])
def test_an_empty_register_or_one_without_its_columns_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "register.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        read_register(file)


def test_two_spellings_of_an_accent_are_one_village() -> None:
    assert list(register_of([("Thôn Đá", "1"), ("Tho\u0302n Đa\u0301", "2")]).villages) == [
        "Thôn Đá"
    ]


# Allocation


@pytest.mark.parametrize("rule", ["equal", "proportional"])
@pytest.mark.parametrize("size", [5, 8, 9, 10, 37, 120, 334, 335])
def test_an_allocation_adds_up_and_fits(rule: str, size: int) -> None:
    counts = allocation_of(REGISTER, size, rule)
    assert sum(counts.values()) == size
    least = 2 if size >= 9 else 1
    assert all(min(least, SIZES[name]) <= counts[name] <= SIZES[name] for name in SIZES)


def test_proportional_is_within_one_of_the_exact_share_where_no_bound_holds() -> None:
    households = {"a": 100, "b": 150, "c": 333}
    counts = allocate(100, households, households)
    assert all(abs(counts[n] - 100 * households[n] / 583) < 1 for n in households)
    assert allocate(7, dict.fromkeys("abc", 50), dict.fromkeys("abc", 1)) == {
        "a": 3,
        "b": 2,
        "c": 2,
    }


# Draw


def test_the_order_of_the_rows_does_not_matter_and_the_seed_does() -> None:
    allocation = allocation_of(REGISTER, 60, "proportional")
    drawn = draw_households(REGISTER, allocation, 2026, replacements=3)
    shuffled = ROWS[:]
    random.Random(4).shuffle(shuffled)
    assert draw_households(register_of(shuffled), allocation, "2026", replacements=3) == drawn
    assert draw_households(REGISTER, allocation, 2027, replacements=3) != drawn


def test_a_statistician_repeats_the_list_from_the_documented_rule() -> None:
    drawn = draw_households(REGISTER, {"T01": 5, "T04": 7}, "2026", replacements=2)
    for village, count in (("T01", 5), ("T04", 7)):
        codes = [code for name, code in ROWS if name == village]
        codes.sort(key=lambda code: sha256(f"2026|{village}|{code}".encode()).hexdigest())
        mine = [one for one in drawn if one.village == village]
        assert [one.code for one in mine] == codes[: count + 2]
        assert [one.order for one in mine] == list(range(1, count + 3))
        assert [one.replacement for one in mine] == [False] * count + [True] * 2


def test_a_larger_sample_holds_the_smaller_and_replacements_end_with_the_village() -> None:
    small = draw_households(REGISTER, {"T05": 3}, 1)
    large = draw_households(REGISTER, {"T05": 7}, 1, replacements=20)
    assert [one.code for one in large][:3] == [one.code for one in small]
    assert len(large) == 9


def test_a_census_is_a_draw_with_probability_one() -> None:
    drawn = draw_households(REGISTER, SIZES, 1)
    assert {one.probability for one in drawn} == {Fraction(1)}
    assert all(one.weight == 1 and one.fpc == SIZES[one.village] for one in drawn)


def test_inclusion_over_many_seeds_is_that_of_theory() -> None:
    """2000 seeds, 9 households, 4 drawn: each 888.9 times; χ² on 8 degrees below its 99.9 %."""
    seeds = 2000
    counts = Counter(
        one.code for seed in range(seeds) for one in draw_households(REGISTER, {"T05": 4}, seed)
    )
    expected = seeds * 4 / 9
    chi = sum((counts[f"{at:03d}"] - expected) ** 2 for at in range(1, 10)) / expected
    assert chi / (1 - 4 / 9) * 8 / 9 < 26.1


@pytest.mark.parametrize("villages", [1, 2, 3, 4, 5])
def test_pps_chances_add_up_to_the_villages_visited(villages: int) -> None:
    chances = village_chances(SIZES, villages)
    assert sum(chances.values()) == villages
    assert all(0 < chance <= 1 for chance in chances.values())
    assert all(len(draw_villages(REGISTER, villages, seed)) == villages for seed in range(50))


def test_pps_is_in_proportion_to_households_but_for_certain_villages() -> None:
    chances = village_chances({"a": 60, "b": 10, "c": 20, "d": 10}, 2)
    assert chances == {"a": 1, "b": Fraction(1, 4), "c": Fraction(1, 2), "d": Fraction(1, 4)}


def test_pps_over_many_seeds_has_these_chances() -> None:
    """3000 seeds: each share within 4 standard errors."""
    sizes = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 25}
    register = register_of([(v, str(at)) for v, size in sizes.items() for at in range(size)])
    seeds = 3000
    counts = Counter(v for seed in range(seeds) for v in draw_villages(register, 2, seed))
    for village, chance in village_chances(sizes, 2).items():
        p = float(chance)
        assert abs(counts[village] / seeds - p) < 4 * math.sqrt(p * (1 - p) / seeds)


def test_two_stages_multiply_and_proportional_gives_one_weight() -> None:
    sizes = {f"T{at}": 40 + 10 * at for at in range(8)}
    register = register_of([(v, str(at)) for v, size in sizes.items() for at in range(size)])
    chances = draw_villages(register, 3, 7)
    drawn = draw_households(
        register, allocation_of(register, 30, "proportional", chances), 7, chances=chances
    )
    assert {one.probability for one in drawn} == {Fraction(30, sum(sizes.values()))}
    assert {(one.stratum, one.fpc) for one in drawn} == {("pps", None)}


@pytest.mark.parametrize(
    ("act", "error", "named"),
    [
        (lambda: allocation_of(REGISTER, 336, "equal"), BadAllocation, "336"),
        (lambda: allocation_of(REGISTER, 4, "equal"), BadAllocation, "5 villages"),
        (lambda: allocation_of(REGISTER, 9, "neyman"), BadAllocation, "neyman"),
        (lambda: draw_households(REGISTER, {"T05": 10}, 1), BadAllocation, "Village T05"),
        (lambda: draw_households(REGISTER, {"T05": 0}, 1), BadAllocation, "Village T05"),
        (lambda: draw_households(REGISTER, {"T99": 1}, 1), BadAllocation, "Village T99"),
        (lambda: draw_households(REGISTER, {"T05": 1}, 1, -1), BadAllocation, "-1"),
        (lambda: draw_households(REGISTER, {"T05": 1}, " "), SeedMissing, "seed"),
        (lambda: draw_households(REGISTER, {"T05": 1}, "1|2"), SeedMissing, "1|2"),
        (lambda: draw_villages(REGISTER, 6, 1), BadAllocation, "6"),
        (lambda: draw_villages(REGISTER, 2, ""), SeedMissing, "seed"),
    ],
)
def test_a_draw_that_cannot_be_made_is_refused(
    act: object, error: type[Refused], named: str
) -> None:
    with pytest.raises(error) as refused:
        act()  # type: ignore[operator]
    assert named in refused.value.text.en
    assert refused.value.text.vi != refused.value.text.en


# Work lists


def test_loads_are_even_and_runs_are_of_consecutive_codes() -> None:
    drawn = draw_households(REGISTER, {"T01": 20, "T02": 31, "T04": 50}, 3, replacements=4)
    who = assign(drawn, {"An": (), "Bình": (), "Chi": ()})
    assert len(who) == 101
    assert sorted(Counter(who.values()).values()) == [33, 34, 34]
    for village in ("T01", "T02", "T04"):
        names = [name for (v, _), name in sorted(who.items()) if v == village]
        assert names == sorted(names)


def test_a_collaborator_stays_in_the_own_villages_and_others_make_up() -> None:
    drawn = draw_households(REGISTER, {"T01": 20, "T02": 20}, 3)
    who = assign(drawn, {"An": {"T01"}, "Bình": {"T01", "T02"}})
    assert Counter(who.values()) == {"An": 20, "Bình": 20}
    with pytest.raises(BadAllocation, match="Village T02"):
        assign(drawn, {"An": {"T01"}})


# Together: over many draws the weighted total is the population's


@pytest.mark.parametrize("villages", [None, 3])
def test_the_weighted_total_is_unbiased(villages: int | None) -> None:
    """600 seeds; y grows with the village, equal allocation: the plain mean would be far off."""
    sizes = {"a": 8, "b": 16, "c": 30, "d": 12, "e": 20}
    register = register_of([(v, str(at)) for v, size in sizes.items() for at in range(size)])
    y = {(v, str(at)): size + at % 5 for v, size in sizes.items() for at in range(size)}
    totals = []
    for seed in range(600):
        chances = draw_villages(register, villages, seed) if villages else None
        allocation = allocation_of(register, 15, "equal", chances)
        drawn = draw_households(register, allocation, seed, chances=chances)
        totals.append(sum(one.weight * y[one.village, one.code] for one in drawn))
    error = np.std(totals, ddof=1) / math.sqrt(len(totals))
    assert abs(np.mean(totals) - sum(y.values())) < 3.5 * error
    assert error < 0.02 * sum(y.values())
