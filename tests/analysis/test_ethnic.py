"""Which list codes of ethnic groups follow, and that no two lists are mixed."""

from __future__ import annotations

import pytest

from analysis.ethnic import MixedLists, common, identify, lists

OLD, NEW = lists()["ethnic-1979"], lists()["ethnic-2008"]


def test_one_code_means_two_groups() -> None:
    assert len(OLD.codes) == 54
    assert [OLD.codes[code] for code in ("01", "04", "05", "06")] == [
        "Kinh",
        "Hoa",
        "Khơ-me",
        "Mường",
    ]
    assert [NEW.codes[code] for code in ("01", "04", "05", "06")] == [
        "Kinh",
        "Mường",
        "Khơ-me",
        "Hoa",
    ]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (OLD.codes, "ethnic-1979"),
        (NEW.codes, "ethnic-2008"),
        ({**OLD.codes, "98": "Người nước ngoài", "99": "Từ chối"}, "ethnic-1979"),
        ({"01": "Kinh (Việt)", "04": "Hoa (Hán)", "05": "Khmer"}, "ethnic-1979"),
        ({"01": "Kinh", "04": "Mường", "08": "H'mông"}, "ethnic-2008"),
    ],
)
def test_choices_tell_their_list(choices: dict[str, str], expected: str) -> None:
    assert identify(choices).id == expected


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"01": "Kinh", "02": "Tày"}, "nhiều danh mục"),
        ({"04": "Hoa", "06": "Hoa"}, "không theo"),
        ({"98": "Người nước ngoài"}, "không theo"),
        ({}, "không theo"),
    ],
)
def test_choices_of_both_or_none_are_refused(choices: dict[str, str], says: str) -> None:
    with pytest.raises(MixedLists, match=says) as caught:
        identify(choices)
    assert caught.value.said.en


def test_two_lists_are_not_counted_together() -> None:
    assert common({}) == ""
    assert common({"household": OLD.id, "births": OLD.id}) == OLD.id
    with pytest.raises(MixedLists, match="household") as caught:
        common({"household 2026.1": OLD.id, "births 2026.1": NEW.id})
    assert "births 2026.1" in str(caught.value)
    assert "different lists" in caught.value.said.en
