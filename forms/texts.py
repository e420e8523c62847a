"""Labels that expressions read: of choices (jr:choice-name) and by itext id (jr:itext)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms.media import plain
from forms.rows import Run
from forms.schema import Node, Schema


def choice_labels(question: Node, schema: Schema) -> Callable[[Run, str], str]:
    """A function: the label of a choice of `question` in the run's language, "" if unknown."""
    choices = question.model["choices"]
    if "list" in choices:
        labels = {
            item["name"]: {language: plain(part) for language, part in item["label"].items()}
            for item in schema.model.get("lists", {}).get(choices["list"], ())
            if "label" in item
        }
        return lambda run, name: labels.get(name, {}).get(run.language, "")
    file, value, column = choices["file"], choices["value"], choices["label"]

    def label(run: Run, name: str) -> str:
        rows = run.media.get(file).by(value).get(name, ())
        return rows[0].get(column, "") if rows else ""

    return label


def itexts(schema: Schema) -> dict[str, dict[str, str]]:
    """itext id (`/data/age:label`, `sex-0`) -> language -> text, as pyxform names them."""
    found: dict[str, dict[str, str]] = {}
    for node in schema.nodes:
        for key in ("label", "hint"):
            _add(found, f"{node.path}:{key}", node.model.get(key))
    for name, items in schema.model.get("lists", {}).items():
        for at, item in enumerate(items):
            _add(found, f"{name}-{at}", item.get("label"))
    return found


def _add(found: dict[str, dict[str, str]], text_id: str, text: dict[str, Any] | None) -> None:
    if text:
        found[text_id] = {language: plain(part) for language, part in text.items()}
