"""A small valid dataset as rows of text, and ways to write it: as a folder, a zip, a workbook."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from components.ledger.problems import Problem
from components.ledger.schema import TABLES

Rows = dict[str, list[dict[str, str]]]
DESCRIPTOR: dict[str, Any] = {
    "name": "small-ledger",
    "title": "Малый реестр",
    "version": "1.2.3",
    "keywords": ["тест", 'quote " and comma, both'],
    "stall_after_months": 18,
}


def valid_rows() -> Rows:
    """A dataset without a single problem that uses every table and every kind of column."""
    return {
        "publishers": [
            {"publisher_id": "ministry", "name": "Министерство", "kind": "government", "voice": "acting"},
            {"publisher_id": "union", "name": "A, B & C", "kind": "intergovernmental", "voice": "raising"},
            {"publisher_id": "both", "name": "Both sides", "kind": "government", "voice": "joint"},
            {
                "publisher_id": "watch",
                "name": "Watch",
                "kind": "civil_society",
                "voice": "independent",
                "country": "KZ",
            },
        ],
        "sources": [
            {"source_id": "readout", "title": 'The "read-out"', "publisher_id": "ministry", "extent": "full"},
            {"source_id": "statement", "title": "Statement", "publisher_id": "union", "extent": "excerpt"},
            {
                "source_id": "report",
                "title": "Report",
                "publisher_id": "watch",
                "published": "2021",
                "url": "https://example.org/report?year=2021&part=2",
                "archive_url": "http://archive.example.org/report",
                "language": "ru",
                "extent": "full",
                "accessed": "2021-07",
            },
        ],
        "dialogues": [
            {
                "dialogue_id": "talks",
                "title": "Talks",
                "short_title": "T",
                "raising_party": "Union",
                "acting_party": "Republic",
                "tier": "core",
            },
        ],
        "meetings": [
            {
                "meeting_id": "talks-1",
                "dialogue_id": "talks",
                "title": "First talks",
                "date": "2020-05-20",
                "end_date": "2020-05-21",
                "status": "held",
                "sources": "readout[para 1; para 2]; statement",
            },
            {"meeting_id": "talks-2", "dialogue_id": "talks", "title": "Second", "date": "2021-06", "status": "held"},
        ],
        "areas": [{"area_id": "media", "title": "Media"}],
        "items": [
            {"item_id": "concern-a", "kind": "concern", "area_id": "media", "title": "A", "summary": "One\nTwo"},
            {"item_id": "concern-b", "kind": "concern", "area_id": "media", "title": "B", "summary": "Свобода слова"},
            {"item_id": "step-a", "kind": "reform_step", "area_id": "media", "title": "Step", "summary": "A bill"},
            {"item_id": "setback-a", "kind": "setback", "area_id": "media", "title": "Setback", "summary": "A ban"},
        ],
        "links": [
            {"from_item": "step-a", "to_item": "concern-a", "relation": "addresses"},
            {"from_item": "setback-a", "to_item": "concern-b", "relation": "undermines", "note": "Why."},
        ],
        "events": [
            _event("e1", "concern-a", "2020-05-20", "raises", sources="statement", meeting_id="talks-1"),
            _event("e2", "step-a", "2020-05", "promises", sources="readout[p. 2]", meeting_id="talks-1"),
            _event("e3", "concern-a", "2021", "assesses", sources="report", level="2"),
            _event("e4", "concern-b", "2021-06-30", "searched"),
        ],
    }


def _event(event_id: str, item_id: str, date: str, effect: str, **more: str) -> dict[str, str]:
    row = {"event_id": event_id, "item_id": item_id, "date": date, "effect": effect}
    return row | {"summary": f"What {event_id} says", "recorded": "2021-07-01"} | more


def with_cell(table: str, index: int, column: str, value: str) -> Rows:
    """The valid dataset with one cell exchanged."""
    rows = valid_rows()
    rows[table][index][column] = value
    return rows


def csv_bytes(table: str, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows as the canonical CSV of their table; other columns follow the table's own."""
    names = list(dict.fromkeys([*TABLES[table].column_names, *(name for row in rows for name in row)]))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def files_of(rows: Rows, descriptor: object = DESCRIPTOR) -> dict[str, bytes]:
    """Every file of the dataset by name."""
    tables = {f"{name}.csv": csv_bytes(name, rows[name]) for name in TABLES}
    return {"datapackage.json": json.dumps(descriptor, ensure_ascii=False).encode("utf-8"), **tables}


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The files in a folder, which is made if need be."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def write_dataset(folder: Path, rows: Rows | None = None, /, **exchanged: bytes) -> Path:
    """The dataset as a folder; ``events=b"..."`` exchanges the bytes of a table, ``datapackage`` the descriptor's."""
    files = files_of(rows or valid_rows())
    for name, content in exchanged.items():
        files[f"{name}.json" if name == "datapackage" else f"{name}.csv"] = content
    return write_folder(folder, files)


def write_zip(path: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """A zip with these entries, doubled names and odd paths included."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def workbook_of(rows: Rows, descriptor: object = DESCRIPTOR) -> Workbook:
    """The dataset as a workbook that a test may still change."""
    book = Workbook()
    book.remove(book.active)
    for name in TABLES:
        sheet = book.create_sheet(name)
        for line in csv.reader(io.StringIO(csv_bytes(name, rows[name]).decode("utf-8"), newline="")):
            sheet.append(line)
    sheet = book.create_sheet("datapackage")
    for text in json.dumps(descriptor, ensure_ascii=False, indent=2).split("\n"):
        sheet.append([text])
    return book


def write_workbook(path: Path, rows: Rows | None = None) -> Path:
    """The dataset as an ``.xlsx`` file."""
    workbook_of(rows or valid_rows()).save(path)
    return path


def codes(problems: Iterable[Problem]) -> list[str]:
    """Place and code of each problem: ``table:row:column CODE``."""
    return [f"{problem.place} {problem.code}" for problem in problems]
