"""Forms as Excel workbooks: a template to fill, and what came back: submissions, or faults by cell.

Imports nothing of ours but forms. `layout` says where a question stands, `machine` is the hidden
sheet that remembers it; `template` writes, `reading` reads (package: is it safe to open; grid: what
a person did to a sheet; cells: a value as an answer).
"""

from forms.workbook.faults import CellFault
from forms.workbook.layout import layout
from forms.workbook.reading import Entry, Reading, at_cell, read
from forms.workbook.template import template

__all__ = ["CellFault", "Entry", "Reading", "at_cell", "layout", "read", "template"]
