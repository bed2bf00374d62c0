"""CSV for a person's spreadsheet: the right letters, and nothing that runs."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.export.sheet_csv import neutral, sheet_csv

STARTS = "=+-@\t\r\n＝＋－＠"


def parsed(content: bytes) -> list[list[str]]:
    """The rows that a spreadsheet finds in the file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_is_told_that_the_file_is_utf_8() -> None:
    content = sheet_csv(pd.DataFrame({"Тақырып": ["Свобода слова", "Ән 👩‍👧"]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert parsed(content) == [["Тақырып"], ["Свобода слова"], ["Ән 👩‍👧"]]
    assert content.count(b"\r\n") == 3


@pytest.mark.parametrize("start", STARTS)
def test_formulas_in_cells_and_headers_become_text(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    assert parsed(sheet_csv(pd.DataFrame({text: [text]}))) == [["'" + text], ["'" + text]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=5))
def test_no_cell_begins_like_a_formula_and_no_text_is_lost(texts: list[str]) -> None:
    frame = pd.DataFrame({"first": texts, "second": texts}, dtype=object)
    rows = parsed(sheet_csv(frame))[1:]
    assert all(not cell.startswith(tuple(STARTS)) for row in rows for cell in row)
    assert [row[0] if row[0] == text else row[0][1:] for row, text in zip(rows, texts, strict=True)] == texts


@pytest.mark.parametrize("value", [-5, 2.5, None, True, "plain", "", "'kept"])
def test_numbers_and_plain_texts_are_left_alone(value: object) -> None:
    assert neutral(value) is value


def test_the_frame_given_is_not_changed() -> None:
    frame = pd.DataFrame({"=a": ["=b"]})
    sheet_csv(frame)
    assert frame.to_dict("list") == {"=a": ["=b"]}
