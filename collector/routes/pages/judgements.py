"""The verdicts as the pages show them: a word, a shape and a colour each, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.reports.numbers import verdict_words
from analysis.types import Arithmetic, Statistical, TargetResult, Trajectory, Verdict
from collector.routes.pages.speech import gettext


class Standing(StrEnum):
    """Where a target stands when all is said in one word: what the tiles count."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"
    NO_DATA = "no_data"
    OTHER = "other"  # no cases, or qualitative: nothing to be met with a number


def standing(result: TargetResult) -> Standing:
    """Met or not met only where the data support it; the plan's arithmetic alone is not enough."""
    verdict = result.verdict
    if verdict is None or verdict.arithmetic is Arithmetic.INCOMPLETE:
        return Standing.NO_DATA
    if verdict.arithmetic in (Arithmetic.NOT_APPLICABLE, Arithmetic.QUALITATIVE):
        return Standing.OTHER
    if verdict.statistical in (Statistical.UNDECIDED, Statistical.NOT_ASSESSABLE):
        return Standing.UNDECIDED
    if verdict.statistical is Statistical.NO_DATA:
        return Standing.NO_DATA
    return Standing.MET if verdict.arithmetic is Arithmetic.MET else Standing.NOT_MET


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict: what it answers, the word, and how the word looks (colour and shape)."""

    question: str
    word: str
    look: str
    shape: str


_ARITHMETIC = {
    Arithmetic.MET: ("good", "good"),
    Arithmetic.NOT_MET: ("bad", "bad"),
    Arithmetic.QUALITATIVE: ("info", "info"),
}
_STATISTICAL = {
    Statistical.SURELY_MET: ("good", "good"),
    Statistical.UNDECIDED: ("open", "open"),
    Statistical.SURELY_NOT_MET: ("bad", "bad"),
    Statistical.NOT_ASSESSABLE: ("none", "open"),
    Statistical.FULL_COUNT: ("info", "info"),
}
_TRAJECTORY = {Trajectory.ON_TRACK: ("good", "good"), Trajectory.BEHIND: ("bad", "bad")}
_NONE = ("none", "none")


def arithmetic(verdict: Verdict, language: str) -> Judgement:
    look, shape = _ARITHMETIC.get(verdict.arithmetic, _NONE)
    word = verdict_words(verdict, language).arithmetic
    return Judgement(gettext("Theo kế hoạch"), word, look, shape)


def judgements(verdict: Verdict | None, language: str) -> tuple[Judgement, ...]:
    """The three answers, apart; one line where there is nothing to judge."""
    if verdict is None or (
        verdict.arithmetic is Arithmetic.INCOMPLETE and verdict.statistical is Statistical.NO_DATA
    ):
        return (Judgement("", gettext("Chưa có số liệu"), *_NONE),)
    first = arithmetic(verdict, language)
    if verdict.arithmetic in (Arithmetic.QUALITATIVE, Arithmetic.NOT_APPLICABLE):
        return (first,)
    words = verdict_words(verdict, language)
    certainty = _STATISTICAL.get(verdict.statistical, _NONE)
    path = _TRAJECTORY.get(verdict.trajectory, _NONE)
    return (
        first,
        Judgement(gettext("Độ chắc chắn"), words.statistical, *certainty),
        Judgement(gettext("Tiến độ"), words.trajectory, *path),
    )


def tally(results: Sequence[TargetResult]) -> dict[Standing, int]:
    """How many targets stand where."""
    found = dict.fromkeys(Standing, 0)
    for result in results:
        found[standing(result)] += 1
    return found
