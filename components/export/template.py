"""A new dataset: the eight tables with one worked example row each, the schema and the codebook."""

from __future__ import annotations

import pandas as pd

from components.export import package
from components.export.codebook import codebook
from components.ledger.dataset import Ledger
from components.ledger.schema import TABLES

_EXAMPLE: dict[str, list[dict[str, str]]] = {
    "publishers": [
        {"publisher_id": "example-ministry", "name": "Example Ministry", "kind": "government", "voice": "acting"},
    ],
    "sources": [
        {
            "source_id": "example-ministry-2024-readout",
            "title": "Read-out of the first dialogue",
            "publisher_id": "example-ministry",
            "published": "2024-05-21",
            "url": "https://example.org/readout",
            "language": "en",
            "extent": "full",
            "accessed": "2024-06-01",
        },
    ],
    "dialogues": [
        {
            "dialogue_id": "example-dialogue",
            "title": "Example Human Rights Dialogue",
            "short_title": "EHRD",
            "raising_party": "Example Union",
            "acting_party": "Example Republic",
            "tier": "core",
        },
    ],
    "meetings": [
        {
            "meeting_id": "example-dialogue-1",
            "dialogue_id": "example-dialogue",
            "number": "1",
            "title": "First Example Dialogue",
            "date": "2024-05-20",
            "status": "held",
            "sources": "example-ministry-2024-readout",
        },
    ],
    "areas": [{"area_id": "assembly", "title": "Peaceful assembly", "standards": "ICCPR art. 21"}],
    "items": [
        {
            "item_id": "permits-for-assemblies",
            "kind": "concern",
            "area_id": "assembly",
            "title": "Permits required for assemblies",
            "summary": "Assemblies need a permit in advance; requests are often refused.",
        },
        {
            "item_id": "assembly-bill",
            "kind": "reform_step",
            "area_id": "assembly",
            "title": "Bill to replace permits by notices",
            "summary": "A bill under which organisers would give notice instead of asking for a permit.",
        },
    ],
    "links": [
        {
            "from_item": "assembly-bill",
            "to_item": "permits-for-assemblies",
            "relation": "addresses",
            "note": "The bill would end the permit requirement.",
        },
    ],
    "events": [
        {
            "event_id": "permits-for-assemblies-01",
            "item_id": "permits-for-assemblies",
            "date": "2024-05-20",
            "meeting_id": "example-dialogue-1",
            "effect": "discusses",
            "summary": "Permits for assemblies were among the topics of the dialogue.",
            "sources": "example-ministry-2024-readout[para 2]",
            "recorded": "2024-06-01",
        },
        {
            "event_id": "assembly-bill-01",
            "item_id": "assembly-bill",
            "date": "2024-05-20",
            "meeting_id": "example-dialogue-1",
            "effect": "promises",
            "summary": "The ministry announced a bill.",
            "sources": "example-ministry-2024-readout[para 3]",
            "recorded": "2024-06-01",
        },
    ],
}

_DESCRIPTOR = {
    "name": "example-ledger",
    "title": "Example ledger",
    "description": "Replace the example rows by your own; see CODEBOOK.md.",
    "version": "0.1.0",
    "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
}


def template_files() -> dict[str, bytes]:
    """Every file of a new dataset by name."""
    tables = {
        name: pd.DataFrame(_EXAMPLE[name], columns=list(table.column_names), dtype="object").fillna("")
        for name, table in TABLES.items()
    }
    return package.files(Ledger(tables, _DESCRIPTOR, {"CODEBOOK.md": codebook().encode("utf-8")}))
