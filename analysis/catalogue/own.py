"""Indicators that an officer declares on a page: simple kinds over fields of published forms.

A declaration is data (`Declared`, stored as JSON), checked by the same rules as the built-in ones
and turned into an `Indicator` that everything else computes and prints without knowing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from analysis.catalogue.dimensions import DIMENSIONS
from analysis.types import Direction, Indicator, Text, Where

KINDS: dict[str, Text] = {
    "share": Text("Tỷ lệ: phần trong tổng (%)", "Share: a part of a whole (%)"),
    "ratio": Text("Tỷ số: số này so với số kia", "Ratio: one number against another"),
    "rate": Text("Tỷ suất: số trường hợp trên 1.000 người …", "Rate: cases per 1,000 persons …"),
    "count": Text("Số đếm", "Count"),
    "yes_no": Text("Có hoặc không: bao nhiêu đơn vị có", "Yes or no: how many units have it"),
}
SCALES: dict[str, tuple[int, ...]] = {
    "share": (100,),
    "ratio": (1, 100),
    "rate": (100, 1_000, 10_000, 100_000),
    "count": (1,),
    "yes_no": (100,),
}
# Events whose number a closing return settles.
CLOSED_BY = {"births": "births_month", "news": "culture_quarter", "event": "culture_quarter"}
SURVEY = "household"
# Returns of the police: whatever is counted in them is sensitive, said so or not.
POLICE_FORMS = frozenset({"police_year", "brokerage_year"})
WEIGHTS = {"household.respondent": "eligible"}
CODE = re.compile(r"[A-Z][A-Z0-9_]{2,23}")
NUMERIC = frozenset({"integer", "decimal"})
LONGEST = 1000
TEXTS = (
    *("name", "numerator", "denominator", "unit", "source", "definition", "why", "misleads"),
    "small_numbers",
)
OPTIONAL = frozenset({"denominator"})


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a form's table: its type and, of a choice, the names that it may have."""

    type: str
    choices: tuple[str, ...] = ()
    label: Text | None = None


Tables = Mapping[str, Mapping[str, Field]]
"""Table -> column -> what it is, of the newest version of every form that is not sealed."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a column: `how` is "among", "at_least", "at_most" or "filled"."""

    column: str
    how: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Numerator or denominator: rows that meet `where`, or the sum of `columns` in them."""

    columns: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What an officer typed; texts as {"vi": …, "en": …}. Not yet checked."""

    code: str
    kind: str
    table: str
    texts: Mapping[str, Mapping[str, str]]
    top: Side = field(default_factory=Side)
    below: Side = field(default_factory=Side)
    domain: tuple[Condition, ...] = ()
    direction: str = "up"
    scale: int = 100
    decimals: int = 1
    by: tuple[str, ...] = ()
    sensitive: bool = False


def to_json(declared: Declared) -> dict[str, Any]:
    """The declaration as plain data, to be stored."""
    return asdict(declared)


def from_json(raw: Mapping[str, Any]) -> Declared:
    """A stored declaration; the reverse of `to_json`."""
    known = {one.name for one in fields(Declared)}
    plain = {key: value for key, value in raw.items() if key in known}
    plain["top"], plain["below"] = (_side(raw[key]) for key in ("top", "below"))
    plain["domain"] = _conditions(raw["domain"])
    plain["by"] = tuple(raw["by"])
    return Declared(**plain)


def _side(raw: Mapping[str, Any]) -> Side:
    return Side(tuple(raw["columns"]), _conditions(raw["where"]))


def _conditions(raw: Sequence[Mapping[str, str]]) -> tuple[Condition, ...]:
    return tuple(Condition(**one) for one in raw)


def available_dimensions(table: str, columns: Collection[str]) -> tuple[str, ...]:
    """By what a table can be broken down: the dimensions that have a column in it."""
    return tuple(
        name
        for name, dimension in DIMENSIONS.items()
        if (at := dimension.columns.get(table)) is not None and (at in columns or at[0] == "_")
    )


def names(condition: Condition) -> tuple[str, ...]:
    """The choices that an "among" names, between blanks or commas."""
    return tuple(condition.value.replace(",", " ").split())


def number(text: str) -> float | None:
    """A limit as typed, with a decimal comma or point; None for anything else."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def indicator(declared: Declared) -> Indicator:
    """The indicator that a declaration without faults stands for."""
    survey = declared.table.startswith(f"{SURVEY}.")
    arguments: dict[str, Any] = {"scale": declared.scale}
    if declared.domain:
        arguments["domain"] = tuple(map(_where, declared.domain))
    for name, side in (("numerator", declared.top), ("denominator", declared.below)):
        if side.where:
            arguments[name] = tuple(map(_where, side.where))
        if side.columns:
            arguments[f"{name}_sum"] = side.columns
    also: dict[str, tuple[str, ...]] = {}
    if survey and declared.table in WEIGHTS:
        arguments["weight"] = WEIGHTS[declared.table]
    if survey and "ethnicity" in declared.by:
        also["household.member"] = ("eth",)
    if declared.table in CLOSED_BY:
        arguments["closing"] = (CLOSED_BY[declared.table], None)
        also[CLOSED_BY[declared.table]] = ()
    return Indicator(
        code=declared.code,
        table=declared.table,
        columns=_columns(declared, arguments, survey),
        also=also,
        estimator="share" if survey else _ESTIMATORS[declared.kind],
        arguments=arguments,
        by=declared.by,
        direction=Direction(declared.direction),
        decimals=declared.decimals,
        sensitive=is_sensitive(declared),
        name=_text(declared, "name"),
        numerator=_text(declared, "numerator"),
        denominator=_text(declared, "denominator"),
        unit=_text(declared, "unit"),
        source=_text(declared, "source"),
        definition=_text(declared, "definition"),
        why=_text(declared, "why"),
        misleads=_text(declared, "misleads"),
        small_numbers=_text(declared, "small_numbers"),
    )


def is_sensitive(declared: Declared) -> bool:
    """Said so by the officer, or counted from a return of the police."""
    return declared.sensitive or declared.table.split(".", 1)[0] in POLICE_FORMS


_ESTIMATORS = {
    "share": "return_share",
    "ratio": "return_ratio",
    "rate": "return_rate",
    "count": "return_count",
    "yes_no": "return_units",
}


def _text(declared: Declared, name: str) -> Text:
    words = declared.texts.get(name, {})
    return Text(words.get("vi", ""), words.get("en", ""))


def _columns(declared: Declared, arguments: Mapping[str, Any], survey: bool) -> tuple[str, ...]:
    """Every column that the computation reads in the indicator's own table."""
    sides = (declared.top, declared.below)
    found = [name for side in sides for name in side.columns]
    found += [one.column for side in sides for one in side.where]
    found += [one.column for one in declared.domain]
    if "weight" in arguments:
        found += [str(arguments["weight"]), "person_no"]
    for name in declared.by:
        at = DIMENSIONS[name].columns[declared.table]
        if not at.startswith("_") and not (
            survey and DIMENSIONS[name].roster and "weight" in arguments
        ):
            found.append(at)
    return tuple(dict.fromkeys(found))


def _where(condition: Condition) -> Where:
    if condition.how == "among":
        return Where(condition.column, among=names(condition))
    if condition.how == "filled":
        return Where(condition.column, filled=True)
    limit = number(condition.value)
    if condition.how == "at_least":
        return Where(condition.column, at_least=limit)
    return Where(condition.column, at_most=limit)
