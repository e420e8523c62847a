"""The sample: anyone repeats it, chances are those of theory, weights give the population."""

import csv
import io
import math
import random
import re
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from analysis.anyone import Layout, estimate, read_table
from analysis.anyone.command import main
from analysis.estimators.errors import Refused
from analysis.sampling import (
    BadAllocation,
    BadRegister,
    BadSize,
    BadWeighting,
    Frame,
    SeedMissing,
    adjust_nonresponse,
    allocate,
    assign,
    base_weights,
    calibrate_cells,
    calibrate_margins,
    draw_households,
    draw_villages,
    register_of,
    size_for_ratio,
    size_for_share,
    summarise,
    trim,
)
from analysis.sampling.draw import allocation_of, village_chances
from analysis.sampling.register import read_register

SIZES = {"T01": 40, "T02": 85, "T03": 1, "T04": 200, "T05": 9}
ROWS = [(village, f"{at:03d}") for village, size in SIZES.items() for at in range(1, size + 1)]
REGISTER = register_of(ROWS)
DOCS = Path(__file__).parents[2] / "docs" / "sampling.md"


# Size


def test_a_share_within_five_points_is_the_textbook_384_and_with_300_households_169() -> None:
    """n0 = 1.96²·0.25/0.05² = 384.1; Cochran: n = n0/(1 + (n0 − 1)/N) = 168.7 for N = 300."""
    assert size_for_share(0.05).complete == 385
    assert size_for_share(0.05, frame=Frame(population=300)).complete == 169


def test_design_effect_and_response_raise_the_visits() -> None:
    size = size_for_share(0.05, frame=Frame(deff=2, response=0.8))
    assert (size.complete, size.visit) == (769, 962)


def test_a_ratio_reaches_its_log_precision_and_one_interview_fewer_does_not() -> None:
    frame = Frame(population=1500, deff=1.3)
    size = size_for_ratio(0.1, 0.6, 0.8, 0.3, ratio=1.4, frame=frame)

    def half_width(n: int) -> float:
        spread = 0.36 + 0.64 - 2 * 0.3 * 0.6 * 0.8
        return 1.959963984540054 * math.sqrt(1.3 * (1 - n / 1500) * spread / n)

    assert half_width(size.complete) <= math.log(1.1) < half_width(size.complete - 1)
    assert (size.low, size.high) == pytest.approx((1.4 / 1.1, 1.54))


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda: size_for_share(0), "within"),
        (lambda: size_for_share(5), "within"),
        (lambda: size_for_share(0.05, 1.4), "share"),
        (lambda: size_for_ratio(0.1, -1, 1), "cv_women"),
        (lambda: size_for_ratio(0.1, 1, 1, 2), "correlation"),
        (lambda: size_for_ratio(0.1, float("nan"), 1), "cv_women"),
        (lambda: Frame(response=0), "response"),
        (lambda: Frame(population=1), "population"),
        (lambda: size_for_share(0.01, frame=Frame(population=300, response=0.9)), "324 households"),
    ],
)
def test_an_impossible_precision_is_refused(ask: object, named: str) -> None:
    with pytest.raises(BadSize) as refused:
        ask()  # type: ignore[operator]
    assert named in refused.value.text.en
    assert refused.value.text.vi


# Register


