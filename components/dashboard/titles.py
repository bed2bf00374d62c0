"""The title of the browser's window or tab: what the page is about, then the product."""

from __future__ import annotations

import streamlit as st

PRODUCT = "Follow-Through"


def page_title(about: str) -> None:
    """Name the page."""
    st.set_page_config(page_title=f"{about} – {PRODUCT}")
