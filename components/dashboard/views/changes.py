"""Changes: how items moved between any two meetings, and which items are behind each move."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import streamlit as st

from components import words
from components.charts.flow import flow_chart
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import choose_meeting
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import note, show
from components.ledger.changes import CHANGES, changes, column
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection, meeting_columns
from components.words import _


def changes_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    grid = shared.grid(ledger, selection)
    columns = [int(at) for at in meeting_columns(ledger, selection)]
    mask = shared.shown(ledger, selection)
    concerns_only = not selection.kind
    if concerns_only:
        mask = mask & (ledger.items["kind"] == "concern").to_numpy()
    sub = filters.sentence(ledger, selection, int(mask.sum()))
    if concerns_only:
        sub += " · " + _("concerns only; choose a kind above for others")
    show("page_head.html", key="head", title=_("What moved between two meetings?"), sub=sub)
    held = [at for at in columns if ledger.meetings["status"].iloc[at] == "held"]
    if len(held) < 2 or not mask.any():
        show("nothing.html", key="nothing", sentence=sub)
        return
    with st.container(horizontal=True):
        first = choose_meeting(_("From"), "from", ledger, columns, _before(ledger, held))
        second = choose_meeting(_("To"), "to", ledger, columns, held[-1])
    names = grid.status_names()
    moved = changes(column(grid, first), column(grid, second))
    on_record = mask & (names[:, second] != "")
    pairs = Counter(zip(names[on_record, first], names[on_record, second], strict=True))
    st.plotly_chart(
        flow_chart(pairs, words.status_label),
        key="flow",
        config={"displayModeBar": False},
        alt=_("Bands from the statuses at the first meeting to those at the second. The table below lists every item."),
    )
    note(_("Read it from left to right: a band is as thick as the number of items that moved that way."), key="note-1")
    frame = pd.DataFrame(
        {
            "item_id": ledger.items["item_id"],
            "title": ledger.items["title"],
            "change": moved,
            "before": names[:, first],
            "after": names[:, second],
        }
    )[on_record]
    csv_button("changes", lambda: frame)
    labels = {"forward": _("Moved forward"), "backward": _("Went backward"), "new": _("New on record")}
    kinds = dict(zip(ledger.items["item_id"], ledger.items["kind"], strict=True))
    groups = [
        {
            "title": labels[change],
            "rows": [
                {
                    **row,
                    "kind": kinds[row["item_id"]],
                    "href": page_address(
                        "items", selection, item=row["item_id"], meeting=str(grid.meeting_ids[second])
                    ),
                }
                for row in frame[frame["change"] == change].to_dict("records")
            ],
        }
        for change in CHANGES[:3]
    ]
    unchanged = int(np.count_nonzero(frame["change"] == "unchanged"))
    show("moves.html", key="moves", title=_("Which items?"), sub=_("Unchanged: {n}").format(n=unchanged), groups=groups)


def _before(ledger: Ledger, held: list[int]) -> int:
    """The meeting before the last one: of the same dialogue, if there is one."""
    dialogue = ledger.meetings["dialogue_id"]
    same = [at for at in held[:-1] if dialogue.iloc[at] == dialogue.iloc[held[-1]]]
    return same[-1] if same else held[-2]


changes_page(shared.ledger(), st.session_state["selection"])
