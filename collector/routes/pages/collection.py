"""/collection: how far the interviews and the births register are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from flask import render_template, request

from collector import database
from collector.routes.pages.blueprint import blueprint
from collector.routes.pages.plan import today
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import form_titles
from collector.routes.pages.village_map import village_map
from collector.store import boundaries, draws
from collector.store import collection as store
from collector.store.collection import VillageVisits

HOUSEHOLDS = "household"  # the form that is filled once a household and year
COUNTS = ("households", "visited", "complete", "partly", "refused", "absent", "other", "flagged")


@blueprint.get("/collection")
def collection() -> str:
    """Villages and months of one year."""
    session, now = database.session(), today()
    years = store.years(session, now.year)
    asked = request.args.get("period", now.year, type=int)
    year = asked if asked in years else now.year
    villages = store.village_visits(session, HOUSEHOLDS, year)
    drawn = boundaries.newest(session)
    title = gettext("Bản đồ tiến độ thu thập năm %(year)s", year=year)
    return render_template(
        "collection.html",
        villages=villages,
        map=village_map(drawn.shapes, villages, title) if drawn and villages else None,
        total=_total(villages),
        months=store.birth_months(session, year),
        sampled=draws.in_force(session, year) is not None,
        over=12 if year < now.year else now.month - 1,
        year=year,
        years=years,
        titles=form_titles(),
    )


def _total(villages: Sequence[VillageVisits]) -> VillageVisits:
    """The commune as a whole."""
    sums = {name: sum(getattr(village, name) for village in villages) for name in COUNTS}
    last = max((village.last for village in villages if village.last), default=None)
    assert {field.name for field in fields(VillageVisits)} == {*COUNTS, "code", "name", "last"}
    return VillageVisits(code="", name="", last=last, **sums)
