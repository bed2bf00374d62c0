"""Every rule of the check: each broken cell is named with its table, row, column and code, all of them at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from components.ledger.checking import check, check_raw
from components.ledger.dataset import load
from components.ledger.problems import DatasetError, Problem, count_line, errors
from components.ledger.reading import RawDataset, read_dataset
from components.ledger.schema import TABLES, Kind
from components.ledger.vocabulary import EFFECTS
from tests.datasets import Rows, codes, csv_bytes, files_of, valid_rows, with_cell, write_dataset, write_folder


def found(tmp_path: Path, rows: Rows) -> list[str]:
    """Place and code of every problem of the dataset."""
    return codes(check(write_dataset(tmp_path, rows)))


def test_the_valid_dataset_has_no_problem(tmp_path: Path) -> None:
    assert check(write_dataset(tmp_path)) == []
    assert len(load(tmp_path).events) == 4


def test_a_dataset_of_headers_alone_is_valid(tmp_path: Path) -> None:
    assert check(write_dataset(tmp_path, {name: [] for name in TABLES})) == []
    assert load(tmp_path).events.empty


@pytest.mark.parametrize("emptied", list(TABLES))
def test_a_table_without_rows_breaks_references_and_nothing_else(tmp_path: Path, emptied: str) -> None:
    write_dataset(tmp_path, valid_rows() | {emptied: []})
    assert {problem.code for problem in check(tmp_path)} <= {"REFERENCE"}


OK_CELLS: list[tuple[str, int, str, str]] = [
    ("sources", 2, "url", "https://пример.қаз/путь?а=б#в"),
    ("sources", 2, "url", "http://[2001:db8::1]:8080/x"),
    ("sources", 2, "language", "kaz"),
    ("sources", 2, "published", "2020-02-29"),
    ("meetings", 0, "end_date", "2020"),
    ("meetings", 0, "sources", "readout [with; a semicolon] ;statement"),
    ("meetings", 0, "sources", "readout[a]; readout[b]; readout"),
    ("events", 0, "date", "2020"),
    ("events", 2, "level", "0"),
    ("links", 0, "relation", "undermines"),
    ("items", 0, "title", "-5 % of budgets; + and @ inside; 2 < 3; a <b and c>"),
    ("items", 0, "title", "👩‍👧 'quoted' \u200e"),
    ("items", 0, "summary", "- a point\n- another"),
]


@pytest.mark.parametrize(("table", "index", "column", "value"), OK_CELLS)
def test_what_is_right_is_left_alone(tmp_path: Path, table: str, index: int, column: str, value: str) -> None:
    assert found(tmp_path, with_cell(table, index, column, value)) == []


BROKEN_CELLS: list[tuple[str, int, str, str, str]] = [
    # identifiers
    *(("areas", 0, "area_id", value, "ID-FORM") for value in ("Media", "-media", "me dia", "медиа", "me_dia", "média")),
    # words of the controlled lists
    ("publishers", 0, "kind", "goverment", "VOCABULARY"),
    ("publishers", 0, "voice", "Acting", "VOCABULARY"),
    ("publishers", 0, "voice", "all", "VOCABULARY"),
    ("sources", 0, "extent", "part", "VOCABULARY"),
    ("dialogues", 0, "tier", "main", "VOCABULARY"),
    ("meetings", 0, "status", "done", "VOCABULARY"),
    ("items", 0, "kind", "step", "VOCABULARY"),
    ("links", 0, "relation", "adresses", "VOCABULARY"),
    ("events", 0, "effect", "raised", "VOCABULARY"),
    # dates
    *(
        ("events", 3, "date", value, "DATE")
        for value in (
            "2021-02-29",
            "2021-13",
            "2021-00",
            "2021-06-00",
            "2021-6-1",
            "20210601",
            "01.06.2021",
            "21",
            "0000",
            "2021-06-01T00:00",
            "-2021",
            "٢٠٢١",
            "June 2021",
            "2021-W23",
        )
    ),
    ("events", 0, "recorded", "2021-07", "DATE"),
    ("events", 0, "recorded", "2021", "DATE"),
    ("events", 0, "recorded", "2021-02-30", "DATE"),
    ("sources", 2, "published", "soon", "DATE"),
    ("sources", 2, "accessed", "2021-04-31", "DATE"),
    ("meetings", 1, "end_date", "2021-06-31", "DATE"),
    # references
    ("sources", 0, "publisher_id", "nobody", "REFERENCE"),
    ("meetings", 0, "dialogue_id", "nothing", "REFERENCE"),
    ("meetings", 0, "sources", "nothing", "REFERENCE"),
    ("items", 0, "area_id", "nothing", "REFERENCE"),
    ("links", 0, "from_item", "nothing", "REFERENCE"),
    ("links", 0, "to_item", "nothing", "REFERENCE"),
    ("events", 3, "item_id", "nothing", "REFERENCE"),
    ("events", 0, "meeting_id", "nothing", "REFERENCE"),
    ("events", 0, "sources", "nothing[p. 1]", "REFERENCE"),
    # source lists
    *(
        ("events", 0, "sources", value, "SOURCES-FORM")
        for value in (
            "statement;",
            "statement;; readout",
            "; statement",
            "statement, readout",
            "statement readout",
            "statement[p. 1",
            "statement p. 1]",
            "statement[]",
            "statement[ ]",
            "statement[a[b]]",
            "statement[a][b]",
            "[p. 1]",
            "statement; statement",
            "statement[p. 1]; statement[p. 1]",
        )
    ),
    # ratings
    ("events", 2, "level", "5", "LEVEL"),
    ("events", 2, "level", "-1", "LEVEL"),
    ("events", 2, "level", "2.5", "LEVEL"),
    ("events", 2, "level", "02", "LEVEL"),
    ("events", 2, "level", "two", "LEVEL"),
    ("events", 2, "level", "", "LEVEL"),
    ("events", 0, "level", "2", "LEVEL"),
    # events and their meetings and sources
    ("events", 0, "date", "2020-05-22", "meeting_id MEETING-PERIOD"),
    ("events", 0, "date", "2020-05-19", "meeting_id MEETING-PERIOD"),
    ("events", 1, "date", "2020-06", "meeting_id MEETING-PERIOD"),
    ("events", 1, "date", "2019", "meeting_id MEETING-PERIOD"),
    ("events", 0, "meeting_id", "talks-2", "MEETING-PERIOD"),
    ("events", 0, "sources", "", "SOURCES-MISSING"),
    ("events", 2, "sources", "", "SOURCES-MISSING"),
    # meetings
    ("meetings", 1, "end_date", "2021-05-31", "PERIOD"),
    ("meetings", 1, "end_date", "2020", "PERIOD"),
    # links
    ("links", 0, "from_item", "concern-b", "LINK-FROM"),
    ("links", 0, "to_item", "setback-a", "LINK-TO"),
    ("links", 0, "from_item", "concern-a", "LINK-FROM"),
    ("links", 0, "to_item", "step-a", "LINK-TO"),
    ("links", 1, "relation", "addresses", "LINK-RELATION"),
    ("links", 1, "relation", "precondition", "LINK-RELATION"),
    # addresses
    *(
        ("sources", 2, column, value, "ADDRESS")
        for column in ("url", "archive_url")
        for value in (
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/x",
            "file:///etc/passwd",
            "//example.org/x",
            "example.org/x",
            "https://",
            "https:///x",
            "https:example.org",
            "https://exa mple.org/",
            "https://example.org/\nx",
            'https://example.org/"onclick="x',
            "https://example.org/<x>",
            "https://example.org\\@evil.example",
            "https://[::1",
        )
    ),
    ("sources", 2, "language", "Russian", "LANGUAGE"),
    ("sources", 2, "language", "RU", "LANGUAGE"),
    ("sources", 2, "language", "r", "LANGUAGE"),
    # texts
    *(
        ("items", 0, "title", value, "MARKUP")
        for value in ("<script>x</script>", "a <IMG src=x>", "</ a>", '<a href="x">', "< svg onload=x>", "<style")
    ),
    *(
        ("items", 0, "title", value, "FORMULA")
        for value in ("=1+1", '=HYPERLINK("x")', "@SUM(1)", "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "=")
    ),
    *(
        ("items", 0, "title", f"a{character}b", "CONTROL-CHARACTER")
        for character in "\t\v\x01\x1b\x7f\x85\u202e\u2066\ufffe\uffff"
    ),
    ("events", 0, "note", "a\x1b[31mb", "CONTROL-CHARACTER"),
    # required cells
    *(
        (table.name, 0, column.name, "", "REQUIRED")
        for table in TABLES.values()
        for column in table.columns
        if column.required and column.name not in table.key and column.name not in ("effect", "relation")
    ),
]


@pytest.mark.parametrize(("table", "index", "column", "value", "code"), BROKEN_CELLS)
def test_a_broken_cell_is_the_only_problem(
    tmp_path: Path, table: str, index: int, column: str, value: str, code: str
) -> None:
    rows = with_cell(table, index, column, value)
    if (table, column) == ("areas", "area_id"):
        for item in rows["items"]:
            item["area_id"] = value
    place = code if " " in code else f"{column} {code}"
    line = index + 2
    assert found(tmp_path, rows) == [f"{table}:{line}:{place}"]


@pytest.mark.parametrize("column", ["note", "mood", "title_ru"])
def test_texts_of_optional_extra_and_translated_columns_are_checked_too(tmp_path: Path, column: str) -> None:
    rows = valid_rows()
    rows["items"][3][column] = "<script>"
    problems = errors(check(write_dataset(tmp_path, rows)))
    assert codes(problems) == [f"items:6:{column} MARKUP"]


@pytest.mark.parametrize("table", [table.name for table in TABLES.values() if len(table.key) == 1])
def test_a_doubled_identifier_names_the_second_row_and_points_to_the_first(tmp_path: Path, table: str) -> None:
    rows = valid_rows()
    rows[table].append(dict(rows[table][0]))
    problems = errors(check(write_dataset(tmp_path, rows)))
    (key,) = TABLES[table].key
    row = len(rows[table]) + 1 + (table == "items")  # an item's summary has two lines
    assert codes(problems) == [f"{table}:{row}:{key} ID-DOUBLE"]
    assert "in row 2 already" in problems[0].message


def test_an_identifier_that_stands_three_times_is_named_twice(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["areas"] *= 3
    problems = check(write_dataset(tmp_path, rows))
    assert codes(problems) == ["areas:3:area_id ID-DOUBLE", "areas:4:area_id ID-DOUBLE"]


def test_a_pair_of_items_is_linked_once(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["links"].append(rows["links"][0] | {"relation": "precondition"})
    rows["links"].append({"from_item": "step-a", "to_item": "concern-b", "relation": "addresses"})
    assert found(tmp_path, rows) == ["links:4:from_item LINK-DOUBLE"]


def test_empty_identifiers_are_missing_not_doubled(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["areas"] += [{"title": "B"}, {"title": "C"}]
    assert found(tmp_path, rows) == ["areas:3:area_id REQUIRED", "areas:4:area_id REQUIRED"]


def test_events_without_a_meeting_have_nothing_to_do_with_a_meeting_without_an_identifier(tmp_path: Path) -> None:
    assert found(tmp_path, with_cell("meetings", 1, "meeting_id", "")) == ["meetings:3:meeting_id REQUIRED"]


@pytest.mark.parametrize("effect", [name for name in EFFECTS if name not in ("assesses", "searched")])
def test_every_effect_but_a_search_needs_a_source(tmp_path: Path, effect: str) -> None:
    rows = with_cell("events", 0, "effect", effect)
    assert found(tmp_path, rows) == []
    rows["events"][0]["sources"] = ""
    assert found(tmp_path, rows) == ["events:2:sources SOURCES-MISSING"]


def test_the_same_event_under_another_identifier_is_a_warning(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["events"].append(rows["events"][0] | {"event_id": "e5", "recorded": "2021-08-01"})
    (problem,) = check(write_dataset(tmp_path, rows))
    assert (codes([problem]), problem.is_error) == (["events:6:event_id EVENT-DOUBLE"], False)
    assert len(load(tmp_path).events) == 5


def test_all_problems_are_reported_at_once_in_the_order_of_tables_and_rows(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["publishers"][1]["voice"] = "loud"
    rows["items"][0]["area_id"] = "nothing"
    rows["events"][3] |= {"date": "never", "recorded": "2021", "sources": "a[; b"}
    rows["events"][0] |= {"effect": "assesses", "title_ru": "<script>"}
    write_dataset(tmp_path, rows, datapackage=b'{"stall_after_months": 0}', areas=b"area_id\n")
    assert codes(check(tmp_path)) == [
        "datapackage:-:stall_after_months DESCRIPTOR-FORM",
        "publishers:3:voice VOCABULARY",
        "areas:1:title COLUMN-MISSING",
        "areas:1:description COLUMN-MISSING",
        "areas:1:standards COLUMN-MISSING",
        "events:1:title_ru COLUMN-UNKNOWN",
        "events:2:title_ru MARKUP",
        "events:2:level LEVEL",
        "events:5:date DATE",
        "events:5:sources SOURCES-FORM",
        "events:5:recorded DATE",
    ]
    with pytest.raises(DatasetError) as caught:
        load(tmp_path)
    assert caught.value.problems == check(tmp_path)
    assert str(caught.value).count("\n") == 10


@pytest.mark.parametrize(
    ("table", "index", "column", "value", "hint"),
    [
        ("events", 0, "item_id", "concern-aa", "did you mean 'concern-a'?"),
        ("events", 0, "sources", "statment", "did you mean 'statement'?"),
        ("events", 0, "item_id", "something-else", "add it to items or correct it"),
        ("events", 0, "effect", "Enters into force", "'enters_into_force' if that is meant"),
        ("events", 0, "effect", "adopted", "'adopts' if that is meant"),
        ("items", 0, "kind", "zzz", "use one of: concern, reform_step, setback"),
    ],
)
def test_a_message_says_what_was_probably_meant(
    tmp_path: Path, table: str, index: int, column: str, value: str, hint: str
) -> None:
    (problem,) = check(write_dataset(tmp_path, with_cell(table, index, column, value)))
    assert hint in problem.message


@pytest.mark.parametrize("table", [t for t in TABLES if t != "datapackage"])
def test_the_form_of_a_file_is_canonical_or_its_first_other_line_is_named(tmp_path: Path, table: str) -> None:
    content = csv_bytes(table, valid_rows()[table])
    first, _, rest = content.decode().partition("\n")
    last = len(content.splitlines())
    changed = f"{first}\n{rest}".rstrip("\n").encode()
    problems = check(write_dataset(tmp_path, **{table: changed}))
    assert codes(problems) == [f"{table}:{last}:- NOT-CANONICAL"]
    assert not errors(problems)


_WRONG_MONTHS: tuple[object, ...] = (0, -1, 2.5, 24.0, "24", True, None, [], 1201, 10**30)


@pytest.mark.parametrize(
    ("descriptor", "column", "code"),
    [
        *(({"stall_after_months": value}, "stall_after_months", "DESCRIPTOR-FORM") for value in _WRONG_MONTHS),
        ({"title": ["a"]}, "title", "DESCRIPTOR-FORM"),
        ({"version": 1}, "version", "DESCRIPTOR-FORM"),
        ({"name": None}, "name", "DESCRIPTOR-FORM"),
        ({"title": "<script>"}, "title", "MARKUP"),
        ({"title": "a\u202eb"}, "title", "CONTROL-CHARACTER"),
    ],
)
def test_the_descriptor_is_checked(tmp_path: Path, descriptor: dict[str, Any], column: str, code: str) -> None:
    write_folder(tmp_path, files_of(valid_rows(), descriptor))
    assert codes(check(tmp_path)) == [f"datapackage:-:{column} {code}"]


@pytest.mark.parametrize("months", [1, 24, 1200])
def test_the_stalling_time_is_read(tmp_path: Path, months: int) -> None:
    write_folder(tmp_path, files_of(valid_rows(), {"stall_after_months": months}))
    assert load(tmp_path).stall_after_months == months


@pytest.mark.parametrize("name", ["a\x1b[2Jb", "<script>", "=1+1", "x" * 40_000])
def test_names_of_extra_columns_are_checked_and_shown_on_one_line(tmp_path: Path, name: str) -> None:
    problems = errors(check(write_dataset(tmp_path, with_cell("areas", 0, name, "x"))))
    assert [(problem.table, problem.row) for problem in problems] == [("areas", 1)]
    assert all(str(problem).isprintable() and len(str(problem)) < 300 for problem in problems)


def test_the_name_of_a_column_is_one_line(tmp_path: Path) -> None:
    problems = check(write_dataset(tmp_path, with_cell("areas", 0, "two\nlines", "x")))
    assert codes(problems) == ["areas:1:- NOT-CANONICAL", "areas:1:two lines COLUMN-UNKNOWN"]
    assert read_dataset(tmp_path).tables["areas"].frame.columns[-1] == "two lines"


def test_long_and_odd_values_are_quoted_in_short_and_on_one_line(tmp_path: Path) -> None:
    odd = "я\n\x1b]0;title\x07" * 1000
    rows = valid_rows()
    rows["events"][0] |= {"effect": odd, "date": odd, "recorded": odd, "item_id": odd, "sources": odd, "level": odd}
    rows["sources"][0] |= {"url": odd, "language": odd, "source_id": odd}
    problems = check(write_dataset(tmp_path, rows))
    assert len(problems) >= 12
    assert all(str(problem).isprintable() and len(str(problem)) < 500 for problem in problems)


def test_problems_print_as_the_design_says() -> None:
    error = Problem("events", 3, "date", "DATE", "no date")
    warning = Problem("areas", None, None, "NOTE", "a warning", is_error=False)
    assert str(error) == "events:3:date: DATE no date"
    assert str(warning) == "areas:-:-: NOTE warning: a warning"
    assert count_line([]) == "no problem found"
    assert count_line([error]) == "1 error, 0 warnings"
    assert count_line([error, error, warning]) == "2 errors, 1 warning"


def raw_of(rows: Rows, tmp_path: Path) -> RawDataset:
    """The dataset as read, without its problems of form."""
    raw = read_dataset(write_dataset(tmp_path, rows))
    raw.problems.clear()
    return raw


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param({"sources": "a" + " " * 30_000 + "b"}, id="blanks in a source list"),
        pytest.param({"sources": "[" * 30_000}, id="brackets"),
        pytest.param({"sources": ";".join(f"statemen{number}" for number in range(3000))}, id="unknown sources"),
        pytest.param({"summary": "<" + " " * 30_000}, id="blanks after a bracket"),
        pytest.param({"summary": "<" * 30_000}, id="brackets in a text"),
        pytest.param({"summary": "-" + "a" * 30_000}, id="nearly a formula"),
    ],
)
def test_no_cell_takes_long_to_check(tmp_path: Path, cell: dict[str, str]) -> None:
    rows = valid_rows()
    rows["sources"] += [
        {"source_id": f"statement-{number}", "title": "T", "publisher_id": "union", "extent": "full"}
        for number in range(1000)
    ]
    rows["events"][0] |= cell
    raw = raw_of(rows, tmp_path)
    start = time.process_time()
    check_raw(raw)
    assert time.process_time() - start < 3


def test_thousands_of_different_problems_do_not_take_long(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["items"] += [rows["items"][0] | {"item_id": f"concern-number-{number}"} for number in range(900)]
    rows["events"] += [
        rows["events"][0] | {"event_id": f"n{n}", "item_id": f"concern-nomber-{n}", "effect": f"raise{n}", "level": "x"}
        for n in range(3000)
    ]
    raw = raw_of(rows, tmp_path)
    start = time.process_time()
    problems = check_raw(raw)
    assert time.process_time() - start < 8
    assert len(problems) == 4 * 3000


def test_every_kind_of_column_has_a_broken_case() -> None:
    kinds = {TABLES[table].column(column).kind for table, _, column, *_ in BROKEN_CELLS}
    assert kinds == set(Kind)
