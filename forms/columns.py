"""The columns of an XLSForm: their aliases, and the language a header names."""

from __future__ import annotations

import re
from typing import NamedTuple

from forms.sheets import Row, Sheet, Workbook

TRANSLATABLE = frozenset(
    {
        "label",
        "hint",
        "guidance_hint",
        "constraint_message",
        "required_message",
        "image",
        "big-image",
        "audio",
        "video",
    }
)
FILES = frozenset({"image", "big-image", "audio", "video"})
"""The translatable columns that name a file beside the label."""
VIETNAMESE = "Tiếng Việt (vi)"
_ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "constraint_msg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "required_msg": "required_message",
    "jr:requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "list": "list_name",
    "value": "name",
}
_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
_NAMES = {
    "": "vi",
    "default": "vi",
    "tiếng việt": "vi",
    "vietnamese": "vi",
    "english": "en",
    "tiếng anh": "en",
}


class Column(NamedTuple):
    """A header taken apart: `label::English (en)` is Column("label", "English (en)", …)."""

    base: str
    language: str  # as written; "" where the header names none
    prefix: str  # what stands before the language, for writing a sibling header


def column(header: str) -> Column:
    """Take a header apart; `media::image::Lang` and `bind::relevant` lose their first part."""
    parts = [p.strip() for p in header.split("::")]
    if parts[0].lower() == "bind" and parts[1:] == ["type"]:  # not the question's own type
        return Column("bind::type", "", header)
    head = parts[:1] if parts[0].lower() not in {"media", "bind", "control"} else parts[:2]
    base = re.sub(r"\s+", "_", head[-1].lower())
    language = parts[len(head)] if len(parts) > len(head) else ""
    return Column(_ALIASES.get(base, base), language, "::".join(head))


def language_code(language: str) -> str:
    """`Tiếng Việt (vi)` -> `vi`; a header without language is Vietnamese."""
    match = _CODE.search(language)
    if match:
        return match.group(1).lower()
    return _NAMES.get(language.strip().lower(), language.strip().lower())


def cell(row: Row, base: str) -> str:
    """The cell of a column without language, whatever alias the header uses."""
    for header, value in row.cells.items():
        if column(header).base == base:
            return value
    return ""


def header_of(row: Row, base: str) -> str:
    """The header under which `row` holds `base`, for pointing at it."""
    return next((h for h in row.cells if column(h).base == base), base)


def texts(row: Row, base: str) -> dict[str, str]:
    """Language code -> text of a translatable column."""
    found = {}
    for header, value in row.cells.items():
        parts = column(header)
        if parts.base == base:
            found[language_code(parts.language)] = value
    return found


def languages(book: Workbook) -> list[str]:
    """The languages that headers name, as written, Vietnamese first, then as they come.

    A header without language is Vietnamese: beside others it makes Vietnamese one of them.
    """
    parts = [
        column(header)
        for name in ("survey", "choices")
        for header in (book.sheets[name].columns if name in book.sheets else ())
    ]
    texts = [part for part in parts if part.base in TRANSLATABLE]
    seen = dict.fromkeys(part.language for part in texts if part.language)
    bare = any(not part.language for part in texts)
    if seen and bare and not any(language_code(language) == "vi" for language in seen):
        seen[VIETNAMESE] = None
    return sorted(seen, key=lambda language: language_code(language) != "vi")


def other_languages(book: Workbook) -> dict[str, str]:
    """What the sheet calls each language beside Vietnamese and English: `hmn` -> "Tiếng Mông"."""
    found = {language_code(name): _CODE.sub("", name).strip() for name in languages(book)}
    return {c: name for c, name in sorted(found.items()) if name and c not in ("vi", "en")}


def fill_translations(sheet: Sheet, wanted: list[str]) -> list[dict[str, str]]:
    """The sheet's rows for pyxform, each text given in every language.

    A missing translation takes the Vietnamese text (pyxform would write "-", which people see). A
    sound or picture is taken from the Vietnamese only: nobody hears a recording in a language that
    they did not choose.
    """
    headers = {(part.base, part.language): header for header in sheet.columns
               for part in [column(header)]}  # fmt: skip
    return [_filled(row, wanted, headers) for row in sheet.rows]


def _filled(row: Row, wanted: list[str], headers: dict[tuple[str, str], str]) -> dict[str, str]:
    cells = dict(row.cells)
    given: dict[str, dict[str, str]] = {}
    prefixes: dict[str, str] = {}
    for header, value in row.cells.items():
        parts = column(header)
        if parts.base in TRANSLATABLE:
            given.setdefault(parts.base, {})[parts.language] = value
            prefixes[parts.base] = parts.prefix
    for base, by_language in given.items():
        best = by_language.get(wanted[0]) if wanted else None
        fallback = best or by_language.get("")
        if not fallback and base in FILES:
            continue
        fallback = fallback or next(iter(by_language.values()))
        for at, language in enumerate(wanted):
            bare = headers.get((base, "")) if at == 0 else None
            header = headers.get((base, language)) or bare or f"{prefixes[base]}::{language}"
            cells.setdefault(header, fallback)
    return cells
