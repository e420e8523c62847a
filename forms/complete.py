"""complete(): answers with everything that the form calculates, as a phone sends them.

For programs that fill forms: the demonstration, benchmarks, imports. A calculation that cannot be
done again (random(), uuid(), once(), now()) keeps what the answers have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from forms.instance import parse_xml, render_xml
from forms.library import Form
from forms.media import Item
from forms.rows import Row
from forms.schema import Node


def complete(
    form: Form,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    media: Mapping[str, Sequence[Item]],
) -> dict[str, Any]:
    """The relevant part of nested `answers`, calculated values filled in, empty leaves left out.

    `answers` has the shape of forms.instance.render_xml; `now` and `media` that of
    forms.answers.check. Raises MalformedXml where an answer has the wrong shape.
    """
    instance = parse_xml(render_xml(form, answers, "uuid:complete"))
    run = form.checker.evaluate(instance, now=now, media=media)
    return _container(form.checker.schema.root, run.root)


def _container(container: Node, row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in container.children.values():
        value = _value(node, row)
        if value:
            found[node.name] = value
    return found


def _value(node: Node, row: Row) -> Any:
    if node.kind == "repeat":
        instances = row.repeats[node.index]
        return [_container(node, one) for one in instances if one.relevant[0]]
    if node.name == "meta" or not row.relevant[node.slot]:
        return None
    return _container(node, row) if node.kind == "group" else row.values[node.slot]
