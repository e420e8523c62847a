"""Counts of the private form: nothing below ten, and nothing below ten by subtraction."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from collector.tally import BLANK, Asked, tally

ONE = Asked("q", ("1", "2", "8"), False)
MANY = Asked("m", ("1", "2", "0"), True)


def answers(*counts: tuple[str, int], name: str = "q") -> list[dict[str, frozenset[str]]]:
    """So many people who chose these codes."""
    return [{name: frozenset(codes.split())} for codes, count in counts for _ in range(count)]


def test_nothing_is_told_of_fewer_than_ten() -> None:
    assert tally([ONE], answers(("1", 9))) == []


def test_a_single_small_cell_takes_the_next_with_it() -> None:
    (told,) = tally([ONE], answers(("1", 40), ("2", 15), ("8", 3), ("", 20)))
    assert told.asked == 78
    assert told.cells == {"1": 40, "2": None, "8": None, BLANK: 20}


def test_large_cells_are_all_told() -> None:
    (told,) = tally([ONE], answers(("1", 40), ("2", 15), ("8", 10), ("", 10)))
    assert told.cells == {"1": 40, "2": 15, "8": 10, BLANK: 10}


def test_an_answer_of_nearly_everybody_would_tell_of_the_others() -> None:
    (told,) = tally([MANY], answers(("1 2", 30), ("2", 5), name="m"))
    assert told.cells["2"] is None and told.cells["1"] is None


def test_the_number_asked_is_told_only_where_it_follows_from_nothing_hidden() -> None:
    """`after` is asked of those who answered 1; how many these are is hidden with `first`."""
    after = Asked("after", ("1", "2"), False)
    people = [{"q": frozenset("1"), "after": frozenset("1")} for _ in range(12)]
    people += [{"q": frozenset("1"), "after": frozenset("2")} for _ in range(13)]
    people += [{"q": frozenset("2")} for _ in range(3)] + [{"q": frozenset("8")} for _ in range(40)]
    first, second = tally([ONE, after], people)
    assert first.cells == {"1": None, "2": None, "8": 40, BLANK: None}
    assert second.asked is None
    shown = [count for count in second.cells.values() if count is not None]
    assert sum(shown) < 25, "the sum would tell the hidden 25, and with it the hidden 3"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_no_partition_lets_a_small_cell_be_derived(sizes: list[int]) -> None:
    people = answers(*zip(("1", "2", "8", ""), sizes, strict=True))
    for told in tally([ONE], people):
        real = dict(zip(("1", "2", "8", BLANK), sizes, strict=True))
        hidden = [real[code] for code, count in told.cells.items() if count is None]
        assert all(count is None or count == real[code] >= 10 for code, count in told.cells.items())
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= 10) or len(hidden) == 4
