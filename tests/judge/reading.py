"""What our own check says of a draft, by reference, in the terms that ODK's engine uses too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from draft import Draft

from forms.answers import Checked, Checker
from forms.answers import _Repeat as RepeatRule
from forms.instance import Instance, parse_xml
from forms.rows import Run

Media = Mapping[str, Sequence[Mapping[str, str]]]
INSTANCE_ID = "uuid:5f0f7b5e-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class OurNode:
    """One node as we read it. `value` is None where the node holds none (a group, a repeat)."""

    ref: str
    node: dict[str, Any]
    relevant: bool
    value: str | None


class Reading:
    """A filled form as we have it: its nodes by reference, its faults, and what repeats need."""

    def __init__(self, checker: Checker, instance: Instance, now: datetime, media: Media) -> None:
        run = checker.evaluate(instance, now=now, media=media)
        self.checked: Checked = checker.check(instance, now=now, media=media)
        self.nodes = {found.ref: found for found in _nodes(run)}
        self.faults: dict[str, set[str]] = {}
        for fault in self.checked.faults:
            self.faults.setdefault(fault.path, set()).add(fault.code)
        self._counts = dict(_counts(checker, run))
        self._required = {r for r, codes in self.faults.items() if "required" in codes}

    @classmethod
    def of_draft(cls, checker: Checker, draft: Draft, now: datetime, media: Media) -> Reading:
        """Read everything that was answered, asked or not."""
        return cls(checker, parse_xml(draft.xml(INSTANCE_ID)), now, media)

    def relevant(self, ref: str) -> bool:
        """Whether the question at a reference is asked; of what is not there, no."""
        found = self.nodes.get(ref)
        return found is not None and found.relevant

    def required(self, ref: str) -> bool:
        """Whether an answer is missing there."""
        return ref in self._required

    def wrong(self, ref: str) -> bool:
        """Whether the answer there cannot stay."""
        return bool(self.faults.get(ref, set()) & {"required", "constraint", "choice", "type"})

    def count(self, ref: str) -> int | None:
        """The instances that a repeat with a count must have; None where nothing is asked."""
        return self._counts.get(ref)


def _nodes(run: Run) -> list[OurNode]:
    found = []
    for rows in run.tables:
        for row in rows:
            for node in row.table.nodes:
                value = row.values[node.slot] if node.leaf else None
                relevant = row.relevant[node.slot]
                found.append(OurNode(row.path(node), node.model, relevant, value))
    return found


def _counts(checker: Checker, run: Run) -> Iterator[tuple[str, int | None]]:
    for table, rows in zip(checker.tables, run.tables, strict=True):
        for rule in table.items:
            if isinstance(rule, RepeatRule):
                container = rule.node.parent
                assert container is not None
                for row in rows:
                    yield f"{row.path(container)}/{rule.node.name}", rule.expected(row)
