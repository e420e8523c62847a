"""Two versions of a submission side by side: every question once, with what became of it.

Works on the sheets of `questionnaire`, so that labels and answers are in the reader's language.
The instances of a repeat are matched by what they say and not by their number: where the second
member of a household was taken out, the third is not shown as another person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from collector.routes.pages.questionnaire import Question, Section, leaves

_INDEX = re.compile(r"\[\d+\]")
Part = Question | Section


class Change(StrEnum):
    """What became of an answer from the first version to the second."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """One question in both versions; "" where a version has no answer."""

    label: str
    first: str
    second: str

    @property
    def change(self) -> Change:
        """Added and removed are said of an answer that only one version has."""
        if self.first == self.second:
            return Change.SAME
        if not self.first:
            return Change.ADDED
        return Change.CHANGED if self.second else Change.REMOVED


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring questions of one place. `where` is its name ("Thành viên của hộ 2 · Việc làm",
    "" at the top); `moved` its number in the first version where that is another; `change` says
    ADDED or REMOVED of an instance that only one version has, else SAME."""

    where: str
    moved: int
    change: Change
    lines: tuple[Line, ...]

    @property
    def changes(self) -> int:
        """How many of its answers differ."""
        return sum(line.change is not Change.SAME for line in self.lines)


def compare(first: Section, second: Section) -> list[Block]:
    """All questions of two sheets, in the form's order."""
    found = _sections(first, second, _Place("", 0, Change.SAME))
    return [
        Block(place.where, place.moved, place.change, tuple(line for _, line in lines))
        for place, lines in groupby(found, key=lambda pair: pair[0])
    ]


def only_changes(blocks: Iterable[Block]) -> list[Block]:
    """The same without the answers that stayed."""
    kept = []
    for block in blocks:
        lines = tuple(line for line in block.lines if line.change is not Change.SAME)
        if lines:
            kept.append(Block(block.where, block.moved, block.change, lines))
    return kept


@dataclass(frozen=True, slots=True)
class _Place:
    where: str
    moved: int
    change: Change

    def below(self, one: Section | None, other: Section | None) -> _Place:
        """The place of a section that stands here."""
        newest = other or one
        assert newest is not None
        name = f"{newest.title} {newest.index}" if newest.index else newest.title
        where = " · ".join(part for part in (self.where, name) if part)
        if not newest.index:  # a group is neither added nor removed: its answers are
            return _Place(where, self.moved, self.change)
        if one is None or other is None:
            return _Place(where, 0, Change.ADDED if one is None else Change.REMOVED)
        return _Place(where, one.index if one.index != other.index else 0, self.change)


_EMPTY = Section("")


def _sections(first: Section, second: Section, place: _Place) -> Iterator[tuple[_Place, Line]]:
    left, right = _by_key(first.parts), _by_key(second.parts)
    for key in _merged(list(left), list(right)):
        for one, other in _matched(left.get(key, []), right.get(key, [])):
            if isinstance(one, Section) or isinstance(other, Section):
                a, b = _section(one), _section(other)
                yield from _sections(a or _EMPTY, b or _EMPTY, place.below(a, b))
            else:
                newest = other or one
                assert newest is not None
                values = (one.value if one else "", other.value if other else "")
                yield place, Line(newest.label, *values)


def _section(part: Part | None) -> Section | None:
    return part if isinstance(part, Section) else None


def _by_key(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """Parts by the path that they have in the form, all instances of a repeat together."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(_INDEX.sub("", part.path), []).append(part)
    return found


def _merged(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Both lists as one; each has the form's order, and so has the outcome."""
    found: list[str] = []
    waiting = list(right)
    known = set(right)
    for key in left:
        if key in known and key in waiting:
            at = waiting.index(key)
            found += waiting[: at + 1]
            del waiting[: at + 1]
        elif key not in found:
            found.append(key)
    return found + [key for key in waiting if key not in found]


Pair = tuple[Part | None, Part | None]


def _matched(left: Sequence[Part], right: Sequence[Part]) -> list[Pair]:
    """Instances that belong together, in order, so that as many answers as possible are equal."""
    if len(left) <= 1 and len(right) <= 1:
        return [(left[0] if left else None, right[0] if right else None)]
    said = [[_said(part) for part in side] for side in (left, right)]
    return _aligned(left, right, lambda i, j: len(said[0][i] & said[1][j]))


def _said(part: Part) -> frozenset[tuple[str, str]]:
    if isinstance(part, Question):
        return frozenset({(part.path, part.value)})
    return frozenset(
        (_INDEX.sub("", question.path), question.value) for _, question in leaves(part)
    )


def _aligned(
    left: Sequence[Part], right: Sequence[Part], alike: Callable[[int, int], int]
) -> list[Pair]:
    """The alignment of two sequences with the greatest sum of `alike` (Needleman and Wunsch,
    1970, without a penalty for gaps). The first of several: the one that pairs soonest."""
    rows, columns = len(left), len(right)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = best[i + 1][j + 1] + alike(i, j)
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j + 1] + alike(i, j) and alike(i, j):
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((left[i], None))
            i += 1
        else:
            pairs.append((None, right[j]))
            j += 1
    return pairs + [(part, None) for part in left[i:]] + [(None, part) for part in right[j:]]
