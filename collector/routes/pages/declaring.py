"""What was typed into the form of an officer's indicator, as a declaration."""

from __future__ import annotations

import unicodedata

from werkzeug.datastructures import MultiDict

from analysis.catalogue.own import TEXTS, Condition, Declared, Side
from collector.routes.pages.words import N_

CONDITIONS = 3  # that fit on the page, on each side
LONGEST = 2000  # of one text; a longer one is cut before it is looked at
SCALES = (1, 100, 1_000, 10_000, 100_000)
HOWS = {
    "among": N_("là một trong"),
    "at_least": N_("từ … trở lên"),
    "at_most": N_("nhiều nhất là"),
    "filled": N_("có trả lời"),
}
LABELS = {
    "name": N_("Tên chỉ số"),
    "numerator": N_("Tử số bằng lời"),
    "denominator": N_("Mẫu số bằng lời"),
    "unit": N_("Đơn vị tính"),
    "source": N_("Nguồn số liệu"),
    "definition": N_("Nguồn định nghĩa"),
    "why": N_("Vì sao theo dõi"),
    "misleads": N_("Có thể gây hiểu nhầm ở đâu"),
    "small_numbers": N_("Số nhỏ của một xã cho phép đọc gì"),
}
SIDES = {
    "domain": N_("Phạm vi: chỉ tính những dòng"),
    "top": N_("Tử số"),
    "below": N_("Mẫu số"),
}


def typed(form: MultiDict[str, str], code: str = "") -> Declared:
    """The declaration in a request's form; `code` where it is fixed. Not yet checked."""
    return Declared(
        code=code or _text(form, "code").upper(),
        kind=_text(form, "kind"),
        table=_text(form, "table"),
        texts={name: _both(form, name) for name in TEXTS},
        top=Side(_columns(form, "top"), _conditions(form, "top")),
        below=Side(_columns(form, "below"), _conditions(form, "below")),
        domain=_conditions(form, "domain"),
        direction=_text(form, "direction"),
        scale=_whole(form, "scale"),
        decimals=_whole(form, "decimals"),
        by=tuple(dict.fromkeys(form.getlist("by"))),
        sensitive="sensitive" in form,
    )


def empty(table: str) -> Declared:
    """A new declaration over a table."""
    return Declared(code="", kind="share", table=table, texts={})


def padded(conditions: tuple[Condition, ...]) -> list[Condition]:
    """The conditions of one side with blank ones up to as many as the page has."""
    blank = Condition("", "among")
    return [*conditions, *[blank] * CONDITIONS][: max(CONDITIONS, len(conditions))]


def _both(form: MultiDict[str, str], name: str) -> dict[str, str]:
    return {language: _text(form, f"{name}_{language}") for language in ("vi", "en")}


def _text(form: MultiDict[str, str], name: str) -> str:
    return unicodedata.normalize("NFC", form.get(name, "")[:LONGEST]).strip()


def _whole(form: MultiDict[str, str], name: str) -> int:
    text = _text(form, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else -1


def _columns(form: MultiDict[str, str], side: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.getlist(f"{side}_sum")))


def _conditions(form: MultiDict[str, str], side: str) -> tuple[Condition, ...]:
    """The conditions whose column was chosen."""
    found = []
    for number in range(CONDITIONS):
        column = _text(form, f"{side}_column_{number}")
        if column:
            how = _text(form, f"{side}_how_{number}")
            found.append(Condition(column, how, _text(form, f"{side}_value_{number}")))
    return tuple(found)
