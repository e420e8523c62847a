"""The library: publishing never overwrites, versions in order, published forms still compile."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from formkit import SETTINGS

from forms.compile import compile_form, dump_model
from forms.excel import to_xlsx
from forms.library import Library, version_key
from forms.problems import AlreadyPublished, FormRefused

TABLES = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | calculation | relevant |
| | today | today | | | | |
| | select_one_from_file homes.csv | home | Hộ | Home | | |
| | begin_repeat | r | R | R | | |
| | begin_group | g | G | G | | |
| | integer | n | N | N | | |
| | range | k | K | K | | |
| | select_multiple l | m | M | M | | |
| | note | x | X | X | | |
| | end_group | | | | | |
| | calculate | half | | | ${n} div 2 | |
| | calculate | same | | | ${n} | |
| | calculate | flag | | | if(${n} > 1, 1, 0) | |
| | calculate | word | | | if(${n} > 1, 'a', '') | |
| | end_repeat | | | | | |
| choices |
| | list_name | name | label::Tiếng Việt (vi) | label::English (en) |
| | l | 1 | Một | One |
"""
PUBLISHED = Path(__file__).parents[2] / "forms" / "published"


def source(version: str = "1") -> bytes:
    return (TABLES + SETTINGS.replace("| 1 |", f"| {version} |")).encode()


def test_publish_and_read_again(tmp_path: Path) -> None:
    form = Library(tmp_path).publish(source(), "thu.md")
    again = Library(tmp_path).get("thu", "1")
    assert again is not None
    assert (again.model, again.json, again.xform) == (form.model, form.json, form.xform)
    assert json.loads(again.json) == again.model
    assert again.md5 == hashlib.md5((tmp_path / "thu" / "1.xml").read_bytes()).hexdigest()
    assert again.files == {"homes": "homes.csv"}
    assert again.title == {"vi": "Thử", "en": "Thử"}
    assert Library(tmp_path).markdown("thu", "1") == source().decode()
    assert sorted(p.name for p in (tmp_path / "thu").iterdir()) == ["1.json", "1.md", "1.xml"]


def test_tables_of_a_form(tmp_path: Path) -> None:
    tables = Library(tmp_path).publish(source(), "thu.md").tables()
    assert {name: [(c.name, c.type) for c in columns] for name, columns in tables.items()} == {
        "thu": [("today", "date"), ("home", "select_one")],
        "thu.r": [
            ("n", "integer"), ("k", "integer"), ("m", "select_multiple"), ("half", "decimal"),
            ("same", "integer"), ("flag", "decimal"), ("word", "text"),
        ],
    }  # fmt: skip
    assert tables["thu.r"][2].node["choices"] == {"list": "l"}


def test_a_published_version_is_never_overwritten(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.publish(source(), "thu.md")
    before = {p: p.read_bytes() for p in (tmp_path / "thu").iterdir()}
    changed = source().replace(b"One", b"Uno")
    for one in (library, Library(tmp_path)):
        with pytest.raises(AlreadyPublished) as caught:
            one.publish(changed, "thu.md")
        assert caught.value.message["en"].startswith("Form thu version 1 is published")
    assert {p: p.read_bytes() for p in (tmp_path / "thu").iterdir()} == before


def test_two_who_publish_at_once(tmp_path: Path) -> None:
    sources = [source().replace(b"One", f"One{n}".encode()) for n in range(6)]
    outcomes: list[str] = []

    def publish(data: bytes) -> None:
        try:
            Library(tmp_path).publish(data, "thu.md")
            outcomes.append("published")
        except AlreadyPublished:
            outcomes.append("refused")

    threads = [threading.Thread(target=publish, args=(data,)) for data in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["published"] + ["refused"] * 5
    form = Library(tmp_path).get("thu", "1")
    assert form is not None
    markdown = (tmp_path / "thu" / "1.md").read_bytes()
    assert compile_form(markdown, "1.md").model == form.model


def test_a_publication_that_broke_off_is_finished(tmp_path: Path) -> None:
    (tmp_path / "thu").mkdir()
    (tmp_path / "thu" / "1.md").write_bytes(source())
    assert Library(tmp_path).forms() == []
    assert Library(tmp_path).publish(source(), "thu.md").version == "1"
    assert [form.id for form in Library(tmp_path).forms()] == ["thu"]


def test_a_refused_form_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FormRefused):
        Library(tmp_path).publish(source().replace(b"integer", b"frob"), "thu.md")
    assert list(tmp_path.iterdir()) == []


def test_an_excel_file_is_published_as_markdown(tmp_path: Path) -> None:
    form = Library(tmp_path).publish(to_xlsx(source().decode()), "thu.xlsx")
    assert form.model == compile_form(source(), "thu.md").model
    assert (tmp_path / "thu" / "1.md").read_text(encoding="utf-8").startswith("| survey |")


def test_newest_version_comes_last(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for version in ("2026.10", "2026.9", "2027.1", "2026.9-a"):
        library.publish(source(version), "thu.md")
    versions = [form.version for form in library.versions("thu")]
    assert versions == ["2026.9", "2026.9-a", "2026.10", "2027.1"]
    assert [form.version for form in library.forms()] == ["2027.1"]
    assert library.versions("nope") == []
    assert library.get("thu", "3") is None
    assert len(list(library)) == 4


def test_versions_sort_by_their_numbers() -> None:
    assert sorted(["10", "9", "1.10", "1.9", "1.9-b", "1.9-a"], key=version_key) == [
        "1.9", "1.9-a", "1.9-b", "1.10", "9", "10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path", sorted(PUBLISHED.glob("*/*.md")), ids=lambda path: f"{path.parent.name} {path.stem}"
)
def test_every_published_form_compiles_to_what_is_frozen(path: Path) -> None:
    compiled = compile_form(path.read_bytes(), path.name)
    assert (compiled.form, compiled.version) == (path.parent.name, path.stem)
    frozen = json.loads(path.with_suffix(".json").read_bytes())
    without_rows(frozen["nodes"])
    assert dump_model(frozen) == compiled.model_json
    assert path.with_suffix(".xml").read_bytes() == compiled.xform


def without_rows(nodes: list[dict[str, Any]]) -> None:
    """Older publications also say the sheet's row of each node."""
    for node in nodes:
        node.pop("row", None)
        without_rows(node.get("children", []))


def test_a_running_library_sees_what_another_process_publishes(tmp_path: Path) -> None:
    running, other = Library(tmp_path), Library(tmp_path)
    assert running.forms() == []
    published = other.publish(source(), "form.md")
    assert [form.version for form in running.forms()] == [published.version]
    assert running.get(published.id, published.version) is not None
    assert running.get(published.id, "1900.1") is None
