"""The questions asked of the ledger, each against a small ledger worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from components.ledger.agenda import last_held, previous_held, series_up_to, upcoming
from components.ledger.changes import changes, counts_by_status
from components.ledger.claimgap import claim_gap
from components.ledger.dataset import Ledger
from components.ledger.namings import namings
from components.ledger.promises import promises_at
from components.ledger.proof import chain
from components.ledger.readouts import full_text_voices, named_at, naming_events
from components.ledger.report import curation_report
from components.ledger.rule import bearing_steps, status_grid, status_on
from components.ledger.selection import Selection, item_mask, meeting_columns, text_mask
from components.ledger.silence import silence
from components.ledger.vocabulary import STATUSES
from components.ledger.waiting import median_wait, survival, waiting_by, waiting_times
from tests.ledger.ledgers import Script

DAY = np.datetime64("2024-12-31")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((-1, 0), (-1, 0), ""),
        ((-1, 0), (0, 0), "new"),
        ((0, 0), (1, 0), "forward"),
        ((3, 0), (3, 0), "unchanged"),
        ((4, 0), (3, 0), "backward"),
        ((2, 0), (2, 1), "backward"),  # stalls at its level
        ((2, 1), (2, 0), "forward"),  # takes up again
        ((2, 1), (2, 2), "backward"),  # stalled, then reversed
        ((2, 2), (2, 3), "unchanged"),  # reversed, then rejected
        ((2, 3), (2, 1), "unchanged"),  # rejected, then stalled: nothing moved forward
        ((0, 0), (0, 4), "unchanged"),  # closed says nothing of direction
    ],
)
def test_changes(before: tuple[int, int], after: tuple[int, int], expected: str) -> None:
    arrays = [tuple(np.array([value], dtype=np.int8) for value in pair) for pair in (before, after)]
    assert changes(arrays[0], arrays[1]).tolist() == [expected]  # type: ignore[arg-type]


def test_counts_leave_out_what_is_not_on_record() -> None:
    counts = counts_by_status(np.array([-1, 0, 0, 9], dtype=np.int8))
    assert {name: number for name, number in counts.items() if number} == {"raised": 2, "unclear": 1}
    assert list(counts) == list(STATUSES)


def test_survival_is_kaplan_and_meiers() -> None:
    """Worked by hand: five concerns; steps after 10, 20 and 20 days, two still waiting after 15 and 30."""
    curve = survival(np.array([10, 15, 20, 20, 30]), np.array([True, False, True, True, False]))
    assert curve["days"].tolist() == [0, 10, 20]
    assert curve["waiting"].tolist() == pytest.approx([1, 4 / 5, 4 / 5 * 1 / 3])
    assert curve["at_risk"].tolist() == [5, 5, 3]
    assert median_wait(curve) == 20
    assert median_wait(survival(np.array([5, 9]), np.array([False, False]))) is None


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Two concerns and a step, one dialogue of three meetings; a law is said to work, and found not to."""
    return Script(
        meetings=("m1 2020-01-10", "m2 2021-01-10", "m3 2022-01-10", "other 2021-06-01 @d2"),
        links=("step addresses concern-a",),
        events=(
            "2020-01-10 concern-a raises r @m1",
            "2020-01-10 concern-b raises rx @m1",
            "2020-06-01 step promises a",
            "2021-01-10 concern-a discusses a @m2",
            "2021-03-01 step adopts i",
            "2021-09-01 step applies a",
            "2021-12-01 concern-a persists i",
            "2022-01-10 concern-b discusses a @m3",
        ),
    ).ledger()


def test_claim_gap(ledger: Ledger) -> None:
    """The government says that the law works (4); the independent account has the law (3) and the problem."""
    gaps = claim_gap(ledger, DAY).set_index("item_id")
    assert list(gaps.loc["concern-a", ["acting_level", "independent_level", "gap"]]) == [4, 3, 1]
    assert list(gaps.loc["concern-a", ["acting_event", "independent_event"]]) == ["e6", "e5"]
    assert str(gaps.loc["concern-a", "since"])[:10] == "2021-09-01"
    assert gaps.loc["concern-b", "gap"] == 0


def test_silence(ledger: Ledger) -> None:
    grid = status_grid(ledger, DAY)
    second = silence(ledger, grid, "m2")
    assert second["item_id"].tolist() == ["concern-b"]
    assert list(second.loc[0, ["last_meeting", "last_named_by", "meetings_since", "days_since", "known"]]) == [
        "m1",
        "raising",
        1,
        366,
        "acting",
    ]
    third = silence(ledger, grid, "m3")
    assert third["item_id"].tolist() == ["concern-a"], "adopted is not settled"
    assert third.loc[0, "last_meeting"] == "m2"
    assert silence(ledger, grid, "m1").empty
    assert silence(ledger, grid, "other").empty, "another dialogue's meetings do not count"
    with pytest.raises(KeyError):
        silence(ledger, grid, "nowhere")


