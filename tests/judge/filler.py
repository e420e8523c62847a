"""Fill any form as a person would: what is asked, mostly rightly, and then some mischief.

`Filler.fill` answers what is relevant until nothing is missing or wrong; `disturb` then changes
answers at random, so that some are out of range, some missing, and some belong to a branch that is
no longer asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Protocol

from candidates import Candidates, functions_in
from draft import Draft, Place, is_asked

Preset = Callable[[Random], str]
"""Draws the answer of one question, instead of Candidates; see `Filler.presets`."""

_PASSES = 60
_MOST_INSTANCES = 4
_MOST_COUNTED = 9  # a wrong number of instances, such as 110, is not followed


class State(Protocol):
    """What the filler needs to know of a draft; `states` gives it."""

    def relevant(self, ref: str) -> bool: ...
    def required(self, ref: str) -> bool: ...
    def wrong(self, ref: str) -> bool: ...
    def count(self, ref: str) -> int | None: ...


@dataclass
class Filler:
    """Fills one form.

    `states` evaluates a draft; `presets` says for some paths (without numbers) how to draw.
    """

    candidates: Candidates
    states: Callable[[Draft], State]
    presets: Mapping[str, Preset]
    skip_one_in: int = 5  # of the questions that need no answer, one in so many stays empty

    def fill(self, rng: Random) -> Draft:
        """A draft that is, with rare exceptions, free of faults."""
        draft = Draft(self.candidates.model)
        self._metadata(draft, rng)
        self._instances(draft, rng)
        left: set[str] = set()  # questions left empty on purpose
        for _ in range(_PASSES):
            if not self._pass(draft, left, rng):
                break
        return draft

    def _metadata(self, draft: Draft, rng: Random) -> None:
        """What a client puts in by itself: the time, and what it draws by lot."""
        day = self.candidates.today.isoformat()
        moment = f"{day}T08:00:00.000+07:00"
        known = {"today": day, "start": moment, "end": moment}
        for place in draft.places():
            if place.node.get("preload") in known:
                draft.answers[place.ref] = known[place.node["preload"]]
            elif "random" in functions_in(place.node.get("calculate")):
                draft.answers[place.ref] = str(rng.randrange(1000))

    def _instances(self, draft: Draft, rng: Random) -> None:
        """How many instances each repeat without a count of its own has; inner ones follow."""
        for place in draft.places():  # sees the instances that are made on the way
            if place.node["kind"] == "repeat" and "count" not in place.node:
                draft.counts[place.ref] = rng.choice((1, 2, 2, 3, _MOST_INSTANCES, 1, 2, 3, 0))

    def _pass(self, draft: Draft, left: set[str], rng: Random) -> bool:
        """Answer what is open, answer anew what is wrong; False when nothing was to do."""
        state = self.states(draft)
        changed = self._follow_counts(draft, state)
        for place in draft.places():
            ref = place.ref
            if not is_asked(place.node) or not state.relevant(ref):
                continue
            open_ = ref not in draft.answers and ref not in left
            if open_ and not state.required(ref) and not rng.randrange(self.skip_one_in):
                left.add(ref)
            elif open_ or state.wrong(ref):
                draft.answers[ref] = self._draw(place, rng)
                changed = True
        return changed

    def _follow_counts(self, draft: Draft, state: State) -> bool:
        """Give repeats with a count their instances; False when all had them already."""
        changed = False
        for place in list(draft.places()):
            if "count" in place.node:
                wanted = state.count(place.ref) or 0
                changed = changed or wanted != draft.count(place)
                draft.counts[place.ref] = min(wanted, _MOST_COUNTED)
        return changed

    def _draw(self, place: Place, rng: Random) -> str:
        preset = self.presets.get(path_of(place.ref))
        return preset(rng) if preset else self.candidates.draw(place.node, rng)

    def disturb(self, draft: Draft, rng: Random, changes: int) -> None:
        """Change some answers, of whatever questions the draft has; counts of repeats follow."""
        for _ in range(changes):
            asked = [place for place in draft.places() if is_asked(place.node)]
            if not asked:  # every repeat is empty, and there is nothing beside
                return
            place = rng.choice(asked)
            before = dict(draft.answers), dict(draft.counts)
            if rng.randrange(4):
                draft.answers[place.ref] = self.candidates.draw(place.node, rng)
            else:
                draft.answers.pop(place.ref, None)
            if not self._settle_counts(draft):
                draft.answers, draft.counts = before

    def _settle_counts(self, draft: Draft) -> bool:
        """Let counts follow until they stay; False where one would be too large."""
        return any(not self._follow_counts(draft, self.states(draft)) for _ in range(_PASSES))


def path_of(ref: str) -> str:
    """The path of a reference's node: the reference without its numbers."""
    return "/".join(step.split("[", 1)[0] for step in ref.split("/"))
