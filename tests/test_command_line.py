"""The command line: exit statuses, what goes to which stream, the formats, and nothing half-written."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from components.__main__ import main
from components.ledger.checking import check
from components.ledger.dataset import load
from components.ledger.schema import TABLES
from tests.datasets import files_of, valid_rows, with_cell, write_dataset, write_workbook, write_zip

ROOT = Path(__file__).parents[1]
BROKEN = with_cell("events", 0, "effect", "raised")
COLUMNS = "item_id,meeting_id,status,level,by_rule,since,event_id,named_by"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of one command."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# check


def test_check_of_a_valid_dataset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", write_dataset(tmp_path)) == (0, "no problem found\n", "")


def test_check_names_every_problem_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = with_cell("events", 0, "effect", "raised")
    rows["areas"][0]["mood"] = "x"
    rows["events"][1]["date"] = "never"
    status, out, err = run(capsys, "check", write_dataset(tmp_path, rows))
    lines = out.splitlines()
    assert (status, err) == (1, "")
    assert [re.match(r"(\w+:(?:\d+|-):(?:\w+|-)): ([A-Z-]+) (warning: )?\S", line) is not None for line in lines] == [
        True,
        True,
        True,
        False,
    ]
    assert lines[0].startswith("areas:1:mood: COLUMN-UNKNOWN warning: ")
    assert lines[1].startswith("events:2:effect: VOCABULARY 'raised' ")
    assert lines[2].startswith("events:3:date: DATE 'never' ")
    assert lines[3] == "2 errors, 1 warning"


def test_check_passes_with_warnings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "check", write_dataset(tmp_path, with_cell("areas", 0, "mood", "x")))
    assert (status, out.splitlines()[-1]) == (0, "0 errors, 1 warning")


@pytest.mark.parametrize("command", ["check", "status"])
@pytest.mark.parametrize("name", ["nowhere", "nowhere.zip", "a.txt"])
def test_what_is_no_dataset_is_an_error_of_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    (tmp_path / "a.txt").write_text("x")
    status, out, err = run(capsys, command, tmp_path / name)
    assert status == 1
    assert "dataset:-:-: NOT-" in (out if command == "check" else err)
    assert (out == "") == (command == "status")


@pytest.mark.parametrize("form", ["folder", "zip", "xlsx"])
def test_every_form_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    paths = {
        "folder": write_dataset(tmp_path / "folder"),
        "zip": write_zip(tmp_path / "A.ZIP", files_of(valid_rows()).items()),
        "xlsx": write_workbook(tmp_path / "a.xlsx"),
    }
    assert run(capsys, "check", paths[form])[0] == 0
    status = run(capsys, "status", paths[form], "--as-of", "2022")
    assert status == run(capsys, "status", paths["folder"], "--as-of", "2022")
    assert status[0] == 0


# status


def statuses(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[tuple[str, str], list[str]]:
    """What ``status`` prints, by item and meeting; checks the form on the way."""
    code, out, err = run(capsys, "status", *arguments)
    assert (code, err) == (0, "")
    assert out.startswith(COLUMNS + "\n")
    assert "\r" not in out
    rows = list(csv.reader(io.StringIO(out)))[1:]
    assert {row[4] for row in rows} <= {"true", "false"}
    assert all(re.fullmatch(r"|\d{4}-\d{2}-\d{2}", row[5]) for row in rows)
    return {(row[0], row[1]): row[2:] for row in rows}


def test_status_has_a_row_for_each_item_and_meeting_in_table_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = statuses(capsys, write_dataset(tmp_path), "--as-of", "2021-12-31")
    items = [row["item_id"] for row in valid_rows()["items"]]
    assert list(found) == [(item, meeting) for item in items for meeting in ("talks-1", "talks-2")]
    assert found["concern-a", "talks-1"] == ["raised", "0", "false", "2020-05-20", "e1", "raising"]
    assert found["step-a", "talks-2"] == ["promised", "1", "false", "2020-05-31", "e2", ""]
    assert found["concern-b", "talks-1"] == ["", "", "false", "", "", ""]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--as-of", "2020"], ["promised", "1", "false", "2020-05-31", "e2", ""]),
        (["--as-of", "2020-05-30"], ["", "", "false", "", "", ""]),
        (["--known-at", "2021-06"], ["", "", "false", "", "", ""]),
        (["--known-at", "2021-07-01"], ["promised", "1", "false", "2020-05-31", "e2", ""]),
        (["--voice", "acting"], ["promised", "1", "false", "2020-05-31", "e2", ""]),
        (["--voice", "independent"], ["", "", "false", "", "", ""]),
        (["--dialogue", "talks"], ["promised", "1", "false", "2020-05-31", "e2", ""]),
    ],
)
def test_status_takes_voice_days_and_dialogue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], expected: list[str]
) -> None:
    write_dataset(tmp_path)
    assert statuses(capsys, tmp_path, *arguments)["step-a", "talks-2"] == expected


def test_status_is_as_of_today_unless_told_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = valid_rows()
    today, tomorrow = date.today(), date.today() + timedelta(days=1)
    rows["meetings"][1]["date"] = "9999"
    for row, day in zip(rows["events"][2:4], (today, tomorrow), strict=True):
        row |= {"item_id": "step-a", "date": day.isoformat(), "effect": "starts", "level": "", "sources": "report"}
    assert statuses(capsys, write_dataset(tmp_path, rows))["step-a", "talks-2"][3:5] == [today.isoformat(), "e3"]


def test_status_leaves_out_the_meetings_of_other_dialogues(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = valid_rows()
    rows["dialogues"].append(rows["dialogues"][0] | {"dialogue_id": "review"})
    rows["meetings"][1]["dialogue_id"] = "review"
    write_dataset(tmp_path, rows)
    assert {meeting for _, meeting in statuses(capsys, tmp_path, "--dialogue", "review")} == {"talks-2"}


def test_status_of_headers_alone_is_a_header_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert statuses(capsys, write_dataset(tmp_path, {name: [] for name in TABLES})) == {}


@pytest.mark.parametrize("without", ["events", "links", "meetings"])
def test_status_does_without_events_links_or_meetings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], without: str
) -> None:
    rows = valid_rows() | {without: []}
    for event in rows["events"]:
        event["meeting_id"] = event.get("meeting_id", "") if without != "meetings" else ""
    assert len(statuses(capsys, write_dataset(tmp_path, rows))) == (0 if without == "meetings" else 8)


def test_status_of_a_broken_dataset_prints_problems_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "status", write_dataset(tmp_path, BROKEN))
    assert (status, out) == (1, "")
    assert err.startswith("events:2:effect: VOCABULARY ")
    assert err.endswith("\n1 error, 0 warnings\n")


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "COMMAND"),
        (["unknown"], "invalid choice: 'unknown'"),
        (["check"], "DATASET"),
        (["check", "DATASET", "--quickly"], "--quickly"),
        (["status", "DATASET", "--as-of", "2024-02-30"], "'2024-02-30' is no date; write it as 2024-05-20"),
        (["status", "DATASET", "--as-of", "today"], "is no date"),
        (["status", "DATASET", "--as-of", ""], "is no date"),
        (["status", "DATASET", "--known-at", "20240520"], "is no date"),
        (["status", "DATASET", "--voice", "loud"], "invalid choice: 'loud'"),
        (["status", "DATASET", "--dialogue", "nothing"], "no dialogue 'nothing'; the dataset has: talks"),
        (["status", "DATASET", "--dialogue", ""], "no dialogue ''"),
        (["export", "DATASET"], "--to"),
        (["new"], "FOLDER"),
    ],
)
def test_wrong_usage_is_explained_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    dataset = str(write_dataset(tmp_path))
    status, out, err = run(capsys, *(dataset if argument == "DATASET" else argument for argument in arguments))
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


# export


@pytest.mark.parametrize("name", ["a.zip", "A.ZIP", "a.xlsx", "folder", "ledger-1.0", "new/deep/a.zip"])
def test_export_writes_what_can_be_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    dataset, target = write_dataset(tmp_path / "in"), tmp_path / name
    assert run(capsys, "export", dataset, "--to", target) == (0, "", f"written: {target}\n")
    assert check(target) == []
    assert load(target).digest == load(dataset).digest


def test_export_into_its_own_folder_makes_it_canonical(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = files_of(valid_rows())["events.csv"].replace(b"\n", b"\r\n")
    write_dataset(tmp_path, events=content)
    assert run(capsys, "export", tmp_path, "--to", tmp_path)[0] == 0
    assert run(capsys, "check", tmp_path) == (0, "no problem found\n", "")


@pytest.mark.parametrize("target", ["file", "others"])
def test_export_spares_what_is_no_dataset(tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str) -> None:
    dataset = write_dataset(tmp_path / "in")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "thesis.txt").write_text("mine")
    status, out, err = run(capsys, "export", dataset, "--to", tmp_path / target)
    assert (status, out) == (2, "")
    assert "name a" in err
    assert (tmp_path / "file").read_text() == "mine"
    assert contents(tmp_path / "others") == {"thesis.txt": b"mine"}


@pytest.mark.parametrize("name", ["file/a.zip", "file/folder", "folder.zip", "folder.xlsx"])
def test_export_to_an_impossible_place_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    dataset = write_dataset(tmp_path / "in")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder.zip").mkdir()
    (tmp_path / "folder.xlsx").mkdir()
    before = sorted(tmp_path.rglob("*"))
    status, out, err = run(capsys, "export", dataset, "--to", tmp_path / name)
    assert (status, out) == (2, "")
    assert err.startswith("components: ")
    assert name.partition("/")[0] in err
    assert sorted(tmp_path.rglob("*")) == before


def test_export_of_a_broken_dataset_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset = write_dataset(tmp_path / "in", BROKEN)
    status, out, err = run(capsys, "export", dataset, "--to", tmp_path / "a.zip")
    assert (status, out) == (1, "")
    assert "VOCABULARY" in err
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "out"])
def test_a_full_disk_leaves_the_old_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    dataset, target = write_dataset(tmp_path / "in"), tmp_path / name
    run(capsys, "export", dataset, "--to", target)
    before = contents(target) if target.is_dir() else target.read_bytes()
    write_dataset(dataset, with_cell("items", 0, "title", "changed"))
    everything = sorted(tmp_path.rglob("*"))

    class FullDisk(io.RawIOBase):
        def write(self, _content: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(handle: int, _mode: str) -> FullDisk:
        os.close(handle)
        return FullDisk()

    monkeypatch.setattr(os, "fdopen", opened)
    status, out, err = run(capsys, "export", dataset, "--to", target)
    assert (status, out) == (2, "")
    assert "No space left on device" in err
    assert (contents(target) if target.is_dir() else target.read_bytes()) == before
    assert sorted(tmp_path.rglob("*")) == everything


# new


def test_new_makes_a_valid_dataset_with_an_example_in_each_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    status, out, err = run(capsys, "new", folder)
    assert (status, out) == (0, "")
    assert f"check {folder}" in err
    assert run(capsys, "check", folder) == (0, "no problem found\n", "")
    assert all(len(table) for table in load(folder).tables.values())
    assert set(contents(folder)) == {"datapackage.json", "CODEBOOK.md", *(f"{name}.csv" for name in TABLES)}


def test_new_takes_an_empty_folder_and_spares_any_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "new", tmp_path)[0] == 0
    before = contents(tmp_path)
    for place in (tmp_path, tmp_path / "areas.csv"):
        status, out, err = run(capsys, "new", place)
        assert (status, out) == (2, "")
        assert "is not empty" in err
    assert contents(tmp_path) == before


# As a process


def process(arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``python -m components`` in a shell, from the project's folder."""
    command = f"set -o pipefail; {sys.executable} -m components {arguments}"
    return subprocess.run(
        ["/bin/bash", "-c", command], cwd=ROOT, capture_output=True, env=os.environ | environment, check=False
    )


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(tmp_path: Path) -> None:
    rows = valid_rows()
    rows["items"] += [rows["items"][0] | {"item_id": f"c-{number}", "area_id": "x"} for number in range(3000)]
    write_dataset(tmp_path, rows)
    done = process(f"check {tmp_path} | head -1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1
    assert b"items:" in done.stdout


def test_messages_survive_a_terminal_of_another_encoding(tmp_path: Path) -> None:
    write_dataset(tmp_path, with_cell("events", 0, "effect", "поднял"))
    done = process(f"check {tmp_path}", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stdout.endswith(b"\n1 error, 0 warnings\n")


def test_a_path_that_is_no_text_is_a_message() -> None:
    done = process("check $'nowhere-\\xff'")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"dataset:-:-: NOT-FOUND ")


def test_help_is_fine_and_names_every_command() -> None:
    done = process("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in (b"check", b"status", b"export", b"new"))
