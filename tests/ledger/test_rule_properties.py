"""What holds of the status rule whatever the ledger: properties that need no second reading of the rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.ledger import vocabulary as words
from components.ledger.dataset import Ledger
from components.ledger.vocabulary import VOICES
from tests.ledger.ledgers import (
    LAST_DAY,
    RECORDED_DAYS,
    Script,
    keeping_events,
    scripts,
    status_rows,
    viewing_days,
    with_table,
)
from tests.ledger.oracle import OPENING, WITHOUT_EFFECT, Row, counts_from, is_said, period, records

Test = Callable[..., None]
EVERY_TABLE_BUT_EVENTS = ("publishers", "sources", "dialogues", "meetings", "areas", "items", "links")


def on_random_ledgers(**more: st.SearchStrategy[object]) -> Callable[[Test], Test]:
    """Run a test on random ledgers, each with a voice to ask for."""

    def decorate(test: Test) -> Test:
        drawn = given(script=scripts(), voice=st.sampled_from(VOICES), **more)(test)
        return settings(max_examples=100, deadline=None)(drawn)

    return decorate


def last_days(ledger: Ledger) -> dict[str, date]:
    """The last day of each meeting, not cut at any viewing day."""
    return {row["meeting_id"]: period(row["end_date"] or row["date"])[1] for row in records(ledger)["meetings"]}


def statuses(rows: list[Row]) -> list[Row]:
    """The rows without `named_by`, which looks at events and not at the meeting's day."""
    return [{name: value for name, value in row.items() if name != "named_by"} for row in rows]


def until(ledger: Ledger, day: date) -> Ledger:
    """The ledger without the events that count from a later day."""
    return keeping_events(ledger, lambda event: counts_from(event) <= day)


def by_cell(rows: list[Row]) -> dict[tuple[str, str], Row]:
    """The rows by item and meeting."""
    return {(row["item_id"], row["meeting_id"]): row for row in rows}


@on_random_ledgers(as_of=viewing_days())
def test_events_after_the_viewing_day_change_nothing(script: Script, voice: str, as_of: str) -> None:
    """The answer for a day is that of the ledger without anything that counts from a later day."""
    ledger = script.ledger()
    earlier = until(ledger, date.fromisoformat(as_of))
    assert status_rows(ledger, as_of, voice) == status_rows(earlier, as_of, voice)


@on_random_ledgers()
def test_events_after_a_meeting_never_change_its_statuses(script: Script, voice: str) -> None:
    """Each meeting's column is that of the ledger without anything that counts from a later day."""
    ledger = script.ledger()
    rows = statuses(status_rows(ledger, LAST_DAY, voice))
    for meeting, day in last_days(ledger).items():
        earlier = statuses(status_rows(until(ledger, day), LAST_DAY, voice))
        assert _column(rows, meeting) == _column(earlier, meeting)


def _column(rows: list[Row], meeting: str) -> list[Row]:
    return [row for row in rows if row["meeting_id"] == meeting]


