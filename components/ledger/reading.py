"""From a folder, a zip or a workbook to raw text tables; every defect becomes a problem with its place.

Nothing is interpreted here: cells are text, an empty cell is the empty string. Files are read within limits, so that a
hostile file ends in a message and not in an exhausted machine.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from components.ledger import canonical
from components.ledger.problems import Problem
from components.ledger.schema import TABLES

MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
MAX_ENTRIES = 1000
MAX_CELL = 32_767
"""Longest cell that a workbook can hold, so the longest that survives the round trip."""
MAX_ROWS = 1_048_576
"""Most rows that a sheet can hold, the header included, so the most that survive the round trip."""
MAX_COLUMNS = 256
_FIELD_LIMIT = 4 * 1024 * 1024
DESCRIPTOR = "datapackage.json"
DESCRIPTOR_SHEET = "datapackage"
DOCUMENT_SUFFIXES = (".md", ".cff", ".txt")


@dataclass
class RawTable:
    """A table as read: text cells and, for each row, its line in the file or row in the sheet."""

    frame: pd.DataFrame
    rows: list[int]


@dataclass
class RawDataset:
    """What was read: tables by name, the descriptor, documents beside them, and every problem met on the way."""

    tables: dict[str, RawTable] = field(default_factory=dict)
    descriptor: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_dataset(path: Path) -> RawDataset:
    """Read a dataset from a folder, a ``.zip`` or an ``.xlsx``; never raises for what the files hold."""
    raw = RawDataset()
    try:
        if path.is_dir():
            _read_files(raw, _folder_files(path, raw))
        elif not path.exists():
            raw.problems.append(
                Problem("dataset", None, None, "NOT-FOUND", f"there is no file or folder {path}; check the path")
            )
        elif path.is_file() and path.suffix.lower() == ".xlsx":
            _read_workbook(raw, path)
        elif path.is_file() and path.suffix.lower() == ".zip":
            _read_zip(raw, path)
        else:
            raw.problems.append(
                Problem("dataset", None, None, "NOT-A-DATASET", f"{path.name} is neither a folder, a .zip nor an .xlsx")
            )
    except OSError as error:
        raw.problems.append(
            Problem(
                "dataset",
                None,
                None,
                "NOT-READABLE",
                f"cannot read {error.filename or path}: {error.strerror or error}",
            )
        )
    return raw


Reader = Callable[[], bytes]


def _too_large(table: str, name: str) -> Problem:
    limit = MAX_FILE_BYTES // (1024 * 1024)
    return Problem(
        table, None, None, "TOO-LARGE", f"{name} is larger than {limit} MB; split the dataset or remove what bloats it"
    )


def _folder_files(path: Path, raw: RawDataset) -> dict[str, Reader]:
    files: dict[str, Reader] = {}
    for entry in sorted(path.iterdir()):
        if not entry.is_file():
            continue
        if entry.stat().st_size > MAX_FILE_BYTES:
            raw.problems.append(_too_large(entry.stem, entry.name))
            if entry.suffix == ".csv":
                files[entry.name] = bytes
            continue
        files[entry.name] = entry.read_bytes
    return files


def _read_files(raw: RawDataset, files: dict[str, Reader]) -> None:
    """Tables, descriptor and documents of a folder or of a zip's folder."""
    too_large = {problem.table for problem in raw.problems if problem.code == "TOO-LARGE"}
    for name in TABLES:
        file = f"{name}.csv"
        if file not in files:
            raw.problems.append(
                Problem(
                    name, None, None, "TABLE-MISSING", f"the file {file} is missing; a dataset has all eight tables"
                )
            )
        elif name not in too_large:
            table = read_csv_table(name, files[file](), raw.problems)
            if table is not None:
                raw.tables[name] = table
    if DESCRIPTOR in files:
        _read_descriptor(raw, files[DESCRIPTOR]())
    else:
        raw.problems.append(_descriptor_missing())
    for file, reader in files.items():
        if file.endswith(DOCUMENT_SUFFIXES) or file.upper().startswith("LICENSE"):
            raw.documents[file] = reader()


def _descriptor_missing() -> Problem:
    return Problem(
        "datapackage",
        None,
        None,
        "DESCRIPTOR-MISSING",
        f"there is no {DESCRIPTOR}; the dataset has no title, version or licence, and default settings apply",
        is_error=False,
    )


