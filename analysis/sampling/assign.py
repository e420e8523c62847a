"""Who visits which household: loads as even as the villages allow, neighbours together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analysis.sampling.draw import Drawn
from analysis.sampling.errors import BadAllocation


def assign(
    drawn: Sequence[Drawn], collaborators: Mapping[str, Collection[str]]
) -> dict[tuple[str, str], str]:
    """The collaborator of each household of the sample, by (village, code); replacements have none.

    `collaborators`: the villages of each; without villages, all. Villages with the fewest
    collaborators come first; each of a village's households counts for its collaborator with the
    least so far (ties: first by name), then each takes a run of consecutive codes. Raises
    `BadAllocation` where a village has nobody.
    """
    codes: dict[str, list[str]] = {}
    for one in drawn:
        if not one.replacement:
            codes.setdefault(one.village, []).append(one.code)
    able = {village: _able(village, collaborators) for village in codes}
    load = dict.fromkeys(collaborators, 0)
    assigned: dict[tuple[str, str], str] = {}
    for village in sorted(codes, key=lambda name: (len(able[name]), name)):
        share = dict.fromkeys(able[village], 0)
        for _ in codes[village]:
            next_one = min(able[village], key=lambda name: (load[name], name))
            load[next_one] += 1
            share[next_one] += 1
        runs = [name for name in able[village] for _ in range(share[name])]
        for code, name in zip(sorted(codes[village]), runs, strict=True):
            assigned[village, code] = name
    return assigned


def _able(village: str, collaborators: Mapping[str, Collection[str]]) -> list[str]:
    able = sorted(name for name, where in collaborators.items() if not where or village in where)
    if not able:
        raise BadAllocation(
            f"Thôn {village} chưa có cộng tác viên nào.", f"Village {village} has no collaborator."
        )
    return able
