"""/plans/<plan>/issued/<period>: reports that were issued, frozen, and what has changed since."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from analysis.reports import WRITERS
from analysis.reports.changes import Change, Line, changes
from analysis.reports.dates import is_vietnamese
from analysis.reports.numbers import trimmed
from analysis.reports.rows import SCOPES, Scope
from analysis.reports.words import ARITHMETIC, MISSING, STATISTICAL, TRAJECTORY
from analysis.types import Plan, Text
from collector import database, guard, problems, reporting
from collector.problems import Problem
from collector.routes.pages import asked, source
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.plan import MIME_TYPES
from collector.routes.pages.speech import gettext
from collector.store import issued as stored
from collector.store.issued import Issue

LANGUAGES = ("vi", "en")
FIGURES = "csv"  # the file that an issue is compared by
STATUS = {
    "ok": Text("có số liệu", "a number"),
    "provisional": Text("tạm tính", "provisional"),
    "count_only": Text("chỉ công bố số trường hợp", "count only"),
    "undefined": Text("mẫu số bằng 0", "the denominator is 0"),
    **{str(code): words for code, words in MISSING.items()},
}
WORDS = {
    "arithmetic": {str(code): words for code, words in ARITHMETIC.items()},
    "suspected_arithmetic": {str(code): words for code, words in ARITHMETIC.items()},
    "statistical": {str(code): words for code, words in STATISTICAL.items()},
    "trajectory": {str(code): words for code, words in TRAJECTORY.items()},
    "status": STATUS,
}
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Moved:
    """One line: what it is, what was issued, what it is now."""

    name: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The figures of one target that are not what they were when the report was issued."""

    target: str
    verbatim: str
    own: tuple[Moved, ...]  # of the year
    others: tuple[Moved, ...]  # of groups, pooled years and other ways to compute it


@blueprint.post("/plans/<plan>/issued/<int:period>")
def issue_report(plan: str, period: int) -> ResponseReturnValue:
    """Freeze the year's report in every format and language, as the revision after the one seen."""
    found = _plan(plan, period)
    made, session = source.report(found, period), database.session()
    files = {
        (file_format, spoken): reporting.write(made, file_format, spoken)
        for file_format in WRITERS
        for spoken in LANGUAGES
    }
    try:
        revision = stored.issue(
            session,
            made,
            files,
            revision=asked.revision(request.form),
            reason=request.form.get("reason", ""),
            account_id=guard.caller().id,
            now=datetime.now(UTC),
        )
    except Problem as problem:
        session.rollback()
        flash(gettext(problem.kind.message, **problem.details), "bad")
        return redirect(_address(plan, period), 303)
    session.commit()
    flash(gettext("Đã chốt báo cáo lần %(revision)s.", revision=revision), "good")
    return redirect(_address(plan, period), 303)


@blueprint.get("/plans/<plan>/issued/<int:period>/<int:revision>")
def issued_report(plan: str, period: int, revision: int) -> ResponseReturnValue:
    """With `format`, the file as it was issued; without, what today's data say otherwise."""
    found, session = _plan(plan, period), database.session()
    issue = stored.one(session, found.id, period, revision)
    file_format = request.args.get("format", "")
    if not file_format:
        return render_template(
            "issued.html",
            plan=found,
            period=period,
            issue=issue,
            formats=tuple(WRITERS),
            differences=differences(found, period, issue),
        )
    spoken = language()
    content = stored.content(session, issue, file_format, spoken)
    name = source.file_name(found, period, file_format)
    return send_file(
        io.BytesIO(content),
        mimetype=MIME_TYPES[file_format],
        as_attachment=True,
        download_name=name.replace(f"-{period}.", f"-{period}-lan-{revision}."),
    )


def differences(plan: Plan, period: int, issue: Issue) -> list[Difference]:
    """What today's report says otherwise than the issued one, by target, the year's own first."""
    spoken = language()
    before = stored.content(database.session(), issue, FIGURES, spoken)
    after = reporting.write(source.report(plan, period), FIGURES, spoken)
    found: dict[str, list[Change]] = {}
    for change in changes(before, after):
        found.setdefault(change.target, []).append(change)
    verbatim = {target.id: target.verbatim for target in plan.targets}
    return [_difference(target, verbatim.get(target, ""), of) for target, of in found.items()]


def _difference(target: str, verbatim: str, found: list[Change]) -> Difference:
    own = [line for one in found if one.scope == Scope.YEAR for line in _lines(one)]
    others = [line for one in found if one.scope != Scope.YEAR for line in _lines(one)]
    return Difference(target, verbatim, tuple(own), tuple(others))


def _lines(change: Change) -> list[Moved]:
    """A line for the number, and one for each verdict or state that is another now."""
    names = {
        "status": gettext("Tình trạng số liệu"),
        "arithmetic": gettext("Theo kế hoạch"),
        "suspected_arithmetic": gettext("Nếu kế hoạch in sai"),
        "statistical": gettext("Độ chắc chắn"),
        "trajectory": gettext("Tiến độ"),
    }
    of = _of(change)
    told = [Moved(of, _number(change.before), _number(change.after))]
    told += [
        Moved(names[code], _code(change.before, code), _code(change.after, code))
        for code in change.columns
        if code in names
    ]
    return [line for line in told if line.then != line.now] or told[:1]


def _of(change: Change) -> str:
    """What the figure is of: "Gộp nhiều năm: 2024-2026", "Nữ"; "Kết quả của năm"."""
    kind = SCOPES.get(Scope(change.scope))
    words = [kind[0 if is_vietnamese(language()) else 1]] if kind else []
    if change.name not in words:
        words.append(change.name)
    return ": ".join(filter(None, words))


def _number(line: Line | None) -> str:
    """ "1,45 (1,2-1,7); 12/80": value, interval and counts as far as there are any."""
    if line is None:
        return "–"
    text = _decimal(line["value"])
    if line["lower"] or line["upper"]:
        text += f" ({_decimal(line['lower'])} – {_decimal(line['upper'])})"
    counts = [_decimal(line[name]) for name in ("numerator", "denominator") if line[name]]
    return "; ".join([text, "/".join(counts)]) if counts else text


def _decimal(text: str) -> str:
    if not text:
        return "–"
    number = float(text)
    return trimmed(number, DECIMALS, language()) if math.isfinite(number) else "∞"


def _code(line: Line | None, column: str) -> str:
    text = "" if line is None else line[column]
    words = WORDS[column].get(text)
    return words[language()] if words else text or "–"


def _plan(plan: str, period: int) -> Plan:
    found = source.plan(plan)
    if not found.first_year <= period <= found.last_year:
        raise Problem(problems.NOT_FOUND)
    return found


def _address(plan: str, period: int) -> str:
    return url_for("pages.report", plan=plan, period=period, _anchor="issued")
