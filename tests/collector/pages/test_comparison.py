"""Two sheets side by side: what changed, what came, what went, and who is who in a repeat."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from collector.routes.pages.comparison import Block, Change, compare, only_changes
from collector.routes.pages.questionnaire import Question, Section


def person(index: int, name: str, age: str = "", *, job: str = "") -> Section:
    """A member with a group of work inside."""
    path = f"/data/member[{index}]"
    parts: list[Question | Section] = [Question(f"{path}/name", "Tên gọi", name)]
    if age:
        parts.append(Question(f"{path}/age", "Tuổi", age))
    if job:
        work = Section("Việc làm", f"{path}/work")
        work.parts.append(Question(f"{path}/work/job", "Nghề", job))
        parts.append(work)
    return Section("Thành viên", path, index, parts=parts)


def sheet(visit: str, *members: Section, note: str = "") -> Section:
    parts: list[Question | Section] = [Question("/data/visit", "Lần đến", visit)] if visit else []
    parts += members
    if note:
        parts.append(Question("/data/note", "Ghi chú", note))
    return Section("Hộ", parts=parts)


def told(blocks: Sequence[Block]) -> list[tuple[str, str, str, str, str]]:
    return [
        (block.where, line.label, line.first, line.second, line.change.value)
        for block in blocks
        for line in block.lines
    ]


def test_an_answer_is_changed_added_or_removed() -> None:
    first = sheet("1", person(1, "A", "40"), note="x")
    second = sheet("2", person(1, "A", "40", job="Dệt"))
    assert told(only_changes(compare(first, second))) == [
        ("", "Lần đến", "1", "2", "changed"),
        ("Thành viên 1 · Việc làm", "Nghề", "", "Dệt", "added"),
        ("", "Ghi chú", "x", "", "removed"),
    ]
    assert only_changes(compare(first, first)) == []
    assert len(told(compare(first, second))) == 5, "the whole text has the answers that stayed"


def test_who_was_taken_out_does_not_shift_the_others() -> None:
    first = sheet("1", *[person(n, name, age) for n, name, age in FAMILY])
    second = sheet("1", person(1, "A", "40"), person(2, "C", "12"), person(3, "D", "8"))
    blocks = only_changes(compare(first, second))
    assert [(b.where, b.change, b.changes) for b in blocks] == [("Thành viên 2", Change.REMOVED, 2)]
    moved = {b.where: b.moved for b in compare(first, second) if b.change is Change.SAME}
    assert moved == {"": 0, "Thành viên 1": 0, "Thành viên 2": 3, "Thành viên 3": 4}


FAMILY = ((1, "A", "40"), (2, "B", "38"), (3, "C", "12"), (4, "D", "8"))


@pytest.mark.parametrize("place", [0, 2, 4])
def test_who_was_put_in_is_alone_new(place: int) -> None:
    names = list(FAMILY)
    names.insert(place, (0, "E", "70"))
    first = sheet("1", *[person(n, name, age) for n, name, age in FAMILY])
    second = sheet("1", *[person(n, name, age) for n, (_, name, age) in enumerate(names, start=1)])
    blocks = only_changes(compare(first, second))
    assert [(b.where, b.change) for b in blocks] == [(f"Thành viên {place + 1}", Change.ADDED)]


def test_a_corrected_person_stays_the_same_person() -> None:
    first = sheet("1", person(1, "A", "40"), person(2, "B", "38"))
    second = sheet("1", person(1, "A", "41"), person(2, "B", "38"))
    assert told(only_changes(compare(first, second))) == [
        ("Thành viên 1", "Tuổi", "40", "41", "changed")
    ]


def test_many_instances_are_compared_without_delay() -> None:
    """The most that a repeat may have, all in another order of one's ages."""
    first = sheet("1", *[person(n, f"p{n}", str(n % 90)) for n in range(1, 501)])
    second = sheet("1", *[person(n, f"p{n + 1}", str((n + 1) % 90)) for n in range(1, 500)])
    blocks = only_changes(compare(first, second))
    assert [(b.where, b.change) for b in blocks] == [("Thành viên 1", Change.REMOVED)]
