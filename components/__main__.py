"""The command line: ``python -m components COMMAND``.

Exit status 0 fine, 1 the data has errors, 2 wrong usage. Results on standard output, messages on standard error.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from components.export import package
from components.export.template import template_files
from components.export.workbook import workbook_bytes
from components.ledger import dates
from components.ledger.checking import check
from components.ledger.dataset import Ledger, load
from components.ledger.problems import DatasetError, count_line, errors
from components.ledger.reading import DESCRIPTOR
from components.ledger.report import curation_report
from components.ledger.rule import status_grid, status_table
from components.ledger.schema import TABLES
from components.ledger.vocabulary import VOICES

FINE, DATA_ERRORS, WRONG_USAGE = 0, 1, 2


class UsageError(Exception):
    """What was asked for cannot be done as asked; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding shows what it can
    options = _parser().parse_args(arguments)
    try:
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except DatasetError as error:
        print(error, file=sys.stderr)
        print(count_line(error.problems), file=sys.stderr)
        return DATA_ERRORS
    except UsageError as error:
        print(f"components: {error}", file=sys.stderr)
        return WRONG_USAGE
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        print(f"components: cannot write: {error}", file=sys.stderr)
        return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m components", description="Follow-Through on the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    dataset_help = "a dataset: a folder, a .zip or an .xlsx"

    checking = commands.add_parser("check", help="name every problem of a dataset")
    checking.add_argument("dataset", type=Path, metavar="DATASET", help=dataset_help)
    checking.add_argument("--report", action="store_true", help="also list where the record is thin")
    checking.set_defaults(run=_check)

    status = commands.add_parser("status", help="print the status of every item at every meeting as CSV")
    status.add_argument("dataset", type=Path, metavar="DATASET", help=dataset_help)
    status.add_argument("--voice", choices=VOICES, default="all", help="whose account (default: all)")
    status.add_argument("--as-of", type=_day, metavar="DATE", help="viewing day (default: today)")
    status.add_argument("--known-at", type=_day, metavar="DATE", help="leave out what was recorded later")
    status.add_argument("--dialogue", metavar="ID", help="only the meetings of this dialogue")
    status.set_defaults(run=_status)

    export = commands.add_parser("export", help="write the dataset as a zip, a workbook or a folder")
    export.add_argument("dataset", type=Path, metavar="DATASET", help=dataset_help)
    export.add_argument("--to", type=Path, required=True, metavar="FILE.zip|FILE.xlsx|FOLDER", help="where to write it")
    export.set_defaults(run=_export)

    new = commands.add_parser("new", help="start an empty dataset with example rows and the codebook")
    new.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that does not exist or is empty")
    new.set_defaults(run=_new)
    return parser


def _day(text: str) -> np.datetime64:
    """A day; of a reduced date the last day, as everywhere in the ledger."""
    span = dates.period(text)
    if span is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2024-05-20")
    return np.datetime64(span[1], "D")


def _check(options: argparse.Namespace) -> int:
    problems = check(options.dataset)
    for problem in problems:
        print(problem)
    print(count_line(problems))
    if errors(problems):
        return DATA_ERRORS
    if options.report:
        for finding in curation_report(load(options.dataset)):
            print(f"\n{finding.title}: {len(finding.names)}")
            for name in finding.names:
                print(f"  {name}")
    return FINE


def _status(options: argparse.Namespace) -> int:
    ledger = load(options.dataset)
    if options.dialogue is not None and options.dialogue not in set(ledger.dialogues["dialogue_id"]):
        known = ", ".join(ledger.dialogues["dialogue_id"])
        raise UsageError(f"there is no dialogue {options.dialogue!r}; the dataset has: {known}")
    as_of = options.as_of if options.as_of is not None else np.datetime64(date.today(), "D")
    grid = status_grid(ledger, as_of, options.voice, options.known_at, options.dialogue or "")
    status_table(ledger, grid).to_csv(sys.stdout, index=False, lineterminator="\n")
    return FINE


def _export(options: argparse.Namespace) -> int:
    ledger: Ledger = load(options.dataset)
    target: Path = options.to
    match target.suffix.lower():
        case ".zip":
            package.write_file(target, package.zip_bytes(ledger))
        case ".xlsx":
            package.write_file(target, workbook_bytes(ledger))
        case _:
            _refuse_foreign_folder(target)
            package.write_folder(package.files(ledger), target)
    print(f"written: {target}", file=sys.stderr)
    return FINE


def _refuse_foreign_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder, a .zip or an .xlsx")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not any((folder / name).exists() for name in (DESCRIPTOR, *(f"{table}.csv" for table in TABLES))):
        raise UsageError(f"{folder} holds other files; name a new folder or one that holds a dataset")


def _new(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} exists and is not empty; name a new folder")
    package.write_folder(template_files(), folder)
    print(f"written: {folder}; look at its CODEBOOK.md, then run: python -m components check {folder}", file=sys.stderr)
    return FINE


if __name__ == "__main__":
    sys.exit(main())
