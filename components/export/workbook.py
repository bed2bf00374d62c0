"""The eight tables as sheets of one workbook, the descriptor as a ninth: nothing is lost on the way back."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from components.export.package import descriptor_bytes
from components.ledger import canonical
from components.ledger.dataset import Ledger
from components.ledger.reading import DESCRIPTOR_SHEET
from components.ledger.schema import TABLES

_WIDTHS = {"title": 50, "summary": 80, "note": 50, "sources": 50, "description": 60, "url": 40, "participants": 40}
_USUAL_WIDTH = 18
_PART = 16_000
"""A line of the descriptor longer than this goes on in the next cell: a cell holds 32,767 UTF-16 units."""
_SPECIAL = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\ufffe\uffff]")
"""What a workbook would read as an escaped character, or cannot hold unescaped."""


def workbook_bytes(ledger: Ledger) -> bytes:
    """The workbook (.xlsx). Every cell is text, so that no date is reshaped and no formula runs."""
    book = Workbook(write_only=True)
    for name in TABLES:
        frame = canonical.ordered(name, ledger.tables[name])
        sheet: WriteOnlyWorksheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for position, column in enumerate(frame.columns, start=1):
            sheet.column_dimensions[get_column_letter(position)].width = _WIDTHS.get(column, _USUAL_WIDTH)
        sheet.append([_text(sheet, column, bold=True) for column in frame.columns])
        for row in zip(*(frame[column] for column in frame.columns), strict=True):
            sheet.append([_text(sheet, value) if value else None for value in row])
    sheet = book.create_sheet(DESCRIPTOR_SHEET)
    sheet.column_dimensions["A"].width = 120
    for line in descriptor_bytes(ledger).decode("utf-8").removesuffix("\n").split("\n"):
        sheet.append([_text(sheet, line[at : at + _PART]) for at in range(0, len(line), _PART)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: WriteOnlyWorksheet, value: str, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=_SPECIAL.sub(lambda found: f"_x{ord(found[0]):04X}_", value))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    elif len(value) > _USUAL_WIDTH:
        cell.alignment = Alignment(vertical="top")
    return cell
