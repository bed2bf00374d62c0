"""Changes: how items moved between any two meetings, or since one of them, and which items are behind each move."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from components import words
from components.charts.flow import flow_chart
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import NOW, choose_meeting, chosen_title
from components.dashboard.downloads import csv_button
from components.dashboard.figures import credit, show_figure
from components.dashboard.fragments import linked, nothing, show
from components.dashboard.moves import Moves, move_groups, moves_between
from components.ledger.agenda import last_held, previous_held
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection, meeting_columns
from components.words import _


def changes_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    grid, now = shared.grid(ledger, selection), shared.now(ledger, selection)
    columns = [int(at) for at in meeting_columns(ledger, selection)]
    mask = shared.shown(ledger, selection)
    sub = filters.sentence(ledger, selection, int(mask.sum()))
    show("page_head.html", key="head", title=_("What moved between two meetings?"), sub=sub)
    if not columns or not mask.any():
        nothing(sub)
        return
    default_first, default_second = _last_two(ledger, columns, selection.day(shared.today()))
    with st.container(horizontal=True):
        first = choose_meeting(_("From"), "from", ledger, columns, default_first)
        second = choose_meeting(_("To"), "to", ledger, [*columns, NOW], default_second)
    moves = moves_between(grid, first, now if second == NOW else grid, 0 if second == NOW else second)
    on_record = mask & (moves.after != "")
    drawn, kind = shared.counted_together(ledger, on_record)

    def in_words(status: str) -> str:
        return words.label(status, kind)

    pairs = Counter(zip(moves.before[drawn], moves.after[drawn], strict=True))

    def bands() -> pd.DataFrame:
        rows = [(in_words(one), in_words(other), count) for (one, other), count in pairs.items()]
        return pd.DataFrame(rows, columns=[_("Before"), _("After"), _("Items")])

    span = _("{first} → {second}").format(first=chosen_title(ledger, first), second=chosen_title(ledger, second))
    show_figure(
        flow_chart(pairs, in_words),
        "flow",
        question=_("From which status to which?"),
        sub=" · ".join([span, _only(kind), filters.sentence(ledger, selection, int(drawn.sum()))]),
        how=_("Read it from left to right: a band is as thick as the number of items that moved that way."),
        table=bands,
        credit=credit(ledger, selection),
    )
    meeting = "" if second == NOW else str(grid.meeting_ids[second])
    unchanged = int(np.count_nonzero(moves.moved[on_record] == "unchanged"))
    show(
        "moves.html",
        key="moves",
        title=_("Which items?"),
        sub=linked(_("Unchanged: {n}"), n=(str(unchanged), "")),
        groups=move_groups(ledger, selection, moves, mask, meeting),
        at_once=40,
    )
    _bands(ledger, selection, moves, drawn, kind, meeting)
    columns_given = ["item_id", "title", "kind", "area_id"]
    moved = {"change": moves.moved, "before": moves.before, "after": moves.after}
    csv_button("changes", lambda: ledger.items[columns_given].assign(**moved)[on_record], _("All items as CSV"))


def _last_two(ledger: Ledger, columns: list[int], day: np.datetime64) -> tuple[int, int]:
    """The last meeting held by the day and the one before it, of its own dialogue if there was one.

    With only one meeting held: that one and the viewing day.
    """
    last = last_held(ledger, columns, day)
    if last is None:
        return columns[0], NOW
    earlier = [previous_held(ledger, last), last_held(ledger, columns[: columns.index(last)], day)]
    before = next((at for at in earlier if at is not None), None)
    return (last, NOW) if before is None else (before, last)


def _bands(
    ledger: Ledger, selection: Selection, moves: Moves, drawn: npt.NDArray[np.bool_], kind: str, meeting: str
) -> None:
    """The items behind each band of the chart, the thickest band first."""
    behind: dict[tuple[str, str], list[dict[str, str]]] = {}
    for at in np.flatnonzero(drawn):
        item = ledger.items.iloc[at]
        href = page_address("items", selection, item=item["item_id"], meeting=meeting)
        behind.setdefault((moves.before[at], moves.after[at]), []).append({"title": item["title"], "href": href})
    thickest = sorted(behind.items(), key=lambda band: -len(band[1]))
    bands = [{"before": before, "after": after, "rows": items} for (before, after), items in thickest]
    show("bands.html", key="bands", kind=kind, bands=bands)


def _only(kind: str) -> str:
    return _("{kinds} only").format(kinds=words.kinds_label(kind).lower())


changes_page(shared.ledger(), st.session_state["selection"])
