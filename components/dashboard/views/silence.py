"""Silence: concerns named before at a dialogue, still open, and not named at a later meeting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import words
from components.charts.silence import SilenceWords, silence_chart
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import choose_meeting
from components.dashboard.downloads import csv_button
from components.dashboard.figures import credit, show_figure
from components.dashboard.fragments import listed, nothing, show
from components.dashboard.meeting_words import meeting_label, meeting_title
from components.ledger.agenda import held_by, series_up_to
from components.ledger.dataset import Ledger, positions
from components.ledger.readouts import full_text_voices
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection, meeting_columns
from components.ledger.silence import silence
from components.ledger.vocabulary import voices_of
from components.words import _, ngettext

_DAYS_A_YEAR = 365.25
_DRAWN = 40
"""Rows of the chart: the longest silences; the list below has the others."""


def silence_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    grid = shared.grid(ledger, selection)
    mask = shared.shown(ledger, selection)
    is_held = held_by(ledger, selection.day(shared.today()))
    held = [int(at) for at in meeting_columns(ledger, selection) if is_held[at]]
    sub = filters.sentence(ledger, selection, int(mask.sum()))
    show("page_head.html", key="head", title=_("What was named before and not any more?"), sub=sub)
    if not held:
        nothing(_("No meeting shown is known to have taken place by the viewing day."), _("No meeting to ask about"))
        return
    at = choose_meeting(_("Not named at"), "at", ledger, held, held[-1])
    meeting_id = str(grid.meeting_ids[at])
    silent = silence(ledger, grid, meeting_id)
    silent = silent[silent["item_id"].isin(set(grid.item_ids[mask]))].reset_index(drop=True)
    if silent.empty:
        sentence = _("Every open concern named earlier in this dialogue was named there.")
        nothing(sentence, _("Nothing fell silent there"))
        return
    known = voices_of(full_text_voices(ledger, meeting_id))
    caveat = (
        _("Accounts of the last meeting read to the end: {voices}.").format(voices=words.speakers(known))
        if known
        else _("No account of the last meeting was read to the end: whether these were named there is unknown.")
    )
    drawn = silent.head(_DRAWN)
    show_figure(
        _chart(ledger, grid, drawn, at),
        "silence-chart",
        question=_("Since when have these concerns not been named?"),
        sub=f"{meeting_title(ledger, at)} · {sub}",
        how=_("A filled mark is a meeting that named the concern, the line the silence since the last of them.")
        + " "
        + caveat,
        table=lambda: _twin(ledger, silent),
        credit=credit(ledger, selection),
    )
    _list(ledger, selection, grid, silent, at)


def _chart(ledger: Ledger, grid: StatusGrid, silent: pd.DataFrame, at: int) -> go.Figure:
    series = np.array(series_up_to(ledger, at))
    rows = positions(grid.item_ids, silent["item_id"])
    titles = ledger.titles("items")
    return silence_chart(
        [titles[item] for item in silent["item_id"]],
        ledger.meeting_days[series],
        [meeting_label(ledger, one) for one in series.tolist()],
        grid.named[np.ix_(rows, series)] > 0,
        [full_text_voices(ledger, str(grid.meeting_ids[one])) > 0 for one in series.tolist()],
        SilenceWords(
            named=_("named"),
            not_named=_("not named"),
            unknown=_("unknown: no account read to the end"),
            silence=_("silence"),
        ),
    )


def _twin(ledger: Ledger, silent: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Concern"): silent["item_id"].map(ledger.titles("items")),
            _("Last named at"): silent["last_meeting"].map(ledger.titles("meetings")),
            _("By"): [words.speakers(voices.split(";")) for voices in silent["last_named_by"]],
            _("Meetings since"): silent["meetings_since"],
            _("Years of silence"): [_years(days) for days in silent["days_since"]],
        }
    )


def _years(days: int) -> str:
    return f"{days / _DAYS_A_YEAR:.1f}"


def _list(ledger: Ledger, selection: Selection, grid: StatusGrid, silent: pd.DataFrame, at: int) -> None:
    titles, meetings = ledger.titles("items"), ledger.records("meetings")
    status = dict(zip(grid.item_ids, grid.status_names()[:, at], strict=True))
    rows: list[dict[Any, Any]] = [
        {
            **row,
            "title": titles[row["item_id"]],
            "href": page_address("items", selection, item=row["item_id"]),
            "status": status[row["item_id"]],
            "last": meetings[row["last_meeting"]]["title"],
            "last_href": page_address("meetings", selection, meeting=row["last_meeting"]),
            "by": words.speakers(row["last_named_by"].split(";")),
            "years": _years(row["days_since"]),
            "count": ngettext("{n} meeting ago", "{n} meetings ago", row["meetings_since"]).format(
                n=row["meetings_since"]
            ),
        }
        for row in silent.to_dict("records")
    ]
    sub = ngettext("{n} concern, the longest silence first", "{n} concerns, the longest silence first", len(rows))
    show("question.html", key="which", title=_("Which concerns?"), sub=sub.format(n=len(rows)), legend=None)
    csv_button(
        "silence",
        lambda: silent.assign(title=silent["item_id"].map(titles), meeting_id=grid.meeting_ids[at]),
        _("All concerns as CSV"),
    )
    show("silence.html", key="silence", rows=listed(rows, "silence-listed"))


silence_page(shared.ledger(), st.session_state["selection"])
