"""What ODK Collect needs from a server, point by point of the OpenRosa notes."""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree

import pytest
import world
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector.models import Attachment, Channel, Conflict, State, Submission, User
from collector.service import service
from collector.store import accounts, submissions

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
RESPONSE = "{http://openrosa.org/http/response}"


def post(client: FlaskClient, text: bytes, *, username: str = "thon1", **more):
    return client.post(
        "/openrosa/submission", headers=world.basic(username), **world.multipart(text, **more)
    )


def message(reply) -> str:
    root = ElementTree.fromstring(reply.data)
    assert root.tag == f"{RESPONSE}OpenRosaResponse"
    assert reply.content_type.startswith("text/xml")
    return root.findtext(f"{RESPONSE}message") or ""


def rows(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def listed(client: FlaskClient, path: str = "/openrosa/formList", username: str = "thon1"):
    reply = client.get(path, headers=world.basic(username))
    assert reply.status_code == 200
    assert "text/xml" in reply.content_type
    assert reply.headers["X-OpenRosa-Version"] == "1.0"
    return ElementTree.fromstring(reply.data)


def test_the_form_list_names_the_forms_of_the_role(client: FlaskClient) -> None:
    forms = listed(client, "/openrosa/formList?deviceID=abc&verbose=true")
    assert forms.tag == f"{LIST}xforms"
    assert [form.findtext(f"{LIST}formID") for form in forms] == ["household", "visit"]
    form = forms[0]
    for name in ("name", "version", "downloadUrl", "manifestUrl"):
        assert form.findtext(f"{LIST}{name}")
    station = listed(client, username="tram")
    names = {form.findtext(f"{LIST}formID") for form in station}
    assert names == {"births", "births_month", "emergency_year"}
    assert len(listed(client, "/openrosa/formList?formID=nothing")) == 0
    assert len(listed(client, "/openrosa/formList?formID=household&listAllVersions=true")) == len(
        world.library().versions("household")
    )


def test_the_hash_is_of_the_bytes_that_are_downloaded(client: FlaskClient) -> None:
    form = listed(client)[0]
    got = client.get(form.findtext(f"{LIST}downloadUrl"), headers=world.basic())
    assert got.status_code == 200 and "text/xml" in got.content_type
    assert form.findtext(f"{LIST}hash") == f"md5:{hashlib.md5(got.data).hexdigest()}"
    manifest = client.get(form.findtext(f"{LIST}manifestUrl"), headers=world.basic())
    assert "text/xml" in manifest.content_type and manifest.headers["X-OpenRosa-Version"] == "1.0"
    files = ElementTree.fromstring(manifest.data)
    assert files.tag == f"{MANIFEST}manifest"
    for file in files:
        one = client.get(file.findtext(f"{MANIFEST}downloadUrl"), headers=world.basic())
        assert one.status_code == 200
        assert file.findtext(f"{MANIFEST}hash") == f"md5:{hashlib.md5(one.data).hexdigest()}"
    names = {file.findtext(f"{MANIFEST}filename") for file in files}
    assert names == set(world.form().files.values())


def test_a_form_without_lists_has_no_manifest_address(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        (form,) = service().library.versions("births_month")
    monkeypatch.setattr(form, "files", {})
    forms = {form.findtext(f"{LIST}formID"): form for form in listed(client, username="tram")}
    assert forms["births_month"].find(f"{LIST}manifestUrl") is None
    assert forms["births"].find(f"{LIST}manifestUrl") is not None


def test_the_household_list_is_of_the_own_village(client: FlaskClient) -> None:
    path = "/openrosa/forms/household/2026.3/media/households.csv"
    text = client.get(path, headers=world.basic("thon2")).text
    assert text.splitlines()[0] == "name,label,village,village_label,seed_f,seed_m"
    assert "AK02-001,Hộ AK02-001,AK02,Thôn Hai,123456,654321" in text
    assert "AK01" not in text and "\nnew," in text
    assert client.get(path.replace("households", "other"), headers=world.basic()).status_code == 404


def test_addresses_keep_the_key(client: FlaskClient, session: Session) -> None:
    user = session.scalars(select(User).where(User.username == "thon1")).one()
    key = accounts.issue_token(session, user.id, Channel.OPENROSA, "Collect")
    session.commit()
    forms = ElementTree.fromstring(client.get(f"/openrosa/key/{key}/formList").data)
    for name in ("downloadUrl", "manifestUrl"):
        address = forms[0].findtext(f"{LIST}{name}")
        assert f"/openrosa/key/{key}/" in address
        assert client.get(address).status_code == 200
    head = client.head(f"/openrosa/key/{key}/submission")
    assert head.status_code == 204
    sent = client.post(f"/openrosa/key/{key}/submission", **world.multipart(world.xml()))
    assert sent.status_code == 201


def test_head_answers_204_with_the_batch_size(client: FlaskClient) -> None:
    reply = client.head("/openrosa/submission", headers=world.basic())
    assert reply.status_code == 204
    assert int(reply.headers["X-OpenRosa-Accept-Content-Length"]) == 100_000_000
    assert client.head("/openrosa/submission").status_code == 401


def test_a_submission_is_stored_and_thanked_for_in_vietnamese(
    client: FlaskClient, session: Session
) -> None:
    text = world.xml()
    reply = post(client, text, Date="Sun, 22 Nov 2026 05:00:00 GMT+07:00")
    assert reply.status_code == 201
    assert "Đã nhận phiếu" in message(reply)
    stored = session.scalars(select(Submission)).one()
    assert (stored.form, stored.version, stored.state) == ("household", "2026.3", State.STORED)
    assert (stored.village, stored.household, stored.result) == ("AK01", "AK01-001", "3")
    assert submissions.unpack(stored.xml) == text
    assert stored.channel == "openrosa"


def test_the_same_content_again_is_a_success_whatever_its_white_space(
    client: FlaskClient, session: Session
) -> None:
    text = world.xml()
    bare = text.replace(b'<?xml version="1.0" encoding="UTF-8"?>', b"")
    spaced = text.replace(b"><", b">\n  <")
    for one in (text, text, bare, spaced):
        assert post(client, one).status_code == 201
    assert rows(session, Submission) == 1
    assert rows(session, Conflict) == 0


def test_other_content_under_the_same_id_is_409_and_kept_once(
    client: FlaskClient, session: Session
) -> None:
    name = world.new_id()
    assert post(client, world.xml(instance_id=name)).status_code == 201
    other = world.xml(world.refused(visit_no="2"), instance_id=name)
    for _ in range(2):
        reply = post(client, other)
        assert reply.status_code == 409 and "nội dung khác" in message(reply)
    kept = session.scalars(select(Conflict)).one()
    assert submissions.unpack(kept.xml) == other
    assert rows(session, Submission) == 1


def test_an_edit_replaces_and_old_versions_may_still_be_sent_again(
    client: FlaskClient, session: Session
) -> None:
    names = [world.new_id() for _ in range(3)]
    texts = [world.xml(instance_id=names[0])]
    for at in (1, 2):
        answers = world.refused(visit_no=str(at + 1))
        texts.append(world.xml(answers, names[at], deprecated_id=names[at - 1]))
    for text in (*texts, *texts, texts[0]):
        assert post(client, text).status_code == 201
    stored = session.scalars(select(Submission).order_by(Submission.id)).all()
    assert [one.instance_id for one in stored] == names
    assert [one.superseded for one in stored] == [True, True, False]
    assert [one.replaced_by for one in stored] == [names[1], names[2], None]
    assert {one.state for one in stored} == {State.STORED}


def test_two_edits_of_one_submission_the_second_waits_for_a_person(
    client: FlaskClient, session: Session
) -> None:
    first = world.new_id()
    post(client, world.xml(instance_id=first))
    for visit in ("2", "3"):
        edit = world.xml(world.refused(visit_no=visit), deprecated_id=first)
        assert post(client, edit).status_code == 201
    states = session.scalars(select(Submission.state).order_by(Submission.id)).all()
    assert list(states) == [State.STORED, State.STORED, State.FLAGGED]


def test_an_edit_of_something_unknown_is_kept_and_flagged(
    client: FlaskClient, session: Session
) -> None:
    assert post(client, world.xml(deprecated_id=world.new_id())).status_code == 201
    stored = session.scalars(select(Submission)).one()
    assert stored.state == State.FLAGGED and "edit_of_unknown" in stored.flags


def test_an_edit_with_a_taken_id_does_not_supersede(client: FlaskClient, session: Session) -> None:
    first, second = world.new_id(), world.new_id()
    post(client, world.xml(instance_id=first))
    post(client, world.xml(world.refused("AK01-002"), instance_id=second))
    clash = world.xml(world.refused(visit_no="3"), instance_id=second, deprecated_id=first)
    assert post(client, clash).status_code == 409
    assert not any(session.scalars(select(Submission.superseded)))


def test_files_come_in_several_posts_and_are_upserted(
    client: FlaskClient, session: Session
) -> None:
    text = world.xml()
    names = ["ảnh cổng.jpg", "b.jpg"]
    for name in names:
        reply = client.post(
            "/openrosa/submission",
            headers=world.basic(),
            **world.multipart(text, [(name, name.encode())], **{"*isIncomplete*": "yes"}),
        )
        assert reply.status_code == 201
    reply = client.post(
        "/openrosa/submission", headers=world.basic(), **world.multipart(text, [("b.jpg", b"new")])
    )
    assert reply.status_code == 201
    found = session.execute(
        select(Attachment.filename, Attachment.content).order_by(Attachment.filename)
    ).all()
    assert sorted(map(tuple, found)) == sorted([(names[0], names[0].encode()), ("b.jpg", b"new")])
    assert rows(session, Submission) == 1


def test_the_part_may_come_without_a_file_name(client: FlaskClient, session: Session) -> None:
    reply = client.post(
        "/openrosa/submission",
        headers=world.basic(),
        data={"xml_submission_file": world.xml().decode()},
        content_type="multipart/form-data",
    )
    assert reply.status_code == 201
    assert rows(session, Submission) == 1


def test_ids_reach_249_characters(client: FlaskClient, session: Session) -> None:
    assert post(client, world.xml(instance_id="x" * 249)).status_code == 201
    assert post(client, world.xml(instance_id="x" * 250)).status_code == 400
    assert rows(session, Submission) == 1


GOOD = world.xml(instance_id="uuid:good")
BAD = {
    "cut off in the middle": (GOOD[: len(GOOD) // 2], 400),
    "mismatched tags": (GOOD.replace(b"</visit_no>", b"</visit>"), 400),
    "junk after the root": (GOOD + b"<x/>", 400),
    "entity declarations": (b'<!DOCTYPE data [<!ENTITY a "b">]>' + GOOD, 400),
    "a billion laughs": (
        b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><data id="household">&b;</data>',
        400,
    ),
    "invalid UTF-8": (GOOD.replace(b"AK01-001", b"AK01-\xff\xfe"), 400),
    "a NUL byte": (GOOD.replace(b"AK01-001", b"AK01\x00001"), 400),
    "UTF-16": (GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"), 400),
    "no instanceID": (GOOD.replace(b"<instanceID>uuid:good</instanceID>", b""), 400),
    "an empty instanceID": (GOOD.replace(b"uuid:good", b""), 400),
    "no form id": (GOOD.replace(b' id="household"', b""), 400),
    "100,000 nested elements": (b"<a>" * 100_000 + b"</a>" * 100_000, 400),
    "100,000 elements beside each other": (
        GOOD.replace(b"</data>", b"<a/>" * 100_000 + b"</data>"),
        400,
    ),
    "an unknown form": (GOOD.replace(b'id="household"', b'id="other"'), 404),
    "an unknown version": (GOOD.replace(b'version="2026.3"', b'version="1999"'), 404),
    "nothing": (b"", 400),
    "not XML": (b"hello", 400),
    "20 MB of text": (GOOD.replace(b"AK01-001", b"x" * 20_000_000), 413),
    "a form of another role": (
        GOOD.replace(b'id="household" version="2026.3"', b'id="births" version="2026.1"'),
        403,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_in_vietnamese_and_nothing_is_stored(
    client: FlaskClient, session: Session, name: str
) -> None:
    text, status = BAD[name]
    reply = post(client, text)
    assert reply.status_code == status
    assert any(
        letter in message(reply) for letter in "ăâđêôơưạảấầẩậắằệếềểễịọốộớờợụủứừửữựỳỷỹáàãéèíìóòõúùý"
    )
    assert rows(session, Submission) == 0


def test_ten_megabytes_of_junk(client: FlaskClient, session: Session) -> None:
    junk = b"\x9f\x00<" * 3_500_000
    for body, kind in (
        (junk, "application/octet-stream"),
        (junk, "multipart/form-data; boundary=x"),
        (junk, "multipart/form-data"),
        (junk, "text/xml"),
    ):
        reply = client.post(
            "/openrosa/submission", headers=world.basic(), data=body, content_type=kind
        )
        assert 400 <= reply.status_code < 500, kind
        assert message(reply)
    assert post(client, junk).status_code == 413
    assert rows(session, Submission) == 0


def test_a_post_above_the_limit_is_413(client: FlaskClient, session: Session) -> None:
    reply = client.post(
        "/openrosa/submission",
        headers=world.basic(),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": "200000000"},
    )
    assert reply.status_code == 413 and message(reply)
    assert rows(session, Submission) == 0


def test_failures_elsewhere_under_openrosa_speak_openrosa(client: FlaskClient) -> None:
    for path in ("/openrosa/nothing", "/openrosa/forms/household/0.1.xml"):
        reply = client.get(path, headers=world.basic())
        assert reply.status_code == 404 and message(reply)
    assert client.put("/openrosa/submission", headers=world.basic()).status_code == 405
