"""Hostile and broken files: each ends in a message that names the place, never in an exception or a changed file."""

from __future__ import annotations

import json
import os
import re
import struct
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from components.ledger import reading
from components.ledger.checking import check
from components.ledger.problems import Problem
from components.ledger.reading import read_dataset
from components.ledger.schema import TABLES
from tests.datasets import (
    codes,
    csv_bytes,
    files_of,
    valid_rows,
    with_cell,
    workbook_of,
    write_dataset,
    write_workbook,
    write_zip,
)

AREAS = csv_bytes("areas", valid_rows()["areas"])
EVENTS = csv_bytes("events", valid_rows()["events"])
ITEMS = csv_bytes("items", valid_rows()["items"])
HEADER = AREAS.splitlines(keepends=True)[0]
MEGABYTE = 1024 * 1024


def state(path: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of change of a file or of every file in a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.exists()]


def problems_of(path: Path) -> list[Problem]:
    """Every problem, after a look that the check left the files alone."""
    before = state(path)
    problems = check(path)
    assert state(path) == before
    return problems


def only(path: Path) -> Problem:
    """The one problem of the dataset."""
    (problem,) = problems_of(path)
    return problem


# Files of a folder


@pytest.mark.parametrize(
    ("content", "expected", "says"),
    [
        pytest.param(b"", "areas:1:- TABLE-EMPTY", "empty", id="empty"),
        pytest.param(b" \n\n", "areas:1:- TABLE-EMPTY", "empty", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "areas:1:- TABLE-EMPTY", "empty", id="mark only"),
        pytest.param(AREAS + b'press,"Pre', "areas:3:- CSV-FORM", "truncated", id="cut in a quoted cell"),
        pytest.param(AREAS + b"press,Pre", "areas:3:- ROW-WIDTH", "cut off", id="cut in a row"),
        pytest.param(AREAS + b"a,b,c,d,e\n", "areas:3:- ROW-WIDTH", "quotation marks", id="row too long"),
        pytest.param(AREAS + b'a,"b"c,,\n', "areas:3:- CSV-FORM", "double quotes", id="text after a quoted cell"),
        pytest.param(AREAS + b"\na,\n", "areas:4:- ROW-WIDTH", "2 cells", id="row too short after a blank line"),
        pytest.param(AREAS + "a,Café,,\n".encode("latin-1"), "areas:3:- ENCODING", "UTF-8", id="latin-1"),
        pytest.param(AREAS + "a,Пресса,,\n".encode("cp1251"), "areas:3:- ENCODING", "UTF-8", id="cp1251"),
        pytest.param(AREAS + b"a,b,,\nc,\xff,,\n", "areas:4:- ENCODING", "UTF-8", id="invalid byte"),
        pytest.param(AREAS + b"a,\xed\xa0\x80,,\n", "areas:3:- ENCODING", "UTF-8", id="surrogate"),
        pytest.param(AREAS.decode().encode("utf-16"), "areas:1:- ENCODING", "UTF-16", id="UTF-16"),
        pytest.param(b"\xfe\xff" + AREAS.decode().encode("utf-16-be"), "areas:1:- ENCODING", "UTF-16", id="UTF-16 BE"),
        pytest.param(AREAS.decode().encode("utf-16-le"), "areas:1:- CSV-FORM", "null", id="UTF-16 without a mark"),
        pytest.param(AREAS + b"a,b\x00,,\n", "areas:3:- CSV-FORM", "null", id="null character"),
        pytest.param(b"PK\x03\x04\x00\x00", "areas:1:- CSV-FORM", "null", id="another kind of file"),
        pytest.param(
            b"area_id,title,description\n", "areas:1:standards COLUMN-MISSING", "optional", id="optional column"
        ),
        pytest.param(
            b"title,description,standards\n", "areas:1:area_id COLUMN-MISSING", "add it", id="required column"
        ),
        pytest.param(
            b"area_id,title,description,standards,title\n", "areas:1:title COLUMN-DOUBLE", "twice", id="doubled"
        ),
        pytest.param(
            b"area_id,title,description,standards,\n", "areas:1:- COLUMN-UNNAMED", "column 5", id="unnamed column"
        ),
        pytest.param(
            b"area_id,title,description,standards,mood\n", "areas:1:mood COLUMN-UNKNOWN", "kept", id="unknown"
        ),
        pytest.param(AREAS + b"," * 300 + b"\n", "areas:3:- TOO-LARGE", "256 columns", id="too many columns"),
    ],
)
def test_a_broken_table_is_named_with_its_line(tmp_path: Path, content: bytes, expected: str, says: str) -> None:
    problem = next(
        problem for problem in problems_of(write_dataset(tmp_path, areas=content)) if problem.table == "areas"
    )
    assert codes([problem]) == [expected]
    assert says in problem.message