def test_all_faults_of_a_register_are_told_by_row(tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("village;code\nT1;1\n;2\nT1;\nT1; 1\nT|1;3\nT2\n\n", encoding="utf-8-sig")
    with pytest.raises(BadRegister) as refused:
        read_register(file)
    assert [fault.row for fault in refused.value.faults] == [3, 4, 5, 6, 7]
    assert "hộ 1 của thôn T1 đã có ở dòng 2" in refused.value.text.vi
    assert "household 1 of village T1 is already in row 2" in refused.value.text.en


@pytest.mark.parametrize("text", ["", "village,code\n", "village,number\nT1,1\n"])
def test_an_empty_register_or_one_without_its_columns_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "register.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        read_register(file)


def test_two_spellings_of_an_accent_are_one_village() -> None:
    assert list(register_of([("Thôn Đá", "1"), ("Tho\u0302n Đa\u0301", "2")]).villages) == [
        "Thôn Đá"
    ]


# Allocation


@pytest.mark.parametrize("rule", ["equal", "proportional"])
@pytest.mark.parametrize("size", [5, 8, 9, 10, 37, 120, 334, 335])
def test_an_allocation_adds_up_and_fits(rule: str, size: int) -> None:
    counts = allocation_of(REGISTER, size, rule)
    assert sum(counts.values()) == size
    least = 2 if size >= 9 else 1
    assert all(min(least, SIZES[name]) <= counts[name] <= SIZES[name] for name in SIZES)


def test_proportional_is_within_one_of_the_exact_share_where_no_bound_holds() -> None:
    households = {"a": 100, "b": 150, "c": 333}
    counts = allocate(100, households, households)
    assert all(abs(counts[n] - 100 * households[n] / 583) < 1 for n in households)
    assert allocate(7, dict.fromkeys("abc", 50), dict.fromkeys("abc", 1)) == {
        "a": 3,
        "b": 2,
        "c": 2,
    }


# Draw


def test_the_order_of_the_rows_does_not_matter_and_the_seed_does() -> None:
    allocation = allocation_of(REGISTER, 60, "proportional")
    drawn = draw_households(REGISTER, allocation, 2026, replacements=3)
    shuffled = ROWS[:]
    random.Random(4).shuffle(shuffled)
    assert draw_households(register_of(shuffled), allocation, "2026", replacements=3) == drawn
    assert draw_households(REGISTER, allocation, 2027, replacements=3) != drawn


def test_a_statistician_repeats_the_list_from_the_documented_rule() -> None:
    drawn = draw_households(REGISTER, {"T01": 5, "T04": 7}, "2026", replacements=2)
    for village, count in (("T01", 5), ("T04", 7)):
        codes = [code for name, code in ROWS if name == village]
        codes.sort(key=lambda code: sha256(f"2026|{village}|{code}".encode()).hexdigest())
        mine = [one for one in drawn if one.village == village]
        assert [one.code for one in mine] == codes[: count + 2]
        assert [one.order for one in mine] == list(range(1, count + 3))
        assert [one.replacement for one in mine] == [False] * count + [True] * 2


def test_a_larger_sample_holds_the_smaller_and_replacements_end_with_the_village() -> None:
    small = draw_households(REGISTER, {"T05": 3}, 1)
    large = draw_households(REGISTER, {"T05": 7}, 1, replacements=20)
    assert [one.code for one in large][:3] == [one.code for one in small]
    assert len(large) == 9


def test_a_census_is_a_draw_with_probability_one() -> None:
    drawn = draw_households(REGISTER, SIZES, 1)
    assert {one.probability for one in drawn} == {Fraction(1)}
    assert all(one.weight == 1 and one.fpc == SIZES[one.village] for one in drawn)


def test_inclusion_over_many_seeds_is_that_of_theory() -> None:
    """2000 seeds, 9 households, 4 drawn: each 888.9 times; χ² on 8 degrees below its 99.9 %."""
    seeds = 2000
    counts = Counter(
        one.code for seed in range(seeds) for one in draw_households(REGISTER, {"T05": 4}, seed)
    )
    expected = seeds * 4 / 9
    chi = sum((counts[f"{at:03d}"] - expected) ** 2 for at in range(1, 10)) / expected
    assert chi / (1 - 4 / 9) * 8 / 9 < 26.1


@pytest.mark.parametrize("villages", [1, 2, 3, 4, 5])
def test_pps_chances_add_up_to_the_villages_visited(villages: int) -> None:
    chances = village_chances(SIZES, villages)
    assert sum(chances.values()) == villages
    assert all(0 < chance <= 1 for chance in chances.values())
    assert all(len(draw_villages(REGISTER, villages, seed)) == villages for seed in range(50))


def test_pps_is_in_proportion_to_households_but_for_certain_villages() -> None:
    chances = village_chances({"a": 60, "b": 10, "c": 20, "d": 10}, 2)
    assert chances == {"a": 1, "b": Fraction(1, 4), "c": Fraction(1, 2), "d": Fraction(1, 4)}


def test_pps_over_many_seeds_has_these_chances() -> None:
    """3000 seeds: each share within 4 standard errors."""
    sizes = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 25}
    register = register_of([(v, str(at)) for v, size in sizes.items() for at in range(size)])
    seeds = 3000
    counts = Counter(v for seed in range(seeds) for v in draw_villages(register, 2, seed))
    for village, chance in village_chances(sizes, 2).items():
        p = float(chance)
        assert abs(counts[village] / seeds - p) < 4 * math.sqrt(p * (1 - p) / seeds)


