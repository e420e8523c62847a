"""/sample/draws/<draw>/weights: make the weights of a draw, see every step, keep them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.estimators.errors import Refused
from analysis.reports.numbers import count
from analysis.sampling.steps import BANDS, CELLS, CLASSES, SEXES, VILLAGE, Asked
from collector import database, guard
from collector.routes.pages.asked import number, whole
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.speech import gettext
from collector.routes.pages.words import N_
from collector.service import service
from collector.store import draws, weightings
from collector.visits import INTERVIEW

STEPS = {
    "base": (N_("Gốc"), N_("Mỗi hộ đã giao đại diện cho bao nhiêu hộ của thôn.")),
    "response": (N_("Bù hộ không trả lời"), N_("Hộ trả lời thay cho hộ không trả lời cùng nhóm.")),
    "eligible": (N_("Bỏ hộ không thuộc diện"), N_("Hộ đã chuyển đi, nhà bỏ không: ra khỏi mẫu.")),
    "calibrated": (
        N_("Khớp số dân"),
        N_("Số người theo giới và tuổi cộng lại bằng dân số của xã."),
    ),
    "trimmed": (N_("Cắt bớt"), N_("Không hộ nào vượt ngưỡng; vẫn khớp số dân nếu có bước trên.")),
    "women": (N_("Phụ nữ được chọn"), N_("Nhân với số phụ nữ từ 15 tuổi của hộ.")),
    "men": (N_("Nam giới được chọn"), N_("Nhân với số nam giới từ 15 tuổi của hộ.")),
}
SEX_WORDS = {"F": N_("Nữ"), "M": N_("Nam")}
LAST = BANDS[-1]


@blueprint.get("/sample/draws/<row:draw_id>/weights")
def sample_weights(draw_id: int) -> str:
    """The weighting that holds, and the form for another."""
    return _page(draw_id, {})


@blueprint.post("/sample/draws/<row:draw_id>/weights")
def keep_weights(draw_id: int) -> ResponseReturnValue:
    """Make the weights as asked; show them, or keep them too."""
    session, given = database.session(), request.form.to_dict()
    known = draws.get(session, draw_id)
    versions = service().library.versions(INTERVIEW)
    try:
        asked = _asked(given)
        made = weightings.make(session, known, versions, asked)
    except Refused as refused:
        return _page(draw_id, given, error=refused.text[language()]), 422
    now = datetime.now(UTC)
    weightings.keep(session, known, made, guard.caller().id, now)
    session.commit()
    flash(gettext("Đã tính và lưu quyền số của %(n)s hộ.", n=len(made.weights)), "good")
    return redirect(url_for("pages.sample_weights", draw_id=draw_id), 303)


def _asked(given: Mapping[str, str]) -> Asked:
    classes = given.get("classes", VILLAGE)
    population = None
    if any(given.get(cell, "").strip() for cell in CELLS):
        population = {cell: float(whole(given, cell, cell_words(cell))) for cell in CELLS}
    cap = None
    if given.get("cap", "").strip():
        cap = number(given, "cap", gettext("Ngưỡng cắt"))
    return Asked(classes if classes in CLASSES else VILLAGE, population, cap)


def _page(draw_id: int, given: Mapping[str, str], error: str = "") -> str:
    session = database.session()
    known = draws.get(session, draw_id)
    kept = weightings.newest(session, known)
    typed = dict(given)
    if kept is not None and not given:
        typed = {"classes": kept.asked.classes, **_typed(kept.asked)}
    return render_template(
        "sample_weights.html",
        draw=known,
        kept=kept,
        given=typed,
        error=error,
        step_words=step_words,
        cells=[[f"{sex}|{low}-{high}" for sex in SEXES] for low, high in BANDS],
        cell_words=cell_words,
        band_words=band_words,
        number=decimal,
    )


def _typed(asked: Asked) -> dict[str, str]:
    known = {cell: f"{value:g}" for cell, value in (asked.population or {}).items()}
    return known if asked.cap is None else {**known, "cap": decimal(asked.cap)}


def step_words(name: str) -> tuple[str, str]:
    """(name, what it is) of a step."""
    title, meaning = STEPS[name]
    return gettext(title), gettext(meaning)


def cell_words(cell: str) -> str:
    """A cell as people say it: "Nữ 15–34"."""
    sex, _, ages = cell.partition("|")
    return f"{gettext(SEX_WORDS[sex])} {band_words(ages)}"


def band_words(ages: str) -> str:
    """An age band: "15–34", "60+"."""
    low, high = ages.split("-")
    return f"{low}+" if int(high) == LAST[1] else f"{low}–{high}"


def decimal(value: float) -> str:
    """A weight with two places, in the language's marks."""
    whole_part, _, places = f"{value:.2f}".partition(".")
    mark = "," if language() == "vi" else "."
    return f"{count(int(whole_part), language())}{mark}{places}"
