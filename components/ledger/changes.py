"""What changed between two days, and how many items stood where on one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from components.ledger.rule import StatusGrid
from components.ledger.vocabulary import LEVELS, SIDES

CHANGES = ("forward", "backward", "new", "unchanged")

_STANDING = {"stalled": -1, "rejected": -2, "reversed": -2}
"""Below every level: to stall is a step back from any level, to be rejected or reversed a step further back."""


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
    recovers = (now > was) & (now >= 0)  # from one side state to a milder one nothing has moved forward
    return np.select(
        [~known_after, ~known_before, recovers, now < was],
        ["", "new", "forward", "backward"],
        default="unchanged",
    ).astype(object)


def column(grid: StatusGrid, position: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """The (level, side) arrays of one column of a grid."""
    return grid.level[:, position], grid.side[:, position]


def counts_by_status(status: npt.NDArray[np.int8]) -> dict[str, int]:
    """How many items have each status, in the order of STATUSES; items not on record are left out."""
    names = LEVELS + SIDES
    numbers = np.bincount(status[status >= 0], minlength=len(names))
    return {name: int(number) for name, number in zip(names, numbers, strict=True)}
