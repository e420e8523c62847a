"""Files that a submission names and that are not here: it says so until they come.

ODK Collect sends files in several posts, each with the whole answers, so a submission may be
complete only with the last of them; which files it has is read from its answers and from what came,
never from the client's mark.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from collector.models import Attachment, State, Submission

FLAG = "files_missing"


def here(session: Session, *instance_ids: str | None) -> set[str]:
    """The names of the files that the submissions with these ids have."""
    asked = select(Attachment.filename).join(Submission, Submission.id == Attachment.submission_id)
    wanted = [one for one in instance_ids if one is not None]
    return set(session.scalars(asked.where(Submission.instance_id.in_(wanted))))


def settle(session: Session, submission_id: int, named: Collection[str]) -> list[str]:
    """The named files that are not here; the submission's flag says so, or no longer.

    What waited for nothing else is in order again. A decision of an officer stays. The row is
    locked first: of two posts that bring the last two files, the later one sees both.
    """
    if not named:
        return []
    mine = select(Submission.state, Submission.faults, Submission.flags, Submission.revision)
    row = session.execute(mine.where(Submission.id == submission_id).with_for_update()).one()
    came = select(Attachment.filename).where(Attachment.submission_id == submission_id)
    kept = set(session.scalars(came))
    missing = [name for name in dict.fromkeys(named) if name not in kept]
    before = orjson.loads(row.flags)
    flags = [flag for flag in before if flag["code"] != FLAG]
    if missing:
        flags.append({"code": FLAG, "files": missing})
    if flags != before:
        new = {
            "flags": orjson.dumps(flags).decode(),
            "state": _state(State(row.state), flags, orjson.loads(row.faults)).value,
            "revision": row.revision + 1,
        }
        session.execute(update(Submission).where(Submission.id == submission_id).values(**new))
    return missing


def _state(state: State, flags: Sequence[object], faults: Sequence[object]) -> State:
    if state not in (State.STORED, State.FLAGGED):
        return state
    return State.FLAGGED if flags or faults else State.STORED
