"""/sample/draws/<draw>/weights: make the weights of a draw, see every step, keep them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from analysis.estimators.errors import Refused
from analysis.reports.numbers import count, trimmed
from analysis.sampling import BadRows
from analysis.sampling.population import (
    LARGEST,
    OLDEST,
    Class,
    class_of,
    faults_of,
    read_population,
)
from analysis.sampling.steps import CELLS, CLASSES, VILLAGE, Asked
from collector import database, guard, problems, weight_files
from collector.problems import Problem
from collector.routes.pages.asked import number, whole
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.sample_draws import MIME_TYPES
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
ONCE = "standard"  # the fixed classes instead of those of the weighting that holds


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows beside the form: why nothing was done, rows of a file that are wrong, the
    counts against the interviews, the steps of weights that are not kept."""

    error: str = ""
    faults: Sequence[tuple[int, str]] = ()
    compared: Sequence[tuple[str, float, float | None]] = ()
    steps: Sequence[tuple[str, object]] = ()


@blueprint.get("/sample/draws/<row:draw_id>/weights")
def sample_weights(draw_id: int) -> str:
    """The weighting that holds, and the form for another."""
    return _page(draw_id, {}, Shown())


@blueprint.post("/sample/draws/<row:draw_id>/weights/population")
def read_counts(draw_id: int) -> ResponseReturnValue:
    """Put the counts of an uploaded file into the form, beside what the interviews say; nothing
    is stored."""
    upload = request.files.get("file")
    name = (upload.filename if upload is not None else None) or "số dân"
    data = upload.read(LARGEST + 1) if upload is not None else b""
    try:
        population = read_population(data, name)
    except BadRows as refused:
        rows = [(one.row, one.text[language()]) for one in refused.faults]
        return _page(draw_id, {}, Shown(faults=rows)), 422
    except Refused as refused:
        return _page(draw_id, {}, Shown(error=refused.text[language()])), 422
    given = {cell: f"{persons:g}" for cell, persons in population.items()}
    compared = _compared(draws.get(database.session(), draw_id), Asked(population=population))
    return _page(draw_id, given, Shown(compared=compared))


@blueprint.post("/sample/draws/<row:draw_id>/weights/preview")
def preview_weights(draw_id: int) -> ResponseReturnValue:
    """The steps of the weights as asked; nothing is stored."""
    session, given = database.session(), request.form.to_dict()
    known = draws.get(session, draw_id)
    try:
        asked = _asked(given)
        made = weightings.make(session, known, service().library.versions(INTERVIEW), asked)
    except Refused as refused:
        return _page(draw_id, given, Shown(error=refused.text[language()])), 422
    return _page(draw_id, given, Shown(compared=_compared(known, asked), steps=made.steps))


@blueprint.post("/sample/draws/<row:draw_id>/weights")
def keep_weights(draw_id: int) -> ResponseReturnValue:
    """Make the weights as asked and keep them."""
    session, given = database.session(), request.form.to_dict()
    known = draws.get(session, draw_id)
    versions = service().library.versions(INTERVIEW)
    try:
        made = weightings.make(session, known, versions, _asked(given))
    except Refused as refused:
        return _page(draw_id, given, Shown(error=refused.text[language()])), 422
    weightings.keep(session, known, made, guard.caller().id, datetime.now(UTC))
    session.commit()
    flash(gettext("Đã tính và lưu quyền số của %(n)s hộ.", n=len(made.weights)), "good")
    return redirect(url_for("pages.sample_weights", draw_id=draw_id), 303)


@blueprint.get("/sample/draws/<row:draw_id>/weights.<file_format>")
def weights_file(draw_id: int, file_format: str) -> ResponseReturnValue:
    """The weighting that holds, household by household."""
    session = database.session()
    known = draws.get(session, draw_id)
    kept = weightings.newest(session, known)
    if file_format not in MIME_TYPES or kept is None or not kept.households.rows:
        raise Problem(problems.NOT_FOUND)
    demonstration = service().demonstration
    mark = "minh-hoa-" if demonstration else ""
    return send_file(
        io.BytesIO(weight_files.write(file_format, known, kept, demonstration=demonstration)),
        mimetype=MIME_TYPES[file_format],
        as_attachment=True,
        download_name=f"{mark}quyen-so-{known.year}-{draw_id}.{file_format}",
    )


def _asked(given: Mapping[str, str]) -> Asked:
    classes, cells = given.get("classes", VILLAGE), _cells(given)
    population = None
    if any(given.get(cell, "").strip() for cell in cells):
        faults = faults_of((1, one) for cell in cells if (one := class_of(cell)))
        if faults:  # only a page that was tampered with
            raise Refused(faults[0].text.vi, faults[0].text.en)
        population = {cell: float(whole(given, cell, cell_words(cell))) for cell in cells}
    cap = None
    if given.get("cap", "").strip():
        cap = number(given, "cap", gettext("Ngưỡng cắt"))
    return Asked(classes if classes in CLASSES else VILLAGE, population, cap)


def _cells(given: Mapping[str, str]) -> list[str]:
    """The classes of the form: those it came with, else the fixed ones; women and men of an age
    beside each other where both have the same ages."""
    classes = [one for cell in given if (one := class_of(cell))]
    if {one.cell for one in classes} <= set(CELLS):
        classes = [one for cell in CELLS if (one := class_of(cell))]
    women, men = (sorted(_of(classes, sex), key=_age) for sex in ("F", "M"))
    if list(map(_age, women)) == list(map(_age, men)):
        return [one.cell for one in chain.from_iterable(zip(women, men, strict=True))]
    return [one.cell for one in (*women, *men)]


def _of(classes: Sequence[Class], sex: str) -> list[Class]:
    return [one for one in classes if one.sex == sex]


def _age(one: Class) -> tuple[int, int]:
    return one.low, one.high


def _compared(known: draws.Known, asked: Asked) -> list[tuple[str, float, float | None]]:
    """(class, persons asked for, persons that the interviews estimate) of each."""
    versions = service().library.versions(INTERVIEW)
    found = weightings.estimated(database.session(), known, versions, asked)
    return [
        (cell_words(cell), persons, found.get(cell))
        for cell, persons in (asked.population or {}).items()
    ]


def _page(draw_id: int, given: Mapping[str, str], shown: Shown) -> str:
    session = database.session()
    known = draws.get(session, draw_id)
    kept = weightings.newest(session, known)
    typed = dict(given)
    if kept is not None and not given and ONCE not in request.args:
        typed = {"classes": kept.asked.classes, **_typed(kept.asked)}
    cells = _cells(typed)
    return render_template(
        "sample_weights.html",
        draw=known,
        kept=kept,
        given=typed,
        shown=shown,
        step_words=step_words,
        cells=cells,
        standard=sorted(cells) == sorted(CELLS),
        cell_words=cell_words,
        number=decimal,
        rounded=lambda value: count(round(value), language()),
    )


def _typed(asked: Asked) -> dict[str, str]:
    known = {cell: f"{value:g}" for cell, value in (asked.population or {}).items()}
    return known if asked.cap is None else {**known, "cap": trimmed(asked.cap, 2, language())}


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
    return f"{low}+" if int(high) == OLDEST else f"{low}–{high}"


def decimal(value: float) -> str:
    """A weight with two places, in the language's marks."""
    whole_part, _, places = f"{value:.2f}".partition(".")
    mark = "," if language() == "vi" else "."
    return f"{count(int(whole_part), language())}{mark}{places}"
