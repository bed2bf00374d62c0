"""What the acting side promised at a meeting, and what became of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid, events_until

PROMISING = ("acknowledges", "promises")


def promises_at(
    ledger: Ledger, meeting_id: str, now: StatusGrid, known_at: np.datetime64 | None = None
) -> pd.DataFrame:
    """The acknowledgements and promises made at a meeting: a row each, in table order.

    ``now``: the statuses on the viewing day (one column) with the same ``known_at``. Columns, all str: event_id,
    item_id; status and since: how the item stands on that day; outcome: the event on which that rests, empty if it is
    still the promise itself or if nothing counts yet.
    """
    events = ledger.events
    mask = ((events["meeting_id"] == meeting_id) & events["effect"].isin(PROMISING)).to_numpy()
    mask = mask & events_until(ledger, now.meeting_days[0], known_at)
    made = np.flatnonzero(mask)
    item = ledger.event_item[made]
    deciding = now.event[item, 0]
    event_ids = events["event_id"].to_numpy(dtype=object)
    since = np.datetime_as_string(now.since[item, 0], unit="D")
    return pd.DataFrame(
        {
            "event_id": event_ids[made],
            "item_id": now.item_ids[item],
            "status": now.status_names()[item, 0],
            "since": np.where(now.level[item, 0] >= 0, since, ""),
            "outcome": np.where((deciding >= 0) & (deciding != made), event_ids[deciding], ""),
        },
        dtype=object,
    )
