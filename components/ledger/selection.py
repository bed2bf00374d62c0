"""What a person has chosen to look at: one set of filters for the address, every page and every export."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import numpy.typing as npt

from components.ledger import dates
from components.ledger.dataset import Ledger
from components.ledger.vocabulary import KINDS, STATUSES, VOICES

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Selection:
    """The filters. An empty list or text means no restriction; ``dialogue`` empty means the core dialogues.

    ``as_of``: how things stood on that day, None for today. ``known_at``: what was on record in
    the ledger on that day, None for all that it holds.
    """

    dialogue: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    voice: str = "all"
    as_of: date | None = None
    known_at: date | None = None
    q: str = ""

    def query(self) -> list[tuple[str, str]]:
        """The filters that differ from their default as query parameters; a list repeats its key."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            values = value if isinstance(value, tuple) else (value,)
            pairs.extend((field.name, str(one)) for one in values)
        return pairs

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]], ledger: Ledger) -> tuple[Selection, list[tuple[str, str]]]:
        """The filters that query parameters ask for, and the (name, value) pairs that mean nothing in this ledger."""
        known: dict[str, Collection[str]] = {
            "dialogue": set(ledger.dialogues["dialogue_id"]),
            "area": set(ledger.areas["area_id"]),
            "kind": KINDS,
            "status": STATUSES,
        }
        unknown = [
            (name, value) for name, allowed in known.items() for value in query.get(name, ()) if value not in allowed
        ]
        lists = {
            name: tuple(dict.fromkeys(value for value in query.get(name, ()) if value in allowed))
            for name, allowed in known.items()
        }
        voice = _last(query, "voice") or "all"
        if voice not in VOICES:
            unknown.append(("voice", voice))
            voice = "all"
        as_of, known_at = (_asked_day(query, name, unknown) for name in ("as_of", "known_at"))
        return cls(**lists, voice=voice, as_of=as_of, known_at=known_at, q=_last(query, "q")), unknown

    def day(self, today: date) -> np.datetime64:
        """The viewing day."""
        return np.datetime64(self.as_of or today, "D")

    def known_day(self) -> np.datetime64 | None:
        """The day whose knowledge is asked for, None for all."""
        return np.datetime64(self.known_at, "D") if self.known_at else None


def _asked_day(query: Mapping[str, Sequence[str]], name: str, unknown: list[tuple[str, str]]) -> date | None:
    """The last day of the period that a parameter names; what is no date is added to ``unknown``."""
    asked = _last(query, name)
    span = dates.period(asked)
    if asked and span is None:
        unknown.append((name, asked))
    return span[1] if span else None


def _last(query: Mapping[str, Sequence[str]], name: str) -> str:
    values = query.get(name) or [""]
    return values[-1]


def item_mask(ledger: Ledger, selection: Selection, status_now: npt.NDArray[np.int8], without: str = "") -> Mask:
    """Which items the selection shows (bool, one a row of ``items``).

    ``status_now``: position in STATUSES of each item on the viewing day, -1 if not on record. ``without`` names a
    filter to leave out, for the counts beside its choices.
    """
    items = ledger.items
    mask = np.ones(len(items), dtype=bool)
    if selection.area and without != "area":
        mask &= items["area_id"].isin(selection.area).to_numpy()
    if selection.kind and without != "kind":
        mask &= items["kind"].isin(selection.kind).to_numpy()
    if selection.status and without != "status":
        mask &= np.isin(status_now, [STATUSES.index(status) for status in selection.status])
    if selection.q.strip() and without != "q":
        mask &= text_mask(ledger, selection.q)
    return mask


def text_mask(ledger: Ledger, text: str) -> Mask:
    """Items whose texts, area or events hold every word of ``text``, whatever the case (bool, a row of ``items``)."""
    mask = np.ones(len(ledger.items), dtype=bool)
    for word in text.casefold().split():
        mask &= ledger.search_text.str.contains(word, regex=False).to_numpy(dtype=bool)
    return mask


def meeting_columns(ledger: Ledger, selection: Selection) -> npt.NDArray[np.int64]:
    """Positions of the meetings shown, in order of time: those of the chosen dialogues, or of the core ones."""
    dialogues = ledger.dialogues
    chosen: Sequence[str] = selection.dialogue or dialogues.loc[dialogues["tier"] == "core", "dialogue_id"].tolist()
    shown = np.flatnonzero(ledger.meetings["dialogue_id"].isin(list(chosen)).to_numpy())
    if not len(shown) and not selection.dialogue:
        shown = np.arange(len(ledger.meetings))
    return shown[np.argsort(ledger.meeting_days[shown], kind="stable")]


def count_by(ledger: Ledger, column: str, mask: Mask) -> Mapping[str, int]:
    """How many items under the mask have each value of a column of ``items``."""
    return {str(value): int(count) for value, count in ledger.items.loc[mask, column].value_counts().items()}
