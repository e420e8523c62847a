"""Sounds and pictures beside labels: what a sheet may name, what the model and the XForm say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from formkit import SETTINGS
from soundkit import plain_png, tone

from forms.compile import Compiled, compile_form
from forms.excel import to_xlsx
from forms.label_files import KB, MOST_BYTES, MOST_TOTAL, digest, files_in, type_of
from forms.library import Library
from forms.problems import AlreadyPublished, FormRefused, SheetProblem

SOUND, OTHER, PICTURE = tone(440), tone(660), plain_png(4, 4, (200, 0, 0))
FILES = {
    "hoi.wav": SOUND, "hoi-hmn.wav": OTHER, "nha.png": PICTURE, "mot.wav": SOUND, "nhom.wav": SOUND,
    "1.png": PICTURE,
}  # fmt: skip
VI, EN, MONG, M = "Tiếng Việt (vi)", "English (en)", "Tiếng Mông (hmn)", "media::"
TABLES = f"""
| survey |
| | type | name | label::{VI} | label::{EN} | {M}audio::{VI} | {M}audio::{MONG} | {M}image |
| | begin_group | g | Nhóm | Group | nhom.wav | | |
| | text | a | A ${{c}} | A | hoi.wav | hoi-hmn.wav | nha.png |
| | note | n | N | N | | hoi-hmn.wav | |
| | select_one l | c | C | C | | | |
| | end_group | | | | | | |
| choices |
| | list_name | name | label::{VI} | label::{EN} | {M}image | audio::{VI} |
| | l | 1 | Một | One | 1.png | mot.wav |
| | l | 2 | Hai | Two | | |
"""


def compiled(tables: str = TABLES, files: Mapping[str, bytes] = FILES) -> Compiled:
    return compile_form((tables + SETTINGS).encode(), "thu.md", dict(files).get)


def refused(tables: str, files: Mapping[str, bytes] = FILES) -> list[SheetProblem]:
    with pytest.raises(FormRefused) as caught:
        compiled(tables, files)
    return list(caught.value.problems)


def node(made: Compiled, *names: str) -> dict:
    nodes, found = made.model["nodes"], {}
    for name in names:
        found = next(one for one in nodes if one["name"] == name)
        nodes = found.get("children", ())
    return found


def test_the_model_says_each_file_once_in_each_language() -> None:
    made = compiled()
    assert node(made, "g")["media"] == {"audio": {"vi": "nhom.wav"}}
    assert node(made, "g", "a")["media"] == {
        "image": {"vi": "nha.png"}, "audio": {"vi": "hoi.wav", "hmn": "hoi-hmn.wav"},
    }  # fmt: skip
    assert node(made, "g", "n")["media"] == {"audio": {"hmn": "hoi-hmn.wav"}}
    assert "media" not in node(made, "g", "c")
    one, two = made.model["lists"]["l"]
    assert one["media"] == {"image": {"vi": "1.png"}, "audio": {"vi": "mot.wav"}}
    assert "media" not in two
    assert made.model["languages"] == ["vi", "en", "hmn"]
    assert made.model["called"] == {"hmn": "Tiếng Mông"}
    assert made.model["media"] == {name: digest(FILES[name]) for name in made.files}
    assert made.files == FILES


def test_labels_that_are_not_translated_read_vietnamese_beside_a_recording() -> None:
    assert node(compiled(), "g", "n")["label"] == {"vi": "N", "en": "N", "hmn": "N"}


def test_collect_is_told_the_same() -> None:
    xform = compiled().xform.decode()
    assert xform.count('<value form="audio">jr://audio/hoi-hmn.wav</value>') == 2
    assert xform.count('<value form="audio">jr://audio/hoi.wav</value>') == 2  # vi and English
    assert '<value form="image">jr://images/nha.png</value>' in xform
    assert "<value>-</value>" not in xform


def test_a_label_without_language_stays_vietnamese_beside_a_recording() -> None:
    made = compiled("""
| survey |
| | type | name | label | media::audio::Tiếng Mông (hmn) | audio |
| | text | a | Tuổi | hoi-hmn.wav | |
| | text | b | Tên | | hoi.wav |
""")
    assert node(made, "a")["label"]["vi"] == "Tuổi"
    assert node(made, "a")["media"] == {"audio": {"hmn": "hoi-hmn.wav"}}
    assert node(made, "b")["media"] == {"audio": {"vi": "hoi.wav"}}
    assert made.xform.index(b"(vi)") < made.xform.index(b"(hmn)")


def test_a_bare_label_beside_english_stays_vietnamese() -> None:
    made = compiled("""