def _read_descriptor(raw: RawDataset, content: bytes) -> None:
    try:
        descriptor = json.loads(content.decode("utf-8-sig"))
        json.dumps(descriptor, ensure_ascii=False, allow_nan=False).encode("utf-8")  # it must also be writable
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raw.problems.append(
            Problem("datapackage", line, None, "DESCRIPTOR-FORM", f"{DESCRIPTOR} is not valid JSON in UTF-8: {error}")
        )
        return
    if not isinstance(descriptor, dict):
        raw.problems.append(
            Problem("datapackage", None, None, "DESCRIPTOR-FORM", f"{DESCRIPTOR} must hold one JSON object")
        )
        return
    raw.descriptor = descriptor


def read_csv_table(name: str, content: bytes, problems: list[Problem]) -> RawTable | None:
    """One CSV file as a raw table; None if not even its header can be used. Problems are added to ``problems``."""
    text = _decode(name, content, problems)
    if text is None:
        return None
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbered: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                numbered.append((line, cells))
                _within_limits(len(numbered), len(cells), line)
            line = reader.line_num + 1
    except TableTooLargeError as error:
        problems.append(error.problem(name))
        return None
    except csv.Error as error:
        problems.append(Problem(name, line, None, "CSV-FORM", _csv_hint(str(error))))
        return None
    table = _assemble(name, numbered, problems)
    if table is not None and not any(problem.table == name and problem.is_error for problem in problems):
        _warn_unless_canonical(name, table, content, problems)
    return table


class TableTooLargeError(Exception):
    """A table has more rows or columns than a sheet or a table can use; ``row`` is where that shows."""

    def __init__(self, row: int) -> None:
        """Keep the row."""
        super().__init__(row)
        self.row = row

    def problem(self, table: str) -> Problem:
        """The problem to report."""
        message = f"the table has more than {MAX_ROWS} rows or {MAX_COLUMNS} columns; split the dataset"
        return Problem(table, self.row, None, "TOO-LARGE", message)


