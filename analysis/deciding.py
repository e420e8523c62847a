"""How many more interviews would decide an undecided verdict, if the value stays where it is.

The variance of a sample of n of N households is V(n) = A·(1/n − 1/N) + B: A holds what the design
effect, the spread of answers and the share of households that have anybody to count do, B is what
remains when every household is asked, because only one woman and one man are asked in each. A
follows from the present standard error. Wanted is the n for which the one-sided 95 % bound reaches
the level of the plan; ratios are taken on the log scale, as their intervals are. The bound of a
share is Korn and Graubard's, which is wider than the standard error alone (an effective sample of
at most n persons), so there the n is looked for with that very bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.estimators.intervals import critical
from analysis.estimators.proportions import korn_graubard_truncated
from analysis.plans.resolve import changes_number, open_oddities
from analysis.types import Estimate, Statistical, Target, Text

LEVEL = 0.9  # two-sided: each end is a one-sided 95 % bound
ONE_SIDED = critical(math.inf, LEVEL)
SHARE_METHOD = "korn_graubard"
TO_TENS = 10  # what is said is rounded up to tens: it is a forecast


@dataclass(frozen=True, slots=True)
class Needed:
    """Households in all for a decision (None: not even all of them), and those that there are."""

    households: int | None
    asked: int
    population: float


def needed(target: Target, estimate: Estimate) -> Needed | None:
    """What it takes; None where the question makes no sense: no survey, no sampling error, no
    level, an equality (which no sample shows), or villages as sampling units (no list of them says
    what one more household adds)."""
    goal, value, se = target.value, estimate.value, estimate.se
    asked, population = estimate.sampled, estimate.population
    if goal is None or value is None or not se or target.comparator == "=":
        return None
    if not asked or population is None:
        return None
    away, spread, rest = abs(value - float(goal)), se, estimate.se_everybody or 0.0
    if estimate.method in ("log", "fieller") and value > 0 and goal > 0:
        away = abs(math.log(value / float(goal)))
        spread, rest = se / value, rest / value
    households = _households(asked, population, spread**2, rest**2, (away / ONE_SIDED) ** 2)
    if households is not None and estimate.method == SHARE_METHOD:
        households = _of_share(estimate, float(goal), households)
    return Needed(households, asked, population)


def _households(
    asked: int, population: float, variance: float, rest: float, wanted: float
) -> int | None:
    left = 1 / asked - 1 / population
    if left <= 0 or wanted <= rest:
        return None
    per = max(variance - rest, 0.0) / left
    return math.ceil(per / (wanted - rest + per / population))


def _of_share(estimate: Estimate, goal: float, least: int) -> int | None:
    """The households for which the published bound of a share lies on one side of `goal`.

    At least `least`, which its standard error alone would take. Where not even the last household
    but one suffices: that one if asking all of them leaves no error at all, else None.
    """
    asked, population = estimate.sampled or 1, estimate.population or math.inf
    scale = _scale(estimate)
    p, level = (estimate.value or 0.0) / scale, goal / scale
    se, rest = ((one or 0.0) / scale for one in (estimate.se, estimate.se_everybody))
    per = max(se**2 - rest**2, 0.0) / (1 / asked - 1 / population)
    df, psus = estimate.df, (estimate.psus or asked) / asked

    def decides(households: int) -> bool:
        """As many more in the same villages, each with as many persons who count."""
        v = per * (1 / households - 1 / population) + rest**2
        degrees = math.inf if df is None else df + psus * (households - asked)
        rows = round(estimate.n * households / asked)
        ends = korn_graubard_truncated(p, v, rows, degrees, LEVEL)
        return ends is not None and not ends[0] < level < ends[1]

    low, high = max(least, asked), math.ceil(population) - 1
    if low >= high or not decides(high):
        return high if rest == 0 else None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if decides(middle) else (middle + 1, high)
    return low


def _scale(estimate: Estimate) -> float:
    """What a share is told in: 100 for per cent."""
    if not (estimate.value and estimate.numerator and estimate.denominator):
        return 100.0
    return estimate.value * estimate.denominator / estimate.numerator


def more_interviews(target: Target, estimate: Estimate, verdict: Statistical) -> tuple[Text, ...]:
    """The sentence beside an undecided verdict of a survey; () where there is nothing to say."""
    if verdict is not Statistical.UNDECIDED or estimate.provisional or estimate.bounds is None:
        return ()
    found = needed(target, estimate)
    return () if found is None else (_under(target, _sentence(found)),)


def _sentence(found: Needed) -> Text:
    if found.households is None or found.households >= found.population:
        return Text(
            "Dù hỏi hết các hộ cũng chưa chắc kết luận được: con số quá gần mức của kế hoạch.",
            "Asking every household might not decide it either: the value is too near the "
            "plan's level.",
        )
    more = max(found.households - found.asked, 1)
    more = TO_TENS * math.ceil(more / TO_TENS)
    if found.asked + more >= found.population:
        return Text(
            "Muốn kết luận được thì phải hỏi gần hết các hộ, nếu con số giữ như bây giờ.",
            "Nearly every household would have to be asked to decide it, if the value stays as "
            "it is.",
        )
    return Text(
        f"Muốn kết luận được, cần hỏi thêm khoảng {_vi(more)} hộ (đã hỏi {_vi(found.asked)}), "
        "nếu con số giữ như bây giờ.",
        f"Some {more:,} more households would have to be asked to decide it ({found.asked:,} "
        "were), if the value stays as it is.",
    )


def _under(target: Target, said: Text) -> Text:
    """The sentence with the reading that it is about, where the plan's words leave several open."""
    names = [
        oddity.readings[0].name
        for oddity in open_oddities(target)
        if any(map(changes_number, oddity.readings))
    ]
    if not names:
        return said
    vi, en = ("; ".join(name[language] for name in names) for language in ("vi", "en"))
    return Text(
        f"Theo cách đọc “{vi}”: {said.vi[0].lower()}{said.vi[1:]}",
        f"Read as “{en}”: {said.en[0].lower()}{said.en[1:]}",
    )


def _vi(number: int) -> str:
    return f"{number:,}".replace(",", ".")
