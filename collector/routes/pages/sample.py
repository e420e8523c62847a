"""/sample: the household register by version, and the draws made from it."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from analysis.estimators.errors import Refused
from analysis.sampling import BadRegister
from analysis.sampling.upload import LARGEST, read_upload
from collector import database, guard, problems
from collector.models.territory import SEEDS
from collector.problems import Problem
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.store import draws, registers

SHOWN = 100  # faults on the page
KILOBYTE = 1000


@blueprint.get("/sample")
def sample() -> str:
    """The register that holds, its versions, the draws."""
    return _page(())


def _page(faults: Sequence[tuple[int | None, str]], struck: tuple[int, int] | None = None) -> str:
    session = database.session()
    versions = registers.versions(session)
    known = draws.listed(session)
    in_force = {
        found.id for year in {one.year for one in known} if (found := draws.in_force(session, year))
    }
    return render_template(
        "sample.html",
        versions=versions,
        draws=known,
        in_force=in_force,
        faults=faults[:SHOWN],
        more=max(len(faults) - SHOWN, 0),
        struck=struck,
        kilobytes=LARGEST // KILOBYTE,
    )


@blueprint.post("/sample/registers")
def keep_register() -> ResponseReturnValue:
    """Check an uploaded list and keep it, or say everything that is wrong with it."""
    session, upload = database.session(), request.files.get("file")
    name = (upload.filename if upload is not None else None) or "hộ"
    data = upload.read(LARGEST + 1) if upload is not None else b""
    try:
        rows = read_upload(data, name)
        found = registers.checked(session, rows)
    except BadRegister as refused:
        return _page([(one.row, one.text[language()]) for one in refused.faults]), 422
    except Refused as refused:
        return _page([(None, refused.text[language()])]), 422
    gone, listed = registers.struck(session, found)
    if gone > registers.STRUCK_WITHOUT_ASKING * listed and "strike" not in request.form:
        return _page((), (gone, listed)), 422
    now = datetime.now(UTC)
    kept = registers.keep(session, rows, found, name, guard.caller().id, now, _seeds())
    session.commit()
    said = gettext(
        "Đã lưu danh sách: %(all)s hộ, thêm %(new)s, bỏ %(gone)s.",
        all=kept.households,
        new=kept.added,
        gone=kept.struck,
    )
    flash(said, "good")
    return redirect(url_for("pages.sample"), 303)


@blueprint.post("/sample/registers/present")
def keep_present_register() -> ResponseReturnValue:
    """Keep the households that the forms already know as a version to draw from."""
    session, now = database.session(), datetime.now(UTC)
    name = gettext("danh sách đang dùng")
    if registers.snapshot(session, name, guard.caller().id, now) is None:
        raise Problem(problems.NO_REGISTER)
    session.commit()
    return redirect(url_for("pages.sample"), 303)


@blueprint.get("/sample/registers/<row:version>.csv")
def register_file(version: int) -> ResponseReturnValue:
    """A version as the file from which anyone repeats a draw."""
    content = registers.content(database.session(), version)
    if content is None:
        raise Problem(problems.NOT_FOUND)
    return send_file(
        io.BytesIO(content.encode()),
        mimetype="text/csv; charset=utf-8",
        as_attachment=True,
        download_name=f"register-{version}.csv",
    )


def _seeds() -> Iterator[int]:
    """Seeds of new households: chance that nobody chose."""
    while True:
        yield secrets.randbelow(SEEDS)