def test_what_each_side_named(ledger: Ledger) -> None:
    grid = status_grid(ledger, DAY)
    first = named_at(ledger, grid, "m1").set_index("item_id")
    assert list(first.loc["concern-a"]) == ["unknown", "unknown", "named"]
    assert full_text_voices(ledger, "m1") == 2, "the partner's text was read in full"
    second = named_at(ledger, grid, "m2").set_index("item_id")
    assert list(second.loc["concern-a"]) == ["named", "unknown", "unknown"]


@pytest.mark.parametrize(("published", "voices"), [("2023-12-31", 0), ("2024-01", 2), ("2024-01-02", 2), ("", 2)])
def test_a_text_from_before_the_meeting_is_no_account_of_it(published: str, voices: int) -> None:
    plain = Script(events=["2024-01-01 concern-a raises r @m1"]).ledger()
    dated = replace(plain, tables={**plain.tables, "sources": plain.sources.assign(published=published)})
    assert full_text_voices(dated, "m1") == voices


def test_waiting_times(ledger: Ledger) -> None:
    times = waiting_times(ledger, bearing_steps(ledger), DAY).set_index("item_id")
    assert times.index.tolist() == ["concern-a", "concern-b"], "steps do not wait"
    assert list(times.loc["concern-a", ["stepped", "days_to_step", "effective"]]) == [True, 143, False]
    assert list(times.loc["concern-b", ["stepped", "days_to_step"]]) == [False, 1817]
    earlier = waiting_times(ledger, bearing_steps(ledger), np.datetime64("2020-03-01")).set_index("item_id")
    assert list(earlier.loc["concern-a", ["stepped", "days_to_step"]]) == [False, 51]


def test_waits_by_group_keep_those_who_wait(ledger: Ledger) -> None:
    times = waiting_times(ledger, bearing_steps(ledger), DAY)
    alone = waiting_by(times, times["item_id"])
    assert alone["group"].tolist() == ["concern-a", "concern-b"]
    assert alone["waiting"].tolist() == [0, 1]
    assert alone["days_to_step"].tolist()[0] == 143
    assert np.isnan(alone["days_to_step"].iloc[1])
    together = waiting_by(times, times["item_id"].str[:7])
    assert list(together.loc[0, ["group", "concerns", "waiting", "days_to_step"]]) == ["concern", 2, 1, 143]


def test_the_meetings_around_a_day(ledger: Ledger) -> None:
    columns = [0, 1, 3, 2]
    assert last_held(ledger, columns, np.datetime64("2021-01-10")) == 1
    assert last_held(ledger, columns, np.datetime64("2019-12-31")) is None
    assert upcoming(ledger, columns, np.datetime64("2021-01-10")) == [3]
    assert upcoming(ledger, columns, DAY) == []
    assert [previous_held(ledger, at) for at in columns] == [None, 0, None, 1], "each in its own dialogue"
    assert series_up_to(ledger, 1) == [0, 1]


def test_a_planned_meeting_that_did_not_come_is_named() -> None:
    ledger = Script(meetings=("m1 2020-01-01", "m2 2021 planned", "m3 2030 planned")).ledger()
    assert upcoming(ledger, [0, 1, 2], DAY) == [2], "what lies ahead comes first"
    assert upcoming(ledger, [0, 1], DAY) == [1]
    assert last_held(ledger, [0, 1, 2], DAY) == 0


def test_what_became_of_promises() -> None:
    ledger = Script(
        meetings=("m1 2020-01-10",),
        links=("step addresses concern-a",),
        events=(
            "2019-01-01 concern-a raises r",
            "2020-01-10 concern-a promises a @m1",
            "2020-01-10 concern-b acknowledges j @m1",
            "2021-01-01 step adopts i +2022-05-01",
        ),
        stall_after_months=120,
    ).ledger()
    later = promises_at(ledger, "m1", status_on(ledger, DAY))
    assert later["event_id"].tolist() == ["e2", "e3"]
    assert later["status"].tolist() == ["adopted", "promised"]
    assert later["outcome"].tolist() == ["e4", ""], "the second rests on the promise itself"
    assert later["since"].tolist() == ["2021-01-01", "2020-01-10"]
    assert promises_at(ledger, "m1", status_on(ledger, np.datetime64("2020-01-09"))).empty
    known = np.datetime64("2025-12-31")  # before the promises were recorded
    assert promises_at(ledger, "m1", status_on(ledger, DAY, known_at=known), known).empty


