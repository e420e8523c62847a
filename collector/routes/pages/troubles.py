"""What speaks against a submission, in words: faults of the check and flags of the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collector.routes.pages import questionnaire, words
from collector.routes.pages.blueprint import language
from collector.service import service
from collector.store.rows import Listed
from forms.library import Form

QUOTED = ("constraint", "irrelevant")  # the sheet's own messages do not quote the answer


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that speaks against a submission. `where`: the instance of a repeat; `label`: the
    question's, "" where it has none; `value`: what was answered, "" where the message quotes it;
    `path`: of the question; `name`: what the form calls a value that has no label."""

    says: str
    where: str = ""
    label: str = ""
    value: str = ""
    path: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Troubles:
    """All of them. `calculated` are at values that the phone computed, which no person answered:
    they follow from the others, or the phone has another version of the form."""

    direct: tuple[Trouble, ...]
    calculated: tuple[Trouble, ...]


def troubles(row: Listed) -> Troubles:
    """What speaks against a submission, in words; flags first."""
    form = service().library.get(row.form, row.version)
    flags = [Trouble(words.flag(flag["code"])) for flag in row.flags]
    calculated = [fault for fault in row.faults if _is_calculated(form, fault)]
    direct = [fault for fault in row.faults if fault not in calculated]
    return Troubles(
        (*flags, *(_trouble(form, fault) for fault in direct)),
        tuple(_trouble(form, fault) for fault in calculated),
    )


def _is_calculated(form: Form | None, fault: Mapping[str, Any]) -> bool:
    return fault.get("code") == "calculation" or questionnaire.is_helper(
        form, str(fault.get("path") or "")
    )


def _trouble(form: Form | None, fault: Mapping[str, Any]) -> Trouble:
    where, value = questionnaire.place_and_value(form, fault, language())
    says = questionnaire.spoken(fault.get("message"), language())
    label = questionnaire.spoken(fault.get("label"), language())
    name = str(fault.get("name") or "")
    return Trouble(
        says,
        where,
        label if label != name else "",  # the check says the name where there is no label
        value if fault.get("code") in QUOTED else "",
        str(fault.get("path") or ""),
        name if label == name else "",
    )
