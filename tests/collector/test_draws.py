"""Stored draws: the same list for anyone, replacements in their order, orphans, what counts."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sampled
import world
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from analysis.anyone.command import main
from analysis.sampling import BadRegister, register_of
from analysis.sampling.upload import Row
from collector import designs, problems
from collector.duties import today
from collector.models import DrawnHousehold, Household, RegisterVersion, User, Village
from collector.problems import Problem
from collector.store import (
    collection,
    draw_acts,
    draws,
    frames,
    progress,
    registers,
    territory,
    weightings,
)
from collector.store.revision import revision

NOW = datetime.now(UTC)
RULES = [
    {"size": 30, "replacements": 4},
    {"size": 31, "allocation": "equal", "replacements": 2},
    {"villages": 1, "size": 12},
    {},
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_anyone_repeats_the_stored_list_from_register_and_seed(
    session: Session, tmp_path: Path, rule: dict[str, int]
) -> None:
    known = draws.get(session, sampled.draw(session, **rule))
    register = tmp_path / "register.csv"
    register.write_text(registers.content(session, known.register_id) or "", encoding="utf-8")
    out = tmp_path / "sample.csv"
    options = known.rule.options(known.seed).replace("'", "").split()
    main(["draw", str(register), *options, "--out", str(out)])
    with out.open(encoding="utf-8") as file:
        repeated = [
            (row["village"], row["code"], int(row["order"]), row["role"], row["stratum"])
            for row in csv.DictReader(file)
        ]
    stored = [
        (
            one.village,
            one.code,
            one.position,
            "replacement" if one.replacement else "sample",
            one.stratum,
        )
        for one in draws.households(session, known.id)
    ]
    assert stored == repeated and len(stored) > 10


def test_a_draw_names_its_register_by_checksum_whatever_came_after(session: Session) -> None:
    known = draws.get(session, sampled.draw(session, size=20))
    rows = [Row(n + 2, "AK01", f"AK01-{n:03}", "") for n in range(1, 31)]
    found = registers.checked(session, rows)
    kept = registers.keep(
        session, rows, found, "moi.csv", sampled.officer(session), NOW, iter(range(1000))
    )
    session.commit()
    assert (kept.households, kept.added, kept.struck) == (30, 0, 50)
    assert draws.get(session, known.id).checksum == known.checksum
    lines = (registers.content(session, known.register_id) or "").split()[1:]
    pairs = [tuple(line.split(",")) for line in lines]
    assert register_of(pairs).checksum == known.checksum  # type: ignore[arg-type]
    newest = registers.newest(session)
    assert newest is not None and newest.checksum == found.checksum != known.checksum
    assert territory.household_counts(session) == {"AK01": 30}


def test_new_households_get_seeds_and_old_ones_keep_theirs(session: Session) -> None:
    rows = [
        *(Row(n + 1, v, f"{v}-{n:03}", "") for v in world.VILLAGES for n in range(1, 41)),
        Row(99, "AK03", "AK03-001", "Thôn Ba"),
    ]
    found = registers.checked(session, rows)
    registers.keep(session, rows, found, "x", sampled.officer(session), NOW, iter([11, 22]))
    session.commit()
    new = session.get(Household, "AK03-001")
    old = session.get(Household, "AK01-001")
    village = session.get(Village, "AK03")
    assert new and old and village
    assert (new.seed_f, new.seed_m) == (11, 22)
    assert (old.seed_f, old.seed_m) == world.SEEDS
    assert village.name == "Thôn Ba"


def test_faults_are_named_by_row_all_at_once_and_nothing_is_stored(session: Session) -> None:
    rows = [
        Row(2, "AK01", "AK01-001", ""),
        Row(3, "", "AK01-002", ""),
        Row(4, "AK02", "AK01-001", ""),
        Row(5, "AK02", "AK01-005", ""),
        Row(6, "AK77", "AK77-001", ""),
        Row(7, "AK01", "new", ""),
        Row(8, "AK01", "=1+1", ""),
        Row(9, "AK01", "AK01-001", ""),
        Row(10, "AK01", "A" * 33, ""),
    ]
    with pytest.raises(BadRegister) as refused:
        registers.checked(session, rows)
    assert [fault.row for fault in refused.value.faults] == [3, 4, 5, 6, 7, 8, 9, 10]
    said = {fault.row: fault.text for fault in refused.value.faults}
    assert "dòng 2" in said[4].vi and "row 2" in said[4].en
    assert "thuộc thôn AK01" in said[5].vi
    assert "village_name" in said[6].vi
    assert session.scalar(select(func.count()).select_from(RegisterVersion)) == 0


def test_replacements_come_in_their_order_and_none_is_skipped(session: Session) -> None:
    drawn, officer = sampled.draw(session, size=20, replacements=2), sampled.officer(session)
    waiting = [one for one in draws.households(session, drawn, village="AK01") if not one.issued]
    first, second = waiting
    with pytest.raises(Problem) as skipped:
        draw_acts.issue_next(session, drawn, "AK01", second.position, "vì", officer, NOW)
    assert skipped.value.kind is problems.DRAW_CHANGED
    with pytest.raises(Problem) as unsaid:
        draw_acts.issue_next(session, drawn, "AK01", first.position, "  ", officer, NOW)
    assert unsaid.value.kind is problems.REASON_NEEDED
    for one in waiting:
        used = draw_acts.issue_next(session, drawn, "AK01", one.position, "vắng", officer, NOW)
        assert (used.code, used.issued) == (one.code, True) and used.collaborator
    session.commit()
    with pytest.raises(Problem) as none_left:
        draw_acts.issue_next(session, drawn, "AK01", 99, "vắng", officer, NOW)
    assert none_left.value.kind is problems.NO_REPLACEMENT
    told = draw_acts.events(session, drawn, "AK01")
    assert [event.code for event in told] == [second.code, first.code]
    assert draw_acts.events(session, drawn, "AK02") == []


def test_a_village_without_a_collaborator_has_orphans_and_only_its_own_get_them(
    session: Session,
) -> None:
    session.execute(update(User).where(User.username == "thon2").values(active=False))
    session.commit()
    drawn = sampled.draw(session, size=20)
    orphans = [one for one in draws.households(session, drawn) if one.collaborator is None]
    assert {one.village for one in orphans} == {"AK02"} and len(orphans) == 10
    other = session.scalar(select(User.id).where(User.username == "thon1"))
    assert other is not None
    with pytest.raises(Problem) as refused:
        draw_acts.give(
            session, drawn, "AK02", [orphans[0].code], other, "x", sampled.officer(session), NOW
        )
    assert refused.value.kind is problems.NOT_A_COLLABORATOR


def test_the_newest_draw_of_a_year_that_was_not_withdrawn_is_in_force(session: Session) -> None:
    year, officer = today().year, sampled.officer(session)
    first, second = sampled.draw(session, size=20), sampled.draw(session, seed="x", size=22)
    sampled.draw(session, year=year + 1, size=24)
    found = draws.in_force(session, year)
    assert found is not None and found.id == second
    draws.withdraw(session, second, "Rút nhầm danh sách", officer, NOW)
    session.commit()
    found = draws.in_force(session, year)
    assert found is not None and found.id == first
    with pytest.raises(Problem) as twice:
        draws.withdraw(session, second, "lần nữa", officer, NOW)
    assert twice.value.kind is problems.DRAW_CHANGED


def test_what_is_kept_of_a_report_is_made_again_after_a_draw(session: Session) -> None:
    year = today().year
    seen = [revision(session, year)]
    drawn = sampled.draw(session, size=20, replacements=2)
    seen.append(revision(session, year))
    first = next(one for one in draws.households(session, drawn) if not one.issued)
    officer = sampled.officer(session)
    draw_acts.issue_next(session, drawn, first.village, first.position, "vì", officer, NOW)
    session.commit()
    seen.append(revision(session, year))
    draws.withdraw(session, drawn, "vì", officer, NOW)
    session.commit()
    seen.append(revision(session, year))
    assert len(set(seen)) == 4


def interviews(session: Session, drawn: int, each: int) -> list[str]:
    """Complete interviews of the first households of each village's sample, and one beside it."""
    listed = draws.households(session, drawn)
    asked = [one.code for one in listed if one.issued and one.position <= each]
    beside = next(one.code for one in listed if not one.issued)
    for number, code in enumerate([*asked, beside], 1):
        sampled.complete(session, number, code)
    session.commit()
    return asked


