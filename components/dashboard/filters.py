"""The filter bar: one place for all pages. Every choice is kept in the address under the name that the API uses too."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import streamlit as st

from components import words
from components.dashboard import shared
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection, count_by, item_mask
from components.ledger.vocabulary import KINDS, STATUSES, SYMBOLS, TIERS, VOICES
from components.words import _, ngettext

_DEFAULTS: dict[str, object] = {
    "area": [],
    "kind": [],
    "status": [],
    "dialogue": [],
    "voice": "all",
    "as_of": None,
    "q": "",
}


def current(ledger: Ledger) -> Selection:
    """The selection that the widgets hold before they are drawn: what the last run, or the address, left in them."""
    state = st.session_state
    return Selection(
        dialogue=tuple(state.get("dialogue") or ()),
        area=tuple(state.get("area") or ()),
        kind=tuple(state.get("kind") or ()),
        status=tuple(state.get("status") or ()),
        voice=state.get("voice") or "all",
        as_of=state.get("as_of"),
        q=state.get("q") or "",
    )


def clear() -> None:
    """Put every filter back to its default."""
    st.session_state.update(_DEFAULTS)


def filter_bar(ledger: Ledger) -> Selection:
    """Draw the filters and return what is chosen. Counts beside the areas tell what each would show."""
    before = current(ledger)
    status_now = shared.now(ledger, before).status[:, 0]
    by_area = count_by(ledger, "area_id", item_mask(ledger, before, status_now, without="area"))
    by_kind = count_by(ledger, "kind", item_mask(ledger, before, status_now, without="kind"))
    under_status = item_mask(ledger, before, status_now, without="status")
    area_titles = dict(zip(ledger.areas["area_id"], ledger.areas["title"], strict=True))

    with st.container(key="filters"):
        st.pills(
            _("Issue area"),
            list(area_titles),
            selection_mode="multi",
            format_func=lambda area: f"{area_titles[area]} {by_area.get(area, 0)}",
            key="area",
            bind="query-params",
        )
        with st.container(horizontal=True, vertical_alignment="bottom", key="filters-more"):
            st.segmented_control(
                _("According to"),
                VOICES,
                default="all",
                required=True,
                format_func=words.voice_label,
                key="voice",
                bind="query-params",
            )
            st.text_input(_("Search"), key="q", bind="query-params", placeholder=_("word in an item or its events"), width=240)
            st.date_input(
                _("As of"),
                value=None,
                min_value=date(1990, 1, 1),
                max_value=shared.today(),
                format="YYYY-MM-DD",
                key="as_of",
                bind="query-params",
                width=150,
                help=_("Shows how things stood on that day. Empty: today."),
            )
            with st.popover(_more_label(before), width="content"):
                st.pills(
                    _("Kind"),
                    KINDS,
                    selection_mode="multi",
                    format_func=lambda kind: f"{words.kinds_label(kind)} {by_kind.get(kind, 0)}",
                    key="kind",
                    bind="query-params",
                )
                st.pills(
                    _("Status on the viewing day"),
                    STATUSES,
                    selection_mode="multi",
                    format_func=lambda status: _status_choice(status, status_now, under_status),
                    key="status",
                    bind="query-params",
                )
                st.multiselect(
                    _("Dialogues and reviews shown as columns"),
                    ordered_dialogues(ledger),
                    format_func=lambda dialogue: _dialogue_choice(ledger, dialogue),
                    placeholder=_("the core dialogues"),
                    key="dialogue",
                    bind="query-params",
                )
            st.button(_("Clear filters"), on_click=clear, disabled=not before.query(), key="clear-filters")
    return current(ledger)


def _more_label(selection: Selection) -> str:
    active = sum(bool(chosen) for chosen in (selection.kind, selection.status, selection.dialogue))
    return _("Kind, status, dialogue") + (f" ({active})" if active else "")


def _status_choice(status: str, status_now: npt.NDArray[np.int8], mask: npt.NDArray[np.bool_]) -> str:
    count = int(np.count_nonzero(mask & (status_now == STATUSES.index(status))))
    return f"{SYMBOLS[status]} {words.status_label(status)} {count}"


def ordered_dialogues(ledger: Ledger) -> list[str]:
    """Identifiers of the dialogues, the core ones first."""
    tier = ledger.dialogues["tier"].map({tier: at for at, tier in enumerate(TIERS)})
    return ledger.dialogues["dialogue_id"].iloc[np.argsort(tier.to_numpy(), kind="stable")].tolist()


def _dialogue_choice(ledger: Ledger, dialogue: str) -> str:
    row = ledger.dialogues.set_index("dialogue_id").loc[dialogue]
    return f"{row['short_title']} – {row['title']}"


def sentence(ledger: Ledger, selection: Selection, shown: int) -> str:
    """The filters in force in words, for the line under a title."""
    areas = dict(zip(ledger.areas["area_id"], ledger.areas["title"], strict=True))
    parts = [ngettext("{count} item", "{count} items", shown).format(count=shown)]
    if selection.area:
        parts.append(_(", ").join(areas.get(area, area) for area in selection.area))
    if selection.kind:
        parts.append(_(", ").join(words.kinds_label(kind) for kind in selection.kind))
    if selection.status:
        parts.append(_(", ").join(words.status_label(status) for status in selection.status))
    if selection.q.strip():
        parts.append(_("containing “{text}”").format(text=selection.q.strip()))
    parts.append(_("according to: {voice}").format(voice=words.voice_label(selection.voice).lower()))
    if selection.as_of:
        parts.append(_("as of {day}").format(day=words.date_words(selection.as_of.isoformat())))
    return " · ".join(parts)
