"""One indicator of 2026 computed from frames, and how near R's figure it has to be."""

from __future__ import annotations

import pytest

from analysis.catalogue import CATALOGUE
from analysis.compute import compute
from analysis.types import Design, Estimate, Frames


def one(code: str, frames: Frames, design: Design | None = None, **more: object) -> Estimate:
    """The only estimate of an indicator for 2026."""
    (found,) = compute(CATALOGUE[code], frames, design, years=(2026,), **more)  # type: ignore[arg-type]
    return found


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-9)