def test_two_stages_multiply_and_proportional_gives_one_weight() -> None:
    sizes = {f"T{at}": 40 + 10 * at for at in range(8)}
    register = register_of([(v, str(at)) for v, size in sizes.items() for at in range(size)])
    chances = draw_villages(register, 3, 7)
    drawn = draw_households(
        register, allocation_of(register, 30, "proportional", chances), 7, chances=chances
    )
    assert {one.probability for one in drawn} == {Fraction(30, sum(sizes.values()))}
    assert {(one.stratum, one.fpc) for one in drawn} == {("pps", None)}


@pytest.mark.parametrize(
    ("act", "error", "named"),
    [
        (lambda: allocation_of(REGISTER, 336, "equal"), BadAllocation, "336"),
        (lambda: allocation_of(REGISTER, 4, "equal"), BadAllocation, "5 villages"),
        (lambda: allocation_of(REGISTER, 9, "neyman"), BadAllocation, "neyman"),
        (lambda: draw_households(REGISTER, {"T05": 10}, 1), BadAllocation, "Village T05"),
        (lambda: draw_households(REGISTER, {"T05": 0}, 1), BadAllocation, "Village T05"),
        (lambda: draw_households(REGISTER, {"T99": 1}, 1), BadAllocation, "Village T99"),
        (lambda: draw_households(REGISTER, {"T05": 1}, 1, -1), BadAllocation, "-1"),
        (lambda: draw_households(REGISTER, {"T05": 1}, " "), SeedMissing, "seed"),
        (lambda: draw_households(REGISTER, {"T05": 1}, "1|2"), SeedMissing, "1|2"),
        (lambda: draw_villages(REGISTER, 6, 1), BadAllocation, "6"),
        (lambda: draw_villages(REGISTER, 2, ""), SeedMissing, "seed"),
    ],
)
def test_a_draw_that_cannot_be_made_is_refused(
    act: object, error: type[Refused], named: str
) -> None:
    with pytest.raises(error) as refused:
        act()  # type: ignore[operator]
    assert named in refused.value.text.en
    assert refused.value.text.vi != refused.value.text.en


# Work lists


def test_loads_are_even_and_runs_are_of_consecutive_codes() -> None:
    drawn = draw_households(REGISTER, {"T01": 20, "T02": 31, "T04": 50}, 3, replacements=4)
    who = assign(drawn, {"An": (), "Bình": (), "Chi": ()})
    assert len(who) == 101
    assert sorted(Counter(who.values()).values()) == [33, 34, 34]
    for village in ("T01", "T02", "T04"):
        names = [name for (v, _), name in sorted(who.items()) if v == village]
        assert names == sorted(names)


def test_a_collaborator_stays_in_the_own_villages_and_others_make_up() -> None:
    drawn = draw_households(REGISTER, {"T01": 20, "T02": 20}, 3)
    who = assign(drawn, {"An": {"T01"}, "Bình": {"T01", "T02"}})
    assert Counter(who.values()) == {"An": 20, "Bình": 20}
    with pytest.raises(BadAllocation, match="Village T02"):
        assign(drawn, {"An": {"T01"}})


