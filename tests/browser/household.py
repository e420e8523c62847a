"""Fills the household form as a collaborator would."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from phone import Phone

TITLE = "Khảo sát hộ gia đình"
TASKS = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c9", "c10", "c11", "c12", "c13", "c15")


def born(age: int) -> int:
    """The year of birth of somebody who is so old in the form, by Việt Nam's calendar."""
    return (datetime.now(UTC) + timedelta(hours=7)).year - age


def cover(phone: Phone, household: str = "AK01-001") -> None:
    """From the first screen to the roster: household, visit, contact, consent."""
    choose_household(phone, household)
    phone.choose("/data/contact", "1")
    phone.next()
    phone.choose("/data/consent/consent_hh", "1")
    phone.next()
    phone.expect_question("/data/roster_note")
    phone.next()


def choose_household(phone: Phone, household: str = "AK01-001") -> None:
    """The household and the visit."""
    phone.expect_question("/data/household")
    phone.question("/data/household").locator("input[type=search]").fill(household)
    phone.choose("/data/household", household)
    phone.next()
    phone.expect_question("/data/visit_no")
    phone.next()
    phone.expect_question("/data/contact")


def first_household(phone: Phone) -> str:
    """The code of the first household on the list."""
    phone.expect_question("/data/household")
    options = phone.question("/data/household").locator("input[type=radio]")
    return options.first.get_attribute("value") or ""


def nobody_home(phone: Phone, household: str = "AK01-001") -> None:
    """The shortest complete interview: from the first screen to the last."""
    phone.begin(TITLE)
    choose_household(phone, household)
    phone.choose("/data/contact", "4")
    phone.next()
    phone.page.get_by_role("heading", name="Xem lại và gửi").wait_for()


def member(
    phone: Phone, number: int, rel: str, sex: str, birth: int, *, works: bool = True
) -> None:
    """One member, from its first screen back to the roster."""
    base = f"/data/member[{number}]"
    person(phone, base, rel, sex, birth)
    age = born(0) - birth
    if age >= 5:
        schooling(phone, f"{base}/schooling", age)
    if age >= 15:
        work(phone, f"{base}/work", works=works)


def person(phone: Phone, base: str, rel: str, sex: str, birth: int) -> None:
    """The page on who the person is."""
    phone.expect_question(f"{base}/person/rel")
    phone.choose(f"{base}/person/rel", rel)
    phone.choose(f"{base}/person/sex", sex)
    phone.write(f"{base}/person/birth_y", str(birth))
    phone.pick(f"{base}/person/eth", "01")
    phone.choose(f"{base}/person/usual", "1")
    phone.next()


def schooling(phone: Phone, base: str, age: int) -> None:
    """The page on schooling."""
    phone.expect_question(f"{base}/edu")
    if age >= 15:
        phone.choose(f"{base}/marital", "2")
    phone.choose(f"{base}/edu", "2")
    if age <= 24:
        phone.choose(f"{base}/school", "1")
    phone.choose(f"{base}/dis", "0")
    phone.next()


def work(phone: Phone, base: str, *, works: bool) -> None:
    """The page on work."""
    phone.expect_question(f"{base}/work7")
    phone.choose(f"{base}/work7", "1" if works else "0")
    if works:
        phone.choose(f"{base}/status", "4")
        phone.choose(f"{base}/sector", "1")
        phone.write(f"{base}/hours_paid", "40")
    phone.next()


def add_member(phone: Phone) -> None:
    """Add one to the roster."""
    phone.press("Thêm: Thành viên của hộ")


def roster(phone: Phone) -> None:
    """A couple and a child, and on to the selected persons."""
    phone.next()
    member(phone, 1, "1", "1", 1980)
    add_member(phone)
    member(phone, 2, "2", "2", 1985, works=False)
    add_member(phone)
    member(phone, 3, "3", "2", born(6))
    phone.next()
    phone.page.get_by_role("heading", name="Người được chọn").wait_for()


def care(phone: Phone, base: str, *, child: bool) -> None:
    """The unpaid care module."""
    for _ in care_screens(phone, base, child=child):
        pass


def care_screens(phone: Phone, base: str, *, child: bool) -> Iterator[str]:
    """The same, one task of five days and the others on none: the name of each screen, once it is
    answered and before going on."""
    phone.next()  # the note
    for task in (*TASKS[:7], *(["c8"] if child else []), *TASKS[7:]):
        phone.expect_question(f"{base}/{task}/{task}_d")
        phone.choose(f"{base}/{task}/{task}_d", "5" if task == "c1" else "0")
        if task == "c1":
            phone.write(f"{base}/{task}/{task}_m", "90")
        yield task
        phone.next()
    if child:
        phone.write(f"{base}/anchors/watch_h", "2")
    phone.write(f"{base}/anchors/sleep_h", "7,5")
    yield "anchors"
    phone.next()
    phone.choose(f"{base}/c_fair", "4")
    yield "c_fair"
    phone.next()


def awareness(phone: Phone, base: str) -> None:
    """The awareness module."""
    for _ in awareness_screens(phone, base):
        pass


def awareness_screens(phone: Phone, base: str) -> Iterator[str]:
    """The same, screen by screen as `care_screens`."""
    phone.choose(f"{base}/a1_ch", "1", "4")
    yield "a1_ch"
    phone.next()
    phone.choose(f"{base}/heard/a2_topic", "1")
    phone.next()
    phone.choose(f"{base}/heard/a3_freq", "2")
    phone.next()
    phone.choose(f"{base}/heard/a4_lang", "1")
    phone.next()
    for question in ("k1", "k2", "k3", "k4", "k5", "k6"):
        phone.choose(f"{base}/knowledge/{question}", "1")
    yield "knowledge"
    phone.next()
    phone.choose(f"{base}/a5_know_addr", "1")
    phone.next()


def respondents(phone: Phone) -> None:
    """The woman answers everything, the man is away; then the last screen."""
    phone.next()
    first, second = "/data/respondent[1]", "/data/respondent[2]"
    phone.expect_question(f"{first}/available")
    phone.choose(f"{first}/available", "1")
    phone.next()
    care(phone, f"{first}/asked", child=True)
    awareness(phone, f"{first}/asked")
    phone.choose(f"{first}/asked/support/v1_know", "1", "6")
    phone.next()
    phone.next()  # the closing note
    phone.next()
    phone.expect_question(f"{second}/available")
    phone.choose(f"{second}/available", "2")
    phone.next()
    phone.next()
    phone.page.get_by_role("heading", name="Xem lại và gửi").wait_for()
