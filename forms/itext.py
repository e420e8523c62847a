"""The texts of an XForm: itext translations, `<output>` inside them, media beside them."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from forms.columns import language_code
from forms.media import plain
from forms.parse import Tree, parse

XF = "{http://www.w3.org/2002/xforms}"
_ITEXT = re.compile(r"^\s*jr:itext\(\s*(?:'([^']*)'|\"([^\"]*)\"|(\w+))\s*\)\s*$")
LANGUAGES = ("vi", "en")

Part = Any
"""A text in one language: a string, or a list of strings and ["out", Tree]."""


class Texts:
    """The translations of one XForm, asked by itext id or by the element that holds a text."""

    def __init__(self, model: etree._Element) -> None:
        self.values: dict[str, dict[str, dict[str, Part]]] = {}  # id -> form -> language -> part
        self.languages: list[str] = []
        for translation in model.iterfind(f"{XF}itext/{XF}translation"):
            language = language_code(translation.get("lang", ""))
            self.languages.append(language)
            for text in translation.iterfind(f"{XF}text"):
                forms = self.values.setdefault(text.get("id", ""), {})
                for value in text.iterfind(f"{XF}value"):
                    forms.setdefault(value.get("form", ""), {})[language] = parts(value)

    def by_id(self, text_id: str, form: str = "") -> dict[str, Part] | None:
        """The Text of an itext id in every language; None where there is none."""
        found = self.values.get(text_id, {}).get(form)
        return complete(found) if found else None

    def of(self, element: etree._Element | None) -> dict[str, Part] | None:
        """The Text of a `<label>`, `<hint>` or `<value>`: by reference or written inside."""
        if element is None:
            return None
        reference = element.get("ref")
        if reference:
            return self.by_id(itext_id(reference) or "")
        own = parts(element)
        return complete({"vi": own}) if own else None

    def message(self, attribute: str | None) -> dict[str, Part] | None:
        """The Text of a `jr:constraintMsg` or `jr:requiredMsg`."""
        if not attribute:
            return None
        text_id = itext_id(attribute)
        return self.by_id(text_id) if text_id else complete({"vi": attribute})

    def media(self, text_id: str | None) -> dict[str, dict[str, str]]:
        """Picture and sound of a label: {"audio": {"vi": "a.mp3", "hmn": "a-hmn.mp3"}}.

        A language that is not there has the Vietnamese file; where there is none of that, none.
        """
        found = {}
        for form in ("image", "audio"):
            given = self.values.get(text_id or "", {}).get(form, {})
            names = {code: plain(part).rsplit("/", 1)[-1] for code, part in given.items()}
            usual = names.get("vi")
            if names:
                found[form] = {c: n for c, n in names.items() if c == "vi" or n != usual}
        return found


def itext_id(reference: str) -> str | None:
    """The id in `jr:itext('…')`; None where the text is no such call."""
    match = _ITEXT.match(reference)
    return next((g for g in match.groups() if g is not None), None) if match else None


def complete(found: dict[str, Part]) -> dict[str, Part]:
    """Every language has a text: a missing one takes the Vietnamese, else the first."""
    best = found.get("vi", next(iter(found.values())))
    return {language: found.get(language, best) for language in dict.fromkeys((*LANGUAGES, *found))}


def parts(element: etree._Element) -> Part:
    """A text with its outputs; pyxform pads a text that has outputs with blanks, which go."""
    found: list[Any] = [element.text or ""]
    for child in element:
        if child.tag == f"{XF}output":
            tree: Tree = parse(child.get("value", ""))
            found.append(["out", tree])
        found.append(child.tail or "")
    if len(found) == 1:
        return str(found[0]).strip()
    found[0] = found[0].lstrip()
    found[-1] = found[-1].rstrip()
    return [part for part in found if part != ""]
