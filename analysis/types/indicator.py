"""What an indicator is: one declaration of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analysis.types.text import Text


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Where:
    """One condition on a column of a frame: true, false, or unknown where there is no answer.

    `among`: names of choices (a number is compared as a number: "1" is 1.0). `at_least` and
    `at_most`: inclusive limits of a number, in the question's unit. `filled`: any answer will do.
    """

    column: str
    among: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to break an indicator down.

    `columns`: the column that holds it in each table. `categories`: code -> name; empty where the
    data decide (villages). `rules`: code -> (least, most), where a category is a range of numbers.
    `roster`: a table without the column takes it from the person's own row in the household's
    roster (`person_no` is the roster's `_index`).
    """

    name: Text
    columns: Mapping[str, str]
    categories: Mapping[str, Text] = field(default_factory=dict)
    rules: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    roster: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """Another reading of an indicator, always printed beside it and never instead of it.

    `arguments` replace those of the indicator that have the same name.
    """

    key: str
    name: Text
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One declaration of the catalogue.

    `table` is the frame that it reads, None while its form does not exist yet (then every target
    on it says "chưa thu thập"). `columns` are the columns it needs there, `also` those of other
    tables; a test checks both against the forms. `estimator` names an entry of `ESTIMATORS`,
    `arguments` are its own (columns, domains, scale). `assessable_from` is the denominator below
    which no year can be judged statistically; `count_only_below` the one below which only the
    count may be published, never the rate. `of_persons` False: it counts what bodies did, news
    items or events, and its number tells of nobody, however small; of the persons counted beside
    it (`arguments["beside"]`) that is never said.
    """

    code: str
    name: Text
    numerator: Text
    denominator: Text
    unit: Text
    direction: Direction
    table: str | None
    columns: tuple[str, ...] = ()
    estimator: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    decimals: int = 1
    sdg: str = ""  # "~" before the number: near it, not the same
    source: Text = field(default_factory=lambda: Text("", ""))
    definition: Text = field(default_factory=lambda: Text("", ""))  # where the official one stands
    why: Text = field(default_factory=lambda: Text("", ""))
    misleads: Text = field(default_factory=lambda: Text("", ""))
    small_numbers: Text = field(default_factory=lambda: Text("", ""))
    pool_years: tuple[int, ...] = ()  # (3, 5): pooled values printed beside the year
    assessable_from: float | None = None  # denominator below which no year can be judged
    sensitive: bool = False
    of_persons: bool = True
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    count_only_below: float | None = None
    main_choice: Text | None = None  # which of several readings the headline follows, and why
    beside: tuple[str, ...] = ()  # keys of `Estimate.extra` that are printed wherever the value is
