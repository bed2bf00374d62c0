"""The overview: how things stand, what changed since the last meeting, which is next, and the status matrix."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from components import words
from components.charts.status_by_meeting import status_by_meeting
from components.dashboard import filters, frames, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import Choice, show_choices
from components.dashboard.downloads import csv_button
from components.dashboard.figures import credit, picture_words, show_figure
from components.dashboard.fragments import linked, note, nothing, show
from components.dashboard.matrix import ROWS_A_PAGE, attention_order, matrix_data, show_matrix
from components.dashboard.meeting_words import meeting_label, meeting_title
from components.dashboard.moves import move_groups, moves_between
from components.dashboard.proofs import explain, show_proof
from components.ledger.agenda import held_by, last_held, upcoming
from components.ledger.changes import counts_by_status
from components.ledger.dataset import Ledger
from components.ledger.rule import StatusGrid
from components.ledger.selection import Selection, meeting_columns
from components.ledger.vocabulary import STATUSES, SYMBOLS, TIERS
from components.words import _, ngettext

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_FIGURES: tuple[tuple[str, ...], ...] = (
    ("raised",),
    ("promised", "under_way"),
    ("adopted",),
    ("in_effect",),
    ("stalled",),
    ("reversed", "rejected"),
)
_MEASURED = ("adopted", "in_effect")
_COLUMNS_BESIDE = 24
"""With more meetings the chart needs the whole width."""


def overview(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    now = shared.now(ledger, selection)
    mask = shared.shown(ledger, selection)
    if not mask.any():
        nothing(filters.sentence(ledger, selection, 0))
        return
    grid = shared.grid(ledger, selection)
    columns = meeting_columns(ledger, selection)
    concerns = mask & (ledger.items["kind"] == "concern").to_numpy()
    _lede(ledger, selection, now, mask, concerns)
    if len(columns) > _COLUMNS_BESIDE:
        chart, beside = st.container(), st.container()
    else:
        chart, beside = st.columns([0.64, 0.36], gap="large")
    with chart:
        _bars(ledger, selection, grid, mask, columns)
    with beside:
        _next(ledger, selection, columns)
        _moves(ledger, selection, grid, now, mask, columns)
    _matrix(ledger, selection, grid, now, mask, columns)


def _lede(ledger: Ledger, selection: Selection, now: StatusGrid, mask: Mask, concerns: Mask) -> None:
    counts = counts_by_status(now.status[concerns, 0])
    on_record = sum(counts.values())
    place = ngettext("in this issue area", "in these issue areas", len(selection.area)) if selection.area else ""
    headline = linked(
        _(
            "Of {raised} raised {place}, {measured} led to a measure that stands, "
            "{effect} shown effect, {open} no answer on record."
        ),
        raised=(ngettext("{n} concern", "{n} concerns", on_record).format(n=on_record), _listing(selection)),
        place=(place or _("with {party}").format(party=_acting_party(ledger)), ""),
        measured=(str(sum(counts[status] for status in _MEASURED)), _listing(selection, _MEASURED)),
        effect=(
            ngettext("{n} has", "{n} have", counts["in_effect"]).format(n=counts["in_effect"]),
            _listing(selection, ("in_effect",)),
        ),
        open=(
            ngettext("{n} has", "{n} have", counts["raised"]).format(n=counts["raised"]),
            _listing(selection, ("raised",)),
        ),
    )
    if not on_record:
        headline = [(_("No concern under these filters is on record by that day."), "")]
    figures = [
        {
            "count": sum(counts[status] for status in statuses),
            "statuses": statuses,
            "word": _(" · ").join(words.status_label(status) for status in statuses),
            "href": _listing(selection, statuses),
        }
        for statuses in _FIGURES
    ]
    show("lede.html", key="lede", headline=headline, sub=_beside(ledger, selection, now, mask), figures=figures)


def _listing(selection: Selection, statuses: tuple[str, ...] = (), kind: str = "concern") -> str:
    """The address of the list of items of a kind with these statuses, under the other filters in force."""
    return page_address("items", replace(selection, status=statuses or selection.status, kind=(kind,)))


def _acting_party(ledger: Ledger) -> str:
    parties = ledger.dialogues["acting_party"].unique().tolist()
    return str(parties[0]) if len(parties) == 1 else _("the governments")


def _beside(ledger: Ledger, selection: Selection, now: StatusGrid, mask: Mask) -> list[tuple[str, str]]:
    """What is followed beside the concerns, never added to their counts."""
    shown = mask & (now.level[:, 0] >= 0)
    steps, setbacks = (int((shown & (ledger.items["kind"] == k)).sum()) for k in ("reform_step", "setback"))
    return linked(
        _("Each status is worked out from dated, sourced events. Followed beside them: {steps} and {setbacks}."),
        steps=(
            ngettext("{n} reform step", "{n} reform steps", steps).format(n=steps),
            _listing(selection, kind="reform_step"),
        ),
        setbacks=(
            ngettext("{n} setback", "{n} setbacks", setbacks).format(n=setbacks),
            _listing(selection, kind="setback"),
        ),
    )


def _moves(ledger: Ledger, selection: Selection, grid: StatusGrid, now: StatusGrid, mask: Mask, columns: Rows) -> None:
    last = last_held(ledger, columns, selection.day(shared.today()))
    if last is None:
        return
    meeting = str(grid.meeting_ids[last])
    sub = linked(
        _("From {meeting} to {day} · {all}"),
        meeting=(meeting_title(ledger, last), page_address("meetings", selection, meeting=meeting)),
        day=(words.date_words(str(selection.day(shared.today()))), ""),
        all=(_("all changes"), page_address("changes", selection, **{"from": meeting, "to": "now"})),
    )
    groups = move_groups(ledger, selection, moves_between(grid, last, now, 0), mask)
    title = _("What changed since the last meeting?")
    show("moves.html", key="moves", title=title, sub=sub, groups=groups, at_once=1)


def _next(ledger: Ledger, selection: Selection, columns: Rows) -> None:
    day = selection.day(shared.today())
    meetings = [
        {
            **ledger.meetings.iloc[at].to_dict(),
            "is_overdue": ledger.meeting_days[at] <= day,
            "href": page_address("meetings", selection, meeting=ledger.meetings["meeting_id"].iloc[at]),
        }
        for at in upcoming(ledger, columns, day)
    ]
    show("next_meeting.html", key="next", meetings=meetings)


def _bars(ledger: Ledger, selection: Selection, grid: StatusGrid, mask: Mask, columns: Rows) -> None:
    drawn, kind = shared.counted_together(ledger, mask)
    rows = np.flatnonzero(drawn)
    counts = frames.counts_frame(grid, rows, columns)
    labels = [meeting_label(ledger, int(at)) for at in columns]
    planned = (~held_by(ledger, selection.day(shared.today()))[columns]).tolist()

    def in_words(status: str) -> str:
        return words.label(status, kind)

    def table() -> pd.DataFrame:
        frame = counts.loc[:, counts.any()].rename(columns=in_words)
        frame.insert(0, _("Meeting"), labels)
        return frame

    show_figure(
        status_by_meeting(counts, labels, planned, in_words),
        "status-by-meeting",
        question=_("How many {kinds} stood where at each meeting?").format(kinds=words.kinds_label(kind).lower()),
        sub=filters.sentence(ledger, selection, len(rows)),
        how=_(
            "A column is a meeting, a segment the items with one status there; hatched: not known to have taken place "
            "by the viewing day."
        ),
        table=table,
        credit=credit(ledger, selection),
    )


def _matrix(ledger: Ledger, selection: Selection, grid: StatusGrid, now: StatusGrid, mask: Mask, columns: Rows) -> None:
    rows = attention_order(ledger, mask, now)
    present = [status for number, status in enumerate(STATUSES) if (grid.status[np.ix_(rows, columns)] == number).any()]
    title, sub = _("How has each item stood at each meeting?"), filters.sentence(ledger, selection, len(rows))
    show(
        "question.html",
        key="matrix-title",
        title=title,
        sub=sub + " · " + _("a row is an item, a column a meeting; pick a cell for the proof"),
        legend=present,
    )
    show_choices("columns", _("Meetings shown:"), _column_choices(ledger, selection))
    page = 0
    if len(rows) > ROWS_A_PAGE:
        pages = -(-len(rows) // ROWS_A_PAGE)
        page = (st.pagination(pages, key="page", bind="query-params") or 1) - 1
        note(_("{count} items, {size} on a page").format(count=len(rows), size=ROWS_A_PAGE), key="note-1")
    selected = _selected(ledger)
    visible = rows[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    picture = {
        "title": title,
        "sub": sub,
        "legend": _(", ").join(f"{SYMBOLS[status]} {words.status_label(status)}" for status in present),
        "credit": credit(ledger, selection),
        "name": "status-matrix",
        "words": picture_words(),
    }
    data = matrix_data(ledger, grid, visible, columns, selection, selected, picture)
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


def _column_choices(ledger: Ledger, selection: Selection) -> list[Choice]:
    """The meetings of the core dialogues, and those with the other tiers added, each as a link."""
    titles = {
        "core": _("core dialogues"),
        "related": _("with the same sides’ other contacts"),
        "external": _("with reviews by others"),
    }
    chosen = set(selection.dialogue)
    choices = []
    for at, tier in enumerate(TIERS):
        tiers = ledger.dialogues["tier"].isin(TIERS[: at + 1])
        dialogues = ledger.dialogues.loc[tiers, "dialogue_id"].tolist()
        if at and not (ledger.dialogues["tier"] == tier).any():
            continue
        asked = replace(selection, dialogue=() if tier == "core" else tuple(dialogues))
        count = int(ledger.meetings["dialogue_id"].isin(dialogues).sum())
        choices.append(Choice(f"{titles[tier]} ({count})", page_address("", asked), set(asked.dialogue) == chosen))
    if not any(choice.is_chosen for choice in choices):
        count = int(ledger.meetings["dialogue_id"].isin(chosen).sum())
        choices.append(Choice(f"{_('your choice')} ({count})", "", True))
    return choices


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
