"""/quality/back-checks: which interviews are asked again, which were, and how far they agree."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.quality.backcheck import MOST, QUESTIONS, by_collector, by_question
from analysis.sampling.errors import SeedMissing
from collector import database, guard
from collector.routes.pages import quality_view as view
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.plan import today
from collector.routes.pages.quality import people, year_asked
from collector.routes.pages.quality_view import COLLECTOR, Asked
from collector.routes.pages.speech import gettext
from collector.routes.pages.titles import names
from collector.store import backchecks as store


@blueprint.get("/quality/back-checks")
def backchecks() -> str:
    """The drawn interviews and what came of them."""
    return _page()


def _page(error: str = "", number: str = "2", seed: str = "") -> str:
    session = database.session()
    year = year_asked(session)
    listed = store.due(session, year)
    done = [one.compared for one in listed if one.compared is not None]
    asked, known = Asked(store.INTERVIEW, year), people(session)
    words = {name: question.name[language()] for name, question in QUESTIONS.items()}
    return render_template(
        "backchecks.html",
        asked=asked,
        listed=listed,
        done=len(done),
        draws=store.draws(session, year),
        questions=view.lines(by_question(done), {}, COLLECTOR, asked),
        collectors=view.lines(by_collector(done), known, COLLECTOR, asked),
        words=words,
        tolerances={name: question.tolerance for name, question in QUESTIONS.items()},
        people=known,
        names=names(session),
        most=MOST,
        error=error,
        number=number,
        seed=seed or today().isoformat(),
    )


@blueprint.post("/quality/back-checks")
def draw_backchecks() -> ResponseReturnValue:
    """Draw so many more interviews of each collector."""
    session = database.session()
    year, seed = year_asked(session), request.form.get("seed", "").strip()
    number = request.form.get("number", "").strip()
    wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    try:
        drawn = store.make(
            session,
            year=year,
            number=wanted,
            seed=seed,
            account_id=guard.caller().id,
            now=datetime.now(UTC),
        )
    except SeedMissing:
        said = gettext("Cần một hạt giống: một con số hay ngày mà mọi người đã thống nhất.")
        return _page(said, number, seed), 422
    except ValueError:
        said = gettext("Số phiếu của mỗi người gửi là từ 1 đến %(most)s.", most=MOST)
        return _page(said, number, seed), 422
    session.commit()
    if drawn:
        flash(gettext("Đã rút %(count)s phiếu để hỏi lại.", count=drawn), "good")
    else:
        flash(gettext("Không còn phiếu hoàn thành nào chưa rút."), "info")
    return redirect(url_for("pages.backchecks", year=year), 303)
