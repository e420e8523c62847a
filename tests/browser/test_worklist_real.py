"""My work against the real service: a stored draw, its households, and what a station owes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from phone import Phone
from playwright.sync_api import Playwright, expect
from real import Real, serve
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session
from worklist import complete, home, next_code, not_asked, open_list, row

from analysis.sampling import Rule, draw_by
from collector.duties import today
from collector.models import Draw, DrawnHousehold, User
from collector.store import draws, registers
from tests.chromium import CHROMIUM

SAMPLE = 40  # households of the commune


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    """The service with a draw in force."""
    with serve(tmp_path_factory.mktemp("real")) as running:
        with Session(create_engine(f"sqlite:///{running.folder / 'so-thon.sqlite'}")) as session:
            draw(session)
        yield running


def draw(session: Session) -> None:
    """A few households of every village, as the officer's page draws them."""
    now = datetime.now(UTC)
    account = session.scalars(select(User.id).where(User.username == "canbo")).one()
    version = registers.snapshot(session, "so-ho.csv", account, now)
    assert version is not None
    rule = Rule(size=SAMPLE)
    drawn = draw_by(registers.register(session, version), rule, "2026")
    new = draws.New("Khảo sát thử", today().year, rule, "2026", version)
    draws.keep(session, new, drawn, account, now)
    session.commit()


def sampled(service: Real, village: str) -> int:
    """How many households of a village are on the list of the draw in force, the newest one."""
    asked = select(DrawnHousehold).where(
        DrawnHousehold.village == village,
        DrawnHousehold.issued,
        DrawnHousehold.draw_id == select(func.max(Draw.id)).scalar_subquery(),
    )
    with Session(create_engine(f"sqlite:///{service.folder / 'so-thon.sqlite'}")) as session:
        return len(session.scalars(asked).all())


Hand = Callable[[str], Phone]


@pytest.fixture
def hand(playwright: Playwright, service: Real, tmp_path: Path) -> Iterator[Hand]:
    """Gives a phone to an account of the demonstration."""
    given: list[Phone] = []

    def give(name: str, password: str = "thon-demo-2026") -> Phone:
        phone = Phone(playwright, CHROMIUM, tmp_path / name, service.url, (name, password))
        phone.open()
        given.append(phone)
        phone.sign_in()
        return phone

    yield give
    for phone in given:
        phone.close()
    assert not [complaint for phone in given for complaint in phone.complaints]


def test_households_from_the_draw_to_done(hand: Hand, service: Real) -> None:
    """One is asked, at one nobody is home, one is added; then the server says the same."""
    phone = hand("thon1")
    expect(next_code(phone)).to_be_visible()
    asked = next_code(phone).inner_text()
    listed = sampled(service, "AK01")
    phone.worker_ready()
    phone.network(there=False)
    phone.press("Bắt đầu hỏi")
    complete(phone)
    home(phone)
    expect(next_code(phone)).not_to_have_text(asked)
    away = next_code(phone).inner_text()
    not_asked(phone, "4")
    home(phone)
    open_list(phone)
    phone.press("Thêm hộ ngoài danh sách")
    phone.page.get_by_label("Mã của hộ").fill("AK01-M77")
    phone.press("Thêm hộ này")
    not_asked(phone, "6")
    with phone.page.expect_response(
        lambda reply: reply.url.endswith("/api/v1/work") and "AK01-M77" in reply.text()
    ):
        phone.network(there=True)
    assert len(service.stored()) == 3
    home(phone)
    expect(phone.page.get_by_text("Tuần này: xong 1 hộ, đã đến 3 lượt")).to_be_visible()
    open_list(phone)
    phone.page.locator(".switch button").last.click()
    expect(phone.page.locator(".rows li")).to_have_count(listed + 1)
    expect(row(phone, asked).get_by_text("Xong", exact=True)).to_be_visible()
    expect(row(phone, away).get_by_text("Đã đến 1 lần", exact=True)).to_be_visible()
    expect(row(phone, "AK01-M77").get_by_text("Đã chuyển đi", exact=True)).to_be_visible()


def test_a_station_sees_what_it_owes(hand: Hand) -> None:
    phone = hand("tramyte", "tramyte-demo-2026")
    cards = phone.page.locator("section", has_text="Báo cáo phải gửi").locator("ul").first
    expect(cards.get_by_text("Báo cáo sinh hằng tháng").first).to_be_visible()
    late = cards.locator("li").first
    expect(late).to_contain_text("Quá hạn")
    named = late.locator(".who strong").inner_text()
    late.get_by_role("button", name=named).first.click()
    phone.expect_question("/data/no_births")
    phone.back()
    phone.back()
    month, year = named.removeprefix("Tháng ").split("/")
    expect(phone.question("/data/ym").locator("input")).to_have_value(f"{year}-{int(month):02}")
