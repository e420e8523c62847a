"""The catalogue of this service: the built-in indicators and those that officers declared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from analysis.catalogue import CATALOGUE
from analysis.catalogue.own import Declared, Field, Tables, from_json, indicator, to_json
from analysis.types import Indicator, Text
from collector import problems
from collector.models import OwnIndicator, User
from collector.problems import Problem
from collector.store.reasons import written
from forms.library import Form, Library

SEALED = "sensitive"  # a form whose answers nobody here can read


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an officer's indicator, and who made it."""

    code: str
    revision: int
    declared: Declared
    withdrawn: bool
    reason: str
    by: str
    at: datetime


def catalogue(session: Session) -> dict[str, Indicator]:
    """Code -> indicator: the built-in ones, then the officers' own that are not withdrawn."""
    own = {one.code: indicator(one.declared) for one in newest(session) if not one.withdrawn}
    return {**CATALOGUE, **{code: made for code, made in own.items() if code not in CATALOGUE}}


def newest(session: Session) -> list[Version]:
    """The newest version of every own indicator, withdrawn ones too, by code."""
    last = (
        select(OwnIndicator.code, func.max(OwnIndicator.revision).label("revision"))
        .group_by(OwnIndicator.code)
        .subquery()
    )
    asked = _asked().join(
        last,
        (last.c.code == OwnIndicator.code) & (last.c.revision == OwnIndicator.revision),
    )
    found = session.execute(asked.order_by(OwnIndicator.code)).all()
    return [_version(row, name) for row, name in found]


def history(session: Session, code: str) -> list[Version]:
    """Every version of one indicator, newest first; raises Problem NOT_FOUND."""
    asked = _asked().where(OwnIndicator.code == code).order_by(OwnIndicator.revision.desc())
    found = [_version(row, name) for row, name in session.execute(asked).all()]
    if not found:
        raise Problem(problems.NOT_FOUND)
    return found


def save(
    session: Session,
    declared: Declared,
    *,
    revision: int,
    reason: str,
    account_id: int,
    now: datetime,
    withdrawn: bool = False,
) -> int:
    """Store a checked declaration as the version after `revision` (0: a new indicator).

    Answers its number. Raises Problem REASON_NEEDED, or INDICATOR_CHANGED where somebody else has
    saved a version in between: nobody overwrites what another has just written.
    """
    words = written(reason)
    present = session.scalar(
        select(func.max(OwnIndicator.revision)).where(OwnIndicator.code == declared.code)
    )
    if (present or 0) != revision:
        raise Problem(problems.INDICATOR_CHANGED, code=declared.code)
    session.add(
        OwnIndicator(
            code=declared.code,
            revision=revision + 1,
            declaration=orjson.dumps(to_json(declared)).decode(),
            withdrawn=withdrawn,
            reason=words,
            account_id=account_id,
            made_at=now,
        )
    )
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise Problem(problems.INDICATOR_CHANGED, code=declared.code) from None
    return revision + 1


def tables(library: Library) -> Tables:
    """Every table whose columns an indicator may use: newest versions, without sealed forms."""
    found: dict[str, dict[str, Field]] = {}
    for form in library.forms():
        if not form.about.get(SEALED):
            found |= _tables(form)
    return found


def table_titles(library: Library) -> dict[str, Text]:
    """Table -> what it is called: the form's title, and the repeat's label behind it."""
    found: dict[str, Text] = {}
    for form in library.forms():
        title = Text(form.title.get("vi", form.id), form.title.get("en", form.id))
        repeats = _repeats(form.model["nodes"])
        for name in form.tables():
            _, _, repeat = name.partition(".")
            label = repeats.get(repeat.rpartition(".")[2])
            found[name] = title if label is None else Text(
                f"{title.vi}: {label.vi}", f"{title.en}: {label.en}"
            )  # fmt: skip
    return found


def _repeats(nodes: Sequence[Mapping[str, Any]]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for node in nodes:
        label = _label(node)
        if node["kind"] == "repeat":
            found[node["name"]] = label or Text(node["name"], node["name"])
        found |= _repeats(node.get("children", ()))
    return found


def _tables(form: Form) -> dict[str, dict[str, Field]]:
    lists = form.model.get("lists", {})
    return {
        name: {
            one.name: Field(one.type, _choices(one.node, lists), _label(one.node))
            for one in columns
        }
        for name, columns in form.tables().items()
    }


def _choices(node: Mapping[str, Any], lists: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of a choice's own list; nothing for a list that comes from a file."""
    name = node.get("choices", {}).get("list")
    return tuple(str(one["name"]) for one in lists.get(name, ()))


def _label(node: Mapping[str, Any]) -> Text | None:
    """The question's words without what is filled in while it is asked."""
    label = node.get("label", {})
    words = {language: _plain(label.get(language)) for language in ("vi", "en")}
    return Text(words["vi"], words["en"] or words["vi"]) if words["vi"] else None


def _plain(label: Any) -> str:
    """A label is a text, or parts of which some are expressions."""
    if isinstance(label, str):
        return label
    if isinstance(label, list):
        words = " ".join(part if isinstance(part, str) else "…" for part in label)
        return re.sub(r"…(\s*…)+", "…", words)  # a number and a name side by side: one gap
    return ""


def _asked() -> Select[OwnIndicator, str]:
    return select(OwnIndicator, User.display_name).join(User, User.id == OwnIndicator.account_id)


def _version(row: OwnIndicator, name: str) -> Version:
    declared = from_json(orjson.loads(row.declaration))
    return Version(row.code, row.revision, declared, row.withdrawn, row.reason, name, row.made_at)
