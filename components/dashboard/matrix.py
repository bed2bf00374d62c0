"""The status matrix: items by meetings as an accessible table, each cell a way to its proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from components import words
from components.dashboard import addresses
from components.dashboard.fragments import read_asset, status_css
from components.ledger.changes import CHANGES, changes, column
from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection
from components.ledger.vocabulary import KINDS, STATUSES, SYMBOLS, voices_of
from components.words import _

ROWS_A_PAGE = 200
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
    html="<div class='matrix' tabindex='-1'></div>",
    css=read_asset("base.css") + status_css() + read_asset("matrix.css"),
    js=read_asset("links.js") + read_asset("matrix.js"),
)


def meeting_label(ledger: Ledger, position: int) -> str:
    """Short label of a meeting: its series, its number if it has one, its month."""
    meeting = ledger.meetings.iloc[position]
    series = ledger.records("dialogues")[meeting["dialogue_id"]]["short_title"]
    date = meeting["date"]
    when = f"{words.month_label(int(date[5:7]))[:3]} {date[:4]}" if len(date) > 4 else date
    name = f"{series} {meeting['number']}".strip()
    return f"{name} · {when}"


def meeting_title(ledger: Ledger, position: int) -> str:
    """A meeting in words: title, time, and whether it is known to have taken place."""
    meeting = ledger.meetings.iloc[position]
    text = f"{meeting['title']}, {words.period_words(meeting['date'], meeting['end_date'])}"
    return text if meeting["status"] == "held" else f"{text} ({words.meeting_status_label(meeting['status'])})"


def attention_order(ledger: Ledger, mask: npt.NDArray[np.bool_], now: StatusGrid) -> npt.NDArray[np.int64]:
    """Rows to show: by area in table order, within an area what needs attention first, then the longest standing."""
    rank = np.array([_ATTENTION.index(status) for status in STATUSES] + [len(_ATTENTION)])
    rows = np.flatnonzero(mask)
    areas = {area: at for at, area in enumerate(ledger.areas["area_id"])}
    area = ledger.items["area_id"].map(areas).to_numpy()[rows]
    kind = ledger.items["kind"].map({kind: at for at, kind in enumerate(KINDS)}).to_numpy()[rows]
    since = np.where(now.level[rows, 0] >= 0, now.since[rows, 0].astype(np.int64), np.iinfo(np.int64).max)
    return rows[np.lexsort((since, rank[now.status[rows, 0]], kind, area))]


def matrix_data(
    ledger: Ledger,
    grid: StatusGrid,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    selection: Selection,
    selected: tuple[str, str] | None,
) -> dict[str, Any]:
    """Everything the table shows, as plain data: groups of rows, columns, and a list of numbers for each cell.

    A cell is [status, voices that named it, direction since the column before, stalled by rule].
    """
    meetings, items = ledger.meetings, ledger.items
    areas = ledger.titles("areas")
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
            groups.append({"id": item["area_id"], "title": areas[item["area_id"]], "rows": []})
        groups[-1]["rows"].append(
            {
                "id": item["item_id"],
                "kind": item["kind"],
                "title": item["title"],
                "badge": "" if item["kind"] == "concern" else words.kind_label(item["kind"]),
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
                "year": str(ledger.meeting_days[at].astype("datetime64[Y]")),
                "sure": meetings["status"].iloc[at] == "held",
                "href": addresses.page_address("meetings", selection, meeting=meetings["meeting_id"].iloc[at]),
            }
            for at in map(int, columns)
        ],
        "groups": groups,
        "statuses": {
            kind: [{"name": s, "symbol": SYMBOLS[s], "label": words.label(s, kind)} for s in STATUSES] for kind in KINDS
        },
        "namings": [
            "",
            *(_("Named by: {voices}").format(voices=words.speakers(voices_of(bits))) for bits in range(1, 8)),
        ],
        "moves": [
            "",
            _("Moved forward since the meeting before"),
            _("Went backward since the meeting before"),
            _("New"),
        ],
        "selected": list(selected) if selected else None,
        "words": {
            "corner": _("Item"),
            "empty": _("not yet on record"),
            "byRule": _("No forward step for a long time: stalled by rule"),
            "table": _("Status of each item at each meeting"),
        },
    }


def show_matrix(data: dict[str, Any], key: str, on_cell: Callable[[str, str], None]) -> None:
    """Show the table. A cell that is picked is handed to ``on_cell`` (item, meeting) before the page runs again."""

    def picked() -> None:
        cell = st.session_state[key].cell
        if cell:
            on_cell(*cell)

    _COMPONENT(key=key, data=data, on_cell_change=picked)
