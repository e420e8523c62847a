"""Sounds and pictures beside labels, on the real service: they come behind the form, stay on the
phone, and are heard and seen without a network, in the language of the interview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import real
from phone import Phone
from playwright.sync_api import Playwright, Route, expect
from test_axe import ACCOUNT, AXE, SMALL, WIDER, device

from forms.label_files import digest
from forms.library import Library
from tests.forms.soundkit import plain_png, tone

TITLE = "Phiếu nghe"
VI, EN, MONG, M = "Tiếng Việt (vi)", "English (en)", "Tiếng Mông (hmn)", "media::"
SHEET = f"""
| survey |
| | type | name | label::{VI} | label::{EN} | {M}audio::{VI} | {M}audio::{MONG} | {M}image | appearance |
| | begin_group | home | Nhà ở | Home | long.wav | | | |
| | text | words | Nhà có mấy cửa? | How many doors? | vi.wav | hmn.wav | nha.png | |
| | select_one roof | roof | Mái nhà? | Roof? | | | | minimal |
| | end_group | | | | | | | |
| | note | thanks | Xin cảm ơn. | Thank you. | long.wav | | | |
| | select_one_from_file villages.csv | village | Thôn? | Village? | | | | |

| choices |
| | list_name | name | label::{VI} | label::{EN} | {M}image | {M}audio::{VI} |
| | roof | 1 | Ngói | Tiles | ngoi.png | vi.wav |
| | roof | 2 | Tôn | Metal | | |

