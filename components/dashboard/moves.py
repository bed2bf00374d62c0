"""What moved between two days: by kind and direction, never mixed, as the template ``moves.html`` lists it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from components.dashboard.addresses import page_address
from components.ledger.changes import CHANGES, changes, column
from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection
from components.words import _


@dataclass(frozen=True)
class Moves:
    """How each item moved (one of ``changes``' words, a row of ``items``), with its status before and after."""

    moved: npt.NDArray[np.object_]
    before: npt.NDArray[np.object_]
    after: npt.NDArray[np.object_]


def moves_between(before: StatusGrid, first: int, after: StatusGrid, second: int) -> Moves:
    """The moves from one column of a grid to one column of another."""
    return Moves(
        changes(column(before, first), column(after, second)),
        before.status_names()[:, first],
        after.status_names()[:, second],
    )


def move_groups(
    ledger: Ledger, selection: Selection, moves: Moves, mask: npt.NDArray[np.bool_], meeting: str = ""
) -> list[dict[str, Any]]:
    """The items under the mask by kind and direction; links lead to the item at ``meeting``, or on the viewing day."""
    items = ledger.items
    kind = items["kind"].to_numpy()
    forward, backward, new = (moves.moved == change for change in CHANGES[:3])
    by_kind = {
        "concern": [
            (_("Moved forward"), forward),
            (_("Stalled or went backward"), backward),
            (_("New on record"), new),
        ],
        "reform_step": [
            (_("Reform steps taken further or new"), forward | new),
            (_("Reform steps stalled or undone"), backward),
        ],
        "setback": [(_("Setbacks that advanced or are new"), forward | new)],
    }
    groups = [
        (title, chosen & (kind == one))
        for one, changed in by_kind.items()
        if (mask & (kind == one)).any()
        for title, chosen in changed
    ]
    return [
        {
            "title": title,
            "rows": [
                {
                    "title": items["title"].iloc[at],
                    "kind": items["kind"].iloc[at],
                    "before": moves.before[at],
                    "after": moves.after[at],
                    "href": page_address("items", selection, item=items["item_id"].iloc[at], meeting=meeting),
                }
                for at in np.flatnonzero(mask & chosen)
            ],
        }
        for title, chosen in groups
    ]
