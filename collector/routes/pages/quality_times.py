"""/quality/<form>/times: how long each question usually takes, and collectors far off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from analysis.quality.compare import LEAST_INTERVIEWS, Rate
from analysis.quality.pace import QUICK, SLOW, Pace, Paces
from analysis.quality.times import LEAST_PEERS
from analysis.reports.numbers import decimal
from collector import database, problems, quality
from collector.problems import Problem
from collector.routes.pages import quality_view as view
from collector.routes.pages.blueprint import blueprint, language
from collector.routes.pages.quality import people, year_asked
from collector.routes.pages.quality_view import COLLECTOR, Asked, Line
from collector.routes.pages.questionnaire import label_of
from collector.routes.pages.titles import names
from collector.service import service
from forms.library import Form


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the table: seconds as text ("" where too few interviews asked it), collectors who
    are quicker and slower than the others."""

    label: str
    interviews: int
    usual: str
    middle: str
    quick: Sequence[Line]
    slow: Sequence[Line]


@blueprint.get("/quality/<form>/times")
def quality_times(form: str) -> str:
    """The table of one form and year."""
    session, library = database.session(), service().library
    asked = Asked(form, year_asked(session))
    if quality.watched(library, form) is None:
        raise Problem(problems.NOT_FOUND)
    found, known = quality.paced(session, library, form, asked.year), people(session)
    versions = library.versions(form)
    rows = [_question(one, found, versions[-1], known, asked) for one in _ordered(found, versions)]
    return render_template(
        "quality_times.html",
        asked=asked,
        rows=[row for row in rows if row.usual],
        few=sum(not row.usual for row in rows),
        least=LEAST_PEERS,
        tested=LEAST_INTERVIEWS,
        minutes="" if found.minutes is None else _number(found.minutes),
        timed=found.timed,
        names=names(session),
    )


def _ordered(found: Paces, versions: Sequence[Form]) -> list[Pace]:
    """The questions as the newest version has them, those it has no more at the end."""
    form = versions[-1]
    place = {
        path: at for at, path in enumerate(_paths(form.model["nodes"], f"/{form.model['root']}"))
    }
    return sorted(found.questions, key=lambda one: (place.get(one.node, len(place)), one.node))


def _paths(nodes: Sequence[Mapping[str, Any]], above: str) -> Iterator[str]:
    for node in nodes:
        path = f"{above}/{node['name']}"
        yield path
        yield from _paths(node.get("children", ()), path)


def _question(
    one: Pace, found: Paces, form: Form, known: Mapping[str, str], asked: Asked
) -> Question:
    far = found.far or {}

    def lines(direction: str) -> list[Line]:
        marked: tuple[Rate, ...] = far.get((one.node, direction), ())
        return view.lines(marked, known, COLLECTOR, asked)

    usual = "" if one.usual is None else _number(one.usual)
    middle = (
        "" if one.low is None or one.high is None else f"{_number(one.low)}–{_number(one.high)}"
    )
    return Question(
        _label(form, one.node), one.interviews, usual, middle, lines(QUICK), lines(SLOW)
    )


def _label(form: Form, node: str) -> str:
    """What a question is called; a group without a title by its first question that has one."""
    inside = [path for path in _paths(form.model["nodes"], f"/{form.model['root']}")
              if path == node or path.startswith(f"{node}/")]  # fmt: skip
    labels = (label_of(form, path, language()) for path in inside)
    return next((label for label in labels if label), node.rpartition("/")[2])


def _number(value: float) -> str:
    """Seconds or minutes: a decimal only where it says something."""
    return decimal(value, 0 if value >= 10 else 1, language())
