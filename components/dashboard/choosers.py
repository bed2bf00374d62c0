"""Choices of one page, kept in the address under a name of their own so that a link reproduces the view.

Identifiers stand there, not the labels that Streamlit's own binding would write: a link outlives a label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import streamlit as st

from components.dashboard.fragments import show
from components.dashboard.meeting_words import meeting_title
from components.ledger.dataset import Ledger
from components.words import _

NOW = -1
"""Stands for the viewing day among positions of meetings."""
_NOW_ID = "now"


class Choice(NamedTuple):
    """One of the choices of a line: its words, the page's address with it, whether it is the one shown."""

    word: str
    href: str
    is_chosen: bool


def show_choices(key: str, label: str, choices: Iterable[Choice]) -> None:
    """A line of links, each the page with another choice."""
    show("choices.html", key=key, label=label, choices=list(choices))


def choose_meeting(label: str, parameter: str, ledger: Ledger, columns: list[int], default: int) -> int:
    """A box to choose one of the meetings (positions in ``meetings``, or NOW); the choice stands in the address."""
    ids = [_NOW_ID if at == NOW else ledger.meetings["meeting_id"].iloc[at] for at in columns]
    asked = st.query_params.get(parameter, "")
    start = ids.index(asked) if asked in ids else columns.index(default)
    key = f"choose-{parameter}"
    before = st.session_state.get(key)
    link_asks = st.session_state.get(f"{key}-asked") != asked and asked in ids  # or the Back button does
    nobody_asks = not asked and before == st.session_state.get(f"{key}-default")  # the default moves with the filters
    if link_asks or nobody_asks or before not in columns:
        st.session_state[key] = columns[start]
    at = int(st.selectbox(label, columns, format_func=lambda at: chosen_title(ledger, at), key=key))
    wanted = ids[columns.index(at)]
    if asked != wanted and (asked or at != default):
        st.query_params[parameter] = wanted
    st.session_state[f"{key}-asked"], st.session_state[f"{key}-default"] = st.query_params.get(parameter, ""), default
    return at


def choose_several(label: str, parameter: str, options: Sequence[str], words: Callable[[str], str]) -> list[str]:
    """Pills to choose any of the options; what is chosen stands in the address."""
    asked = [one for one in st.query_params.get_all(parameter) if one in options]
    key = f"choose-{parameter}"
    if st.session_state.get(f"{key}-asked") != asked:
        st.session_state[key] = asked
    chosen = st.pills(label, options, selection_mode="multi", format_func=words, key=key)
    if chosen != asked:
        st.query_params.update({parameter: chosen})
    st.session_state[f"{key}-asked"] = chosen
    return chosen


def chosen_title(ledger: Ledger, at: int) -> str:
    """A choice in words."""
    return _("the viewing day") if at == NOW else meeting_title(ledger, at)