| settings |
| | form_title | title_en | form_id | version | filled_by |
| | {TITLE} | Heard | heard | 1 | collector |
"""  # noqa: E501
SECONDS = {"vi.wav": 0.4, "hmn.wav": 0.9, "long.wav": 20}  # tells which one is heard
COMING = "Còn 5 tệp âm thanh, hình ảnh chưa tải về máy"
NOT_YET = "Âm thanh chưa tải về máy"
# The answer of the last look: a promise would count as a yes.
DIGESTS = """(expected) => {
  const asked = indexedDB.open("so-thon");
  asked.onsuccess = () => {
    const all = asked.result.transaction("media").objectStore("media").getAll();
    all.onsuccess = () => {
      window.kept = all.result.filter((one) => one.blob).map((one) => one.hash);
      asked.result.close();
    };
  };
  return window.kept && window.kept.sort().join() === expected.join();
}"""
HEARD = """() => {
  window.heard = [];
  for (const type of ["playing", "pause", "ended"])
    document.addEventListener(type, (event) => heard.push([type, event.target.duration]), true);
}"""


FILES = {name: tone(440, seconds) for name, seconds in SECONDS.items()}
FILES |= {
    "nha.png": plain_png(320, 200, (11, 93, 84)),
    "ngoi.png": plain_png(120, 80, (180, 60, 30)),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.Real]:
    """The real service with a form that is heard and seen."""
    folder = real.forms_folder(tmp_path_factory.mktemp("forms") / "published", ["visit"])
    Library(folder).publish(SHEET.encode(), "form.md", FILES.get)
    with real.serve(tmp_path_factory.mktemp("service"), folder) as running:
        yield running


@pytest.fixture
def phone(playwright: Playwright, service: real.Real, tmp_path: Path) -> Iterator[Phone]:
    made = device(playwright, tmp_path, service.url)
    yield made
    made.close()
    assert not made.complaints, "\n".join(made.complaints)


def signed_in(phone: Phone) -> None:
    """Sign in, not waiting for what comes behind the forms."""
    page = phone.page
    page.get_by_label("Tên đăng nhập").fill(ACCOUNT[0])
    page.get_by_label("Mật khẩu", exact=True).fill(ACCOUNT[1])
    phone.press("Đăng nhập")
    phone.choose_pin()


def card(phone: Phone):
    return phone.page.locator(".card", has_text=TITLE)


def all_here(phone: Phone) -> None:
    """Wait until the form and its files are on the phone."""
    expect(card(phone)).to_be_visible()
    phone.page.wait_for_function(DIGESTS, arg=sorted(digest(one) for one in FILES.values()))


def hears(phone: Phone, seconds: float, *, to_the_end: bool = True) -> None:
    """Wait until a sound of that length plays (to its end)."""
    phone.page.wait_for_function(
        """([type, seconds]) => heard.some(([heard, of]) => heard === type
          && Math.abs(of - seconds) < 0.05)""",
        arg=["ended" if to_the_end else "playing", seconds],
    )


def speak(phone: Phone, language: str) -> None:
    """Change the language of the labels."""
    phone.page.locator("button.language").click()
    phone.page.get_by_role("dialog").get_by_role("button", name=language, exact=True).click()
    expect(phone.page.get_by_role("dialog")).to_have_count(0)
    phone.page.evaluate("() => void (heard.length = 0)")


def faultless(phone: Phone, where: str) -> None:
    """Axe finds nothing, targets have 48 px, nothing runs off the side."""
    page = phone.page
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"{AXE.read_text('utf-8')}; undefined")
    faults = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]
    found = [f"{where}: {one['id']} {one['nodes'][0]['html'][:160]}" for one in faults]
    found += [f"{where}: small {one}" for one in page.evaluate(SMALL)]
    assert not found, "\n".join(found)
    assert page.evaluate(WIDER) <= 0, f"{where} runs off the side"


def listen(phone: Phone):
    return phone.question("/data/home/words").get_by_role("button", name="Nghe câu hỏi")


def test_heard_and_seen_without_a_network_in_the_language_of_the_interview(phone: Phone) -> None:
    signed_in(phone)
    all_here(phone)
    phone.worker_ready()
    phone.network(False)
    phone.begin(TITLE)
    page = phone.page
    page.evaluate(HEARD)
    expect(page.get_by_role("img", name="Hình: Nhà có mấy cửa?")).to_be_visible()
    assert page.evaluate("() => document.querySelector('img.beside').naturalWidth") == 320
    faultless(phone, "a question with both")

    listen(phone).click()
    hears(phone, SECONDS["vi.wav"])
    speak(phone, "Tiếng Mông")
    listen(phone).click()
    hears(phone, SECONDS["hmn.wav"])
    speak(phone, "English")  # no recording of its own: the first language's
    page.get_by_role("button", name="Listen to the question").click()
    hears(phone, SECONDS["vi.wav"])


def test_a_sound_stops_with_its_key_the_language_and_the_screen(phone: Phone) -> None:
    signed_in(phone)
    all_here(phone)
    phone.begin(TITLE)
    page = phone.page
    page.evaluate(HEARD)
    group = page.locator(".heard").get_by_role("button")
    stopped = "() => heard.length && heard[heard.length - 1][0] === 'pause'"

    expect(group).to_have_accessible_name("Nghe đoạn này")
    group.click()
    hears(phone, 20, to_the_end=False)
    expect(group).to_have_accessible_name("Dừng")
    group.click()
    page.wait_for_function(stopped)
    expect(group).to_have_accessible_name("Nghe đoạn này")

    page.evaluate("() => void (heard.length = 0)")
    group.click()
    hears(phone, 20, to_the_end=False)
    listen(phone).click()  # another: never two at once
    hears(phone, SECONDS["vi.wav"])
    assert ["pause", 20] in page.evaluate("() => heard")

    for change in (lambda: speak(phone, "Tiếng Mông"), phone.next):
        page.evaluate("() => void (heard.length = 0)")
        group.click()
        hears(phone, 20, to_the_end=False)
        page.evaluate("() => { window.sound = document.querySelector('.heard audio'); }")
        change()
        page.wait_for_function("() => sound.paused")
    phone.expect_question("/data/home/roof")
    expect(page.locator(".heard")).to_have_count(0)  # said on the group's first screen only


def test_choices_with_sounds_and_pictures_are_chosen_as_before(phone: Phone) -> None:
    signed_in(phone)
    all_here(phone)
    phone.begin(TITLE)
    phone.next()
    page = phone.page
    page.evaluate(HEARD)
    roof = phone.question("/data/home/roof")
    expect(roof.locator("select")).to_have_count(0)  # `minimal`: a drop-down would show nothing
    first = roof.get_by_role("radio", name="Ngói", exact=True)
    roof.get_by_role("button", name="Nghe: Ngói").click()
    hears(phone, SECONDS["vi.wav"])
    expect(first).not_to_be_checked()
    box = roof.locator("img.beside").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(first).to_be_checked()
    faultless(phone, "choices")
    phone.next()
    expect(page.locator(".note").get_by_role("button", name="Nghe đoạn này")).to_be_visible()
    faultless(phone, "a note")


def test_nothing_waits_for_slow_files_and_they_appear_when_they_come(phone: Phone) -> None:
    held: list[Route] = []
    slow = True

    def hold(route: Route) -> None:
        if slow:
            held.append(route)
        else:
            route.continue_()

    assert phone.context
    phone.context.route("**/media/*.wav", hold)
    phone.context.route("**/media/*.png", hold)
    signed_in(phone)
    expect(card(phone).get_by_text(COMING)).to_be_visible()
    phone.begin(TITLE)
    page = phone.page
    expect(phone.question("/data/home/words").get_by_text(NOT_YET)).to_be_visible()
    faultless(phone, "not here yet")
    phone.write("/data/home/words", "hai")
    phone.saved()
    slow = False
    for route in held:
        route.continue_()
    expect(listen(phone)).to_be_visible()  # while the question stands there
    expect(page.get_by_role("img", name="Hình: Nhà có mấy cửa?")).to_be_visible()
    phone.press("Lưu và thoát")
    expect(card(phone).last.get_by_text("chưa tải về máy")).to_have_count(0)


def test_what_another_answers_in_the_place_of_a_file_is_not_kept(phone: Phone) -> None:
    assert phone.context
    portal = "<!doctype html><title>Wi-Fi</title>"
    phone.context.route(
        "**/media/vi.wav", lambda route: route.fulfill(body=portal, content_type="audio/wav")
    )
    signed_in(phone)
    expect(card(phone).get_by_text("Còn 1 tệp")).to_be_visible()
    phone.begin(TITLE)
    expect(phone.question("/data/home/words").get_by_text(NOT_YET)).to_be_visible()


def without_lists(route: Route) -> None:
    """The forms as a server gives them that sends no lists along."""
    reply = route.fetch()
    forms = reply.json()["forms"]
    for file in (file for form in forms for file in form["media"]):
        file.pop("content", None)
    route.fulfill(response=reply, json={"forms": forms})


def test_a_form_is_not_offered_before_its_lists_are_whole(phone: Phone) -> None:
    assert phone.context
    phone.context.route("**/api/v1/forms?*", without_lists)
    phone.context.route("**/heard/1/media/villages.csv", lambda route: route.abort())
    signed_in(phone)
    expect(phone.page.locator(".card", has_text="Bắt đầu").first).to_be_visible()  # another form
    expect(card(phone)).to_have_count(0)
    phone.context.unroute("**/heard/1/media/villages.csv")
    phone.hurry()
    all_here(phone)


def test_a_new_version_brings_only_what_is_new(playwright: Playwright, tmp_path: Path) -> None:
    folder = real.forms_folder(tmp_path / "published", ["visit"])
    first = Library(folder).publish(SHEET.encode(), "form.md", FILES.get)
    with real.serve(tmp_path / "service", folder) as running:
        phone = device(playwright, tmp_path, running.url)
        signed_in(phone)
        all_here(phone)
        asked: list[str] = []
        phone.page.on("request", lambda request: asked.append(request.url))
        files = {**FILES, "hmn.wav": tone(440, 1.3)}
        source = SHEET.replace("| heard | 1 |", "| heard | 2 |").encode()
        new = Library(folder).publish(source, "form.md", files.get)
        phone.hurry()
        phone.page.wait_for_function(DIGESTS, arg=sorted(new.media.values()))
        fetched = [url for url in asked if "/heard/2/media/" in url and not url.endswith(".csv")]
        assert [url.rsplit("/", 1)[-1] for url in fetched] == ["hmn.wav"]
        assert set(first.media.values()) - set(new.media.values()), "one of them has gone"
        phone.close()
