"""A plan's own entries and its targets as forms: what was typed becomes entries of a plan file.

Nothing is judged here: the reader of plan files does that, and its faults are shown at the field
that they concern. Entries that a page does not show (oddities, a baseline, a group) are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.plans import PlanProblem
from collector.store.plans import Entries

Form = Mapping[str, str]

HEAD_TEXTS = (
    *("unit_code", "unit_name", "unit_kind", "place", "province", "title"),
    *("number", "issued", "parent_document", "addressee", "document"),
)
HEAD_LISTS = ("legal_bases", "recipients")
HEAD_YEARS = ("first_year", "last_year")
TARGET_TEXTS = (
    *("id", "number", "verbatim", "indicator", "comparator", "value_text", "value"),
    *("suspected", "unit", "parent", "every"),
)
OPTIONAL = frozenset({"value", "suspected", "parent", "every", "value_text", "unit"})
UNITS = 4  # rows for responsible units on the page
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults by the field that they concern; `other` are those that belong to no field."""

    at: Mapping[str, tuple[str, ...]]
    other: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.at or self.other)


NO_FAULTS = Faults({}, ())


def text_of(form: Form, name: str) -> str:
    """What was typed, without blanks around it and line ends as one kind."""
    return form.get(name, "")[:LONGEST].replace("\r\n", "\n").strip()


def head(form: Form, before: Entries) -> Entries:
    """The entries of `before` with what was typed about the plan itself."""
    made = {**before, **{name: text_of(form, name) for name in HEAD_TEXTS}}
    for name in HEAD_LISTS:
        made[name] = [line.strip() for line in text_of(form, name).split("\n") if line.strip()]
    for name in HEAD_YEARS:
        made[name] = whole(text_of(form, name))
    return made


def whole(text: str) -> int | str:
    """A whole number as such; anything else as it was typed, for the reader to refuse."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else text


def target(form: Form, before: Entries) -> Entries:
    """The entries of a target with what was typed."""
    made: Entries = {**before}
    for name in TARGET_TEXTS:
        _put(made, name, text_of(form, name), optional=name in OPTIONAL)
    made["objective"] = whole(text_of(form, "objective"))
    made["comparator_stated"] = "comparator_stated" in form
    _put(made, "deadline", whole(text_of(form, "deadline")), optional=True)
    scale = whole(text_of(form, "scale"))
    _put(made, "scale", "" if scale == 1 else scale, optional=True)
    decimal = text_of(form, "decimal")
    _put(made, "decimal", "" if decimal == "," else decimal, optional=True)
    measure = text_of(form, "measure")
    _put(made, "measure", "" if measure == "value" else measure, optional=True)
    made["warnings"] = text_of(form, "warnings").replace(",", " ").split()
    units = [(text_of(form, f"unit_{n}"), text_of(form, f"kind_{n}")) for n in range(UNITS)]
    made["responsible"] = [name for name, kind in units if name]
    made["responsible_kinds"] = [kind for name, kind in units if name]
    _put_note(made, text_of(form, "note_vi"), text_of(form, "note_en"))
    return made


def _put(made: Entries, name: str, value: Any, *, optional: bool) -> None:
    if optional and value == "":
        made.pop(name, None)
    else:
        made[name] = value


def _put_note(made: Entries, vi: str, en: str) -> None:
    """The first note; the others stay."""
    rest = list(made.get("notes", []))[1:]
    notes = ([{"vi": vi, "en": en or vi}] if vi else []) + rest
    _put(made, "notes", notes or "", optional=True)


def replaced(entries: Entries, position: int, one: Entries) -> Entries:
    """The plan with this target in place of the one at `position`, or after the last."""
    targets = list(entries.get("targets", []))
    if position < len(targets):
        targets[position] = one
    else:
        targets.append(one)
    return {**entries, "targets": targets}


def without(entries: Entries, position: int) -> Entries:
    """The plan without the target at `position`, and without references of duties to it."""
    targets = list(entries.get("targets", []))
    gone = str(targets.pop(position).get("id", ""))
    left = {**entries, "targets": targets}
    for name in ("tasks", "reports", "activities", "inventories"):
        if name in left:
            left[name] = [_forget(duty, gone) for duty in left[name]]
    return left


def _forget(duty: Entries, gone: str) -> Entries:
    named = [one for one in duty.get("targets", []) if one != gone]
    return {**duty, "targets": named} if "targets" in duty else duty


def target_faults(
    found: Iterable[PlanProblem], one: Entries, position: int, language: str
) -> Faults:
    """The faults of one target, by field; those of other places are not the typist's."""
    names = {str(one.get("id") or ""), f"targets[{position + 1}]"} - {""}
    at: dict[str, list[str]] = {}
    for fault in found:
        for name in names:
            if fault.where == name:
                at.setdefault("id", []).append(fault.message[language])
            elif fault.where.startswith(f"{name}."):
                field = fault.where.removeprefix(f"{name}.")
                at.setdefault(_field(field), []).append(fault.message[language])
    return _faults(at, {*TARGET_TEXTS, *_TARGET_MORE})


_TARGET_MORE = {
    *("objective", "comparator_stated", "deadline", "scale", "decimal", "measure", "warnings"),
    *("responsible", "notes"),
}


def _field(name: str) -> str:
    return "responsible" if name == "responsible_kinds" else name


def head_faults(found: Iterable[PlanProblem], language: str) -> Faults:
    """The faults of the plan's own entries, by field."""
    known = {"id", *HEAD_TEXTS, *HEAD_LISTS, *HEAD_YEARS}
    at: dict[str, list[str]] = {}
    for fault in found:
        if fault.where in known:
            at.setdefault(fault.where, []).append(fault.message[language])
    return _faults(at, known)


def _faults(at: Mapping[str, list[str]], fields: set[str]) -> Faults:
    """Faults of entries that the page does not show stand above the form."""
    other = tuple(f"{name}: {text}" for name in at if name not in fields for text in at[name])
    return Faults({name: tuple(at[name]) for name in at if name in fields}, other)
