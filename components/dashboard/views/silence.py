"""Silence: concerns named before at a dialogue, still open, and not named at a later meeting."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import words
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import choose_meeting
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import listed, note, show
from components.ledger.dataset import Ledger
from components.ledger.readouts import full_text_voices
from components.ledger.selection import Selection, meeting_columns
from components.ledger.silence import silence
from components.ledger.vocabulary import voices_of
from components.words import _, ngettext

_DAYS_A_YEAR = 365.25


def silence_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    grid = shared.grid(ledger, selection)
    mask = shared.shown(ledger, selection)
    held = [int(at) for at in meeting_columns(ledger, selection) if ledger.meetings["status"].iloc[at] == "held"]
    show(
        "page_head.html",
        key="head",
        title=_("What was named before and not any more?"),
        sub=filters.sentence(ledger, selection, int(mask.sum())),
    )
    if not held:
        show("nothing.html", key="nothing", sentence=_("No meeting shown is known to have taken place."))
        return
    at = choose_meeting(_("Not named at"), "at", ledger, held, held[-1])
    meeting_id = str(grid.meeting_ids[at])
    silent = silence(ledger, grid, meeting_id)
    silent = silent[silent["item_id"].isin(set(grid.item_ids[mask]))].reset_index(drop=True)
    known = voices_of(full_text_voices(ledger, meeting_id))
    note(
        _("Accounts of that meeting read to the end: {voices}.").format(voices=words.speakers(known))
        if known
        else _("No account of that meeting was read to the end: whether these were named there is unknown."),
        key="note-1",
    )
    if silent.empty:
        show(
            "nothing.html",
            key="nothing",
            sentence=_("Every open concern named earlier in this dialogue was named there."),
        )
        return
    titles, meetings = ledger.titles("items"), ledger.records("meetings")
    names = grid.status_names()[:, at]
    status = dict(zip(grid.item_ids, names, strict=True))
    csv_button("silence", lambda: silent.assign(title=silent["item_id"].map(titles), meeting_id=meeting_id))
    longest = int(silent["days_since"].max())
    rows: list[dict[Any, Any]] = [
        {
            **row,
            "title": titles[row["item_id"]],
            "href": page_address("items", selection, item=row["item_id"]),
            "status": status[row["item_id"]],
            "last": meetings[row["last_meeting"]]["title"],
            "last_href": page_address("meetings", selection, meeting=row["last_meeting"]),
            "by": words.speakers(row["last_named_by"].split(";")),
            "years": f"{row['days_since'] / _DAYS_A_YEAR:.1f}",
            "share": round(100 * row["days_since"] / longest) if longest else 0,
            "count": ngettext("{n} meeting ago", "{n} meetings ago", row["meetings_since"]).format(
                n=row["meetings_since"]
            ),
        }
        for row in silent.to_dict("records")
    ]
    show("silence.html", key="silence", rows=listed(rows, "silence-listed"))


silence_page(shared.ledger(), st.session_state["selection"])
