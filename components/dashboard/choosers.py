"""Choosing a meeting on a page, kept in the address under its own name so that a link reproduces the view."""

from __future__ import annotations

import streamlit as st

from components.dashboard.meeting_words import meeting_title
from components.ledger.dataset import Ledger
from components.words import _

NOW = -1
"""Stands for the viewing day among positions of meetings."""
_NOW_ID = "now"


def choose_meeting(label: str, parameter: str, ledger: Ledger, columns: list[int], default: int) -> int:
    """A box to choose one of the meetings (positions in ``meetings``, or NOW); the choice stands in the address."""
    ids = [_NOW_ID if at == NOW else ledger.meetings["meeting_id"].iloc[at] for at in columns]
    asked = st.query_params.get(parameter, "")
    start = ids.index(asked) if asked in ids else columns.index(default)
    key = f"choose-{parameter}"
    link_asks = st.session_state.get(f"{key}-asked") != asked and asked in ids  # or the Back button does
    if link_asks or st.session_state.get(key) not in columns:
        st.session_state[key] = columns[start]
    at = int(st.selectbox(label, columns, format_func=lambda at: chosen_title(ledger, at), key=key))
    wanted = ids[columns.index(at)]
    if asked != wanted and (asked or at != default):
        st.query_params[parameter] = wanted
    st.session_state[f"{key}-asked"] = st.query_params.get(parameter, "")
    return at


def chosen_title(ledger: Ledger, at: int) -> str:
    """A choice in words."""
    return _("the viewing day") if at == NOW else meeting_title(ledger, at)
