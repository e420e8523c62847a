"""To which unit a report belongs: the one of its period, the one of today, what lies between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analysis.places import Change, Place, Places, places


@dataclass(frozen=True, slots=True)
class Attribution:
    """The unit of a period (`then`) and the units that hold its territory today (`now`).

    `then` is None where the table does not know the code. `ended`: what became of a unit that is
    no more; `begun`: what a unit that began within the period was made from. Both are empty where
    the boundary is the same through the period and until today.
    """

    then: Place | None
    now: tuple[Place, ...] = ()
    ended: tuple[Change, ...] = ()
    begun: tuple[Change, ...] = ()


def attribute(
    code: str, year: int, today: date, name: str = "", table: Places | None = None
) -> Attribution:
    """The attribution of a report of `year`; `name` decides where two units had the code then."""
    known = table or places()
    then = known.during(code, year, name)
    if then is None:
        return Attribution(None)
    now = known.now(then, today)
    if not then.in_force(today):
        return Attribution(then, now, ended=known.successors(then))
    made_within = then.valid_from is not None and then.valid_from > date(year, 1, 1)
    return Attribution(then, now, begun=known.predecessors(then) if made_within else ())


def older(
    code: str, first_year: int, today: date, name: str = "", table: Places | None = None
) -> tuple[Change, ...]:
    """What lies between figures of `first_year` and today's unit: the changes that made the unit
    after that year had begun; empty where the territory is the same."""
    known = table or places()
    unit = known.on(code, today) or known.during(code, first_year, name)
    if unit is None or unit.valid_from is None or unit.valid_from <= date(first_year, 1, 1):
        return ()
    return known.predecessors(unit)
