"""The seeded draw: households by village, or villages by size (PPS) and households within them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from analysis.sampling.allocation import allocate, check_given
from analysis.sampling.errors import BadAllocation
from analysis.sampling.order import checked_seed, shuffled, uniform
from analysis.sampling.register import Register

ALLOCATIONS = ("equal", "proportional")
PPS = "pps"  # the stratum of villages drawn by size; a village that is certain is its own


@dataclass(frozen=True, slots=True)
class Drawn:
    """A household of the list, in the order in which it is visited.

    `order`: 1 … n the sample, behind it the replacements. `village_chance`: probability that the
    village is visited; `probability`: that the household is in the sample (not as a replacement).
    `stratum`, `psu`, `fpc` are the columns of `python -m analysis estimate`; `fpc` is the number
    of PSUs in the stratum, None where villages are drawn by size.
    """

    village: str
    code: str
    order: int
    replacement: bool
    stratum: str
    psu: str
    fpc: int | None
    households: int
    village_chance: Fraction
    probability: Fraction

    @property
    def weight(self) -> float:
        """The base weight, while no replacement is used."""
        return float(1 / self.probability)


def draw_households(
    register: Register,
    allocation: Mapping[str, int],
    seed: str | int,
    replacements: int = 0,
    chances: Mapping[str, Fraction] | None = None,
) -> tuple[Drawn, ...]:
    """The list by village and order: `allocation` households each, then up to `replacements`.

    The order within a village does not depend on the allocation: a larger sample holds the smaller
    one. `chances`: inclusion probabilities of villages (default 1). A village with all its
    households is a census of it, with probability 1. Raises `BadAllocation`, `SeedMissing`.
    """
    text = checked_seed(seed)
    if replacements < 0:
        raise BadAllocation(
            f"Số hộ dự phòng không được âm: {replacements}.",
            f"The number of replacements must not be negative: {replacements}.",
        )
    check_given(allocation, register.sizes)
    known = chances or {}
    return tuple(
        one
        for village in sorted(allocation)
        for one in _village(
            register, village, text, allocation[village], replacements, known.get(village)
        )
    )


def _village(
    register: Register,
    village: str,
    seed: str,
    count: int,
    replacements: int,
    chance: Fraction | None,
) -> list[Drawn]:
    codes = shuffled(seed, village, register.villages[village])
    size, visited = len(codes), Fraction(1) if chance is None else chance
    certain = visited == 1
    return [
        Drawn(
            village=village,
            code=code,
            order=order,
            replacement=order > count,
            stratum=village if certain else PPS,
            psu=f"{village}|{code}" if certain else village,
            fpc=size if certain else None,
            households=size,
            village_chance=visited,
            probability=visited * Fraction(count, size),
        )
        for order, code in enumerate(codes[: count + replacements], 1)
    ]


def village_chances(sizes: Mapping[str, int], villages: int) -> dict[str, Fraction]:
    """Inclusion probabilities of `villages` villages drawn in proportion to their households.

    One at least as large as the interval is certain; the others share what is left, anew.
    Raises `BadAllocation` where there are not so many villages.
    """
    if not 0 < villages <= len(sizes):
        raise BadAllocation(
            f"Phải chọn từ 1 đến {len(sizes)} thôn, nhận được {villages}.",
            f"Choose from 1 to {len(sizes)} villages; got {villages}.",
        )
    certain: set[str] = set()
    while True:
        rest = {name: size for name, size in sizes.items() if name not in certain}
        left, total = villages - len(certain), sum(rest.values())
        sure = {name for name, size in rest.items() if left and size * left >= total}
        if not sure:
            shares = {name: Fraction(size * left, total) for name, size in rest.items()}
            return {name: shares.get(name, Fraction(1)) for name in sizes}
        certain |= sure


def draw_villages(register: Register, villages: int, seed: str | int) -> dict[str, Fraction]:
    """The villages to visit, with their inclusion probabilities: systematic PPS.

    Villages that are not certain are put in the seed's order (`seed|villages|code`), their
    probabilities added up, and the one taken in which start, start + 1, … falls; start is
    `uniform(seed, "start")`. Raises as `village_chances`, and `SeedMissing`.
    """
    text = checked_seed(seed)
    chances = village_chances(register.sizes, villages)
    taken = {name for name, chance in chances.items() if chance == 1}
    start, reached = uniform(text, "start"), Fraction(0)
    for name in shuffled(text, "villages", [name for name in chances if name not in taken]):
        before, reached = reached, reached + chances[name]
        if ceil(reached - start) > ceil(before - start):  # start + k in [before, reached)
            taken.add(name)
    return {name: chance for name, chance in chances.items() if name in taken}


def allocation_of(
    register: Register, size: int, rule: str, chances: Mapping[str, Fraction] | None = None
) -> dict[str, int]:
    """Households by village for `size` in all: "equal" or "proportional".

    With `chances` (villages drawn by size) "proportional" means that all households of the
    commune have nearly one weight: shares are N_i/π_i, alike in all villages that are not certain.
    Raises `BadAllocation`.
    """
    if rule not in ALLOCATIONS:
        raise BadAllocation(
            f"Cách phân bổ là {' hoặc '.join(ALLOCATIONS)}; nhận được {rule}.",
            f"The allocation is {' or '.join(ALLOCATIONS)}; got {rule}.",
        )
    visited = {name: register.sizes[name] for name in (chances or register.villages)}
    shares = {
        name: Fraction(1) if rule == "equal" else count / (chances or {}).get(name, Fraction(1))
        for name, count in visited.items()
    }
    return allocate(size, visited, shares)
