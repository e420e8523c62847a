"""Which list of ethnic groups the forms follow; forms of two lists are refused together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from analysis.ethnic import common, identify, names_groups
from forms.library import Form


@cache  # a published form never changes
def list_of(form: Form) -> str:
    """The id of the list that a form's codes of ethnic groups follow; "" where it has none.

    Raises MixedLists where its questions follow two, or none of those that we know.
    """
    found = {}
    lists = form.model.get("lists", {})
    for table, columns in form.tables().items():
        for column in columns:
            name = column.node.get("choices", {}).get("list", "")
            choices = {one["name"]: _vi(one["label"]) for one in lists.get(name, ())}
            if names_groups(choices):
                found[f"{form.id} {form.version}, {table}.{column.name}"] = identify(choices).id
    return common(found)


def list_used(forms: Iterable[Form]) -> str:
    """The one list that these forms follow, "" without codes of groups. Raises MixedLists."""
    found = {f"{form.id} {form.version}": list_of(form) for form in forms}
    return common({source: used for source, used in found.items() if used})


def _vi(label: object) -> str:
    text = label.get("vi", "") if isinstance(label, dict) else label
    return text if isinstance(text, str) else ""
