"""False alarms and power on invented interviews, with fixed seeds; docs/quality.md has longer runs.

Bounds: were the true chance of a mark on an honest page 5 %, more than 5 of 24 pages would have one
in 0.1 % of such runs. Were the power for half of 28 interviews made up only 50 %, 5 of 6 communes
or more would show it in 11 % of such runs; measured are 99 of 100 and more.
"""

from __future__ import annotations

import invented_interviews as invented
import pytest
from rates_of_alarm import MADE_UP, flags_by_check, found_out, pages_with_a_mark

from analysis.quality import assess


def test_an_honest_page_seldom_has_a_mark() -> None:
    assert sum(pages_with_a_mark(range(1000, 1024))) <= 5


@pytest.mark.parametrize("change", MADE_UP, ids=lambda change: change.__name__)
def test_a_fabricator_is_found(change: invented.Change) -> None:
    assert sum(found_out(range(2000, 2006), change)) >= 5


def test_honest_interviews_have_few_flags() -> None:
    each = flags_by_check(range(3000, 3006))
    assert each.get("same_answers", 0) < 2
    assert each.get("far", 0) < 20
    assert each.get("short", 0) < 30


def test_the_order_of_the_rows_changes_nothing() -> None:
    seen = invented.commune(5, change=invented.copied)
    tables = {name: table.sample(frac=1, random_state=1) for name, table in seen.tables.items()}
    again = assess(type(seen)(seen.watch, tables, seen.audit))
    first = assess(seen)
    assert again.collectors == first.collectors
    assert {(f.check, f.submission) for f in again.flags} == {
        (f.check, f.submission) for f in first.flags
    }
