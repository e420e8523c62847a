"""Two reports held against each other by their CSV."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_report import sample_report

from analysis.reports import csv
from analysis.reports.changes import changes


@pytest.mark.parametrize("language", ["vi", "en"])
def test_numbers_come_with_a_point_in_either_language(language: str) -> None:
    report = sample_report()
    before = csv.write(report, language)
    after = csv.write(replace(report, results=report.results[1:]), language)
    (first, *_) = changes(before, after)
    assert first.before is not None
    assert float(first.before["value"]) == pytest.approx(
        float(report.results[0].estimate.value or 0)
    )


def test_the_same_report_has_no_changes_whenever_it_was_made() -> None:
    report = sample_report()
    later = replace(report, provenance=replace(report.provenance, checksum="0" * 64))
    assert changes(csv.write(report, "en"), csv.write(later, "en")) == []


def test_a_figure_that_changed_appeared_or_went_is_told_with_its_columns() -> None:
    report = sample_report()
    first = next(one for one in report.results if one.estimate.se)
    others = [one for one in report.results if one.target.id != first.target.id]
    assert first.estimate.value is not None
    value = first.estimate.value * 2
    moved = replace(first, estimate=replace(first.estimate, value=value))
    gone = others[-1].target.id
    kept = [one for one in report.results if one.target.id != gone]
    after = replace(report, results=tuple(moved if one is first else one for one in kept))
    found = changes(csv.write(report, "en"), csv.write(after, "en"))
    assert (found[0].target, found[0].scope) == (first.target.id, "year")
    assert "value" in found[0].columns
    assert found[0].before is not None and found[0].after is not None
    assert float(found[0].after["value"]) == pytest.approx(2 * float(found[0].before["value"]))
    assert {one.target for one in found if one.before is not None and one.after is None} == {gone}
    assert all(one.columns == () for one in found if one.after is None)
    appeared = changes(csv.write(after, "en"), csv.write(report, "en"))
    assert {one.target for one in appeared if one.before is None} == {gone}


def test_a_last_digit_is_no_change() -> None:
    report = sample_report()
    first = next(one for one in report.results if one.estimate.se)
    assert first.estimate.se is not None and first.estimate.value is not None
    value = type(first.estimate.value)(float(first.estimate.value) * (1 + 1e-13))
    moved = replace(first, estimate=replace(first.estimate, value=value))
    results = tuple(moved if one is first else one for one in report.results)
    after = replace(report, results=results)
    assert changes(csv.write(report, "en"), csv.write(after, "en")) == []


def test_another_file_is_refused_by_its_columns() -> None:
    with pytest.raises(ValueError, match=r"columns .*target"):
        changes(b"a,b\r\n1,2\r\n", b"a,b\r\n1,2\r\n")
