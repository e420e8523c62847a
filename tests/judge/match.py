"""One match: a drafted form filled in ODK's engine, read by the server's check and by the phone's
runner, compared whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from candidates import Candidates, functions_in
from comparison import Difference, compare, drop_refused_choice, refused_choices
from draft import Draft
from filler import Filler, path_of
from odk_engine import Engine, Filled
from phone_runner import PhoneRunner, Runner
from presets import PRESETS
from reading import INSTANCE_ID, Reading
from wire import nested, unequal

from forms.answers import Checker
from forms.compile import Compiled, compile_form
from forms.instance import parse_xml, render_xml
from forms.label_files import files_in
from forms.program import KEPT

HERE = Path(__file__).parent
NOW = "2026-03-04T05:06:07+07:00"
_MEDIA = HERE / "features" / "media"


@dataclass
class Player:
    """A form in ODK's engine, in the phone's runner and in the server's check, to be filled."""

    compiled: Compiled
    checker: Checker
    engine: Engine
    media: Mapping[str, list[dict[str, str]]]
    runner: Runner

    @classmethod
    def of(cls, engine: Engine, phone: PhoneRunner, path: Path) -> Player:
        """Load an XLSForm in both, with the lists of features/media.

        Of a published form, the frozen results of its compilation are judged: they are what runs.
        """
        compiled = _frozen(path) or compile_form(path.read_bytes(), path.name, files_in(_MEDIA))
        texts = {file.name: file.read_text(encoding="utf-8") for file in _MEDIA.glob("*.csv")}
        engine.load(compiled.form, compiled.xform, texts)
        media = {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}
        checker, now = Checker(compiled.model), datetime.fromisoformat(NOW)
        runner = Runner(phone, compiled, checker, texts, media, now)
        return cls(compiled, checker, engine, media, runner)

    def now(self) -> datetime:
        """The one moment at which forms are filled here."""
        return datetime.fromisoformat(NOW)

    def read(self, draft: Draft) -> Reading:
        """Our reading of a draft."""
        return Reading.of_draft(self.checker, draft, self.now(), self.media)

    def filler(self) -> Filler:
        """Fills drafts of this form."""
        candidates = Candidates(self.compiled.model, self.media, date.fromisoformat(NOW[:10]))
        return Filler(candidates, self.read, PRESETS.get(self.compiled.form, {}))

    def draft(self, rng: Random) -> Draft:
        """A filled form; two of three are disturbed afterwards."""
        filler = self.filler()
        draft = filler.fill(rng)
        filler.disturb(draft, rng, rng.choice((0, 1, 2, 5)) if rng.randrange(3) else 0)
        return draft

    def match(self, draft: Draft) -> tuple[list[Difference], list[str]]:
        """Fill the draft in ODK's engine and compare; then check what the engine would send."""
        filled = self.engine.fill(self.compiled.form, NOW, draft.steps())
        found = [
            Difference("answer", ref, draft.answers.get(ref), "no such question")
            for ref in filled.skipped
        ]
        differences, used = self._compare(draft, filled)
        return found + differences + self._sent(filled, used), used

    def reopen(self, draft: Draft) -> list[Difference]:
        """Submit the draft as it is, asked or not, and have both open that instance again."""
        xml = draft.xml(INSTANCE_ID).decode()
        filled = self.engine.restore(self.compiled.form, NOW, xml)
        before = dict(draft.answers)
        differences, _ = self._compare(draft, filled)
        # Opening an instance, the engine empties a refused choice but counts it as answered.
        refused = {ref for ref, text in draft.answers.items() if text != before.get(ref)}
        return [d for d in differences if d.what != "required" or d.ref not in refused]

    def _compare(self, draft: Draft, filled: Filled) -> tuple[list[Difference], list[str]]:
        self._take_over(draft, filled)
        while drop_refused_choice(draft, reading := self.read(draft), filled):
            pass
        kept = [
            Difference(
                "choice", ref, "refused", filled.nodes[ref].value if ref in filled.nodes else "–"
            )
            for ref in refused_choices(reading)
        ]
        differences, used = compare(reading, filled)
        theirs = list(self.runner.differences(draft.xml(INSTANCE_ID), reading))
        return kept + differences + theirs, used

    def _take_over(self, draft: Draft, filled: Filled) -> None:
        """Into the draft: what only the client knows (metadata, its clock, its lots, defaults)."""
        answered = set(draft.answers)
        for place in draft.places():
            node, theirs = place.node, filled.nodes.get(place.ref)
            if theirs is None or theirs.value is None:
                continue
            own = "preload" in node or functions_in(node.get("calculate")) & KEPT
            if own or (place.ref not in answered and self._has_default(place.ref, node)):
                draft.answers[place.ref] = theirs.value

    def _has_default(self, ref: str, node: dict[str, Any]) -> bool:
        return "default" in node or path_of(ref) in self._set_refs()

    def _set_refs(self) -> set[str]:
        return {action["ref"] for action in _actions(self.compiled.model)}

    def _sent(self, filled: Filled, used: list[str]) -> list[Difference]:
        """The instance that the engine sends: equal to ours from the same answers, and checked.

        For our check it must have the engine's violations and no fault besides.
        """
        instance = parse_xml(filled.xml.encode())
        answers = nested(instance.root, self.compiled.model["nodes"])
        rendered = parse_xml(render_xml(self.compiled, answers, instance.instance_id))
        found = [
            Difference("instance", ref, ours, theirs)
            for ref, ours, theirs in unequal(rendered.root, instance.root)
        ]
        for one in (instance, rendered):
            reading = Reading(self.checker, one, self.now(), self.media)
            found += compare(reading, filled)[0]
            found += [
                Difference(f"fault {fault.code}", fault.path, fault.value, "sent by the engine")
                for fault in reading.checked.faults
                if fault.code not in ("required", "constraint") and not used
            ]
        return [replace(difference, what=f"sent, {difference.what}") for difference in found]


def _frozen(path: Path) -> Compiled | None:
    """The published form beside whose Markdown stand its .json and .xml; else None."""
    if not path.with_suffix(".json").exists():
        return None
    model = json.loads(path.with_suffix(".json").read_bytes())
    xform = path.with_suffix(".xml").read_bytes()
    return Compiled(model["form"], model["version"], xform, model, path.read_text("utf-8"))


def _actions(model: dict[str, Any]) -> list[dict[str, str]]:
    """Every setvalue of the form, wherever it stands."""
    found: list[dict[str, str]] = list(model.get("set", ()))
    nodes = list(model["nodes"])
    while nodes:
        node = nodes.pop()
        found += node.get("set", ())
        nodes += node.get("children", ())
    return found
