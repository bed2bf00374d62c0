"""The workbook: every cell is text, so nothing is reshaped and nothing runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell import Cell

from components.export.workbook import workbook_bytes
from components.ledger.dataset import Ledger, load
from components.ledger.schema import TABLES
from tests.datasets import valid_rows, write_dataset

DANGEROUS = (
    "=1+1",
    '=HYPERLINK("https://example.org")',
    "+1",
    "@SUM(1)",
    "#N/A",
    "1e5",
    "007",
    "2024-05-20",
    "TRUE",
    "3.0",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """The valid dataset."""
    return load(write_dataset(tmp_path))


def cells_of(content: bytes) -> Iterator[Cell]:
    """Every cell of every sheet that holds something."""
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        yield from (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_sheets_are_the_tables_and_the_descriptor(ledger: Ledger) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(ledger)))
    assert book.sheetnames == [*TABLES, "datapackage"]
    for name, rows in valid_rows().items():
        values = [[cell.value or "" for cell in row] for row in book[name].iter_rows()]
        assert values[0] == list(TABLES[name].column_names)
        assert values[1:] == [[row.get(column, "") for column in values[0]] for row in rows]


def test_every_cell_is_text(ledger: Ledger) -> None:
    cells = list(cells_of(workbook_bytes(ledger)))
    assert len(cells) > 100
    assert {(cell.data_type, cell.number_format, type(cell.value)) for cell in cells} == {("s", "@", str)}


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_a_number_or_a_date_stays_text(ledger: Ledger, text: str) -> None:
    areas = pd.DataFrame({"area_id": ["a"], "title": [text], text: [text]}, dtype=object)
    content = workbook_bytes(Ledger({**ledger.tables, "areas": areas}, ledger.descriptor))
    found = [cell for cell in cells_of(content) if cell.value == text and cell.parent.title == "areas"]
    assert [(cell.data_type, cell.number_format) for cell in found] == [("s", "@")] * 3
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets" in name)


def test_the_header_stays_in_sight(ledger: Ledger) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(ledger)))
    assert {book[name].freeze_panes for name in TABLES} == {"B2"}
    assert all(cell.font.bold for name in TABLES for cell in book[name][1])
