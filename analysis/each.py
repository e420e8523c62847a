"""A target that the plan sets "for boys and for girls": its verdict, also where a sex is hidden.

A verdict is a fact about numbers: "girls: not met" of a hidden cell at a level of 100 % says that
some girl was left behind, and beside a total it may say how many. So a verdict of groups says only
what follows from the figures that are printed (docs/decisions/0042):

* All groups are shown: each is judged, and the target is met if each of them meets it.
* Some group is hidden (small, rounded, or a crossing of two dimensions, of which no cell leaves):
  the printed total decides where it can. A total that misses the level is a weighted mean of its
  groups, so one of them misses it; in a total that leaves nobody out no group leaves anybody out.
* Else the verdict stays the total's, and says that it is of all together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.catalogue import DIMENSIONS
from analysis.types import (
    Arithmetic,
    Estimate,
    GroupVerdict,
    Missing,
    Statistical,
    TargetResult,
    Text,
    Verdict,
)
from analysis.verdict import UPWARD, judge

SURE = (Statistical.SURELY_NOT_MET, Statistical.UNDECIDED, Statistical.SURELY_MET)

ALL_MEET = Text(
    "Kế hoạch đặt mức cho từng giới: cả hai giới đều đạt.",
    "The plan sets the level for each sex: both meet it.",
)
ONE_MISSES = Text(
    "Kế hoạch đặt mức cho từng giới: {groups} chưa đạt.",
    "The plan sets the level for each sex; not met: {groups}.",
)
SOME_MISSES = Text(
    "Kế hoạch đặt mức cho từng giới. Số chung chưa đạt nên ít nhất một giới chưa đạt; kết quả từng "
    "giới không nêu để không lộ số nhỏ.",
    "The plan sets the level for each sex. The two together miss it, so at least one does; the "
    "result of each sex is not told, as it could give a small number away.",
)
NOBODY_LEFT_OUT = Text(
    "Kế hoạch đặt mức cho từng giới. Không ai bị bỏ lại, nên giới nào cũng đạt.",
    "The plan sets the level for each sex. Nobody is left out, so each sex meets it.",
)
UNLESS_MOVED = Text(
    "Kế hoạch đặt mức cho từng giới. Tính chung không em nào bị bỏ lại, nên giới nào cũng đạt, trừ "
    "khi học sinh chuyển đến bù cho em bị bỏ lại.",
    "The plan sets the level for each sex. Together nobody is left out, so each sex meets it, "
    "unless pupils who moved in make up for one who was.",
)
TOGETHER = Text(
    "Kế hoạch đặt mức cho từng giới. Đánh giá này là chung cho cả hai: từng giới có đạt hay không "
    "thì không nêu, vì có thể làm lộ một số quá nhỏ.",
    "The plan sets the level for each sex. This verdict is of both together: whether each meets it "
    "is not told, as that could give a small number away.",
)


def for_each(shown: TargetResult, period: int) -> TargetResult:
    """The result with the verdict that `Target.each` asks for; as it is without one.

    `shown`: with small cells already hidden. Nothing else is read, so that whoever has the printed
    figures could come to the same verdict, and learns nothing from it.
    """
    verdict = shown.verdict
    if not shown.target.each or verdict is None or shown.estimate.missing is not None:
        return shown
    groups = _told(shown)
    if not groups:
        return replace(shown, verdict=_by_total(shown, verdict))
    target = replace(shown.target, oddities=())
    judged = tuple(
        GroupVerdict(cell.by, judge(target, cell, shown.indicator, period)) for cell in groups
    )
    return replace(shown, groups=judged, verdict=_by_groups(verdict, judged))


def _told(shown: TargetResult) -> Sequence[Estimate]:
    """The groups, where each of them is printed as it is; else none."""
    if shown.target.by or shown.indicator.sensitive:  # crossed: not printed; sensitive: rounded
        return ()
    groups = [one for one in shown.breakdown if tuple(one.by) == (shown.target.each,)]
    return () if any(one.missing is Missing.SUPPRESSED for one in groups) else groups


def _by_groups(whole: Verdict, groups: Sequence[GroupVerdict]) -> Verdict:
    """Met, and surely met, if each group is; what is not known of one is not known of all."""
    found = [one.verdict.arithmetic for one in groups]
    if whole.arithmetic is Arithmetic.INCOMPLETE or Arithmetic.INCOMPLETE in found:
        return replace(whole, arithmetic=Arithmetic.INCOMPLETE)
    missed = [one.by for one in groups if one.verdict.arithmetic is Arithmetic.NOT_MET]
    sure = [one.verdict.statistical for one in groups if one.verdict.statistical in SURE]
    return replace(
        whole,
        arithmetic=Arithmetic.NOT_MET if missed else Arithmetic.MET,
        statistical=min(sure, key=SURE.index) if sure else whole.statistical,
        notes=(*whole.notes, _named(missed) if missed else ALL_MEET),
    )


def _named(groups: Sequence[Mapping[str, str]]) -> Text:
    names = [
        DIMENSIONS[key].categories.get(code, Text(code, code))
        for one in groups
        for key, code in one.items()
    ]
    return Text(
        ONE_MISSES.vi.format(groups=" và ".join(name.vi.lower() for name in names)),
        ONE_MISSES.en.format(groups=" and ".join(name.en.lower() for name in names)),
    )


def _by_total(shown: TargetResult, whole: Verdict) -> Verdict:
    if whole.arithmetic is Arithmetic.NOT_MET:
        return replace(whole, notes=(*whole.notes, SOME_MISSES))
    if whole.arithmetic is not Arithmetic.MET:
        return whole
    gross = shown.indicator.arguments.get("gross")  # above 100 % where somebody moved in
    everyone = UNLESS_MOVED if gross else NOBODY_LEFT_OUT
    return replace(whole, notes=(*whole.notes, everyone if _extreme(shown) else TOGETHER))


def _extreme(shown: TargetResult) -> bool:
    """A full count at the very end of its scale: all of them, or none where less is better."""
    one = shown.estimate
    if one.method != "full_count" or one.numerator is None:
        return False
    if shown.target.comparator in UPWARD:
        return one.numerator == one.denominator
    return one.numerator == 0
