"""Short cuts for speed give what the long road gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimators import survey
from analysis.estimators.domains import groups
from analysis.estimators.psu import PsuTable, tabulate
from analysis.estimators.sample import ids_of
from analysis.estimators.sides import tabulate_sides
from tests.analysis.estimators.test_properties import Columns, design, surveys


@given(st.lists(st.integers(-50, 50) | st.integers(-(10**12), 10**12)))
def test_ids_are_those_of_numpy(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    labels, ids = ids_of(given_values)
    expected, inverse = np.unique(given_values, return_inverse=True)
    assert labels.dtype == given_values.dtype
    assert labels.tolist() == expected.tolist()
    assert ids.tolist() == inverse.tolist()


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int32, np.uint64])
def test_ids_of_narrow_numbers(dtype: type[np.generic]) -> None:
    """No difference between two ids overflows a narrow type."""
    info = np.iinfo(dtype)
    values = np.array([info.max, info.min, info.max, info.min + 1], dtype=dtype)
    labels, ids = ids_of(values)
    assert labels[ids].tolist() == values.tolist()
    assert labels.tolist() == sorted(set(values.tolist()))


@given(surveys())
@settings(max_examples=40, deadline=None)
def test_means_of_several_columns_are_each_mean(c: Columns) -> None:
    sample, sexes = design(c), groups(c["sex"])
    full = np.nan_to_num(c["y"])
    for columns in ([full, c["x"]], [c["y"], c["x"]]):  # without and with missing values
        together = survey.means(sample, columns, sexes, strict=False)
        for y, found in zip(columns, together, strict=True):
            alone = survey.mean(sample, y, sexes, strict=False)
            np.testing.assert_array_equal(found.value, alone.value)
            np.testing.assert_array_equal(found.se(), alone.se())
            assert found.df().tolist() == alone.df().tolist()
            assert found.n.tolist() == alone.n.tolist()


def cells(table: PsuTable) -> list[tuple[object, ...]]:
    parts = zip(table.psu, table.domain, table.filled, table.z.tolist(), strict=True)
    return [(int(psu), int(domain), bool(f), *z) for psu, domain, f, z in parts]


@given(surveys())
@settings(max_examples=40, deadline=None)
def test_two_sides_in_one_pass_are_four_columns(c: Columns) -> None:
    """Also with groups, rows on neither side, missing values and a second stage."""
    sample, domains = design(c), groups(c["stratum"])
    side = c["rng"].integers(0, 3, c["y"].size)
    first, other = side == 0, side == 1
    known, y = ~np.isnan(c["y"]), np.nan_to_num(c["y"])
    second = c["rng"].uniform(0, 1, y.size)
    short = tabulate_sides(sample, [y, None], (first, other), domains, known, second)
    columns = [np.where(m, v, 0.0) for m in (first, other) for v in (y, np.ones(y.size))]
    long = tabulate(sample, columns, domains.within(first | other), known, second)
    assert cells(short) == cells(long)
    for name in ("totals", "n", "excluded"):
        np.testing.assert_array_equal(getattr(short, name), getattr(long, name))
    assert short.second is not None and long.second is not None
    np.testing.assert_allclose(short.second, long.second, rtol=1e-12)


def test_a_row_on_both_sides_counts_on_both() -> None:
    c = {"rng": np.random.default_rng(1)}
    psu = np.repeat(np.arange(6), 3)
    c |= {"psu": psu, "stratum": psu // 3, "weight": np.ones(18), "fpc": np.full(18, 9.0)}
    y = c["rng"].gamma(2.0, 1.0, 18)
    everybody, few = np.ones(18, bool), psu % 2 == 0
    found = survey.ratio_of_domain_means(design(c), y, few, everybody)
    assert found.ratio.value[0] == pytest.approx(y[few].mean() / y.mean(), rel=1e-12)
    assert found.ratio.se()[0] > 0
