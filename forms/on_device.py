"""Questions that never leave the phone: the survey column `on_device` (docs/model.md).

Such an answer, a member's name above all, helps the person who asks and is no business of the
register. The phone leaves it out of what it sends; ODK Collect, which sends everything, never asks
it; and `stripped` takes it out of whatever a client sends all the same, before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

Model = dict[str, Any]
_BIND = "{http://www.w3.org/2002/xforms}bind"
NEVER = ["call", "false"]
_KEPT = frozenset({"name", "kind", "type", "label", "choices", "range", "on_device"})


def paths(model: Model) -> frozenset[str]:
    """The paths of the nodes that stay on the phone, such as /data/member/called."""
    found = _marked(model["nodes"], f"/{model['root']}")
    return frozenset(path for path, _ in found)


def _marked(nodes: list[dict[str, Any]], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in nodes:
        here = f"{path}/{node['name']}"
        if node.get("on_device"):
            yield here, node
        yield from _marked(node.get("children", []), here)


def served(model: Model) -> Model:
    """The model as the server (and ODK Collect) has it: what stays on the phone is never asked."""
    if not paths(model):
        return model
    copy = deepcopy(model)
    for _, node in _marked(copy["nodes"], ""):
        for key in node.keys() - _KEPT:
            del node[key]
        node["relevant"] = NEVER
    return copy


def xform_for_collect(source: bytes, hidden: frozenset[str]) -> bytes:
    """The XForm with the questions at the paths `hidden` never asked."""
    if not hidden:
        return source
    document = etree.fromstring(source, etree.XMLParser(resolve_entities=False))
    for bind in document.iter(_BIND):
        if bind.get("nodeset") in hidden:
            for name in ("required", "constraint", "calculate"):
                bind.attrib.pop(name, "")
            bind.set("relevant", "false()")
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8"))


def stripped(root: etree._Element, hidden: frozenset[str]) -> bytes | None:
    """Take the elements at the paths `hidden` out of a submission's tree (which is changed).

    The submission without them, as UTF-8 bytes; None where it held none, or only empty ones.
    """
    found = [element for path in sorted(hidden) for element in _at(root, path)]
    held = [element for element in found if len(element) or (element.text or "").strip()]
    for element in found:
        _remove(element)
    if not held:
        return None
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _at(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path of local names, of whatever namespace."""
    first, *inner = path.strip("/").split("/")
    if etree.QName(root).localname != first:
        return []
    return root.findall("/".join(f"{{*}}{name}" for name in inner))


def _remove(element: etree._Element) -> None:
    """The element goes, what stands after it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