| survey |
| | type | name | label | label::English (en) |
| | text | a | Tuổi | Age |
""")
    assert node(made, "a")["label"] == {"vi": "Tuổi", "en": "Age"}


def test_a_form_without_files_says_nothing_of_them() -> None:
    made = compiled("""
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) |
| | text | a | A | A |
""")
    assert "media" not in made.model_json.decode() and "called" not in made.model


def row(file: str, header: str = "media::audio", settings: str = "") -> str:
    return f"""
| survey |
| | type | name | label | {header} |
| | text | a | A | |
| | text | b | B | {file} |
{settings}"""


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
FILM = b"\0\0\0\x18ftypmp42" + b"\0" * 40 + b"hdlr" + b"\0" * 8 + b"vide"
FAULTS: dict[str, tuple[str, str, Mapping[str, bytes], str, str]] = {
    "no such file": ("x.mp3", "media::audio", {}, "media_missing", "x.mp3"),
    "a film": ("x.mp4", "media::video", {"x.mp4": FILM}, "unsupported_media", "video"),
    "a large picture": ("x.png", "media::big-image", FILES, "unsupported_media", "big-image"),
    "a computed name": ("${a}.png", "media::image", FILES, "media_name", "${a}.png"),
    "another folder": ("../x.mp3", "media::audio", {"../x.mp3": SOUND}, "media_name", "../x.mp3"),
    "marks in the name": ("hỏi.mp3", "media::audio", {"hỏi.mp3": SOUND}, "media_name", "hỏi.mp3"),
    "a list's name": ("x.csv", "media::audio", {"x.csv": SOUND}, "media_name", "x.csv"),
    "too large": ("x.wav", "media::audio", {"x.wav": SOUND + b"\0" * MOST_BYTES}, "media_large",
                  f"{MOST_BYTES // KB} KB"),
    "SVG": ("x.png", "media::image", {"x.png": SVG}, "media_kind", "PNG, JPEG, WebP"),
    "a picture that is to be heard": ("x.mp3", "media::audio", {"x.mp3": PICTURE}, "media_kind",
                                      "MP3"),
    "a film as a sound": ("x.m4a", "media::audio", {"x.m4a": FILM}, "media_kind", "M4A"),
    "nothing in it": ("x.mp3", "media::audio", {"x.mp3": b""}, "media_kind", "MP3"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_faulty_file(case: str) -> None:
    file, header, files, code, said = FAULTS[case]
    (found,) = refused(row(file, header), files)
    assert (found.sheet, found.row, found.column, found.code) == ("survey", 3, header, code)
    assert said in found.message["vi"] and said in found.message["en"]
    if code != "media_name":
        assert "“b”" in found.message["vi"] and "“b”" in found.message["en"]


def test_a_fault_of_a_choice_names_its_row() -> None:
    (found,) = refused(TABLES, {**FILES, "mot.wav": b"no sound"})
    assert (found.sheet, found.row, found.column) == ("choices", 2, "audio::Tiếng Việt (vi)")


@pytest.mark.parametrize("line", ["begin_group | b | |", "calculate | b | B | 1 + 1"])
def test_a_file_without_a_label_is_refused(line: str) -> None:
    cells = [cell.strip() for cell in line.split("|")]
    (found,) = refused(
        f"""
