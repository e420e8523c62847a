"""Every form is filled with generated answers in ODK's own engine, the server's check and the
phone's runner: all three must be equal.

Compared at each node: relevance, value (so every calculation), the verdict on its constraint and
on whether an answer is missing. The instance that the engine would send must equal the one that we
render from the same answers, and must have, for our check, exactly the engine's violations.

Differences that are wanted stand in comparison.EXCEPTIONS, each with its reason. What the engine
gets wrong itself is kept out of features/*.md and stands in test_javarosa.py.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from comparison import EXCEPTIONS, Difference
from draft import Draft
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from match import HERE, Player
from odk_engine import Engine
from phone_runner import PhoneRunner

from forms.answers import Checker

pytestmark = pytest.mark.judge

PUBLISHED = HERE.parents[1] / "forms" / "published"
FEATURES = sorted((HERE / "features").glob("*.md"))
SHARES = {"household": 12, "births": 5, "police_year": 3, "school_year": 3}
OTHER_SHARE = 2
"""Percent of the filled forms that a published form gets; the features share the rest equally."""

LARGE = os.environ.get("JUDGE_FORMS") is not None


def forms() -> list[Path]:
    """Every published version of every form, and the features."""
    return [*sorted(PUBLISHED.glob("*/*.md")), *FEATURES]


def examples(path: Path, total: int) -> int:
    """How often a form is filled, rounded up so that the sum is not below `total`."""
    share = SHARES.get(path.parent.name, OTHER_SHARE)
    if path.parent == FEATURES[0].parent:
        published = {one.parent.name for one in PUBLISHED.glob("*/*.md")}
        left = 100 - sum(SHARES.get(name, OTHER_SHARE) for name in published)
        return -(-total * left // (100 * len(FEATURES)))
    versions = len(list(path.parent.glob("*.md")))
    return -(-total * share // (100 * versions))


@pytest.mark.parametrize("path", forms(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_equals_odk(path: Path, engine: Engine, phone: PhoneRunner, forms_to_fill: int) -> None:
    player = Player.of(engine, phone, path)

    def match(draft: Draft) -> list[Difference]:
        return player.match(draft)[0]

    assert _fill(player, examples(path, forms_to_fill), match) >= examples(path, forms_to_fill)


@pytest.mark.parametrize("path", forms(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_reopened_equals_odk(
    path: Path, engine: Engine, phone: PhoneRunner, forms_to_fill: int
) -> None:
    """An instance with answers that are not asked and calculations left out, opened again."""
    player = Player.of(engine, phone, path)
    wanted = examples(path, forms_to_fill // 8)
    assert _fill(player, wanted, player.reopen) >= wanted


def _fill(player: Player, wanted: int, judge: Callable[[Draft], list[Difference]]) -> int:
    """Have hypothesis draw `wanted` filled forms and judge each; how many were judged."""
    filled = 0

    @settings(
        max_examples=wanted,
        deadline=None,
        database=None,
        derandomize=not LARGE,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=False))
    def one(rng: Random) -> None:
        nonlocal filled
        draft = player.draft(rng)
        note(f"steps: {draft.steps()}")
        differences = judge(draft)
        filled += 1
        assert not differences, "\n".join(map(str, differences))

    one()
    return filled


def test_enough_forms(forms_to_fill: int) -> None:
    assert sum(examples(path, forms_to_fill) for path in forms()) >= forms_to_fill


def test_exceptions_are_needed(engine: Engine, phone: PhoneRunner) -> None:
    """An exception that no longer excuses anything must go."""
    player = Player.of(engine, phone, HERE / "features" / "javarosa.md")
    answers = {
        "/data/row[1]/v": "4",
        "/data/row[2]/v": "",
        "/data/code": "see ab1 here",
        "/data/amount": "1,5",
    }
    draft = Draft(player.compiled.model, answers, {"/data/row": 2})
    differences, used = player.match(draft)
    assert not differences
    assert set(used) == set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('["<=",["path","."],10]', '["<",["path","."],10]'),
        ('["call","string-length"', '["call","count-selected"'),
        ('"required":true', '"readonly":["call","true"]'),
    ],
)
def test_a_wrong_reading_is_found(
    right: str, wrong: str, engine: Engine, phone: PhoneRunner, tmp_path: Path
) -> None:
    """The judge is not blind: with one rule of our model changed, it must see a difference."""
    source = tmp_path / "small.md"
    source.write_text(SMALL, encoding="utf-8")
    player = Player.of(engine, phone, source)
    model = player.compiled.model_json.decode()
    assert right in model
    drafts = [player.draft(Random(seed)) for seed in range(50)]
    player.checker = Checker(json.loads(model.replace(right, wrong)))
    assert any(player.match(draft)[0] for draft in drafts)

    player.checker = Checker(json.loads(model))
    player.runner.compiled = replace(player.compiled, model=json.loads(model.replace(right, wrong)))
    found = [d for draft in drafts for d in player.match(draft)[0]]
    assert found and all(d.what.startswith("runner") for d in found)


SMALL = """
| survey |
| | type | name | label | calculation | constraint | required |
| | integer | n | N | | . <= 10 | yes |
| | text | t | T | | | |
| | calculate | length | | string-length(${t}) | | |

| settings |
| | form_title | form_id | version |
| | Small | judge_small | 1 |
"""
