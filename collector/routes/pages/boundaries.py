"""/collection/boundaries: the officer uploads the villages' boundaries (GeoJSON)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.places.boundaries import LARGEST, PROPERTIES, BoundariesRefused, read
from analysis.types import Text
from collector import database, guard
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import village_names
from collector.store import boundaries as store

MEGABYTE = 1_000_000
SHOWN = 50  # faults; a file in the wrong coordinates has one for each village


@blueprint.get("/collection/boundaries")
def boundaries() -> str:
    """What is there, and the form."""
    return _page(())


@blueprint.post("/collection/boundaries")
def keep_boundaries() -> ResponseReturnValue:
    """Check the file and keep it, or say everything that is wrong with it."""
    session, upload = database.session(), request.files.get("file")
    data = upload.read(LARGEST + 1) if upload is not None else b""
    try:
        shapes = read(data, village_names(session))
    except BoundariesRefused as refused:
        return _page(refused.faults), 422
    filename = (upload.filename if upload is not None else None) or "geojson"
    store.keep(session, shapes, filename, guard.caller().id, datetime.now(UTC))
    session.commit()
    flash(gettext("Đã lưu ranh giới của %(n)s thôn.", n=len(shapes)), "good")
    return redirect(url_for("pages.collection", _anchor="map"), 303)


def _page(faults: Sequence[Text]) -> str:
    session = database.session()
    return render_template(
        "boundaries.html",
        faults=[fault[language()] for fault in faults[:SHOWN]],
        more=max(len(faults) - SHOWN, 0),
        newest=store.newest(session),
        villages=village_names(session),
        properties=PROPERTIES,
        megabytes=LARGEST // MEGABYTE,
    )
