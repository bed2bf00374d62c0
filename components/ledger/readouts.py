"""What each side's account of a meeting names, and where its silence is only unknown (clause 7)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.ledger import dates
from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid, events_until, opening
from components.ledger.sourcelist import parse_sources
from components.ledger.vocabulary import NAMING_VOICES, VOICE_BIT

Positions = npt.NDArray[np.int64]


def full_text_voices(ledger: Ledger, meeting_id: str) -> int:
    """The voices of which an account of the meeting was read to its end, as a bit set (clause 7).

    A text published before the meeting, such as an announcement or the statement of an earlier round, is cited for what
    was planned; it is no account of the meeting, and its silence says nothing.
    """
    meeting = ledger.meetings[ledger.meetings["meeting_id"] == meeting_id]
    events = ledger.events.loc[ledger.events["meeting_id"] == meeting_id, "sources"]
    cited = {citation.source_id for cell in [*meeting["sources"], *events] for citation in parse_sources(cell)[0]}
    full = ledger.sources[ledger.sources["source_id"].isin(cited) & (ledger.sources["extent"] == "full")]
    begins, published = dates.periods(meeting["date"])[0], dates.periods(full["published"])[1]
    bits = 0
    for source in full.loc[~(published < begins), "source_id"]:
        bits |= ledger.source_voice_bits[source]
    return bits


def naming_events(
    ledger: Ledger, meeting_id: str, day: np.datetime64, known_at: np.datetime64 | None = None
) -> Positions:
    """The opening events of a meeting that count by a day (positions in ``events``, in table order)."""
    mask = (
        (ledger.events["meeting_id"] == meeting_id).to_numpy() & opening(ledger) & events_until(ledger, day, known_at)
    )
    return np.flatnonzero(mask)


def named_at(ledger: Ledger, grid: StatusGrid, meeting_id: str) -> pd.DataFrame:
    """What was named at a meeting, by whom: a row for each item named there, in table order.

    Columns: item_id (str); acting, raising, independent (str): 'named', 'not named' or 'unknown' - unknown where no
    account of that voice was read to its end.
    """
    at = int(np.flatnonzero(grid.meeting_ids == meeting_id)[0])
    named = grid.named[:, at]
    full = full_text_voices(ledger, meeting_id)
    rows = np.flatnonzero(named)
    frame = pd.DataFrame({"item_id": grid.item_ids[rows]})
    for voice in NAMING_VOICES:
        bit = VOICE_BIT[voice]
        silence = "not named" if full & bit else "unknown"
        frame[voice] = np.where(named[rows] & bit, "named", silence)
    return frame