def test_estimates_follow_the_draw_in_force_and_the_register_where_there_is_none(
    session: Session,
) -> None:
    year = today().year
    drawn = sampled.draw(session, size=24, replacements=2)
    asked = interviews(session, drawn, 9)
    versions, wanted = world.library().versions("household"), {"household": ("result",)}
    found = frames.frames(session, versions, [year], wanted)
    design = designs.design_of(session, found, frames.register(session), year)
    assert len(design.units) == len(asked) == 18
    assert design.units["weight"].to_numpy() == pytest.approx(40 / 9)
    assert "Khảo sát thử" in design.description.vi and "1 hộ đã hỏi" in design.description.vi
    draws.withdraw(session, drawn, "vì", sampled.officer(session), NOW)
    session.commit()
    plain = designs.design_of(session, found, frames.register(session), year)
    assert len(plain.units) == 19 and "Khảo sát thử" not in plain.description.vi


def test_progress_is_of_the_households_that_were_drawn(session: Session) -> None:
    """The one beside the sample is nobody's progress until no draw is in force."""
    year = today().year
    drawn = sampled.draw(session, size=24, replacements=2)
    asked = interviews(session, drawn, 9)
    assert _progress(session, year) == [(40, 12, 9), (40, 12, 9)]
    assert _visits(session, year) == [(12, 9), (12, 9)]
    draws.withdraw(session, drawn, "vì", sampled.officer(session), NOW)
    session.commit()
    assert sorted(_progress(session, year)) == [(40, 40, 9), (40, 40, 10)]
    assert sorted(_visits(session, year)) == [(40, 9), (40, 10)] and len(asked) == 18


