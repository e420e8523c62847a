"""A submission's answers in rows: one for the root, one for each instance of each repeat.

Loading matches the XML to the schema; what the form does not have becomes a Stray, to be reported.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

from lxml import etree

from forms.media import Media
from forms.schema import Node, Schema, Table

MAX_INSTANCES = 500  # of one repeat in one row; the phone makes no more either
MAX_STRAYS = 200


class Row:
    """One instance of a table. All lists go by the slot of the node.

    `given` is what came (None: no such element); `values` is what expressions read: recalculated,
    and "" while the node is irrelevant.
    """

    __slots__ = ("given", "index", "parent", "relevant", "repeats", "run", "table", "values")

    def __init__(self, run: Run, table: Table, parent: Row | None, index: int) -> None:
        size = len(table.nodes)
        self.run = run
        self.table = table
        self.parent = parent
        self.index = index  # position among its siblings, from 1
        self.given: list[str | None] = [None] * size
        self.values: list[str] = [""] * size
        self.relevant: list[bool] = [True] * size
        self.repeats: list[list[Row]] = [[] for _ in table.repeats]

    def path(self, node: Node) -> str:
        """`/data/member[2]/age`: the indexed path of a node in this row."""
        base = self.table.node
        if node is base:
            if self.parent is None or base.parent is None:
                return base.path
            return f"{self.parent.path(base.parent)}/{base.name}[{self.index}]"
        return f"{self.path(base)}{node.path[len(base.path) :]}"


class Stray(NamedTuple):
    """An element or text for which the form has no place."""

    row: Row
    container: Node
    code: str  # unknown_element | duplicate_element | unknown_text | too_many
    name: str
    value: str


def _is_metadata(container: Node, name: str) -> bool:
    """Whether an element is, or stands in, the root's `meta`.

    Clients add metadata of their own to it, and deprecatedID is in no form.
    """
    return (name if container.depth == 0 else container.path.split("/", 2)[-1]) == "meta"


class Run:
    """One evaluation of a form: its rows by table, its clock reading, its language and media."""

    __slots__ = (
        "days", "language", "media", "mismatches", "now", "root", "strays", "tables", "today",
    )  # fmt: skip

    def __init__(self, schema: Schema, media: Media) -> None:
        self.media = media
        self.language = "vi"
        self.today = ""
        self.now = ""
        self.days: list[str] = []  # other days on which the form may have been filled
        self.tables: list[list[Row]] = [[] for _ in schema.tables]
        self.strays: list[Stray] = []
        # (row, slot) -> the value calculated, where another one was given
        self.mismatches: dict[tuple[Row, int], str] = {}
        self.root = Row(self, schema.tables[0], None, 1)
        self.tables[0].append(self.root)

    def otherwise(self, holds: Callable[[], bool]) -> bool:
        """Whether something holds on another day of the interview or in another language.

        A form left open overnight calculates with two readings of today(), and a label in a
        calculation is in the language of the phone.
        """
        today, language = self.today, self.language
        try:
            for day, tongue in product((today, *self.days), ("vi", "en")):
                self.today, self.language = day, tongue
                if holds():
                    return True
            return False
        finally:
            self.today, self.language = today, language

    def load(self, root: etree._Element) -> None:
        """Fill the rows from a submission's XML."""
        self._children(root, self.root, self.root.table.node)

    def _children(self, element: etree._Element, row: Row, container: Node) -> None:
        text = element.text
        if text and not text.isspace():
            self._stray_text(row, container, text)
        children, given, values = container.children, row.given, row.values
        for child in element:
            tag = child.tag
            node = children.get(tag if tag[0] != "{" else tag[tag.index("}") + 1 :])
            text = child.tail
            if text and not text.isspace():
                self._stray_text(row, container, text)
            if node is None:
                if not _is_metadata(container, etree.QName(child).localname):
                    self._stray(row, container, "unknown_element", child)
            elif node.kind == "repeat":
                self._repeat(child, row, container, node)
            elif given[node.slot] is not None:
                self._stray(row, container, "duplicate_element", child)
            elif node.children:
                given[node.slot] = ""
                self._children(child, row, node)
            else:
                text = child.text
                if not text or text.isspace():
                    text = ""
                given[node.slot] = values[node.slot] = text
                if len(child):
                    for inner in child:
                        self._stray(row, node, "unknown_element", inner)

    def _repeat(self, element: etree._Element, row: Row, container: Node, node: Node) -> None:
        siblings = row.repeats[node.index]
        if len(siblings) >= MAX_INSTANCES:
            last = self.strays[-1] if self.strays else None
            if last is None or (last.code, last.name) != ("too_many", node.name):
                self._stray(row, container, "too_many", element)
            return
        instance = Row(self, node.table, row, len(siblings) + 1)
        siblings.append(instance)
        self.tables[node.table.number].append(instance)
        self._children(element, instance, node)

    def _stray(self, row: Row, container: Node, code: str, element: etree._Element) -> None:
        name = etree.QName(element).localname
        self._add(Stray(row, container, code, name, (element.text or "").strip()))

    def _stray_text(self, row: Row, container: Node, text: str) -> None:
        self._add(Stray(row, container, "unknown_text", container.name, text.strip()))

    def _add(self, stray: Stray) -> None:
        if len(self.strays) < MAX_STRAYS:  # junk by the thousand needs no thousand faults
            self.strays.append(stray)
