"""Silence: concerns named at an earlier meeting of a dialogue, still open, and not named at this one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from components.ledger.agenda import series_up_to
from components.ledger.dataset import Ledger
from components.ledger.readouts import full_text_voices
from components.ledger.rule import StatusGrid
from components.ledger.vocabulary import STATUSES, voices_of

_SETTLED = [STATUSES.index("in_effect"), STATUSES.index("closed")]


def silence(ledger: Ledger, grid: StatusGrid, meeting_id: str) -> pd.DataFrame:
    """The silent concerns of a meeting: a row each, the longest silent first.

    ``grid`` covers all meetings. Columns: item_id, last_meeting (str: the last earlier meeting of the dialogue at which
    it was named); last_named_by (str: voices, ``;`` between them); meetings_since (int: meetings of the dialogue held
    after that one, up to and with this); days_since (int); known (str: the voices of which an account of this meeting
    was read to its end; without any the silence is unknown). Raises KeyError for an unknown meeting.
    """
    at = _position(grid, meeting_id)
    earlier = series_up_to(ledger, at)[:-1]
    named_before = grid.named[:, earlier] > 0
    open_ = (grid.level[:, at] >= 0) & ~np.isin(grid.status[:, at], _SETTLED)
    concerns = (ledger.items["kind"] == "concern").to_numpy()
    silent = concerns & open_ & (grid.named[:, at] == 0) & named_before.any(axis=1)
    known = ";".join(voices_of(full_text_voices(ledger, meeting_id)))
    rows = []
    for item in np.flatnonzero(silent):
        last = int(np.flatnonzero(named_before[item])[-1])
        days = ledger.meeting_days[at] - ledger.meeting_days[earlier[last]]
        rows.append(
            {
                "item_id": grid.item_ids[item],
                "last_meeting": grid.meeting_ids[earlier[last]],
                "last_named_by": ";".join(voices_of(int(grid.named[item, earlier[last]]))),
                "meetings_since": len(earlier) - last,
                "days_since": int(days.astype(np.int64)),
                "known": known,
            }
        )
    columns = ["item_id", "last_meeting", "last_named_by", "meetings_since", "days_since", "known"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values("days_since", ascending=False, kind="stable").reset_index(drop=True)


def _position(grid: StatusGrid, meeting_id: str) -> int:
    found = np.flatnonzero(grid.meeting_ids == meeting_id)
    if not len(found):
        raise KeyError(meeting_id)
    return int(found[0])