def _within_limits(rows: int, columns: int, row: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise TableTooLargeError(row)


def _csv_hint(error: str) -> str:
    if "unexpected end of data" in error:
        return "the file ends inside a quoted cell: it is truncated, or a quotation mark is not closed"
    if "field larger than" in error:
        return f"a cell is longer than {MAX_CELL} characters; shorten it, or close the quotation mark left open"
    return f"the line is not valid CSV ({error}); put cells with commas, quotes or line breaks in double quotes"


def _decode(name: str, content: bytes, problems: list[Problem]) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.append(
            Problem(name, 1, None, "ENCODING", "the file is UTF-16; save it as 'CSV UTF-8 (comma delimited)'")
        )
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        problems.append(
            Problem(
                name, row, None, "ENCODING", "the line is not UTF-8; save the file as 'CSV UTF-8 (comma delimited)'"
            )
        )
        return None
    if not text.strip():
        problems.append(Problem(name, 1, None, "TABLE-EMPTY", "the file is empty; it needs at least its header row"))
        return None
    if "\x00" in text:
        row = text.count("\n", 0, text.index("\x00")) + 1
        problems.append(
            Problem(name, row, None, "CSV-FORM", "the line holds a null character: this is not a CSV text file")
        )
        return None
    return text


def _assemble(name: str, numbered: list[tuple[int, list[str]]], problems: list[Problem]) -> RawTable | None:
    """Header and rows to a frame; wrong headers and row widths become problems."""
    spec = TABLES[name]
    header_row, header = numbered[0]
    header = [" ".join(cell.split()) for cell in header]
    usable = True
    for missing in (column for column in spec.column_names if column not in header):
        required = spec.column(missing).required
        usable = usable and not required
        problems.append(
            Problem(
                name,
                header_row,
                missing,
                "COLUMN-MISSING",
                f"the column {missing} is missing; add it to the header"
                if required
                else f"the optional column {missing} is missing; it is read as empty",
                is_error=required,
            )
        )
    for position, column in enumerate(header):
        if column in header[:position]:
            usable = False
            problems.append(
                Problem(
                    name, header_row, column or None, "COLUMN-DOUBLE", f"the column {column!r} stands twice; remove one"
                )
            )
        elif not column:
            usable = False
            problems.append(
                Problem(
                    name, header_row, None, "COLUMN-UNNAMED", f"column {position + 1} has no name; name or remove it"
                )
            )
    if not usable:
        return None
    rows: list[int] = []
    kept: list[list[str]] = []
    width = len(header)
    for row, cells in numbered[1:]:
        if len(cells) != width:
            hint = "the row is cut off" if len(cells) < width else "a cell with a comma may lack its quotation marks"
            problems.append(
                Problem(name, row, None, "ROW-WIDTH", f"{len(cells)} cells where the header has {width}: {hint}")
            )
            continue
        rows.append(row)
        kept.append([cell.strip().replace("\r\n", "\n") for cell in cells])
    columns = list(zip(*kept, strict=True)) if kept else [()] * width
    data = {column: pd.Series(list(values), dtype="object") for column, values in zip(header, columns, strict=True)}
    for column in spec.column_names:
        if column not in data:
            data[column] = pd.Series([""] * len(rows), dtype="object")
    return RawTable(canonical.ordered(name, pd.DataFrame(data)), rows)


def _warn_unless_canonical(name: str, table: RawTable, content: bytes, problems: list[Problem]) -> None:
    wanted = canonical.csv_bytes(name, table.frame)
    if content == wanted:
        return
    pairs = zip_longest(content.splitlines(keepends=True), wanted.splitlines(keepends=True))
    row = next((number for number, (is_now, should) in enumerate(pairs, start=1) if is_now != should), 1)
    problems.append(
        Problem(
            name,
            row,
            None,
            "NOT-CANONICAL",
            "the file is not in canonical form from this line on; "
            "`python -m components export DATASET --to FOLDER` writes it",
            is_error=False,
        )
    )


def _zip_problem(raw: RawDataset, code: str, message: str) -> None:
    raw.problems.append(Problem("dataset", None, None, code, message))


def _open_zip(raw: RawDataset, path: Path, what: str) -> zipfile.ZipFile | None:
    """The archive, if it is one and its entries are harmless in name, number and size."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raw.problems.append(_too_large("dataset", path.name))
        return None
    archive = _intact(path)
    if archive is None:
        _zip_problem(raw, "NOT-A-ZIP", f"{path.name} is not a {what}, or it is damaged; save or download it again")
        return None
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    too_big = any(entry.file_size > MAX_FILE_BYTES for entry in entries) or total > MAX_TOTAL_BYTES
    unsafe = [e.filename for e in entries if _is_unsafe(e.filename)]
    if len(entries) > MAX_ENTRIES or too_big:
        _zip_problem(raw, "TOO-LARGE", f"{path.name} would unpack to more than a dataset ever needs; it was not opened")
    elif unsafe:
        _zip_problem(
            raw, "UNSAFE-PATH", f"{path.name} holds the entry {unsafe[0]!r}, which points outside; it was not opened"
        )
    elif any(entry.flag_bits & 0x1 for entry in entries):
        _zip_problem(raw, "ENCRYPTED", f"{path.name} is protected by a password; save it without one")
    else:
        return archive
    archive.close()
    return None


def _intact(path: Path) -> zipfile.ZipFile | None:
    """The archive if it can be opened and each of its entries has a name."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if all(archive.namelist()):
        return archive
    archive.close()
    return None


def _place(entry: zipfile.ZipInfo) -> PurePosixPath:
    """Where an entry lies; some programs on Windows write backslashes between folders."""
    return PurePosixPath(entry.filename.replace("\\", "/"))


def _is_unsafe(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name


def _read_zip(raw: RawDataset, path: Path) -> None:
    archive = _open_zip(raw, path, "zip archive")
    if archive is None:
        return
    with archive:
        members = [entry for entry in archive.infolist() if not entry.is_dir()]
        wanted = {f"{name}.csv" for name in TABLES}
        homes = sorted({str(_place(entry).parent) for entry in members if _place(entry).name in wanted})
        home = min(homes, key=len, default=".")
        files: dict[str, bytes] = {}
        for entry in members:
            place = _place(entry)
            if str(place.parent) != home:
                continue
            if place.name in files:
                _zip_problem(raw, "FILE-DOUBLE", f"{path.name} holds {place.name} twice; remove one")
                continue
            try:
                with archive.open(entry) as stream:
                    content = stream.read(MAX_FILE_BYTES + 1)
            except Exception as error:  # zlib.error and the like: any defect of a packed entry
                raw.problems.append(
                    Problem(place.stem, None, None, "ZIP-DAMAGED", f"{place.name} cannot be unpacked: {error}")
                )
                continue
            if len(content) > MAX_FILE_BYTES:
                raw.problems.append(_too_large(place.stem, place.name))
                continue
            files[place.name] = content
    _read_files(raw, {name: _constant(content) for name, content in files.items()})


def _constant(content: bytes) -> Reader:
    return lambda: content


def _read_workbook(raw: RawDataset, path: Path) -> None:
    archive = _open_zip(raw, path, "workbook (.xlsx)")
    if archive is None:
        return
    archive.close()
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever the broken part makes it raise
        _zip_problem(raw, "NOT-A-WORKBOOK", f"{path.name} cannot be read as an .xlsx workbook ({error}); save it again")
        return
    try:
        sheets = _named_sheets(raw, workbook.worksheets, path.name)
        for name in TABLES:
            if name in sheets:
                _read_sheet(raw, name, sheets[name])
            else:
                message = f"the sheet {name} is missing; a dataset has all eight tables"
                raw.problems.append(Problem(name, None, None, "TABLE-MISSING", message))
        if DESCRIPTOR_SHEET in sheets:
            _read_descriptor_sheet(raw, sheets[DESCRIPTOR_SHEET])
        else:
            raw.problems.append(_descriptor_missing())
    finally:
        workbook.close()


def _named_sheets(raw: RawDataset, sheets: Sequence[Any], file: str) -> dict[str, Any]:
    """The sheets by name, whatever its case; two sheets for one table are a problem."""
    named: dict[str, Any] = {}
    for sheet in sheets:
        name = sheet.title.strip().lower()
        if name in named and name in (*TABLES, DESCRIPTOR_SHEET):
            _zip_problem(raw, "SHEET-DOUBLE", f"{file} holds the sheet {name} twice; remove one")
        named.setdefault(name, sheet)
    return named


def _read_sheet(raw: RawDataset, name: str, sheet: Any) -> None:
    try:
        numbered = list(_sheet_rows(sheet))
    except TableTooLargeError as error:
        raw.problems.append(error.problem(name))
        return
    except Exception as error:  # damaged sheet XML
        raw.problems.append(Problem(name, None, None, "SHEET-DAMAGED", f"the sheet cannot be read: {error}"))
        return
    if not numbered:
        raw.problems.append(Problem(name, 1, None, "TABLE-EMPTY", "the sheet is empty; it needs its header row"))
        return
    table = _assemble(name, _squared(numbered), raw.problems)
    if table is not None:
        raw.tables[name] = table


def _read_descriptor_sheet(raw: RawDataset, sheet: Any) -> None:
    """The descriptor's lines, one a row; a line too long for one cell goes on in the next."""
    try:
        lines = ["".join(cells) for _, cells in _sheet_rows(sheet)]
    except Exception as error:  # damaged sheet XML
        raw.problems.append(
            Problem("datapackage", None, None, "SHEET-DAMAGED", f"the sheet {DESCRIPTOR_SHEET} cannot be read: {error}")
        )
        return
    _read_descriptor(raw, "\n".join(lines).encode("utf-8", errors="surrogatepass"))


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with its number; trailing empty cells are dropped. Raises TableTooLargeError."""
    sheet.reset_dimensions()  # what a sheet says of its own size may be wrong, and rows would be lost
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_cell_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        _within_limits(number, len(cells), number)
        if cells:
            yield number, cells


def _squared(numbered: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Sheets do not store trailing empty cells: fill rows up to the header's width."""
    width = len(numbered[0][1])
    return [(number, cells + [""] * (width - len(cells))) for number, cells in numbered]


def _cell_text(value: object, shown_as: str) -> str:
    """What a person sees in the cell, as the ledger writes it."""
    if isinstance(value, str):
        return str(unescape(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _date_text(value.date(), shown_as) if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return _date_text(value, shown_as)
    if isinstance(value, ArrayFormula):
        return str(value.text)
    if isinstance(value, DataTableFormula):
        return "=TABLE()"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _date_text(day: date, shown_as: str) -> str:
    """The date as precisely as it is shown: a typed 2024-05 becomes the month's first day, shown as month and year."""
    parts = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown_as).lower()
    if "d" in parts or day.day != 1 or "y" not in parts:
        return day.isoformat()
    return day.isoformat()[:7] if "m" in parts or day.month != 1 else day.isoformat()[:4]
