"""Drawn back-checks and what came of them, read from the submissions about the same household."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, Table, insert, select
from sqlalchemy.orm import Session

from analysis.quality.backcheck import Answers, Compared, Finished, draw, mismatches
from collector.models import COUNTED, Backcheck, BackcheckDraw, State, Submission
from collector.store.submissions import COMPLETE

FORM, INTERVIEW = "backcheck", "household"
MET = "1"  # the contact of a back-check at which somebody answered
LONGEST_SEED = 64
WOMAN, MAN = 2.0, 1.0
_Row = Row[*tuple[Any, ...]]
_TABLE: Table = Submission.__table__  # type: ignore[assignment]
_DRAW: Table = BackcheckDraw.__table__  # type: ignore[assignment]
_DRAWN: Table = Backcheck.__table__  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Due:
    """A drawn interview. `again`: the submission by which it was asked again, None while it is
    due; `own`: the only one that came was filed by the collector of the interview, and does not
    count; `compared`: what came of it, None where nobody was met."""

    submission: int
    household: str
    village: str | None
    collector: int
    again: int | None = None
    own: bool = False
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A draw that was made."""

    seed: str
    number: int
    drawn_at: datetime
    interviews: int


def _finished(session: Session, year: int) -> list[Finished]:
    """Finished interviews of households on the list that were not drawn yet; refusals never are."""
    asked = (
        select(_TABLE.c.id, _TABLE.c.instance_id, _TABLE.c.account_id)
        .where(
            _TABLE.c.form == INTERVIEW,
            _TABLE.c.year == year,
            _TABLE.c.result == COMPLETE,
            _TABLE.c.household.is_not(None),
            _TABLE.c.household.not_like("new:%"),
            _TABLE.c.superseded.is_(False),
            _TABLE.c.state != State.EXCLUDED.value,
            _TABLE.c.id.not_in(select(_DRAWN.c.submission_id)),
        )
        .order_by(_TABLE.c.id)
    )
    return [Finished(*row) for row in session.execute(asked)]


def make(
    session: Session, *, year: int, number: int, seed: str, account_id: int, now: datetime
) -> int:
    """Draw `number` more interviews of each collector; answers how many that were. Nothing is kept
    where nothing is left to draw. Raises SeedMissing, ValueError (the number)."""
    drawn = draw(_finished(session, year), number, seed[:LONGEST_SEED])
    if not drawn:
        return 0
    made = session.execute(
        insert(_DRAW)
        .values(
            year=year, seed=seed[:LONGEST_SEED], number=number, account_id=account_id, drawn_at=now
        )
        .returning(_DRAW.c.id)
    ).scalar_one()
    rows = [{"draw_id": made, "submission_id": one.submission} for one in drawn]
    session.execute(insert(_DRAWN), rows)
    return len(drawn)


def draws(session: Session, year: int) -> list[Made]:
    """The draws of a year, oldest first."""
    asked = select(_DRAW).where(_DRAW.c.year == year).order_by(_DRAW.c.id)
    return [
        Made(row.seed, row.number, row.drawn_at, _size(session, row.id))
        for row in session.execute(asked)
    ]


def _size(session: Session, draw_id: int) -> int:
    return len(session.scalars(select(_DRAWN.c.id).where(_DRAWN.c.draw_id == draw_id)).all())


def due(session: Session, year: int) -> list[Due]:
    """Every drawn interview of a year, in the order of the draws, with what came of it."""
    asked = (
        select(
            *(_TABLE.c.id, _TABLE.c.household, _TABLE.c.village, _TABLE.c.account_id),
            *(_TABLE.c.superseded, _TABLE.c.answers),
        )
        .join(_DRAWN, _DRAWN.c.submission_id == _TABLE.c.id)
        .join(_DRAW, _DRAW.c.id == _DRAWN.c.draw_id)
        .where(_DRAW.c.year == year)
        .order_by(_DRAWN.c.id)
    )
    rows = session.execute(asked).all()
    filed = _filed(session, {row.household for row in rows}, year)
    return [_due(session, row, filed.get(row.household, []), year) for row in rows]


def _filed(session: Session, households: set[str], year: int) -> dict[str, list[_Row]]:
    """Household -> the back-checks about it that count, newest first."""
    asked = (
        select(_TABLE.c.id, _TABLE.c.household, _TABLE.c.account_id, _TABLE.c.answers)
        .where(
            _TABLE.c.form == FORM,
            _TABLE.c.year == year,
            _TABLE.c.household.in_(households),
            _TABLE.c.state.in_([state.value for state in COUNTED]),
            _TABLE.c.superseded.is_(False),
        )
        .order_by(_TABLE.c.id.desc())
    )
    found: dict[str, list[_Row]] = {}
    for row in session.execute(asked):
        found.setdefault(row.household, []).append(row)
    return found


def _due(session: Session, row: _Row, filed: Sequence[_Row], year: int) -> Due:
    others = [one for one in filed if one.account_id != row.account_id]
    plain = Due(row.id, row.household, row.village, row.account_id, own=bool(filed) and not others)
    if not others:
        return plain
    again = orjson.loads(others[0].answers)
    compared = None
    if str((again.get(FORM) or {}).get("contact")) == MET:
        answers = _current(session, row, year) if row.superseded else row.answers
        differs = mismatches(first_answers(orjson.loads(answers)), again_answers(again))
        compared = Compared(row.id, row.account_id, differs)
    return Due(
        row.id, row.household, row.village, row.account_id, again=others[0].id, compared=compared
    )


def _current(session: Session, row: _Row, year: int) -> str:
    """The answers of the version that replaced a corrected interview."""
    asked = (
        select(_TABLE.c.answers)
        .where(
            _TABLE.c.form == INTERVIEW,
            _TABLE.c.year == year,
            _TABLE.c.household == row.household,
            _TABLE.c.superseded.is_(False),
        )
        .order_by(_TABLE.c.id.desc())
        .limit(1)
    )
    found: str | None = session.scalar(asked)
    return row.answers if found is None else found


def first_answers(answers: Mapping[str, Any]) -> Answers:
    """What an interview says on the questions of the back-check."""
    root = answers.get(INTERVIEW) or {}
    head: Mapping[str, Any] = next(iter(answers.get(f"{INTERVIEW}.member") or ()), {})
    persons = answers.get(f"{INTERVIEW}.respondent") or ()
    asked = {_number(one.get("r_sex")): one for one in persons if one.get("available") == "1"}
    woman = asked.get(WOMAN, {})
    return {
        "held": 1.0,
        "n_members": _number(root.get("n_members")),
        "head_sex": _number(head.get("sex")),
        "head_birth_y": _number(head.get("birth_y")),
        "woman_asked": float(WOMAN in asked),
        "man_asked": float(MAN in asked),
        "c1_d": _known(woman.get("c1_d")),
        "c4_d": _known(woman.get("c4_d")),
    }


def again_answers(answers: Mapping[str, Any]) -> Answers:
    """What a back-check says on them; "does not know" (9, -8, -9) is no answer."""
    root = answers.get(FORM) or {}
    known = {name: _number(root.get(name)) for name in ("held", "woman_asked", "man_asked")}
    return {
        **{name: None if value == 9 else value for name, value in known.items()},
        **{name: _number(root.get(name)) for name in ("n_members", "head_sex", "head_birth_y")},
        **{name: _known(root.get(name)) for name in ("c1_d", "c4_d")},
    }


def _number(value: object) -> float | None:
    try:
        return None if value is None else float(str(value))
    except ValueError:
        return None


def _known(value: object) -> float | None:
    number = _number(value)
    return None if number is None or number < 0 else number
