"""A stored submission as a questionnaire that a person reads: labels, answers, faults in place.

Works from the compact model (docs/model.md) and the typed answers; it evaluates nothing, because
what was irrelevant is not among the answers. Texts come out in one language; the template escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from analysis.reports.dates import format_day
from analysis.reports.numbers import trimmed
from forms.library import Form

Node = Mapping[str, Any]
Row = Mapping[str, Any]
MediaRows = Mapping[str, Sequence[Mapping[str, str]]]

HEADLINE = 4  # answers that tell the instances of a repeat apart
LONGEST_HEADLINE = 24  # characters of such an answer
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answer as text; "" where there is none."""

    path: str
    label: str
    value: str
    faults: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return anchor(self.path)


@dataclass(slots=True)
class Section:
    """A group, or one instance of a repeat (then `index` is 1, 2 … and `headline` tells it)."""

    title: str
    path: str = ""
    index: int = 0
    headline: str = ""
    parts: list[Question | Section] = field(default_factory=list)

    @property
    def fault_count(self) -> int:
        """Faults in it and below."""
        return sum(
            part.fault_count if isinstance(part, Section) else len(part.faults)
            for part in self.parts
        )

    def runs(self) -> Iterator[tuple[str, list[Question | Section]]]:
        """Its parts as ("questions" or "sections", neighbours of that kind), for the template."""
        for asked, run in groupby(self.parts, lambda part: isinstance(part, Question)):
            yield ("questions" if asked else "sections"), list(run)


def anchor(path: str) -> str:
    """A path as an id: `/data/member[2]/age` -> `q-data-member-2-age`."""
    return "q-" + re.sub(r"[^0-9A-Za-z_]+", "-", path).strip("-")


def sheet(
    form: Form,
    answers: Mapping[str, Any],
    language: str,
    *,
    media: MediaRows | None = None,
    faults: Sequence[Mapping[str, Any]] = (),
) -> Section:
    """The whole submission. `answers`: table -> row or rows; `faults` as the check left them;
    `media`: rows of each list by file name, for the labels of choices."""
    reader = _Reader(form, answers, language, media or {}, faults)
    root = Section(spoken(form.title, language))
    reader.read(form.model["nodes"], f"/{form.model['root']}", reader.root, root)
    return root


def leaves(section: Section, crumbs: tuple[str, ...] = ()) -> Iterator[tuple[str, Question]]:
    """Every question with where it stands ("Thành viên của hộ 2 · Việc làm")."""
    for part in section.parts:
        if isinstance(part, Question):
            yield " · ".join(crumbs), part
        else:
            name = f"{part.title} {part.index}" if part.index else part.title
            yield from leaves(part, (*crumbs, name) if name else crumbs)


def spoken(text: object, language: str) -> str:
    """A text of a form in `language`, in another one where that is missing."""
    if not isinstance(text, Mapping):
        return "" if text is None else str(text)
    found = text.get(language) or next((part for part in text.values() if part), "")
    return found if isinstance(found, str) else "".join(map(str, found))


