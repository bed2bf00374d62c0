"""Waiting time: from a concern's first day on record to the first forward step, and to effect."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from components import words
from components.charts.waiting import waiting_curves
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import listed, note, show
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection
from components.ledger.waiting import median_wait, survival, waiting_times
from components.words import _, ngettext

_DAYS_A_YEAR = 365.25


def waiting_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    mask = shared.shown(ledger, selection)
    times = waiting_times(ledger, shared.steps(ledger, selection), selection.day(shared.today()))
    times = times[times["item_id"].isin(set(ledger.items.loc[mask, "item_id"]))].reset_index(drop=True)
    sub = filters.sentence(ledger, selection, len(times))
    show("page_head.html", key="head", title=_("How long do concerns wait for an answer?"), sub=sub)
    if times.empty:
        show("nothing.html", key="nothing", sentence=sub)
        return
    curves = {
        _("no forward step yet"): survival(times["days_to_step"].to_numpy(), times["stepped"].to_numpy()),
        _("not in effect yet"): survival(times["days_to_effect"].to_numpy(), times["effective"].to_numpy()),
    }
    longest = int(times[["days_to_step", "days_to_effect"]].to_numpy().max())
    st.plotly_chart(
        waiting_curves(curves, longest, _("years since first on record"), _("share still waiting")),
        key="waiting",
        config={"displayModeBar": False},
        alt=_("Two falling curves: the share of concerns without a forward step and without effect, by years waited."),
    )
    note(
        " ".join([_median(times, curves), _("Concerns still waiting are counted as waiting, not left out.")]),
        key="note-1",
    )
    titles = ledger.titles("items")
    csv_button("waiting-time", lambda: times.assign(title=times["item_id"].map(titles)))
    ordered = times.sort_values(["stepped", "days_to_step"], ascending=[True, False], kind="stable")
    rows: list[dict[Any, Any]] = [
        {
            "title": titles[row["item_id"]],
            "href": page_address("items", selection, item=row["item_id"]),
            "since": words.date_words(str(row["since"])[:10]),
            "step": _years(row["days_to_step"], row["stepped"]),
            "effect": _years(row["days_to_effect"], row["effective"]),
        }
        for row in ordered.to_dict("records")
    ]
    show("waiting.html", key="waiting-list", rows=listed(rows, "waiting-listed"))


def _median(times: pd.DataFrame, curves: dict[str, pd.DataFrame]) -> str:
    half = median_wait(next(iter(curves.values())))
    waiting = int(np.count_nonzero(~times["stepped"]))
    still = ngettext(
        "{n} concern is still waiting for a first step.", "{n} concerns are still waiting for a first step.", waiting
    )
    if half is None:
        return _("More than half are still waiting.") + " " + still.format(n=waiting)
    return (
        _("Half had a first step within {years} years.").format(years=f"{half / _DAYS_A_YEAR:.1f}")
        + " "
        + still.format(n=waiting)
    )


def _years(days: int, happened: bool) -> str:
    years = f"{days / _DAYS_A_YEAR:.1f}"
    return _("{years} years").format(years=years) if happened else _("waiting for {years} years").format(years=years)


waiting_page(shared.ledger(), st.session_state["selection"])
