"""Whatever the results are, every writer makes a file that hides what is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from fractions import Fraction

from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from read_docx import everything, opened
from sample_report import sample_report

from analysis.reports import WRITERS
from analysis.reports.charts import target_chart
from analysis.reports.target_text import result_text
from analysis.types import (
    Arithmetic,
    Estimate,
    Missing,
    Report,
    Statistical,
    TargetResult,
    Trajectory,
    Verdict,
)

NUMBERS = st.one_of(
    st.floats(0, 1e6, allow_nan=False),
    st.sampled_from([0.0, 100.0, float("nan"), float("inf"), 1e-9]),
)
# A number that can come from nowhere else: seven digits with a marked beginning.
HIDDEN = st.integers(4_440_000, 4_449_999)
VERDICTS = st.builds(
    Verdict, st.sampled_from(Arithmetic), st.sampled_from(Statistical), st.sampled_from(Trajectory)
)


@st.composite
def estimates(draw: st.DrawFn, code: str) -> Estimate:
    """A shown, a missing or a hidden estimate; a hidden one keeps its numbers, to tempt writers."""
    missing = draw(st.sampled_from([None, None, *Missing]))
    if missing is Missing.SUPPRESSED:
        secret = float(draw(HIDDEN))
        return Estimate(
            code, (2026,), value=secret, interval=(secret, secret), numerator=secret,
            denominator=secret, exact=Fraction(secret), n=int(secret), missing=missing,
        )  # fmt: skip
    ends = sorted((draw(st.floats(0, 1e6)), draw(st.floats(0, 1e6))))
    return Estimate(
        code,
        (2026,),
        value=draw(st.one_of(st.none(), NUMBERS)),
        interval=draw(st.sampled_from([None, (ends[0], ends[1]), (ends[0], float("inf"))])),
        numerator=draw(st.one_of(st.none(), st.integers(0, 1000))),
        denominator=draw(st.one_of(st.none(), st.integers(0, 1000))),
        n=draw(st.integers(0, 10**6)),
        missing=missing,
        provisional=draw(st.booleans()),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    sample = sample_report()
    results = []
    for result in sample.results:
        code = result.indicator.code
        groups = [
            replace(draw(estimates(code)), by={"sex": sex}) for sex in draw(st.sets(st.just("1")))
        ]
        results.append(
            TargetResult(
                result.target,
                result.indicator,
                draw(estimates(code)),
                breakdown=tuple(groups),
                verdict=draw(st.one_of(st.none(), VERDICTS)),
            )
        )
    return replace(sample, results=tuple(results))


def secrets(report: Report) -> set[str]:
    every = [e for r in report.results for e in (r.estimate, *r.breakdown)]
    return {str(e.n) for e in every if e.missing is Missing.SUPPRESSED}


def leaked(text: str, report: Report) -> list[str]:
    digits = re.sub(r"(?<=\d)[.,](?=\d)", "", text)
    return [secret for secret in secrets(report) if secret in digits]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_tables_charts_and_text_of_any_report(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(WRITERS["xlsx"](report))) as parts:
        book = "\n".join(parts.read(name).decode() for name in parts.namelist())
    texts = [WRITERS["csv"](report).decode(), book]
    for result in report.results:
        for language in ("vi", "en"):
            chart = target_chart(result, language)
            assert etree.fromstring(chart.encode()) is not None
            assert "nan" not in re.sub(r"<title>.*?</title>", "", chart)
            texts += [chart, result_text(result, language)]
            assert not re.search(r"(?<!\d) trường hợp/", chart + texts[-1])
            assert "None" not in chart + texts[-1] and "nan" not in texts[-1].split()
    assert leaked("\n".join(texts), report) == []


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking would take minutes
)
@given(reports())
def test_the_word_report_of_any_report(report: Report) -> None:
    data = WRITERS["docx"](report)
    assert leaked(everything(data), report) == []
    document = opened(data)
    for table in document.tables[2:]:
        for row in table._tbl.tr_lst:
            for cell in row.tc_lst:
                assert "".join(node.text or "" for node in cell.iter(qn("w:t"))).strip()