# Weights


def test_base_weights_add_up_to_the_register_with_used_replacements() -> None:
    drawn = draw_households(REGISTER, allocation_of(REGISTER, 60, "equal"), 1, replacements=3)
    weight = base_weights([d.village for d in drawn], [d.households for d in drawn])
    assert weight.sum() == pytest.approx(REGISTER.households)


def test_each_step_keeps_the_total_that_it_promises() -> None:
    rng = np.random.default_rng(1)
    weight = rng.lognormal(0, 1, 400)
    group = rng.integers(0, 4, 400)
    answered = rng.random(400) < 0.8
    after = adjust_nonresponse(weight, answered, group)
    assert np.bincount(group, after) == pytest.approx(np.bincount(group, weight))
    assert not after[~answered].any()
    known = {"0": 100.0, "1": 250.0, "2": 80.0, "3": 120.0}
    cells = group.astype(str)
    fitted = calibrate_cells(after, cells, known)
    assert np.bincount(group, fitted) == pytest.approx(list(known.values()))
    cut = trim(fitted, 2.5, cells)
    assert np.bincount(group, cut) == pytest.approx(list(known.values()))
    for one in range(4):
        rows = (group == one) & answered
        assert cut[rows].max() <= 2.5 * np.median(fitted[rows]) * (1 + 1e-9)
    assert summarise(cut).effective > summarise(fitted).effective


def test_raking_fits_both_margins_and_leaves_non_respondents_out() -> None:
    weight = [1.0, 2, 1, 3, 0]
    sex, age = ["F", "F", "M", "M", "M"], ["y", "o", "y", "o", "o"]
    fitted = calibrate_margins(weight, [(sex, {"F": 6, "M": 4}), (age, {"y": 5, "o": 5})])
    assert fitted[:2].sum() == pytest.approx(6)
    assert fitted[[0, 2]].sum() == pytest.approx(5)
    assert fitted[4] == 0


def test_kish_by_hand() -> None:
    """Weights 1, 1, 2: (4)²/6 = 2.667 effective of 3; 1 + cv² = 1.125."""
    one = summarise([1, 1, 2, 0])
    assert (one.rows, one.low, one.high) == (3, 1, 2)
    assert (one.effective, one.deff) == pytest.approx((16 / 6, 1.125))


def test_trimming_by_hand_caps_whom_the_excess_lifts_over() -> None:
    """Median 2, limit 4: 10 is cut to 4, the 6 shared by 8.9 lift 3.9 to 6.5, so it is 4 too;
    what is left, 10.9, is shared by 1, 2, 2 and lifts 2 to 4.36; the first keeps 18.9 − 16."""
    assert trim([1, 2, 2, 3.9, 10], 2) == pytest.approx([2.9, 4, 4, 4, 4])
    with pytest.raises(BadWeighting):
        trim([1, 2, 2, 3.9, 10], 1.8)


@pytest.mark.parametrize(
    ("act", "named"),
    [
        (lambda: adjust_nonresponse([1, 1], [1, 0], ["a", "b"]), "Class b"),
        (lambda: adjust_nonresponse([1, -1], [1, 1], ["a", "b"]), "row 2"),
        (lambda: adjust_nonresponse([1], [1, 1], ["a", "b"]), "length"),
        (lambda: base_weights(["T1", "T1"], [1, 1]), "Village T1"),
        (lambda: base_weights(["T1"], [float("nan")]), "Village T1"),
        (lambda: base_weights(["T1"], [4], [0]), "Village T1"),
        (lambda: calibrate_cells([1], ["F"], {"M": 3}), "cell F"),
        (lambda: calibrate_cells([1, 0], ["F", "M"], {"F": 3, "M": 3}), "Cell M"),
        (lambda: trim([1, 1, 9], 2, ["c", "c", "c"]), "Cell c"),
        (lambda: trim([1, 1], 0.5), "0.5"),
        (lambda: summarise([0, 0]), "positive"),
    ],
)
def test_weights_that_cannot_be_made_are_refused(act: object, named: str) -> None:
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    assert named in refused.value.text.en
    assert refused.value.text.vi != refused.value.text.en


