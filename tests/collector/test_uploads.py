"""Files in parts: they go on after a cut, are believed only whole, and come with a submission."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
import world
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from collector.models import Attachment, PartialUpload, Submission, UploadPart
from collector.models.upload import MOST_BYTES
from collector.store.submissions import unpack
from collector.store.uploads import PART, STALE

LOG = b"event,node,start,end\nform start,,1,\n"
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 1300  # 332,803 bytes: two parts


@pytest.fixture
def headers(client: FlaskClient) -> dict[str, str]:
    return bearer(client, "thon1")


def bearer(client: FlaskClient, username: str) -> dict[str, str]:
    signed = client.post("/api/v1/session", json={"username": username, "password": world.PASSWORD})
    return {"Authorization": f"Bearer {signed.json['token']}"}


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def announce(client: FlaskClient, headers: dict, content: bytes = PHOTO, **more):
    sent = {"sha256": sha(content), "size": len(content), "type": "image/jpeg",
            "filename": "a.jpg", **more}  # fmt: skip
    return client.post("/api/v1/uploads", json=sent, headers=headers)


def part(client: FlaskClient, headers: dict, start: int, content: bytes, whole: bytes = PHOTO):
    return client.patch(
        f"/api/v1/uploads/{sha(whole)}",
        data=content,
        headers={**headers, "Upload-Offset": str(start)},
        content_type="application/octet-stream",
    )


def bring(client: FlaskClient, headers: dict, content: bytes, **more) -> None:
    start = announce(client, headers, content, **more).json["offset"]
    while start < len(content):
        reply = part(client, headers, start, content[start : start + PART], content)
        assert reply.status_code == 204, reply.json
        start = int(reply.headers["Upload-Offset"])


def submit(client: FlaskClient, headers: dict, instance_id: str, content: bytes = LOG):
    sent = {
        "form": "household", "version": world.form().version, "instance_id": instance_id,
        "answers": world.refused(),
        "attachments": [
            {"path": "/data/meta/audit", "filename": "audit.csv", "sha256": sha(content)}
        ],
    }  # fmt: skip
    return client.post("/api/v1/submissions", json=sent, headers=headers)


def test_it_goes_on_from_where_it_stands(client: FlaskClient, headers: dict) -> None:
    assert announce(client, headers).json == {"offset": 0}
    assert part(client, headers, 0, PHOTO[:PART]).headers["Upload-Offset"] == str(PART)
    again = part(client, headers, 0, PHOTO[:PART])  # its answer was lost
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, str(PART))
    assert announce(client, headers).json == {"offset": PART}
    head = client.head(f"/api/v1/uploads/{sha(PHOTO)}", headers=headers)
    assert head.status_code == 204
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (
        str(PART), str(len(PHOTO)),
    )  # fmt: skip
    assert part(client, headers, PART, PHOTO[PART:]).headers["Upload-Offset"] == str(len(PHOTO))


def test_a_part_is_there_once_and_whole(
    client: FlaskClient, headers: dict, session: Session
) -> None:
    announce(client, headers)
    for _ in range(3):
        part(client, headers, 0, PHOTO[:PART])
    assert session.scalars(select(UploadPart.content)).all() == [PHOTO[:PART]]


@pytest.mark.parametrize(
    ("change", "status"),
    [({"size": MOST_BYTES + 1}, 400), ({"size": 0}, 400), ({"type": "text/html"}, 400),
     ({"sha256": "A" * 64}, 400), ({"sha256": "../x"}, 400)],
)  # fmt: skip
def test_what_may_not_come(client: FlaskClient, headers: dict, change: dict, status: int) -> None:
    assert announce(client, headers, **change).status_code == status


def test_a_part_has_limits(client: FlaskClient, headers: dict) -> None:
    assert part(client, headers, 0, b"x").status_code == 404  # nothing was announced
    announce(client, headers)
    assert part(client, headers, 0, PHOTO[: PART + 1]).status_code == 413
    assert part(client, headers, 0, b"").status_code == 413
    assert part(client, headers, 7, PHOTO[7:PART]).status_code == 409
    assert client.patch(f"/api/v1/uploads/{sha(PHOTO)}", headers=headers).status_code == 400


def test_what_is_not_the_announced_file_is_forgotten(
    client: FlaskClient, headers: dict, session: Session
) -> None:
    announce(client, headers, LOG, type="text/csv")
    wrong = LOG[:-2] + b"x\n"
    assert part(client, headers, 0, wrong, LOG).status_code == 422
    assert session.scalar(select(func.count()).select_from(UploadPart)) == 0
    assert announce(client, headers, LOG, type="text/csv").json == {"offset": 0}


def test_a_file_that_is_not_of_its_type_is_forgotten(client: FlaskClient, headers: dict) -> None:
    page = b"<script>alert(1)</script>"
    announce(client, headers, page)
    assert part(client, headers, 0, page, page).status_code == 422


def test_an_account_has_so_much_on_its_way(
    client: FlaskClient, headers: dict, session: Session
) -> None:
    for n in range(8):
        assert announce(client, headers, size=MOST_BYTES, sha256=f"{n:064}").status_code == 200
    assert announce(client, headers).status_code == 429
    assert announce(client, bearer(client, "thon2")).status_code == 200
    old = datetime.now(UTC) - STALE - timedelta(minutes=1)
    session.execute(update(PartialUpload).values(touched_at=old))
    session.commit()
    assert announce(client, headers).status_code == 200
    assert session.scalar(select(func.count()).select_from(PartialUpload)) == 1


def test_nobody_sees_the_files_of_another(client: FlaskClient, headers: dict) -> None:
    announce(client, headers)
    other = bearer(client, "thon2")
    assert client.head(f"/api/v1/uploads/{sha(PHOTO)}", headers=other).status_code == 404
    assert part(client, other, 0, PHOTO[:10]).status_code == 404


def test_a_submission_waits_for_its_files(
    client: FlaskClient, headers: dict, session: Session
) -> None:
    instance_id = world.new_id()
    waits = submit(client, headers, instance_id)
    assert (waits.status_code, waits.json["code"]) == (424, "incomplete_files")
    assert session.scalar(select(func.count()).select_from(Submission)) == 0
    bring(client, headers, LOG, type="text/csv", filename="audit.csv")
    assert submit(client, headers, instance_id).status_code == 201
    session.expire_all()
    row = session.scalars(select(Submission)).one()
    assert b"<audit>audit.csv</audit>" in unpack(row.xml)
    kept = session.scalars(select(Attachment)).one()
    assert (kept.filename, kept.media_type, kept.content) == ("audit.csv", "text/csv", LOG)
    assert session.scalar(select(func.count()).select_from(PartialUpload)) == 0
    # The answer was lost: the same again, without the file, is the same submission.
    again = submit(client, headers, instance_id)
    assert (again.status_code, again.json["duplicate"]) == (201, True)
