"""From flat answers to the phone's nested JSON, leaving out what the form does not ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from forms.answers import check
from forms.complete import complete
from forms.faults import Fault
from forms.instance import parse_xml, render_xml
from forms.library import Form

Node = dict[str, Any]
MediaRows = Mapping[str, Sequence[dict[str, str]]]


def nested(form: Form, flat: Mapping[str, Any]) -> dict[str, Any]:
    """Answers by leaf name (a repeat: a list of the same) in the shape of the form's groups."""
    return _children(form.model["nodes"], flat)


def _children(nodes: Sequence[Node], flat: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in nodes:
        name, kind = node["name"], node["kind"]
        if kind == "group":
            if name != "meta" and (inner := _children(node["children"], flat)):
                found[name] = inner
        elif kind == "repeat":
            if flat.get(name):
                found[name] = [_children(node["children"], row) for row in flat[name]]
        elif name in flat:
            found[name] = flat[name]
    return found


def filled(
    form: Form, flat: Mapping[str, Any], media: MediaRows, now: datetime
) -> tuple[dict[str, Any], list[Fault]]:
    """The nested answers as a phone sends them, and the faults that are left.

    A phone never asks an irrelevant question; the invented people answer it all the same, so what
    the check calls irrelevant is taken out until nothing is.
    """
    answers = nested(form, flat)
    while True:
        instance = parse_xml(render_xml(form, answers, "uuid:demonstration"))
        faults = check(form, instance, now=now, media=media).faults
        beside = [fault for fault in faults if fault.code == "irrelevant"]
        unconfirmed = [f for f in faults if f.code == "required" and f.name.endswith("_ok")]
        if not beside and not unconfirmed:
            return complete(form, answers, now=now, media=media), faults
        for fault in beside:
            group, name = _place(answers, fault.path)
            group.pop(name, None)
        for fault in unconfirmed:  # "asked again, and it is so"
            group, name = _place(answers, fault.path)
            group[name] = "1"


def _place(answers: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """The group of an indexed path such as /data/member[2]/person/age, and the last name."""
    steps = path.split("/")[2:]
    group: Any = answers
    for step in steps[:-1]:
        name, _, index = step.partition("[")
        group = group.setdefault(name, {})
        if index:
            group = group[int(index.rstrip("]")) - 1]
    return group, steps[-1]
