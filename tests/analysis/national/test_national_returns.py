"""Indicators from the units' returns on the country's road: sums of communes, exactly those of one
machine that has every commune's returns; what is missing is said; faults name file and column."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from distributed import Client

from analysis.catalogue import CATALOGUE
from analysis.disclosure.rounding import ROUNDED
from analysis.estimators import ESTIMATORS
from analysis.estimators.errors import Refused
from analysis.estimators.returned import Sides
from analysis.national import command as command_line
from analysis.national import country, lake, pieces, returns_added, returns_table, workers
from analysis.types import Estimate, Missing
from tests.analysis.national import killed
from tests.analysis.national import return_lakes as made

YEAR = 2026
COMMUNES = {"11668": "01", "11669": "01", "03390": "12", "03391": "12"}
OF_A_YEAR = ("NEWS_Q", "COLUMN_M")
SAME = ("value", "exact", "interval", "numerator", "denominator", "n", "method", "provisional")
COUNTED = ("returns_present", "returns_owed", "events_missing", *returns_table.BESIDE)
OFFICES = {code: made.office(at, code, YEAR) for at, code in enumerate(COMMUNES)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("returns")
    for code, province in COMMUNES.items():
        made.write(folder, province, code, YEAR, OFFICES[code])
    return folder


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(whole, tmp_path / "lake"))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with workers.cluster(None, 2) as found:
        yield found


def run(root: Path, road: country.Road = workers.here, **more: Any) -> country.Country:
    settings = {"codes": lake.RETURNED, "minimum": 0, "by": "commune", **more}
    return country.compute(root, road, **settings)


def by_key(found: country.Country) -> dict[tuple[str, str, str], Estimate]:
    return {(e.indicator, e.variant, "/".join(e.by.values())): e for e in found.estimates}


def groups() -> dict[str, list[str]]:
    whole = {"": list(COMMUNES)}
    for code, province in COMMUNES.items():
        whole.setdefault(province, []).append(code)
        whole[f"{province}/{code}"] = [code]
    return whole


def test_sums_are_those_of_one_machine_with_all_returns(root: Path, client: Client) -> None:
    here = run(root)
    found = by_key(here)
    for place, codes in groups().items():
        for told in made.estimates(made.joined(OFFICES[code] for code in codes), YEAR):
            one = found[told.indicator, told.variant, place]
            if one.note == ROUNDED or told.indicator in OF_A_YEAR:
                continue
            for name in SAME:
                assert getattr(one, name) == getattr(told, name), (told.indicator, place, name)
            if not CATALOGUE[told.indicator].sensitive:
                kept = {name: told.extra[name] for name in COUNTED if name in told.extra}
                assert one.extra == kept, (told.indicator, place)
    assert run(root, workers.on(client)) == here


def test_files_in_pieces_and_batches_in_any_order_change_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run(root)
    for file in root.rglob("part-0.parquet"):
        frame = pd.read_parquet(file)
        for at in range(3):
            frame.iloc[at::3].to_parquet(file.with_name(f"part-{at}.parquet"), index=False)

    def backwards(batches: Any) -> Iterator[tuple[int, list[pieces.Found | pieces.Fault]]]:
        yield from reversed(list(workers.here(batches)))

    monkeypatch.setattr(country, "BATCH_JOBS", 1)
    after = run(root, backwards)
    assert (before.batches, after.batches) == (1, 4)
    assert after.estimates == before.estimates


def test_a_worker_killed_in_the_middle_changes_nothing(
    root: Path, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two communes' returns in a batch one is read, then the process ends: neither is lost, and
    none is added twice."""
    before = run(root)
    mark = tmp_path / "killed"
    monkeypatch.setattr(pieces, "run", killed.once(mark))
    monkeypatch.setattr(country, "BATCH_JOBS", 2)
    after = run(root, workers.on(client))
    assert mark.exists() and after.batches == 2
    assert after.estimates == before.estimates


def test_what_is_of_a_communes_year_is_the_mean_of_the_communes(root: Path) -> None:
    """The least quarter and the months of each, not of all communes' items together."""
    found = by_key(run(root))
    own = {c: {e.indicator: e for e in made.estimates(OFFICES[c], YEAR)} for c in COMMUNES}
    pooled = {e.indicator: e for e in made.estimates(made.joined(OFFICES.values()), YEAR)}
    for place, codes in groups().items():
        for code in OF_A_YEAR:
            one = found[code, "", place]
            assert one.exact == made.means([own[c] for c in codes], code), (code, place)
            assert one.extra["year_total"] == sum(own[c][code].extra["year_total"] for c in codes)
            assert (one.note == returns_added.MEAN) == (len(codes) > 1)
    total = found["NEWS_Q", "", ""]
    assert (total.numerator or 0) / (total.denominator or 1) == total.value
    assert total.denominator == 4 and total.exact != pooled["NEWS_Q"].exact
    months = found["COLUMN_M", "", ""]
    assert months.denominator == 48 and months.exact == Fraction(
        12 * int(months.numerator or 0), 48
    )
    assert months.exact != pooled["COLUMN_M"].exact


