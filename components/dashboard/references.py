"""What a note refers to by its identifier, said by its title and with a link."""

from __future__ import annotations

import re

from components import words
from components.dashboard.addresses import page_address
from components.ledger.dataset import Ledger
from components.ledger.schema import ID_PATTERN
from components.ledger.selection import Selection
from components.words import _

_NAMED = re.compile(rf"\b((?=[a-z]*[0-9-]){ID_PATTERN})")
"""What may be an identifier. Letters alone are a plain word, even where some dataset has an identifier like it."""


def with_links(ledger: Ledger, selection: Selection, text: str) -> list[tuple[str, str]]:
    """A text in pieces (words, address), the rows it names by identifier said by their titles.

    Items, events and meetings have the address of their page; a source, like plain words, has ''.
    """
    return [_piece(ledger, selection, piece) for piece in _NAMED.split(text) if piece]


def _piece(ledger: Ledger, selection: Selection, piece: str) -> tuple[str, str]:
    items, meetings, sources = (ledger.records(table) for table in ("items", "meetings", "sources"))
    if piece in items:
        return f"“{items[piece]['title']}”", page_address("items", selection, item=piece)
    if piece in meetings:
        return meetings[piece]["title"], page_address("meetings", selection, meeting=piece)
    if piece in ledger.event_at:
        event = ledger.events.iloc[ledger.event_at[piece]]
        told = _("“{title}”, {date}").format(
            title=items[event["item_id"]]["title"], date=words.date_words(event["date"])
        )
        return told, page_address("items", selection, item=event["item_id"])
    return (f"“{sources[piece]['title']}”" if piece in sources else piece), ""
