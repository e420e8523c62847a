"""Officers' own indicators: every fault is told at its place, and a good one computes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from returns_frames import category, table

from analysis.catalogue import CATALOGUE
from analysis.catalogue.own import Condition, Declared, Field, Side, from_json, indicator, to_json
from analysis.catalogue.own_checks import check
from analysis.compute import compute
from analysis.estimators.prepared import Prepared
from analysis.estimators.request import ZERO_BELOW
from analysis.types import Estimate, Missing

TABLES = {
    "legal_aid_year": {
        "nil": Field("select_one", ("0", "1")),
        "advice_f": Field("integer"),
        "advice_m": Field("integer"),
        "note": Field("text"),
        "hours": Field("decimal"),
    },
    "household.member": {"sex": Field("select_one", ("1", "2")), "age_years": Field("integer")},
}
WORDS = {
    name: {"vi": "lời", "en": "words"}
    for name in ("name", "numerator", "denominator", "unit", "source", "definition", "why",
                 "misleads", "small_numbers")
}  # fmt: skip
GOOD = Declared(
    code="TGPL_NU",
    kind="share",
    table="legal_aid_year",
    texts=WORDS,
    top=Side(("advice_f",)),
    below=Side(("advice_f", "advice_m")),
)
UNDER_60 = Condition("hours", "at_most", "2,5")


def places(declared: Declared) -> set[str]:
    return {one.at for one in check(declared, TABLES, CATALOGUE)}


def test_a_good_one_has_no_fault_and_comes_back_from_json() -> None:
    assert check(GOOD, TABLES, CATALOGUE) == []
    assert from_json(to_json(replace(GOOD, domain=(UNDER_60,)))) == replace(
        GOOD, domain=(UNDER_60,)
    )


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"code": "SRB"}, "code"),
        ({"code": "tgpl"}, "code"),
        ({"code": "=CMD"}, "code"),
        ({"kind": "mean"}, "kind"),
        ({"kind": "yes_no"}, "kind"),
        ({"table": "private_support"}, "table"),
        ({"top": Side(("nobody",))}, "top"),
        ({"top": Side(("note",))}, "top"),
        ({"top": Side()}, "top"),
        ({"below": Side()}, "below"),
        ({"below": Side(("advice_f",))}, "below"),
        ({"kind": "rate", "scale": 1000, "below": Side()}, "below"),
        ({"domain": (Condition("nil", "among", "7"),)}, "domain"),
        ({"domain": (Condition("note", "among", "x"),)}, "domain"),
        ({"domain": (Condition("nil", "at_least", "1"),)}, "domain"),
        ({"domain": (Condition("hours", "at_least", "nhiều"),)}, "domain"),
        ({"domain": (Condition("hours", "like", "1"),)}, "domain"),
        ({"scale": 1000}, "scale"),
        ({"decimals": 9}, "decimals"),
        ({"direction": "sideways"}, "direction"),
        ({"by": ("sex",)}, "by"),
        ({"texts": {**WORDS, "why": {"vi": "vì thế", "en": " "}}}, "why_en"),
        ({"texts": {**WORDS, "name": {"vi": "x" * 1001, "en": "x"}}}, "name_vi"),
    ],
)
def test_each_fault_is_told_at_its_place(changes: dict[str, object], at: str) -> None:
    assert at in places(replace(GOOD, **changes))  # type: ignore[arg-type]


def test_all_faults_are_told_at_once() -> None:
    found = places(replace(GOOD, code="x", scale=7, direction="", top=Side(("nobody",))))
    assert {"code", "scale", "direction", "top"} <= found


def test_of_a_survey_only_a_share_of_persons() -> None:
    rows = replace(
        GOOD,
        table="household.member",
        top=Side((), (Condition("sex", "among", "2"),)),
        below=Side(),
        by=("village", "sex"),
    )
    assert places(rows) == set()
    assert places(replace(rows, kind="count", scale=1)) == {"kind"}
    assert indicator(rows).estimator == "share"


def one(declared: Declared, frame: pd.DataFrame) -> Estimate:
    made = indicator(declared)
    (found,) = compute(made, {"legal_aid_year": frame}, None, years=[2026])
    return found


def test_each_kind_computes() -> None:
    frame = table(["tp", "tp2"], advice_f=[3.0, 4.0], advice_m=[1.0, 2.0], nil=["0", "0"])
    assert one(GOOD, frame).exact == Fraction(700, 10)
    ratio = replace(GOOD, kind="ratio", scale=1, below=Side(("advice_m",)))
    assert one(ratio, frame).exact == Fraction(7, 3)
    rate = replace(ratio, kind="rate", scale=1000)
    assert one(rate, frame).interval is not None
    many = Condition("advice_f", "at_least", "4")
    assert one(replace(GOOD, kind="count", scale=1, domain=(many,)), frame).exact == 4
    units = replace(GOOD, kind="yes_no", top=Side((), (many,)), below=Side())
    found = one(units, frame)
    assert (found.numerator, found.denominator) == (1.0, 2.0)
    assert one(GOOD, frame.iloc[:0]).missing is Missing.NO_DATA
    assert category(["0"]).categories.tolist() == ["0"]


def test_a_ratio_to_nothing_says_also_which_returns_are_missing() -> None:
    frame = table(["tp"], advice_f=[3.0], advice_m=[0.0], nil=["0"])
    owed = {"legal_aid_year": frozenset({("tp", "2026"), ("tp2", "2026")})}
    made = indicator(replace(GOOD, kind="ratio", scale=1, below=Side(("advice_m",))))
    frames = {"legal_aid_year": frame}
    ready = Prepared(frames, None, owed)
    (found,) = compute(made, frames, None, years=[2026], prepared=ready)
    assert (found.value, found.missing, found.provisional) == (None, None, True)
    assert found.note is not None
    assert ZERO_BELOW.vi in found.note.vi and "1/2 phiếu" in found.note.vi


def test_sensitive_figures_are_never_by_village_and_those_of_the_police_are_sensitive() -> None:
    household = replace(
        GOOD, table="household.member", top=Side((), (Condition("sex", "among", "2"),)),
        below=Side(), by=("village",),
    )  # fmt: skip
    assert "by" not in places(household)
    assert "by" in places(replace(household, sensitive=True))
    assert not indicator(GOOD).sensitive
    assert indicator(replace(GOOD, table="police_year")).sensitive
    assert indicator(replace(GOOD, sensitive=True)).sensitive
