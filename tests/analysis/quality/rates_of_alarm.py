"""How often the page marks somebody wrongly, and how often rightly, on invented interviews.

`PYTHONPATH=.:tests/analysis/quality python tests/analysis/quality/rates_of_alarm.py 400` prints the
figures of docs/quality.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import invented_interviews as invented

from analysis.quality import Assessment, assess
from analysis.quality.compare import Rate

LOOKS = (7, 14, 21, 28)  # interviews of each collector at which somebody opens the page
MADE_UP = (
    invented.fast,
    invented.empty_care,
    invented.half_hours,
    invented.copied,
    invented.at_night,
)


def marked(found: Assessment) -> list[Rate]:
    """The collectors who are marked."""
    return [one for one in found.collectors if one.marked]


def pages_with_a_mark(seeds: Iterable[int], spread: float = 0.0) -> list[bool]:
    """Of each honest commune, whether its page marks any collector or village."""
    pages = (assess(invented.commune(seed, spread=spread)) for seed in seeds)
    return [any(one.marked for one in (*page.collectors, *page.villages)) for page in pages]


def pages_with_a_mark_at_any_look(seeds: Iterable[int]) -> list[bool]:
    """The same where the page is opened four times while the work goes on."""
    return [
        any(marked(assess(invented.commune(seed, each=each))) for each in LOOKS) for seed in seeds
    ]


def found_out(seeds: Iterable[int], change: invented.Change, share: float = 0.5) -> list[bool]:
    """Of each commune whose first collector makes up `share` of the interviews, whether that one
    is marked."""
    pages = (assess(invented.commune(seed, change=change, share=share)) for seed in seeds)
    return [any(one.group == "1" for one in marked(page)) for page in pages]


def flags_by_check(seeds: Iterable[int]) -> dict[str, float]:
    """Flags by check for 1,000 honest submissions."""
    counts: dict[str, int] = {}
    submissions = 0
    for seed in seeds:
        page = assess(invented.commune(seed))
        submissions += page.submissions
        for flag in page.flags:
            counts[flag.check] = counts.get(flag.check, 0) + 1
    return {check: 1000 * n / submissions for check, n in counts.items()}


def _say(name: str, answers: list[bool]) -> None:
    print(f"{name}: {sum(answers)} / {len(answers)}", flush=True)


def main(runs: int) -> None:
    """Print all figures."""
    _say("honest pages with any mark", pages_with_a_mark(range(runs)))
    _say("the same, villages differ by 20 %", pages_with_a_mark(range(runs // 2), spread=0.2))
    _say("honest, four looks", pages_with_a_mark_at_any_look(range(runs // 4)))
    for change in MADE_UP:
        for share in (0.25, 0.5):
            found = found_out(range(runs // 4), change, share)
            _say(f"found out: {change.__name__}, {share:.0%} made up", found)
    print("flags in 1,000 honest submissions:", flags_by_check(range(runs // 4)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
