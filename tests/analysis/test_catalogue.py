"""Every declaration is whole, names an estimator that exists and columns that its form has."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from analysis.catalogue import CATALOGUE, DIMENSIONS, EXTRA, METHODS
from analysis.compute import columns_needed
from analysis.estimators import ESTIMATORS
from analysis.types import Indicator, Text, Where

FORMS = Path(__file__).parents[2] / "forms" / "published"
ALL = list(CATALOGUE.values())
COLLECTED = [one for one in ALL if one.table is not None]
NAMES = (
    *("name", "numerator", "denominator", "unit", "source", "definition", "why", "misleads"),
    "small_numbers",
)


def leaves(nodes: Iterable[dict[str, Any]], table: str, found: dict[str, set[str]]) -> None:
    """Leaf names by table of a compact form model (docs/model.md): repeats are tables."""
    for node in nodes:
        inner = f"{table}.{node['name']}" if node["kind"] == "repeat" else table
        if "children" in node:
            leaves(node["children"], inner, found)
        else:
            found.setdefault(table, set()).add(node["name"])


def published() -> dict[str, set[str]]:
    """Table -> columns of the newest published version of every form."""
    found: dict[str, set[str]] = {}
    for folder in FORMS.iterdir():
        versions = sorted(folder.glob("*.json"))
        if versions:
            model = json.loads(versions[-1].read_text(encoding="utf-8"))
            leaves(model["nodes"], model["form"], found)
    return found


def wheres(value: Any) -> Iterable[Where]:
    """All conditions anywhere in an indicator's arguments."""
    if isinstance(value, Where):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from wheres(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from wheres(one)


def test_every_indicator_of_the_five_plans_is_there_and_has_a_form() -> None:
    assert set(CATALOGUE) == {
        *("LEAD_UNIT", "LEAD_SHARE", "LEAD_MASS", "LEAD_PLAN", "CADRE_TRAIN"),
        *("WAGE_F", "AGRI_F", "BIZ_F"),
        *("CARE_RATIO", "VICTIM_SERV", "PERP_COUN", "TRAFF_SERV", "SPC_GBV"),
        *("SRB", "MMR", "ABR"),
        *("CURR_GENDER", "PRIM_COMP", "LSEC_COMP", "VET_F", "MASTER_F", "PHD_F"),
        *("AWARE", "ORG_COMMIT", "NEWS_Q", "COLUMN_M", "EVENT_2010", "ACT_MONTH"),
    }
    assert COLLECTED == ALL


@pytest.mark.parametrize("indicator", ALL, ids=lambda one: one.code)
def test_metadata_is_whole_in_both_languages(indicator: Indicator) -> None:
    texts = [getattr(indicator, name) for name in NAMES]
    texts += [variant.name for variant in indicator.variants]
    for text in texts:
        assert isinstance(text, Text)
        for words in (text.vi, text.en):
            assert words.strip() == words != ""
            assert unicodedata.normalize("NFC", words) == words


@pytest.mark.parametrize("indicator", COLLECTED, ids=lambda one: one.code)
def test_an_indicator_that_is_collected_can_be_computed(indicator: Indicator) -> None:
    assert indicator.estimator in ESTIMATORS
    declared = {*indicator.columns, *(c for more in indicator.also.values() for c in more)}
    arguments = [indicator.arguments, *(variant.arguments for variant in indicator.variants)]
    used = {where.column for one in arguments for where in wheres(one)}
    assert used <= declared
    for name in ("value", "weight"):
        if name in indicator.arguments:
            assert indicator.arguments[name] in declared
    added = {column for one in arguments for column in sums(one)}
    assert added <= declared
    assert set(indicator.by) <= set(DIMENSIONS)
    assert set(indicator.beside) <= set(EXTRA)


def sums(value: Any) -> Iterable[str]:
    """All columns anywhere in an indicator's arguments that are added up."""
    if isinstance(value, tuple):
        for one in value:
            yield from sums(one)
    if not isinstance(value, dict):
        return
    for key, one in value.items():
        if str(key).endswith(("_sum", "_less")):
            yield from one
        elif key == "beside":
            yield from (column for columns in one.values() for column in columns)
        else:
            yield from sums(one)


def test_where_words_can_be_read_twice_the_choice_is_explained() -> None:
    explained = {one.code for one in ALL if one.main_choice is not None}
    assert explained == {
        *("WAGE_F", "AWARE", "ABR", "LEAD_UNIT", "LEAD_SHARE", "BIZ_F", "CURR_GENDER"),
    }


@pytest.mark.parametrize("indicator", COLLECTED, ids=lambda one: one.code)
def test_its_columns_stand_in_the_published_forms(indicator: Indicator) -> None:
    tables = published()
    assert indicator.table is not None
    for table, columns in {indicator.table: indicator.columns, **indicator.also}.items():
        assert set(columns) <= tables[table], table


def test_columns_needed_names_tables_and_columns_once() -> None:
    needed = columns_needed(["CARE_RATIO", "AWARE", "MMR"])
    assert needed["household"] == ("result",)
    assert {"person_no", "care_w", "reached"} <= set(needed["household.respondent"])
    assert "deaths_direct" in needed["births_month"]
    assert all(len(set(columns)) == len(columns) for columns in needed.values())
    tables = published()
    for table, columns in columns_needed().items():
        assert set(columns) <= tables[table]


def test_dimensions_extras_and_methods_have_names() -> None:
    for dimension in DIMENSIONS.values():
        assert dimension.name.vi
        assert set(dimension.rules) <= set(dimension.categories)
    for text in (*EXTRA.values(), *METHODS.values()):
        assert text.vi
        assert text.en
    assert {field.name for field in fields(Where)} >= {"column", "among", "at_least", "at_most"}


def test_what_is_not_of_persons_is_counted_from_no_number_of_persons() -> None:
    """Such an indicator is not protected where it is small, so its value may read nothing that
    tells of somebody: the sex of an office's head, a victim, a pupil."""
    things = [one for one in ALL if not one.of_persons]
    assert {one.code for one in things} == {
        *("ORG_COMMIT", "CURR_GENDER", "NEWS_Q", "COLUMN_M", "EVENT_2010", "ACT_MONTH")
    }
    for one in things:
        assert one.estimator.startswith("return_") and not one.sensitive, one.code
        for arguments in (one.arguments, *(variant.arguments for variant in one.variants)):
            read = {where.column for where in wheres(dict(arguments))}
            read |= {name for key in arguments if key.endswith("_sum") for name in arguments[key]}
            for column in read:
                assert not re.search(r"(^|_)(f|m|sex|age|eth|people)(_|$)", column), column
    assert any(column == "key_f" for column in CATALOGUE["LEAD_UNIT"].columns)  # a leader's sex
