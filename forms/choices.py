"""Choice lists: the secondary instances of an XForm, and what a select question takes from them."""

from __future__ import annotations

from typing import Any

from lxml import etree

from forms.itext import XF, Texts
from forms.parse import Tree, parse
from forms.problems import ExpressionError

Item = dict[str, Any]
LAST_SAVED = "__last-saved"


def read_instances(
    model: etree._Element, texts: Texts
) -> tuple[dict[str, list[Item]], dict[str, str]]:
    """The lists of the sheet by name, and the CSV files by instance id."""
    lists: dict[str, list[Item]] = {}
    files: dict[str, str] = {}
    for instance in model.iterfind(f"{XF}instance"):
        name, source = instance.get("id"), instance.get("src", "")
        if name is None:
            continue
        if source.startswith("jr://file-csv/"):
            files[name] = source.rsplit("/", 1)[-1]
        elif not source:
            lists[name] = [item(e, texts) for e in instance.iter(f"{XF}item")]
    return lists, files


def item(element: etree._Element, texts: Texts) -> Item:
    """One choice: its name, label, media, and the sheet's other columns as strings."""
    found: Item = {}
    for child in element:
        column, value = str(etree.QName(child).localname), child.text or ""
        if column == "itextId":
            label = texts.by_id(value)
            if label:
                found["label"] = label
            media = texts.media(value)
            if media:
                found["media"] = media
        elif column == "label":
            found["label"] = {"vi": value, "en": value}
        else:
            found[column] = value
    return found


def choices_of(control: etree._Element, files: dict[str, str]) -> dict[str, Any]:
    """The `choices` of a select: its list or file, and its filter. Raises ExpressionError."""
    itemset = control.find(f"{XF}itemset")
    if itemset is None:
        raise ExpressionError("unsupported_xform", what="select <item>")
    tree = parse(itemset.get("nodeset", ""))
    if tree[:2] == ["call", "randomize"]:
        tree = tree[2]  # only the order on the screen
    name, predicates = _source(tree)
    found: dict[str, Any] = {"list": name}
    if name in files:
        value, label = itemset.find(f"{XF}value"), itemset.find(f"{XF}label")
        found = {
            "file": name,
            "value": value.get("ref", "name") if value is not None else "name",
            "label": label.get("ref", "label") if label is not None else "label",
        }
    if predicates:
        found["filter"] = _conjunction(predicates)
    return found


def _source(tree: Tree) -> tuple[str, list[Tree]]:
    """The instance and predicates of `instance('x')/root/item[…]`."""
    shape = isinstance(tree, list) and tree[0] == "path" and len(tree) == 4
    if not shape or not isinstance(tree[1], list) or tree[1][:2] != ["call", "instance"]:
        raise ExpressionError("select_from_repeat")
    step = tree[3]
    return tree[1][2], step[1:] if isinstance(step, list) else []


def _conjunction(predicates: list[Tree]) -> Tree:
    whole = predicates[0]
    for predicate in predicates[1:]:
        whole = ["and", whole, predicate]
    return whole
