"""What became of a household: the rule by itself, then as the work API tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sampled
import world
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from collector.duties import today
from collector.models import Role, Submission, User
from collector.store import accounts, draw_acts, draws
from collector.visits import INTERVIEW, VISIT, Fact, HouseholdState, standing, week

DAY = "2026-11-{:02}"


def this_day() -> str:
    """Today in Việt Nam, as the week is; asked for in each test, not once when they are read."""
    return today().isoformat()


def facts(*given: tuple[str, str, int]) -> list[Fact]:
    return [
        Fact(form, result, DAY.format(day), order)
        for order, (form, result, day) in enumerate(given)
    ]


@pytest.mark.parametrize(
    ("given", "state", "visits"),
    [
        ((), "to-visit", 0),
        (((INTERVIEW, "1", 3),), "done", 1),
        (((INTERVIEW, "2", 3),), "visited", 1),
        (((VISIT, "4", 3),), "visited", 1),
        (((VISIT, "7", 3),), "visited", 1),
        (((VISIT, "3", 3),), "refused", 1),
        (((INTERVIEW, "6", 3),), "moved", 1),
        (((VISIT, "5", 3),), "other", 1),
        (((VISIT, "8", 3),), "other", 1),
        (((VISIT, "3", 3), (VISIT, "4", 5)), "visited", 2),  # the latest decides
        (((VISIT, "4", 5), (VISIT, "3", 3)), "visited", 2),  # by its day, not its arrival
        (((INTERVIEW, "1", 3), (VISIT, "4", 5)), "done", 2),  # what was asked stays asked
        (((VISIT, "1", 3),), "visited", 1),  # only the household form interviews
        (((VISIT, "4", 3), (INTERVIEW, "3", 3)), "refused", 1),  # one day is one visit
    ],
)
def test_the_facts_decide(given: tuple[Any, ...], state: str, visits: int) -> None:
    found = standing(facts(*given))
    assert (found.state.value, found.visits) == (state, visits)
    assert found.last == (max(DAY.format(day) for _, _, day in given) if given else None)


def test_a_returned_interview_is_to_be_asked_again() -> None:
    returned = Fact(INTERVIEW, "1", DAY.format(3), 1, returned=True)
    assert standing([returned]).state is HouseholdState.VISITED
    again = Fact(INTERVIEW, "1", DAY.format(4), 2)
    assert standing([returned, again]).state is HouseholdState.DONE


def test_the_highest_number_written_counts_where_days_say_less() -> None:
    assert standing([Fact(VISIT, "4", DAY.format(3), 1, number=3)]).visits == 3


def test_a_week_counts_ones_own_days_and_finished_households() -> None:
    known = {
        "a": [Fact(INTERVIEW, "1", DAY.format(17), 1, account=7)],
        "b": [
            Fact(VISIT, "4", DAY.format(16), 2, account=7),
            Fact(VISIT, "4", DAY.format(16), 3, account=7),
            Fact(VISIT, "4", DAY.format(15), 4, account=7),
        ],
        "c": [Fact(INTERVIEW, "1", DAY.format(17), 5, account=8)],
    }
    counted = week(known, DAY.format(16), DAY.format(22), 7)
    assert (counted.done, counted.visits) == (1, 2)


@pytest.fixture
def phone(client: FlaskClient) -> Callable[..., Any]:
    """`phone("thon1")` asks for that account's work; with `answers` it sends a form first."""

    def ask(username: str, headers: dict[str, str] | None = None) -> Any:
        asked = {"username": username, "password": world.PASSWORD, "device": "máy thử"}
        token = client.post("/api/v1/session", json=asked).json["token"]
        sent = {"Authorization": f"Bearer {token}", **(headers or {})}
        return client.get("/api/v1/work", headers=sent)

    return ask


def send(client: FlaskClient, username: str, form: str, answers: dict[str, Any]) -> None:
    asked = {"username": username, "password": world.PASSWORD, "device": "máy thử"}
    token = client.post("/api/v1/session", json=asked).json["token"]
    body = {
        "form": form,
        "version": world.form(form).version,
        "instance_id": world.new_id(),
        "answers": answers,
    }
    headers = {"Authorization": f"Bearer {token}"}
    reply = client.post("/api/v1/submissions", json=body, headers=headers)
    assert reply.status_code == 201, reply.json


def visit(household: str, result: str, number: str = "1") -> dict[str, Any]:
    return {
        "today": this_day(),
        "household": household,
        "village": household.split("-", maxsplit=1)[0],
        "day": this_day(),
        "visit_no": number,
        "result": result,
    }


def test_without_a_draw_there_is_no_work(phone: Callable[..., Any]) -> None:
    found = phone("thon1").json
    assert (found["draw"], found["households"], found["months"]) == (None, [], [])


