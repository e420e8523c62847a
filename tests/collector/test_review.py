"""Flags, decisions and who counts: one complete interview a household and year."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import world
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import duties
from collector.database import db
from collector.models import Action, Decision, State, Submission, User
from collector.problems import Problem
from collector.store import frames, progress, review


@pytest.fixture
def officer(session: Session) -> int:
    found = session.scalar(select(User.id).where(User.username == "canbo"))
    assert found is not None
    return found


def post(client: FlaskClient, answers: dict[str, Any], **ids: str) -> None:
    reply = client.post(
        "/openrosa/submission", headers=world.basic(), **world.multipart(world.xml(answers, **ids))
    )
    assert reply.status_code == 201


def states(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Submission.state).order_by(Submission.id)))


def nth(session: Session, number: int) -> int:
    """The row id of the n-th submission (PostgreSQL leaves gaps)."""
    found = session.scalars(select(Submission.id).order_by(Submission.id)).all()
    return found[number - 1] if number <= len(found) else number


def decide(session: Session, number: int, action: Action, officer: int, revision: int = 0) -> State:
    done = review.decide(
        session,
        nth(session, number),
        revision=revision,
        action=action,
        reason=" Đã gọi hỏi lại ",
        account_id=officer,
        now=datetime.now(UTC),
    )
    session.commit()
    return done


def test_a_second_complete_interview_of_a_household_is_kept_and_flagged(
    client: FlaskClient, session: Session
) -> None:
    post(client, world.completed())
    post(client, world.completed(visit_no="2"))
    post(client, world.refused(visit_no="3"))
    post(client, world.completed("AK01-002"))
    assert states(session) == ["stored", "flagged", "stored", "stored"]
    second = review.one(session, nth(session, 2))
    assert second.flags[0]["code"] == "second_interview"
    assert second.flags[0]["other"] == review.one(session, nth(session, 1)).instance_id


def test_an_edit_keeps_its_households_place(client: FlaskClient, session: Session) -> None:
    post(client, world.completed(), instance_id="uuid:a")
    post(client, world.completed(visit_no="2"), instance_id="uuid:b", deprecated_id="uuid:a")
    assert states(session) == ["stored", "stored"]
    post(client, world.completed(visit_no="3"))
    assert states(session) == ["stored", "stored", "flagged"]


def test_two_complete_interviews_cannot_both_be_accepted(
    client: FlaskClient, session: Session, officer: int
) -> None:
    post(client, world.completed())
    post(client, world.completed(visit_no="2"))
    with pytest.raises(Problem) as refused:
        decide(session, 2, Action.ACCEPT, officer)
    session.rollback()
    assert refused.value.kind.code == "already_counted"
    assert states(session) == ["stored", "flagged"]
    decide(session, 1, Action.EXCLUDE, officer)
    decide(session, 2, Action.ACCEPT, officer)
    assert states(session) == ["excluded", "accepted"]
    with pytest.raises(Problem):
        decide(session, 1, Action.ACCEPT, officer, revision=1)


def test_the_second_of_two_deciders_is_told(
    app: Flask, client: FlaskClient, session: Session, officer: int
) -> None:
    post(client, world.refused(visit_no="9"))
    with app.app_context(), Session(db.engine) as other:
        seen, seen_too = (
            review.one(session, nth(session, 1)).revision,
            review.one(other, nth(other, 1)).revision,
        )
        session.rollback()
        other.rollback()
        decide(other, 1, Action.ACCEPT, officer, seen_too)
        with pytest.raises(Problem) as told:
            decide(session, 1, Action.EXCLUDE, officer, seen)
    session.rollback()
    assert told.value.kind.code == "changed_meanwhile"
    assert states(session) == ["accepted"]
    decision = session.scalars(select(Decision)).one()
    assert (decision.action, decision.reason, decision.revision) == ("accept", "Đã gọi hỏi lại", 1)


def test_a_decision_on_what_an_edit_replaced_is_told_too(
    client: FlaskClient, session: Session, officer: int
) -> None:
    post(client, world.refused(visit_no="9"), instance_id="uuid:a")
    seen = review.one(session, nth(session, 1)).revision
    post(client, world.refused(visit_no="2"), deprecated_id="uuid:a")
    for revision in (seen, seen + 1):
        with pytest.raises(Problem) as told:
            decide(session, 1, Action.ACCEPT, officer, revision)
        session.rollback()
        assert told.value.kind.code == "changed_meanwhile"


def test_an_edit_of_what_was_accepted_waits_again(
    client: FlaskClient, session: Session, officer: int
) -> None:
    post(client, world.completed(), instance_id="uuid:a")
    decide(session, 1, Action.ACCEPT, officer)
    post(client, world.completed(visit_no="2"), instance_id="uuid:b", deprecated_id="uuid:a")
    assert states(session) == ["accepted", "flagged"]
    assert review.one(session, nth(session, 2)).flags[0]["code"] == "edit_after_decision"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_decision_needs_a_reason(
    client: FlaskClient, session: Session, officer: int, reason: str
) -> None:
    post(client, world.refused(visit_no="9"))
    with pytest.raises(Problem) as told:
        review.decide(
            session,
            1,
            revision=0,
            action=Action.ACCEPT,
            reason=reason,
            account_id=officer,
            now=datetime.now(UTC),
        )
    assert told.value.kind.code == "reason_needed"


def test_an_unknown_submission_is_not_found(session: Session, officer: int) -> None:
    with pytest.raises(Problem) as told:
        decide(session, 99, Action.ACCEPT, officer)
    assert told.value.kind.status == 404


def test_only_what_counts_reaches_the_frames_and_progress(
    client: FlaskClient, session: Session, officer: int
) -> None:
    year = duties.today().year
    post(client, world.completed("AK01-001", members=3))  # 1 stored
    post(client, world.refused("AK01-002"), instance_id="uuid:old")  # 2, then replaced
    post(client, world.completed("AK01-002"), deprecated_id="uuid:old")  # 3 stored
    post(client, world.refused("AK01-003", visit_no="9"))  # 4 flagged
    post(client, world.refused("AK01-004"))  # 5 stored
    post(client, world.refused("AK01-005", visit_no="9"))  # 6 flagged, then accepted
    post(client, world.completed("AK01-006"))  # 7 stored, then excluded
    decide(session, 6, Action.ACCEPT, officer)
    decide(session, 7, Action.EXCLUDE, officer)
    found = frames.frames(session, world.library().versions("household"), [year])
    one, three, five, six = (nth(session, number) for number in (1, 3, 5, 6))
    assert list(found["household"]["_submission"]) == [one, three, five, six]
    assert list(found["household.member"]["_submission"]) == [one, one, one, three]
    assert list(found["household.member"]["_index"]) == [1, 2, 3, 1]
    assert found["household"]["_year"].unique().tolist() == [year]
    first = progress.village_progress(session, "household", year)[0]
    assert (first.village, first.name, first.households) == ("AK01", "Thôn Một", world.HOUSEHOLDS)
    assert (first.complete, first.refused, first.other, first.flagged) == (2, 2, 0, 1)
    used = frames.used(session, "household", [year])
    assert used.versions == (("household", "2026.3", 4),) and used.flagged == 1


def test_frames_read_exactly_what_is_approved_or_checked_and_not_replaced(
    client: FlaskClient, session: Session
) -> None:
    """Every state, replaced and not: the definition, and what the pages say of each."""
    standing = [(state, replaced) for state in State for replaced in (False, True)]
    for n in range(len(standing)):
        post(client, world.refused(f"AK01-{n + 1:03}"), instance_id=f"uuid:{n}")
    for row in session.scalars(select(Submission)):
        state, row.superseded = standing[int(row.instance_id.removeprefix("uuid:"))]
        row.state = state.value
    session.commit()
    year = duties.today().year
    frame = frames.frames(session, world.library().versions("household"), [year])["household"]
    read = {review.one(session, number).instance_id for number in frame["_submission"]}
    expected = {(State.STORED, False), (State.ACCEPTED, False)}
    assert {standing[int(name.removeprefix("uuid:"))] for name in read} == expected
    every = [review.one(session, number) for number in session.scalars(select(Submission.id))]
    assert {(one.state, one.superseded) for one in every if one.counts} == expected
    used = frames.used(session, "household", [year])
    assert used.versions == (("household", "2026.3", 2),)
    assert dict(used.states) == dict.fromkeys((state.value for state in State), 1)
