"""Questions asked of the ledger: what changed between two days, and what each side's account of a meeting names."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid
from components.ledger.sourcelist import parse_sources
from components.ledger.vocabulary import LEVELS, NAMING_VOICES, SIDES, VOICE_BIT

CHANGES = ("forward", "backward", "new", "unchanged")

_STANDING = {"stalled": -1, "rejected": -2, "reversed": -3}
"""Below every level: to stall, be rejected or be reversed is a step back from any level, in this order."""


def _standing(level: npt.NDArray[np.int8], side: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
    """One number to compare two statuses by. Closed and unclear keep the level's: they say nothing of direction."""
    fixed = np.array([0, *(_STANDING.get(name, 0) for name in SIDES)])[side]
    return np.where(fixed < 0, fixed, level.astype(np.int64))


def changes(
    before: tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]], after: tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]
) -> npt.NDArray[np.object_]:
    """How each item moved between two days, given as (level, side) arrays: one of CHANGES, '' if not on record."""
    was, now = _standing(*before), _standing(*after)
    known_before, known_after = before[0] >= 0, after[0] >= 0
    return np.select(
        [~known_after, ~known_before, now > was, now < was],
        ["", "new", "forward", "backward"],
        default="unchanged",
    ).astype(object)


def column(grid: StatusGrid, position: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """The (level, side) arrays of one column of a grid."""
    return grid.level[:, position], grid.side[:, position]


def full_text_voices(ledger: Ledger, meeting_id: str) -> int:
    """The voices of which an account of the meeting was read to its end, as a bit set (clause 7)."""
    meeting = ledger.meetings.loc[ledger.meetings["meeting_id"] == meeting_id, "sources"]
    events = ledger.events.loc[ledger.events["meeting_id"] == meeting_id, "sources"]
    cited = {citation.source_id for cell in [*meeting, *events] for citation in parse_sources(cell)[0]}
    full = ledger.sources.loc[
        ledger.sources["source_id"].isin(cited) & (ledger.sources["extent"] == "full"), "source_id"
    ]
    bits = 0
    for source in full:
        bits |= ledger.source_voice_bits[source]
    return bits


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


def counts_by_status(status: npt.NDArray[np.int8]) -> dict[str, int]:
    """How many items have each status, in the order of STATUSES; items not on record are left out."""
    names = LEVELS + SIDES
    numbers = np.bincount(status[status >= 0], minlength=len(names))
    return {name: int(number) for name, number in zip(names, numbers, strict=True)}
