"""The Word report against NĐ 30/2020/NĐ-CP, Phụ lục I and III."""

from __future__ import annotations

import io
import os
import re
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph
from read_docx import blocks, dump, everything, opened
from sample_report import SECRETS, sample_report

from analysis.reports import WRITERS
from analysis.reports.docx_letter import legal_bases, recipients
from analysis.reports.figure import gaps
from analysis.types import Report, VillageProgress

GOLDEN = Path(__file__).parents[1] / "golden"
MARKING = "BẢN MINH HỌA - SỐ LIỆU GIẢ ĐỊNH"


@pytest.fixture(scope="module")
def data() -> bytes:
    return WRITERS["docx"](sample_report())


@pytest.fixture(scope="module")
def document(data: bytes) -> Document:
    return opened(data)


@pytest.fixture(scope="module")
def real() -> Document:
    """A report that is no demonstration."""
    return opened(WRITERS["docx"](sample_report(demonstration=False)))


def body_paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in blocks(document) if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def find(document: Document, text: str) -> Paragraph:
    return next(p for p in body_paragraphs(document) if text in p.text)


def size(paragraph: Paragraph) -> float | None:
    sizes = {run.font.size.pt for run in paragraph.runs if run.font.size}
    return sizes.pop() if len(sizes) == 1 else None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_golden_text(language: str) -> None:
    text = dump(WRITERS["docx"](sample_report(), language))
    path = GOLDEN / f"report_{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "UPDATE_GOLDEN=1 rewrites it: read the diff"


def test_paper_and_margins(document: Document) -> None:
    ranges = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
    for section in document.sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
        for side, (low, high) in ranges.items():
            assert low <= round(getattr(section, f"{side}_margin").mm, 1) <= high
    landscape = [section.page_width > section.page_height for section in document.sections]
    assert landscape == [False, True, False, False, False]


def test_page_number_in_the_top_margin_but_not_on_the_first_page(document: Document) -> None:
    for section in document.sections:
        assert section.different_first_page_header_footer
        header = section.header.paragraphs[0]
        assert "PAGE" in header._p.xml
        assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert section.header_distance < section.top_margin
        assert "PAGE" not in section.first_page_header._element.xml
        start = section._sectPr.find(qn("w:pgNumType"))
        assert start is not None and start.get(qn("w:start")) == "1"


