"""The phone app on a slow phone, beside ODK Web Forms in the same run (minutes).

ROUNDS says how often each is measured (5); medians, and the 95th percentile of what is pressed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))  # the phone in a hand, and who fills what

import household as h  # noqa: E402
import real  # noqa: E402
from playwright.sync_api import Playwright, sync_playwright  # noqa: E402

from benchmarks import peer_page, roster  # noqa: E402
from benchmarks.long_form import long_form  # noqa: E402
from benchmarks.visits import Visit, first_visit, offline_visit, peer_visit  # noqa: E402
from forms.library import Library  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "5"))
LONG = "Phiếu dài để đo"
LISTS = ROOT / "tests" / "browser" / "media"


def main() -> None:
    """Print every figure beside its goal."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        profile = folder / "profile"
        with real.serve(folder / "service") as service:
            ours = [first_visit(playwright, profile, service.url, h.TITLE) for _ in range(ROUNDS)]
            _first(ours)
            offline = [
                offline_visit(playwright, profile, service.url, h.TITLE) for _ in range(ROUNDS)
            ]
            say("from the service worker, offline, to an answerable question", offline, "1.5 s")
            _interview(playwright, profile, service.url)
        only_long = real.forms_folder(folder / "forms", ["household"], [long_form()])
        with real.serve(folder / "long", only_long) as service:
            found = [first_visit(playwright, profile, service.url, LONG) for _ in range(ROUNDS)]
            say("500 questions: first visit", [one.signed_in for one in found], "5 s")
            print(f"{'500 questions: KB until then':<62} {median(one.kb for one in found):.1f}")
        _beside(ours, _peer(playwright, profile))


def _peer(playwright: Playwright, profile: Path) -> list[Visit]:
    xform = Library(ROOT / "forms" / "published").versions("household")[-1].xform
    lists = {file.name: file.read_bytes() for file in LISTS.glob("*.csv")}
    with peer_page.serve(peer_page.build(xform, lists)) as url:
        return [peer_visit(playwright, profile, url) for _ in range(ROUNDS)]


def _first(ours: list[Visit]) -> None:
    say("household: first visit, an account signed in", [one.signed_in for one in ours], "4 s")
    say("household: first visit, with sign-in", [one.unknown for one in ours])
    print(f"{'household: KB until then':<62} {median(one.kb for one in ours):.1f} (goal: 60 KB)")


def _beside(ours: list[Visit], theirs: list[Visit]) -> None:
    say("ODK Web Forms: first visit", [one.signed_in for one in theirs])
    print(f"{'ODK Web Forms: KB until then':<62} {median(one.kb for one in theirs):.0f}")
    times = median(one.signed_in for one in theirs) / median(one.signed_in for one in ours)
    print(f"{'times sooner than ODK Web Forms':<62} {times:.1f} (goal: 8)", flush=True)


def _interview(playwright: Playwright, profile: Path, url: str) -> None:
    taps, changes, heaps = [], [], []
    for number in range(ROUNDS):
        found = roster.measure(playwright, profile, url, new=number == 0)
        taps += found.taps
        changes += found.changes
        heaps.append(found.heap)
    _percentile("tap to the next screen, 10 members", taps)
    _percentile("answer to changed relevance, 10 members", changes)
    print(f"{'JavaScript heap with 10 members':<62} {median(heaps):.1f} MB (goal: under 10 MB)")
    queue = [roster.open_queue(playwright, profile, url, new=n == 0) for n in range(ROUNDS)]
    say("500 queued interviews open", queue, "2 s")


def _percentile(what: str, found: list[float]) -> None:
    high = quantiles(found, n=20)[-1]
    print(
        f"{what:<62} p95 {high * 1000:.0f} ms, median {median(found) * 1000:.0f} ms, "
        f"{len(found)} times (goal: p95 150 ms)",
        flush=True,
    )


def say(what: str, seconds: list[float], goal: str = "") -> None:
    """A line: the median of seconds and their range."""
    figure = f"{median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"
    print(f"{what:<62} {figure}{f' (goal: {goal})' if goal else ''}", flush=True)


if __name__ == "__main__":
    main()
