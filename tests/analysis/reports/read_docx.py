"""Reading a .docx back: its text in order, and every part's text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def everything(data: bytes) -> str:
    """All text of all XML parts, tags removed: headers, annexes, properties, alternative texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith("xml")]
    attributes = [
        match for text in texts for match in re.findall(r'(?:descr|name)="([^"]*)"', text)
    ]
    return "\n".join([re.sub(r"<[^>]*>", " ", text) for text in texts] + attributes)


def blocks(document: Document) -> list[Paragraph | Table]:
    """Paragraphs and tables of the body in order."""
    found: list[Paragraph | Table] = []
    for child in document.element.body:
        if child.tag == qn("w:p"):
            found.append(Paragraph(child, document))
        elif child.tag == qn("w:tbl"):
            found.append(Table(child, document))
    return found


def dump(data: bytes) -> str:
    """The text a reader sees, one line a paragraph; the look of each in a short prefix."""
    document = opened(data)
    lines = [f"[header] {line}" for line in _headers(document)]
    for block in blocks(document):
        if isinstance(block, Table):
            lines += _table(block)
        else:
            lines.append(_line(block))
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def _headers(document: Document) -> list[str]:
    section = document.sections[0]
    first = [f"first page: {p.text}" for p in section.first_page_header.paragraphs]
    return first + [f"other pages: {p.text}" for p in section.header.paragraphs]


def _line(paragraph: Paragraph) -> str:
    marks = ""
    if paragraph._p.find(f".//{qn('w:pBdr')}") is not None:
        marks = "――― "
    if paragraph._p.find(f".//{qn('w:drawing')}") is not None:
        marks = "[picture] "
    section = paragraph._p.find(f".//{qn('w:sectPr')}")
    style = "" if paragraph.style is None else paragraph.style.name
    tail = " [new section]" if section is not None else ""
    text = "".join(_styled(run) for run in paragraph.runs)
    prefix = {"Body Text": "  ", "Heading 1": "# ", "Heading 2": "## "}.get(style or "", "")
    return f"{prefix}{marks}{text}{tail}"


def _styled(run: Any) -> str:
    if not run.text.strip():
        return run.text
    mark = ("*" if run.bold else "") + ("_" if run.italic else "")
    return f"{mark}{run.text}{mark[::-1]}"


def _table(table: Table) -> list[str]:
    lines = []
    for row in table._tbl.tr_lst:
        cells = ["/".join(_line(Paragraph(p, table)) for p in cell.p_lst) for cell in row.tc_lst]
        lines.append("| " + " | ".join(cells) + " |")
    return lines