def test_every_sampling_error_is_one_kind() -> None:
    assert all(issubclass(one, Refused) for one in (BadSize, BadWeighting, SeedMissing))


# Together: over many draws the weighted total is the population's


@pytest.mark.parametrize("villages", [None, 3])
def test_the_weighted_total_is_unbiased(villages: int | None) -> None:
    """600 seeds; y grows with the village, equal allocation: the plain mean would be far off."""
    sizes = {"a": 8, "b": 16, "c": 30, "d": 12, "e": 20}
    register = register_of([(v, str(at)) for v, size in sizes.items() for at in range(size)])
    y = {(v, str(at)): size + at % 5 for v, size in sizes.items() for at in range(size)}
    totals = []
    for seed in range(600):
        chances = draw_villages(register, villages, seed) if villages else None
        allocation = allocation_of(register, 15, "equal", chances)
        drawn = draw_households(register, allocation, seed, chances=chances)
        totals.append(sum(one.weight * y[one.village, one.code] for one in drawn))
    error = np.std(totals, ddof=1) / math.sqrt(len(totals))
    assert abs(np.mean(totals) - sum(y.values())) < 3.5 * error
    assert error < 0.02 * sum(y.values())


def test_response_by_class_repairs_the_bias_that_it_can() -> None:
    """Class b answers half as often and has y = 1: the answers alone say 1/3, the weights 1/2."""
    rng = np.random.default_rng(2)
    means = []
    for _ in range(400):
        group = np.repeat(["a", "b"], 50)
        answered = rng.random(100) < np.where(group == "a", 0.9, 0.45)
        weight = adjust_nonresponse(np.ones(100), answered, group)
        means.append(np.average(group == "b", weights=weight))
    assert np.mean(means) == pytest.approx(0.5)


# The commands


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    file = tmp_path / "register.csv"
    file.write_text("village,code\n" + "".join(f"{v},{c}\n" for v, c in ROWS), encoding="utf-8")
    return file