def test_who_named_an_item_and_how_often() -> None:
    ledger = Script(
        meetings=("m1 2020-01-10", "m2 2021-01-10", "u1 2019 @review"),
        events=(
            "2018 concern-a raises ix",
            "2020-01-10 concern-a raises r @m1",
            "2020-01-10 concern-a discusses a @m1",
            "2021-01-10 concern-a welcomes r @m2",
            "2019 concern-a raises i @u1",
            "2019-05-01 concern-a persists i",
        ),
    ).ledger()
    found = namings(ledger, "concern-a", DAY)
    assert found.to_numpy().tolist() == [
        ["d1", 2, "2020-01-10", "2021-01-10", "acting;raising"],
        ["", 1, "2018", "2018", "independent"],
        ["review", 1, "2019", "2019", "independent"],
    ]
    assert namings(ledger, "concern-a", np.datetime64("2019-06-30"))["dialogue_id"].tolist() == [""]
    assert naming_events(ledger, "m1", DAY).tolist() == [1, 2]
    assert naming_events(ledger, "m1", np.datetime64("2020-01-09")).tolist() == []


def test_chain_leaves_out_what_was_not_known_and_marks_what_a_voice_does_not_tell() -> None:
    ledger = Script(
        events=(
            "2020-01-10 concern-a raises r +2020-02-01",
            "2021-01-10 concern-a promises a",
            "2022 concern-a context i",
        )
    ).ledger()
    known = np.datetime64("2021-06-01")
    early = chain(ledger, bearing_steps(ledger, known_at=known), "concern-a", DAY, known_at=known)
    assert [link.event_id for link in early] == ["e1"]
    heard = chain(ledger, bearing_steps(ledger, "independent"), "concern-a", DAY)
    assert [(link.event_id, link.unheard) for link in heard] == [("e1", False), ("e2", True), ("e3", False)]


def test_chain_tells_the_events_in_order_and_which_decides(ledger: Ledger) -> None:
    grid = status_grid(ledger, DAY)
    at = list(grid.item_ids).index("concern-a"), list(grid.meeting_ids).index("m3")
    links = chain(ledger, bearing_steps(ledger), "concern-a", grid.meeting_days[at[1]], int(grid.event[at]))
    assert [link.event_id for link in links] == ["e1", "e3", "e4", "e5", "e6", "e7"]
    assert [link.event_id for link in links if link.decides] == ["e5"]
    assert [link.via for link in links] == ["", "step", "", "step", "step", ""]
    assert [link.event_id for link in links if link.capped] == ["e6"], "only the government says that it works"
    assert links[0].evidence[0].voice == "raising"
    with pytest.raises(KeyError):
        chain(ledger, bearing_steps(ledger), "nothing", DAY)


def test_selection_filters_items_and_columns(ledger: Ledger) -> None:
    now = status_grid(ledger, DAY).status[:, 2]
    assert item_mask(ledger, Selection(kind=("concern",)), now).sum() == 2
    assert item_mask(ledger, Selection(kind=("setback",)), now).sum() == 0
    assert item_mask(ledger, Selection(kind=("setback",)), now, without="kind").sum() == 3
    assert text_mask(ledger, "event 8").tolist() == [
        identifier == "concern-b" for identifier in ledger.items["item_id"]
    ]
    assert meeting_columns(ledger, Selection(dialogue=("d2",))).tolist() == [3]
    assert meeting_columns(ledger, Selection()).tolist() == [0, 1, 3, 2], "in order of time"


def test_selection_survives_its_own_address(ledger: Ledger) -> None:
    asked = Selection(
        dialogue=("d1",),
        area=("area",),
        kind=("concern", "setback"),
        voice="acting",
        as_of=date(2024, 2, 29),
        known_at=date(2025, 1, 1),
        q="a b",
    )
    query: dict[str, list[str]] = {}
    for name, value in asked.query():
        query.setdefault(name, []).append(value)
    assert Selection.from_query(query, ledger) == (asked, [])
    wrong = {"area": ["nowhere"], "voice": ["nobody"], "as_of": ["2024-13"]}
    assert Selection.from_query(wrong, ledger) == (
        Selection(),
        [("area", "nowhere"), ("voice", "nobody"), ("as_of", "2024-13")],
    )


def test_the_curators_report_names_what_is_thin(ledger: Ledger) -> None:
    found = {finding.title: list(finding.names) for finding in curation_report(ledger)}
    assert found["concerns that no reform step or setback bears on"] == ["concern-b"]
    assert found["events with a source without a locator"] == [f"e{number}" for number in range(1, 9)]
    assert found["meetings held at which no event is recorded"] == ["other"]
    assert found["links without a note"] == ["step -> concern-a"]
