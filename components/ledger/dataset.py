"""A dataset that passed every check: its tables, frozen, with the codes and days that every question needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.ledger import canonical, dates
from components.ledger.checking import check_raw
from components.ledger.problems import DatasetError, errors
from components.ledger.reading import RawDataset, read_dataset
from components.ledger.schema import TABLES
from components.ledger.sourcelist import Citation, parse_sources
from components.ledger.vocabulary import DEFAULT_STALL_MONTHS, PUBLISHER_VOICE_BITS

Codes = npt.NDArray[np.int64]
Record = dict[str, str]


def positions(identifiers: Iterable[str], wanted: Iterable[str]) -> Codes:
    """For each identifier wanted its position among ``identifiers``, -1 if it is not there (int64)."""
    index = pd.Index(np.asarray(identifiers, dtype=object))
    return np.asarray(index.get_indexer(pd.Index(np.asarray(wanted, dtype=object))), dtype=np.int64)


@dataclass(frozen=True)
class Ledger:
    """The eight tables of text (missing is the empty string) and the descriptor. Treat the frames as read-only."""

    tables: Mapping[str, pd.DataFrame]
    descriptor: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, bytes] = field(default_factory=dict)
    _records: dict[str, Mapping[str, Record]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def records(self, table: str) -> Mapping[str, Record]:
        """The rows of a table that has identifiers, by identifier, in table order."""
        if table not in self._records:
            (key,) = TABLES[table].key
            rows: list[Record] = self.tables[table].to_dict("records")  # type: ignore[assignment]
            self._records[table] = MappingProxyType({row[key]: row for row in rows})
        return self._records[table]

    def titles(self, table: str) -> dict[str, str]:
        """The title of each row of a table by identifier."""
        return {name: row["title"] for name, row in self.records(table).items()}

    @property
    def publishers(self) -> pd.DataFrame:
        """One row a publisher."""
        return self.tables["publishers"]

    @property
    def sources(self) -> pd.DataFrame:
        """One row a source."""
        return self.tables["sources"]

    @property
    def dialogues(self) -> pd.DataFrame:
        """One row a series of meetings."""
        return self.tables["dialogues"]

    @property
    def meetings(self) -> pd.DataFrame:
        """One row a meeting."""
        return self.tables["meetings"]

    @property
    def areas(self) -> pd.DataFrame:
        """One row an issue area."""
        return self.tables["areas"]

    @property
    def items(self) -> pd.DataFrame:
        """One row a concern, reform step or setback."""
        return self.tables["items"]

    @property
    def links(self) -> pd.DataFrame:
        """One row a link from a step or setback to a concern."""
        return self.tables["links"]

    @property
    def events(self) -> pd.DataFrame:
        """One row a dated event."""
        return self.tables["events"]

    @property
    def title(self) -> str:
        """Title of the dataset, or an empty string."""
        return str(self.descriptor.get("title") or "")

    @property
    def version(self) -> str:
        """Version that its curators gave it, or an empty string."""
        return str(self.descriptor.get("version") or "")

    @property
    def stall_after_months(self) -> int:
        """Months without a forward step after which a promise counts as stalled."""
        return int(self.descriptor.get("stall_after_months") or DEFAULT_STALL_MONTHS)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the tables' canonical form and the stall setting: equal content, equal digest."""
        sum_ = hashlib.sha256(str(self.stall_after_months).encode())
        for name in TABLES:
            sum_.update(canonical.csv_bytes(name, self.tables[name]))
        return sum_.hexdigest()

    @cached_property
    def citations(self) -> list[list[Citation]]:
        """The parsed source list of each event, in the order of the table."""
        parsed = {cell: parse_sources(cell)[0] for cell in self.events["sources"].unique()}
        return [parsed[cell] for cell in self.events["sources"]]

    @cached_property
    def source_voice_bits(self) -> Mapping[str, int]:
        """For each source the voices it speaks with, as a bit set."""
        of_publisher = {
            publisher: PUBLISHER_VOICE_BITS[voice]
            for publisher, voice in zip(self.publishers["publisher_id"], self.publishers["voice"], strict=True)
        }
        pairs = zip(self.sources["source_id"], self.sources["publisher_id"], strict=True)
        return MappingProxyType({source: of_publisher[publisher] for source, publisher in pairs})

    @cached_property
    def event_voice_bits(self) -> npt.NDArray[np.uint8]:
        """For each event the voices of its sources, as a bit set (0: no source)."""
        bits = self.source_voice_bits
        of_cell: dict[str, int] = {}
        for cell in self.events["sources"].unique():
            together = 0
            for citation in parse_sources(cell)[0]:
                together |= bits[citation.source_id]
            of_cell[cell] = together
        return np.asarray(self.events["sources"].map(of_cell), dtype=np.uint8)

    @cached_property
    def event_at(self) -> Mapping[str, int]:
        """The position of each event in ``events`` by its identifier."""
        return MappingProxyType({str(name): at for at, name in enumerate(self.events["event_id"])})

    @cached_property
    def event_item(self) -> Codes:
        """For each event the position of its item in ``items``."""
        return positions(self.items["item_id"], self.events["item_id"])

    @cached_property
    def event_meeting(self) -> Codes:
        """For each event the position of its meeting in ``meetings``, -1 if it has none."""
        return positions(self.meetings["meeting_id"], self.events["meeting_id"])

    @cached_property
    def event_periods(self) -> tuple[dates.Days, dates.Days]:
        """First and last day of each event's period; an event counts from the last."""
        return dates.periods(self.events["date"])

    @cached_property
    def event_recorded(self) -> dates.Days:
        """Day on which each event was added."""
        return dates.periods(self.events["recorded"])[0]

    @cached_property
    def meeting_days(self) -> dates.Days:
        """Day of each meeting: the last day of its end date, else of its date."""
        _, last = dates.periods(self.meetings["date"])
        _, end = dates.periods(self.meetings["end_date"])
        return np.where(np.isnat(end), last, end)

    @cached_property
    def search_text(self) -> pd.Series[str]:
        """For each item everything a search looks through, in one case: its texts, its area, what happened to it."""
        texts = [name for name in self.items.columns if name not in ("kind", "area_id")]
        areas = self.items["area_id"].map(self.areas.set_index("area_id")["title"])
        events = self.events.groupby("item_id", sort=False)["summary"].agg(" ".join)
        told = self.items["item_id"].map(lambda item: events.get(item, ""))
        return (self.items[texts].agg(" ".join, axis=1) + " " + areas + " " + told).str.casefold()


def load(path: Path) -> Ledger:
    """The dataset at ``path`` (folder, ``.zip`` or ``.xlsx``).

    Raises DatasetError with every problem if it has an error: a dataset is used whole or not at all.
    """
    raw = read_dataset(path)
    problems = check_raw(raw)
    if errors(problems):
        raise DatasetError(problems)
    return from_raw(raw)


def from_raw(raw: RawDataset) -> Ledger:
    """A ledger from tables that passed the check."""
    return Ledger(
        MappingProxyType({name: raw.tables[name].frame for name in TABLES}),
        MappingProxyType(raw.descriptor),
        MappingProxyType(raw.documents),
    )
