"""The explanation of one cell in words, from the facts that the ledger gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

import numpy as np
import streamlit as st

from components import words
from components.dashboard import shared
from components.dashboard.addresses import page_address
from components.dashboard.fragments import show
from components.dashboard.references import with_links
from components.dashboard.release_words import release_words
from components.ledger.dataset import Ledger
from components.ledger.proof import ChainLink, chain
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection
from components.ledger.vocabulary import LEVELS
from components.words import _, ngettext


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix, or an item on the viewing day (``meeting`` is then empty)."""

    item: str
    meeting: str
    status: str
    since: str
    by_rule: bool
    level: int
    links: list[ChainLink]


def explain(ledger: Ledger, selection: Selection, item: str, meeting: str = "") -> Cell:
    """The status of an item at a meeting, or on the viewing day, with the events it rests on."""
    grid: StatusGrid = shared.grid(ledger, selection) if meeting else shared.now(ledger, selection)
    row = int(np.flatnonzero(grid.item_ids == item)[0])
    column = int(np.flatnonzero(grid.meeting_ids == meeting)[0])
    links = chain(
        ledger,
        shared.steps(ledger, selection),
        item,
        grid.meeting_days[column],
        int(grid.event[row, column]),
        selection.known_day(),
    )
    return Cell(
        item=item,
        meeting=meeting,
        status=str(grid.status_names()[row, column]),
        since="" if grid.level[row, column] < 0 else str(grid.since[row, column]),
        by_rule=bool(grid.by_rule[row, column]),
        level=int(grid.level[row, column]),
        links=links,
    )


def why(ledger: Ledger, selection: Selection, cell: Cell, kind: str) -> list[str]:
    """Why the cell has its status: the deciding event and the clauses of the rule that applied, a sentence each."""
    deciding = next((link for link in cell.links if link.decides), None)
    if not cell.status or deciding is None:
        if selection.voice != "all":
            return [_("Nothing in this voice’s texts opens the item by that day.")]
        return [_("The first event on record is later: the cell stays empty, which is not the same as “no action”.")]
    said = []
    if cell.by_rule:
        months = ledger.stall_after_months
        said.append(
            ngettext(
                "Nothing moved it forward for {count} month after the event marked below: it counts as stalled.",
                "Nothing moved it forward for {count} months after the event marked below: it counts as stalled.",
                months,
            ).format(count=months)
        )
        said.append(_("Before that it stood at “{status}”.").format(status=words.label(LEVELS[cell.level], kind)))
    else:
        said.append(
            _("It rests on the event of {date} marked below: {summary}").format(
                date=words.date_words(deciding.date), summary=deciding.summary
            )
        )
    if deciding.via:
        title = ledger.records("items")[deciding.via]["title"]
        said.append(
            _("That happened to “{title}”, which {relation} this concern.").format(
                title=title, relation=words.relation_label(deciding.relation)
            )
        )
        if deciding.relation == "partly_addresses":
            said.append(_("A step that answers only part of a concern lifts it no higher than “measure adopted”."))
        if deciding.relation == "precondition":
            said.append(_("A step that is only a precondition lifts a concern no higher than “under way”."))
    if deciding.capped:
        said.append(
            _("Only the government itself says that practice changed, so the status stays at “measure adopted”.")
        )
    elif cell.status == "adopted" and kind != "setback":
        said.append(_("An adopted measure is not yet a changed practice: for “in effect” others must show it."))
    return said


def citation(ledger: Ledger, selection: Selection, cell: Cell) -> str:
    """A line to cite the cell by: dataset, version and fingerprint, item, meeting, status, viewing day, address."""
    item = ledger.records("items")[cell.item]
    meeting = ledger.titles("meetings").get(cell.meeting, "")
    at = _("at {meeting}").format(meeting=meeting) if meeting else _("on the viewing day")
    day = words.date_words(str(selection.day(shared.today())))
    address = urljoin(st.context.url or "", page_address("items", selection, item=cell.item, meeting=cell.meeting))
    status = words.label(cell.status, item["kind"])
    return (
        f"{release_words(ledger)}: {item['title']}, {at}: {status}. "
        + _("As of {day}.").format(day=day)
        + f" {address}"
    )


def show_proof(ledger: Ledger, selection: Selection, cell: Cell, key: str, is_panel: bool) -> None:
    """Show the proof: as a panel beside the matrix, or as the body of the item page."""
    item = ledger.records("items")[cell.item]
    show(
        "proof.html",
        key=key,
        cell=cell,
        item=item,
        kind=item["kind"],
        meeting=ledger.records("meetings")[cell.meeting] if cell.meeting else None,
        area=ledger.titles("areas")[item["area_id"]],
        why=why(ledger, selection, cell, item["kind"]),
        titles=ledger.titles("items"),
        meetings=ledger.titles("meetings"),
        selection=selection,
        is_panel=is_panel,
        refer=partial(with_links, ledger, selection),
        citation=citation(ledger, selection, cell),
    )


def asked_for(ledger: Ledger, selection: Selection, table: str, parameter: str, missing: str) -> str:
    """The row of a table that the address asks for, '' for none; what is not there gets a page of its own.

    ``missing`` says so in words. The table has the name of the page that lists its rows.
    """
    asked = st.query_params.get(parameter, "")
    if asked and asked not in ledger.records(table):
        show("not_found.html", key=f"not-found-{table}", what=missing, asked=asked, page=table, selection=selection)
        st.stop()
    return asked
