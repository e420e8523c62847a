"""Photos and the log of times: made small, kept, sent in parts that go on after every cut."""

from __future__ import annotations

import csv
import io
import os
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress

import household as h
import pytest
from phone import Phone
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect
from stub import Stub

from forms.compile import compile_form
from forms.library import Form

TITLE = "Phiếu có ảnh"
SHEET = """
| survey |
| | type | name | label::Tiếng Việt (vi) | label::English (en) | required | parameters | on_device |
| | text | called | Tên gọi | Name to go by | | | yes |
| | image | photo | Chụp căn nhà | Photograph the house | yes | max-pixels=1400 | |
| | text | words | Ghi chú | Notes | | | |

| settings |
| | form_title | form_id | version | filled_by |
| | Phiếu có ảnh | photo_form | 1 | collector |
"""


def png(width: int, height: int) -> bytes:
    """A picture that hardly shrinks: noise."""
    rows = b"".join(b"\0" + os.urandom(3 * width) for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    )  # fmt: skip


PICTURE = png(2000, 1000)


def jpeg_size(content: bytes) -> tuple[int, int]:
    """(width, height) of a JPEG, from its frame header."""
    at = 2
    while content[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    height, width = struct.unpack(">HH", content[at + 5 : at + 9])
    return width, height


@pytest.fixture
def photographed(phone: Phone, service: Stub) -> Phone:
    """A phone with the form open, its name written and its photo taken."""
    made = compile_form(SHEET.encode(), "form.md")
    service.forms.append(Form(made.model, made.model_json, made.xform))
    phone.sign_in()
    phone.worker_ready()
    phone.begin(TITLE)
    phone.write("/data/called", "Bà Ánh")
    phone.next()
    phone.expect_question("/data/photo")
    take(phone)
    return phone


def take(phone: Phone) -> None:
    question = phone.question("/data/photo")
    with phone.page.expect_file_chooser() as choosing:
        question.get_by_role("button", name="Chụp").first.click()
    choosing.value.set_files(
        files=[{"name": "nha.png", "mimeType": "image/png", "buffer": PICTURE}]
    )
    expect(question.locator("img.taken")).to_be_visible()
    phone.saved()


def finish(phone: Phone) -> None:
    phone.next()
    phone.expect_question("/data/words")
    phone.next()
    phone.press("Gửi")


def arrived(phone: Phone, service: Stub) -> dict:
    """The one submission, once it is there. What was cut off waits: the person presses again."""
    again = phone.page.get_by_role("button", name="Gửi ngay")
    for _ in range(400):
        if service.stored:
            break
        with suppress(PlaywrightError):  # it may go while it is looked at: then it was sent
            again.click(timeout=100)
        phone.page.wait_for_timeout(50)
    (stored,) = service.stored.values()
    return stored


def whole_photo(service: Stub, stored: dict) -> bytes:
    (file,) = stored["attachments"]
    assert (file["path"], file["filename"]) == ("/data/photo", stored["answers"]["photo"])
    return service.uploads[file["sha256"]]


def test_a_photo_is_made_small_and_comes_in_parts(photographed: Phone, service: Stub) -> None:
    finish(photographed)
    stored = arrived(photographed, service)
    content = whole_photo(service, stored)
    assert jpeg_size(content) == (1400, 700)
    assert len(service.parts) >= 2, "a photo of noise is more than one part"
    assert "called" not in str(stored) and "Ánh" not in str(stored)


CUTS: dict[str, Callable[[Stub], None]] = {
    "a part is cut off on its way": lambda stub: setattr(stub, "parts_cut", 1),
    "a part is kept and its answer lost": lambda stub: setattr(stub, "answers_cut", 1),
    "several of both": lambda stub: (
        setattr(stub, "parts_cut", 2), setattr(stub, "answers_cut", 1),
    )[0],
}  # fmt: skip


@pytest.mark.parametrize("cut", CUTS)
def test_after_a_cut_it_goes_on_from_where_it_stands(
    photographed: Phone, service: Stub, cut: str
) -> None:
    CUTS[cut](service)
    finish(photographed)
    stored = arrived(photographed, service)
    assert len(whole_photo(service, stored)) > 256 * 1024
    starts = [start for _, start in service.parts]
    assert starts == sorted(set(starts)), "no part was kept twice"
    assert len(service.attempts) == 1, "the submission followed once, when its files were whole"


@pytest.mark.switched_off
def test_a_killed_phone_keeps_the_photo(photographed: Phone, service: Stub) -> None:
    photographed.kill()
    photographed.open()
    photographed.page.get_by_text(TITLE).first.click()
    expect(photographed.question("/data/photo").locator("img.taken")).to_be_visible()
    finish(photographed)
    assert whole_photo(service, arrived(photographed, service))[:2] == b"\xff\xd8"


@pytest.mark.switched_off
def test_a_photo_waits_without_a_network_and_outlives_a_kill(
    photographed: Phone, service: Stub
) -> None:
    photographed.network(False)
    finish(photographed)
    expect(photographed.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    photographed.kill()
    photographed.open()
    assert whole_photo(service, arrived(photographed, service))[:2] == b"\xff\xd8"


def test_a_photo_that_is_missing_is_asked_for_at_its_key(photographed: Phone) -> None:
    question = photographed.question("/data/photo")
    question.get_by_role("button", name="Xoá").click()
    photographed.next()
    expect(question.get_by_role("alert")).to_have_text("Câu này cần có câu trả lời.")
    expect(question.get_by_role("button", name="Chụp hoặc chọn ảnh")).to_be_focused()


def test_deleting_all_at_sign_out_deletes_the_photo_too(photographed: Phone) -> None:
    """At once, not when somebody next signs in on this phone."""
    page = photographed.page
    assert page.evaluate(FILES) == 1
    photographed.press("Lưu và thoát")
    page.get_by_role("link", name="Cài đặt").click()
    photographed.press("Đăng xuất")
    photographed.press("Xoá tất cả rồi đăng xuất")
    page.locator("#wipe").fill("xoa")
    photographed.press("Xoá tất cả rồi đăng xuất")
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert page.evaluate(FILES) == 0


FILES = """() => new Promise((done) => {
  indexedDB.open("so-thon").onsuccess = ({ target: { result: db } }) => {
    db.transaction("files").objectStore("files").count().onsuccess = ({ target }) => {
      db.close();
      done(target.result);
    };
  };
})"""


def test_a_household_comes_with_its_log_of_times(phone: Phone, service: Stub) -> None:
    phone.sign_in()
    h.nobody_home(phone)
    phone.press("Gửi")
    stored = arrived(phone, service)
    (file,) = stored["attachments"]
    assert (file["path"], file["filename"]) == ("/data/meta/audit", "audit.csv")
    rows = list(csv.DictReader(io.StringIO(service.uploads[file["sha256"]].decode())))
    assert list(rows[0]) == ["event", "node", "start", "end"]
    assert rows[0]["event"] == "form start" and rows[-1]["event"] == "form exit"
    asked = [row["node"] for row in rows if row["event"] == "question"]
    assert asked[:3] == ["/data/household", "/data/visit_no", "/data/contact"]
    times = [(int(row["start"]), int(row["end"])) for row in rows if row["event"] == "question"]
    assert all(start <= end for start, end in times)
