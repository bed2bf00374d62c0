"""Two accounts: where the government's account and the independent one differ, by how much and on what evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from components import words
from components.charts.claim_gap import claim_gap_chart
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import Choice, show_choices
from components.dashboard.figures import credit, show_figure
from components.dashboard.fragments import listed, nothing, show
from components.ledger.claimgap import claim_gap
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection
from components.ledger.vocabulary import KINDS, LEVELS
from components.words import _, ngettext

_DRAWN = 60
"""Rows of the chart: the widest gaps; the list below has the others."""


def accounts_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    mask = shared.shown(ledger, selection)
    shown = set(ledger.items.loc[mask, "item_id"])
    gaps = claim_gap(ledger, selection.day(shared.today()), selection.known_day())
    gaps.insert(1, "title", gaps["item_id"].map(ledger.titles("items")))
    compared = gaps[gaps["item_id"].isin(shown)]
    apart = compared[compared["gap"] != 0].reset_index(drop=True)
    sub = filters.sentence(ledger, selection, int(mask.sum()))
    count = ngettext("{n} of {all} stands apart", "{n} of {all} stand apart", len(apart))
    sub += " · " + count.format(n=len(apart), all=len(compared))
    title = _("Where do the government’s account and the independent one differ?")
    show("page_head.html", key="head", title=title, sub=sub)
    if apart.empty:
        nothing(_("No item shown has two accounts that differ."), _("No difference on record"))
        return
    drawn, kind = shared.counted_together(ledger, ledger.items["item_id"].isin(apart["item_id"]).to_numpy())
    of_kind = apart[apart["item_id"].isin(ledger.items.loc[drawn, "item_id"])].reset_index(drop=True)
    choices = _kind_choices(ledger, selection, gaps, kind)
    show_choices("kinds", _("The chart shows:"), choices)
    widest = of_kind.head(_DRAWN)
    show_figure(
        claim_gap_chart(
            widest,
            widest["title"].tolist(),
            [words.label(level, kind) for level in LEVELS],
            _("the government’s account"),
            _("the independent account"),
        ),
        "claim-gap",
        question=_("How far apart are the two accounts?"),
        sub=f"{words.kinds_label(kind)}: {len(of_kind)} · {sub}",
        how=_(
            "Each account counts only events that a source of that voice reports; that a matter was raised counts for "
            "both. A line says that the accounts differ and by how much, not which is right."
        ),
        table=lambda: _twin(of_kind, kind),
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


def _kind_choices(ledger: Ledger, selection: Selection, gaps: pd.DataFrame, chosen: str) -> list[Choice]:
    """The kinds of which two accounts differ, each as a link to the page with that kind alone."""
    items = ledger.items[shared.shown(ledger, replace(selection, kind=()))]
    apart = items["item_id"].isin(gaps.loc[gaps["gap"] != 0, "item_id"])
    counts = items.loc[apart, "kind"].value_counts()
    return [
        Choice(
            f"{words.kinds_label(kind)} ({counts[kind]})",
            page_address("accounts", replace(selection, kind=(kind,))),
            kind == chosen,
        )
        for kind in KINDS
        if kind in counts
    ]


def _twin(gaps: pd.DataFrame, kind: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Item"): gaps["title"],
            _("Gap"): gaps["gap"],
            words.voice_label("acting"): [words.label(status, kind) for status in gaps["acting_status"]],
            words.voice_label("independent"): [words.label(status, kind) for status in gaps["independent_status"]],
            _("Since"): gaps["since"].astype(str),
        }
    )


accounts_page(shared.ledger(), st.session_state["selection"])