| survey |
| | type | name | label | calculation | media::audio |
| | text | a | A | | |
| | {cells[0]} | b | {cells[2]} | {cells[3]} | hoi.wav |
"""
        + ("| | text | c | C | | |\n| | end_group | | | | |\n" if "group" in line else "")
    )
    assert (found.row, found.column, found.code) == (3, "media::audio", "media_alone")
    assert "“b”" in found.message["vi"] and "“b”" in found.message["en"]


def test_a_private_form_has_none() -> None:
    tables = row("hoi.wav")
    with pytest.raises(FormRefused) as caught:
        compile_form(
            (tables + "| settings |\n| | form_title | form_id | version | sensitive |\n"
             "| | T | t | 1 | true |\n").encode(), "t.md", FILES.get,
        )  # fmt: skip
    assert [found.code for found in caught.value.problems] == ["media_sensitive"]


def test_all_files_together_have_a_limit() -> None:
    count = MOST_TOTAL // MOST_BYTES + 1
    body = "".join(f"| | text | q{n} | Q | {n}.wav |\n" for n in range(count))
    files = {f"{n}.wav": SOUND + bytes([n]) * (MOST_BYTES - len(SOUND)) for n in range(count)}
    tables = f"| survey |\n| | type | name | label | media::audio |\n{body}"
    (found,) = refused(tables, files)
    assert found.code == "media_total" and "20480 KB" in found.message["vi"]
    assert len(compiled(tables.replace(f"| {count - 1}.wav |", "| |"), files).files) == count - 1


KINDS = {
    "ID3 tag": (b"ID3\x04\0\0\0\0\0\0", "audio/mpeg"),
    "MP3 frame": (b"\xff\xfb\x90\x00", "audio/mpeg"),
    "MP3 at half the rate": (b"\xff\xf3\x40\xc4", "audio/mpeg"),
    "AAC frame": (b"\xff\xf1\x50\x80", "audio/aac"),
    "M4A": (b"\0\0\0\x20ftypM4A \0\0\0\0hdlr\0\0\0\0\0\0\0\0soun", "audio/mp4"),
    "Opus": (b"OggS\0\x02" + b"\0" * 22 + b"OpusHead", "audio/ogg"),
    "Vorbis": (b"OggS\0\x02" + b"\0" * 22 + b"\x01vorbis", "audio/ogg"),
    "WAV": (SOUND, "audio/wav"),
    "PNG": (PICTURE, "image/png"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
    "WebP": (b"RIFF\x1a\0\0\0WEBPVP8L", "image/webp"),
    "a film in Ogg": (b"OggS\0\x02" + b"\0" * 22 + b"\x80theora", None),
    "HEIC": (b"\0\0\0\x20ftypheic", None),
    "AVI": (b"RIFF\x1a\0\0\0AVI LIST", None),
    "SVG": (SVG, None),
    "GIF": (b"GIF89a", None),
    "text in UTF-16": ("ảnh".encode("utf-16"), None),
    "a page": (b"<!doctype html>", None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_type_is_read_from_the_content(kind: str) -> None:
    content, expected = KINDS[kind]
    assert type_of(content) == expected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the form and its files, as an author has it."""
    made = tmp_path / "author"
    made.mkdir()
    for name, content in FILES.items():
        (made / name).write_bytes(content)
    return made


def test_files_are_read_from_the_folder(folder: Path) -> None:
    beside = files_in(folder)
    assert beside("hoi.wav") == SOUND and beside("none.wav") is None and beside(".") is None
    (folder / "large.wav").write_bytes(b"\0" * (MOST_BYTES + 99))
    assert len(beside("large.wav") or b"") == MOST_BYTES + 1


def source(version: str) -> bytes:
    return (TABLES + SETTINGS.replace("| 1 |", f"| {version} |")).encode()


def test_publication_keeps_the_files_and_never_overwrites_one(tmp_path: Path, folder: Path) -> None:
    published = tmp_path / "published"
    form = Library(published).publish(source("1"), "thu.md", files_in(folder))
    again = Library(published).get("thu", "1")
    assert again is not None and again.media == form.media == json.loads(form.json)["media"]
    assert {name: Library(published).media(again, name) for name in again.media} == FILES
    assert Library(published).media(again, "other.wav") is None
    kept = {path: path.read_bytes() for path in published.rglob("*") if path.is_file()}

    (folder / "hoi.wav").write_bytes(OTHER)
    with pytest.raises(AlreadyPublished):
        Library(published).publish(source("1"), "thu.md", files_in(folder))
    new = Library(published).publish(source("2"), "thu.md", files_in(folder))
    assert {path: path.read_bytes() for path in kept} == kept, "version 1 is as it was"
    assert Library(published).media(new, "hoi.wav") == OTHER
    assert Library(published).media(again, "hoi.wav") == SOUND
    names = [path.name for path in (published / "thu" / "media").iterdir()]
    assert len(names) == len(FILES) + 1, "what has not changed lies there once"


def test_a_refused_file_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    (folder / "hoi.wav").unlink()
    with pytest.raises(FormRefused):
        Library(tmp_path / "published").publish(source("1"), "thu.md", files_in(folder))
    assert not (tmp_path / "published").exists()


def test_excel_keeps_the_columns() -> None:
    straight = compiled()
    again = compile_form(to_xlsx(straight.markdown), "thu.xlsx", FILES.get)
    assert (again.model, again.files, again.xform) == (
        straight.model, straight.files, straight.xform,
    )  # fmt: skip
