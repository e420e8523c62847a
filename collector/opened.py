"""An opened box: unpad it, read it, hold it against its form. Pure: no key, no database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collector import discretion
from collector.tally import BLANK, Answer, Asked
from forms.answers import check
from forms.instance import parse_xml, render_xml
from forms.library import Form, Library
from forms.problems import MalformedXml

_SELECTS = ("select_one", "select_multiple")
_CONSENT = ("v0_private", "v_consent")  # who did not agree sent nothing: there is nothing to count


@dataclass(frozen=True, slots=True)
class Faulty:
    """A box that cannot be counted: the beginning of its digest, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted, with its words (Vietnamese) by code."""

    asked: Asked
    label: str
    choices: Mapping[str, str]


def questions(form: Form) -> list[Question]:
    """Every counted question of the form, in its order."""
    return [_question(form, node) for node in _leaves(form.model["nodes"])]


def _question(form: Form, node: dict[str, Any]) -> Question:
    items = form.model["lists"][node["choices"]["list"]]
    codes = [item["name"] for item in items]
    words = {item["name"]: item["label"]["vi"] for item in items}
    asked = Asked(node["name"], codes, node["type"] == "select_multiple")
    return Question(asked, node["label"]["vi"], {**words, BLANK: "(bỏ qua / skipped)"})


def _leaves(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for node in nodes:
        found += _leaves(node.get("children", []))
        if node.get("type") in _SELECTS and node["name"] not in _CONSENT:
            found.append(node)
    return found


def read(library: Library, version: str, plain: bytes | None) -> Answer:
    """The answers of one opened box (None: it did not open).

    Raises ValueError saying what is wrong: another key, no padding, no JSON, another form, or
    answers that the form does not allow.
    """
    if plain is None:
        raise ValueError("không mở được: khóa khác hoặc hộp hỏng / another key, or damaged")
    sent = _json(plain)
    form = library.get(discretion.FORM, version)
    if form is None or sent.get("form") != form.id or sent.get("version") != version:
        raise ValueError("biểu mẫu hoặc bản khác / another form or version")
    answers: Any = sent.get("answers")
    try:
        instance = parse_xml(render_xml(form, answers, "uuid:sealed", None))
    except (MalformedXml, AttributeError, TypeError, ValueError):
        raise ValueError("câu trả lời không đọc được / answers cannot be read") from None
    now = datetime.now(UTC)
    faults = check(form, instance, now=now, media={}).faults
    if faults:
        raise ValueError(f"sai ở / faults at: {', '.join(fault.name for fault in faults)}")
    run = form.checker.evaluate(instance, now=now, media={})
    nodes = {node.name: node for node in form.checker.schema.tables[0].nodes if node.leaf}
    if run.root.values[nodes["send"].slot] != "1":
        raise ValueError("không có sự đồng ý / no consent")
    skipped = set() if sent.get("experience") is True else _experience(form)
    return {
        name: frozenset(run.root.values[nodes[name].slot].split())
        for name in (one.asked.name for one in questions(form))
        if name not in skipped and run.root.relevant[nodes[name].slot]
    }


def _json(plain: bytes) -> dict[str, Any]:
    body, mark, _ = plain.rstrip(b"\0").rpartition(b"\x80")
    try:
        sent = json.loads(body.decode()) if mark else None
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise ValueError("không phải phiếu / no answers inside")
    return sent


def _experience(form: Form) -> set[str]:
    part = [node for node in form.model["nodes"] if node["name"] == discretion.EXPERIENCE]
    return {node["name"] for node in _leaves(part)}
