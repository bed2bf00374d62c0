"""Addresses of pages: the filters in force travel with every link, so that a link reproduces the view."""

from __future__ import annotations

from urllib.parse import urlencode

from components.ledger.selection import Selection

VIEWS = {
    "": "views/overview.py",
    "items": "views/items.py",
    "meetings": "views/meetings.py",
    "changes": "views/changes.py",
    "accounts": "views/accounts.py",
    "silence": "views/silence.py",
    "waiting": "views/waiting.py",
    "sources": "views/sources.py",
}
"""Page scripts by the path under which they are served."""


def page_address(page: str, selection: Selection, **more: str) -> str:
    """Relative address of a page with the filters and more parameters."""
    pairs = [*selection.query(), *((key, value) for key, value in more.items() if value)]
    return f"./{page}" + (f"?{urlencode(pairs)}" if pairs else "")
