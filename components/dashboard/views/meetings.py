"""Meetings: the list of those shown, or one with what each side's account names."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components import words
from components.dashboard import frames, shared
from components.dashboard.addresses import page_address
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import show
from components.dashboard.proofs import asked_for
from components.ledger.dataset import Ledger
from components.ledger.proof import evidence_of
from components.ledger.readouts import full_text_voices, named_at
from components.ledger.selection import Selection, meeting_columns
from components.ledger.sourcelist import parse_sources
from components.ledger.vocabulary import voices_of
from components.words import _, ngettext


def meetings_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the list or, with ``meeting`` in the address, the meeting."""
    asked = asked_for(ledger, selection, "meetings", "meeting", _("There is no such meeting"))
    if asked:
        meeting_page(ledger, selection, asked)
    else:
        meeting_list(ledger, selection)


def meeting_list(ledger: Ledger, selection: Selection) -> None:
    """The meetings shown, the latest first."""
    columns = meeting_columns(ledger, selection)[::-1]
    grid = shared.grid(ledger, selection)
    mask = shared.shown(ledger, selection)
    count = ngettext("{n} meeting", "{n} meetings", len(columns)).format(n=len(columns))
    chosen = (
        _("of the dialogues chosen")
        if selection.dialogue
        else _("of the core dialogues; choose others under “Kind, status, dialogue”")
    )
    show("page_head.html", key="head", title=_("Meetings"), sub=f"{count} {chosen}")
    csv_button("meetings", lambda: frames.meetings_frame(ledger, columns))
    dialogues = ledger.titles("dialogues")
    listed = []
    for at in map(int, columns):
        meeting = ledger.meetings.iloc[at]
        named = int(np.count_nonzero(grid.named[mask, at]))
        listed.append(
            {
                **meeting.to_dict(),
                "dialogue": dialogues[meeting["dialogue_id"]],
                "href": page_address("meetings", selection, meeting=meeting["meeting_id"]),
                "named": ngettext("{n} item named", "{n} items named", named).format(n=named),
            }
        )
    show("meetings.html", key="meetings", meetings=listed)


def meeting_page(ledger: Ledger, selection: Selection, meeting_id: str) -> None:
    """One meeting: its facts, its public accounts, and what was named there by whom."""
    meeting = ledger.records("meetings")[meeting_id]
    show(
        "meeting.html",
        key="meeting",
        meeting=meeting,
        dialogue=ledger.records("dialogues")[meeting["dialogue_id"]],
        evidence=evidence_of(ledger, parse_sources(meeting["sources"])[0]),
        selection=selection,
    )
    grid = shared.grid(ledger, selection)
    mask = shared.shown(ledger, selection)
    named = named_at(ledger, grid, meeting_id)
    named = named[named["item_id"].isin(grid.item_ids[mask])].reset_index(drop=True)
    items, areas = ledger.records("items"), ledger.titles("areas")
    at = int(np.flatnonzero(grid.meeting_ids == meeting_id)[0])
    status = dict(zip(grid.item_ids, grid.status_names()[:, at], strict=True))
    rows = [
        {
            **row,
            "title": items[row["item_id"]]["title"],
            "kind": items[row["item_id"]]["kind"],
            "area": areas[items[row["item_id"]]["area_id"]],
            "status": status[row["item_id"]],
            "href": page_address("items", selection, item=row["item_id"], meeting=meeting_id),
        }
        for row in named.to_dict("records")
    ]
    full = voices_of(full_text_voices(ledger, meeting_id))
    read = _(", ").join(words.voice_label(voice).lower() for voice in full)
    sub = (
        _("Accounts read to the end: {voices}. Where none was, silence is unknown.").format(voices=read)
        if full
        else _("No account of this meeting was read to the end, so silence is unknown for every side.")
    )
    show("named.html", key="named", rows=rows, sub=sub)
    if rows:
        csv_button(f"named-{meeting_id}", lambda: named.assign(title=named["item_id"].map(ledger.titles("items"))))


meetings_page(shared.ledger(), st.session_state["selection"])