def test_a_collaborator_sees_the_own_households_and_what_became_of_them(
    client: FlaskClient, session: Session, phone: Callable[..., Any]
) -> None:
    drawn = sampled.draw(session, size=12)
    found = phone("thon1").json
    assert found["draw"] == {
        "id": drawn,
        "title": "Khảo sát thử",
        "period": str(today().year),
        "census": False,
    }
    listed = draws.households(session, drawn, village="AK01", issued=True)
    codes = [one["code"] for one in found["households"]]
    assert codes == sorted(one.code for one in listed)
    assert {one["state"] for one in found["households"]} == {"to-visit"}
    first, second, third, fourth = codes[:4]
    send(client, "thon1", "household", world.completed(first, today=this_day()))
    send(client, "thon1", "household", world.refused(second, today=this_day()))
    send(client, "thon1", "visit", visit(third, "4", "2"))
    send(client, "thon1", "visit", visit(fourth, "6"))
    after = phone("thon1").json
    states = {one["code"]: (one["state"], one["visits"]) for one in after["households"]}
    assert states[first] == ("done", 1)
    assert states[second] == ("refused", 1)
    assert states[third] == ("visited", 2)
    assert states[fourth] == ("moved", 1)
    assert after["households"][0]["last"] == this_day()
    monday = today() - timedelta(days=today().weekday())
    assert after["week"] == {"from": monday.isoformat(), "done": 1, "visits": 4}
    assert {one["village"] for one in phone("thon2").json["households"]} == {"AK02"}


def test_an_excluded_form_is_no_fact(
    client: FlaskClient, session: Session, phone: Callable[..., Any]
) -> None:
    sampled.draw(session, size=12)
    code = phone("thon1").json["households"][0]["code"]
    send(client, "thon1", "household", world.completed(code))
    session.execute(update(Submission).values(state="excluded"))
    session.commit()
    assert phone("thon1").json["households"][0]["state"] == "to-visit"


def test_a_household_beside_the_list_is_added(
    client: FlaskClient, session: Session, phone: Callable[..., Any]
) -> None:
    drawn = sampled.draw(session, size=12)
    listed = {one.code for one in draws.households(session, drawn, village="AK01", issued=True)}
    beside = next(c for n in range(1, 41) if (c := f"AK01-{n:03}") not in listed)
    send(client, "thon1", "visit", visit(beside, "4"))
    new = {**visit("new", "3"), "household_new": "AK01-M01", "village_new": "AK01"}
    send(client, "thon1", "visit", {**new, "village": "AK01"})
    added = [one for one in phone("thon1").json["households"] if one["role"] == "added"]
    assert {one["code"]: one["state"] for one in added} == {
        beside: "visited",
        "AK01-M01": "refused",
    }


def test_a_used_replacement_appears_and_the_etag_says_when_nothing_changed(
    session: Session, phone: Callable[..., Any]
) -> None:
    drawn = sampled.draw(session, size=12, replacements=3)
    reply = phone("thon1")
    tag = {"If-None-Match": reply.headers["ETag"]}
    assert phone("thon1", tag).status_code == 304
    officer = accounts.by_username(session, "canbo")
    assert officer is not None
    waiting = [one for one in draws.households(session, drawn, village="AK01") if not one.issued]
    now = datetime.now(UTC)
    seen = waiting[0].position
    draw_acts.issue_next(session, drawn, "AK01", seen, "Hộ đi vắng dài ngày", officer.id, now)
    session.commit()
    changed = phone("thon1", tag)
    assert changed.status_code == 200
    (more,) = [one for one in changed.json["households"] if one["role"] == "replacement"]
    assert (more["code"], more["order"]) == (waiting[0].code, seen)


def test_a_unit_sees_its_periods(client: FlaskClient, phone: Callable[..., Any]) -> None:
    found = phone("tram").json
    assert found["households"] == [] and found["months"]
    last = today().replace(day=1) - timedelta(days=1)
    (month,) = [
        one
        for one in found["months"]
        if (one["form"], one["period"]) == ("births_month", last.isoformat()[:7])
    ]
    assert month["sent"] is False and month["title"]["vi"] and month["title"]["en"]
    assert month["due"] > last.isoformat()
    assert month["late"] is (today().isoformat() > month["due"])


def test_an_officer_has_no_households(session: Session, phone: Callable[..., Any]) -> None:
    sampled.draw(session, size=12)
    found = phone("canbo").json
    assert found["draw"] and found["households"] == [] and found["months"] == []


def test_only_a_phone_may_ask(client: FlaskClient) -> None:
    assert client.get("/api/v1/work").status_code == 401


def test_what_a_collaborator_who_left_had_belongs_to_nobody_else(
    session: Session, phone: Callable[..., Any]
) -> None:
    drawn = sampled.draw(session, size=12)
    other = accounts.add_user(
        session,
        username="thon1b",
        display_name="Cộng tác viên mới",
        role=Role.COLLECTOR,
        password=world.PASSWORD,
        village="AK01",
    )
    session.commit()
    before = phone("thon1").json["households"]
    assert phone("thon1b").json["households"] == []
    account = session.scalar(select(User.id).where(User.username == "thon1b"))
    assert account is not None and other is not None
    codes = [before[0]["code"], before[1]["code"]]
    now = datetime.now(UTC)
    officer = accounts.by_username(session, "canbo")
    assert officer is not None
    moved = draw_acts.give(session, drawn, "AK01", codes, account, "Chia lại", officer.id, now)
    session.commit()
    assert moved == 2
    assert [one["code"] for one in phone("thon1b").json["households"]] == codes
    assert len(phone("thon1").json["households"]) == len(before) - 2
