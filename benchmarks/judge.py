"""Many filled forms, with other answers at each run: ODK's own engine, the server's check and the
phone's runner must agree on each.

JUDGE_FORMS says how many (3 000); the tests do the same with fixed answers and fewer forms.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

FORMS = os.environ.get("JUDGE_FORMS", "3000")


def main() -> int:
    """Print pytest's own report and the time; the exit status is pytest's."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "tests/judge/test_judge.py"]
    status = subprocess.run(command, env={**os.environ, "JUDGE_FORMS": FORMS}, check=False)
    print(f"{FORMS} filled forms in {time.perf_counter() - started:.0f} s")
    return status.returncode


if __name__ == "__main__":
    sys.exit(main())
