"""/plans/<plan>/oddities: words of a plan that a person has to decide about, and who decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.plans.resolve import chosen
from analysis.reports.numbers import format_value
from analysis.types import (
    Oddity,
    Plan,
    Reading,
    ReadingResult,
    Target,
    TargetResult,
    Verdict,
)
from collector import database, guard, problems
from collector.models import Role
from collector.problems import Problem
from collector.routes.pages import asked, source
from collector.routes.pages.blueprint import blueprint, language, role_is
from collector.routes.pages.judgements import Judgement, arithmetic
from collector.routes.pages.plan import present_period
from collector.routes.pages.reading_view import level_words
from collector.routes.pages.speech import gettext
from collector.store import plans as stored
from collector.store.plans import Decision
from collector.store.reasons import LONGEST_REASON

PLAN = "plan"  # stands in an address where the question concerns no single target


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading: its name and, where it changes the number, what comes of it this year."""

    id: str
    name: str
    holds: bool
    level: str = ""
    value: str = ""
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer had typed into the form of one question, and why it was not taken."""

    about: str = ""
    oddity: str = ""
    reading: str | None = None
    reason: str = ""
    document: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One oddity as the page shows it. `revision` 0: nobody has decided yet."""

    about: str
    verbatim: str
    oddity: str
    words: str
    rows: tuple[ReadingRow, ...]
    decided: bool
    revision: int
    history: Sequence[Decision]
    typed: Typed = field(default_factory=Typed)

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"{self.about}-{self.oddity}"


@blueprint.get("/plans/<plan>/oddities")
def oddities(plan: str) -> str:
    """Every question of the plan, the open ones first, with what each reading comes to."""
    return _page(source.plan(plan), Typed())


def _page(plan: Plan, typed: Typed) -> str:
    period = present_period(plan)
    questions = _questions(plan, period, typed)
    return render_template(
        "oddities.html",
        plan=plan,
        period=period,
        waiting=[one for one in questions if not one.decided],
        decided=[one for one in questions if one.decided],
        names=_names(questions),
        may_decide=role_is(Role.OFFICER),
    )


def _questions(plan: Plan, period: int, typed: Typed) -> list[Question]:
    history = stored.history(database.session(), plan.id)
    results = source.report(plan, period).results if _any_number(plan) else ()
    by_id = {result.target.id: result for result in results}
    found = [
        _question(PLAN, "", oddity, None, history.get(("", oddity.id), []), typed)
        for oddity in plan.oddities
    ]
    for target in plan.targets:
        for oddity in target.oddities:
            past = history.get((target.id, oddity.id), [])
            result = by_id.get(target.id)
            found.append(_question(target.id, target.verbatim, oddity, result, past, typed))
    return found


def _any_number(plan: Plan) -> bool:
    return any(target.oddities for target in plan.targets)


def _question(
    about: str,
    verbatim: str,
    oddity: Oddity,
    result: TargetResult | None,
    history: Sequence[Decision],
    typed: Typed,
) -> Question:
    mine = (typed.about, typed.oddity) == (about, oddity.id)
    return Question(
        about,
        verbatim,
        oddity.id,
        oddity.question[language()],
        tuple(_row(oddity, reading, result) for reading in oddity.readings),
        oddity.resolution is not None,
        history[0].revision if history else 0,
        history,
        typed if mine else Typed(),
    )


def _row(oddity: Oddity, reading: Reading, result: TargetResult | None) -> ReadingRow:
    holds = chosen(oddity).id == reading.id
    name = reading.name[language()]
    if result is None:
        return ReadingRow(reading.id, name, holds)
    found = _computed(oddity, reading, result)
    if holds and (oddity.resolution is not None or _other_numbers(oddity, result)):
        return _with_number(reading.id, name, holds, result.target, result, result.verdict)
    if found is None:
        return ReadingRow(reading.id, name, holds)
    read = TargetResult(found.target, result.indicator, found.estimate)
    return _with_number(reading.id, name, holds, found.target, read, found.verdict)


def _computed(oddity: Oddity, reading: Reading, result: TargetResult) -> ReadingResult | None:
    for found in result.readings:
        if found.oddity.id == oddity.id and found.reading.id == reading.id:
            return found
    return None


def _other_numbers(oddity: Oddity, result: TargetResult) -> bool:
    return any(found.oddity.id == oddity.id for found in result.readings)


def _with_number(
    name: str,
    words: str,
    holds: bool,
    target: Target,
    result: TargetResult,
    verdict: Verdict | None,
) -> ReadingRow:
    return ReadingRow(
        name,
        words,
        holds,
        level_words(target, result.indicator, language()),
        format_value(result.estimate, result.indicator, language(), target.value),
        arithmetic(verdict, language()) if verdict else None,
    )


def _names(questions: Sequence[Question]) -> Mapping[tuple[str, str, str], str]:
    """(about, oddity, reading) -> name, for the history; "" is the question opened again."""
    found = {(one.about, one.oddity, row.id): row.name for one in questions for row in one.rows}
    again = gettext("Mở lại để quyết định sau")
    return found | {(one.about, one.oddity, stored.REOPENED): again for one in questions}


@blueprint.post("/plans/<plan>/oddities/<about>/<oddity>")
def decide_oddity(plan: str, about: str, oddity: str) -> ResponseReturnValue:
    """Decide which reading holds, as things stood when the page was opened; or open it again."""
    found, session = source.plan(plan), database.session()
    typed = _typed(about, oddity)
    if typed.reading is None:
        return _refused(found, typed, gettext("Hãy chọn một cách đọc."), 422)
    try:
        stored.decide(
            session,
            found,
            "" if about == PLAN else about,
            oddity,
            reading=typed.reading,
            reason=typed.reason,
            document=typed.document,
            revision=asked.revision(request.form),
            account_id=guard.caller().id,
            now=datetime.now(UTC),
        )
    except Problem as problem:
        session.rollback()
        if problem.kind is problems.NOT_FOUND:
            raise
        message = gettext(problem.kind.message, **problem.details)
        return _refused(source.plan(plan), typed, message, problem.kind.status)
    session.commit()
    flash(gettext("Đã ghi quyết định."), "good")
    return redirect(url_for("pages.oddities", plan=plan, _anchor=f"{about}-{oddity}"), 303)


def _typed(about: str, oddity: str) -> Typed:
    reading = request.form.get("reading")
    return Typed(
        about=about,
        oddity=oddity,
        reading=reading if reading is None or len(reading) <= 64 else "?",
        reason=request.form.get("reason", "")[: 2 * LONGEST_REASON],
        document=request.form.get("document", "")[: 2 * stored.LONGEST_DOCUMENT],
    )


def _refused(plan: Plan, typed: Typed, error: str, status: int) -> ResponseReturnValue:
    return _page(plan, replace(typed, error=error)), status