@pytest.mark.parametrize("table", list(TABLES))
def test_a_missing_table_is_the_only_problem(tmp_path: Path, table: str) -> None:
    (write_dataset(tmp_path) / f"{table}.csv").unlink()
    assert codes(problems_of(tmp_path)) == [f"{table}:-:- TABLE-MISSING"]


@pytest.mark.parametrize("table", list(TABLES))
def test_a_broken_table_does_not_make_references_to_it_wrong(tmp_path: Path, table: str) -> None:
    content = csv_bytes(table, valid_rows()[table]).rstrip(b"\n") + b"\nonly-one-cell\n"
    assert {problem.code for problem in problems_of(write_dataset(tmp_path, **{table: content}))} == {"ROW-WIDTH"}


@pytest.mark.parametrize(("table", "column"), [(t.name, c.name) for t in TABLES.values() for c in t.columns])
def test_a_missing_column_is_an_error_only_if_it_is_required(tmp_path: Path, table: str, column: str) -> None:
    rows = [{k: v for k, v in row.items() if k != column} for row in valid_rows()[table]]
    names = [name for name in TABLES[table].column_names if name != column]
    lines = [names, *([row.get(name, "").replace("\n", " ") for name in names] for row in rows)]
    content = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n" for line in lines)
    found = problems_of(write_dataset(tmp_path, **{table: content.encode()}))
    missing = [problem for problem in found if problem.code == "COLUMN-MISSING"]
    assert codes(missing) == [f"{table}:1:{column} COLUMN-MISSING"]
    assert missing[0].is_error == TABLES[table].column(column).required


def test_every_wrong_column_of_a_header_is_named(tmp_path: Path) -> None:
    write_dataset(tmp_path, areas=b"area_id,,area_id,titel,\n")
    found = [code for code in codes(problems_of(tmp_path)) if code.startswith("areas:")]
    assert sorted(found) == sorted(
        [
            "areas:1:title COLUMN-MISSING",
            "areas:1:description COLUMN-MISSING",
            "areas:1:standards COLUMN-MISSING",
            "areas:1:- COLUMN-UNNAMED",
            "areas:1:area_id COLUMN-DOUBLE",
            "areas:1:- COLUMN-DOUBLE",
        ]
    )


def test_an_extra_column_is_kept_with_a_warning(tmp_path: Path) -> None:
    rows = with_cell("areas", 0, "mood", "good")
    write_dataset(tmp_path, rows)
    problem = only(tmp_path)
    assert (problem.code, problem.is_error, problem.column) == ("COLUMN-UNKNOWN", False, "mood")
    assert read_dataset(tmp_path).tables["areas"].frame["mood"].tolist() == ["good"]


def test_a_translation_column_is_part_of_the_table(tmp_path: Path) -> None:
    assert problems_of(write_dataset(tmp_path, with_cell("areas", 0, "title_kk", "Бұқаралық ақпарат"))) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (AREAS.replace(b"\n", b"\r\n"), 1),
        (b"\xef\xbb\xbf" + AREAS, 1),
        (HEADER + b"\n" + AREAS.removeprefix(HEADER), 2),
        (HEADER + b'"media",Media,,\n', 2),
        (HEADER + b"media, Media ,,\n", 2),
        (AREAS.rstrip(b"\n"), 2),
        (AREAS + b"\n\n", 3),
        (b"title,area_id,description,standards\nMedia,media,,\n", 1),
    ],
    ids=[
        "CRLF",
        "mark",
        "blank line",
        "needless quotes",
        "blanks",
        "no last line end",
        "blank lines at the end",
        "order",
    ],
)
def test_another_form_is_read_with_a_warning_at_its_first_line(tmp_path: Path, content: bytes, line: int) -> None:
    problem = only(write_dataset(tmp_path, areas=content))
    assert codes([problem]) == [f"areas:{line}:- NOT-CANONICAL"]
    assert not problem.is_error
    frame = read_dataset(tmp_path).tables["areas"].frame
    assert frame.iloc[0].to_dict() == {"area_id": "media", "title": "Media", "description": "", "standards": ""}


