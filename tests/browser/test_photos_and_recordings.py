"""Photos and recordings on the phone, from the camera and the microphone to the service's disk."""

from __future__ import annotations

import hashlib
import io
import re
import wave
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from handset import Handset, handset
from locking import AWAY
from PIL import Image, TiffImagePlugin
from playwright.sync_api import Locator, Playwright, expect
from test_troubles import NO_ROOM

FLAGS = ("--use-fake-device-for-media-stream",)  # a tone in place of a microphone
TITLE = "Thử ảnh và ghi âm"
KEPT = """async () => {
  const database = await new Promise((done) => {
    indexedDB.open("so-thon").onsuccess = (event) => done(event.target.result);
  });
  const all = database.transaction("files").objectStore("files").getAll();
  const found = await new Promise((done) => { all.onsuccess = () => done(all.result); });
  database.close();
  return found.map(({ key, sha256, size }) => [key.split("/")[1], sha256, size]);
}"""
LOSE = """() => new Promise((done) => {
  indexedDB.open("so-thon").onsuccess = ({ target: { result } }) => {
    const transaction = result.transaction("files", "readwrite");
    transaction.objectStore("files").clear();
    transaction.oncomplete = () => (result.close(), done());
  };
})"""
PART = 256 * 1024
ROTATED = 6  # EXIF: the camera was held upright, a viewer turns it to the right


@pytest.fixture(scope="module")
def hand(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handset]:
    """A phone with a microphone that it may not use yet."""
    with handset(playwright, tmp_path_factory.mktemp("files"), ["files"], FLAGS) as made:
        yield made


@pytest.fixture
def at_photo(hand: Handset) -> Iterator[Locator]:
    """A new interview, at its photo; afterwards nothing of it is on the phone."""
    hand.begin(TITLE)
    hand.write("place", "Xóm Đông")
    yield hand.at("photo")
    until_kept(hand, 0)


def kept(hand: Handset) -> list[tuple[str, str, int]]:
    """(name, SHA-256, bytes) of each file on the phone's disk."""
    return [tuple(one) for one in hand.phone.page.evaluate(KEPT)]


def until_kept(hand: Handset, number: int, but: str = "") -> list[tuple[str, str, int]]:
    """The files, once there are so many and one is gone: it goes after the new answer is saved."""
    for _ in range(200):
        found = kept(hand)
        if len(found) == number and but not in [name for name, _, _ in found]:
            return found
        hand.phone.page.wait_for_timeout(50)
    raise AssertionError(found)


def take(question: Locator, content: bytes, name: str = "IMG_0001.jpg") -> None:
    """Hand the question a picture, as the camera does."""
    kind = "audio/wav" if name.endswith(".wav") else "image/jpeg"
    question.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )


