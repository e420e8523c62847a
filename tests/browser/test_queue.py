"""Finished interviews reach the server once, whatever network and server do meanwhile."""

from __future__ import annotations

import json
import re
import time

import household as h
import pytest
from phone import TWICE, Phone
from playwright.sync_api import expect
from stub import Stub

from benchmarks.roster import SEED
from forms.library import Form


def finish(phone: Phone, household: str = "AK01-001") -> None:
    """A short interview, sent."""
    h.nobody_home(phone, household)
    phone.press("Gửi")
    expect(phone.page.get_by_role("link", name="Đã gửi")).to_have_attribute("aria-current", "page")


def until(condition: object, what: str, seconds: float = 20) -> None:
    """Wait for something that no page shows."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.05)


@pytest.mark.switched_off
def test_offline_from_start_to_finish(phone: Phone, service: Stub) -> None:
    """Without a network the app starts, fills and queues; the queue outlives the browser."""
    phone.sign_in()
    phone.worker_ready()
    phone.close()
    service.stop()
    phone.open()
    phone.network(False)
    expect(phone.page.get_by_text("Không có mạng")).to_be_visible()
    finish(phone)
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    phone.close()
    phone.open()
    expect(phone.page.get_by_text("1 phiếu chờ gửi")).to_be_visible()
    service.start()
    until(lambda: len(service.stored) == 1, "the queue did not send itself", 40)
    expect(phone.page.get_by_text("chờ gửi")).to_have_count(0)


def test_goes_out_when_the_network_returns(phone: Phone, service: Stub) -> None:
    """`online` is enough: nobody presses anything."""
    phone.sign_in()
    phone.worker_ready()
    phone.network(False)
    finish(phone)
    expect(phone.page.get_by_text("Sẽ tự gửi khi có mạng.")).to_be_visible()
    assert not service.stored
    phone.network(True)
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert len(service.stored) == 1


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("503", "Máy chủ đang bận"),
        ("500", "Máy chủ đang bận"),
        ("portal", "mạng Wi-Fi đòi đăng nhập"),
        ("redirect", "mạng Wi-Fi đòi đăng nhập"),
    ],
)
def test_passing_trouble_keeps_the_queue(
    phone: Phone, service: Stub, mode: str, words: str
) -> None:
    """A server that fails, and a network's sign-in page, leave the interview waiting."""
    phone.sign_in()
    expect(phone.page.get_by_role("button", name=f"{h.TITLE} Bắt đầu")).to_be_visible()
    service.mode = mode
    finish(phone)
    expect(phone.page.get_by_text(words)).to_be_visible()
    assert not service.stored
    service.mode = "ok"
    phone.hurry()
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert len(service.stored) == 1


@pytest.mark.parametrize(
    ("mode", "words"), [("lost", "Máy chủ đang bận"), ("cut", "Chưa tới được máy chủ")]
)
def test_a_lost_reply_never_doubles(phone: Phone, service: Stub, mode: str, words: str) -> None:
    """Stored, but the reply was lost: the same id goes again, and there is one."""
    phone.sign_in()
    service.mode = mode
    finish(phone)
    expect(phone.page.get_by_text(words)).to_be_visible()
    service.mode = "ok"
    phone.hurry()
    until(lambda: len(service.attempts) >= 2, "it was not sent again")
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert len(set(service.attempts)) == len(service.stored) == 1


def test_two_windows_send_once(phone: Phone, service: Stub) -> None:
    """Two windows that see the network at the same moment do not both send."""
    phone.sign_in()
    phone.worker_ready()
    phone.network(False)
    finish(phone)
    assert phone.context
    second = phone.context.new_page()
    second.goto(f"{service.url}/phone/#/sent", wait_until="commit")
    phone.network(True)
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    expect(second.get_by_text("Đã nhận")).to_be_visible()
    assert len(service.attempts) == 1