def test_line_ends_inside_cells_of_a_crlf_file_are_line_ends(tmp_path: Path) -> None:
    assert only(write_dataset(tmp_path, items=ITEMS.replace(b"\n", b"\r\n"))).code == "NOT-CANONICAL"
    assert read_dataset(tmp_path).tables["items"].frame["summary"].iloc[0] == "One\nTwo"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_lines_of_the_file_after_cells_of_several_lines_and_blank_lines(tmp_path: Path, end: str) -> None:
    lines = [HEADER.decode().strip(), 'a,"1', "2", '3",,', "", "b,B,,", "Bad Id,C,,"]
    problems = problems_of(write_dataset(tmp_path, areas=end.join(lines).encode()))
    assert "areas:7:area_id ID-FORM" in codes(problems)


def test_an_old_macintosh_file_is_read(tmp_path: Path) -> None:
    assert only(write_dataset(tmp_path, areas=AREAS.replace(b"\n", b"\r"))).code == "NOT-CANONICAL"


def test_a_lone_carriage_return_in_a_cell_is_an_error_not_a_new_row(tmp_path: Path) -> None:
    problems = problems_of(write_dataset(tmp_path, areas=HEADER + b'media,"Me\rdia",,\n'))
    assert "areas:2:title CONTROL-CHARACTER" in codes(problems)


@pytest.mark.parametrize("length", [reading.MAX_CELL + 1, 5 * MEGABYTE])
def test_a_very_long_cell_is_refused(tmp_path: Path, length: int) -> None:
    problems = problems_of(write_dataset(tmp_path, areas=HEADER + b"media," + b"a" * length + b",,\n"))
    assert [problem.row for problem in problems] == [2]
    assert f"longer than {reading.MAX_CELL} characters" in problems[0].message


def test_the_longest_cell_is_accepted(tmp_path: Path) -> None:
    assert problems_of(write_dataset(tmp_path, with_cell("areas", 0, "title", "я" * reading.MAX_CELL))) == []


@pytest.mark.parametrize("file", ["events.csv", "CHANGELOG.md"])
def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 10_000)
    (write_dataset(tmp_path) / file).write_bytes(EVENTS + b"x" * 10_000)
    assert codes(problems_of(tmp_path)) == [f"{Path(file).stem}:-:- TOO-LARGE"]


@pytest.mark.parametrize("file", ["events.csv", "notes.md", "dataset.zip", "dataset.xlsx"])
def test_a_sparse_file_of_two_gigabytes_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    huge = write_dataset(tmp_path) / file
    with huge.open("ab") as stream:
        stream.truncate(2 * 1024 * MEGABYTE)
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"" if path == huge else read_bytes(path))
    dataset = huge if huge.suffix in (".zip", ".xlsx") else tmp_path
    assert [problem.code for problem in problems_of(dataset)] == ["TOO-LARGE"]


def test_a_table_of_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 5)
    areas = HEADER + b"".join(b"area-%d,Title,,\n" % number for number in range(5))
    assert "areas:6:- TOO-LARGE" in codes(problems_of(write_dataset(tmp_path, areas=areas)))


# What is no dataset at all


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nowhere", "NOT-FOUND"),
        ("nowhere.zip", "NOT-FOUND"),
        ("null\x00byte", "NOT-FOUND"),
        ("n" * 5000, "NOT-READABLE"),
        ("events.csv", "NOT-A-DATASET"),
        ("pipe.zip", "NOT-A-DATASET"),
        ("pipe.xlsx", "NOT-A-DATASET"),
    ],
)
def test_what_is_no_dataset_is_said_so(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "events.csv").write_bytes(EVENTS)
    os.mkfifo(tmp_path / "pipe.zip")
    os.mkfifo(tmp_path / "pipe.xlsx")
    problem = only_code(check(tmp_path / name))
    assert (problem.code, problem.is_error, problem.table) == (code, True, "dataset")


def only_code(problems: list[Problem]) -> Problem:
    """The one problem of a list."""
    (problem,) = problems
    return problem


def test_a_folder_without_tables_lists_them_all(tmp_path: Path) -> None:
    assert [problem.table for problem in problems_of(tmp_path)] == ["datapackage", *TABLES]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_dataset(tmp_path)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    problem = problems_of(tmp_path)[0]
    assert problem.code == "NOT-READABLE"
    assert "publishers.csv: Permission denied" in problem.message


