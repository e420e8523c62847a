"""A whole report of the police's figures: what of them reaches the page and the files."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
from returns_frames import table

from analysis.catalogue import CATALOGUE
from analysis.disclosure import MINIMUM_CELL
from analysis.evaluate import build, load_plan
from analysis.reports.csv import write
from analysis.types import Missing, Plan, Provenance, Report, Text

PLAN = load_plan("an-khanh-2026-2030")
ORIGIN = Provenance(datetime(2026, 12, 1, tzinfo=UTC), "1", (), 0, Text("", ""), "0")
CODES = ("VICTIM_SERV", "PERP_COUN", "TRAFF_SERV")
YEARS = (2024, 2025, 2026)


def police() -> pd.DataFrame:
    """10 victims in 2026 (8 women), 9 in the two years before; 10 perpetrators, 8 not tried."""
    columns: dict[str, Any] = {
        name: [0.0] * len(YEARS) for code in CODES for name in CATALOGUE[code].columns
    }
    told = {
        "detected": [4, 5, 10], "served": [4, 5, 9],
        "detected_f": [4, 5, 8], "served_f": [4, 5, 8], "detected_m": [0, 0, 2],
        "served_m": [0, 0, 1], "perpetrators_m": [4, 5, 10], "unprosecuted_m": [4, 5, 8],
        "counselled_m": [4, 5, 7],
    }  # fmt: skip
    return table(["ca"] * len(YEARS), [str(year) for year in YEARS], **{**columns, **told})


def report(plan: Plan, minimum: int = MINIMUM_CELL) -> Report:
    owed = {"police_year": frozenset(("ca", str(year)) for year in YEARS)}
    targets = tuple(one for one in plan.targets if one.indicator in CODES)
    return build(
        replace(plan, targets=targets), 2026, {"police_year": police()}, None, (), ORIGIN, False,
        minimum_cell=minimum, owed=owed,
    )  # fmt: skip


def test_the_owed_totals_leave_and_nothing_that_gives_persons_away() -> None:
    found = {one.indicator.code: one for one in report(PLAN).results}
    victims, perpetrators = found["VICTIM_SERV"], found["PERP_COUN"]
    assert (victims.estimate.numerator, victims.estimate.denominator) == (9, 10)
    assert victims.estimate.extra["detected"] == 10
    assert "perpetrators" not in perpetrators.estimate.extra
    assert {one.missing for one in victims.breakdown} == {Missing.SUPPRESSED}
    assert {one.missing for one in victims.pooled} == {Missing.SUPPRESSED}
    own = {one.indicator.code: one for one in report(PLAN, minimum=0).results}
    assert own["PERP_COUN"].estimate.extra["perpetrators"] == 10
    assert own["VICTIM_SERV"].pooled[0].denominator == 19


def test_pooled_years_leave_where_every_year_has_its_own_report() -> None:
    longer = report(replace(PLAN, first_year=2024))
    pooled = {one.indicator.code: one.pooled for one in longer.results}
    assert [one.denominator for one in pooled["VICTIM_SERV"]] == [19]
    later = report(replace(PLAN, first_year=2025))
    assert [one.pooled[0].missing for one in later.results][:2] == [Missing.SUPPRESSED] * 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_file_says_no_more_than_the_report(language: str) -> None:
    text = write(report(PLAN), language).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if language == "vi" else ","))
    for row in rows:
        assert "perpetrators=" not in row["beside"]
        if row["scope"] != "year":
            assert row["status"] == "suppressed"
            assert not row["numerator"] + row["denominator"] + row["observations"]
