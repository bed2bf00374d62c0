"""Claim gap: by how much the acting government's account of an item stands above the independent account."""

from __future__ import annotations

import numpy as np
import pandas as pd

from components.ledger.dataset import Ledger
from components.ledger.rule import status_on


def claim_gap(ledger: Ledger, day: np.datetime64, known_at: np.datetime64 | None = None) -> pd.DataFrame:
    """Every item of which both accounts exist on the day: a row each, the widest gap first, then in table order.

    Columns: item_id (str); acting_level, independent_level, gap (int, gap = acting minus independent); acting_status,
    independent_status (str); acting_since, independent_since (datetime64[D]); acting_event, independent_event (event
    identifiers, str); since (datetime64[D]): the day from which both stand as they do.
    """
    accounts = {voice: status_on(ledger, day, voice, known_at) for voice in ("acting", "independent")}
    both = np.flatnonzero((accounts["acting"].level[:, 0] >= 0) & (accounts["independent"].level[:, 0] >= 0))
    event_ids = ledger.events["event_id"].to_numpy(dtype=object)
    frame = pd.DataFrame({"item_id": accounts["acting"].item_ids[both]})
    for voice, grid in accounts.items():
        frame[f"{voice}_level"] = grid.level[both, 0].astype(np.int64)
        frame[f"{voice}_status"] = grid.status_names()[both, 0]
        frame[f"{voice}_since"] = grid.since[both, 0]
        frame[f"{voice}_event"] = event_ids[grid.event[both, 0]]
    frame["gap"] = frame["acting_level"] - frame["independent_level"]
    frame["since"] = frame[["acting_since", "independent_since"]].max(axis=1)
    return frame.sort_values("gap", ascending=False, kind="stable").reset_index(drop=True)