def test_a_return_that_waits_makes_the_sums_above_it_provisional(root: Path) -> None:
    late = made.office(0, "11668", YEAR, late=made.LATE)
    made.write(root, "01", "11668", YEAR, late)
    found = by_key(run(root))
    others = [OFFICES[code] for code in COMMUNES if code != "11668"]
    (told,) = (e for e in made.estimates(made.joined(others), YEAR) if key(e) == ("BIZ_F", ""))
    one = found["BIZ_F", "", ""]
    assert (one.exact, one.provisional) == (told.exact, True)
    assert one.note is not None
    assert one.note.vi == "Số tạm tính: 3/4 phiếu đã nhận; 1 xã chưa tính được."
    assert found["BIZ_F", "", "01"].provisional and not found["BIZ_F", "", "12"].provisional
    assert found["VET_F", "", ""].note is None


def key(one: Estimate) -> tuple[str, str]:
    return one.indicator, one.variant


def test_a_lake_without_the_table_says_how_many_communes_are_missing(root: Path) -> None:
    file = root / "province=01/commune=11668" / lake.part(lake.RETURNS, YEAR)
    file.unlink()
    found = by_key(run(root))
    others = [OFFICES[code] for code in COMMUNES if code != "11668"]
    for told in made.estimates(made.joined(others), YEAR):
        one = found[told.indicator, told.variant, ""]
        assert one.provisional and one.note is not None
        assert "1 xã không có bảng này" in one.note.vi
        assert "1 communes without this table" in one.note.en
        if told.indicator not in OF_A_YEAR:
            assert one.exact == told.exact
    assert found["VET_F", "", "12"].note is None
    for other in root.rglob("*.parquet"):
        other.unlink()
    assert {one.missing for one in run(root, year=YEAR).estimates} == {Missing.NO_DATA}


def test_nothing_occurred_is_told_from_nothing_known() -> None:
    asked = pieces.request(("TRAFF_SERV", ""), made.Prepared({}, None), YEAR)
    none = returns_table.Told(None, None, {}, False, Missing.NO_CASES)
    waits = returns_table.Told(None, None, {}, True, Missing.NO_DATA)
    some = returns_table.Told(3, 4, {}, False, None)
    assert returns_added.added(asked, {}, [none, none], 0).missing is Missing.NO_CASES
    assert returns_added.added(asked, {}, [none, waits], 0).missing is Missing.NO_DATA
    assert returns_added.added(asked, {}, [none], 1).missing is Missing.NO_DATA
    one = returns_added.added(asked, {}, [none, some, some], 0)
    assert (one.exact, one.provisional, one.n) == (75, False, 8)
    items = pieces.request(("NEWS_Q", ""), made.Prepared({}, None), YEAR)
    told = returns_table.Told(6, None, {"year_total": 30}, False, None)
    mean = returns_added.added(items, {}, [told, waits, told], 0)  # not of three communes
    assert (mean.exact, mean.denominator, mean.n, mean.provisional) == (6, 2, 60, True)


def test_more_than_all_who_began_is_flagged_and_a_rate_has_its_interval() -> None:
    above = returns_table.Told(41, 40, {}, False, None)
    asked = pieces.request(("PRIM_COMP", ""), made.Prepared({}, None), YEAR)
    one = returns_added.added(asked, {}, [above], 0)
    assert one.exact == Fraction(4100, 40) and one.note is not None
    assert one.note.vi.startswith("Trên 100% (41/40)")
    known = {*returns_added._FROM_SUMS, *returns_added._OF_A_YEAR}
    assert known == {name for name in ESTIMATORS if name.startswith("return_")}
    rate = returns_added._FROM_SUMS["return_rate"](Sides(10, 4000), 100) or {}
    # Garwood 1936 for 10 events: 4.7954 and 18.390, here per 40 (per 4 000, shown per 100)
    assert rate["interval"] == pytest.approx((4.7954 / 40, 18.390 / 40), rel=1e-4)


def test_small_and_sensitive_numbers_are_hidden_or_rounded(root: Path) -> None:
    found = by_key(run(root, minimum=10))
    served = [found["VICTIM_SERV", "", f"01/{code}"] for code in ("11668", "11669")]
    for one in served:
        assert one.missing is Missing.SUPPRESSED or one.note == ROUNDED
        assert one.numerator is None or one.numerator % 5 == 0
    for one in found.values():
        counts = [c for c in (one.numerator, one.denominator) if c is not None]
        if one.by and one.missing is None and CATALOGUE[one.indicator].of_persons:
            assert min(counts) >= 10, one
    assert found["LEAD_UNIT", "", "01/11668"].missing is Missing.SUPPRESSED
    perpetrators = found["PERP_COUN", "", ""]
    assert "perpetrators" not in perpetrators.extra


