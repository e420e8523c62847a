"""A stored text back as the phone's answers (docs/model.md, "What goes over the wire")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from forms.instance import parse_xml
from forms.library import Form

Node = Mapping[str, Any]


def wire_answers(form: Form, xml: bytes) -> dict[str, Any]:
    """Groups as objects, repeats as arrays of objects, leaves as strings; `meta` is left out.

    Raises MalformedXml: never for a text that was stored.
    """
    return _children(form.model["nodes"], parse_xml(xml).root)


def _children(nodes: Sequence[Node], element: etree._Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in nodes:
        name = node["name"]
        elements = element.findall(f"{{*}}{name}")
        if not elements or name == "meta":
            continue
        if node["kind"] == "repeat":
            found[name] = [_children(node["children"], one) for one in elements]
        elif node["kind"] == "group":
            found[name] = _children(node["children"], elements[0])
        else:
            found[name] = elements[0].text or ""
    return found
