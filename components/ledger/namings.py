"""Who has named an item, where and how often: by series of meetings, and outside any of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from components.ledger.dataset import Ledger
from components.ledger.rule import events_until, opening
from components.ledger.vocabulary import voices_of

Rows = list[dict[str, object]]
COLUMNS = ["dialogue_id", "times", "first", "last", "voices"]


def namings(ledger: Ledger, item_id: str, day: np.datetime64, known_at: np.datetime64 | None = None) -> pd.DataFrame:
    """The opening events of an item up to a day: a row for each dialogue, the one that named it most often first.

    Columns: dialogue_id (str, '' for what was said outside any meeting); times (int: meetings of the dialogue, or
    events outside any); first, last (str: dates as in ``events``); voices (str, ``;`` between them).
    """
    mask = (ledger.events["item_id"] == item_id).to_numpy() & opening(ledger) & events_until(ledger, day, known_at)
    last = ledger.event_periods[1]
    found = ledger.events[mask].assign(bits=ledger.event_voice_bits[mask], counts=last[mask])
    found["dialogue_id"] = found["meeting_id"].map(ledger.meetings.set_index("meeting_id")["dialogue_id"]).fillna("")
    rows: Rows = []
    for dialogue, group in found.sort_values("counts", kind="stable").groupby("dialogue_id", sort=False):
        rows.append(
            {
                "dialogue_id": dialogue,
                "times": group["meeting_id"].nunique() if dialogue else len(group),
                "first": group["date"].iloc[0],
                "last": group["date"].iloc[-1],
                "voices": ";".join(voices_of(int(np.bitwise_or.reduce(group["bits"].to_numpy())))),
            }
        )
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.sort_values("times", ascending=False, kind="stable").reset_index(drop=True)