def jpeg(width: int, height: int, *, noise: bool = False, exif: Image.Exif | None = None) -> bytes:
    """Its left half red and its right half blue; or coarse noise, which hardly shrinks."""
    if noise:
        small = (width // 6, height // 6)
        grain = Image.frombytes("RGB", small, Random(7).randbytes(3 * small[0] * small[1]))
        picture = grain.resize((width, height), Image.Resampling.NEAREST)
    else:
        picture = Image.new("RGB", (width, height), "red")
        picture.paste("blue", (width // 2, 0, width, height))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=90, **({"exif": exif} if exif else {}))
    return content.getvalue()


def camera_data() -> Image.Exif:
    """What a phone's camera writes: how it was held, its maker, and where."""
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    exif[0x010F] = "Máy thử".encode().decode("latin-1")
    place = [TiffImagePlugin.IFDRational(n, 1) for n in (20, 51, 7)]
    exif.get_ifd(0x8825).update({1: "N", 2: tuple(place), 3: "E", 4: tuple(place)})
    return exif


def stored_photo(hand: Handset, answers: dict[str, dict[str, str]]) -> Image.Image:
    """The photo that the service has; its name is the answer."""
    media_type, content = hand.files()[answers["browser_files"]["photo"]]
    assert media_type == "image/jpeg" and b"Exif" not in content[:4096]
    return Image.open(io.BytesIO(content))


def test_a_photo_is_upright_and_says_nothing_of_the_camera(
    hand: Handset, at_photo: Locator
) -> None:
    before = jpeg(1200, 800, exif=camera_data())
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825), "the test's photo has a place"
    take(at_photo, before)
    expect(at_photo.get_by_role("img")).to_be_visible()
    photo = stored_photo(hand, hand.send())
    assert photo.size == (800, 1200) and not photo.getexif()
    above, below = photo.getpixel((400, 100)), photo.getpixel((400, 1100))
    assert isinstance(above, tuple) and isinstance(below, tuple)
    assert above[0] - above[2] > 150 and below[2] - below[0] > 150, "red above, blue below"


def test_a_huge_photo_is_made_small_and_no_picture_is_refused(
    hand: Handset, at_photo: Locator
) -> None:
    """What cannot be read is said at its place, and what was there before stays."""
    take(at_photo, jpeg(800, 600))
    shown = at_photo.get_by_role("img")
    expect(shown).to_be_visible()
    (first,) = kept(hand)
    take(at_photo, b"\xff\xd8\xff not a picture")
    words = "Không đọc được ảnh này. Hãy chụp lại hoặc chọn ảnh khác."
    expect(at_photo.get_by_role("alert")).to_have_text(words)
    expect(shown).to_be_visible()
    assert kept(hand) == [first]
    take(at_photo, jpeg(6000, 3000, noise=True))
    expect(at_photo.get_by_role("alert")).to_have_count(0)
    hand.phone.page.wait_for_function(
        "() => document.querySelector('img.taken')?.naturalWidth === 1600"
    )
    hand.phone.saved()
    (second,) = until_kept(hand, 1)
    assert second != first and second[2] > PART, "the one before is gone, and this one has parts"
    photo = stored_photo(hand, hand.send())
    assert photo.size == (1600, 800)


def test_no_room_for_a_photo(hand: Handset, at_photo: Locator) -> None:
    """Told at the question, nothing half kept; with room it is kept without being taken again."""
    page = hand.phone.page
    page.evaluate(NO_ROOM)
    take(at_photo, jpeg(800, 600))
    told = at_photo.get_by_role("alert")
    expect(told).to_contain_text("chưa giữ được tệp này")
    expect(at_photo.get_by_role("img")).to_have_count(0)
    assert kept(hand) == []
    refused = page.evaluate("() => window.refused")
    at_photo.get_by_role("button", name="Thử lại").click()
    page.wait_for_function("(before) => window.refused > before", arg=refused)
    expect(told).to_contain_text("chưa giữ được tệp này")
    page.evaluate("() => void (window.room = true)")
    at_photo.get_by_role("button", name="Thử lại").click()
    expect(at_photo.get_by_role("img")).to_be_visible()
    expect(told).to_have_count(0)
    assert stored_photo(hand, hand.send()).size == (800, 600)


def record(said: Locator) -> None:
    """Two seconds of the microphone, or more on a busy machine."""
    said.get_by_role("button", name="Ghi").first.click()
    expect(said.get_by_text("Đang ghi âm")).to_be_visible()
    expect(said.get_by_role("timer")).to_have_text(re.compile("0:(0[2-9]|[1-5])"))


def test_a_recording(hand: Handset, at_photo: Locator) -> None:
    """Refused first: said in words, and the interview goes on. Then recorded, played, removed,
    recorded again, sent; and ended by leaving its screen."""
    page, context = hand.phone.page, hand.phone.context
    assert context
    said = hand.at("said")
    said.get_by_role("button", name="Ghi âm").click()
    expect(said.get_by_role("alert")).to_contain_text("Máy chưa cho ứng dụng dùng micrô")
    hand.at("words")
    hand.phone.back()
    hand.phone.expect_question("/data/said")
    context.grant_permissions(["microphone"], origin=hand.service.url)
    record(said)
    said.get_by_role("button", name="Dừng và giữ").click()
    player = said.locator("audio")
    player.evaluate("(audio) => audio.play()")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
    said.get_by_role("button", name="Xoá").click()
    expect(player).to_have_count(0)
    until_kept(hand, 0)
    record(said)
    hand.phone.next()  # leaving the screen ends the recording and keeps it
    hand.phone.expect_question("/data/words")
    until_kept(hand, 1)
    hand.phone.back()
    expect(player).to_be_visible()
    ((name, sha256, size),) = kept(hand)
    hand.at("words")
    answers = hand.send()["browser_files"]
    media_type, content = hand.files()[name]
    assert (answers["said"], media_type) == (name, "audio/webm") and size > 1000
    assert hashlib.sha256(content).hexdigest() == sha256


def test_a_recording_outlives_the_lock_and_a_kill(hand: Handset, at_photo: Locator) -> None:
    """Locked from another window while it runs, then killed while out of sight: what was said
    until then is there."""
    page, context = hand.phone.page, hand.phone.context
    assert context
    context.grant_permissions(["microphone"], origin=hand.service.url)
    said = hand.at("said")
    record(said)
    other = context.new_page()
    other.goto(f"{hand.service.url}/phone/#/settings")
    other.get_by_role("button", name="Khoá ngay").click()
    other.close()
    hand.phone.unlock()
    expect(said.locator("audio")).to_be_visible()
    ((first, _, _),) = until_kept(hand, 1)
    record(said)
    page.evaluate(AWAY, "hidden")
    until_kept(hand, 1, but=first)  # the one before goes once the new answer is on the disk
    hand.phone.kill()
    hand.phone.open().get_by_role("button", name=TITLE).first.click()
    said = hand.phone.question("/data/said")
    expect(said.locator("audio")).to_be_visible()
    answers = hand.send()["browser_files"]
    assert answers["said"] != first and hand.files()[answers["said"]][0] == "audio/webm"


def test_a_sound_file_comes_in_parts(hand: Handset, at_photo: Locator, tmp_path: Path) -> None:
    """Another kind of file is refused in words; this one is stored byte for byte."""
    said = hand.at("said")
    said.locator("input[type=file]").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"}
    )
    expect(said.get_by_role("alert")).to_contain_text("cần một tệp âm thanh dưới 8 MB")
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(Random(7).randbytes(600_000))
    content = (tmp_path / "a.wav").read_bytes()
    parts: list[str] = []
    hand.phone.page.on(
        "request", lambda one: parts.append(one.url) if one.method == "PATCH" else None
    )
    take(said, content, "a.wav")
    expect(said.locator("audio")).to_be_visible()
    expect(said.get_by_role("alert")).to_have_count(0)
    answers = hand.send()["browser_files"]
    assert hand.files()[answers["said"]] == ("audio/wav", content)
    assert len(parts) == 3


def test_a_photo_that_the_phone_has_lost(hand: Handset, at_photo: Locator) -> None:
    """The server names its question, and the interview waits there for another one."""
    page = hand.phone.page
    take(at_photo, jpeg(800, 600))
    expect(at_photo.get_by_role("img")).to_be_visible()
    hand.phone.network(there=False)
    hand.finish()
    until_kept(hand, 1)
    page.evaluate(LOSE)
    hand.phone.network(there=True)
    hand.phone.hurry()
    expect(page.get_by_text("Có chỗ cần sửa")).to_be_visible()
    expect(page.locator(".why")).to_contain_text("chưa tới máy chủ")
    hand.phone.press("Sửa")
    expect(at_photo.get_by_role("alert")).to_contain_text("Máy chủ báo: Tệp")
    take(at_photo, jpeg(400, 300))
    expect(at_photo.get_by_role("alert")).to_have_count(0)
    assert stored_photo(hand, hand.send()).size == (400, 300)
