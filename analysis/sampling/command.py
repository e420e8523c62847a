"""`python -m analysis size …`, `draw REGISTER …` and `weights FILE …`."""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.anyone.files import labels, numbers, read_table
from analysis.estimators.errors import BadInput
from analysis.sampling.assign import assign
from analysis.sampling.draw import ALLOCATIONS, Drawn
from analysis.sampling.register import clean, read_register
from analysis.sampling.rule import Rule, draw_by
from analysis.sampling.size import Frame, Size, size_for_ratio, size_for_share
from analysis.sampling.weights import (
    adjust_nonresponse,
    base_weights,
    calibrate_cells,
    summarise,
    trim,
)

COLUMNS = (
    "village",
    "code",
    "order",
    "role",
    "collaborator",
    "stratum",
    "psu",
    "fpc",
    "households",
    "village_chance",
    "probability",
    "weight",
)
CELL = "|"  # between the values of the columns that make a cell: F|15-24


def add(commands: Any) -> None:
    """The three commands' arguments, among the others of `python -m analysis`."""
    for name, words, arguments, answer in (
        ("size", "sample size for a wanted precision", _add_size, _size),
        ("draw", "a seeded draw from a household register", _add_draw, _draw),
        ("weights", "weights of those who answered", _add_weights, _weights),
    ):
        parser = commands.add_parser(name, help=words)
        arguments(parser)
        parser.set_defaults(run=answer)


def _add_size(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("share", "ratio"))
    parser.add_argument(
        "--within", type=float, required=True, help="points, or per cent of a ratio"
    )
    parser.add_argument("--share", type=float, default=50.0, help="expected, per cent (default 50)")
    parser.add_argument("--ratio", type=float, default=1.0, help="expected; places the interval")
    parser.add_argument("--cv-women", type=float, default=1.0, help="standard deviation over mean")
    parser.add_argument("--cv-men", type=float, default=1.0)
    parser.add_argument("--correlation", type=float, default=0.0, help="within a household")
    parser.add_argument("--deff", type=float, default=1.0, help="design effect")
    parser.add_argument("--population", type=int, help="households of the commune")
    parser.add_argument("--response", type=float, default=100.0, help="per cent that answer")
    parser.add_argument("--level", type=float, default=0.95)


def _size(given: argparse.Namespace) -> str:
    frame = Frame(given.population, given.response / 100, given.deff, given.level)
    if given.what == "share":
        size = size_for_share(given.within / 100, given.share / 100, frame)
    else:
        size = size_for_ratio(
            given.within / 100,
            given.cv_women,
            given.cv_men,
            given.correlation,
            ratio=given.ratio,
            frame=frame,
        )
    return _said(size, 100 if given.what == "share" else 1)


def _said(size: Size, scale: int) -> str:
    low, high = size.low * scale, size.high * scale
    return "\n".join(
        (
            f"complete  {size.complete}",
            f"visit     {size.visit}",
            f"interval  {low:.4g} – {high:.4g}",
        )
    )


def _add_draw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("register", help="CSV: village, household code")
    parser.add_argument("--village", default="village", metavar="COLUMN")
    parser.add_argument("--code", default="code", metavar="COLUMN")
    parser.add_argument("--size", type=int, help="households in all; left out: a census")
    parser.add_argument("--allocation", choices=ALLOCATIONS, default="proportional")
    parser.add_argument("--villages", type=int, help="visit so many villages, drawn by size (PPS)")
    parser.add_argument("--seed", default="", help="any text; publish it with the list")
    parser.add_argument("--replacements", type=int, default=0, help="behind each village's sample")
    parser.add_argument("--collaborators", metavar="CSV", help="columns: name, village")
    parser.add_argument("--out", metavar="CSV", required=True)


def _draw(given: argparse.Namespace) -> str:
    register = read_register(given.register, given.village, given.code)
    rule = Rule(given.size, given.allocation, given.villages, given.replacements)
    drawn = draw_by(register, rule, given.seed)
    who = assign(drawn, _collaborators(given.collaborators)) if given.collaborators else {}
    _write(given.out, COLUMNS, (_row(one, who) for one in drawn))
    sample = Counter(one.village for one in drawn if not one.replacement)
    spare = sum(one.replacement for one in drawn)
    lines = [f"{name}  {n}/{register.sizes[name]}" for name, n in sorted(sample.items())]
    total = f"sample {sample.total()}, replacements {spare}, seed {given.seed}"
    return "\n".join([*lines, total, f"register {register.checksum}"])


def _row(one: Drawn, who: Mapping[tuple[str, str], str]) -> list[object]:
    role = "replacement" if one.replacement else "sample"
    return [
        one.village, one.code, one.order, role, who.get((one.village, one.code), ""), one.stratum,
        one.psu, "" if one.fpc is None else one.fpc, one.households, _number(one.village_chance),
        _number(one.probability), one.weight,
    ]  # fmt: skip


def _number(chance: Fraction) -> float:
    return float(chance)


def _collaborators(path: str) -> dict[str, set[str]]:
    """Villages by collaborator; a line without a village leaves the whole commune open."""
    frame = read_table(path)
    found: dict[str, set[str]] = {}
    for name, village in zip(
        labels(frame, "name", complete=True), labels(frame, "village"), strict=True
    ):
        villages = found.setdefault(clean(name), set())
        villages |= {clean(village)} - {""}
    return found