def test_folders_and_hidden_things_beside_the_tables_are_left_alone(tmp_path: Path) -> None:
    write_dataset(tmp_path)
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "events.csv").write_bytes(b"\xff")
    (tmp_path / "picture.bin").write_bytes(b"\x00\xff")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert check(tmp_path) == []
    assert read_dataset(tmp_path).documents == {}


def test_documents_are_kept(tmp_path: Path) -> None:
    write_dataset(tmp_path)
    (tmp_path / "CODEBOOK.md").write_bytes(b"# \xff")
    (tmp_path / "LICENSE").write_bytes(b"CC BY 4.0")
    assert read_dataset(tmp_path).documents == {"CODEBOOK.md": b"# \xff", "LICENSE": b"CC BY 4.0"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe{}",
        b'{"title": "\xff"}',
        b'{"title": "\\ud800"}',
        b'{"x": NaN}',
        b'{"x": 1e999}',
        b'{"x": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"x": ' * 100_000,
    ],
    ids=range(12),
)
def test_a_broken_descriptor_is_an_error(tmp_path: Path, content: bytes) -> None:
    assert codes([only(write_dataset(tmp_path, datapackage=content))])[0].endswith("DESCRIPTOR-FORM")


def test_a_broken_descriptor_names_the_line(tmp_path: Path) -> None:
    assert only(write_dataset(tmp_path, datapackage=b'{\n"title": "x",\n}')).row == 3


def test_a_missing_descriptor_is_a_warning(tmp_path: Path) -> None:
    (write_dataset(tmp_path) / "datapackage.json").unlink()
    problem = only(tmp_path)
    assert (problem.code, problem.is_error) == ("DESCRIPTOR-MISSING", False)


# Zips


def entries() -> list[tuple[str, bytes]]:
    """The valid dataset's files."""
    return list(files_of(valid_rows()).items())


def patch_headers(path: Path, entry: str, flags: int | None = None, size: int | None = None) -> None:
    """Change the flags or the declared size of an entry, in both places where a zip states them."""
    content = bytearray(path.read_bytes())
    for signature, flags_at, size_at, name_at in ((b"PK\x03\x04", 6, 22, 30), (b"PK\x01\x02", 8, 24, 46)):
        start = content.find(signature)
        while content[start + name_at : start + name_at + len(entry)] != entry.encode():
            start = content.find(signature, start + 1)
        if flags is not None:
            struct.pack_into("<H", content, start + flags_at, flags)
        if size is not None:
            struct.pack_into("<I", content, start + size_at, size)
    path.write_bytes(content)


@pytest.mark.parametrize("folder", ["", "ledger/", "a/b/c/", "ledger\\", "реестр/"])
def test_a_zip_is_read_wherever_its_tables_lie(tmp_path: Path, folder: str) -> None:
    path = write_zip(tmp_path / "a.zip", [(folder + name, content) for name, content in entries()])
    assert problems_of(path) == []
    assert set(read_dataset(path).tables) == set(TABLES)


def test_what_a_macintosh_adds_to_a_zip_is_left_alone(tmp_path: Path) -> None:
    more = [("ledger/", b""), ("__MACOSX/ledger/._events.csv", b"\x00"), ("ledger/drafts/events.csv", b"\x00")]
    assert problems_of(write_zip(tmp_path / "a.zip", [*((f"ledger/{n}", c) for n, c in entries()), *more])) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../events.csv", "UNSAFE-PATH"),
        ("ledger/../../events.csv", "UNSAFE-PATH"),
        ("..\\events.csv", "UNSAFE-PATH"),
        ("/etc/passwd", "UNSAFE-PATH"),
        ("\\\\server\\share\\x.csv", "UNSAFE-PATH"),
        ("C:\\events.csv", "UNSAFE-PATH"),
        ("C:/events.csv", "UNSAFE-PATH"),
        ("events.csv", "FILE-DOUBLE"),
        ("datapackage.json", "FILE-DOUBLE"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_unsafe_or_doubled_entry_is_refused_and_named(tmp_path: Path, name: str, code: str) -> None:
    problem = only(write_zip(tmp_path / "a.zip", [*entries(), (name, b"x")]))
    assert (problem.code, problem.is_error) == (code, True)
    assert repr(name) in problem.message or name in problem.message
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]


