"""Which woman and which man of a household are asked: the phone, the server and the rule agree."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from node_process import PhoneEngine
from person import rows

from collector.models.territory import SEEDS
from forms.answers import check
from forms.complete import complete
from forms.instance import parse_xml, render_xml
from forms.library import Library

NOW = "2026-11-22T08:30:00.000+07:00"
HOUSEHOLDS = 150
HEADING = "name,label,village,village_label,seed_f,seed_m\n"
VILLAGES = "name,label\nAK01,Thôn Một\n"
FORM = Library(Path(__file__).parents[2] / "forms" / "published").versions("household")[-1]
Person = tuple[str, int, bool]  # sex, age, lives here


def by_rule(people: list[Person], sex: str, seed: int) -> str:
    """The rule of docs/sampling.md: the (seed mod n)-th, from 0, of the n who are eligible."""
    eligible = [n for n, (s, age, here) in enumerate(people, 1) if s == sex and age >= 15 and here]
    return str(eligible[seed % len(eligible)]) if eligible else ""


def on_the_phone(
    engine: PhoneEngine, media: dict[str, str], people: list[Person]
) -> dict[str, Any]:
    """The answers of a phone that has filled the roster."""
    draft = roster(engine, media, people)
    filled: dict[str, Any] = engine.ask(now=NOW, answers=draft, do=[["finish", "", ""]])["answers"]
    return filled


def roster(engine: PhoneEngine, media: dict[str, str], people: list[Person]) -> dict[str, Any]:
    """A phone's draft up to the last member."""
    steps = [
        ["answer", "/data/household", "AK01-001"],
        ["answer", "/data/contact", "1"],
        ["answer", "/data/consent/consent_hh", "1"],
    ]
    draft = engine.ask(model=FORM.model, media=media, now=NOW)["draft"]
    draft = engine.ask(now=NOW, answers=draft, do=steps)["draft"]
    for number, person in enumerate(people, 1):
        draft = engine.ask(now=NOW, answers=draft, do=joining(number, person))["draft"]
    return draft


def joining(number: int, person: Person) -> list[list[str]]:
    """What is done on the phone to list one more member."""
    sex, age, here = person
    rel = "1" if number == 1 else "6"
    answers = {
        "rel": rel, "sex": sex, "birth_y": str(2026 - age), "eth": "01",
        "usual": "1" if here else "0",
    }  # fmt: skip
    base = f"/data/member[{number}]/person"
    steps = [["answer", f"{base}/{name}", value] for name, value in answers.items()]
    return [["add", "/data/member", ""], *steps]


def selected(answers: dict[str, Any]) -> tuple[str, str]:
    found = answers.get("selection", {})
    return found.get("selected_woman", ""), found.get("selected_man", "")


def test_phone_server_and_rule_choose_the_same_persons(engine: PhoneEngine) -> None:
    rng, chosen = Random(20261122), set()
    for _ in range(HOUSEHOLDS):
        people = [
            (rng.choice("12"), rng.choice((3, 14, 15, 16, 34, 71)), rng.random() < 0.85)
            for _ in range(rng.randint(1, 9))
        ]
        seeds = rng.randrange(SEEDS), rng.randrange(SEEDS)
        household = f"AK01-001,Hộ AK01-001,AK01,Thôn Một,{seeds[0]},{seeds[1]}\n"
        media = {"households.csv": HEADING + household, "villages.csv": VILLAGES}
        known = {name: rows(text) for name, text in media.items() if name in FORM.files.values()}
        sent = on_the_phone(engine, media, people)
        expected = by_rule(people, "2", seeds[0]), by_rule(people, "1", seeds[1])
        assert selected(sent) == expected, (people, seeds)
        blank = {**sent, "selection": {}}
        at = datetime.fromisoformat(NOW)
        assert selected(complete(FORM, blank, now=at, media=known)) == expected, (people, seeds)
        found = check(FORM, parse_xml(render_xml(FORM, sent, "uuid:1")), now=at, media=known)
        assert not [fault for fault in found.faults if fault.name.startswith("selected_")]
        chosen.add(expected)
    assert len(chosen) > 20


def test_another_person_than_the_seeds_is_refused(engine: PhoneEngine) -> None:
    media = {
        "households.csv": HEADING + "AK01-001,Hộ AK01-001,AK01,Thôn Một,0,0\n",
        "villages.csv": VILLAGES,
    }
    known = {name: rows(text) for name, text in media.items() if name in FORM.files.values()}
    sent = on_the_phone(engine, media, [("2", 40, True), ("2", 20, True)])
    assert selected(sent) == ("1", "")
    sent["selection"]["selected_woman"] = "2"
    at = datetime.fromisoformat(NOW)
    found = check(FORM, parse_xml(render_xml(FORM, sent, "uuid:1")), now=at, media=known)
    assert "selected_woman" in {fault.name for fault in found.faults}


def test_a_roster_changed_after_the_interview_is_not_taken(engine: PhoneEngine) -> None:
    """The draw falls on another woman: her predecessor's answers do not pass for hers, and the
    man's stay; undoing the change or asking anew makes it right."""
    media = {
        "households.csv": HEADING + "AK01-001,Hộ AK01-001,AK01,Thôn Một,2,0\n",
        "villages.csv": VILLAGES,
    }
    first, second = "/data/respondent[1]", "/data/respondent[2]"
    people = [("1", 40, True), ("2", 41, True), ("2", 30, True)]
    draft = roster(engine, media, people)
    asked = [
        ["answer", f"{first}/available", "1"],
        ["answer", f"{first}/asked/c_fair", "4"],
        ["answer", f"{second}/available", "2"],
    ]
    before = engine.ask(now=NOW, answers=draft, do=asked)
    assert (before["answers"]["respondent"][0]["person_no"], wrong(before)) == ("2", [])

    added = engine.ask(now=NOW, answers=before["draft"], do=joining(4, ("2", 20, True)))
    assert added["answers"]["respondent"][0]["person_no"] == "4"
    assert wrong(added) == [f"{first}/available"] == refused(media, added["answers"])

    undone = engine.ask(now=NOW, answers=added["draft"], do=[["remove", "/data/member[4]", ""]])
    assert wrong(undone) == []

    anew = engine.ask(now=NOW, answers=added["draft"], do=[["remove", first, ""], asked[0]])
    woman, man = anew["answers"]["respondent"]
    assert (woman["person_no"], woman["asked"].get("c_fair"), man["available"]) == ("4", None, "2")
    assert wrong(anew) == [] == refused(media, anew["answers"])


def wrong(reply: dict[str, Any]) -> list[str]:
    """Where the phone refuses an answer that is there."""
    return [fault["path"] for fault in reply["faults"] if fault["code"] == "constraint"]


def refused(media: dict[str, str], sent: dict[str, Any]) -> list[str]:
    """Where the server does."""
    known = {name: rows(text) for name, text in media.items() if name in FORM.files.values()}
    at = datetime.fromisoformat(NOW)
    found = check(FORM, parse_xml(render_xml(FORM, sent, "uuid:1")), now=at, media=known)
    return [fault.path for fault in found.faults if fault.code == "constraint"]
