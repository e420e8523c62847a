"""XLSForm -> XForm (pyxform) -> compact model, once, when a form is published.

Everything that can be wrong with a form is found here, so that nothing fails while it is filled:
all problems together, each with sheet, row and what to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from forms import on_device
from forms.answers import Checker
from forms.columns import cell, column, fill_translations, language_code, languages
from forms.columns import other_languages as others
from forms.label_files import Beside, digest, nothing, read_files
from forms.on_device import xform_for_collect
from forms.own_lists import read_lists
from forms.problems import ExpressionError, FormRefused, SheetProblem, problem
from forms.program import Program
from forms.question_types import QUESTION_TYPES, WrongType
from forms.scope import Env
from forms.settings import OURS, about, check_settings, settings_row
from forms.sheet_checks import check_choices, check_sheets, missing_english
from forms.sheets import Workbook, read, read_markdown, write_markdown
from forms.survey import Survey, read_survey
from forms.xform import XForm

Model = dict[str, Any]
_OURS = {"settings": OURS, "survey": frozenset({"on_device"})}
"""Our own columns, which pyxform does not get."""
_PYXFORM_ROW = re.compile(r"\[row : (\d+)\]\s*")
_PYXFORM_SHEET = re.compile(r"On the '(\w+)' sheet, the '([^']+)' value")
_MOST_NAMED = 8  # choices in a message


@dataclass(frozen=True, slots=True)
class Compiled:
    """One XLSForm, compiled. `xform` is what ODK Collect downloads, byte for byte.

    `model` is docs/model.md's object; `model_json` its frozen bytes; `markdown` the XLSForm that
    is published (an Excel file has become Markdown); `files` are the sounds and pictures beside its
    labels and its own lists, by name; `warnings` do not hinder publication.
    """

    form: str
    version: str
    xform: bytes
    model: Model
    markdown: str
    warnings: tuple[SheetProblem, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def model_json(self) -> bytes:
        """The model as compact UTF-8 JSON, the same bytes for the same model."""
        return dump_model(self.model)


def dump_model(model: Model) -> bytes:
    """Compact UTF-8 JSON in the model's own key order."""
    return json.dumps(model, ensure_ascii=False, separators=(",", ":")).encode()


def compile_form(
    source: bytes, filename: str, beside: Beside = nothing, lists: Collection[str] | None = None
) -> Compiled:
    """Compile an XLSForm (.md or .xlsx by `filename`). Raises FormRefused with every problem.

    `beside` gives the files that the sheets name: sounds, pictures, lists of the author's own;
    `lists` are the CSV files that the service makes, None where every one is taken for such.
    """
    author = read(source, filename)
    if filename.lower().endswith(".md"):
        markdown = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    else:
        markdown = write_markdown(author)
    book = read_markdown(markdown)
    try:
        return _compile(book, author, markdown, beside, lists)
    except FormRefused as refused:
        raise FormRefused(_as_author_counts(refused.problems, book, author)) from None


def _compile(
    book: Workbook, author: Workbook, markdown: str, beside: Beside, lists: Collection[str] | None
) -> Compiled:
    problems = [*author.problems, *check_sheets(book)]
    survey = read_survey(book)
    problems += [*check_settings(book, survey.leaves()), *survey.problems]
    files, faults = read_files(book, beside)
    problems += [*check_choices(book), *faults]
    if problems:
        raise FormRefused(problems)
    source, warnings = _xform(book)
    xform = XForm(source)
    model = build_model(xform, book, survey)
    problems = check_expressions(xform, model, survey)
    own, faults = ({}, []) if lists is None else read_lists(book, model, beside, lists)
    if problems or faults:
        raise FormRefused([*problems, *faults])
    for key, kept in (("media", files), ("own_lists", own)):
        if kept:
            model[key] = {name: digest(content) for name, content in kept.items()}
    row = settings_row(book)
    collect = xform_for_collect(source, on_device.paths(model))
    return Compiled(
        row["form_id"], row["version"], collect, model, markdown,
        (*missing_english(book), *(_pyxform_problem(w, "pyxform_warning") for w in warnings)),
        files | own,
    )  # fmt: skip