@pytest.mark.parametrize("suffix", [".zip", ".xlsx"])
@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"hello" * 100, "damaged"])
def test_what_is_no_zip_is_refused(tmp_path: Path, suffix: str, content: bytes | str) -> None:
    path = tmp_path / f"a{suffix}"
    if isinstance(content, str):
        whole = write_zip(path, entries()).read_bytes()
        content = whole[: len(whole) // 2]
    path.write_bytes(content)
    problems = problems_of(path)
    assert problems
    assert all(problem.is_error or problem.code == "DESCRIPTOR-MISSING" for problem in problems)
    if content and not content.startswith(b"PK\x05"):
        assert [problem.code for problem in problems] == ["NOT-A-ZIP"]


def test_a_zip_with_a_directory_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", entries())
    content = bytearray(path.read_bytes())
    struct.pack_into("<II", content, len(content) - 22 + 12, 0xFFFFFFF0, 0xFFFFFFF0)
    path.write_bytes(content)
    assert only(path).code == "NOT-A-ZIP"


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", entries())
    patch_headers(path, "events.csv", flags=1)
    assert only(path).code == "ENCRYPTED"


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    more = [(f"{number}.bin", b"") for number in range(reading.MAX_ENTRIES)]
    assert only(write_zip(tmp_path / "a.zip", [*entries(), *more])).code == "TOO-LARGE"


@pytest.mark.parametrize("suffix", [".zip", ".xlsx"])
def test_a_bomb_that_declares_its_size_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = write_zip(tmp_path / f"a{suffix}", [*entries(), ("bomb.bin", bytes(20 * MEGABYTE))])
    assert path.stat().st_size < MEGABYTE
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 10 * MEGABYTE)
    assert only(path).code == "TOO-LARGE"


def test_a_bomb_of_many_entries_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_zip(tmp_path / "a.zip", [*entries(), *((f"{number}.bin", bytes(MEGABYTE)) for number in range(10))])
    monkeypatch.setattr(reading, "MAX_TOTAL_BYTES", 5 * MEGABYTE)
    assert only(path).code == "TOO-LARGE"


def test_a_bomb_that_hides_its_size_is_cut_off(tmp_path: Path) -> None:
    files = [(name, content if name != "events.csv" else bytes(30 * MEGABYTE)) for name, content in entries()]
    path = write_zip(tmp_path / "a.zip", files)
    patch_headers(path, "events.csv", size=1000)
    assert "events:-:- ZIP-DAMAGED" in codes(problems_of(path))


