"""Names for codes: forms' titles and villages' names, in the reader's language."""

from __future__ import annotations

from sqlalchemy.orm import Session

from collector.routes.pages.blueprint import language
from collector.service import service
from collector.store import territory


def form_titles() -> dict[str, str]:
    """Form id -> title of its newest version."""
    return {form.id: spoken(form.title) for form in service().library.forms()}


def village_names(session: Session) -> dict[str, str]:
    """Village code -> name."""
    return {row.code: row.name for row in territory.villages(session)}


def spoken(text: object) -> str:
    """A form's text in the reader's language; the other one where that is missing."""
    if not isinstance(text, dict):
        return "" if text is None else str(text)
    found = text.get(language()) or next((part for part in text.values() if part), "")
    return found if isinstance(found, str) else ""
