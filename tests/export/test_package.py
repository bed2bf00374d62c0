"""The data package: a round trip through folder, zip and workbook loses nothing, and what is written is whole."""

from __future__ import annotations

import errno
import json
import re
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from components.export import package
from components.export.workbook import workbook_bytes
from components.ledger.checking import check
from components.ledger.dataset import Ledger, load
from components.ledger.problems import errors
from components.ledger.schema import TABLES
from components.ledger.sourcelist import format_sources, parse_sources
from tests.datasets import DESCRIPTOR, Rows, files_of, valid_rows, with_cell, write_dataset, write_folder

AWKWARD = (
    "'apostrophe",
    'a "quoted", b',
    '"',
    "two\nlines\n\nand more",
    "Қазақстан және тіл",
    "👩‍👧 é e\u0301",
    "1e5",
    "007",
    "2024-05",
    "TRUE",
    "NULL",
    "nan",
    "#N/A",
    "-5",
    "+7 727",
    "x_x000D_y",
    "_x005F_",
    "_x000D_x000D_",
    "_x0041_",
    "x005F_",
    "&lt;b&gt; &amp; ]]>",
    "a; b | c",
    "line\u2028separator",
    "\u200ea",
)
BLANKS = st.text(" \n", max_size=2)
TEXTS = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\"',;_x005F"), max_size=20
)


def ledger_of(folder: Path, rows: Rows | None = None, descriptor: object = DESCRIPTOR) -> Ledger:
    """The dataset, written and loaded."""
    return load(write_folder(folder, files_of(rows or valid_rows(), descriptor)))


def through_zip(ledger: Ledger, folder: Path) -> Ledger:
    """The ledger after a journey through a zip."""
    package.write_file(folder / "a.zip", package.zip_bytes(ledger))
    return load(folder / "a.zip")


def through_workbook(ledger: Ledger, folder: Path) -> Ledger:
    """The ledger after a journey through a workbook."""
    package.write_file(folder / "a.xlsx", workbook_bytes(ledger))
    return load(folder / "a.xlsx")


def same_after_all_forms(ledger: Ledger, folder: Path) -> bool:
    """Whether folder, zip, workbook and folder again give the same bytes."""
    files = package.files(ledger)
    package.write_folder(package.files(through_workbook(through_zip(ledger, folder), folder)), folder / "out")
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == files


@given(st.lists(TEXTS, min_size=7, max_size=7))
@settings(max_examples=8, deadline=None)
def test_any_texts_survive_the_round_trip(texts: list[str]) -> None:
    title, summary, note, mood, title_kk, name, locator = texts
    rows = valid_rows()
    rows["items"][0] |= {"title": title, "summary": summary, "note": note, "mood": mood, "title_kk": title_kk}
    rows["publishers"][1]["name"] = name
    rows["events"][1]["sources"] = f"readout[{locator}]"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_dataset(folder / "in", rows)
        assume(not errors(check(folder / "in")))
        assert same_after_all_forms(load(folder / "in"), folder)


def test_awkward_texts_survive_the_round_trip(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["items"] += [
        rows["items"][0] | {"item_id": f"i{number}", "title": text, "summary": text, "mood": text, "summary_ru": text}
        for number, text in enumerate(AWKWARD)
    ]
    ledger = ledger_of(tmp_path / "in", rows)
    assert ledger.items["mood"].tolist() == ["", "", "", "", *AWKWARD]
    assert same_after_all_forms(ledger, tmp_path)


def test_the_folder_written_is_the_canonical_folder_read(tmp_path: Path) -> None:
    write_dataset(tmp_path / "in")
    package.write_folder(package.files(load(tmp_path / "in")), tmp_path / "out")
    for name in TABLES:
        assert (tmp_path / "out" / f"{name}.csv").read_bytes() == (tmp_path / "in" / f"{name}.csv").read_bytes()
    assert check(tmp_path / "out") == []
    assert package.files(load(tmp_path / "out")) == package.files(load(tmp_path / "in"))


def test_a_dataset_without_rows_survives_the_round_trip(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "in", {name: [] for name in TABLES})
    assert same_after_all_forms(ledger, tmp_path)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"stall_after_months": 6},
        {
            "licenses": [{"name": "CC-BY-4.0"}],
            "contributors": [{"title": "Әлия"}],
            "x:own": {"a": [1, 2.5, None, True]},
        },
        {"homepage": "first\nsecond \u2028 third \x85 \x0b fourth"},
        {"homepage": "x" * 100_000},
        {"homepage": "😀" * 40_000},
        {"x": "_x000D_ \uffff \ufffe"},
        {"x": " = blanks = "},
    ],
    ids=range(8),
)
def test_the_descriptor_survives_the_round_trip(tmp_path: Path, more: dict[str, Any]) -> None:
    ledger = ledger_of(tmp_path / "in", descriptor=DESCRIPTOR | {"description": "d"} | more)
    for journey in (through_zip, through_workbook):
        kept = dict(journey(ledger, tmp_path).descriptor)
        assert {key: kept[key] for key in ledger.descriptor} == dict(ledger.descriptor)
    assert same_after_all_forms(ledger, tmp_path)


