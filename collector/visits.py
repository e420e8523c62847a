"""What became of a household that is to be visited. Pure: no SQL, no web, no clock.

The facts are forms: the household form and the form `visit` (somebody came, nobody was asked).
Forms that were replaced or excluded are no facts and do not come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

INTERVIEW = "household"  # the form that asks; the other one is VISIT
VISIT = "visit"
COMPLETE = "1"


class HouseholdState(StrEnum):
    """Where a household stands: the words of the work API."""

    TO_VISIT = "to-visit"  # nobody has been there
    VISITED = "visited"  # somebody has, and is to come again
    DONE = "done"
    REFUSED = "refused"
    MOVED = "moved"
    OTHER = "other"  # no household of the survey, or another reason


# the results of both forms; what is not here (partly done, nobody home, come back) is VISITED
_BY_RESULT = {
    COMPLETE: HouseholdState.DONE,
    "3": HouseholdState.REFUSED,
    "5": HouseholdState.OTHER,
    "6": HouseholdState.MOVED,
    "8": HouseholdState.OTHER,
}
INELIGIBLE = frozenset({"5", "6"})
"""Results that say that the household is none of the survey, whoever would answer."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A form about a household. `day`: of the visit (YYYY-MM-DD), `order`: in which it came;
    `number`: of the visit as it was written, 0 where it was not read; `returned`: sent back to
    the collaborator."""

    form: str
    result: str
    day: str
    order: int
    number: int = 0
    returned: bool = False
    account: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the facts say together. `result`: of the fact that decides, "" without facts;
    `last`: the day of the latest visit."""

    state: HouseholdState = HouseholdState.TO_VISIT
    visits: int = 0
    last: str | None = None
    result: str = ""


def standing(facts: Iterable[Fact]) -> Standing:
    """Where a household stands.

    A complete interview decides, whatever came after it; one that was returned does not: it is to
    be asked again. Without one the latest visit decides, by its day, then by its arrival. Visits
    are the days on which somebody came, or the highest number that was written, if that is more.
    """
    known = sorted(facts, key=lambda fact: (fact.day, fact.order))
    if not known:
        return Standing()
    complete = [one for one in known if _is_complete(one)]
    decides = complete[-1] if complete else known[-1]
    state = _BY_RESULT.get(decides.result, HouseholdState.VISITED)
    if state is HouseholdState.DONE and not complete:
        state = HouseholdState.VISITED
    visits = max(len({one.day for one in known}), *(one.number for one in known))
    return Standing(state, visits, known[-1].day, decides.result)


def _is_complete(fact: Fact) -> bool:
    return fact.form == INTERVIEW and fact.result == COMPLETE and not fact.returned


@dataclass(frozen=True, slots=True)
class Week:
    """What one collaborator did in a week: households finished, visits made."""

    done: int
    visits: int


def week(facts: Mapping[str, Sequence[Fact]], first: str, last: str, account: int) -> Week:
    """The visits of an account from `first` to `last` (days, inclusive), household by household."""
    own = {
        code: [one for one in known if one.account == account and first <= one.day <= last]
        for code, known in facts.items()
    }
    return Week(
        sum(any(_is_complete(one) for one in known) for known in own.values()),
        sum(len({one.day for one in known}) for known in own.values()),
    )