def test_one_typeface_black_and_upright(document: Document) -> None:
    for style in document.styles:
        if style.name in {"Normal", "Body Text", "Heading 1", "Heading 2", "Report Table"}:
            fonts = style.element.rPr.rFonts
            assert {
                fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")
            } == {"Times New Roman"}
            assert not [key for key in fonts.attrib if key.lower().endswith("theme")]
            assert str(style.font.color.rgb) == "000000"
    assert {run.font.name for p in body_paragraphs(document) for run in p.runs} == {None}
    assert document.styles["Normal"].font.size.pt == 14
    assert document.styles["Body Text"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert abs(document.styles["Body Text"].paragraph_format.first_line_indent - Mm(12.7)) < 1000
    assert document.styles["Body Text"].paragraph_format.space_after.pt >= 6
    assert 1 <= document.styles["Body Text"].paragraph_format.line_spacing <= 1.5


def test_word_opens_it_as_a_current_document_in_vietnamese(document: Document) -> None:
    settings = document.settings.element
    modes = [
        setting.get(qn("w:val"))
        for setting in settings.iter(qn("w:compatSetting"))
        if setting.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language is not None and language.get(qn("w:val")) == "vi-VN"
    assert document.core_properties.author == "Ủy ban nhân dân xã An Khánh"
    assert document.core_properties.subject == MARKING


def test_letter_head(document: Document) -> None:
    left, right = tables(document)[0].rows[0].cells
    assert [p.text for p in left.paragraphs if p.text] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ AN KHÁNH",
        "Số:          /BC-UBND",
    ]
    assert [p.text for p in right.paragraphs if p.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Khánh, ngày     tháng 02 năm 2027",
    ]
    bold = [run.bold for p in (*left.paragraphs[:2], *right.paragraphs[:2]) for run in p.runs]
    assert bold == [True] * 4
    assert all(run.italic for run in right.paragraphs[-1].runs)
    for paragraph in (*left.paragraphs, *right.paragraphs):
        if paragraph.text:
            assert 12 <= (size(paragraph) or 0) <= 14
    assert (
        tables(document)[0].style is None or "borders" not in tables(document)[0]._tbl.xml.lower()
    )


def rule_share(cell: Any, column: float) -> float:
    """Length of the rule in a cell (its paragraph's border) in mm."""
    rule = next(p for p in cell.paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None)
    form = rule.paragraph_format
    return column - 3.8 - form.left_indent.mm - form.right_indent.mm


def test_rules_have_the_prescribed_lengths(document: Document) -> None:
    left, right = tables(document)[0].rows[0].cells
    # set in Times New Roman Bold without kerning: "XÃ AN KHÁNH" at 13 points is 32.8 mm,
    # the motto at 14 points 60.4 mm
    issuer = rule_share(left, left.width.mm)
    assert 32.8 / 3 <= issuer <= 32.8 / 2
    assert rule_share(right, right.width.mm) == pytest.approx(60.4, abs=1)


def test_title_abstract_and_addressee(real: Document) -> None:
    texts = body_paragraphs(real)
    title = next(place for place, p in enumerate(texts) if p.text == "BÁO CÁO")
    heading, about, rule = texts[title : title + 3]
    assert all(run.bold for p in (heading, about) for run in p.runs)
    assert {p.alignment for p in (heading, about)} == {WD_ALIGN_PARAGRAPH.CENTER}
    assert "giai đoạn 2026\u00a0-\u00a02030 trên địa bàn xã An Khánh" in about.text
    assert rule._p.find(f".//{qn('w:pBdr')}") is not None
    assert texts[title + 3].text == "Kính gửi: Sở Nội vụ thành phố Hải Phòng"


def test_legal_bases_are_italic_and_end_in_semicolons_and_a_full_stop(document: Document) -> None:
    bases = [p for p in body_paragraphs(document) if p.text.startswith("Căn cứ")]
    assert [p.text[-1] for p in bases] == [";", "."]
    assert all(run.italic for p in bases for run in p.runs)


def test_legal_bases_keep_their_own_verb() -> None:
    assert legal_bases(["Thực hiện Kế hoạch 1;", " Luật 2. "], "vi") == [
        "Thực hiện Kế hoạch 1;",
        "Căn cứ Luật 2.",
    ]
    assert legal_bases([], "vi") == []


def test_parts_are_numbered_in_roman_capitals_and_the_text_ends_as_it_must(real: Document) -> None:
    heads = [p.text for p in body_paragraphs(real) if p.style.name == "Heading 1"]
    assert [head.split(".")[0] for head in heads[:4]] == ["I", "II", "III", "IV"]
    assert all(head == head.upper() for head in heads[:4])
    end = find(real, "Trên đây là báo cáo")
    assert end.text.endswith("./.")


def test_foot(document: Document) -> None:
    foot = tables(document)[1]
    left, right = foot.rows[0].cells
    head, *listed = left.paragraphs
    assert head.text == "Nơi nhận:" and head.runs[0].bold and head.runs[0].italic
    assert size(head) == 12
    assert listed[0].text == "- Như trên;"
    assert listed[-1].text == "- Lưu: VT."
    assert all(p.text.endswith(";") for p in listed[:-1])
    assert {size(p) for p in listed} == {11.0}
    assert not [p for p in listed if "Sở Nội vụ" in p.text]  # it is the addressee: "Như trên"
    assert [p.text for p in right.paragraphs if p.text] == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]
    assert all(run.bold for p in right.paragraphs for run in p.runs)


