"""Rounds of a function, timed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.invented import Columns, read


def report(work: Callable[[Columns], list[float]], folder: str, rounds: int) -> None:
    """Print what the package's docstring says."""
    columns = read(Path(folder))
    seconds, wall, found = [], [], []
    for _ in range(rounds):
        began, clock = time.process_time(), time.perf_counter()
        found = work(columns)
        seconds.append(time.process_time() - began)
        wall.append(time.perf_counter() - clock)
    print(json.dumps({"seconds": seconds, "wall": wall, "peak": peak(), "numbers": found}))


def peak() -> float:
    """The largest memory held so far, in MB, interpreter and libraries included."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmHWM")
