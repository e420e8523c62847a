"""Invented submissions for the tests of the pages: rows as the check would have left them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import world
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import duties
from collector.demonstration import people
from collector.models import Channel, Submission, User
from collector.store import submissions
from collector.store.submissions import COMPLETE, New, Upload, occasion_of

YEAR = duties.today().year


def fault(
    path: str, vi: str, en: str, value: str = "", label: tuple[str, str] = ("", "")
) -> dict[str, Any]:
    """A fault as `forms.answers.check` stores it."""
    return {
        "code": "constraint",
        "path": path,
        "name": path.rsplit("/", 1)[-1],
        "label": {"vi": label[0], "en": label[1]},
        "message": {"vi": vi, "en": en},
        "value": value,
    }


TOO_LONG = fault(
    "/data/member[2]/work/hours_paid",
    "Số giờ trong 7 ngày từ 0 đến 112.",
    "Hours in 7 days are from 0 to 112.",
    "140",
    (
        "Tổng số giờ làm những việc đó trong 7 ngày qua?",
        "Total hours of that work in the past 7 days?",
    ),
)
MISSING = fault(
    "/data/member[1]/person/eth",
    "Chưa trả lời. Câu này bắt buộc.",
    "Not answered. This question is required.",
    "",
    ("Dân tộc", "Ethnic group"),
)
UNKNOWN = fault(
    "/data/extra",
    "Mẫu phiếu không có mục “extra” ở chỗ này.",
    "The form has no “extra” in this place.",
)


def account_id(session: Session, username: str) -> int:
    """The id of an account of the test commune."""
    found = session.scalar(select(User.id).where(User.username == username))
    assert found is not None
    return found


def household_answers(seed: int, household: str) -> dict[str, Any]:
    """The typed answers of a complete interview."""
    rng = Random(seed)
    members = people.household(rng)
    rows = [
        {"_index": n, "mno": n, **_typed(member.answers(rng)), "age_years": member.age}
        for n, member in enumerate(members, start=1)
    ]
    adults = [member for member in members if member.age >= people.ADULT]
    by_sex = [[m for m in adults if m.sex == sex] for sex in (people.FEMALE, people.MALE)]
    respondents = [
        _respondent(rng, n, members.index(group[0]) + 1, group[0], len(group))
        for n, group in enumerate([group for group in by_sex if group], start=1)
    ]
    root = {
        "today": world.today(),
        "household": household,
        "village": household.split("-", maxsplit=1)[0],
        "visit_no": 1,
        "contact": "1",
        "consent_hh": "1",
        "result": "1",
    }
    return {"household": root, "household.member": rows, "household.respondent": respondents}


def _respondent(
    rng: Random, index: int, number: int, person: people.Member, eligible: int
) -> dict[str, Any]:
    """A selected person's row, with the values that the form calculates."""
    row = _typed(people.respondent(rng, person.sex == people.FEMALE, 40, True))
    days = {n: row.get(f"c{n}_d", "0") for n in range(1, 12)}
    unknown = any(int(day) < 0 for day in days.values())
    minutes = sum(int(day) * row.get(f"c{n}_m", 0) for n, day in days.items() if int(day) > 0)
    reached = row.get("a1_ch") != "0" and row.get("a2_topic", "0") != "0"
    derived = {"care_excluded": int(unknown), "reached": int(reached), "informed": int(reached)}
    if not unknown:
        derived["care_w"] = minutes / 60
    who = {"_index": index, "person_no": number, "r_sex": person.sex, "r_age": person.age}
    return {**who, "eligible": eligible, **row, **derived}


_NUMBERS = ("birth_y", "age", "hours_paid", "watch_h", "sleep_h")


def _typed(answers: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: int(str(value)) if name in _NUMBERS or name.endswith("_m") else str(value)
        for name, value in answers.items()
    }


