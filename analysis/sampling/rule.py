"""All that a draw is made from beside the register and the seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.sampling.draw import (
    ALLOCATIONS,
    Drawn,
    allocation_of,
    draw_households,
    draw_villages,
)
from analysis.sampling.register import Register


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked of a draw. `size`: households in all, None for a census of what is visited;
    `villages`: visit so many, drawn by size, None for all of them; `replacements`: behind the
    sample of each village."""

    size: int | None = None
    allocation: str = ALLOCATIONS[-1]
    villages: int | None = None
    replacements: int = 0

    @property
    def census(self) -> bool:
        """Every household of every village is on the list."""
        return self.size is None and self.villages is None

    def options(self, seed: str) -> str:
        """The same as options of `python -m analysis draw`."""
        given: Mapping[str, int | None] = {"--size": self.size, "--villages": self.villages}
        parts = [f"{name} {value}" for name, value in given.items() if value is not None]
        if self.size is not None:
            parts.append(f"--allocation {self.allocation}")
        quoted = "'" + seed.replace("'", "'\\''") + "'"
        return " ".join([*parts, f"--seed {quoted}", f"--replacements {self.replacements}"])


def draw_by(register: Register, rule: Rule, seed: str) -> tuple[Drawn, ...]:
    """The list that this register, rule and seed give, whoever asks and whenever.

    Raises `BadAllocation`, `SeedMissing`.
    """
    chances = None
    if rule.villages is not None:
        chances = draw_villages(register, rule.villages, seed)
    visited = sum(register.sizes[name] for name in (chances or register.villages))
    size = visited if rule.size is None else rule.size
    allocation = allocation_of(register, size, rule.allocation, chances)
    return draw_households(register, allocation, seed, rule.replacements, chances)
