"""What the quality checks read: stored answers with who sent them, in typed frames.

Everything that came and was neither replaced nor excluded is read, counted or not: a flagged
interview is part of how somebody works. Nothing is written here.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import orjson
import pandas as pd
from sqlalchemy import Row, Table, func, select
from sqlalchemy.orm import Session

from analysis.quality.seen import AUDIT, Seen
from analysis.quality.watched import Watch
from collector.models import Attachment, State, Submission, User
from collector.store import rows
from collector.store.rows import Listed
from forms.library import Form

_TABLE: Table = Submission.__table__  # type: ignore[assignment]
_FILES: Table = Attachment.__table__  # type: ignore[assignment]
AUDIT_FILE = "audit.csv"
SCREENS = ("question", "group questions")  # events of Collect's log
_NUMBERS = frozenset({"integer", "decimal"})
_CURRENT = (_TABLE.c.superseded.is_(False), _TABLE.c.state != State.EXCLUDED.value)


def forms_of(session: Session, year: int) -> list[str]:
    """The forms of which something came for that year."""
    asked = select(_TABLE.c.form).where(_TABLE.c.year == year, *_CURRENT).distinct()
    return sorted(session.scalars(asked))


def rows_of(session: Session, submissions: Collection[int]) -> dict[int, Listed]:
    """Submission -> the row of a list."""
    found = session.execute(select(*rows.COLUMNS).where(_TABLE.c.id.in_(submissions)))
    return {row.id: rows.listed(row) for row in found}


def collectors(session: Session) -> dict[int, str]:
    """Account -> the name it is shown by."""
    return dict(session.execute(select(User.id, User.display_name)).tuples().all())


def state(session: Session, form: str, year: int) -> str:
    """SHA-256 (hex) of what `seen` would read: answers never change, so the rows tell it all, with
    the timing files that came so far."""
    where = (_TABLE.c.form == form, _TABLE.c.year == year, *_CURRENT)
    numbers = session.scalars(select(_TABLE.c.id).where(*where).order_by(_TABLE.c.id)).all()
    asked = select(func.count(), func.max(_FILES.c.id)).where(_FILES.c.filename == AUDIT_FILE)
    files = tuple(session.execute(asked).one())
    return hashlib.sha256(repr((numbers, files)).encode()).hexdigest()


def seen(session: Session, versions: Sequence[Form], watch: Watch, year: int) -> Seen:
    """The frames of one form and year, given the form's published versions (newest last)."""
    asked = select(
        *(_TABLE.c.id, _TABLE.c.account_id, _TABLE.c.village, _TABLE.c.household),
        *(_TABLE.c.result, _TABLE.c.received_at, _TABLE.c.answers),
    ).where(_TABLE.c.form == watch.form, _TABLE.c.year == year, *_CURRENT)
    came = session.execute(asked.order_by(_TABLE.c.id)).all()
    answers = [orjson.loads(row.answers) for row in came]
    types = _types(versions)
    tables = {
        table: _frame(table, columns, types.get(table, {}), came, answers, watch.form)
        for table, columns in watch.columns().items()
        if table in types
    }
    return Seen(watch, tables, _audit(session, [row.id for row in came]))


def _types(versions: Sequence[Form]) -> dict[str, dict[str, str]]:
    """table -> column -> type, of all versions united."""
    every: dict[str, dict[str, str]] = {}
    for form in versions:
        for table, columns in form.tables().items():
            every.setdefault(table, {}).update({one.name: one.type for one in columns})
    return every


def _frame(
    table: str,
    columns: Iterable[str],
    types: Mapping[str, str],
    came: Sequence[Row[*tuple[Any, ...]]],
    answers: Sequence[Mapping[str, Any]],
    root: str,
) -> pd.DataFrame:
    pairs = _instances(table, came, answers, root)
    data: dict[str, Any] = {"_submission": np.array([number for number, _ in pairs], np.int64)}
    if table == root:
        data |= _about(came)
    for name in columns:
        if name in types:
            data[name] = _typed(types[name], [given.get(name) for _, given in pairs])
    return pd.DataFrame(data)


def _instances(
    table: str,
    came: Sequence[Row[*tuple[Any, ...]]],
    answers: Sequence[Mapping[str, Any]],
    root: str,
) -> list[tuple[int, Mapping[str, Any]]]:
    """(submission, answers) of each row of a table."""
    if table == root:
        return [(row.id, one.get(table) or {}) for row, one in zip(came, answers, strict=True)]
    return [
        (row.id, given)
        for row, one in zip(came, answers, strict=True)
        for given in one.get(table) or ()
    ]


def _about(came: Sequence[Row[*tuple[Any, ...]]]) -> dict[str, Any]:
    return {
        "_collector": np.array([row.account_id for row in came], np.int64),
        "_village": pd.Series([row.village for row in came], dtype=object),
        "_household": pd.Series([row.household for row in came], dtype=object),
        "_result": pd.Series([row.result for row in came], dtype=object),
        "_received": pd.to_datetime(pd.Series([row.received_at for row in came]), utc=True),
    }


def _typed(type_: str, values: list[Any]) -> pd.Series:
    if type_ in _NUMBERS:
        numbers: pd.Series = pd.to_numeric(pd.Series(values, dtype=object), errors="coerce")
        return numbers.astype(float)
    if type_ == "dateTime":
        return pd.to_datetime(
            pd.Series(values, dtype=object), utc=True, errors="coerce", format="ISO8601"
        )
    return pd.Series(values, dtype=object)


def _audit(session: Session, submissions: Sequence[int]) -> pd.DataFrame:
    """Rows of the audit.csv files of these submissions, questions alone."""
    if not submissions:
        return pd.DataFrame(columns=list(AUDIT))
    asked = select(_FILES.c.submission_id, _FILES.c.content).where(
        _FILES.c.filename == AUDIT_FILE,
        _FILES.c.submission_id.between(min(submissions), max(submissions)),
    )
    wanted = set(submissions)
    found = [
        (number, row["node"], _number(row["start"]), _number(row["end"]))
        for number, content in session.execute(asked)
        if number in wanted
        for row in _questions(content)
    ]
    return pd.DataFrame(found, columns=list(AUDIT))


def _questions(content: bytes) -> list[dict[str, str]]:
    """The lines of a timing file that are about a screen of questions (one question, or a group
    shown as a list); none where it is no such file."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig", "replace")))
    if not {"event", "node", "start", "end"} <= set(reader.fieldnames or ()):
        return []
    kept = [row for row in reader if row["event"] in SCREENS and row["node"]]
    return [row for row in kept if row["start"] and row["end"]]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