def test_recipients_without_addressee_or_copy() -> None:
    plan = replace(sample_report().plan, addressee="", recipients=("Các thôn;",))
    assert recipients(plan, "vi") == ["- Các thôn;", "- Lưu: VT, VHXH."]


def test_annexes(document: Document) -> None:
    texts = [p.text for p in body_paragraphs(document)]
    assert [t for t in texts if t.startswith("Phụ lục")] == [
        "Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV",
    ]  # fmt: skip
    attached = [p for p in body_paragraphs(document) if p.text.startswith("(Kèm theo Báo cáo số")]
    assert len(attached) == 4
    assert all(run.italic for p in attached for run in p.runs)


def test_the_first_annex_has_every_target_in_the_plans_own_words(document: Document) -> None:
    report = sample_report()
    table = tables(document)[2]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for result in report.results:
        assert [row for row in rows if row[1] == result.target.verbatim], result.target.id
    srb = next(row for row in rows if row[0] == "4.1")
    assert srb[2:6] == [
        "≤ 103,96 bé trai/100 bé gái; nếu là lỗi đánh máy: ≤ 105 bé trai/100 bé gái",
        "116,2 bé trai/100 bé gái (43/37)",
        "73,1 - 185,5",
        "Chưa đạt; nếu là lỗi đánh máy: Chưa đạt",
    ]
    wage = next(row for row in rows if row[0] == "2.1")
    assert wage[2:] == [
        "≥ 60%", "42,7%", "38,2 - 47,3", "Chưa đạt", "Chắc chắn chưa đạt", "Chậm", "Chưa giao",
        "Phiếu khảo sát hộ gia đình",
    ]  # fmt: skip


def test_no_cell_is_empty(document: Document) -> None:
    for table in tables(document)[2:]:
        for row in table._tbl.tr_lst:
            for cell in row.tc_lst:
                assert "".join(node.text or "" for node in cell.iter(qn("w:t"))).strip()


def test_a_demonstration_says_so_on_every_page(document: Document, data: bytes) -> None:
    for section in document.sections:
        for header in (section.header, section.first_page_header):
            marked = [p for p in header.paragraphs if p.text == MARKING]
            assert len(marked) == 1
            assert marked[0]._p.find(f".//{qn('w:shd')}").get(qn("w:fill")) == "000000"
    texts = [p.text for p in body_paragraphs(document)]
    assert texts.index(MARKING) < texts.index("Kính gửi: Sở Nội vụ thành phố Hải Phòng")
    english = opened(WRITERS["docx"](sample_report(), "en"))
    assert [p.text for p in english.sections[0].first_page_header.paragraphs] == [
        "DEMONSTRATION - INVENTED DATA"
    ]


def test_real_data_carry_no_marking(real: Document) -> None:
    data = WRITERS["docx"](sample_report(demonstration=False))
    assert "MINH HỌA" not in everything(data)
    assert "GIẢ ĐỊNH" not in everything(data)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_hidden_number_anywhere_in_the_file(language: str) -> None:
    text = everything(WRITERS["docx"](sample_report(), language))
    assert not [secret for secret in SECRETS if secret in text]


def test_the_rate_of_a_single_maternal_death_is_nowhere(data: bytes) -> None:
    text = everything(data)
    assert "1 trường hợp/80" in text
    assert not re.search(r"1\.?250(,0)?\b", text)


def test_text_is_normalised_and_numbers_are_vietnamese(data: bytes) -> None:
    text = everything(data)
    assert unicodedata.is_normalized("NFC", text)
    visible = dump(data)
    assert "42,7%" in visible and "42.7" not in visible
    assert "6.964,6" in visible
    english = dump(WRITERS["docx"](sample_report(), "en"))
    assert "42.7%" in english and "42,7" not in english


