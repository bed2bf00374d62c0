"""The overview: how things stand, what changed since the last meeting, and the status matrix."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from components import words
from components.charts.status_by_meeting import status_by_meeting
from components.dashboard import filters, frames, shared
from components.dashboard.addresses import page_address
from components.dashboard.downloads import csv_button
from components.dashboard.fragments import note, show
from components.dashboard.matrix import (
    ROWS_A_PAGE,
    attention_order,
    matrix_data,
    meeting_label,
    meeting_title,
    show_matrix,
)
from components.dashboard.proofs import explain, show_proof
from components.dashboard.safe import plain
from components.ledger.changes import changes, column, counts_by_status
from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection, meeting_columns
from components.ledger.vocabulary import STATUSES
from components.words import _, ngettext

Rows = npt.NDArray[np.int64]

_FIGURES: tuple[tuple[str, ...], ...] = (
    ("raised",),
    ("promised", "under_way"),
    ("adopted",),
    ("in_effect",),
    ("stalled", "reversed"),
)
_MEASURED = ("adopted", "in_effect")


def overview(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    now = shared.now(ledger, selection)
    mask = shared.shown(ledger, selection)
    if not mask.any():
        show("nothing.html", key="nothing", sentence=filters.sentence(ledger, selection, 0))
        return
    grid = shared.grid(ledger, selection)
    columns = meeting_columns(ledger, selection)
    concerns = mask & (ledger.items["kind"] == "concern").to_numpy()
    last = _last_meeting(ledger, selection, columns)
    _lede(ledger, selection, now, mask, concerns, last)
    if last is not None:
        _moves(ledger, selection, grid, now, mask, last)
    _bars(ledger, selection, grid, np.flatnonzero(concerns if concerns.any() else mask), columns, bool(concerns.any()))
    _matrix(ledger, selection, grid, now, mask, columns)


def _last_meeting(ledger: Ledger, selection: Selection, columns: Rows) -> int | None:
    """The last of the meetings shown that is known to have taken place by the viewing day."""
    day = selection.day(shared.today())
    held = [at for at in columns if ledger.meetings["status"].iloc[at] == "held" and ledger.meeting_days[at] <= day]
    return int(held[-1]) if held else None


def _lede(
    ledger: Ledger,
    selection: Selection,
    now: StatusGrid,
    mask: npt.NDArray[np.bool_],
    concerns: npt.NDArray[np.bool_],
    last: int | None,
) -> None:
    counts = counts_by_status(now.status[concerns, 0])
    on_record = sum(counts.values())
    measured = sum(counts[status] for status in _MEASURED)
    place = ngettext("in this issue area", "in these issue areas", len(selection.area)) if selection.area else ""
    headline = _(
        "Of {raised} raised {place}, {measured} led to a measure that stands, "
        "{effect} shown effect, {open} no answer on record."
    ).format(
        raised=ngettext("{n} concern", "{n} concerns", on_record).format(n=on_record),
        place=place or _("with {party}").format(party=_acting_party(ledger)),
        measured=measured,
        effect=ngettext("{n} has", "{n} have", counts["in_effect"]).format(n=counts["in_effect"]),
        open=ngettext("{n} has", "{n} have", counts["raised"]).format(n=counts["raised"]),
    )
    if not on_record:
        headline = _("No concern under these filters is on record by that day.")
    figures = [
        {
            "count": sum(counts[status] for status in statuses),
            "statuses": statuses,
            "word": _(" or ").join(words.status_label(status) for status in statuses),
            "href": page_address("items", _only(selection, statuses)),
        }
        for statuses in _FIGURES
    ]
    others = mask & ~concerns
    show("lede.html", key="lede", headline=headline, sub=_sub(ledger, selection, now, others, last), figures=figures)


def _only(selection: Selection, statuses: tuple[str, ...]) -> Selection:
    return replace(selection, status=statuses, kind=("concern",))


def _acting_party(ledger: Ledger) -> str:
    parties = ledger.dialogues["acting_party"].unique().tolist()
    return str(parties[0]) if len(parties) == 1 else _("the governments")


def _sub(ledger: Ledger, selection: Selection, now: StatusGrid, others: npt.NDArray[np.bool_], last: int | None) -> str:
    said = []
    if selection.as_of:
        said.append(
            _("You are looking at the past: as of {day}.").format(day=words.date_words(selection.as_of.isoformat()))
        )
    kinds = ledger.items["kind"].to_numpy()
    steps, setbacks = (
        int((others & (kinds == kind) & (now.level[:, 0] >= 0)).sum()) for kind in ("reform_step", "setback")
    )
    said.append(
        _("Followed beside them: {steps} and {setbacks}, counted apart.").format(
            steps=ngettext("{n} reform step", "{n} reform steps", steps).format(n=steps),
            setbacks=ngettext("{n} setback", "{n} setbacks", setbacks).format(n=setbacks),
        )
    )
    if last is not None:
        said.append(_("Last meeting shown: {meeting}.").format(meeting=meeting_title(ledger, last)))
    return " ".join(said)


def _moves(
    ledger: Ledger, selection: Selection, grid: StatusGrid, now: StatusGrid, mask: npt.NDArray[np.bool_], last: int
) -> None:
    moved = changes(column(grid, last), column(now, 0))
    before, after = grid.status_names()[:, last], now.status_names()[:, 0]
    kinds, titles = ledger.items["kind"].to_numpy(), ledger.items["title"].to_numpy()
    is_setback = kinds == "setback"

    def rows(chosen: npt.NDArray[np.bool_]) -> list[dict[str, Any]]:
        return [
            {
                "title": titles[at],
                "kind": kinds[at],
                "before": before[at],
                "after": after[at],
                "href": page_address("items", selection, item=ledger.items["item_id"].iloc[at]),
            }
            for at in np.flatnonzero(mask & chosen)
        ]

    groups = [
        {"title": _("Moved forward"), "rows": rows((moved == "forward") & ~is_setback)},
        {"title": _("Stalled, reversed or fell back"), "rows": rows((moved == "backward") & ~is_setback)},
        {"title": _("New on record"), "rows": rows((moved == "new") & ~is_setback)},
        {
            "title": _("Setbacks that advanced or are new"),
            "rows": rows(np.isin(moved, ["forward", "new"]) & is_setback),
        },
    ]
    with st.expander(
        _("What changed since {meeting}: {forward} forward, {backward} back, {new} new").format(
            meeting=plain(meeting_label(ledger, last)),
            forward=len(groups[0]["rows"]),
            backward=len(groups[1]["rows"]),
            new=len(groups[2]["rows"]),
        ),
        key="moves",
    ):
        show(
            "moves.html",
            key="moves-list",
            title=_("What changed since the last meeting?"),
            sub=_("Status at {meeting} against the viewing day").format(meeting=meeting_title(ledger, last)),
            groups=groups,
        )


def _bars(
    ledger: Ledger, selection: Selection, grid: StatusGrid, rows: Rows, columns: Rows, only_concerns: bool
) -> None:
    counts = frames.counts_frame(grid, rows, columns)
    labels = [meeting_label(ledger, int(at)) for at in columns]
    show(
        "question.html",
        key="bars-title",
        title=_("How many concerns stood where at each meeting?")
        if only_concerns
        else _("How many items stood where at each meeting?"),
        sub=filters.sentence(ledger, selection, len(rows)),
        legend=None,
    )
    planned = [ledger.meetings["status"].iloc[at] != "held" for at in columns]
    st.plotly_chart(
        status_by_meeting(counts, labels, planned, words.status_label),
        key="bars",
        config={"displayModeBar": False},
        alt=_(
            "Stacked bars, one for each meeting: number of items by status. The same numbers are in the table below."
        ),
    )

    def table() -> pd.DataFrame:
        frame = counts.loc[:, counts.any()].rename(columns=words.status_label)
        frame.insert(0, _("Meeting"), labels)
        return frame

    with st.expander(_("The same numbers as a table"), key="bars-twin"):
        st.table(table().set_index(_("Meeting")))
        csv_button("status-by-meeting", table)


def _matrix(
    ledger: Ledger, selection: Selection, grid: StatusGrid, now: StatusGrid, mask: npt.NDArray[np.bool_], columns: Rows
) -> None:
    rows = attention_order(ledger, mask, now)
    present = [status for number, status in enumerate(STATUSES) if (grid.status[np.ix_(rows, columns)] == number).any()]
    show(
        "question.html",
        key="matrix-title",
        title=_("How has each item stood at each meeting?"),
        sub=filters.sentence(ledger, selection, len(rows)) + " · " + _("pick a cell for the proof"),
        legend=present,
    )
    page = 0
    if len(rows) > ROWS_A_PAGE:
        pages = -(-len(rows) // ROWS_A_PAGE)
        page = (st.pagination(pages, key="page") or 1) - 1
        note(_("{count} items, {size} on a page").format(count=len(rows), size=ROWS_A_PAGE), key="note-1")
    selected = _selected(ledger)
    visible = rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    data = matrix_data(ledger, grid, visible, columns, selection, selected)
    with st.container(key="matrix-and-proof"):
        if selected:
            left, right = st.columns([0.64, 0.36], gap="medium")
        else:
            left, right = st.container(), None
        with left:
            show_matrix(data, "matrix", _pick)
            csv_button("status-matrix", lambda: frames.matrix_frame(ledger, grid, rows, columns, selection))
        if selected and right is not None:
            with right:
                show_proof(ledger, selection, explain(ledger, selection, *selected), "proof", is_panel=True)
                st.button(_("Close"), on_click=_unpick, key="close-proof")


def _selected(ledger: Ledger) -> tuple[str, str] | None:
    item, meeting = st.query_params.get("item", ""), st.query_params.get("meeting", "")
    known = item in ledger.records("items") and meeting in ledger.records("meetings")
    return (item, meeting) if known else None


def _pick(item: str, meeting: str) -> None:
    st.query_params["item"] = item
    st.query_params["meeting"] = meeting


def _unpick() -> None:
    for name in ("item", "meeting"):
        st.query_params.pop(name, None)


overview(shared.ledger(), st.session_state["selection"])
