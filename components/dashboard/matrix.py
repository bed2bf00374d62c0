"""The status matrix: items by meetings as an accessible table, each cell a way to its proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from components import words
from components.charts.palette import FILL, INK
from components.dashboard import addresses, shared
from components.dashboard.fragments import read_asset, status_css
from components.dashboard.meeting_words import meeting_label, meeting_title
from components.ledger.agenda import held_by
from components.ledger.changes import CHANGES, changes, column
from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection
from components.ledger.vocabulary import KINDS, STATUSES, SYMBOLS, voices_of
from components.words import _

ROWS_A_PAGE = 400
_ATTENTION = (
    "reversed",
    "rejected",
    "stalled",
    "raised",
    "promised",
    "unclear",
    "under_way",
    "adopted",
    "in_effect",
    "closed",
)
"""What needs attention comes first."""

_COMPONENT = st.components.v2.component(
    "follow_through_matrix",
    html="<div class='matrix' tabindex='-1'></div><div class='pictures'></div>",
    css=read_asset("base.css") + status_css() + read_asset("picture.css") + read_asset("matrix.css"),
    js=read_asset("links.js") + read_asset("picture.js") + read_asset("matrix_picture.js") + read_asset("matrix.js"),
)


def attention_order(ledger: Ledger, mask: npt.NDArray[np.bool_], now: StatusGrid) -> npt.NDArray[np.int64]:
    """Rows to show: by area in table order, within an area what needs attention first, then the longest standing."""
    rank = np.array([_ATTENTION.index(status) for status in STATUSES] + [len(_ATTENTION)])
    rows = np.flatnonzero(mask)
    areas = {area: at for at, area in enumerate(ledger.areas["area_id"])}
    area = ledger.items["area_id"].map(areas).to_numpy()[rows]
    kind = ledger.items["kind"].map({kind: at for at, kind in enumerate(KINDS)}).to_numpy()[rows]
    return rows[np.lexsort((_since(now)[rows], rank[now.status[rows, 0]], kind, area))]


def oldest_order(mask: npt.NDArray[np.bool_], now: StatusGrid) -> npt.NDArray[np.int64]:
    """Rows to show by the day since which they stand as they do, the oldest first; those not on record come last."""
    rows = np.flatnonzero(mask)
    return rows[np.argsort(_since(now)[rows], kind="stable")]


def _since(now: StatusGrid) -> npt.NDArray[np.int64]:
    return np.where(now.level[:, 0] >= 0, now.since[:, 0].astype(np.int64), np.iinfo(np.int64).max)


def matrix_data(
    ledger: Ledger,
    grid: StatusGrid,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    selection: Selection,
    selected: tuple[str, str] | None,
    picture: dict[str, Any],
) -> dict[str, Any]:
    """Everything the table shows, as plain data: rows by area and kind, columns, and a list of numbers for each cell.

    A cell is [status, voices that named it, direction since the column before, stalled by rule]. ``picture``: words for
    the picture of it.
    """
    meetings, items = ledger.meetings, ledger.items
    areas = ledger.titles("areas")
    is_held = held_by(ledger, selection.day(shared.today()))
    tiers = {name: dialogue["tier"] for name, dialogue in ledger.records("dialogues").items()}
    moves = np.zeros((len(items), len(columns)), dtype=np.int8)
    for at in range(1, len(columns)):
        moved = changes(column(grid, columns[at - 1]), column(grid, columns[at]))
        moves[:, at] = np.select([moved == change for change in CHANGES[:3]], [1, 2, 3], default=0)
    cells = np.stack(
        [
            grid.status[:, columns],
            grid.named[:, columns].astype(np.int8),
            moves,
            grid.by_rule[:, columns].astype(np.int8),
        ],
        axis=2,
    )
    groups: list[dict[str, Any]] = []
    for row in rows:
        item = items.iloc[row]
        if not groups or groups[-1]["id"] != item["area_id"]:
            groups.append({"id": item["area_id"], "title": areas[item["area_id"]], "sections": []})
        sections = groups[-1]["sections"]
        if not sections or sections[-1]["kind"] != item["kind"]:
            sections.append({"kind": item["kind"], "title": words.kinds_label(item["kind"]), "rows": []})
        sections[-1]["rows"].append(
            {
                "id": item["item_id"],
                "title": item["title"],
                "href": addresses.page_address("items", selection, item=item["item_id"]),
                "cells": cells[row].tolist(),
            }
        )
    return {
        "columns": [
            {
                "id": meetings["meeting_id"].iloc[at],
                "label": meeting_label(ledger, at),
                "title": meeting_title(ledger, at),
                "tier": tiers[meetings["dialogue_id"].iloc[at]],
                "year": str(ledger.meeting_days[at].astype("datetime64[Y]")),
                "sure": bool(is_held[at]),
                "href": addresses.page_address("meetings", selection, meeting=meetings["meeting_id"].iloc[at]),
            }
            for at in map(int, columns)
        ],
        "groups": groups,
        "statuses": {
            kind: [
                {"name": s, "symbol": SYMBOLS[s], "label": words.label(s, kind), "fill": FILL[s], "ink": INK[s]}
                for s in STATUSES
            ]
            for kind in KINDS
        },
        "namings": [
            "",
            *(_("Named by: {voices}").format(voices=words.speakers(voices_of(bits))) for bits in range(1, 8)),
        ],
        "moves": {kind: _move_words(kind) for kind in KINDS},
        "selected": list(selected) if selected else None,
        "picture": picture,
        "words": {
            "corner": _("Item"),
            "empty": _("not yet on record"),
            "byRule": _("No forward step for a long time: stalled by rule"),
            "table": _("Status of each item at each meeting"),
        },
    }


def _move_words(kind: str) -> list[str]:
    """The directions of a cell in words; the advance of a setback is no progress."""
    if kind == "setback":
        return ["", _("Advanced since the meeting before"), _("Receded since the meeting before"), _("New")]
    return ["", _("Moved forward since the meeting before"), _("Went backward since the meeting before"), _("New")]


def show_matrix(data: dict[str, Any], key: str, on_cell: Callable[[str, str], None]) -> None:
    """Show the table. A cell that is picked is handed to ``on_cell`` (item, meeting) before the page runs again."""

    def picked() -> None:
        cell = st.session_state[key].cell
        if cell:
            on_cell(*cell)

    _COMPONENT(key=key, data=data, on_cell_change=picked)
