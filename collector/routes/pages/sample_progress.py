"""How far a draw is: each household with what became of it, and sums by village."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import village_names
from collector.routes.pages.words import N_
from collector.store import draws, visits
from collector.store.draws import Known, Listed
from collector.visits import HouseholdState, Standing, standing

STATES = {
    HouseholdState.TO_VISIT: N_("chưa đến"),
    HouseholdState.VISITED: N_("đã đến, còn đến lại"),
    HouseholdState.DONE: N_("đã hỏi xong"),
    HouseholdState.REFUSED: N_("từ chối"),
    HouseholdState.MOVED: N_("chuyển đi"),
    HouseholdState.OTHER: N_("khác"),
}
# what is drawn one after another in a bar; the rest of it is still to be visited
BAR = ("done", "visited", "refused", "moved", "other")


@dataclass(frozen=True, slots=True)
class Household:
    """A row of the list. `orphan`: it is to be visited, and nobody at work has it."""

    listed: Listed
    stands: Standing
    orphan: bool

    @property
    def words(self) -> str:
        """Its state."""
        return gettext(STATES[self.stands.state])

    @property
    def last(self) -> date | None:
        """The day of the latest visit; None before the first, or where no day can be read."""
        try:
            return date.fromisoformat(self.stands.last or "")
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Progress:
    """A village, or the commune. `parts`: (state, start, width) of the bar, in hundredths."""

    code: str
    name: str
    issued: int
    counts: dict[str, int]
    orphans: int
    waiting: int  # replacements that were not used
    used: int

    @property
    def parts(self) -> list[tuple[str, float, float]]:
        """The bar's parts from the left."""
        found, at = [], 0.0
        for state in BAR:
            width = 100 * self.counts.get(state, 0) / max(self.issued, 1)
            found.append((state, round(at, 2), round(width, 2)))
            at += width
        return found


def households(session: Session, known: Known, village: str | None = None) -> list[Household]:
    """Every household of the list, of one village or of all."""
    facts = visits.facts(session, known.year, village)
    at_work = {(account, where) for account, _, where in draws.collaborators(session)}
    return [
        Household(
            one,
            standing(facts.get((one.village, one.code), ())),
            one.issued and (one.collaborator, one.village) not in at_work,
        )
        for one in draws.households(session, known.id, village=village)
    ]


def villages(session: Session, known: Known) -> list[Progress]:
    """The villages of a draw, by code."""
    names, found = village_names(session), dict[str, list[Household]]()
    for row in households(session, known):
        found.setdefault(row.listed.village, []).append(row)
    return [_progress(code, names.get(code, code), rows) for code, rows in sorted(found.items())]


def total(rows: Sequence[Progress]) -> Progress:
    """All villages together."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(row.counts)
    return Progress(
        "",
        "",
        sum(row.issued for row in rows),
        dict(counts),
        sum(row.orphans for row in rows),
        sum(row.waiting for row in rows),
        sum(row.used for row in rows),
    )


def _progress(code: str, name: str, rows: Iterable[Household]) -> Progress:
    rows = list(rows)
    issued = [row for row in rows if row.listed.issued]
    return Progress(
        code,
        name,
        len(issued),
        dict(Counter(row.stands.state.value for row in issued)),
        sum(row.orphan for row in issued),
        len(rows) - len(issued),
        sum(row.listed.replacement for row in issued),
    )
