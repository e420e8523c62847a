"""Names for codes: forms' titles and villages' names, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from collector.duty_words import period_words
from collector.routes.pages.blueprint import language
from collector.service import service
from collector.store import territory, units
from collector.store.rows import Listed


def form_titles() -> dict[str, str]:
    """Form id -> title of its newest version."""
    return {form.id: spoken(form.title) for form in service().library.forms()}


def village_names(session: Session) -> dict[str, str]:
    """Village code -> name."""
    return {row.code: row.name for row in territory.villages(session)}


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called: forms, villages, units."""

    forms: dict[str, str]
    villages: dict[str, str]
    units: dict[str, str]

    def form(self, row: Listed) -> str:
        """The form's title."""
        return self.forms.get(row.form, row.form)

    def about(self, row: Listed) -> str:
        """What a submission is about: the household; a unit and its period; else the form."""
        if row.household:
            return row.household
        unit = self.units.get(row.unit or "", row.unit or "")
        period = period_words(row.period) if row.period else ""
        return ", ".join(part for part in (unit, period) if part) or self.form(row)

    def place(self, row: Listed) -> str:
        """The village's name; "" where there is none."""
        return self.villages.get(row.village or "", row.village or "")


def names(session: Session) -> Names:
    """All of them, in the reader's language where it has one."""
    return Names(form_titles(), village_names(session), units.names(session))


def spoken(text: object) -> str:
    """A form's text in the reader's language; the other one where that is missing."""
    if not isinstance(text, dict):
        return "" if text is None else str(text)
    found = text.get(language()) or next((part for part in text.values() if part), "")
    return found if isinstance(found, str) else ""
