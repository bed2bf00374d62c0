"""The meeting before a day and the one after it, and the series a meeting stands in."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from components.ledger.dataset import Ledger


def held_by(ledger: Ledger, day: np.datetime64) -> npt.NDArray[np.bool_]:
    """Which meetings are known to have taken place by the day (bool, one a row of ``meetings``)."""
    return np.asarray((ledger.meetings["status"] == "held").to_numpy() & (ledger.meeting_days <= day), dtype=bool)


def last_held(ledger: Ledger, columns: Iterable[int], day: np.datetime64) -> int | None:
    """The last of the meetings (positions in order of time) known to have taken place by the day, None if none was."""
    is_held = held_by(ledger, day)
    held = [int(at) for at in columns if is_held[at]]
    return held[-1] if held else None


def upcoming(ledger: Ledger, columns: Iterable[int], day: np.datetime64) -> list[int]:
    """The next of the meetings (positions in order of time) after the day.

    If there is none, those planned for a time that has passed, of which it is not known that they took place.
    """
    ordered = [int(at) for at in columns]
    after = [at for at in ordered if ledger.meeting_days[at] > day]
    return after[:1] or [at for at in ordered if ledger.meetings["status"].iloc[at] == "planned"]


def previous_held(ledger: Ledger, position: int) -> int | None:
    """The last meeting of the same dialogue held before a meeting, None if there was none."""
    earlier = series_up_to(ledger, position)[:-1]
    return earlier[-1] if earlier else None


def series_up_to(ledger: Ledger, position: int) -> list[int]:
    """The meetings of the same dialogue held up to one of them, and that one (positions in order of time)."""
    same = (ledger.meetings["dialogue_id"] == ledger.meetings["dialogue_id"].iloc[position]).to_numpy()
    held = (ledger.meetings["status"] == "held").to_numpy()
    order = np.argsort(ledger.meeting_days, kind="stable")
    series = [int(one) for one in order if same[one] and (held[one] or one == position)]
    return series[: series.index(position) + 1]
