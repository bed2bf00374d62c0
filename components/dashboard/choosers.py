"""Choosing a meeting on a page, kept in the address under its own name so that a link reproduces the view."""

from __future__ import annotations

import streamlit as st

from components.dashboard.matrix import meeting_title
from components.ledger.dataset import Ledger


def choose_meeting(label: str, parameter: str, ledger: Ledger, columns: list[int], default: int) -> int:
    """A box to choose one of the meetings (positions in ``meetings``); the choice stands in the address."""
    ids = [ledger.meetings["meeting_id"].iloc[at] for at in columns]
    asked = st.query_params.get(parameter, "")
    start = ids.index(asked) if asked in ids else columns.index(default)
    key = f"choose-{parameter}"
    if st.session_state.get(f"{key}-asked") != asked and asked in ids:
        st.session_state[key] = columns[start]  # a link or the Back button asks for another one
    chosen = st.selectbox(
        label,
        columns,
        index=None if key in st.session_state else start,
        format_func=lambda at: meeting_title(ledger, at),
        key=key,
    )
    at = columns[start] if chosen is None or chosen not in columns else int(chosen)
    wanted = ledger.meetings["meeting_id"].iloc[at]
    if asked != wanted and (asked or at != default):
        st.query_params[parameter] = wanted
    st.session_state[f"{key}-asked"] = st.query_params.get(parameter, "")
    return at