def test_faults_of_the_server_open_at_the_question(phone: Phone, service: Stub) -> None:
    """What only the server can find is shown at its question, and goes out once corrected."""
    phone.sign_in()
    service.mode = "422"
    finish(phone)
    expect(phone.page.get_by_text("Có chỗ cần sửa", exact=True)).to_be_visible()
    expect(phone.page.get_by_text("Hộ này đã có lần đến thứ nhất.")).to_be_visible()
    phone.press("Sửa")
    phone.expect_question("/data/visit_no")
    expect(phone.question("/data/visit_no").get_by_role("alert")).to_contain_text(
        "Hộ này đã có lần đến thứ nhất."
    )
    phone.write("/data/visit_no", "2")
    expect(phone.question("/data/visit_no").get_by_role("alert")).to_have_count(0)
    service.mode = "ok"
    for _ in range(2):
        phone.next()
    phone.press("Gửi")
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert next(iter(service.stored.values()))["answers"]["visit_no"] == "2"


@pytest.mark.switched_off
@pytest.mark.parametrize(("mode", "words"), [("409", "Trùng mã"), ("413", "Không được nhận")])
def test_final_refusals_are_shown_and_kept(
    phone: Phone, service: Stub, mode: str, words: str
) -> None:
    """A conflict and a refusal stay on the phone, with the reason."""
    phone.sign_in()
    service.mode = mode
    finish(phone)
    expect(phone.page.get_by_text(words)).to_be_visible()
    phone.close()
    phone.open("/phone/#/sent")
    expect(phone.page.get_by_text(words)).to_be_visible()
    assert len(service.attempts) == 1


def test_signed_out_in_the_middle(phone: Phone, service: Stub) -> None:
    """A token that no longer opens the service asks for the password, and nothing is lost."""
    phone.sign_in()
    service.tokens.clear()
    finish(phone)
    expect(phone.page.get_by_text("Cần đăng nhập lại").first).to_be_visible()
    phone.press("Đăng nhập")
    phone.page.get_by_label("Mật khẩu", exact=True).fill(service.password)
    phone.press("Đăng nhập")
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    assert len(service.stored) == 1


