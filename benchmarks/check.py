"""The cost of the check alone: parse and check one household of five, in one process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice

from benchmarks.household import household_form, households_of_five
from collector.demonstration.send import media
from forms.answers import check
from forms.instance import parse_xml, render_xml

GOAL = 5.0  # ms, on average
ROUNDS = 15
REPEATS = 40


def main() -> None:
    """Print medians in milliseconds, and the time to make a form ready."""
    form = household_form()
    started = time.perf_counter()
    form.checker  # noqa: B018 - made at first use
    ready = time.perf_counter() - started
    texts = [
        render_xml(form, answers, f"uuid:benchmark-{number}")
        for number, answers in enumerate(islice(households_of_five(form), 10))
    ]
    instances = [parse_xml(text) for text in texts]
    now, lists = datetime.now(UTC), media()
    faults = sum(len(check(form, one, now=now, media=lists).faults) for one in instances)
    parse = _median(lambda: [parse_xml(text) for text in texts]) / len(texts)
    judge = _median(lambda: [check(form, one, now=now, media=lists) for one in instances])
    judge /= len(texts)
    print(
        f"form {form.id} {form.version}, {len(texts)} households of "
        f"five, {sum(map(len, texts)) // len(texts)} bytes of XML each, {faults} faults"
    )
    print(f"make the form ready, once a process: {ready * 1000:7.2f} ms")
    print(f"parse the XML:                       {parse * 1000:7.3f} ms")
    print(f"check:                               {judge * 1000:7.3f} ms  (goal: under {GOAL:g} ms)")


def _median(work: Callable[[], object]) -> float:
    """Median seconds of one call."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(REPEATS // 10):
            work()
        times.append((time.perf_counter() - started) / (REPEATS // 10))
    return statistics.median(times)


if __name__ == "__main__":
    main()