def add(
    session: Session,
    answers: Mapping[str, Any],
    *,
    form: str = "household",
    sender: str = "thon1",
    faults: Sequence[Mapping[str, Any]] = (),
    flags: Sequence[Mapping[str, Any]] = (),
    channel: Channel = Channel.OPENROSA,
    instance_id: str | None = None,
    received_at: datetime | None = None,
    uploads: Sequence[Upload] = (),
) -> int:
    """Store a submission; answers its row."""
    root = answers[form]
    name = instance_id or world.new_id()
    household = root.get("household")
    result = root.get("result")
    year = int(str(root.get("ym") or root.get("today") or YEAR)[:4])
    occasion = occasion_of(form, household, year) if result == COMPLETE else None
    new = New(
        form=form,
        version="2026.1",
        instance_id=name,
        deprecated_id=None,
        digest=hashlib.sha256(name.encode()).digest(),
        xml=b"<data/>",
        answers=answers,
        faults=faults,
        flags=tuple(flags),
        channel=channel,
        account_id=account_id(session, sender),
        village=root.get("village") or root.get("res_village"),
        year=year,
        household=household,
        result=result,
        unit=root.get("unit"),
        period=root.get("ym"),
        occasion=occasion,
        claim=None if faults or flags else occasion,
        received_at=received_at or datetime.now(UTC),
        demonstration=False,
    )
    made = submissions.insert_new(session, new)
    assert made is not None
    when = received_at or datetime.now(UTC)
    submissions.keep_uploads(session, made[0], uploads, when)
    session.commit()
    return made[0]


def flagged(session: Session, household: str = "AK01-001", **more: Any) -> int:
    """A complete interview with two faults."""
    answers = household_answers(7, household)
    del answers["household.member"][0]["eth"]
    answers["household.member"][1] |= {"work7": "1", "status": "4", "sector": "2"}
    answers["household.member"][1]["hours_paid"] = 140
    return add(session, answers, **{"faults": [TOO_LONG, MISSING], **more})


def conflict(session: Session, submission_id: int, changed: Mapping[str, Any]) -> None:
    """Keep a second text of a stored submission, with other answers to the root's questions."""
    row = session.get(Submission, submission_id)
    assert row is not None
    stored = submissions.existing(session, row.instance_id)
    assert stored is not None
    answers = household_answers(7, row.household or "AK01-001")
    answers["household"] |= changed
    new = New(
        form=row.form, version=row.version, instance_id=row.instance_id, deprecated_id=None,
        digest=hashlib.sha256(b"second").digest(), xml=b"<data/>", answers=answers, faults=(),
        flags=(), channel=Channel.PHONE, account_id=row.account_id, village=row.village,
        year=row.year, household=row.household, result=row.result, unit=row.unit,
        period=row.period, occasion=row.occasion, claim=None,
        received_at=datetime.now(UTC) + timedelta(minutes=3), demonstration=False,
    )  # fmt: skip
    submissions.keep_conflict(session, stored, new)
    session.commit()


def births(session: Session, months: Sequence[int], closed: Sequence[int]) -> None:
    """A few births in each month, and the closing returns of some months."""
    rng = Random(3)
    for month in months:
        number = rng.randint(4, 9)
        for _ in range(number):
            root = {
                "ym": f"{YEAR}-{month:02}", "birth_year": YEAR, "live": "1",
                "sex": rng.choice("12"), "plurality": "1", "mother_birth_y": 1998,
                "mother_age": YEAR - 1998, "mother_eth": "01", "parity": "1",
                "res_village": rng.choice(list(world.VILLAGES)), "place": "2",
            }  # fmt: skip
            add(session, {"births": root}, form="births", sender="tram")
        if month in closed:
            root = {
                "ym": f"{YEAR}-{month:02}", "no_births": "0", "n_births": number,
                "deaths_direct": 0, "deaths_indirect": 0, "deaths_incidental": 0,
            }  # fmt: skip
            add(session, {"births_month": root}, form="births_month", sender="tram")