def test_an_entry_of_another_compression_or_with_a_wrong_sum_is_named(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", entries())
    content = path.read_bytes()
    start = content.index(b"events.csv") + len("events.csv")
    path.write_bytes(content[:start] + b"\x00\xff\x00" + content[start + 3 :])
    assert "events:-:- ZIP-DAMAGED" in codes(problems_of(path))


# Workbooks


def rewrite_part(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Change the XML of one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    return write_zip(path, parts.items())


def sheet_part(table: str) -> str:
    """Where a workbook made by these tests keeps a table."""
    return f"xl/worksheets/sheet{list(TABLES).index(table) + 1}.xml"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    assert only(write_zip(tmp_path / "a.xlsx", entries())).code == "NOT-A-WORKBOOK"


@pytest.mark.parametrize("table", list(TABLES))
def test_a_missing_sheet_is_the_only_problem(tmp_path: Path, table: str) -> None:
    book = workbook_of(valid_rows())
    del book[table]
    book.save(tmp_path / "a.xlsx")
    assert codes(problems_of(tmp_path / "a.xlsx")) == [f"{table}:-:- TABLE-MISSING"]


def test_an_empty_sheet_is_said_to_be_empty(tmp_path: Path) -> None:
    book = workbook_of(valid_rows())
    book["areas"].delete_rows(1, 10)
    book.save(tmp_path / "a.xlsx")
    assert "areas:1:- TABLE-EMPTY" in codes(problems_of(tmp_path / "a.xlsx"))


def test_sheet_names_may_be_written_with_capitals_but_only_once(tmp_path: Path) -> None:
    book = workbook_of(valid_rows())
    book["areas"].title = " Areas "
    book.save(tmp_path / "a.xlsx")
    assert problems_of(tmp_path / "a.xlsx") == []
    book.create_sheet("spare").title = "AREAS"
    book.save(tmp_path / "a.xlsx")
    problem = only(tmp_path / "a.xlsx")
    assert (problem.code, problem.is_error) == ("SHEET-DOUBLE", True)


def test_other_sheets_are_left_alone(tmp_path: Path) -> None:
    book = workbook_of(valid_rows())
    book.create_sheet("Pivot").append(["=1/0"])
    book.save(tmp_path / "a.xlsx")
    assert problems_of(tmp_path / "a.xlsx") == []


@pytest.mark.parametrize("formula", ['=HYPERLINK("https://example.org")', ArrayFormula("B2:B2", "=A1:A2")])
def test_a_formula_is_an_error_not_a_text(tmp_path: Path, formula: object) -> None:
    book = workbook_of(valid_rows())
    book["areas"]["B2"] = formula
    book.save(tmp_path / "a.xlsx")
    assert codes(problems_of(tmp_path / "a.xlsx")) == ["areas:2:title FORMULA"]


@pytest.mark.parametrize(
    ("typed", "number_format", "text"),
    [
        (2021, "General", "2021"),
        (2021.0, "General", "2021"),
        (0.5, "General", "0.5"),
        (True, "General", "true"),
        (1e20, "General", "100000000000000000000"),
        (date(2021, 6, 30), "yyyy-mm-dd", "2021-06-30"),
        (datetime(2021, 6, 30), "dd.mm.yyyy", "2021-06-30"),
        (datetime(2021, 6, 30, 12, 30), "yyyy-mm-dd hh:mm", "2021-06-30T12:30:00"),
        (date(2021, 6, 1), "mmm-yy", "2021-06"),
        (date(2021, 6, 1), '[$-409]mmm" "yyyy', "2021-06"),
        (date(2021, 6, 1), "yyyy-mm-dd", "2021-06-01"),
        (date(2021, 6, 2), "mmm-yy", "2021-06-02"),
        (date(2021, 1, 1), "yyyy", "2021"),
        (date(2021, 6, 1), "yyyy", "2021-06"),
        ("2021-06", "General", "2021-06"),
        ("007", "@", "007"),
        ("1e5", "@", "1e5"),
        ("  blanks\t", "@", "blanks"),
        ("two_x000D_\nlines", "@", "two\nlines"),
        ("not _x005F_x000D_ escaped", "@", "not _x000D_ escaped"),
    ],
)
def test_typed_cells_are_read_as_a_person_sees_them(
    tmp_path: Path, typed: object, number_format: str, text: str
) -> None:
    book = workbook_of(valid_rows())
    cell = book["areas"]["C2"]
    cell.value = typed
    cell.number_format = number_format
    book.save(tmp_path / "a.xlsx")
    assert read_dataset(tmp_path / "a.xlsx").tables["areas"].frame["description"].tolist() == [text]


def test_rows_of_a_sheet_keep_their_numbers_and_empty_cells_at_the_end_do_not_count(tmp_path: Path) -> None:
    book = workbook_of(valid_rows())
    sheet = book["areas"]
    sheet["A5"], sheet["B5"] = "Bad Id", "Title"
    sheet["H1"], sheet["H2"] = " ", ""
    sheet["Z5"].number_format = "@"
    book.save(tmp_path / "a.xlsx")
    assert codes(problems_of(tmp_path / "a.xlsx")) == ["areas:5:area_id ID-FORM"]


def test_a_cell_right_of_the_header_is_an_error(tmp_path: Path) -> None:
    book = workbook_of(valid_rows())
    book["areas"]["F2"] = "lost"
    book.save(tmp_path / "a.xlsx")
    assert codes(problems_of(tmp_path / "a.xlsx")) == ["areas:2:- ROW-WIDTH"]


@pytest.mark.parametrize("size", ["A1:B2", "A1", "A1:XFD1048576"])
def test_a_sheet_that_lies_about_its_size_loses_nothing(tmp_path: Path, size: str) -> None:
    path = write_workbook(tmp_path / "a.xlsx")
    rewrite_part(
        path, sheet_part("items"), lambda xml: re.sub('<dimension ref="[^"]*"', f'<dimension ref="{size}"', xml)
    )
    assert problems_of(path) == []
    assert read_dataset(path).tables["items"].frame["title"].tolist() == ["A", "B", "Step", "Setback"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('<row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>x</t></is></c></row>', "TOO-LARGE"),
        ('<row r="9"><c r="ZZZ9" t="inlineStr"><is><t>x</t></is></c></row>', "TOO-LARGE"),
        ('<row r="9"><c r="ZZZZZ9" t="inlineStr"><is><t>x</t></is></c></row>', "SHEET-DAMAGED"),
        ('<row r="9"><c r="A9" t="s"><v>99999</v></c></row>', "SHEET-DAMAGED"),
        ('<row r="9"><c r="A9" s="999"><v>1</v></c></row>', "SHEET-DAMAGED"),
        ('<row r="nine"></row>', "SHEET-DAMAGED"),
        ("<row", "SHEET-DAMAGED"),
    ],
)
def test_a_hostile_sheet_ends_in_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, code: str
) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 1000)
    path = write_workbook(tmp_path / "a.xlsx")
    rewrite_part(path, sheet_part("links"), lambda xml: xml.replace("</sheetData>", cell + "</sheetData>"))
    problem = only(path)
    assert (problem.table, problem.code) == ("links", code)


