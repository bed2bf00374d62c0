"""What a curator could look at next: not errors, but places where the record is thin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from components.ledger.dataset import Ledger
from components.ledger.sourcelist import parse_sources


@dataclass(frozen=True)
class Finding:
    """One list of the report: what it lists and the identifiers."""

    title: str
    names: Sequence[str]


def curation_report(ledger: Ledger) -> list[Finding]:
    """Every list of the report, also those that are empty."""
    items, events, links, sources, meetings = (
        ledger.items,
        ledger.events,
        ledger.links,
        ledger.sources,
        ledger.meetings,
    )
    linked = set(links["from_item"]) | set(links["to_item"])
    loose = items[~items["item_id"].isin(linked)]
    cited = {citation.source_id for citations in ledger.citations for citation in citations}
    cited |= {citation.source_id for cell in meetings["sources"] for citation in parse_sources(cell)[0]}
    places = [any(not citation.locator for citation in citations) for citations in ledger.citations]
    bare = links[links["note"] == ""]
    held = meetings[meetings["status"] == "held"]
    with_events = set(events["item_id"])
    return [
        Finding("reform steps and setbacks without a link", _ids(loose[loose["kind"] != "concern"]["item_id"])),
        Finding("concerns that no reform step or setback bears on", _ids(loose[loose["kind"] == "concern"]["item_id"])),
        Finding("items without an event", _ids(items[~items["item_id"].isin(with_events)]["item_id"])),
        Finding("events with a source without a locator", _ids(events[places]["event_id"])),
        Finding(
            "events whose page could not be read again",
            _ids(events[events["note"].str.startswith("Not re-read")]["event_id"]),
        ),
        Finding("sources never cited", _ids(sources[~sources["source_id"].isin(cited)]["source_id"])),
        Finding(
            "sources known only from a repost",
            _ids(sources[sources["note"].str.startswith("Read in a repost")]["source_id"]),
        ),
        Finding(
            "sources without an address",
            _ids(sources[(sources["url"] == "") & (sources["archive_url"] == "")]["source_id"]),
        ),
        Finding(
            "meetings held at which no event is recorded",
            _ids(held[~held["meeting_id"].isin(set(events["meeting_id"]))]["meeting_id"]),
        ),
        Finding("meetings without a source", _ids(meetings[meetings["sources"] == ""]["meeting_id"])),
        Finding("links without a note", _ids(bare["from_item"] + " -> " + bare["to_item"])),
    ]


def _ids(column: Iterable[str]) -> list[str]:
    return [str(value) for value in column]
