"""The Kazakhstan dataset: clean by our check and by an outside judge, and telling the story that it must tell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from components.export.codebook import codebook
from components.export.package import descriptor_bytes
from components.ledger.canonical import csv_bytes
from components.ledger.checking import check
from components.ledger.dataset import Ledger, load
from components.ledger.rule import status_grid
from components.ledger.schema import TABLES

FOLDER = Path(__file__).parents[1] / "data" / "kazakhstan"
DAY = np.datetime64("2026-11-22")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load(FOLDER)


def test_our_check_finds_nothing() -> None:
    assert check(FOLDER) == []


def test_frictionless_finds_nothing() -> None:
    command = [sys.executable, "-m", "frictionless", "validate", str(FOLDER / "datapackage.json")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("VALID") >= len(TABLES)
    assert "INVALID" not in result.stdout


def test_files_are_what_the_export_would_write(ledger: Ledger) -> None:
    assert (FOLDER / "datapackage.json").read_bytes() == descriptor_bytes(ledger)
    assert (FOLDER / "CODEBOOK.md").read_text(encoding="utf-8") == codebook()
    for name in TABLES:
        assert (FOLDER / f"{name}.csv").read_bytes() == csv_bytes(name, ledger.tables[name]), name


def test_it_is_as_full_as_it_claims(ledger: Ledger) -> None:
    least = {"items": 90, "events": 600, "meetings": 60, "sources": 450, "links": 90}
    assert dict.fromkeys(least, True) == {name: len(ledger.tables[name]) >= least[name] for name in least}


def test_every_step_and_setback_is_linked_with_a_reason(ledger: Ledger) -> None:
    others = ledger.items.loc[ledger.items["kind"] != "concern", "item_id"]
    assert set(others) <= set(ledger.links["from_item"])
    assert (ledger.links["note"] != "").all()


def test_no_source_is_an_orphan(ledger: Ledger) -> None:
    cited = {citation.source_id for citations in ledger.citations for citation in citations}
    meetings = " ".join(ledger.meetings["sources"])
    assert [source for source in ledger.sources["source_id"] if source not in cited and source not in meetings] == []


_HLD_3_BY_BOTH = (
    "peaceful-assembly-general",
    "freedom-of-expression-general",
    "disability-rights-general",
    "domestic-violence-laws-2024",
    "political-reform-agenda",
)


@pytest.mark.parametrize("item", _HLD_3_BY_BOTH)
def test_both_accounts_of_may_2024_are_kept_apart(ledger: Ledger, item: str) -> None:
    at = ledger.events[(ledger.events["meeting_id"] == "hld-3-2024") & (ledger.events["item_id"] == item)]
    grid = status_grid(ledger, DAY)
    bits = grid.named[list(grid.item_ids).index(item), list(grid.meeting_ids).index("hld-3-2024")]
    assert len(at) >= 2
    assert bits & 1, "the government's account names it"
    assert bits & 2, "the partner's account names it"


def _story(ledger: Ledger, item: str, *meetings: str) -> list[str]:
    grid = status_grid(ledger, DAY)
    names = grid.status_names()[list(grid.item_ids).index(item)]
    return [names[list(grid.meeting_ids).index(meeting)] for meeting in meetings]


def test_domestic_violence_reads_as_history(ledger: Ledger) -> None:
    item = "domestic-violence-outside-criminal-code"
    meetings = ("espd-1-2018", "espd-2020", "espd-2021", "hld-2-2023", "hld-3-2024")
    assert _story(ledger, item, *meetings) == ["reversed", "under_way", "stalled", "promised", "adopted"]
    grid = status_grid(ledger, DAY)
    at = list(grid.item_ids).index(item), list(grid.meeting_ids).index("hld-3-2024")
    assert str(grid.since[at]) == "2024-04-15", "the law of April 2024 decides"


def test_registration_requirements_are_without_effect(ledger: Ledger) -> None:
    (status,) = _story(ledger, "religious-registration-thresholds", "espd-7-planned-2025")
    assert status not in ("adopted", "in_effect")
    assert ledger.records("items")["religious-registration-thresholds"]["note"], "and the item says why"
