"""XForm XML (as pyxform writes it) -> the nodes of the compact model (docs/model.md).

Expressions are parsed here; an expression that cannot be read is noted with its node's path and
the XLSForm column it came from, so that compile.py can name the sheet's row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from forms.choices import choices_of, read_instances
from forms.itext import XF, Texts, itext_id
from forms.parse import Tree, parse
from forms.problems import ExpressionError

JR = "{http://openrosa.org/javarosa}"
_H = "{http://www.w3.org/1999/xhtml}"

Node = dict[str, Any]

_TYPES = {
    "string": "text", "int": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "dateTime": "dateTime", "boolean": "text", "binary": "file",
}  # fmt: skip
_PRELOADS = {
    ("timestamp", "start"): "start",
    ("timestamp", "end"): "end",
    ("date", "today"): "today",
    ("property", "deviceid"): "deviceid",
    ("property", "username"): "username",
    ("uid", None): "uid",
}
_UPLOADS = {"image/*": "image", "audio/*": "audio"}
_EVENTS = {
    "odk-instance-first-load": "first-load",
    "odk-new-repeat": "new-repeat",
    "xforms-value-changed": "value-changed",
}
EXPRESSIONS = {  # bind attribute -> (model key, XLSForm column)
    "relevant": ("relevant", "relevant"),
    "constraint": ("constraint", "constraint"),
    "calculate": ("calculate", "calculation"),
    "required": ("required", "required"),
    "readonly": ("readonly", "readonly"),
}


class Unreadable(NamedTuple):
    """An expression or construct that the runner lacks: where, in which column, and why."""

    path: str
    column: str
    error: ExpressionError


class XForm:
    """One parsed XForm and the model nodes made of it."""

    def __init__(self, source: bytes) -> None:
        document = etree.fromstring(source, etree.XMLParser(resolve_entities=False))
        head, body = document.find(f"{_H}head"), document.find(f"{_H}body")
        model = head.find(f"{XF}model") if head is not None else None
        if model is None or body is None:
            raise ValueError("pyxform wrote no model or body")
        self.model, self.body = model, body
        self.faults: list[Unreadable] = []
        self.sets: list[dict[str, Any]] = []
        self.texts = Texts(model)
        self.binds = {b.get("nodeset", ""): b for b in model.iterfind(f"{XF}bind")}
        self.controls = {e.get("ref", ""): e for e in self._controls(body)}
        self.repeats = {e.get("nodeset", ""): e for e in body.iter(f"{XF}repeat")}
        self.lists, self.files = read_instances(model, self.texts)
        instance = model.find(f"{XF}instance")
        assert instance is not None
        self.root = instance[0]

    @staticmethod
    def _controls(body: etree._Element) -> Iterator[etree._Element]:
        for element in body.iter(etree.Element):
            if element.get("ref") and element.tag not in {
                f"{XF}{t}" for t in ("label", "hint", "value", "setvalue")
            }:
                yield element

    def nodes(self) -> list[Node]:
        """The root's children as model nodes; form-level actions are in `sets` afterwards."""
        for action in self.model.iterfind(f"{XF}setvalue"):
            self.sets.append(self.action(action, None))
        return self.children(self.root, f"/{_local(self.root)}")

    def children(self, element: etree._Element, path: str) -> list[Node]:
        """The nodes inside an element of the instance, repeats once."""
        found: list[Node] = []
        templates = {c.tag for c in element if c.get(f"{JR}template") is not None}
        for child in element:
            if child.tag in templates and child.get(f"{JR}template") is None:
                continue  # the first instance, which repeats the template
            found.append(self.node(child, f"{path}/{_local(child)}"))
        return found

    def node(self, element: etree._Element, path: str) -> Node:
        """One node, with all that is inside."""
        node: Node = {"name": _local(element)}
        control = self.controls.get(path)
        if path in self.repeats:
            self.repeat(node, path)
        elif len(element) or (control is not None and control.tag == f"{XF}group"):
            node["kind"] = "group"
        else:
            self.question(node, element, path, control)
        self.label(node, control)
        self.bind(node, path)
        if node["kind"] in {"group", "repeat"}:
            node["children"] = self.children(element, path)
        return node

    def repeat(self, node: Node, path: str) -> None:
        """What the body says of a repeat: its count, appearance, actions on a new instance."""
        node["kind"] = "repeat"
        repeat = self.repeats[path]
        count = repeat.get(f"{JR}count")
        if count:
            node["count"] = self.tree(count, path, "repeat_count")
        if repeat.get("appearance"):
            node["appearance"] = repeat.get("appearance")
        actions = [self.action(a, None) for a in repeat.iterfind(f"{XF}setvalue")]
        if actions:
            node["set"] = actions

    def question(
        self, node: Node, element: etree._Element, path: str, control: etree._Element | None
    ) -> None:
        """A leaf: a question with a control, or a calculated or hidden value."""
        bind = self.binds.get(path)
        bound = bind.get("type", "string") if bind is not None else "string"
        if bound not in _TYPES:
            self.refuse(path, "type", bound)
        node["kind"] = "calculate" if control is None else "question"
        node["type"] = _TYPES.get(bound, "text")
        if element.text and element.text.strip():
            node["default"] = element.text.strip()
        if control is not None:
            self.control(node, path, control)

    def control(self, node: Node, path: str, control: etree._Element) -> None:
        """What the body says of a question: its type, choices, range, triggered actions."""
        tag = etree.QName(control).localname
        if tag in {"select1", "select"}:
            node["type"] = "select_one" if tag == "select1" else "select_multiple"
            try:
                node["choices"] = choices_of(control, self.files)
            except ExpressionError as error:
                self.faults.append(Unreadable(path, "choice_filter", error))
        elif tag == "range":
            node["type"] = "range"
            node["range"] = {k: _number(control.get(k, "")) for k in ("start", "end", "step")}
        elif tag == "trigger":
            node["type"] = "acknowledge"
        elif tag == "upload":
            node["type"] = _UPLOADS.get(control.get("mediatype", ""), "file")
        elif tag != "input":
            self.refuse(path, "type", tag)
        actions = [self.action(a, path) for a in control.iterfind(f"{XF}setvalue")]
        if actions:
            node["set"] = actions

    def label(self, node: Node, control: etree._Element | None) -> None:
        """Label, hint, guidance, media and appearance of a control."""
        if control is None:
            return
        label = control.find(f"{XF}label")
        hint = control.find(f"{XF}hint")
        reference = itext_id(hint.get("ref", "")) if hint is not None else None
        label_id = itext_id(label.get("ref", "")) if label is not None else None
        found = {
            "label": self.texts.of(label),
            "hint": self.texts.of(hint),
            "guidance": self.texts.by_id(reference, "guidance") if reference else None,
            "media": self.texts.media(label_id),
        }
        node.update({key: value for key, value in found.items() if value})
        if control.get("appearance"):
            node["appearance"] = control.get("appearance")

    def bind(self, node: Node, path: str) -> None:
        """Expressions and messages of a node's bind."""
        bind = self.binds.get(path)
        if bind is None:
            return
        for attribute, (key, column) in EXPRESSIONS.items():
            text = bind.get(attribute)
            tree = self.tree(text, path, column) if text else None
            hidden = key == "readonly" and node["kind"] == "calculate"
            if tree is not None and tree != ["call", "false"] and not hidden:
                node[key] = tree
        for key in ("required", "readonly"):
            if node.get(key) == ["call", "true"]:
                node[key] = True
        messages = {
            "constraint_msg": self.texts.message(bind.get(f"{JR}constraintMsg")),
            "required_msg": self.texts.message(bind.get(f"{JR}requiredMsg")),
        }
        node.update({key: value for key, value in messages.items() if value})
        self.preload(node, bind, path)

    def preload(self, node: Node, bind: etree._Element, path: str) -> None:
        """Metadata that the client fills in."""
        preload = bind.get(f"{JR}preload")
        if preload is None:
            return
        name = _PRELOADS.get((preload, bind.get(f"{JR}preloadParams")))
        if name is None:
            self.refuse(path, "type", f"{preload} {bind.get(f'{JR}preloadParams') or ''}".strip())
        else:
            node["preload"] = name

    def action(self, element: etree._Element, trigger: str | None) -> dict[str, Any]:
        """A setvalue: its value is a tree, or the string that stands in the element."""
        reference = element.get("ref", "")
        value: Tree = element.text or ""
        if element.get("value"):
            value = (
                self.tree(
                    element.get("value", ""), reference, "calculation" if trigger else "default"
                )
                or ""
            )
        events = element.get("event", "").split()
        found = {"event": _EVENTS.get(events[0] if events else "", "first-load"),
                 "ref": reference, "value": value}  # fmt: skip
        return {**found, "trigger": trigger} if trigger else found

    def tree(self, text: str, path: str, column: str) -> Tree | None:
        """Parse; an expression that cannot be read is noted and None."""
        try:
            return parse(text)
        except ExpressionError as error:
            self.faults.append(Unreadable(path, column, error))
            return None

    def refuse(self, path: str, column: str, what: str) -> None:
        """Note a construct that the runner lacks."""
        error = ExpressionError("unsupported_xform", what=what)
        self.faults.append(Unreadable(path, column, error))


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value