def test_returned_opens_again_under_a_new_id(phone: Phone, service: Stub) -> None:
    """An officer's return opens with its answers, at the fault, and answers it with a new id."""
    phone.sign_in()
    finish(phone)
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    old = next(iter(service.stored))
    fault = {
        "code": "constraint", "path": "/data/contact", "name": "contact", "label": "Có gặp không?",
        "message": "Hàng xóm nói hộ đã chuyển đi.", "value": "4",
    }  # fmt: skip
    service.give_back(old, "Hỏi lại trưởng thôn", [fault])
    phone.press("Cập nhật")
    expect(phone.page.get_by_text("Lý do: Hỏi lại trưởng thôn")).to_be_visible()
    phone.page.get_by_role("button", name="Sửa", exact=True).evaluate(TWICE)
    phone.expect_question("/data/contact")
    expect(phone.page.get_by_text("Phiếu bị trả lại: Hỏi lại trưởng thôn")).to_be_visible()
    phone.choose("/data/contact", "6")
    phone.next()
    phone.press("Gửi")
    until(lambda: len(service.stored) == 2, "the correction did not go out")
    new = service.stored[next(key for key in service.stored if key != old)]
    assert new["deprecated_id"] == old
    assert new["answers"]["contact"] == "6"
    assert new["answers"]["household"] == "AK01-001"
    expect(phone.page.get_by_text("Đã sửa và gửi lại")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Sửa")).to_have_count(0)
    phone.page.get_by_role("link", name="Điền phiếu").click()
    expect(phone.page.get_by_role("heading", name="Phiếu mới")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Xoá phiếu")).to_have_count(0)


@pytest.mark.switched_off
def test_a_question_asked_again_is_corrected_without_a_network(phone: Phone, service: Stub) -> None:
    """The address that the service's pages give opens the interview at the question, with the
    reason there; it is corrected offline, outlives the browser, and goes out by itself."""
    phone.sign_in()
    finish(phone)
    expect(phone.page.get_by_text("Đã nhận")).to_be_visible()
    old = next(iter(service.stored))
    service.give_back(old, "Lần này là lần đến thứ hai.", [], ("/data/visit_no",))
    phone.press("Cập nhật")
    expect(phone.page.get_by_text("Bị trả lại")).to_be_visible()
    phone.worker_ready()
    phone.network(False)
    phone.page.goto(f"{service.url}/phone/#/correct/{old}")
    phone.expect_question("/data/visit_no")
    asked = phone.question("/data/visit_no").get_by_role("alert")
    expect(asked).to_have_text("Cán bộ xã hỏi lại câu này: Lần này là lần đến thứ hai.")
    phone.write("/data/visit_no", "2")
    expect(asked).to_have_count(0)
    phone.saved()
    phone.close()
    phone.open(f"/phone/#/correct/{old}")
    phone.expect_question("/data/visit_no")
    for _ in range(2):
        phone.next()
    phone.press("Gửi")
    until(lambda: len(service.stored) == 2, "the correction did not go out")
    new = service.stored[next(key for key in service.stored if key != old)]
    assert (new["deprecated_id"], new["answers"]["visit_no"]) == (old, "2")
    assert new["answers"]["household"] == "AK01-001"


def test_signing_out_does_not_lose_unasked(phone: Phone, service: Stub) -> None:
    """With unsent work signing out asks; kept work is there at the next sign-in."""
    phone.sign_in()
    service.mode = "503"
    finish(phone)
    phone.page.get_by_role("link", name="Cài đặt").click()
    phone.press("Đăng xuất")
    expect(phone.page.get_by_text("Trên máy còn 1 phiếu chưa gửi.")).to_be_visible()
    phone.press("Xoá tất cả rồi đăng xuất")
    expect(phone.page.get_by_role("button", name="Xoá tất cả rồi đăng xuất")).to_be_disabled()
    phone.press("Ở lại")
    phone.press("Đăng xuất")
    phone.press("Đăng xuất, giữ phiếu trên máy")
    service.mode = "ok"
    phone.sign_in()
    until(lambda: len(service.stored) == 1, "the kept interview did not go out")


def test_a_form_changes_while_a_draft_of_the_old_one_exists(phone: Phone, service: Stub) -> None:
    """The draft keeps the version it began with; a new interview takes the new one."""
    phone.sign_in()
    phone.begin(h.TITLE)
    h.choose_household(phone)
    phone.press("Lưu và thoát")
    old = next(form for form in service.forms if form.id == "household")
    model = {**old.model, "version": "2099.1", "title": {"vi": "Khảo sát hộ, bản mới", "en": "New"}}
    service.old_forms.append(old)
    service.forms = [Form(model, json.dumps(model).encode(), old.xform)]
    phone.hurry()
    expect(phone.page.get_by_role("button", name="Khảo sát hộ, bản mới Bắt đầu")).to_be_visible()
    expect(phone.page.get_by_role("button", name=f"{h.TITLE} Bắt đầu")).to_have_count(0)
    phone.page.locator(".member .open").first.click()
    phone.expect_question("/data/contact")
    phone.choose("/data/contact", "4")
    phone.next()
    phone.press("Gửi")
    until(lambda: len(service.stored) == 1, "the old version was not sent")
    assert next(iter(service.stored.values()))["version"] == old.model["version"]


def test_a_new_list_reaches_the_phone(
    phone: Phone, service: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A household list with another hash is fetched again, without an interview noticing."""
    phone.sign_in()
    phone.begin(h.TITLE)
    expect(phone.question("/data/household").get_by_text(re.compile(r"^\d+ kết quả"))).to_have_text(
        "19 kết quả"
    )
    phone.press("Lưu và thoát")
    text = "name,label,village,village_label,seed_f,seed_m\nAK01-777,Hộ AK01-777,AK01,Thôn 1,1,2\n"
    monkeypatch.setattr("stub_routes.media_file", lambda name: text.encode())
    with phone.page.expect_response("**/api/v1/work"):  # asked for once the lists are kept
        phone.hurry()
    phone.begin(h.TITLE)
    expect(phone.question("/data/household")).to_contain_text("Hộ AK01-777")


def test_a_long_queue_opens_with_its_newest(phone: Phone, service: Stub) -> None:
    """Fifty lines at once; the others are counted and one press away."""
    phone.sign_in()
    phone.worker_ready()
    phone.network(False)
    phone.page.evaluate(SEED, [service.username, "household", service.forms[0].version, {}, 120])
    phone.page.get_by_role("link", name="Đã gửi").click()
    lines, more = phone.page.locator(".work"), phone.page.get_by_role("button", name="Xem thêm")
    expect(lines).to_have_count(50)
    expect(lines.first).to_contain_text("Hộ số 0")
    expect(more).to_have_text("Xem thêm (còn 70 phiếu)")
    more.click()
    expect(lines).to_have_count(100)
    more.click()
    expect(lines).to_have_count(120)
    expect(more).to_have_count(0)
