"""The filter bar: one place for all pages. Every choice is kept in the address under the name that the API uses too."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import streamlit as st

from components import words
from components.dashboard import shared
from components.dashboard.addresses import page_address
from components.dashboard.fragments import show
from components.dashboard.meeting_words import meeting_label
from components.dashboard.safe import plain
from components.ledger.agenda import held_by
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection, count_by, item_mask, meeting_columns
from components.ledger.vocabulary import KINDS, STATUSES, SYMBOLS, TIERS, VOICES
from components.words import _, ngettext

_KEYS = {field.name: f"filter-{field.name}" for field in fields(Selection)}
"""Widget keys by the name of the filter."""
_FIRST_DAY = date(1900, 1, 1)
_SLIDER = "choose-as-of"
_SYNCED = "filters-in-address"
_PAGE = "page-of-address"


def _from_address(ledger: Ledger, page: str) -> list[tuple[str, str]]:
    """Take the filters over from the address if a link or the Back button changed it; returns what it asks for in vain.

    Streamlit's own binding writes labels into the address; ours keeps the identifiers, so that a link outlives a label.
    """
    query = {name: st.query_params.get_all(name) for name in _KEYS}
    asked, unknown = Selection.from_query(query, ledger)
    if asked.as_of and not _is_offered(asked.as_of):
        unknown.append(("as_of", asked.as_of.isoformat()))
        asked = replace(asked, as_of=None)
    if asked.known_at and not _is_offered(asked.known_at):
        unknown.append(("known_at", asked.known_at.isoformat()))
        asked = replace(asked, known_at=None)
    state = st.session_state
    moved = state.get(_PAGE) != page
    state[_PAGE] = page
    if _SYNCED in state and (asked == state[_SYNCED] or (moved and asked == Selection())):
        return unknown  # nothing new, or another page was opened from the menu: the filters stay
    _into_widgets(asked)
    state[_SYNCED] = asked
    return unknown


def _is_offered(day: date) -> bool:
    return _FIRST_DAY <= day <= shared.today()


def _into_widgets(selection: Selection) -> None:
    for name, key in _KEYS.items():
        value = getattr(selection, name)
        st.session_state[key] = list(value) if isinstance(value, tuple) else value


def _into_address(selection: Selection) -> None:
    """Write the filters into the address in one go; what else stands there is left alone."""
    wanted: dict[str, list[str]] = {name: [] for name in _KEYS}
    for name, value in selection.query():
        wanted[name].append(value)
    if wanted != {name: st.query_params.get_all(name) for name in _KEYS}:
        st.query_params.update(wanted)
    st.session_state[_SYNCED] = selection


def _current() -> Selection:
    """The selection that the widgets hold."""
    held = {name: st.session_state.get(key) for name, key in _KEYS.items()}
    lists = {name: tuple(held[name] or ()) for name in ("dialogue", "area", "kind", "status")}
    return Selection(
        **lists, voice=held["voice"] or "all", as_of=held["as_of"], known_at=held["known_at"], q=held["q"] or ""
    )


def _clear() -> None:
    _into_widgets(Selection())


def filter_bar(ledger: Ledger, page: str) -> Selection:
    """Draw the filters of a page and return what is chosen. Counts beside the areas tell what each would show."""
    unknown = _from_address(ledger, page)
    before = _current()
    status_now = shared.now(ledger, before).status[:, 0]
    by_area = count_by(ledger, "area_id", item_mask(ledger, before, status_now, without="area"))
    by_kind = count_by(ledger, "kind", item_mask(ledger, before, status_now, without="kind"))
    under_status = item_mask(ledger, before, status_now, without="status")
    area_titles = ledger.titles("areas")

    with st.container(key="filters"):
        st.pills(
            _("Issue area"),
            list(area_titles),
            selection_mode="multi",
            format_func=lambda area: f"{plain(area_titles[area])} {by_area.get(area, 0)}",
            key=_KEYS["area"],
            persist_state="session",
        )
        with st.container(horizontal=True, vertical_alignment="bottom", key="filters-more"):
            st.segmented_control(
                _("According to"),
                VOICES,
                required=True,
                format_func=words.voice_label,
                key=_KEYS["voice"],
                persist_state="session",
            )
            st.text_input(
                _("Search"),
                key=_KEYS["q"],
                persist_state="session",
                placeholder=_("word in an item or its events"),
                width=240,
            )
            _as_of_when(ledger, before)
            with st.popover(_more_label(before), width="content"):
                st.pills(
                    _("Kind"),
                    KINDS,
                    selection_mode="multi",
                    format_func=lambda kind: f"{words.kinds_label(kind)} {by_kind.get(kind, 0)}",
                    key=_KEYS["kind"],
                    persist_state="session",
                )
                st.pills(
                    _("Status on the viewing day"),
                    STATUSES,
                    selection_mode="multi",
                    format_func=lambda status: _status_choice(status, status_now, under_status),
                    key=_KEYS["status"],
                    persist_state="session",
                )
                st.multiselect(
                    _("Dialogues and reviews shown as columns"),
                    ordered_dialogues(ledger),
                    format_func=lambda dialogue: _dialogue_choice(ledger, dialogue),
                    placeholder=_("the core dialogues"),
                    key=_KEYS["dialogue"],
                    persist_state="session",
                )
            st.button(_("Clear filters"), on_click=_clear, disabled=not before.query(), key="clear-filters")
    selection = _current()
    _into_address(selection)
    if unknown:
        show("unknown.html", key="unknown", unknown=unknown)
    if selection.as_of or selection.known_at:
        show("past.html", key="past", said=_past(selection), href=_at_present(page, selection))
    return selection


def _as_of_when(ledger: Ledger, selection: Selection) -> None:
    """The viewing day, by meeting or by date, and the day whose knowledge is asked for."""
    today = shared.today()
    stops = _stops(ledger, selection, today)
    with st.popover(_when_label(selection), width="content"):
        if len(stops) > 1:
            st.session_state[_SLIDER] = selection.as_of or today
            st.select_slider(
                _("How things stood at the time of a meeting"),
                list(stops),
                format_func=stops.__getitem__,
                key=_SLIDER,
                on_change=_slide,
                width=440,
            )
        with st.container(horizontal=True):
            _day_input("as_of", _("… or on a day"), _("Shows how things stood on that day. Empty: today."))
            _day_input(
                "known_at",
                _("… as the ledger knew it on"),
                _("Leaves out what the curators added after that day. Empty: everything."),
            )


def _day_input(name: str, label: str, help_: str) -> None:
    st.date_input(
        label,
        min_value=_FIRST_DAY,
        max_value=shared.today(),
        format="YYYY-MM-DD",
        key=_KEYS[name],
        persist_state="session",
        width=210,
        help=help_,
    )


def _stops(ledger: Ledger, selection: Selection, today: date) -> dict[date, str]:
    """The stops of the slider with their words: the days of the meetings shown, the day chosen, and today."""
    is_held = held_by(ledger, np.datetime64(today, "D"))
    columns = [int(at) for at in meeting_columns(ledger, selection) if is_held[at]]
    stops = {ledger.meeting_days[at].astype(date): meeting_label(ledger, at) for at in columns}
    if selection.as_of and selection.as_of not in stops:
        stops[selection.as_of] = words.date_words(selection.as_of.isoformat())
    return dict(sorted(stops.items())) | {today: _("today")}


def _slide() -> None:
    chosen = st.session_state[_SLIDER]
    st.session_state[_KEYS["as_of"]] = None if chosen == shared.today() else chosen


def _when_label(selection: Selection) -> str:
    if not (selection.as_of or selection.known_at):
        return _("As of today")
    said = _("; ").join(_when(selection))
    return said[:1].upper() + said[1:]


def _when(selection: Selection) -> list[str]:
    """The days in force, in words."""
    said = []
    if selection.as_of:
        said.append(_("as of {day}").format(day=words.date_words(selection.as_of.isoformat())))
    if selection.known_at:
        said.append(_("as known on {day}").format(day=words.date_words(selection.known_at.isoformat())))
    return said


def _past(selection: Selection) -> str:
    return _("You are looking at the past: {when}.").format(when=_(", ").join(_when(selection)))


def _at_present(page: str, selection: Selection) -> str:
    """The address of the same page today; what else it asks for stays."""
    kept = {name: value for name, value in st.query_params.items() if name not in _KEYS}
    return page_address(page, replace(selection, as_of=None, known_at=None), **kept)


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
    row = ledger.records("dialogues")[dialogue]
    return f"{row['short_title']} – {row['title']}"


def sentence(ledger: Ledger, selection: Selection, shown: int) -> str:
    """The filters in force in words, for the line under a title."""
    areas = ledger.titles("areas")
    parts = [ngettext("{count} item", "{count} items", shown).format(count=shown)]
    if selection.area:
        parts.append(_(", ").join(areas.get(area, area) for area in selection.area))
    if selection.kind:
        parts.append(_(", ").join(words.kinds_label(kind) for kind in selection.kind))
    if selection.status:
        parts.append(_(", ").join(words.status_label(status) for status in selection.status))
    if selection.q.strip():
        parts.append(_("containing “{text}”").format(text=selection.q.strip()))
    return " · ".join([*parts, viewing(selection)])


def viewing(selection: Selection) -> str:
    """According to whom and as of when, in words."""
    voice = _("according to: {voice}").format(voice=words.voice_label(selection.voice).lower())
    return " · ".join([voice, *_when(selection)])
