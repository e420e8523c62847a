"""The parts that every page of the Word report is made of: styles, paragraphs, rules, tables.

Measures are those of NĐ 30/2020/NĐ-CP, Phụ lục I: A4, Times New Roman, Unicode, black.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from analysis.reports.text import clean

FONT = "Times New Roman"
BODY, TABLE, SMALL = 14, 11, 11  # points
FIRST_LINE = Mm(12.7)
LEFT = WD_ALIGN_PARAGRAPH.LEFT
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY

ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def new_document(language: str) -> Any:
    """An empty document with the styles of the decree; Word checks spelling in `language`."""
    document = Document()
    styles = document.styles
    _font(styles["Normal"], BODY)
    _language(styles, "vi-VN" if language == "vi" else "en-GB")
    _spacing(styles["Normal"], after=0)
    body = styles["Body Text"]
    _font(body, BODY)
    _spacing(body, after=6, line=1.15)
    body.paragraph_format.alignment = JUSTIFY
    body.paragraph_format.first_line_indent = FIRST_LINE
    for level in (1, 2):
        _heading(styles[f"Heading {level}"])
    cell = styles.add_style("Report Table", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    _font(cell, TABLE)
    _current_word(document)
    return document


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def _heading(style: Any) -> None:
    _font(style, BODY)
    style.font.bold, style.font.italic = True, False
    _spacing(style, before=6, after=6, line=1.15)
    style.paragraph_format.alignment = JUSTIFY
    style.paragraph_format.first_line_indent = FIRST_LINE
    style.paragraph_format.keep_with_next = True


def _spacing(style: Any, before: float = 0, after: float = 0, line: float = 1.0) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line


def _language(styles: Any, tag: str) -> None:
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    lang = defaults.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        defaults.append(lang)
    for name in ("val", "eastAsia"):
        lang.set(qn(f"w:{name}"), tag)


def _current_word(document: Any) -> None:
    """Tell Word that the file is not of an old version (it would say "Compatibility Mode")."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def add_run(
    paragraph: Paragraph,
    text: str,
    bold: bool | None = None,
    italic: bool | None = None,
    size: float | None = None,
) -> Any:
    """Text at the end of `paragraph`; blanks within it are kept."""
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size) if size else None
    for node in run._r.findall(qn("w:t")):
        node.set(qn("xml:space"), "preserve")
    return run


def add_styled(container: Any, style: str) -> Paragraph:
    """An empty paragraph of the style with this id ("BodyText").

    Setting the id directly: python-docx looks the style up by name, 1.4 ms a paragraph.
    """
    paragraph: Paragraph = container.add_paragraph()
    paragraph._p.style = style
    return paragraph


def add_line(
    container: Any,
    text: str,
    bold: bool | None = None,
    italic: bool | None = None,
    size: float | None = None,
    align: Any = CENTRE,
) -> Paragraph:
    """A paragraph of one look in a document, a header or a cell; centred unless told."""
    paragraph: Paragraph = container.add_paragraph()
    paragraph.alignment = align
    add_run(paragraph, text, bold, italic, size)
    return paragraph


def first_line(cell: Any, text: str, **look: Any) -> Paragraph:
    """The same in the paragraph that a new cell or header already has."""
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.alignment = look.pop("align", CENTRE)
    add_run(paragraph, text, **look)
    return paragraph


def add_rule(container: Any, length: float, width: float) -> Paragraph:
    """A centred horizontal rule of `length` mm in a column of `width` mm.

    It is the upper border of an empty paragraph: it stays in place in every word processor.
    """
    paragraph: Paragraph = container.add_paragraph()
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(max(width - length, 0) / 2)
    form.space_before, form.line_spacing = Pt(2), Pt(6)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        "</w:pBdr>"
    )
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return paragraph


def shade(paragraph: Paragraph, fill: str) -> None:
    """A coloured ground behind a whole paragraph; `fill` is six hexadecimal digits."""
    ground = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(ground, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field such as PAGE, which the word processor fills in."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            order = OxmlElement("w:instrText")
            order.set(qn("xml:space"), "preserve")
            order.text = f" {text} "
            run._r.append(order)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `span` columns wide; `align` is left, center or right.

    A cell of several columns is the title of the rows below it and stays on their page.
    """

    text: str
    bold: bool = False
    italic: bool = False
    align: str = "left"
    span: int = 1


def borderless(container: Any, widths: Sequence[float]) -> list[Any]:
    """The cells of a one-row table without borders, `widths` in mm (letter head, signature)."""
    table = container.add_table(rows=1, cols=len(widths))
    table.autofit = False
    cells = list(table.rows[0].cells)
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:cantSplit"))
    return cells


def add_table(
    document: Any, widths: Sequence[float], head: Iterable[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """A ruled table, `widths` in mm; its head is repeated on every page, no row is split.

    Built as one piece of XML: python-docx's cell by cell way is some fifty times slower.
    """
    titles = [Cell(title, bold=True, align="center") for title in head]
    body = _row(titles, widths, head=True) + "".join(_row(row, widths) for row in rows)
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in sides)
    xml = (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="28" w:type="dxa"/>'
        f'<w:left w:w="70" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/>'
        f'<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _row(cells: Sequence[Cell], widths: Sequence[float], head: bool = False) -> str:
    texts, column = [], 0
    for cell in cells:
        texts.append(_cell(cell, sum(widths[column : column + cell.span])))
        column += cell.span
    if column != len(widths):
        raise ValueError(f"a row of {column} columns in a table of {len(widths)}: {cells}")
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(texts)}</w:tr>"


def _cell(cell: Cell, width: float) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    look = ("<w:b/>" if cell.bold else "") + ("<w:i/>" if cell.italic else "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}'
        f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="ReportTable"/>'
        f"{'<w:keepNext/>' if cell.span > 1 else ''}"
        f'<w:jc w:val="{cell.align}"/></w:pPr><w:r><w:rPr>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(clean(cell.text))}</w:t></w:r></w:p></w:tc>'
    )


def to_bytes(document: Any) -> bytes:
    """The file, packed without the time of day: the same report gives the same bytes."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w") as packed:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            packed.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED, 6)
    return second.getvalue()