def test_documents_go_with_folder_and_zip(tmp_path: Path) -> None:
    write_dataset(tmp_path / "in")
    for name in ("CHANGELOG.md", "LICENSE", "CITATION.cff"):
        (tmp_path / "in" / name).write_bytes(name.encode() + b"\r\n\xff")
    ledger = load(tmp_path / "in")
    assert dict(through_zip(ledger, tmp_path).documents) == dict(ledger.documents)
    assert len(ledger.documents) == 3


def test_equal_datasets_give_equal_zips(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "in")
    one = Ledger(ledger.tables, ledger.descriptor, {"A.md": b"a", "B.md": b"b"})
    other = Ledger(ledger.tables, ledger.descriptor, {"B.md": b"b", "A.md": b"a"})
    content = package.zip_bytes(one)
    assert content == package.zip_bytes(other) == package.zip_bytes(through_zip(one, tmp_path))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(archive.namelist()) == {"datapackage.json", "A.md", "B.md", *(f"{name}.csv" for name in TABLES)}


def test_equal_content_has_one_digest_in_every_form(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path / "in")
    assert ledger.digest == through_zip(ledger, tmp_path).digest == through_workbook(ledger, tmp_path).digest
    assert ledger.digest != ledger_of(tmp_path / "other", with_cell("items", 0, "title", "other")).digest


def test_every_table_has_its_schema(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, with_cell("items", 0, "mood", "x"))
    described = json.loads(package.descriptor_bytes(ledger))
    assert described["$schema"].endswith("/2.0/datapackage.json")
    assert [resource["name"] for resource in described["resources"]] == list(TABLES)
    for resource in described["resources"]:
        table = TABLES[resource["name"]]
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert list(fields) == list(ledger.tables[table.name].columns)
        assert resource["schema"]["primaryKey"] == list(table.key)
        for column in table.columns:
            assert fields[column.name].get("constraints", {}).get("required", False) == column.required
            assert fields[column.name].get("constraints", {}).get("enum", []) == list(column.words)
    events = described["resources"][-1]["schema"]
    assert {"fields": ["item_id"], "reference": {"resource": "items", "fields": ["item_id"]}} in events["foreignKeys"]


@pytest.mark.parametrize("table", list(TABLES))
def test_valid_cells_keep_to_the_patterns_of_the_schema(tmp_path: Path, table: str) -> None:
    ledger = ledger_of(tmp_path)
    resource = next(one for one in package.descriptor(ledger)["resources"] if one["name"] == table)
    for field in resource["schema"]["fields"]:
        constraints = field.get("constraints", {})
        for cell in filter(None, ledger.tables[table][field["name"]]):
            assert re.fullmatch(constraints.get("pattern", ".*"), cell, re.DOTALL)
            assert cell in constraints.get("enum", [cell])


PART = st.builds("{}{}{}{}".format, st.text("ab-,", max_size=3), BLANKS, st.text("[ab, ]", max_size=4), BLANKS)


@given(st.lists(PART, max_size=3).map(";".join))
@settings(max_examples=100)
def test_every_source_list_that_can_be_read_keeps_to_the_pattern_of_the_schema(cell: str) -> None:
    citations, wrong = parse_sources(cell)
    if wrong or not citations:
        return
    assert re.fullmatch(package._SOURCES_PATTERN, cell.strip())
    assert parse_sources(format_sources(citations)) == (citations, None)


@pytest.mark.parametrize("fails_at", [1, 5, 9])
def test_when_writing_fails_the_folder_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    ledger = ledger_of(tmp_path, with_cell("items", 0, "title", "changed"))
    before = files_of(valid_rows())
    write_folder(tmp_path, before)
    made: list[str] = []
    really = tempfile.mkstemp

    def full_disk(**where: Any) -> Any:
        made.append("")
        if len(made) == fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return really(**where)

    monkeypatch.setattr(tempfile, "mkstemp", full_disk)
    with pytest.raises(OSError, match="No space left"):
        package.write_folder(package.files(ledger), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_is_written_whole_and_readable_by_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "a.zip"
    package.write_file(target, b"one")
    package.write_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o644
    assert [path.name for path in target.parent.iterdir()] == ["a.zip"]
