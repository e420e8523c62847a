"""An instance as the phone's JSON (docs/model.md, "What goes over the wire"), and two compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

Node = dict[str, Any]


def nested(element: etree._Element, nodes: list[Node]) -> dict[str, Any]:
    """Groups as objects, repeats as arrays, leaves as strings; `meta` left out."""
    by_name = {node["name"]: node for node in nodes}
    found: dict[str, Any] = {}
    for child in element:
        name = etree.QName(child).localname
        node = by_name[name]
        if name == "meta":
            continue
        if node["kind"] == "repeat":
            found.setdefault(name, []).append(nested(child, node["children"]))
        elif node["kind"] == "group":
            found[name] = nested(child, node["children"])
        else:
            found[name] = child.text or ""
    return found


def unequal(ours: etree._Element, theirs: etree._Element) -> list[tuple[str, str, str]]:
    """Where two instances differ: reference, our text, theirs ("–" where there is no element)."""
    one, two = dict(_leaves(ours, "")), dict(_leaves(theirs, ""))
    return [
        (ref, one.get(ref, "–"), two.get(ref, "–"))
        for ref in [*two, *(ref for ref in one if ref not in two)]
        if one.get(ref) != two.get(ref) and "/meta" not in ref
    ]


def _leaves(element: etree._Element, base: str) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for child in element:
        name = etree.QName(child).localname
        seen[name] = seen.get(name, 0) + 1
        ref = f"{base}/{name}[{seen[name]}]"
        yield ref, (child.text or "") if not len(child) else "…"
        yield from _leaves(child, ref)