def _progress(session: Session, year: int) -> list[tuple[int, int, int]]:
    rows = progress.village_progress(session, "household", year)
    return [(row.households, row.assigned, row.complete) for row in rows]


def _visits(session: Session, year: int) -> list[tuple[int, int]]:
    rows = collection.village_visits(session, "household", year)
    return [(row.households, row.complete) for row in rows]


def test_a_stored_weighting_holds_until_another_interview_comes(session: Session) -> None:
    year, officer = today().year, sampled.officer(session)
    drawn = sampled.draw(session, size=24)
    listed = draws.households(session, drawn)
    for number, one in enumerate(listed[:6] + listed[12:17], 1):
        sampled.complete(session, number, one.code)
    session.commit()
    known, versions = draws.get(session, drawn), world.library().versions("household")
    asked = weightings.Asked("commune")
    made = weightings.make(session, known, versions, asked)
    assert [name for name, _ in made.steps[:3]] == ["base", "response", "eligible"]
    assert {name for name, _ in made.steps[3:]} <= {"women", "men"} and len(made.weights) == 11
    weightings.keep(session, known, made, officer, NOW)
    session.commit()
    kept = weightings.newest(session, known)
    assert kept is not None and kept.fits and kept.asked == asked
    assert kept.steps == made.steps and kept.households == made.households
    found = frames.frames(session, versions, [year], {"household": ("result",)})
    design = designs.design_of(session, found, frames.register(session), year)
    assert design.units["weight"].tolist() == pytest.approx([80 / 11] * 11)
    sampled.complete(session, 50, listed[8].code)
    session.commit()
    later = weightings.newest(session, known)
    assert later is not None and not later.fits


def test_what_a_weighting_was_calibrated_to_reaches_the_design(session: Session) -> None:
    year, officer = today().year, sampled.officer(session)
    drawn = sampled.draw(session, size=20)
    listed = draws.households(session, drawn)
    for number, one in enumerate(listed[:5] + listed[10:15], 1):  # ages 31 to 40
        sampled.complete(session, number, one.code)
    session.commit()
    known, versions = draws.get(session, drawn), world.library().versions("household")
    asked = weightings.Asked(population={"F|15-34": 60, "F|35-59": 25, "M|15-59": 85})
    made = weightings.make(session, known, versions, asked)
    weightings.keep(session, known, made, officer, NOW)
    session.commit()
    assert made.households.steps == ("base", "response", "eligible", "calibrated")
    assert len(made.households.rows) == 20
    village, code, weights, held = made.households.rows[0]
    assert (village, code, held) == (listed[0].village, listed[0].code, (1, 0, 1))
    assert weights[:3] == pytest.approx((4, 8, 8)) and weights[3] == pytest.approx(15)
    found = frames.frames(session, versions, [year], {"household": ("result",)})
    design = designs.design_of(session, found, frames.register(session), year)
    assert design.calibrated is not None
    assert design.calibrated.iloc[0].tolist() == pytest.approx([8, 1, 0, 1])
    assert design.units["weight"].iloc[0] == pytest.approx(15)
    before = designs.drawn(session, year)
    weightings.keep(
        session, known, weightings.make(session, known, versions, weightings.Asked()), officer, NOW
    )
    session.commit()
    plain = designs.design_of(session, found, frames.register(session), year)
    assert plain.calibrated is None and designs.drawn(session, year) != before


def test_the_list_of_a_draw_is_unique_by_household(session: Session) -> None:
    drawn = sampled.draw(session)
    total = session.scalar(
        select(func.count()).select_from(DrawnHousehold).where(DrawnHousehold.draw_id == drawn)
    )
    assert total == 80 and draws.get(session, drawn).census
    assert io.StringIO(registers.content(session, 1) or "").readline() == "village,code\n"
