"""The phone's runner in Node, and what it says of a filled form against the server's check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from candidates import functions_in
from comparison import Difference, same_value
from node_process import PhoneEngine
from reading import INSTANCE_ID, Reading
from wire import nested

from forms.answers import Checker
from forms.compile import Compiled
from forms.instance import parse_xml, render_xml
from forms.program import KEPT

_JUDGED = frozenset({"required", "type", "choice", "constraint"})
Media = Mapping[str, Sequence[Mapping[str, str]]]


class PhoneRunner(PhoneEngine):
    """The process as a context manager, in the fixed zone of ODK's engine."""

    def __init__(self) -> None:
        super().__init__(zone="Etc/GMT-7")
        self._loaded = ""

    def load(self, key: str, model: dict[str, Any], media: Mapping[str, str]) -> None:
        """Take up a form; `media` holds the text of each CSV file by name."""
        if key != self._loaded:
            self.ask(model=model, media=dict(media))
            self._loaded = key


@dataclass
class Runner:
    """One form in the phone's runner."""

    phone: PhoneRunner
    compiled: Compiled
    checker: Checker
    texts: Mapping[str, str]
    media: Media
    now: datetime

    def differences(self, xml: bytes, reading: Reading) -> Iterator[Difference]:
        """What the runner says otherwise than the server of the instance `xml`, as a draft.

        And what it would send of it must have, for the server, the same faults and none besides.
        """
        model = self.compiled.model
        self.phone.load(f"{self.compiled.form} {id(model)}", model, self.texts)
        answers = nested(parse_xml(xml).root, model["nodes"])
        reply = self.phone.ask(answers=answers, now=self.now.isoformat(), instance_id=INSTANCE_ID)
        own = {ref for ref, our in reading.nodes.items() if our.node.get("on_device")}
        yield from self._relevance(reading, reply, own)
        yield from self._values(reading, reply, own)
        theirs = {(f["path"], f["code"]) for f in reply["faults"] if f["path"] not in own}
        yield from _verdicts("runner, fault", _faults(reading), theirs)
        sent = parse_xml(render_xml(self.compiled, reply["answers"], INSTANCE_ID))
        received = Reading(self.checker, sent, self.now, self.media)
        found = {(f.path, f.code) for f in received.checked.faults}
        yield from _verdicts("runner, sent", found, theirs)

    def _relevance(
        self, reading: Reading, reply: dict[str, Any], own: set[str]
    ) -> Iterator[Difference]:
        ours = {ref for ref, our in reading.nodes.items() if our.relevant and ref.count("/") > 1}
        theirs = set(reply["relevant"])
        for ref in sorted((ours ^ theirs) - own):
            yield Difference("runner, relevance", ref, ref in ours, ref in theirs)

    def _values(
        self, reading: Reading, reply: dict[str, Any], own: set[str]
    ) -> Iterator[Difference]:
        theirs = dict(_leaves(reply["draft"], f"/{self.compiled.model['root']}"))
        for ref, our in reading.nodes.items():
            if our.value is None or not our.relevant or ref in own or "/meta/" in ref:
                continue
            kept = functions_in(our.node.get("calculate")) & KEPT or our.node["kind"] == "note"
            if not kept and not same_value(our.node, our.value, theirs.get(ref, "")):
                yield Difference("runner, value", ref, our.value, theirs.get(ref, ""))


def _faults(reading: Reading) -> set[tuple[str, str]]:
    """What both judge; a runner recalculates, and leaves out what is not asked."""
    return {(f.path, f.code) for f in reading.checked.faults if f.code in _JUDGED}


def _verdicts(
    what: str, ours: set[tuple[str, str]], theirs: set[tuple[str, str]]
) -> Iterator[Difference]:
    for ref, code in sorted(ours ^ theirs):
        yield Difference(f"{what} {code}", ref, (ref, code) in ours, (ref, code) in theirs)


def _leaves(answers: Any, base: str) -> Iterator[tuple[str, str]]:
    """Reference -> text of nested answers; what repeat_count set aside is left out."""
    for name, value in answers.items():
        if isinstance(value, list):
            for at, one in enumerate(value, start=1):
                yield from _leaves(one, f"{base}/{name}[{at}]") if "+" not in name else ()
        elif isinstance(value, dict):
            yield from _leaves(value, f"{base}/{name}")
        else:
            yield f"{base}/{name}", value
