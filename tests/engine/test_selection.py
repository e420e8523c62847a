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
    steps = [
        ["answer", "/data/household", "AK01-001"],
        ["answer", "/data/contact", "1"],
        ["answer", "/data/consent/consent_hh", "1"],
    ]
    draft = engine.ask(model=FORM.model, media=media, now=NOW)["draft"]
    draft = engine.ask(now=NOW, answers=draft, do=steps)["draft"]
    draft = engine.ask(now=NOW, answers=draft, do=[["add", "/data/member", ""]] * len(people))[
        "draft"
    ]
    answers = [
        ["answer-if-there", f"/data/member[{n}]/person/{name}", value]
        for n, (sex, age, here) in enumerate(people, 1)
        for name, value in (
            ("rel", "1" if n == 1 else "6"),
            ("sex", sex),
            ("birth_y", str(2026 - age)),
            ("eth", "01"),
            ("usual", "1" if here else "0"),
        )
    ]
    draft = engine.ask(now=NOW, answers=draft, do=answers)["draft"]
    filled: dict[str, Any] = engine.ask(now=NOW, answers=draft, do=[["finish", "", ""]])["answers"]
    return filled


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
