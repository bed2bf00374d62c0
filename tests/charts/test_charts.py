"""The figures draw what the frames say; how they look is judged by people."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from components.charts.claim_gap import claim_gap_chart
from components.charts.flow import flow_chart
from components.charts.silence import SilenceWords, silence_chart
from components.charts.status_by_meeting import status_by_meeting
from components.charts.waiting import waiting_curves
from components.ledger.vocabulary import STATUSES
from components.ledger.waiting import survival

WORDS = SilenceWords(named="named", not_named="not named", unknown="unknown", silence="silence")


def test_a_silence_runs_from_the_last_naming_to_the_last_meeting() -> None:
    days = np.array(["2020-01-01", "2021-01-01", "2022-01-01"], dtype="datetime64[D]")
    named = np.array([[True, False, False], [True, True, False]])
    figure = silence_chart(["a", "b"], days, ["m1", "m2", "m3"], named, [True, False, True], WORDS)
    lines, *marks = figure.data
    assert [None if x is None else str(x)[:10] for x in lines.x] == [
        "2020-01-01",
        "2022-01-01",
        None,
        "2021-01-01",
        "2022-01-01",
        None,
    ]
    assert {mark.name: len(mark.x) for mark in marks} == {"named": 3, "not named": 2, "unknown": 1}


@pytest.mark.parametrize("count", [1, 2, 9])
def test_words_beside_the_bands_stand_in_order_and_do_not_overlap(count: int) -> None:
    pairs = {(status, "raised"): 1 + at for at, status in enumerate(STATUSES[:count])}
    figure = flow_chart(pairs, str)
    left = [note for note in figure.layout.annotations if note.xanchor == "right"]
    assert [note.text.split()[1] for note in left] == list(STATUSES[:count])
    places = [note.y for note in left]
    assert places == sorted(places, reverse=True)
    assert 0 < min(places) <= max(places) < 1
    assert all(first - second > 0.03 for first, second in pairwise(places))
    assert list(figure.data[0].link.value) == list(pairs.values())


def test_a_planned_meeting_is_hatched_and_too_many_labels_are_thinned() -> None:
    counts = pd.DataFrame({status: [0] * 150 for status in STATUSES})
    counts["raised"] = 3
    figure = status_by_meeting(counts, [f"m{at}" for at in range(150)], [False] * 149 + [True], str)
    assert sum(len(trace.x) for trace in figure.data) == 150
    (hatched,) = [trace for trace in figure.data if trace.marker.pattern.shape]
    assert list(hatched.x) == [149]
    assert len(figure.layout.xaxis.tickvals) <= 60


def test_a_gap_is_drawn_from_the_one_account_to_the_other() -> None:
    gaps = pd.DataFrame({"acting_level": [4, 1], "independent_level": [3, 2]})
    figure = claim_gap_chart(gaps, ["x", "y"], ["0", "1", "2", "3", "4"], "acting", "independent")
    assert [tuple(trace.x) for trace in figure.data if trace.mode == "lines"] == [(3, 4), (2, 1)]
    assert {trace.name: list(trace.x) for trace in figure.data if trace.name} == {
        "independent": [3, 2],
        "acting": [4, 1],
    }


def test_curves_go_on_to_the_longest_wait() -> None:
    curve = survival(np.array([365, 730]), np.array([True, False]))
    (drawn,) = waiting_curves({"area": curve}, 1461, "years", "share").data
    assert drawn.x[-1] == pytest.approx(4, abs=0.01)
    assert list(drawn.y) == [1, 0.5, 0.5]
