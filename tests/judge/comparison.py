"""Our reading of a filled form against ODK's engine, node by node.

The engine is right, except where docs/model.md follows ODK Collect (JavaRosa) and the engine does
not. Those are in EXCEPTIONS, each with its reason; an exception excuses one node only, and only
where its own condition holds there. Everything else that differs is a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from candidates import strings_in
from draft import Draft
from filler import path_of
from odk_engine import EngineNode, Filled
from reading import OurNode, Reading

from forms.values import text_number

Tree = Any


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same: what, where, by us, by the engine."""

    what: str
    ref: str
    ours: object
    theirs: object

    def __str__(self) -> str:
        return f"{self.ref}: {self.what}: ours {self.ours!r}, ODK's engine {self.theirs!r}"


@dataclass(frozen=True)
class Case:
    """A difference at a node, with what an exception needs to judge it."""

    difference: Difference
    node: dict[str, Any]
    reading: Reading

    def texts(self, tree: Tree) -> list[str]:
        """The values of all nodes that a plain path (no predicate) of the expression names."""
        steps = [step for step in tree[2:] if isinstance(step, str)]
        target = "/" + "/".join(steps)
        return [n.value or "" for n in self.reading.nodes.values() if path_of(n.ref) == target]


@dataclass(frozen=True)
class ExceptionRule:
    """A difference that we want. `holds` must be true of the very node that differs."""

    reason: str
    holds: Callable[[Case], bool]


def _skips_blanks(case: Case) -> bool:
    tree = case.node.get("calculate")
    if not (isinstance(tree, list) and tree[:1] == ["call"] and tree[1] in ("sum", "max", "min")):
        return False
    texts = case.texts(tree[2])
    return case.difference.theirs == "" and ("" in texts or not texts)


def _full_match(case: Case) -> bool:
    """The engine finds the pattern in a part of the text, and the whole does not match."""
    ours = case.difference.ours
    key = "constraint" if case.difference.what == "constraint" else "calculate"
    patterns = strings_in(case.node.get(key), "regex")
    anchored = all(p.startswith("^") and p.endswith("$") for p in patterns)
    return bool(patterns) and not anchored and ours in (False, "false")


def _comma(case: Case) -> bool:
    """number() of a text such as 1,5 that is a number with a point and none without."""
    tree = case.node.get("calculate")
    if not (isinstance(tree, list) and tree[:2] == ["call", "number"]):
        return False
    (text,) = case.texts(tree[2])
    return (
        "," in text
        and case.difference.theirs == ""
        and text_number(text) == text_number(text.replace(",", "."))
    )


EXCEPTIONS: dict[str, ExceptionRule] = {
    "sum, max and min skip blanks": ExceptionRule(
        "JavaRosa leaves blanks out of sum(), max() and min(), and a sum of nothing is 0; in the "
        "JavaScript engine one blank, or nothing to add, makes the result NaN.",
        _skips_blanks,
    ),
    "regex() is a full match": ExceptionRule(
        "JavaRosa uses Java's Pattern.matches, the whole text; the JavaScript engine searches.",
        _full_match,
    ),
    "a comma is a decimal mark": ExceptionRule(
        "Numbers are written with a comma in Việt Nam, and JavaRosa reads them on such a phone; "
        "the JavaScript engine does not.",
        _comma,
    ),
}


def compare(reading: Reading, filled: Filled) -> tuple[list[Difference], list[str]]:
    """The differences that nothing excuses, and the names of the exceptions that were used."""
    found, used = [], []
    for difference in _differences(reading, filled):
        node = reading.nodes[difference.ref].node if difference.ref in reading.nodes else {}
        case = Case(difference, node, reading)
        excuse = next((name for name, rule in EXCEPTIONS.items() if rule.holds(case)), None)
        if excuse is None:
            found.append(difference)
        else:
            used.append(excuse)
    return found, used


def _differences(reading: Reading, filled: Filled) -> Iterator[Difference]:
    theirs = {ref: n for ref, n in filled.nodes.items() if _comparable(n)}
    ours = {ref: n for ref, n in reading.nodes.items() if n.node["kind"] != "repeat" or "[" in ref}
    for ref in sorted(ours.keys() ^ theirs.keys()):
        if not _never_asked(ref, reading, filled):
            yield Difference("exists", ref, ref in ours, ref in theirs)
    for ref, our in ours.items():
        if ref in theirs:
            yield from _of_node(our, theirs[ref], reading)


def _comparable(node: EngineNode) -> bool:
    """A repeat range is no node of an instance."""
    return not node.type.startswith("repeat-range")


def _never_asked(ref: str, reading: Reading, filled: Filled) -> bool:
    """Whether what only one side has is not asked there: then the other has it left out."""
    while "/" in ref[1:]:
        found = [side.nodes[ref] for side in (reading, filled) if ref in side.nodes]
        if any(not node.relevant for node in found):
            return not any(node.relevant for node in found)
        ref = ref.rpartition("/")[0]
    return False


def _of_node(our: OurNode, their: EngineNode, reading: Reading) -> Iterator[Difference]:
    if our.relevant != their.relevant:
        yield Difference("relevance", our.ref, our.relevant, their.relevant)
    if not (our.relevant and their.relevant):
        return
    if our.value is not None and not same_value(our.node, our.value, their.value or ""):
        yield Difference("value", our.ref, our.value, their.value)
    faults = reading.faults.get(our.ref, set())
    for rule in ("constraint", "required"):
        if (rule not in faults) != getattr(their, rule):
            yield Difference(rule, our.ref, rule not in faults, getattr(their, rule))


def same_value(node: dict[str, Any], ours: str, theirs: str) -> bool:
    """Equal as the node's type reads it: 7, 7.0 and 7.00 are one decimal."""
    if ours == theirs:
        return True
    if node.get("type") in ("decimal", "range", "integer") or "calculate" in node:
        one, two = text_number(ours), text_number(theirs)
        return one == two or abs(one - two) <= 1e-9 * abs(one)
    return False


def drop_refused_choice(draft: Draft, reading: Reading, filled: Filled) -> bool:
    """Take one choice that both sides refuse out of the draft; False when there is none left.

    The engine empties an answer that a choice_filter no longer offers, we report it as a fault.
    These are the same verdict: once the choice is gone, everything else must agree again.
    """
    for ref in refused_choices(reading):
        their = filled.nodes.get(ref)
        ours, theirs = draft.answers[ref].split(), (their.value or "").split() if their else []
        if set(theirs) < set(ours):
            draft.answers[ref] = " ".join(theirs)
            return True
    return False


def refused_choices(reading: Reading) -> list[str]:
    """Where we refuse a choice, in document order."""
    return [ref for ref in reading.nodes if "choice" in reading.faults.get(ref, ())]
