"""Items: the list that the filters show, or the story of one item."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from components import words
from components.charts.timeline import lane_of, timeline
from components.dashboard import filters, frames, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import Choice, show_choices
from components.dashboard.downloads import csv_button
from components.dashboard.figures import credit, show_figure
from components.dashboard.fragments import listed, nothing, show
from components.dashboard.matrix import attention_order, oldest_order
from components.dashboard.meeting_words import meeting_title
from components.dashboard.proofs import Cell, asked_for, explain, show_proof
from components.dashboard.references import with_links
from components.dashboard.titles import page_title
from components.ledger.dataset import Ledger
from components.ledger.namings import namings
from components.ledger.proof import evidence_of
from components.ledger.selection import Selection, meeting_columns
from components.ledger.vocabulary import voices_of
from components.words import _


def items_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the list or, with ``item`` in the address, the item."""
    asked = asked_for(ledger, selection, "items", "item", _("There is no such item"))
    if asked:
        item_page(ledger, selection, asked)
    else:
        item_list(ledger, selection)


def item_list(ledger: Ledger, selection: Selection) -> None:
    """The items under the filters, what needs attention first."""
    now = shared.now(ledger, selection)
    mask = shared.shown(ledger, selection)
    by_age = st.query_params.get("order") == "oldest"
    rows = oldest_order(mask, now) if by_age else attention_order(ledger, mask, now)
    show("page_head.html", key="head", title=_("Items"), sub=filters.sentence(ledger, selection, len(rows)))
    if not len(rows):
        nothing(filters.sentence(ledger, selection, 0))
        return
    areas = ledger.titles("areas")
    names = now.status_names()[:, 0]
    orders = {"": _("by issue area, what needs attention first"), "oldest": _("the longest standing first")}
    show_choices(
        "order",
        _("Order:"),
        (
            Choice(word, page_address("items", selection, order=name), (name == "oldest") == by_age)
            for name, word in orders.items()
        ),
    )
    csv_button("items", lambda: frames.items_frame(ledger, now, rows))
    shown = [
        {
            "title": ledger.items["title"].iloc[at],
            "kind": ledger.items["kind"].iloc[at],
            "area": areas[ledger.items["area_id"].iloc[at]],
            "status": names[at],
            "since": "" if now.level[at, 0] < 0 else str(now.since[at, 0]),
            "by_rule": bool(now.by_rule[at, 0]),
            "href": page_address("items", selection, item=ledger.items["item_id"].iloc[at]),
            "rests_on": ledger.events["summary"].iloc[event] if event >= 0 else "",
            "evidence": evidence_of(ledger, ledger.citations[event]) if event >= 0 else (),
        }
        for at, event in ((at, int(now.event[at, 0])) for at in listed(rows, "items-listed"))
    ]
    show("items.html", key="items", rows=shown)


def item_page(ledger: Ledger, selection: Selection, item_id: str) -> None:
    """One item: what it is, its chain of events, its links, and its status at each meeting with the reason."""
    item = ledger.records("items")[item_id]
    meeting = asked_for(ledger, selection, "meetings", "meeting", _("There is no such meeting"))
    page_title(item["title"])
    translations = [
        (column.rpartition("_")[2], title) for column, title in item.items() if column.startswith("title_") and title
    ]
    show(
        "item.html",
        key="item",
        item=item,
        area=ledger.titles("areas")[item["area_id"]],
        translations=translations,
        note=with_links(ledger, selection, item["note"]),
        selection=selection,
    )
    cell = explain(ledger, selection, item_id, meeting)
    _timeline(ledger, selection, item, cell)
    story, beside = st.columns([0.58, 0.42], gap="large")
    with story:
        show_proof(ledger, selection, cell, "story", is_panel=False)
        csv_button(item_id, lambda: frames.chain_frame(cell.links), _("Download these events as CSV"))
    with beside:
        _across(ledger, selection, item_id)
        _namings(ledger, selection, item_id)
    _links(ledger, selection, item_id)