def test_a_billion_laughs_end_in_a_message(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    path = write_workbook(tmp_path / "a.xlsx")
    rewrite_part(
        path,
        sheet_part("areas"),
        lambda xml: f"<!DOCTYPE x [{entities}]>" + xml.split("?>", 1)[-1].replace("<t>Media</t>", "<t>&a11;</t>"),
    )
    assert problems_of(path)[0].code in ("NOT-A-WORKBOOK", "SHEET-DAMAGED")


def test_a_broken_descriptor_sheet_ends_in_a_message(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx")
    rewrite_part(path, "xl/worksheets/sheet9.xml", lambda xml: xml.replace("</sheetData>", "<row"))
    assert codes(problems_of(path)) == ["datapackage:-:- SHEET-DAMAGED"]


def test_a_workbook_without_a_descriptor_is_warned_of(tmp_path: Path) -> None:
    book = workbook_of(valid_rows())
    del book["datapackage"]
    book.save(tmp_path / "a.xlsx")
    assert codes(problems_of(tmp_path / "a.xlsx")) == ["datapackage:-:- DESCRIPTOR-MISSING"]


# Anything at all


@given(st.sampled_from(list(TABLES)), st.binary(max_size=300))
@settings(max_examples=25, deadline=None)
def test_any_bytes_as_a_table_never_raise(table: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_dataset(Path(folder), **{table: content})
        assert all(problem.table and problem.code and str(problem) for problem in check(path))


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["concern-a", "talks-1", "assesses", "2020-02-30", "9999", "=1", "[", "a;;b", "https://[", "media", "2", "readout"]
)


@given(st.sampled_from(list(TABLES)), st.data())
@settings(max_examples=25, deadline=None)
def test_any_cells_in_a_table_never_raise(table: str, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(TABLES[table].column_names, CELLS)), max_size=4))
    with tempfile.TemporaryDirectory() as folder:
        check(write_dataset(Path(folder), **{table: csv_bytes(table, rows)}))


@given(st.sampled_from([".zip", ".xlsx"]), st.binary(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_bytes_as_an_archive_never_raise(suffix: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        assert any(problem.is_error for problem in check(path))


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The valid dataset as the bytes of a zip and of a workbook."""
    folder = tmp_path_factory.mktemp("archives")
    written = [write_zip(folder / "a.zip", entries()), write_workbook(folder / "a.xlsx")]
    return {path.suffix: path.read_bytes() for path in written}


@pytest.mark.parametrize("suffix", [".zip", ".xlsx"])
def test_an_archive_with_a_nameless_entry_is_damaged(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), b"x")
    assert {problem.code for problem in problems_of(path)} == {"NOT-A-ZIP"}


@given(
    st.sampled_from([".zip", ".xlsx"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5),
)
@settings(max_examples=40, deadline=None)
@pytest.mark.filterwarnings("ignore")
def test_an_archive_with_some_bytes_changed_never_raises(
    archives: dict[str, bytes], suffix: str, changes: list[tuple[float, int]]
) -> None:
    content = bytearray(archives[suffix])
    for place, value in changes:
        content[int(place * len(content))] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(content)
        check(path)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4))
@settings(max_examples=40, deadline=None)
def test_any_descriptor_value_never_raises(value: object) -> None:
    keys = ("name", "title", "version", "description", "stall_after_months", "resources", "licenses")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "datapackage.json").write_text(json.dumps(dict.fromkeys(keys, value)))
        check(Path(folder))
