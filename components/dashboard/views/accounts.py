"""Two accounts: where the government's account and the independent one differ, by how much and on what evidence."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.charts.claim_gap import claim_gap_chart
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.figures import credit, show_figure
from components.dashboard.fragments import listed, nothing, show
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
    gaps = claim_gap(ledger, selection.day(shared.today()), selection.known_day())
    gaps = gaps[gaps["item_id"].isin(shown)].reset_index(drop=True)
    gaps.insert(1, "title", gaps["item_id"].map(ledger.titles("items")))
    apart = gaps[gaps["gap"] != 0].reset_index(drop=True)
    sub = filters.sentence(ledger, selection, int(mask.sum()))
    count = ngettext("{n} of {all} stands apart", "{n} of {all} stand apart", len(apart))
    sub += " · " + count.format(n=len(apart), all=len(gaps))
    title = _("Where do the government’s account and the independent one differ?")
    show("page_head.html", key="head", title=title, sub=sub)
    if apart.empty:
        nothing(_("No item shown has two accounts that differ."), _("No difference on record"))
        return
    drawn = apart.head(_DRAWN)
    show_figure(
        claim_gap_chart(
            drawn,
            drawn["title"].tolist(),
            [words.status_label(level) for level in LEVELS],
            _("the government’s account"),
            _("the independent account"),
        ),
        "claim-gap",
        question=_("How far apart are the two accounts?"),
        sub=sub,
        how=_(
            "Each account counts only events that a source of that voice reports; that a matter was raised counts for "
            "both. A line says that the accounts differ and by how much, not which is right."
        ),
        table=lambda: _twin(apart),
        credit=credit(ledger, selection),
    )
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


def _twin(gaps: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Item"): gaps["title"],
            _("Gap"): gaps["gap"],
            words.voice_label("acting"): gaps["acting_status"].map(words.status_label),
            words.voice_label("independent"): gaps["independent_status"].map(words.status_label),
            _("Since"): gaps["since"].astype(str),
        }
    )


accounts_page(shared.ledger(), st.session_state["selection"])