@pytest.mark.parametrize("table", EVERY_TABLE_BUT_EVENTS)
@given(script=scripts(), voice=st.sampled_from(VOICES), seed=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_matters_only_in_the_output(
    table: str, script: Script, voice: str, seed: random.Random
) -> None:
    """The order in `events` breaks ties; that in `links` never can, as a pair is linked once."""
    ledger = script.ledger()
    order = list(range(len(ledger.tables[table])))
    seed.shuffle(order)
    shuffled = with_table(ledger, table, lambda frame: frame.iloc[order])
    assert by_cell(status_rows(ledger, voice=voice)) == by_cell(status_rows(shuffled, voice=voice))


@on_random_ledgers(as_of=viewing_days())
def test_a_voice_is_the_ledger_of_what_it_said(script: Script, voice: str, as_of: str) -> None:
    """Asking for a voice equals dropping what it did not say and asking for all, with the cap made harmless."""
    ledger = script.ledger()
    tables = records(ledger)
    said = keeping_events(ledger, lambda event: is_said(tables, event, voice))
    if voice != "all":
        said = with_table(said, "events", _with_a_source_that_lifts_the_cap)
    assert status_rows(ledger, as_of, voice) == status_rows(said, as_of)


def _with_a_source_that_lifts_the_cap(events: pd.DataFrame) -> pd.DataFrame:
    added = [
        cell if effect in OPENING else f"{cell}; i[added]"
        for cell, effect in zip(events["sources"], events["effect"], strict=True)
    ]
    return events.assign(sources=pd.Series(added, index=events.index, dtype=object))


@on_random_ledgers(as_of=viewing_days())
def test_every_status_names_an_event_that_accounts_for_it(script: Script, voice: str, as_of: str) -> None:
    """It exists, is of the item or of one linked to it, counted by then, and `since` is not after the meeting's day."""
    ledger = script.ledger()
    tables = records(ledger)
    events = {event["event_id"]: event for event in tables["events"]}
    bearing = {(link["to_item"], link["from_item"]) for link in tables["links"]}
    day_of = last_days(ledger)
    for row in status_rows(ledger, as_of, voice):
        assert bool(row["status"]) == bool(row["event_id"]) == bool(row["level"]) == bool(row["since"])
        if row["status"]:
            event = events[row["event_id"]]
            assert event["item_id"] == row["item_id"] or (row["item_id"], event["item_id"]) in bearing
            since = date.fromisoformat(row["since"])
            assert counts_from(event) <= since <= min(day_of[row["meeting_id"]], date.fromisoformat(as_of))
            assert event["effect"] not in WITHOUT_EFFECT
            assert is_said(tables, event, voice)


@on_random_ledgers(as_of=viewing_days())
def test_status_level_and_mark_agree(script: Script, voice: str, as_of: str) -> None:
    """A level's word is that of its figure, and only levels 1 and 2 are stalled by rule."""
    for row in status_rows(script.ledger(), as_of, voice):
        if row["status"] in words.LEVELS:
            assert row["status"] == words.LEVELS[int(row["level"])]
        elif row["status"]:
            assert row["status"] in words.SIDES
            assert row["level"] in ("0", "1", "2", "3", "4")
        if row["by_rule"] == "true":
            assert row["status"] == "stalled"
            assert row["level"] in ("1", "2")


@on_random_ledgers(as_of=viewing_days(), known_at=st.sampled_from(RECORDED_DAYS))
def test_known_at_is_the_ledger_without_later_records(script: Script, voice: str, as_of: str, known_at: str) -> None:
    """Names at meetings included."""
    ledger = script.ledger()
    known = keeping_events(ledger, lambda event: event["recorded"] <= known_at)
    assert status_rows(ledger, as_of, voice, known_at) == status_rows(known, as_of, voice)


@on_random_ledgers(as_of=viewing_days())
def test_a_cell_is_empty_until_the_items_first_own_event(script: Script, voice: str, as_of: str) -> None:
    """Exactly until then: the first of its own events that the voice counts, `context` and `searched` aside."""
    ledger = script.ledger()
    tables = records(ledger)
    day_of = last_days(ledger)
    effective = [
        event for event in tables["events"] if event["effect"] not in WITHOUT_EFFECT and is_said(tables, event, voice)
    ]
    for row in status_rows(ledger, as_of, voice):
        day = min(day_of[row["meeting_id"]], date.fromisoformat(as_of))
        on_record = any(event["item_id"] == row["item_id"] and counts_from(event) <= day for event in effective)
        assert bool(row["status"]) == on_record


@on_random_ledgers(days=st.tuples(viewing_days(), viewing_days()))
def test_moving_the_viewing_day_leaves_earlier_meetings_alone(
    script: Script, voice: str, days: tuple[str, str]
) -> None:
    """Statuses of meetings before both days agree; of meetings in earlier years, whose events are all in, names too."""
    ledger = script.ledger()
    one, other = (by_cell(status_rows(ledger, day, voice)) for day in days)
    first = date.fromisoformat(min(days))
    for cell, row in one.items():
        day = last_days(ledger)[cell[1]]
        if day <= first:
            assert statuses([row]) == statuses([other[cell]])
        if day.year < first.year:
            assert row == other[cell]


@on_random_ledgers(as_of=viewing_days(), dialogue=st.sampled_from(["d1", "d2"]))
def test_a_dialogues_table_is_a_selection_of_rows(script: Script, voice: str, as_of: str, dialogue: str) -> None:
    """The rows of its meetings, in the same order and with the same cells: events elsewhere count as before."""
    ledger = script.ledger()
    its_own = {row["meeting_id"] for row in records(ledger)["meetings"] if row["dialogue_id"] == dialogue}
    selected = [row for row in status_rows(ledger, as_of, voice) if row["meeting_id"] in its_own]
    assert status_rows(ledger, as_of, voice, dialogue=dialogue) == selected
