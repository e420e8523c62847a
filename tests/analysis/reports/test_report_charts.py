"""The SVG charts of the officers' pages."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from lxml import etree
from sample_report import SECRETS, aware, care_ratio, mmr, sample_report, sample_results, srb

from analysis.reports.charts import target_chart, trend_chart
from analysis.types import Estimate, Missing, TargetResult

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "line", "rect", "circle", "text", "polygon"}


def parsed(chart: str) -> etree._Element:
    return etree.fromstring(chart.encode())


def every_chart(language: str) -> list[str]:
    a = aware()
    return [
        *(target_chart(result, language) for result in sample_report().results),
        trend_chart([a.estimate], a.indicator, a.target, language),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_charts_are_plain_named_images(language: str) -> None:
    for chart in every_chart(language):
        root = parsed(chart)
        assert root.get("role") == "img"
        assert root[0].tag == SVG + "title" and root[0].text
        assert {etree.QName(node).localname for node in root.iter()} <= ALLOWED
        attributes = {name for node in root.iter() for name in node.attrib}
        assert not attributes & {"style", "id", "href", "class"}
        assert "<script" not in chart and "url(" not in chart


def test_everything_stays_inside_the_picture() -> None:
    for result in sample_results():
        for node in parsed(target_chart(result)).iter():
            for name in ("x", "x1", "x2", "cx"):
                assert 0 <= float(node.get(name, 0)) <= 220, (result.target.id, name)
            for name in ("y", "y1", "y2", "cy"):
                assert 0 <= float(node.get(name, 0)) <= 48, (result.target.id, name)


def test_no_hidden_number_is_drawn_or_named() -> None:
    text = "\n".join(every_chart("vi") + every_chart("en"))
    assert not [secret for secret in SECRETS if secret in text]
    assert "77.7" not in " ".join(re.findall(r">([^<]*)<", text))


def position(result: TargetResult, tag: str, name: str) -> float:
    node = parsed(target_chart(result)).find(f"{SVG}{tag}")
    assert node is not None
    return float(node.get(name))


def test_the_dot_stands_where_the_value_is() -> None:
    result = aware()
    full = replace(result, estimate=replace(result.estimate, value=50.0))
    assert position(full, "circle", "cx") == pytest.approx(110, abs=0.1)  # middle of 8..212
    more = replace(result, estimate=replace(result.estimate, value=75.0))
    assert position(more, "circle", "cx") == pytest.approx(161, abs=0.1)


def test_a_met_target_is_a_filled_dot_and_an_unmet_one_hollow() -> None:
    assert 'fill="#ffffff"' not in target_chart(care_ratio())
    assert 'fill="#ffffff"' in target_chart(aware())


def test_the_wanted_side_lies_below_an_upper_limit() -> None:
    band = parsed(target_chart(care_ratio())).find(f"{SVG}rect")
    assert band is not None and float(band.get("x")) == 8
    band = parsed(target_chart(aware())).find(f"{SVG}rect")
    assert band is not None and float(band.get("x")) == pytest.approx(8 + 0.85 * 204, abs=0.1)


def test_two_readings_are_two_marks() -> None:
    assert target_chart(srb()).count("stroke-dasharray") == 1
    assert target_chart(aware()).count("stroke-dasharray") == 0


def test_an_interval_beyond_the_scale_ends_in_an_arrow() -> None:
    result = replace(
        aware(), indicator=srb().indicator,
        estimate=replace(aware().estimate, value=100.0, interval=(50.0, 9e6)),
    )  # fmt: skip
    assert parsed(target_chart(result)).find(f"{SVG}polygon") is not None
    assert parsed(target_chart(aware())).find(f"{SVG}polygon") is None


def test_a_count_only_result_has_words_and_no_dot() -> None:
    chart = target_chart(mmr())
    assert "1 trường hợp/80" in chart and "<circle" not in chart
    assert "1250" not in chart and "1.250" not in chart


def test_an_estimate_without_value_says_why() -> None:
    for reason in Missing:
        result = replace(aware(), estimate=Estimate("AWARE", (2026,), missing=reason))
        assert "<circle" not in target_chart(result)
        assert "<text" in target_chart(result)


def test_trend_keeps_the_place_of_a_year_without_value() -> None:
    a = aware()
    years = [replace(a.estimate, years=(year,)) for year in (2026, 2027, 2028, 2029)]
    years[1] = Estimate("AWARE", (2027,), value=77.7137, missing=Missing.SUPPRESSED)
    chart = trend_chart(years, a.indicator, a.target)
    assert chart.count("<circle") == 3
    assert "ẩn vì số nhỏ" in chart and "77,7" not in chart
    joins = re.findall(r'stroke-opacity="0.6"', chart)
    assert len(joins) == 1  # 2028-2029 only: nothing is joined over the gap


def test_a_trend_of_nothing_is_still_a_picture() -> None:
    a = aware()
    assert parsed(trend_chart([], a.indicator)) is not None
    zero = replace(a, target=replace(a.target, value=Fraction(0)))
    assert parsed(target_chart(zero)) is not None


def test_a_chart_is_small() -> None:
    """Nineteen of them go with the officer's page over a village's network."""
    for result in sample_results():
        assert len(target_chart(result)) < 2500


def test_pages_that_draw_charts_do_not_load_matplotlib() -> None:
    code = (
        "import sys; from analysis.reports.charts import target_chart; "
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
