"""Meetings: the list of those shown, or one with what each side's account names, what moved and what was promised."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from components import words
from components.dashboard import frames, shared
from components.dashboard.addresses import page_address
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import linked, show
from components.dashboard.meeting_words import meeting_title
from components.dashboard.moves import move_groups, moves_between
from components.dashboard.proofs import asked_for
from components.dashboard.titles import page_title
from components.ledger.agenda import previous_held
from components.ledger.dataset import Ledger
from components.ledger.promises import promises_at
from components.ledger.proof import evidence_of
from components.ledger.readouts import full_text_voices, named_at, naming_events
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection, meeting_columns
from components.ledger.sourcelist import parse_sources
from components.ledger.vocabulary import NAMING_VOICES, VOICE_BIT, voices_of
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
    """One meeting: its facts and accounts, what each named, what was promised, what moved since the one before."""
    meeting = ledger.records("meetings")[meeting_id]
    page_title(meeting["title"])
    show(
        "meeting.html",
        key="meeting",
        meeting=meeting,
        dialogue=ledger.records("dialogues")[meeting["dialogue_id"]],
        evidence=evidence_of(ledger, parse_sources(meeting["sources"])[0]),
        selection=selection,
    )
    grid = shared.grid(ledger, selection)
    at = int(np.flatnonzero(grid.meeting_ids == meeting_id)[0])
    _named(ledger, selection, grid, at)
    _promised(ledger, selection, meeting_id)
    _moved(ledger, selection, grid, at)


def _named(ledger: Ledger, selection: Selection, grid: StatusGrid, at: int) -> None:
    """The accounts side by side: each item with what each side's text says of it."""
    meeting_id = str(grid.meeting_ids[at])
    mask = shared.shown(ledger, selection)
    named = named_at(ledger, grid, meeting_id)
    named = named[named["item_id"].isin(grid.item_ids[mask])].reset_index(drop=True)
    said = _said(ledger, selection, meeting_id)
    items, areas = ledger.records("items"), ledger.titles("areas")
    status = dict(zip(grid.item_ids, grid.status_names()[:, at], strict=True))
    rows = [
        {
            **row,
            "title": items[row["item_id"]]["title"],
            "kind": items[row["item_id"]]["kind"],
            "area": areas[items[row["item_id"]]["area_id"]],
            "status": status[row["item_id"]],
            "said": {voice: said.get((row["item_id"], voice), []) for voice in NAMING_VOICES},
            "href": page_address("items", selection, item=row["item_id"], meeting=meeting_id),
        }
        for row in named.to_dict("records")
    ]
    voices = ["acting", "raising"] + (["independent"] if (named["independent"] == "named").any() else [])
    groups = _by_side(rows)
    full = voices_of(full_text_voices(ledger, meeting_id))
    read = _(", ").join(words.voice_label(voice).lower() for voice in full)
    sub = (
        _("Accounts read to the end: {voices}. Where none was, silence is unknown.").format(voices=read)
        if full
        else _("No account of this meeting was read to the end, so silence is unknown for every side.")
    )
    show("named.html", key="named", groups=groups, voices=voices, sub=sub)
    if rows:
        titles = ledger.titles("items")
        csv_button(
            f"named-{meeting_id}", lambda: named.assign(title=named["item_id"].map(titles)), _("What was named as CSV")
        )


def _by_side(rows: list[dict[Any, Any]]) -> list[dict[str, Any]]:
    """The items named at a meeting by the sides that named them; where a side's silence is unknown, nobody is alone."""
    titles = {
        (True, True): (_("Named by both sides"), _("Named by both sides")),
        (True, False): (_("Named by the government only"), _("Named by the government")),
        (False, True): (_("Named by its partners only"), _("Named by its partners")),
        (False, False): (_("Named by others only"), _("Named by others")),
    }
    groups = []
    for sides, (alone, at_least) in titles.items():
        chosen = [row for row in rows if (row["acting"] == "named", row["raising"] == "named") == sides]
        if chosen:
            is_unknown = "unknown" in (chosen[0]["acting"], chosen[0]["raising"])  # the same for a whole meeting
            groups.append({"title": at_least if is_unknown else alone, "rows": chosen})
    return groups


def _said(ledger: Ledger, selection: Selection, meeting_id: str) -> dict[tuple[str, str], list[str]]:
    """What the accounts of a meeting say of an item, by item and voice."""
    said: dict[tuple[str, str], list[str]] = {}
    day = selection.day(shared.today())
    for event in naming_events(ledger, meeting_id, day, selection.known_day()):
        row = ledger.events.iloc[event]
        for voice in NAMING_VOICES:
            if ledger.event_voice_bits[event] & VOICE_BIT[voice]:
                said.setdefault((row["item_id"], voice), []).append(row["summary"])
    return said


def _promised(ledger: Ledger, selection: Selection, meeting_id: str) -> None:
    """What the acting side promised there, and how that stands on the viewing day."""
    promised = promises_at(ledger, meeting_id, shared.now(ledger, selection), selection.known_day())
    if promised.empty:
        return
    events, items = ledger.records("events"), ledger.records("items")
    rows: list[dict[Any, Any]] = [
        {
            **row,
            "promise": events[row["event_id"]]["summary"],
            "kind": items[row["item_id"]]["kind"],
            "title": items[row["item_id"]]["title"],
            "href": page_address("items", selection, item=row["item_id"]),
            "told": events[row["outcome"]]["summary"] if row["outcome"] else "",
            "since_words": words.date_words(row["since"]),
        }
        for row in promised.to_dict("records")
    ]
    show("promised.html", key="promised", rows=rows)
    titles = ledger.titles("items")
    csv_button(
        f"promises-{meeting_id}", lambda: promised.assign(title=promised["item_id"].map(titles)), _("Promises as CSV")
    )


def _moved(ledger: Ledger, selection: Selection, grid: StatusGrid, at: int) -> None:
    """What moved since the previous meeting of the same dialogue."""
    before = previous_held(ledger, at)
    if before is None:
        return
    previous, this = str(grid.meeting_ids[before]), str(grid.meeting_ids[at])
    address = page_address("changes", selection, **{"from": previous, "to": this})
    sub = linked(
        _("Since {meeting} · {all}"),
        meeting=(meeting_title(ledger, before), page_address("meetings", selection, meeting=previous)),
        all=(_("as a chart"), address),
    )
    groups = move_groups(
        ledger, selection, moves_between(grid, before, grid, at), shared.shown(ledger, selection), this
    )
    title = _("What had moved since the meeting before?")
    show("moves.html", key="moved", title=title, sub=sub, groups=groups, at_once=8)


meetings_page(shared.ledger(), st.session_state["selection"])
