"""Addresses of pages: the filters in force travel with every link, so that a link reproduces the view."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from components.ledger.selection import Selection

VIEWS = {
    "": "views/overview.py",
    "items": "views/items.py",
    "meetings": "views/meetings.py",
    "sources": "views/sources.py",
}
"""Page scripts by the path under which they are served."""


def page_address(page: str, selection: Selection, **more: str) -> str:
    """Relative address of a page with the filters and more parameters."""
    pairs = [*selection.query(), *((key, value) for key, value in more.items() if value)]
    return f"./{page}" + (f"?{urlencode(pairs)}" if pairs else "")


def go(address: str) -> None:
    """Show the page at a relative address without loading the site anew."""
    parts = urlsplit(address)
    path = parts.path.removeprefix("./").strip("/")
    query: dict[str, str | list[str]] = {}
    for key, value in parse_qsl(parts.query):
        earlier = query.get(key)
        query[key] = value if earlier is None else [*([earlier] if isinstance(earlier, str) else earlier), value]
    st.switch_page(VIEWS[path], query_params=query)
