"""A submission's XML: read within bounds, compared by content, made from the phone's JSON.

Bounds come first: size, NUL, encoding, DOCTYPE and the number of tags are judged on the bytes,
nesting by libxml2 while it reads, so that no junk costs more than its own length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from forms.problems import MalformedXml

MAX_BYTES = 5_000_000
MAX_TAGS = 50_000  # a household of 30 persons has about 4,000
MAX_DEPTH = 256  # libxml2's own limit without `huge_tree`
MAX_ID = 249  # instanceIDs reach this length in the field

_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ACCEPTED = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_NAME = re.compile(r"^[^\W\d][\w.\-]*$")
_BETWEEN = re.compile(rb">[ \t\n]+<")  # C14N escapes both marks wherever they are text
_BAD_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Instance:
    """One submission as it came. `root` is its lxml tree, without comments."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str | None
    root: etree._Element

    def canonical(self) -> bytes:
        """UTF-8 bytes that are equal for equal content.

        White space between elements, comments, the XML declaration, the order of attributes and
        namespace prefixes do not count; an element of only white space is an empty one.
        """
        data = etree.tostring(self.root, method="c14n", exclusive=True, with_comments=False)
        if b" xmlns" not in data:  # C14N keeps prefixes: content with namespaces is written by hand
            return _BETWEEN.sub(b"><", data)
        out: list[str] = []
        _write(self.root, out)
        return "".join(out).encode()


def parse_xml(data: bytes, *, max_bytes: int = MAX_BYTES) -> Instance:
    """Read a submission. Raises MalformedXml (its `code` is a key of MESSAGES) and nothing else."""
    _check_bytes(data, max_bytes)
    # A parser of its own: lxml's keep state, and threads share this function.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error.msg):
            raise MalformedXml("too_deep", limit=MAX_DEPTH) from None
        line, column = error.position
        raise MalformedXml("malformed", line=line, column=column) from None
    return _identify(root)


def _check_bytes(data: bytes, max_bytes: int) -> None:
    if not data.strip():
        raise MalformedXml("empty")
    if len(data) > max_bytes:
        raise MalformedXml("too_large", size=len(data), limit=max_bytes)
    if b"\0" in data:
        raise MalformedXml("nul")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedXml("not_utf8", at=error.start) from None
    declared = _DECLARED.match(data)
    if declared and declared.group(1).decode("utf-8").lower() not in _ACCEPTED:
        raise MalformedXml("encoding", encoding=declared.group(1).decode("utf-8"))
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise MalformedXml("dtd")
    if data.count(b"<") > 2 * MAX_TAGS:  # each element has at most two tags
        raise MalformedXml("too_many_nodes", limit=MAX_TAGS)


def _identify(root: etree._Element) -> Instance:
    form_id = (root.get("id") or "").strip()
    if not form_id:
        raise MalformedXml("no_form_id")
    meta = next((e for e in root.iterchildren("{*}meta")), None)
    instance_id = _meta_text(meta, "instanceID")
    if not instance_id:
        raise MalformedXml("no_instance_id")
    deprecated = _meta_text(meta, "deprecatedID") or None
    for identifier in (instance_id, deprecated or "x"):
        if len(identifier) > MAX_ID or len(identifier.split()) != 1:
            raise MalformedXml("instance_id", limit=MAX_ID)
    return Instance(form_id, (root.get("version") or "").strip(), instance_id, deprecated, root)


def _meta_text(meta: etree._Element | None, name: str) -> str:
    found = meta.find(f"{{*}}{name}") if meta is not None else None
    return (found.text or "").strip() if found is not None else ""


def _write(element: etree._Element, out: list[str]) -> None:
    """Append the canonical form of an element (not of its tail)."""
    tag = str(element.tag)
    if tag[0] == "{":
        namespace, _, local = tag[1:].partition("}")
        tag = f"n:{local}"
        out.append(f"<{tag} xmlns:n={quoteattr(namespace)}")
    else:
        out.append(f"<{tag}")
    if element.attrib:
        _write_attributes(element, out)
    out.append(">")
    text = element.text
    if text and not text.isspace():
        out.append(_escape(text))
    for child in element:
        _write(child, out)
        text = child.tail
        if text and not text.isspace():
            out.append(_escape(text))
    out.append(f"</{tag}>")


def _write_attributes(element: etree._Element, out: list[str]) -> None:
    pairs = sorted((str(name), str(value)) for name, value in element.items())
    for at, (name, value) in enumerate(pairs):
        if name[0] == "{":
            namespace, _, local = name[1:].partition("}")
            out.append(f" xmlns:a{at}={quoteattr(namespace)} a{at}:{local}={quoteattr(value)}")
        else:
            out.append(f" {name}={quoteattr(value)}")


def _escape(text: str) -> str:
    if "&" in text or "<" in text or ">" in text or "\r" in text:
        return escape(text, {"\r": "&#13;"})
    return text


class HasModel(Protocol):
    """What render_xml needs of a form."""

    @property
    def model(self) -> dict[str, Any]: ...


def render_xml(
    form: HasModel,
    answers: Mapping[str, Any],
    instance_id: str,
    deprecated_id: str | None = None,
    audit: str | None = None,
) -> bytes:
    """The XForm instance of the phone's answers, in the form's order, as ODK Collect sends it.

    `answers`: groups are objects, repeats arrays of objects, leaves strings. A name that the form
    does not have becomes an empty element, so that the check reports it. `audit`: the name of the
    log's file, where there is one. Raises MalformedXml
    ("answers_shape") where a value has the wrong shape or a character that XML cannot hold.
    """
    model = form.model
    root = model["root"]
    out = [
        f'<?xml version="1.0" encoding="UTF-8"?><{root} id={quoteattr(model["form"])}'
        f" version={quoteattr(model['version'])}>"
    ]
    _render_children(model["nodes"], answers, f"/{root}", out)
    out.append("<meta>")
    if audit:
        out.append(f"<audit>{_text(audit, 'audit')}</audit>")
    out.append(f"<instanceID>{_text(instance_id, 'instance_id')}</instanceID>")
    if deprecated_id:
        out.append(f"<deprecatedID>{_text(deprecated_id, 'deprecated_id')}</deprecatedID>")
    out.append(f"</meta></{root}>")
    return "".join(out).encode()


def _render_children(nodes: list[dict[str, Any]], answers: Any, path: str, out: list[str]) -> None:
    if not isinstance(answers, Mapping):
        raise MalformedXml("answers_shape", path=path, expected="{…}")
    known = {"meta"}
    for node in nodes:
        name = node["name"]
        if name in answers and name != "meta":
            _render(node, answers[name], f"{path}/{name}", out)
        known.add(name)
    for name in answers:
        if name not in known:
            if not isinstance(name, str) or not _NAME.match(name):
                raise MalformedXml("answers_shape", path=path, expected="{…}")
            out.append(f"<{name}/>")


def _render(node: dict[str, Any], value: Any, path: str, out: list[str]) -> None:
    name, kind = node["name"], node["kind"]
    if kind == "repeat":
        if not isinstance(value, list):
            raise MalformedXml("answers_shape", path=path, expected="[…]")
        for at, one in enumerate(value, start=1):
            _render({**node, "kind": "group"}, one, f"{path}[{at}]", out)
    elif kind == "group":
        out.append(f"<{name}>")
        _render_children(node["children"], value, path, out)
        out.append(f"</{name}>")
    else:
        out.append(f"<{name}>{_text(value, path)}</{name}>")


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str) or _BAD_CHARACTER.search(value):
        raise MalformedXml("answers_shape", path=path, expected="“…”")
    return _escape(value)
