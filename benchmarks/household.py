"""An invented household of five with two respondents, as the benchmarks send and check it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

from collector.demonstration.commune import SEED
from collector.demonstration.interviews import interviews
from collector.demonstration.send import media
from collector.demonstration.shape import filled
from collector.settings import Settings
from forms.library import Form, Library

MEMBERS = 5


def household_form() -> Form:
    """The newest published household form."""
    return Library(Settings().forms_folder).versions("household")[-1]


def households_of_five(form: Form) -> Iterator[dict[str, Any]]:
    """Complete answers of invented households of five in which both selected persons answer."""
    now, lists = datetime.now(UTC), media()
    for interview in interviews(Random(SEED)):
        asked = interview.answers.get("respondent", [])
        ready = len(asked) == 2 and all(one["available"] == "1" for one in asked)
        if ready and len(interview.answers["member"]) == MEMBERS:
            answers, faults = filled(form, interview.answers, lists, now)
            if not faults:
                yield answers