def _xform(book: Workbook) -> tuple[bytes, list[str]]:
    """Run pyxform; its first error becomes a FormRefused."""
    warnings: list[str] = []
    try:
        result = convert(_for_pyxform(book), warnings=warnings)
    except PyXFormError as error:
        raise FormRefused(
            [_pyxform_problem(line, "pyxform") for line in str(error).splitlines() if line.strip()]
        ) from error
    return result.xform.encode(), warnings


def _for_pyxform(book: Workbook) -> dict[str, Any]:
    """The sheets as pyxform's own readers give them, without what is ours, texts completed."""
    wanted = languages(book)
    definition: dict[str, Any] = {"sheet_names": list(book.sheets)}
    for name, sheet in book.sheets.items():
        rows = fill_translations(sheet, wanted)
        if name == "settings" and wanted and "default_language" not in rows[0]:
            rows[0]["default_language"] = wanted[0]
        ours = _OURS.get(name, frozenset())
        rows = [{k: v for k, v in r.items() if column(k).base not in ours} for r in rows]
        headers = dict.fromkeys([*sheet.columns, *(k for row in rows for k in row)])
        definition[name] = rows
        definition[f"{name}_header"] = [
            dict.fromkeys(h for h in headers if column(h).base not in ours)
        ]
    return definition


def _pyxform_problem(text: str, code: str) -> SheetProblem:
    """A line of pyxform as a SheetProblem: its row and sheet are read from its wording."""
    row, where = _PYXFORM_ROW.search(text), _PYXFORM_SHEET.search(text)
    return problem(
        where.group(1) if where else "survey",
        int(row.group(1)) if row else None,
        where.group(2) if where else None,
        code,
        detail=_PYXFORM_ROW.sub("", text).strip(),
    )


def _as_author_counts(
    problems: tuple[SheetProblem, ...], book: Workbook, author: Workbook
) -> list[SheetProblem]:
    """Rows as the author's own file has them: Excel counts its empty rows, Markdown has none."""
    numbers = {
        (name, ours.number): theirs.number
        for name in book.sheets
        for ours, theirs in zip(book.rows(name), author.rows(name), strict=True)
    }
    return [
        SheetProblem(p.sheet, numbers.get((p.sheet, p.row), p.row) if p.row else p.row,
                     p.column, p.code, p.message)
        for p in problems
    ]  # fmt: skip


def build_model(xform: XForm, book: Workbook, survey: Survey) -> Model:
    """The compact model, without the expressions that could not be read (`xform.faults`)."""
    row = settings_row(book)
    nodes = xform.nodes()
    _finish(nodes, f"/{xform.root.tag.rsplit('}', 1)[-1]}", survey)
    title = row["form_title"]
    found = {language_code(language) for language in languages(book)}
    model: Model = {
        "form": row["form_id"],
        "version": row["version"],
        "title": {"vi": title, "en": row["title_en"] or title},
        "languages": ["vi", "en", *sorted(found - {"vi", "en"})],
        "called": others(book),
        "about": about(book),
        "root": xform.root.tag.rsplit("}", 1)[-1],
        "nodes": nodes,
        "lists": _used_lists(nodes, xform),
        "files": xform.files,
        "set": xform.sets,
    }
    return {key: value for key, value in model.items() if value or key == "nodes"}


