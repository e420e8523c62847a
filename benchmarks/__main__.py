"""Run the benchmarks, one process each, and keep what they print.

Usage: python -m benchmarks [NAME …]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

BENCHMARKS = {
    "check": "cost of checking one household of five",
    "indicators": "indicators for 1 000 000 persons",
    "estimators": "a million persons against plain numpy, svy and R's survey (minutes)",
    "coverage": "how often 95 % intervals hold the truth, published indicators (minutes)",
    "national": "all indicators for 1, 3 and 10 million persons on two Dask workers (minutes)",
    "report": "the report of 10 000 households, from request to file",
    "excel": "a birth register of 1 000 rows as an Excel file, read and stored",
    "ingest": "submissions a second over OpenRosa, against a bare route (minutes)",
    "phone": "the phone app on a slow phone, beside ODK Web Forms (minutes)",
    "judge": "our forms engine against ODK's own, many filled forms (minutes)",
}
RESULTS = Path(__file__).parent / "results"


def main(names: list[str]) -> int:
    """Run `names` (all where none is given); returns 1 if one of them failed."""
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
        return 2
    RESULTS.mkdir(exist_ok=True)
    failed = []
    for name in names or BENCHMARKS:
        print(f"\n==> {name}: {BENCHMARKS[name]}", flush=True)
        if not _run(name):
            failed.append(name)
    print(f"\nResults: {RESULTS}" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def _run(name: str) -> bool:
    started = time.strftime("%Y%m%d-%H%M%S")
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    with (RESULTS / f"{name}-{started}.txt").open("w", encoding="utf-8") as kept:
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as run:
            assert run.stdout is not None
            for line in run.stdout:
                print(line, end="", flush=True)
                kept.write(line)
        return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
