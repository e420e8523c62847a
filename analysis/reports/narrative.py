"""The body of the written report, composed from the results; how it looks is the writer's affair.

Every statement is derived: counts of verdicts, each objective's numbers, what is missing and from
whom, the oddities of the plan's own text with both readings, cautions on small numbers, and the
proposals that follow from them. Nothing is judged here that a verdict does not say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analysis.reports.dates import is_vietnamese, official_date, vietnam_time
from analysis.reports.findings import limits, proposals
from analysis.reports.numbers import count, decimal
from analysis.reports.phrases import phrase
from analysis.reports.place_text import place_note
from analysis.reports.target_text import lower_first, result_text, target_label, upper_first
from analysis.reports.words import ARITHMETIC, FORMS, OBJECTIVES, STATISTICAL, TRAJECTORY
from analysis.types import Plan, Report, TargetResult, Text, Verdict


class Kind(StrEnum):
    """What a block of the body is."""

    HEADING = "heading"  # "1. Đánh giá chung"
    PARAGRAPH = "paragraph"
    TARGET = "target"  # label and the plan's own words
    ITEM = "item"  # "- …"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the body; `label` stands before the text of a TARGET."""

    kind: Kind
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a Roman number: title (not yet upper case) and its blocks."""

    title: str
    blocks: tuple[Block, ...]


def committee(plan: Plan, language: str = "vi") -> str:
    """ "Ủy ban nhân dân xã An Khánh"."""
    return phrase("committee", language, kind=plan.unit_kind, name=plan.unit_name)


def abstract(report: Report, language: str = "vi") -> str:
    """The trích yếu: what the report is about."""
    title = lower_first(report.plan.title) if is_vietnamese(language) else report.plan.title
    return phrase("abstract", language, period=report.period, title=title)


def is_provisional(report: Report) -> bool:
    """True while the period has not ended or any value still waits for returns."""
    made = vietnam_time(report.provenance.generated_at).date()
    return made <= report.period_end or any(r.estimate.provisional for r in report.results)


def opening(report: Report, language: str = "vi") -> list[str]:
    """The sentence that opens the report, the warning that its numbers are provisional, and the
    note on a boundary that changed."""
    texts = [
        phrase(
            "opening",
            language,
            committee=committee(report.plan, language),
            period=report.period,
        )
    ]
    if is_provisional(report):
        made = vietnam_time(report.provenance.generated_at).date()
        texts.append(
            phrase(
                "provisional",
                language,
                generated=_day(made, language),
                end=_day(report.period_end, language),
            )
        )
    note = place_note(report, language)
    return [*texts, note] if note else texts


def _day(day: Any, language: str) -> str:
    return official_date(day, language).removeprefix("ngày ")


def closing(report: Report, language: str = "vi") -> str:
    """The last paragraph, with the "./." that ends an official document."""
    text = phrase(
        "closing", language, period=report.period, committee=committee(report.plan, language)
    )
    if report.plan.addressee:
        text = phrase("closing_to", language, closing=text, addressee=report.plan.addressee)
    return text + ("./." if is_vietnamese(language) else ".")


def body(report: Report, language: str = "vi") -> list[Part]:
    """The numbered parts: collection, results, limits, proposals (the last two where any)."""
    results = _results(report, language)
    gaps = _numbered(limits(report, language))
    asks = [Block(Kind.ITEM, text) for text in proposals(report, language)]
    parts = [
        Part(phrase("part_collection", language), tuple(_collection(report, language))),
        Part(phrase("part_results", language), tuple(results)),
        Part(phrase("part_limits", language), tuple(gaps)),
        Part(phrase("part_proposals", language), tuple(asks)),
    ]
    return [part for part in parts if part.blocks]


def _numbered(sections: Sequence[tuple[str, Sequence[str]]]) -> list[Block]:
    blocks = []
    for number, (head, items) in enumerate(sections, start=1):
        blocks.append(Block(Kind.HEADING, f"{number}. {head}"))
        blocks += [Block(Kind.ITEM, item) for item in items]
    return blocks


def form_name(form: str, language: str = "vi") -> str:
    """The name of a form in a sentence; its id where it has none here."""
    name = FORMS.get(form)
    return name[language] if name else form


def _collection(report: Report, language: str) -> list[Block]:
    texts = [_sources(report, language), *_progress(report, language)]
    left_out = report.provenance.flagged_left_out
    texts.append(
        phrase("flagged", language, n=count(left_out, language))
        if left_out
        else phrase("none_flagged", language)
    )
    return [Block(Kind.PARAGRAPH, text) for text in texts]


def _sources(report: Report, language: str) -> str:
    used: Counter[str] = Counter()
    for form, _version, submissions in report.provenance.forms:
        used[form] += submissions
    if not sum(used.values()):
        return phrase("no_sources", language)
    forms = ", ".join(
        phrase(
            "form_one" if n == 1 else "form_count",
            language,
            form=form_name(form, language),
            n=count(n, language),
        )
        for form, n in used.items()
    )
    end = official_date(report.period_end, language)
    return phrase("sources", language, end=end.removeprefix("ngày "), forms=forms)


def _progress(report: Report, language: str) -> list[str]:
    villages = [village for village in report.progress if village.assigned]
    if not villages:
        return []
    totals = {
        name: sum(getattr(village, name) for village in villages)
        for name in ("assigned", "complete", "refused", "other")
    }
    share = decimal(100 * totals["complete"] / totals["assigned"], 1, language) + "%"
    least = report.minimum_cell
    numbers = {
        name: phrase("under", language, n=least)
        if name in ("refused", "other") and total < least
        else count(total, language)
        for name, total in totals.items()
    }
    last = min(villages, key=lambda village: village.complete / village.assigned)
    unit = "tổ dân phố" if report.plan.unit_kind == "phường" else "thôn"
    return [
        phrase(
            "progress", language, villages=len(villages), unit=unit, share=share, annex="IV",
            **numbers,
        ),
        phrase(
            "slowest", language, village=last.name, done=count(last.complete, language),
            assigned=count(last.assigned, language),
        ),
    ]  # fmt: skip


def _results(report: Report, language: str) -> list[Block]:
    blocks = [
        Block(Kind.HEADING, "1. " + phrase("overall", language)),
        *(Block(Kind.PARAGRAPH, text) for text in overview(report, language)),
    ]
    if report.results:
        blocks.append(Block(Kind.FIGURE, phrase("figure", language, period=report.period)))
    objectives = dict.fromkeys(result.target.objective for result in report.results)
    for number, objective in enumerate(objectives, start=2):
        blocks.append(Block(Kind.HEADING, f"{number}. {objective_title(objective, language)}"))
        for result in report.results:
            if result.target.objective == objective:
                blocks += _target(result, language)
    return blocks


def objective_title(objective: int, language: str = "vi") -> str:
    """ "Mục tiêu 4: Trong lĩnh vực y tế"."""
    name = OBJECTIVES.get(objective)
    if name is None:
        return phrase("objective", language, number=objective)
    return phrase("objective_named", language, number=objective, name=name[language])


def _target(result: TargetResult, language: str) -> list[Block]:
    label = target_label(result.target, language)
    verbatim = result.target.verbatim
    if verbatim.startswith("Chỉ tiêu"):  # the plan's own text names itself
        label = ""
    return [
        Block(Kind.TARGET, verbatim, label),
        Block(Kind.PARAGRAPH, result_text(result, language)),
    ]


def overview(report: Report, language: str = "vi") -> list[str]:
    """The three counts of verdicts, each apart, with the caution that the deadline lies ahead."""
    if not report.results:
        return [_without_targets(report.plan, language)]
    verdicts = [result.verdict for result in report.results if result.verdict]
    targets = [result.target for result in report.results]
    total = phrase("targets_total", language, n=len(targets))
    if any("compound_target" in target.warnings for target in targets):
        total += phrase("compound", language)
    deadline = max((target.deadline for target in targets), default=report.period)
    texts = [
        f"{total}. " + _tally("by_arithmetic", ARITHMETIC, verdicts, "arithmetic", language),
        _tally("by_statistics", STATISTICAL, verdicts, "statistical", language),
        _tally("by_trajectory", TRAJECTORY, verdicts, "trajectory", language),
    ]
    if deadline > report.period:
        texts.insert(
            1, phrase("deadline_caution", language, deadline=deadline, period=report.period)
        )
    return texts


def _without_targets(plan: Plan, language: str) -> str:
    """What a plan without targets asks for, in numbers."""
    return phrase(
        "no_targets",
        language,
        tasks=len(plan.tasks),
        reports=len(plan.reports),
        activities=len(plan.activities),
        inventories=len(plan.inventories),
    )


def _tally(
    key: str,
    words: Mapping[Any, Text],
    verdicts: Iterable[Verdict],
    field: str,
    language: str,
) -> str:
    found = Counter(getattr(verdict, field) for verdict in verdicts)
    counts = [
        phrase("count_of", language, n=found[value], what=lower_first(name[language]))
        for value, name in words.items()
        if found[value]
    ]
    return phrase(key, language, counts=_listed(counts, language))


def _listed(parts: Sequence[str], language: str) -> str:
    """ "a, b và c"."""
    join = " và " if is_vietnamese(language) else " and "
    return join.join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


__all__ = [
    "Block",
    "Kind",
    "Part",
    "abstract",
    "body",
    "closing",
    "committee",
    "form_name",
    "is_provisional",
    "objective_title",
    "opening",
    "overview",
    "upper_first",
]
