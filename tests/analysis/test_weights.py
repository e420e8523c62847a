"""Weights of a sample: each step keeps what it promises, and they give the population."""

import numpy as np
import pytest

from analysis.estimators.errors import Refused
from analysis.sampling import (
    BadSize,
    BadWeighting,
    SeedMissing,
    adjust_nonresponse,
    base_weights,
    calibrate_cells,
    calibrate_margins,
    draw_households,
    summarise,
    trim,
)
from analysis.sampling.draw import allocation_of
from tests.analysis.register import REGISTER


def test_base_weights_add_up_to_the_register_with_used_replacements() -> None:
    drawn = draw_households(REGISTER, allocation_of(REGISTER, 60, "equal"), 1, replacements=3)
    weight = base_weights([d.village for d in drawn], [d.households for d in drawn])
    assert weight.sum() == pytest.approx(REGISTER.households)


def test_each_step_keeps_the_total_that_it_promises() -> None:
    rng = np.random.default_rng(1)
    weight = rng.lognormal(0, 1, 400)
    group = rng.integers(0, 4, 400)
    answered = rng.random(400) < 0.8
    after = adjust_nonresponse(weight, answered, group)
    assert np.bincount(group, after) == pytest.approx(np.bincount(group, weight))
    assert not after[~answered].any()
    known = {"0": 100.0, "1": 250.0, "2": 80.0, "3": 120.0}
    cells = group.astype(str)
    fitted = calibrate_cells(after, cells, known)
    assert np.bincount(group, fitted) == pytest.approx(list(known.values()))
    cut = trim(fitted, 2.5, cells)
    assert np.bincount(group, cut) == pytest.approx(list(known.values()))
    for one in range(4):
        rows = (group == one) & answered
        assert cut[rows].max() <= 2.5 * np.median(fitted[rows]) * (1 + 1e-9)
    assert summarise(cut).effective > summarise(fitted).effective


def test_raking_fits_both_margins_and_leaves_non_respondents_out() -> None:
    weight = [1.0, 2, 1, 3, 0]
    sex, age = ["F", "F", "M", "M", "M"], ["y", "o", "y", "o", "o"]
    fitted = calibrate_margins(weight, [(sex, {"F": 6, "M": 4}), (age, {"y": 5, "o": 5})])
    assert fitted[:2].sum() == pytest.approx(6)
    assert fitted[[0, 2]].sum() == pytest.approx(5)
    assert fitted[4] == 0


@pytest.mark.parametrize(
    ("households", "chance", "said"),
    [
        ([5, 5, 2, 3], [1, 1, 1, 1], "Village B: its number of households changes.*2 and 3"),
        ([5, 5, 3, 3], [0.5, 0.7, 1, 1], "Village A: its probability changes.*0.5 and 0.7"),
    ],
)
def test_a_village_has_one_size_and_one_chance(
    households: list[int], chance: list[float], said: str
) -> None:
    """Weights of 1 and 1.5 in one village, from a slip of the hand, would be used as if right."""
    with pytest.raises(BadWeighting, match=said):
        base_weights(["A", "A", "B", "B"], households, chance)


def test_kish_by_hand() -> None:
    """Weights 1, 1, 2: (4)²/6 = 2.667 effective of 3; 1 + cv² = 1.125."""
    one = summarise([1, 1, 2, 0])
    assert (one.rows, one.low, one.high) == (3, 1, 2)
    assert (one.effective, one.deff) == pytest.approx((16 / 6, 1.125))


def test_trimming_by_hand_caps_whom_the_excess_lifts_over() -> None:
    """Median 2, limit 4: 10 is cut to 4, the 6 shared by 8.9 lift 3.9 to 6.5, so it is 4 too;
    what is left, 10.9, is shared by 1, 2, 2 and lifts 2 to 4.36; the first keeps 18.9 − 16."""
    assert trim([1, 2, 2, 3.9, 10], 2) == pytest.approx([2.9, 4, 4, 4, 4])
    with pytest.raises(BadWeighting):
        trim([1, 2, 2, 3.9, 10], 1.8)


@pytest.mark.parametrize(
    ("act", "named"),
    [
        (lambda: adjust_nonresponse([1, 1], [1, 0], ["a", "b"]), "Class b"),
        (lambda: adjust_nonresponse([1, -1], [1, 1], ["a", "b"]), "row 2"),
        (lambda: adjust_nonresponse([1], [1, 1], ["a", "b"]), "length"),
        (lambda: base_weights(["T1", "T1"], [1, 1]), "Village T1"),
        (lambda: base_weights(["T1"], [float("nan")]), "Village T1"),
        (lambda: base_weights(["T1"], [4], [0]), "Village T1"),
        (lambda: calibrate_cells([1], ["F"], {"M": 3}), "cell F"),
        (lambda: calibrate_cells([1, 0], ["F", "M"], {"F": 3, "M": 3}), "Cell M"),
        (lambda: trim([1, 1, 9], 2, ["c", "c", "c"]), "Cell c"),
        (lambda: trim([1, 1], 0.5), "0.5"),
        (lambda: summarise([0, 0]), "positive"),
    ],
)
def test_weights_that_cannot_be_made_are_refused(act: object, named: str) -> None:
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    assert named in refused.value.text.en
    assert refused.value.text.vi != refused.value.text.en


def test_every_sampling_error_is_one_kind() -> None:
    assert all(issubclass(one, Refused) for one in (BadSize, BadWeighting, SeedMissing))


def test_response_by_class_repairs_the_bias_that_it_can() -> None:
    """Class b answers half as often and has y = 1: the answers alone say 1/3, the weights 1/2."""
    rng = np.random.default_rng(2)
    means = []
    for _ in range(400):
        group = np.repeat(["a", "b"], 50)
        answered = rng.random(100) < np.where(group == "a", 0.9, 0.45)
        weight = adjust_nonresponse(np.ones(100), answered, group)
        means.append(np.average(group == "b", weights=weight))
    assert np.mean(means) == pytest.approx(0.5)
