"""Two accounts: where the government's account and the independent one differ, by how much and on what evidence."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import words
from components.charts.claim_gap import claim_gap_chart
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import listed, note, show
from components.ledger.claimgap import claim_gap
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection
from components.ledger.vocabulary import LEVELS
from components.words import _, ngettext

_DRAWN = 60
"""Rows of the chart: the widest gaps; the list below has the others."""


def accounts_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    mask = shared.shown(ledger, selection)
    shown = set(ledger.items.loc[mask, "item_id"])
    gaps = claim_gap(ledger, selection.day(shared.today()))
    gaps = gaps[gaps["item_id"].isin(shown)].reset_index(drop=True)
    gaps.insert(1, "title", gaps["item_id"].map(ledger.titles("items")))
    apart = gaps[gaps["gap"] != 0].reset_index(drop=True)
    show(
        "page_head.html",
        key="head",
        title=_("Where do the government’s account and the independent one differ?"),
        sub=filters.sentence(ledger, selection, int(mask.sum()))
        + " · "
        + ngettext("{n} of {all} stands apart", "{n} of {all} stand apart", len(apart)).format(
            n=len(apart), all=len(gaps)
        ),
    )
    if apart.empty:
        show("nothing.html", key="nothing", sentence=_("No item shown has two accounts that differ."))
        return
    drawn = apart.head(_DRAWN)
    st.plotly_chart(
        claim_gap_chart(
            drawn,
            drawn["title"].tolist(),
            [words.status_label(level) for level in LEVELS],
            _("the government’s account"),
            _("the independent account"),
        ),
        key="gap",
        config={"displayModeBar": False},
        alt=_("For each item the level by the government’s account and by the independent one. The table lists them."),
    )
    note(
        _(
            "Each account counts only events that a source of that voice reports; that a matter was raised counts for "
            "both. A gap says that the accounts differ, not which is right."
        ),
        key="note-1",
    )
    csv_button("claim-gap", lambda: gaps)
    events, kinds = ledger.records("events"), {name: row["kind"] for name, row in ledger.records("items").items()}
    rows: list[dict[Any, Any]] = [
        {
            **row,
            "kind": kinds[row["item_id"]],
            "href": page_address("items", selection, item=row["item_id"]),
            "acting_says": events[row["acting_event"]]["summary"],
            "independent_says": events[row["independent_event"]]["summary"],
            "since_words": words.date_words(str(row["since"])[:10]),
        }
        for row in apart.to_dict("records")
    ]
    show("gaps.html", key="gaps", rows=listed(rows, "gaps-listed"))


accounts_page(shared.ledger(), st.session_state["selection"])
