"""A large made-up ledger for benchmarks: sizes like real ones, contents meaningless."""

from __future__ import annotations

import numpy as np
import pandas as pd

from components.ledger.dataset import Ledger
from components.ledger.schema import TABLES
from components.ledger.vocabulary import EFFECTS, KINDS, RELATIONS

_VOICES = ("acting", "raising", "joint", "independent")


def _frame(table: str, **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame({name: pd.Series(values, dtype="object") for name, values in columns.items()})
    return frame.reindex(columns=list(TABLES[table].column_names)).astype("object").fillna("")


def _numbered(prefix: str, count: int) -> np.ndarray:
    return np.array([f"{prefix}-{number}" for number in range(count)], dtype=object)


def synthetic_ledger(items: int, meetings: int, events: int, seed: int = 0) -> Ledger:
    """A valid ledger of the given size: a third of the items are steps or setbacks, each linked to one concern."""
    draw = np.random.default_rng(seed)
    start, days = np.datetime64("2010-01-01", "D"), 16 * 365
    item_ids, meeting_ids, source_ids = (
        _numbered("item", items),
        _numbered("meeting", meetings),
        _numbered("source", 400),
    )
    kind = np.array(KINDS, dtype=object)[draw.choice(3, items, p=[0.66, 0.26, 0.08])]
    concerns, others = np.flatnonzero(kind == "concern"), np.flatnonzero(kind != "concern")
    relation = np.array(RELATIONS, dtype=object)[draw.integers(0, 3, len(others))]
    relation[kind[others] == "setback"] = "undermines"
    effect = np.array(list(EFFECTS), dtype=object)[draw.integers(0, len(EFFECTS), events)]
    level = np.where(effect == "assesses", draw.integers(0, 5, events).astype(str), "").astype(object)
    day = np.datetime_as_string(start + draw.integers(0, days, events), unit="D").astype(object)
    meeting_day = np.sort(start + draw.integers(0, days, meetings))
    tables = {
        "publishers": _frame(
            "publishers", publisher_id=_VOICES, name=_VOICES, kind=["media"] * len(_VOICES), voice=_VOICES
        ),
        "sources": _frame(
            "sources",
            source_id=source_ids,
            title=source_ids,
            publisher_id=np.array(_VOICES, dtype=object)[draw.integers(0, len(_VOICES), len(source_ids))],
            extent=["full"] * len(source_ids),
        ),
        "dialogues": _frame(
            "dialogues",
            dialogue_id=["dialogue"],
            title=["Dialogue"],
            short_title=["D"],
            raising_party=["R"],
            acting_party=["A"],
            tier=["core"],
        ),
        "meetings": _frame(
            "meetings",
            meeting_id=meeting_ids,
            dialogue_id=["dialogue"] * meetings,
            title=meeting_ids,
            date=np.datetime_as_string(meeting_day, unit="D").astype(object),
            status=["held"] * meetings,
        ),
        "areas": _frame("areas", area_id=_numbered("area", 14), title=_numbered("Area", 14)),
        "items": _frame(
            "items",
            item_id=item_ids,
            kind=kind,
            area_id=_numbered("area", 14)[draw.integers(0, 14, items)],
            title=item_ids,
            summary=item_ids,
        ),
        "links": _frame(
            "links",
            from_item=item_ids[others],
            to_item=item_ids[concerns[draw.integers(0, len(concerns), len(others))]],
            relation=relation,
        ),
        "events": _frame(
            "events",
            event_id=_numbered("event", events),
            item_id=item_ids[draw.integers(0, items, events)],
            date=day,
            effect=effect,
            level=level,
            summary=["Something happened."] * events,
            sources=source_ids[draw.integers(0, len(source_ids), events)],
            recorded=["2026-01-01"] * events,
        ),
    }
    return Ledger(tables, {"name": "synthetic"})
