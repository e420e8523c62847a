"""What the phone's runner has: the one list of what a form may use, or is refused at publication.

The phone's own tables (collector/phone/src/runner/controls/index.ts) must say the same; a test
compares them. An appearance that only arranges what is shown and that the runner lacks is in
PLAIN: the question is then shown plainly, and its answers are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from forms.columns import cell, header_of
from forms.messages import Text
from forms.problems import SheetProblem, problem
from forms.sheets import Row

TYPES = (
    "text", "integer", "decimal", "range", "date", "time", "dateTime", "select_one",
    "select_multiple", "acknowledge", "image", "audio",
)  # fmt: skip
APPEARANCES = (
    "minimal", "autocomplete", "likert", "columns", "horizontal", "field-list", "grid",
    "multiline", "numbers", "month-year", "year", "new", "new-front",
)  # fmt: skip
PLAIN = (
    "bearing", "columns-flex", "columns-pack", "compact", "counter", "horizontal-compact",
    "label", "list", "list-nolabel", "no-buttons", "no-calendar", "no-ticks", "picker", "quick",
    "quickcompact", "rating", "thousands-sep", "url", "vertical",
    "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10",
)  # fmt: skip
PARAMETERS = (
    "start", "end", "step", "max-pixels", "quality", "rows", "value", "label",
    "tick_interval", "placeholder", "tick_labelset",
)  # fmt: skip
MEDIA = ("audio", "image")  # beside a label
_USUAL_RANGE = {"start": "1", "end": "10", "step": "1"}  # pyxform's
MOST_PIXELS = (240, 4096)  # of a photo's longer side
_NOTHING: Text = {"vi": "Xoá cách hiển thị này.", "en": "Remove it."}
_INSTEAD: dict[str, Text] = {
    "search": {
        "vi": "Dùng select_one_from_file và choice_filter.",
        "en": "Use select_one_from_file and choice_filter.",
    },
    "table-list": {"vi": "Dùng list-nolabel.", "en": "Use list-nolabel."},
    "randomized": {"vi": "Bỏ tham số randomize.", "en": "Remove the parameter randomize."},
}
_COLUMNS = re.compile(r"columns-(\d+|pack|flex)")
_LAST_SAVED = re.compile(r"\$\{\s*last-saved#|__last-saved")
_OTHER_APPS = re.compile(r"(?:^|::)\s*intent\s*$", re.IGNORECASE)
_WORD = re.compile(r"^[a-z-]+", re.IGNORECASE)

Found = list[SheetProblem]


def check_row(row: Row, type_: str) -> Found:
    """What the row of a question or group uses and the runner lacks; `type_` is canonical."""
    checks: tuple[Callable[[Row, str], Found], ...] = (_appearance, _parameters, _elsewhere)
    return [found for check in checks for found in check(row, type_)]


def _refused(row: Row, base: str, code: str, **values: object) -> SheetProblem:
    name = cell(row, "name") or cell(row, "type")
    return problem("survey", row.number, header_of(row, base), code, name=name, **values)


def _appearance(row: Row, type_: str) -> Found:
    return [
        _refused(row, "appearance", "unsupported_appearance", appearance=_plain_word(word),
                 advice=_INSTEAD.get(_plain_word(word), _NOTHING))
        for word in _words(cell(row, "appearance"))
        if word not in APPEARANCES and word not in PLAIN and not _COLUMNS.fullmatch(word)
    ]  # fmt: skip


def _words(appearance: str) -> list[str]:
    """The words of an appearance; what stands in brackets belongs to the word before them."""
    return re.sub(r"\(.*\)", "(", appearance).split()


def _plain_word(word: str) -> str:
    found = _WORD.match(word)
    return found[0].rstrip("-") if found else word


def _parameters(row: Row, type_: str) -> Found:
    text = cell(row, "parameters")
    if type_ == "audit":
        return [_refused(row, "parameters", "audit_parameters", value=text)] if text else []
    pairs = [part.partition("=") for part in re.split(r"[\s,;]+", text) if part]
    found = [
        _refused(row, "parameters", "unsupported_parameter", parameter=name)
        for name, _, _ in pairs
        if name not in PARAMETERS
    ]
    if type_ == "range" and not _rises({name: value for name, _, value in pairs}):
        found.append(_refused(row, "parameters", "bad_range", value=text))
    return found + [
        _refused(row, "parameters", "bad_pixels", value=value, low=MOST_PIXELS[0],
                 high=MOST_PIXELS[1])
        for name, _, value in pairs
        if name == "max-pixels" and not _is_pixels(value)
    ]  # fmt: skip


def _elsewhere(row: Row, type_: str) -> Found:
    """What the phone keeps nothing of (the interview before), or another app would have to do."""
    name = cell(row, "name") or cell(row, "type")
    filled = {header: value for header, value in row.cells.items() if value}
    before = [(header, "last_saved") for header in filled if _LAST_SAVED.search(filled[header])]
    others = [(header, "other_app") for header in filled if _OTHER_APPS.search(header)]
    return [
        problem("survey", row.number, header, code, name=name) for header, code in before + others
    ]


def _rises(given: dict[str, str]) -> bool:
    """Whether a slider goes from a small number up to a larger one: a browser has no other."""
    try:
        start, end, step = (float(given.get(name, usual)) for name, usual in _USUAL_RANGE.items())
    except ValueError:
        return True  # pyxform says what is no number, and which step does not fit
    return start < end and step >= 0


def _is_pixels(value: str) -> bool:
    digits = value.isascii() and value.isdecimal() and len(value) < 6
    return digits and MOST_PIXELS[0] <= int(value) <= MOST_PIXELS[1]