def check_expressions(xform: XForm, model: Model, survey: Survey) -> list[SheetProblem]:
    """What cannot be read, and what cannot be compiled as the server will compile it, by row."""
    program = Checker(model, whole=True).program
    for action in _actions(model):
        _compile_action(action, program)
    found = [
        _located(path, where, error, survey)
        for path, where, error in (*xform.faults, *program.faults)
    ]
    found += [
        _located(node.path, "default", error, survey)
        for node in program.schema.nodes
        if (error := _default_error(node.model, xform)) is not None
    ]
    found += [
        _located(path, where, ExpressionError("reads_on_device", name=name), survey)
        for path, where, name in _reads_on_device(program)
    ]
    unique = {(p.row, p.column, p.code, p.message["en"]): p for p in found}
    return sorted(unique.values(), key=lambda p: p.row or 0)


def _reads_on_device(program: Program) -> list[tuple[str, str, str]]:
    """What is sent and would read what never leaves the phone: its path, column, and the name read.

    Texts may: they are made where they are shown.
    """
    return [
        (node.path, where, read.name)
        for node, where, others in program.reads
        for read in sorted(others, key=lambda n: n.path)
        if read.model.get("on_device") and not node.model.get("on_device")
    ]


def _located(path: str, where: str, error: ExpressionError, survey: Survey) -> SheetProblem:
    """The sheet and row of a node; instanceName comes from the settings."""
    if path.endswith("/meta/instanceName"):
        return SheetProblem("settings", 2, "instance_name", error.code, error.message)
    return SheetProblem("survey", survey.row(path), where, error.code, error.message)


def _actions(model: Model) -> list[dict[str, Any]]:
    """Every setvalue of a model: the phone runs them, so they are compiled here to be checked."""
    found = list(model.get("set", ()))
    inside = list(model["nodes"])
    while inside:
        node = inside.pop()
        found += node.get("set", ())
        inside += node.get("children", ())
    return found


def _compile_action(action: dict[str, Any], program: Program) -> None:
    target = program.schema.by_path.get(action["ref"])
    if target is not None:
        where = "calculation" if action["event"] == "value-changed" else "default"
        program.compile(action["value"], Env(target, target), where, "value")


def _default_error(node: dict[str, Any], xform: XForm) -> ExpressionError | None:
    """What is wrong with a literal default: of another type, or no choice of the sheet's list."""
    value = node.get("default", "")
    if not value or node["kind"] != "question":
        return None
    kind = QUESTION_TYPES[node["type"]]
    try:
        kind.read(value)
    except WrongType:
        return ExpressionError("bad_default", value=value, expected=kind.expected)
    listed = node.get("choices", {}).get("list")
    names = {item["name"] for item in xform.lists.get(listed, ())}
    if names and not names.issuperset(value.split()):
        wanted = ", ".join(sorted(names)[:_MOST_NAMED])
        expected = {"vi": f"mã của danh sách {listed} ({wanted})",
                    "en": f"a name of the list {listed} ({wanted})"}  # fmt: skip
        return ExpressionError("bad_default", value=value, expected=expected)
    return None


def _finish(nodes: list[dict[str, Any]], path: str, survey: Survey) -> None:
    """What only the sheet knows: notes, the parameters as written, what stays on the phone."""
    for node in nodes:
        here = f"{path}/{node['name']}"
        entry = survey.entries.get(here)
        if entry is not None:
            parameters = dict(
                part.split("=", 1) for part in cell(entry.row, "parameters").split() if "=" in part
            )
            if parameters and node.get("type") != "range":
                node["parameters"] = parameters
            if entry.type == "note":
                node["kind"] = node["type"] = "note"
            if entry.on_device:
                node["on_device"] = True
        if "children" in node:
            _finish(node["children"], here, survey)


def _used_lists(nodes: list[dict[str, Any]], xform: XForm) -> dict[str, Any]:
    """The lists that a question shows or an expression reads, in the sheet's order."""
    text = json.dumps(nodes, ensure_ascii=False)
    return {
        name: items
        for name, items in xform.lists.items()
        if json.dumps({"list": name}, ensure_ascii=False)[1:-1] in text
        or json.dumps(["call", "instance", name], ensure_ascii=False) in text
    }