def _timeline(ledger: Ledger, selection: Selection, item: dict[str, str], cell: Cell) -> None:
    lanes = {
        "named": _("named"),
        "decided": _("decided"),
        "practice": _("in practice"),
        "backward": _("went backward"),
    }
    drawn = [link for link in cell.links if lane_of(link)]
    if not drawn:
        return

    def table() -> pd.DataFrame:
        told = [(words.date_words(link.date), lanes[lane_of(link)], link.summary) for link in drawn]
        return pd.DataFrame(told, columns=[_("Date"), _("Kind"), _("Event")])

    show_figure(
        timeline(cell.links, lanes),
        "timeline",
        question=_("What happened when?"),
        sub=f"{item['title']} · {filters.viewing(selection)}",
        how=_("Filled: own events; open: through a linked item. What is known only to the year is drawn as long."),
        table=table,
        credit=credit(ledger, selection),
    )


def _across(ledger: Ledger, selection: Selection, item_id: str) -> None:
    grid = shared.grid(ledger, selection)
    at = int(np.flatnonzero(grid.item_ids == item_id)[0])
    columns = meeting_columns(ledger, selection)[::-1]
    names = grid.status_names()[at]
    rows = [
        {
            "title": meeting_title(ledger, column),
            "href": page_address("items", selection, item=item_id, meeting=grid.meeting_ids[column]),
            "status": names[column],
            "since": "" if grid.level[at, column] < 0 else str(grid.since[at, column]),
            "by_rule": bool(grid.by_rule[at, column]),
            "named": words.speakers(voices_of(int(grid.named[at, column]))),
        }
        for column in map(int, columns)
    ]
    show(
        "question.html",
        key="across-title",
        title=_("How did it stand at each meeting?"),
        sub=_("Pick a meeting to see why"),
        legend=None,
    )
    show("across.html", key="across", rows=rows, kind=ledger.items["kind"].iloc[at])
    csv_button(
        f"{item_id}-at-meetings",
        lambda: frames.matrix_frame(ledger, grid, np.array([at]), columns, selection),
        _("Status at each meeting as CSV"),
    )


def _namings(ledger: Ledger, selection: Selection, item_id: str) -> None:
    found = namings(ledger, item_id, selection.day(shared.today()), selection.known_day())
    dialogues = ledger.records("dialogues")
    rows: list[dict[Any, Any]] = [
        {
            **row,
            "title": dialogues[row["dialogue_id"]]["title"] if row["dialogue_id"] else _("outside these meetings"),
            "party": dialogues[row["dialogue_id"]]["raising_party"] if row["dialogue_id"] else "",
            "voices": words.speakers(row["voices"].split(";")) if row["voices"] else "",
            "span": words.period_words(row["first"], row["last"]),
        }
        for row in found.to_dict("records")
    ]
    show("namings.html", key="namings", rows=rows)
    if rows:
        csv_button(f"{item_id}-raised-by", lambda: found, _("Who raised it as CSV"))


def _links(ledger: Ledger, selection: Selection, item_id: str) -> None:
    now = shared.now(ledger, selection)
    names = dict(zip(now.item_ids, now.status_names()[:, 0], strict=True))
    items = ledger.records("items")
    linked: list[dict[str, Any]] = []
    for link in ledger.links.to_dict("records"):
        if item_id not in (link["from_item"], link["to_item"]):
            continue
        other = link["to_item"] if link["from_item"] == item_id else link["from_item"]
        linked.append(
            {
                "title": items[other]["title"],
                "kind": items[other]["kind"],
                "href": page_address("items", selection, item=other),
                "relation": link["relation"],
                "status": names[other],
                "note": link["note"],
                "others": _other_concerns(ledger, selection, other, item_id),
            }
        )
    if linked:
        item = items[item_id]
        show("links.html", key="links", links=linked, item=item, status=names[item_id])
        columns = ["title", "kind", "relation", "status", "note"]
        csv_button(f"{item_id}-links", lambda: pd.DataFrame(linked)[columns], _("Links as CSV"))


def _other_concerns(ledger: Ledger, selection: Selection, step: str, but: str) -> list[tuple[str, str]]:
    """Title and address of the other concerns that a step bears on."""
    titles = ledger.titles("items")
    found = ledger.links.loc[(ledger.links["from_item"] == step) & (ledger.links["to_item"] != but), "to_item"]
    return [(titles[concern], page_address("items", selection, item=concern)) for concern in found]


items_page(shared.ledger(), st.session_state["selection"])
