"""From rows to frames, and the register with the lists that are made from it."""

from __future__ import annotations

import csv
import io
import itertools
from datetime import UTC, datetime

import numpy as np
import orjson
import pandas as pd
import pytest
import world
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from collector.models import Household, Submission
from collector.store import frames, submissions, territory
from collector.store.accounts import by_username
from collector.store.media import Media


def add(session: Session, number: int, answers: dict, **more) -> None:
    """A stored submission as a row."""
    session.execute(insert(Submission), [row(number, orjson.dumps(answers).decode(), **more)])
    session.commit()


def row(number: int, answers: str, **more) -> dict:
    return {
        "form": "household",
        "version": "2026.1",
        "instance_id": f"uuid:{number}",
        "superseded": False,
        "digest": b"0" * 32,
        "xml": submissions.pack(b"<data/>"),
        "answers": answers,
        "faults": "[]",
        "flags": "[]",
        "state": "stored",
        "revision": 0,
        "channel": "phone",
        "account_id": 1,
        "village": "AK01",
        "year": 2026,
        "received_at": datetime.now(UTC),
        "demonstration": False,
        **more,
    }


def test_without_rows_the_columns_are_there_with_their_types(session: Session) -> None:
    found = frames.frames(session, world.library().versions("household"), [2026])
    assert set(found) == {"household", "household.member", "household.respondent"}
    member = found["household.member"]
    assert len(member) == 0
    assert list(member.columns[:6]) == [
        *("_submission", "_village", "_unit", "_period", "_year", "_index"),
    ]
    assert member["age_years"].dtype == np.float64
    assert isinstance(member["sex"].dtype, pd.CategoricalDtype)
    assert found["household"]["today"].dtype.kind == "M"
    assert member["_submission"].dtype == np.int64


def test_types_and_missing_values(session: Session) -> None:
    answers = {
        "household": {"today": "2026-11-22", "visit_no": 1, "contact": "1"},
        "household.member": [
            {"_index": 1, "sex": "2", "age_years": 40, "eth": "01"},
            {"_index": 2, "sex": "1"},
        ],
        "household.respondent": [{"_index": 1, "care_w": 7.5, "a1_ch": "1 3", "c1_d": "-8"}],
    }
    add(session, 1, answers)
    add(session, 2, {"household": {"contact": "4"}}, village=None)
    found = frames.frames(session, world.library().versions("household"))
    root, member, respondent = (found[f"household{t}"] for t in ("", ".member", ".respondent"))
    assert root["visit_no"].tolist()[0] == 1.0 and np.isnan(root["visit_no"].iloc[1])
    assert root["today"].iloc[0] == pd.Timestamp("2026-11-22") and pd.isna(root["today"].iloc[1])
    assert root["contact"].tolist() == ["1", "4"]
    assert root["_village"].isna().tolist() == [False, True]
    assert member["age_years"].iloc[0] == 40 and np.isnan(member["age_years"].iloc[1])
    assert member["sex"].tolist() == ["2", "1"]
    assert member["sex"].cat.categories.tolist() == ["1", "2"]
    assert member["_index"].tolist() == [1, 2]
    assert respondent["care_w"].tolist() == [7.5] and respondent["a1_ch"].tolist() == ["1 3"]


def test_an_accepted_answer_of_the_wrong_type_is_missing(session: Session) -> None:
    add(session, 1, {"household": {"visit_no": "hai", "today": "hôm qua"}}, state="accepted")
    root = frames.frames(session, world.library().versions("household"))["household"]
    assert np.isnan(root["visit_no"].iloc[0]) and pd.isna(root["today"].iloc[0])


def test_only_what_is_asked_for_is_read(session: Session) -> None:
    add(session, 1, {"household": {}, "household.member": [{"_index": 1, "sex": "1"}]})
    wanted = {"household.member": ("sex",)}
    found = frames.frames(session, world.library().versions("household"), [2026], wanted)
    assert list(found) == ["household.member"]
    assert list(found["household.member"].columns)[6:] == ["sex"]
    with pytest.raises(KeyError):
        frames.frames(session, world.library().versions("household"), None, {"household": ("x",)})


