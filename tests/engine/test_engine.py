"""The phone and the server read forms alike: same values, same faults, same function names."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from node_process import PHONE, PhoneEngine
from person import fill, rows

from forms.answers import check
from forms.compile import compile_form
from forms.expressions import FUNCTIONS
from forms.instance import parse_xml, render_xml
from forms.label_files import files_in
from forms.library import Form, Library
from forms.rows import MAX_INSTANCES

NOW = "2026-11-22T08:30:00.000+07:00"
FILLED = 120  # forms of each kind a run
ROOT = Path(__file__).parents[2]
MEDIA = ROOT / "tests" / "browser" / "media"
FEATURES = sorted((ROOT / "tests" / "judge" / "features").glob("*.md"))


def published() -> list[Form]:
    """Every published form."""
    return list(Library(ROOT / "forms" / "published"))


def feature(path: Path) -> Form:
    """A small form, one a feature."""
    made = compile_form(path.read_bytes(), path.name, files_in(path.parent / "media"))
    return Form(made.model, made.model_json, made.xform)


def media_of(form: Form) -> dict[str, str]:
    """The form's media files, from this folder or the features'."""
    folders = (MEDIA, ROOT / "tests" / "judge" / "features" / "media")
    found = {}
    for name in form.files.values():
        found[name] = next((f / name).read_text("utf-8") for f in folders if (f / name).exists())
    return found


FORMS = [pytest.param(form, id=f"{form.id}-{form.version}") for form in published()]
FORMS += [pytest.param(feature(path), id=path.stem) for path in FEATURES]


@pytest.mark.parametrize("form", FORMS)
def test_phone_and_server_find_the_same_faults(engine: PhoneEngine, form: Form) -> None:
    """Random answers, some wrong: the server's check of what the phone sends says the same."""
    media = media_of(form)
    tables = {name: rows(text) for name, text in media.items()}
    clean = 0
    for seed in range(FILLED):
        filled = fill(engine, form.model, media, NOW, Random(seed))
        xml = render_xml(form, filled["answers"], "uuid:1")
        checked = check(form, parse_xml(xml), now=datetime.fromisoformat(NOW), media=tables)
        theirs = sorted((fault.code, fault.path) for fault in checked.faults)
        ours = sorted((fault["code"], fault["path"]) for fault in filled["faults"])
        assert ours == theirs, f"seed {seed}: {json.dumps(filled['answers'], ensure_ascii=False)}"
        clean += not ours
    assert clean < FILLED, "the answers were never wrong: the comparison proves little"


def test_no_more_rows_than_the_server_takes(engine: PhoneEngine) -> None:
    """However many repeat_count asks for: the server refuses no row, and says what to mend."""
    made = compile_form(COUNTED.encode(), "counted.md")
    form = Form(made.model, made.model_json, made.xform)
    begun = engine.ask(model=made.model, media={}, now=NOW)
    steps = [["answer", "/data/n", "900"], ["finish", "", ""]]
    filled = engine.ask(now=NOW, answers=begun["draft"], do=steps)
    assert len(filled["answers"]["row"]) == MAX_INSTANCES
    xml = render_xml(form, filled["answers"], "uuid:1")
    found = check(form, parse_xml(xml), now=datetime.fromisoformat(NOW), media={}).faults
    assert [(fault.code, fault.path) for fault in found] == [("repeat_count", "/data/row")]


COUNTED = """
| survey |
| | type | name | label | repeat_count |
| | integer | n | N | |
| | begin_repeat | row | Row | ${n} |
| | text | a | A | |
| | end_repeat | | | |
| settings |
| | form_title | form_id | version |
| | Counted | counted_rows | 1 |
"""


def test_the_same_functions() -> None:
    """A form that may be published can be filled: neither side has a function the other lacks."""
    script = (
        f"import {{FUNCTIONS}} from '{(PHONE / 'build/node/src/engine/functions.js').as_uri()}';"
    )
    script += "console.log(JSON.stringify(Object.keys(FUNCTIONS)))"
    node = shutil.which("node") or "node"
    found = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    assert set(json.loads(found.stdout)) == set(FUNCTIONS)