def _write(path: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _add_weights(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="one row a household that was issued, or a selected person")
    parser.add_argument("--village", default="village", metavar="COLUMN")
    parser.add_argument("--household", default="code", metavar="COLUMN")
    parser.add_argument("--households", default="households", metavar="COLUMN", help="N_i")
    parser.add_argument(
        "--chance", default="village_chance", metavar="COLUMN", help="used if there"
    )
    parser.add_argument("--responded", metavar="COLUMN", help="1 answered, 0 did not")
    parser.add_argument("--class", dest="classes", metavar="COLUMN", help="default: the village")
    parser.add_argument("--eligible", metavar="COLUMN", help="persons for whom the selected stands")
    parser.add_argument("--cells", metavar="COLUMN[,COLUMN]", help="such as sex,age")
    parser.add_argument("--population", metavar="CSV", help="the cells' columns and count")
    parser.add_argument("--cap", type=float, help="trim above so many medians of the cell")
    parser.add_argument("--out", metavar="CSV", required=True)


def _weights(given: argparse.Namespace) -> str:
    frame = read_table(given.file)
    steps = _steps(frame, given)
    for name, weight in steps.items():
        frame[f"weight_{name}"] = weight
    _write(given.out, map(str, frame.columns), frame.itertuples(index=False))
    lines = ["step         rows  total       low       high      effective  deff"]
    for name, weight in steps.items():
        one = summarise(weight)
        lines.append(
            f"{name:<12} {one.rows:<5} {one.total:<11.6g} {one.low:<9.5g} {one.high:<9.5g} "
            f"{one.effective:<10.5g} {one.deff:.4g}"
        )
    return "\n".join(lines)


def _steps(frame: pd.DataFrame, given: argparse.Namespace) -> dict[str, np.ndarray]:
    """The weight after each step, in order; households first, then the rows."""
    village = labels(frame, given.village, complete=True)
    codes = labels(frame, given.household, complete=True)
    of = pd.MultiIndex.from_arrays([village, codes]).factorize()[0]
    first = np.unique(of, return_index=True)[1]

    def one_each(name: str) -> np.ndarray:
        return _one_each(numbers(frame, name), name, of, first, village, codes)

    chance = one_each(given.chance) if given.chance in frame.columns else None
    household = base_weights(village[first], one_each(given.households), chance)
    steps = {"base": household[of]}
    if given.responded:
        classes = labels(frame, given.classes, complete=True) if given.classes else village
        answered = _answered(one_each(given.responded), given.responded, first)
        household = adjust_nonresponse(household, answered, classes[first])
        steps["response"] = household[of]
    rows = household[of]
    if given.eligible:
        rows = steps["eligible"] = rows * _eligible(frame, given.eligible, rows)
    if given.population and not given.cells:
        raise BadInput(
            "--population cần --cells: các cột của nhóm dân số, như sex,age.",
            "--population needs --cells: the columns of its cells, such as sex,age.",
        )
    cells = _cells(frame, given.cells) if given.cells else None
    if cells is not None and given.population:
        known = _population(given.population, given.cells)
        rows = steps["calibrated"] = calibrate_cells(rows, cells, known)
    if given.cap is not None:
        steps["trimmed"] = trim(rows, given.cap, cells)
    return steps


def _one_each(
    values: np.ndarray,
    name: str,
    of: np.ndarray,
    first: np.ndarray,
    village: np.ndarray,
    codes: np.ndarray,
) -> np.ndarray:
    """A household's value, the same on each of its rows. Raises `BadInput` naming the household."""
    each: np.ndarray = values[first]
    for row in np.flatnonzero(~((values == each[of]) | (np.isnan(values) & np.isnan(each[of])))):
        raise BadInput(
            f"Hộ {codes[row]} của thôn {village[row]}: cột {name} có {values[row]:g} và "
            f"{each[of[row]]:g}; mỗi hộ chỉ một giá trị.",
            f"Household {codes[row]} of village {village[row]}: column {name} holds "
            f"{values[row]:g} and {each[of[row]]:g}; a household has one value.",
        )
    return each


def _answered(values: np.ndarray, name: str, first: np.ndarray) -> np.ndarray:
    for at in np.flatnonzero(~np.isin(values, (0, 1))):
        raise BadInput(
            f"Cột {name} phải là 0 hoặc 1; dòng {first[at] + 2} có {values[at]:g}.",
            f"Column {name} must be 0 or 1; row {first[at] + 2} holds {values[at]:g}.",
        )
    answered: np.ndarray = values == 1
    return answered


def _eligible(frame: pd.DataFrame, name: str, weight: np.ndarray) -> np.ndarray:
    """How many the selected one stands for; where the household did not answer it may be empty."""
    values = numbers(frame, name)
    for row in np.flatnonzero((weight > 0) & ~(values >= 1)):
        raise BadInput(
            f"Cột {name} phải từ 1 trở lên ở hộ đã trả lời; dòng {row + 2} có {values[row]:g}.",
            f"Column {name} must be 1 or more where a household answered; row {row + 2} holds "
            f"{values[row]:g}.",
        )
    return np.nan_to_num(values)


def _cells(frame: pd.DataFrame, names: str) -> np.ndarray:
    parts = [labels(frame, name) for name in names.split(",")]
    return np.array([CELL.join(row) for row in zip(*parts, strict=True)], dtype=object).astype(str)


def _population(path: str, names: str) -> dict[str, float]:
    frame = read_table(path)
    counts, known = numbers(frame, "count"), dict[str, float]()
    for cell, count in zip(_cells(frame, names).tolist(), counts.tolist(), strict=True):
        if cell in known:
            raise BadInput(
                f"Số dân ghi hai lần nhóm {cell}.", f"The population has cell {cell} twice."
            )
        if not count >= 0:
            raise BadInput(
                f"Số dân của nhóm {cell} phải là số không âm; nhận được {count:g}.",
                f"The population of cell {cell} must be a number, not negative; got {count:g}.",
            )
        known[cell] = count
    return known
