"""A form while it is being filled: answers by reference, and how many instances repeats have.

A reference names one node with every repeat instance numbered: /data/member[2]/person/age. A
draft also keeps answers to questions that are not asked (any more), as a phone does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

Model = dict[str, Any]
Node = dict[str, Any]


class Place(NamedTuple):
    """A node of the model at one reference; for a repeat, the reference has no number."""

    ref: str
    node: Node


@dataclass
class Draft:
    """`answers`: reference -> text. `counts`: reference of a repeat -> instances (1 if absent)."""

    model: Model
    answers: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, repeat: Place) -> int:
        """Instances of a repeat; one with a count of its own starts empty."""
        return self.counts.get(repeat.ref, 0 if "count" in repeat.node else 1)

    def places(self) -> Iterator[Place]:
        """Every node with every instance, in document order; repeats before their instances."""
        yield from self._places(self.model["nodes"], f"/{self.model['root']}")

    def _places(self, nodes: list[Node], base: str) -> Iterator[Place]:
        for node in nodes:
            place = Place(f"{base}/{node['name']}", node)
            yield place
            if node["kind"] == "repeat":
                for at in range(1, self.count(place) + 1):
                    yield from self._places(node["children"], f"{place.ref}[{at}]")
            elif node["kind"] == "group":
                yield from self._places(node["children"], place.ref)

    def steps(self) -> list[tuple[str, str | None]]:
        """What a person does to arrive here, for engine.mjs: make instances, answer, in order."""
        found: list[tuple[str, str | None]] = []
        for place in self.places():
            if place.node["kind"] == "repeat" and "count" not in place.node:
                number = self.count(place)
                found.append((f"{place.ref}[{number or 1}]", "" if number else None))
            elif place.ref in self.answers and is_asked(place.node):
                found.append((place.ref, self.answers[place.ref]))
        return found

    def xml(self, instance_id: str) -> bytes:
        """All answers as an instance, asked or not; what has no answer is an empty element."""
        root, model = self.model["root"], self.model
        head = f"<{root} id={quoteattr(model['form'])} version={quoteattr(model['version'])}>"
        answers = {f"/{root}/meta/instanceID": instance_id, **self.answers}
        body = "".join(self._xml(model["nodes"], f"/{root}", answers))
        return f"{head}{body}</{root}>".encode()

    def _xml(self, nodes: list[Node], base: str, answers: dict[str, str]) -> Iterator[str]:
        for node in nodes:
            name, ref = node["name"], f"{base}/{node['name']}"
            if node["kind"] == "repeat":
                for at in range(1, self.count(Place(ref, node)) + 1):
                    inner = "".join(self._xml(node["children"], f"{ref}[{at}]", answers))
                    yield f"<{name}>{inner}</{name}>"
            elif node["kind"] == "group":
                yield f"<{name}>{''.join(self._xml(node['children'], ref, answers))}</{name}>"
            else:
                yield f"<{name}>{escape(answers.get(ref, ''))}</{name}>"


def is_asked(node: Node) -> bool:
    """Whether a person answers the node: a question that is not read-only."""
    return node["kind"] == "question" and not node.get("readonly")