def test_decomposed_and_hostile_text_still_makes_a_file() -> None:
    report = sample_report()
    name = unicodedata.normalize("NFD", "Thôn Đoài") + "\x00\x0b</w:t>&<"
    progress = (VillageProgress("v", name, 3, 2, 1, 0, 0, 0),)
    data = WRITERS["docx"](replace(report, progress=progress))
    assert "Thôn Đoài</w:t>&<" in dump(data)


def test_the_figure_has_an_alternative_text_and_enough_pixels(document: Document) -> None:
    (picture,) = document.inline_shapes
    described = picture._inline.docPr.get("descr")
    assert "Tỷ lệ lao động nữ làm công hưởng lương: 42,7% so với ≥ 60%" in described
    blip = picture._inline.graphic.graphicData.pic.blipFill.blip.embed
    image = document.part.related_parts[blip].image
    assert image.px_width / (picture.width.mm / 25.4) == pytest.approx(200, abs=2)


def test_the_figure_shows_the_distance_in_the_wanted_direction() -> None:
    by_code = {gap.result.indicator.code: gap for gap in gaps(sample_report())}
    # nothing to draw: no value, hidden, only a count, or no year of one commune can tell
    assert set(by_code) == {
        "LEAD_UNIT", "WAGE_F", "CARE_RATIO", "ABR", "LSEC_COMP", "AWARE", "COLUMN_M",
    }  # fmt: skip
    assert by_code["WAGE_F"].value == pytest.approx(100 * (42.6713 / 60 - 1))
    care = by_code["CARE_RATIO"]
    assert care.value == pytest.approx(100 * (1 - 1.3776 / 1.4))  # lower is better: reached
    assert care.low is not None and care.high is not None and care.low < 0 < care.high


def test_an_empty_report_is_still_a_whole_document() -> None:
    report = sample_report()
    empty = replace(
        report,
        results=(),
        progress=(),
        plan=replace(report.plan, addressee="", legal_bases=(), recipients=(), notes=()),
        provenance=replace(report.provenance, forms=()),
    )
    for language in ("vi", "en"):
        document = opened(WRITERS["docx"](empty, language))
        assert len(document.sections) == 5
    text = dump(WRITERS["docx"](empty))
    assert "chưa có phiếu nào được sử dụng" in text
    assert "Kính gửi" not in text and "[picture]" not in text


def test_a_report_of_an_unfinished_period_is_provisional() -> None:
    report = sample_report()
    early = replace(
        report,
        provenance=replace(
            report.provenance,
            generated_at=report.provenance.generated_at.replace(year=2026, month=11),
        ),
    )
    assert "số liệu tạm tính đến ngày 05 tháng 11 năm 2026" in dump(WRITERS["docx"](early))
    assert "tạm tính" not in dump(WRITERS["docx"](report))


def test_a_provisional_value_says_so_in_text_and_table() -> None:
    report = sample_report()
    first, *rest = report.results
    estimate = replace(first.estimate, provisional=True)
    changed: Report = replace(report, results=(replace(first, estimate=estimate), *rest))
    text = dump(WRITERS["docx"](changed))
    assert "75,0% (3/4; số liệu tạm tính)" in text
    assert "75,0% (3/4) (số liệu tạm tính)" in text
    assert "chỉ tiêu của mục tiêu 1 (số liệu tạm tính)" in text


def test_the_same_report_gives_the_same_bytes(data: bytes) -> None:
    assert WRITERS["docx"](sample_report()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_boys_without_a_girl_are_no_gap_in_the_data() -> None:
    report = sample_report()
    srb = next(result for result in report.results if result.indicator.code == "SRB")
    estimate = replace(srb.estimate, value=None, exact=None, denominator=0, interval=None)
    only: Report = replace(report, results=(replace(srb, estimate=estimate, pooled=()),))
    text = dump(WRITERS["docx"](only))
    assert "Kết quả năm 2026: không tính được (mẫu số bằng 0)." in text
    assert "Chỉ tiêu chưa có số liệu" not in text
    assert ";undefined;" in WRITERS["csv"](only).decode()