class _Reader:
    """Walks the model beside the answers."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Any],
        language: str,
        media: MediaRows,
        faults: Sequence[Mapping[str, Any]],
    ) -> None:
        self.form, self.answers, self.language = form, answers, language
        self.root: Row = answers.get(form.id) or {}
        self.lists = form.model.get("lists", {})
        self.media = media
        self.faults: dict[str, list[Mapping[str, Any]]] = {}
        for fault in faults:
            self.faults.setdefault(str(fault.get("path", "")), []).append(fault)

    def read(self, nodes: Sequence[Node], path: str, row: Row, into: Section) -> None:
        """Add to `into` what `nodes` hold for `row`."""
        for node in nodes:
            here = f"{path}/{node['name']}"
            if node["kind"] == "repeat":
                self._repeat(node, here, into)
            elif node["kind"] == "group":
                self._group(node, here, row, into)
            elif node["kind"] != "note":
                self._question(node, here, row, into)

    def _group(self, node: Node, path: str, row: Row, into: Section) -> None:
        if node["name"] == "meta":
            return
        title = self.words(node.get("label"), row)
        section = Section(title, path) if title else into
        self.read(node["children"], path, row, section)
        if section is not into and section.parts:
            into.parts.append(section)

    def _repeat(self, node: Node, path: str, into: Section) -> None:
        rows = self.answers.get(f"{self.form.id}.{node['name']}") or ()
        for place, row in enumerate(rows, start=1):
            index = int(row.get("_index") or place)
            here = f"{path}[{index}]"
            section = Section(self.words(node.get("label"), row) or node["name"], here, index)
            self.read(node["children"], here, row, section)
            section.headline = _headline(section)
            into.parts.append(section)

    def _question(self, node: Node, path: str, row: Row, into: Section) -> None:
        if node["kind"] == "calculate":
            return  # has no words; a fault in it follows from a question's
        faults = self.faults.get(path, [])
        value = self.value(node, row.get(node["name"]))
        if not value and not faults:
            return
        told = tuple(spoken(fault.get("message"), self.language) for fault in faults)
        if not value and faults:
            value = str(faults[0].get("value") or "")
        label = self.words(node.get("label"), row) or node["name"]
        into.parts.append(Question(path, label, value, told))

    def words(self, text: object, row: Row) -> str:
        """A label with the answers that it quotes."""
        if not isinstance(text, Mapping):
            return ""
        found = text.get(self.language) or next((part for part in text.values() if part), "")
        if isinstance(found, str):
            return _plain(found)
        return _plain("".join(self._part(part, row) for part in found))

    def _part(self, part: object, row: Row) -> str:
        if isinstance(part, str):
            return part
        name = _quoted(part)
        value = row.get(name, self.root.get(name)) if name else None
        return "…" if value is None else self._number(value)

    def value(self, node: Node, answer: Any) -> str:
        """An answer as a person reads it; "" for none."""
        if answer is None or answer == "":
            return ""
        if node.get("type") == "select_one":
            return self._choice(node, str(answer))
        if node.get("type") == "select_multiple":
            return "; ".join(self._choice(node, name) for name in str(answer).split())
        return self._number(answer)

    def _number(self, answer: Any) -> str:
        if isinstance(answer, float) and not answer.is_integer():
            return trimmed(answer, 2, self.language)
        text = str(int(answer)) if isinstance(answer, float) else str(answer)
        return format_day(date.fromisoformat(text), self.language) if _DAY.fullmatch(text) else text

    def _choice(self, node: Node, name: str) -> str:
        choices = node.get("choices", {})
        if "list" in choices:
            for item in self.lists.get(choices["list"], ()):
                if item["name"] == name:
                    return self.words(item.get("label"), {}) or name
            return name
        filename = self.form.files.get(choices.get("file", ""), "")
        for row in self.media.get(filename, ()):
            if row.get(choices["value"]) == name:
                return row.get(choices["label"]) or name
        return name


def _headline(section: Section) -> str:
    """The first short answers of an instance: "Vợ/chồng · Nữ · 1985 · Kinh"; those of its first
    group, or its first answer where it begins with none."""
    first = section.parts[0] if section.parts else None
    if not isinstance(first, Section):
        return first.value if first and len(first.value) <= LONGEST_HEADLINE else ""
    values = [question.value for _, question in leaves(first)]
    short = [value for value in values if 0 < len(value) <= LONGEST_HEADLINE]
    return " · ".join(short[:HEADLINE])


def place_and_value(form: Form | None, fault: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Where a fault stands when that is in a repeat ("Thành viên của hộ 2"), and what was
    answered there, in words; ("", value) where the form is not known."""
    value = str(fault.get("value") or "")
    if form is None:
        return "", value
    where, node = _place(form, str(fault.get("path") or ""), language)
    return where, _Reader(form, {}, language, {}, ()).value(node, value) if node else value


def label_of(form: Form | None, path: str, language: str) -> str:
    """What a question is called, with where it stands in a repeat; "" where it is not known."""
    if form is None:
        return ""
    where, node = _place(form, path, language)
    label = _Reader(form, {}, language, {}, ()).words(node.get("label"), {}) if node else ""
    return " · ".join(part for part in (where, label) if part)


def is_helper(form: Form | None, path: str) -> bool:
    """True for a value that the form computes for itself and calls nothing: no person sees it."""
    node = _place(form, path, "vi")[1] if form else None
    return node is not None and node["kind"] == "calculate" and not node.get("label")


def _place(form: Form, path: str, language: str) -> tuple[str, Node | None]:
    """The instances of repeats on the way to a question, and its node; None where there is none."""
    crumbs: list[str] = []
    nodes, found = form.model["nodes"], None
    for step in path.split("/")[2:]:
        name, _, index = step.rstrip("]").partition("[")
        found = next((node for node in nodes if node["name"] == name), None)
        if found is None:
            break
        if index:
            crumbs.append(f"{spoken(found.get('label'), language) or name} {index}")
        nodes = found.get("children", ())
    return " · ".join(crumbs), found


def _quoted(tree: object) -> str | None:
    """The name of the first question that a tree refers to."""
    if not isinstance(tree, list) or not tree:
        return None
    if tree[0] == "path":
        last = tree[-1]
        return last if isinstance(last, str) and last not in {".", "..", "*"} else None
    return next((name for part in tree[1:] if (name := _quoted(part))), None)


_MARKS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*|\[(.+?)\]\(.+?\)")


def _plain(text: str) -> str:
    """A label without its Markdown marks."""
    return _MARKS.sub(lambda found: next(part for part in found.groups() if part), text).strip()
