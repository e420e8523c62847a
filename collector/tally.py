"""Counts over opened answers: by question and answer, nothing small, and nothing small by
subtraction. Pure: no database, no key.

A cell is the set of answers that it counts. A cell below SMALLEST is hidden. Where the cells of a
question add up to a number that is told, what is hidden must be at least two cells that hold
SMALLEST together, or the smallest other cell is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SMALLEST = 10
NONE = "0"  # the answer of a select_multiple that stands alone
BLANK = ""  # no answer: skipped

Answer = Mapping[str, frozenset[str]]
"""Question -> its answers; an empty set where it was skipped; absent where it was not asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its name, its answers in the form's order, whether several may be chosen."""

    name: str
    codes: Sequence[str]
    several: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A question's counts: None is hidden. `asked` is None where it must not be told either."""

    name: str
    asked: int | None
    cells: Mapping[str, int | None]


def tally(questions: Sequence[Asked], answers: Sequence[Answer]) -> list[Counted]:
    """Counts of every question, in order. With fewer than SMALLEST answers there are none."""
    if len(answers) < SMALLEST:
        return []
    known = [frozenset(range(len(answers)))]  # sets whose size is told
    return [_count(question, answers, known) for question in questions]


def _count(question: Asked, answers: Sequence[Answer], known: list[frozenset[int]]) -> Counted:
    asked = frozenset(i for i, given in enumerate(answers) if question.name in given)
    cells = {code: _who(question.name, code, answers, asked) for code in (*question.codes, BLANK)}
    if len(asked) < SMALLEST:
        return Counted(question.name, None, dict.fromkeys(cells))
    shown = _several(cells, asked) if question.several else _one(cells)
    base = asked if asked in known else None
    if not question.several and base is None and len(shown) >= len(cells) - 1:
        shown -= set(sorted(shown, key=lambda code: len(cells[code]))[:2])  # the sum stays unknown
    known += [cells[code] for code in shown]
    return Counted(
        question.name,
        len(base) if base is not None else None,
        {code: len(who) if code in shown else None for code, who in cells.items()},
    )


def _who(name: str, code: str, answers: Sequence[Answer], asked: frozenset[int]) -> frozenset[int]:
    if code == BLANK:
        return frozenset(i for i in asked if not answers[i][name])
    return frozenset(i for i in asked if code in answers[i][name])


def _one(cells: Mapping[str, frozenset[int]]) -> set[str]:
    """The cells of a partition that may be told."""
    return _complement({code: len(who) for code, who in cells.items()})


def _complement(sizes: Mapping[str, int]) -> set[str]:
    shown = {code for code, size in sizes.items() if size >= SMALLEST}
    for code in sorted(shown, key=lambda code: sizes[code]):
        hidden = [size for other, size in sizes.items() if other not in shown]
        if not hidden or (len(hidden) > 1 and sum(hidden) >= SMALLEST):
            break
        shown.discard(code)
    return shown


def _several(cells: Mapping[str, frozenset[int]], asked: frozenset[int]) -> set[str]:
    """Each answer parts the asked in two, of which neither may be small; skipped, none and the
    rest part them in three."""
    shown = {code for code, who in cells.items() if len(who) >= SMALLEST <= len(asked) - len(who)}
    alone = [code for code in (BLANK, NONE) if code in cells]
    some = len(asked) - sum(len(cells[code]) for code in alone)
    kept = _complement({**{code: len(cells[code]) for code in alone}, "some": some})
    return shown - {code for code in alone if code not in kept}


def lines(counted: Sequence[Counted], hidden: str) -> Iterator[tuple[str, str, str]]:
    """(question, answer, count as text) of everything counted; `hidden` where it is not told."""
    for one in counted:
        for code, count in one.cells.items():
            yield one.name, code, hidden if count is None else str(count)
