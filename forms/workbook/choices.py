"""The choices of a question as people write them in a cell: labels to codes and back."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from forms.library import Form
from forms.media import Item
from forms.schema import Node
from forms.workbook.layout import words

MediaRows = Mapping[str, Sequence[Item]]
BETWEEN = ";"  # between several choices in one cell


def plain(text: str) -> str:
    """For comparing: composed letters, blanks made one, no case."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True)
class Choices:
    """A list: code -> what the drop-down says. `others` are further names of a code."""

    key: str
    shown: Mapping[str, str]
    others: Sequence[tuple[str, str]]  # (name, code)

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, label in self.shown.items():
            found.setdefault(plain(label), []).append(code)
        for name, code in self.others:
            codes = found.setdefault(plain(name), [])
            if code not in codes:
                codes.append(code)
        return found

    def codes(self, text: str) -> list[str]:
        """The codes that `text` can mean: by label first, then as a code itself."""
        found = self._codes.get(plain(text), [])
        if found:
            return found
        return [text] if text in self.shown else []


def choices_of(node: Node, form: Form, media: MediaRows, language: str) -> Choices | None:
    """The choices of a question, all of them (a filter is the check's business); None for none."""
    given = node.model.get("choices")
    if node.type == "acknowledge":
        return Choices("ok", {"OK": "OK"}, ())
    if not given:
        return None
    if "list" in given:
        items = form.model["lists"].get(given["list"], ())
        labels = {item["name"]: words(item.get("label"), language) for item in items}
        others = [
            (words(item.get("label"), other), item["name"])
            for item in items
            for other in ("vi", "en")
        ]
        return Choices(given["list"], _distinct(labels), others)
    name = form.files.get(given.get("file", ""), "")
    labels = {row[given["value"]]: row.get(given["label"], "") for row in media.get(name, ())}
    return Choices(f"{name}", _distinct(labels), [(label, code) for code, label in labels.items()])


def _distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """What the drop-down says: the label, with its code where two say the same."""
    seen: dict[str, int] = {}
    for code, label in labels.items():
        key = plain(label or code)
        seen[key] = seen.get(key, 0) + 1
    return {
        code: label if label and seen[plain(label)] == 1 else f"{label} ({code})".strip()
        for code, label in labels.items()
    }