def test_the_command_draws_what_estimate_reads(
    register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = register_file.with_name("sample.csv")
    given = ["draw", str(register_file), "--size", "60", "--seed", "2026", "--out", str(out)]
    assert main(given) == 0
    assert "sample 60, replacements 0, seed 2026" in capsys.readouterr().out
    layout = Layout(weights="weight", strata="stratum", psu="psu", fpc="fpc", lonely="certainty")
    (row,) = estimate(read_table(out), layout, ["total probability"], [])
    assert row.est == pytest.approx(60)
    first = out.read_bytes()
    assert main(given) == 0
    assert out.read_bytes() == first


def test_the_command_gives_out_the_work(register_file: Path) -> None:
    who, out = register_file.with_name("who.csv"), register_file.with_name("sample.csv")
    who.write_text("name,village\nAn,T01\nAn,T02\nBình,\n", encoding="utf-8")
    given = f"draw {register_file} --size 60 --seed 1 --villages 3 --replacements 2"
    assert main([*given.split(), "--collaborators", str(who), "--out", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert all((row["collaborator"] == "") == (row["role"] == "replacement") for row in rows)


def test_the_command_refuses_without_a_seed_in_both_languages(
    register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draw", str(register_file), "--size", "60", "--out", "never.csv"]) == 1
    said = capsys.readouterr().err
    assert "hạt giống" in said
    assert "A seed is needed" in said


def test_the_command_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["size", "share", "--within", "5", "--population", "300"]) == 0
    assert re.search(r"complete +169\nvisit +169\ninterval +45 – 55", capsys.readouterr().out)


def test_the_command_weights_persons_step_by_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Village T1: 8 households, 4 issued, 3 answered: 2, then 8/3; times the eligible; to 30/20."""
    issued, known, out = (tmp_path / name for name in ("issued.csv", "known.csv", "out.csv"))
    issued.write_text(
        "village,code,households,answered,sex,eligible\n"
        "T1,1,8,1,F,1\nT1,1,8,1,M,2\nT1,2,8,1,F,3\nT1,3,8,1,M,1\nT1,4,8,0,,\n",
        encoding="utf-8",
    )
    known.write_text("sex,count\nF,30\nM,20\n", encoding="utf-8")
    given = f"weights {issued} --responded answered --eligible eligible --cells sex --cap 2"
    assert main([*given.split(), "--population", str(known), "--out", str(out)]) == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    column = {name: [float(row[f"weight_{name}"]) for row in rows] for name in STEPS}
    assert column["base"] == [2] * 5
    assert column["response"] == pytest.approx([8 / 3] * 4 + [0])
    assert column["eligible"] == pytest.approx([8 / 3, 16 / 3, 8, 8 / 3, 0])
    assert column["calibrated"] == pytest.approx([7.5, 40 / 3, 22.5, 20 / 3, 0])
    assert column["trimmed"] == pytest.approx(column["calibrated"])
    assert capsys.readouterr().out.count("\n") == 6


@pytest.mark.parametrize(
    ("rows", "counts", "named"),
    [
        ("1,8,1,F,1\n1,8,0,M,1\n", "F,3\n", "Household 1 of village T1"),
        ("1,8,1,F,1\n1,9,1,M,1\n", "F,3\n", "Household 1 of village T1"),
        ("1,8,1,F,1\n2,8,1,M,\n", "F,3\nM,3\n", "row 3"),
        ("1,8,1,F,0\n", "F,3\n", "row 2"),
        ("1,8,2,F,1\n", "F,3\n", "row 2"),
        ("1,8,1,F,1\n", "F,3\nF,4\n", "cell F twice"),
        ("1,8,1,F,1\n", "F,\n", "cell F"),
        ("1,8,1,,1\n", "F,3\n", "cell"),
    ],
)
def test_the_command_refuses_rows_that_contradict_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, counts: str, named: str
) -> None:
    issued, known = tmp_path / "issued.csv", tmp_path / "known.csv"
    lines = "".join(f"T1,{row}\n" for row in rows.splitlines())
    issued.write_text(f"village,code,households,answered,sex,eligible\n{lines}", encoding="utf-8")
    known.write_text(f"sex,count\n{counts}", encoding="utf-8")
    given = f"weights {issued} --responded answered --eligible eligible --cells sex"
    out = tmp_path / "out.csv"
    assert main([*given.split(), "--population", str(known), "--out", str(out)]) == 1
    assert named in capsys.readouterr().err
    assert not out.exists()


def test_the_command_uses_the_chance_of_a_village_drawn_by_size(register_file: Path) -> None:
    """sample.csv as it comes: the base weight is the draw's own."""
    out, again = register_file.with_name("sample.csv"), register_file.with_name("again.csv")
    given = f"draw {register_file} --size 40 --seed 5 --villages 3 --out {out}"
    assert main(given.split()) == 0
    assert main(["weights", str(out), "--out", str(again)]) == 0
    for row in csv.DictReader(io.StringIO(again.read_text(encoding="utf-8"))):
        assert float(row["weight_base"]) == pytest.approx(float(row["weight"]))


STEPS = ("base", "response", "eligible", "calibrated", "trimmed")


def test_the_example_of_the_docs_runs_and_says_what_it_prints() -> None:
    page = DOCS.read_text(encoding="utf-8")
    code, printed = re.findall(r"```(?:python)?\n((?:from|size ).*?)```", page, re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert ", ".join(map(str, names["codes"])) in printed  # type: ignore[call-overload]
    assert f"size    {names['size'].visit} households" in printed  # type: ignore[attr-defined]
