"""The tables behind what is on screen, with words beside identifiers: what the CSV buttons give."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from components import words
from components.ledger.dataset import Ledger
from components.ledger.proof import ChainLink, Evidence, evidence_of
from components.ledger.rule import StatusGrid, status_table
from components.ledger.selection import Selection
from components.ledger.sourcelist import format_sources, parse_sources
from components.ledger.vocabulary import STATUSES

Rows = npt.NDArray[np.int64]


def matrix_frame(ledger: Ledger, grid: StatusGrid, rows: Rows, columns: Rows, selection: Selection) -> pd.DataFrame:
    """A row for each cell of the matrix as shown: item, meeting, status, since when, deciding event, who named it."""
    table = status_table(ledger, grid)
    meetings = len(grid.meeting_ids)
    picked = table.iloc[(rows[:, np.newaxis] * meetings + columns[np.newaxis, :]).ravel()].reset_index(drop=True)
    items = ledger.items.set_index("item_id")
    at_meeting = ledger.meetings.set_index("meeting_id")
    kind = picked["item_id"].map(items["kind"])
    labels = [words.label(status, of) for status, of in zip(picked["status"], kind, strict=True)]
    picked.insert(1, "item", picked["item_id"].map(items["title"]))
    picked.insert(2, "kind", kind)
    picked.insert(3, "area", picked["item_id"].map(items["area_id"]).map(ledger.titles("areas")))
    picked.insert(5, "meeting", picked["meeting_id"].map(at_meeting["title"]))
    picked.insert(6, "meeting_date", picked["meeting_id"].map(at_meeting["date"]))
    picked.insert(8, "status_in_words", labels)
    picked["voice"] = selection.voice
    return picked


def items_frame(ledger: Ledger, now: StatusGrid, rows: Rows) -> pd.DataFrame:
    """A row for each item shown, with its status on the viewing day and the event and sources on which that rests."""
    items = ledger.items.iloc[rows].reset_index(drop=True)
    table = status_table(ledger, now).iloc[rows].reset_index(drop=True)
    items.insert(3, "area", items["area_id"].map(ledger.titles("areas")))
    pairs = zip(table["status"], items["kind"], strict=True)
    items.insert(4, "status", table["status"])
    items.insert(5, "status_in_words", [words.label(status, kind) for status, kind in pairs])
    items.insert(6, "since", table["since"])
    items.insert(7, "deciding_event", table["event_id"])
    evidence = [evidence_of(ledger, ledger.citations[event]) if event >= 0 else () for event in now.event[rows, 0]]
    summaries = ledger.events["summary"]
    items.insert(8, "rests_on", [summaries.iloc[event] if event >= 0 else "" for event in now.event[rows, 0]])
    items.insert(9, "sources", [_cited_all(sources) for sources in evidence])
    items.insert(10, "addresses", [" ".join(e.url for e in sources if e.url) for sources in evidence])
    return items


def counts_frame(grid: StatusGrid, rows: Rows, columns: Rows) -> pd.DataFrame:
    """How many of the rows have each status at each of the columns: a row a meeting, a column (int) a status."""
    shown = grid.status[np.ix_(rows, columns)]
    return pd.DataFrame({status: (shown == number).sum(axis=0) for number, status in enumerate(STATUSES)})


def chain_frame(links: list[ChainLink]) -> pd.DataFrame:
    """The chain of events of an item as shown."""
    return pd.DataFrame(
        [
            {
                "event_id": link.event_id,
                "date": link.date,
                "counts_from": link.counts_from,
                "effect": link.effect,
                "summary": link.summary,
                "through_item": link.via,
                "relation": link.relation,
                "meeting_id": link.meeting_id,
                "status_after": link.status,
                "decides": "yes" if link.decides else "",
                "sources": _cited_all(link.evidence),
                "voices": "; ".join(e.voice for e in link.evidence),
                "addresses": " ".join(e.url for e in link.evidence if e.url),
                "note": link.note,
            }
            for link in links
        ]
    )


def _cited_all(evidence: Sequence[Evidence]) -> str:
    """Sources in words: publisher, title, locator."""
    return "; ".join(f"{e.publisher}, {e.title}" + (f" ({e.locator})" if e.locator else "") for e in evidence)


def sources_frame(ledger: Ledger, mask: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """The sources of the items under the mask, with publisher, voice, and how many of their events rest on each.

    With every item under the mask also the sources that only meetings cite.
    """
    sources = ledger.sources.copy()
    publishers = ledger.publishers.set_index("publisher_id")
    sources.insert(2, "publisher", sources["publisher_id"].map(publishers["name"]))
    sources.insert(3, "voice", sources["publisher_id"].map(publishers["voice"]))
    shown = mask[ledger.event_item]
    cited = [
        c.source_id for citations, is_shown in zip(ledger.citations, shown, strict=True) if is_shown for c in citations
    ]
    counts = pd.Series(cited, dtype="object").value_counts()
    sources["events"] = sources["source_id"].map(counts).fillna(0).astype(int)
    return sources if mask.all() else sources[sources["events"] > 0].reset_index(drop=True)


def meetings_frame(ledger: Ledger, columns: Rows) -> pd.DataFrame:
    """The meetings shown, with the title of their series; source lists in their canonical form."""
    meetings = ledger.meetings.iloc[columns].reset_index(drop=True)
    meetings.insert(2, "dialogue", meetings["dialogue_id"].map(ledger.titles("dialogues")))
    meetings["sources"] = [format_sources(parse_sources(cell)[0]) for cell in meetings["sources"]]
    return meetings
