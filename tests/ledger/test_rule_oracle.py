"""The engine against the slow reading of DESIGN section 3, on random ledgers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.ledger.checking import check_raw
from components.ledger.problems import errors
from components.ledger.reading import RawDataset, RawTable
from components.ledger.vocabulary import VOICES
from tests.ledger.ledgers import LAST_DAY, RECORDED_DAYS, Script, scripts, status_rows, viewing_days
from tests.ledger.oracle import oracle


@given(scripts())
@settings(max_examples=40, deadline=None)
def test_the_random_ledgers_are_valid(script: Script) -> None:
    """The comparison is about ledgers that pass the check: the rule owes nothing to others."""
    ledger = script.ledger()
    tables = {name: RawTable(frame, list(range(2, len(frame) + 2))) for name, frame in ledger.tables.items()}
    assert errors(check_raw(RawDataset(tables, dict(ledger.descriptor)))) == []


@pytest.mark.parametrize("voice", VOICES)
@given(
    script=scripts(),
    days=st.lists(viewing_days(), min_size=1, max_size=2, unique=True),
    known_at=st.sampled_from([None, *RECORDED_DAYS]),
    dialogue=st.sampled_from(["", "", "d1"]),
)
@settings(max_examples=200, deadline=None)
def test_engine_agrees_with_the_slow_reading(
    voice: str, script: Script, days: list[str], known_at: str | None, dialogue: str
) -> None:
    """Every cell of the table, at the end of the record and on other viewing days."""
    ledger = script.ledger()
    known = date.fromisoformat(known_at) if known_at else None
    for as_of in (LAST_DAY, *days):
        expected = oracle(ledger, date.fromisoformat(as_of), voice, known, dialogue)
        assert status_rows(ledger, as_of, voice, known_at, dialogue) == expected