def test_bodies_items_and_events_are_told_however_few(root: Path) -> None:
    """Nobody's data, and the commune's own report prints them (docs/decisions/0047)."""
    open_, found = by_key(run(root)), by_key(run(root, minimum=100))
    for key, one in found.items():
        if not CATALOGUE[key[0]].of_persons:
            assert replace(one, extra={}) == replace(open_[key], extra={})
    assert {one.missing for key, one in found.items() if key[0] == "LEAD_UNIT" and key[2]} == {
        Missing.SUPPRESSED
    }
    events = open_["EVENT_2010", "", "01/11668"]
    assert 0 < (events.numerator or 0) < 10 and events.extra["people_f"] > 100
    few = by_key(run(root, minimum=int(events.extra["people_f"]) + 1))
    told = few["EVENT_2010", "", "01/11668"]
    assert told.numerator == events.numerator and "people_f" not in told.extra
    assert "people_f" not in few["EVENT_2010", "", "01/11669"].extra  # it would follow from it
    assert few["EVENT_2010", "", "01/11669"].extra["returns_owed"] == 4


FILE = f"province=01/commune=11668/{lake.part(lake.RETURNS, YEAR)}"
FAULTS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "missing column": ({"returns_owed": None}, ("returns_owed", "missing")),
    "text": ({"numerator": "nhiều"}, ("numerator", "nhiều")),
    "negative": ({"returns_owed": -1}, ("returns_owed", "-1")),
    "fraction": ({"numerator": 0.5}, ("numerator", "0.5")),
    "infinite": ({"denominator": float("inf")}, ("denominator", "inf")),
    "infinite text": ({"denominator": "inf"}, ("denominator", "inf")),
    "above": ({"numerator": 10**6}, ("numerator", "1000000", "above column denominator")),
    "more than owed": ({"returns_present": 99}, ("returns_present", "above column returns_owed")),
    "no number": ({"numerator": np.nan}, ("numerator", "LEAD_UNIT")),
    "no denominator": ({"denominator": np.nan}, ("denominator", "LEAD_UNIT")),
    "why": ({"missing": "quên"}, ("missing", "no_data")),
    "number beside why": ({"missing": "no_data"}, ("numerator", "no_data")),
    "provisional": ({"provisional": "có"}, ("provisional", "có")),
    "newer indicator": ({"indicator": "NEW_2031"}, ("indicator", "NEW_2031", "newer version")),
    "newer variant": ({"variant": "by_moon"}, ("variant", "LEAD_UNIT by_moon", "newer version")),
    "twice": ({"indicator": "VET_F", "variant": ""}, ("indicator", "VET_F twice")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_once_with_its_file_and_column(root: Path, name: str) -> None:
    columns, words = FAULTS[name]
    frame = pd.read_parquet(root / FILE)
    for column, value in columns.items():
        frame = frame.drop(columns=column) if value is None else frame.assign(**{column: value})
    frame.to_parquet(root / FILE, index=False)
    with pytest.raises(Refused) as refused:
        run(root)
    said = refused.value.text
    for text in (said.en, said.vi):
        assert text.count("\n") == 0 and FILE in text, text
        assert f"column {words[0]}" in said.en and f"cột {words[0]}" in said.vi
    assert all(word in said.en for word in words), said.en


def test_months_are_twelve_of_each_commune(root: Path) -> None:
    frame = pd.read_parquet(root / FILE)
    frame.loc[frame["indicator"] == "COLUMN_M", "denominator"] = 24
    frame.to_parquet(root / FILE, index=False)
    with pytest.raises(Refused, match=r"denominator.*COLUMN_M.*12: 24"):
        run(root)


def test_the_command_takes_them_and_every_format_shows_them(root: Path, client: Client) -> None:
    command = [sys.executable, "-m", "analysis", "national", str(root), "--format", "json"]
    asked = ["--scheduler", client.scheduler.address, "--indicator", "VET_F"]
    done = subprocess.run(
        [*command, *asked, "--indicator", "NEWS_Q"], capture_output=True, text=True, check=True
    )
    rows = json.loads(done.stdout)
    found = run(root, minimum=10, by="province", codes=("VET_F", "NEWS_Q")).estimates
    assert rows == [command_line.plain(one) for one in found]
    assert [row["by"] for row in rows[:3]] == [{}, {"province": "01"}, {"province": "12"}]
    assert rows[0]["ci"] is None and rows[3]["extra"]["year_total"] > 0
    total = found[0]
    first = next(csv.DictReader(io.StringIO(command_line.FORMATS["csv"](found))))
    assert float(first["value"]) == total.value and first["method"] == "full_count"
    told = f"{total.numerator:.0f}/{total.denominator:.0f}"
    assert told in command_line.FORMATS["table"](found)