def test_years_and_superseded_rows_are_left_out(session: Session) -> None:
    answers = {"household": {"contact": "1"}}
    add(session, 1, answers, year=2025)
    add(session, 2, answers, superseded=True)
    add(session, 3, answers, state="flagged")
    add(session, 4, answers)
    found = frames.frames(session, world.library().versions("household"), [2026])
    kept = session.scalar(select(Submission.id).where(Submission.instance_id == "uuid:4"))
    assert found["household"]["_submission"].tolist() == [kept]


def test_the_register_is_the_population_of_each_stratum(session: Session) -> None:
    territory.set_active(session, "AK02-001", False)
    found = frames.register(session)
    assert found.to_dict("list") == {
        "village": ["AK01", "AK02"],
        "households": [world.HOUSEHOLDS, world.HOUSEHOLDS - 1],
    }


REGISTER = (
    "\ufeffvillage,village_name,household,seed_f,seed_m\n"
    "AK03,Thôn Ba,AK03-001,5,6\n"
    "AK03,Thôn Ba,AK03-002,,\n"
    "AK01,Thôn Một,AK01-001,9,9\n"
)


def test_loading_the_register(session: Session) -> None:
    assert territory.load(session, REGISTER, itertools.count(100)) == (2, 3)
    session.commit()
    found = {one.code: one for one in territory.households(session)}
    assert (found["AK03-001"].seed_f, found["AK03-001"].seed_m) == (5, 6)
    assert (found["AK03-002"].seed_f, found["AK03-002"].seed_m) == (100, 101)
    kept = (found["AK01-001"].seed_f, found["AK01-001"].seed_m)
    assert kept == world.SEEDS, "another load must not choose other persons"


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["village,household"], [(1, "village_name")]),
        (["village,village_name,household", "A,B,"], [(2, "household")]),
        (["village,village_name,household", "A,B,h 1"], [(2, "household")]),
        (["village,village_name,household", "A,B,new"], [(2, "household")]),
        (["village,village_name,household", "A,B,h1", "A,B,h1"], [(3, "household")]),
        (["village,village_name,household", "A,B,h1", "A,C,h2"], [(3, "village_name")]),
        (["village,village_name,household,seed_f", "A,B,h1,720720"], [(2, "seed_f")]),
        (["village,village_name,household,seed_f", "A,B,h1,-1"], [(2, "seed_f")]),
        (["village,village_name,household", "AK02,Thôn Hai,AK01-001"], [(2, "village")]),
        (
            ["village,village_name,household,seed_f", "A,,h1,x", ",B,h2,"],
            [(2, "village_name"), (2, "seed_f"), (3, "village")],
        ),
        (["village,village_name,household", "A"], [(2, "village_name"), (2, "household")]),
    ],
)
def test_a_faulty_register_is_refused_with_every_row(
    session: Session, lines: list[str], faults: list[tuple[int, str]]
) -> None:
    with pytest.raises(territory.RegisterRefused) as refused:
        territory.load(session, "\n".join(lines), itertools.count())
    assert [(fault.row, fault.column) for fault in refused.value.faults] == faults
    assert session.get(Household, "h1") is None


def test_lists_are_kept_for_a_revision_of_the_register(app: Flask, session: Session) -> None:
    media, caller = Media(), by_username(session, "thon1")
    assert caller is not None
    first = media.rows(session, world.form(), caller)["households.csv"]
    assert media.rows(session, world.form(), caller)["households.csv"] is first
    assert [one["name"] for one in first][-1] == "new"
    assert len(first) == 2 * world.HOUSEHOLDS + 1, "the check knows the whole commune"
    territory.set_active(session, "AK01-001", False)
    session.commit()
    later = by_username(session, "thon1")
    assert later is not None and later.territory == caller.territory + 1
    file = media.get(session, "households.csv", later)
    assert file is not None
    names = [one["name"] for one in csv.DictReader(io.StringIO(file.content.decode()))]
    assert "AK01-001" not in names and "AK01-002" in names and "AK02-001" not in names
    assert any(
        one["name"] == "AK01-001"
        for one in media.rows(session, world.form(), later)["households.csv"]
    )
    assert media.get(session, "other.csv", later) is None
