"""Ledgers for tests: a notation that writes one in a few lines, and strategies that draw valid ones in that notation.

One source stands ready for each publisher's voice and extent, named after the voice's first letter: ``a``, ``r``, ``j``
and ``i`` were read in full, ``ax``, ``rx``, ``jx`` and ``ix`` in part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from components.ledger import vocabulary as words
from components.ledger.dataset import Ledger
from components.ledger.rule import status_grid, status_table
from components.ledger.schema import TABLES
from tests.ledger.oracle import Row, period, rows_of

RECORDED = "2026-01-01"
LAST_DAY = "2026-11-22"
"""The viewing day unless another is asked for; of what follows only planned meetings are later."""
VOICE_OF_LETTER = {voice[0]: voice for voice in words.PUBLISHER_VOICES}
SOURCE_IDS = tuple(letter + part for letter in VOICE_OF_LETTER for part in ("", "x"))


@dataclass(frozen=True)
class Script:
    """A ledger as text; a row's fields are divided by blanks, those in brackets may be left out.

    events: ``date item effect[=rating] [sources] [@meeting] [+recorded]``; they are numbered ``e1``, ``e2`` and so on.
    links: ``item relation concern``. meetings: ``id date[/end_date] [@dialogue] [status]``.
    An item is a concern, a reform step or a setback by the start of its name: ``concern``, ``step``, ``setback``.
    Items come in the order given, then in the order in which links and events name them.
    """

    events: Sequence[str] = ()
    links: Sequence[str] = ()
    meetings: Sequence[str] = ("m1 2024-01-01",)
    items: Sequence[str] = ()
    stall_after_months: int | None = None

    def ledger(self) -> Ledger:
        """The ledger that the text stands for."""
        events = [_event(number, line) for number, line in enumerate(self.events, start=1)]
        links = [dict(zip(("from_item", "relation", "to_item"), line.split(), strict=True)) for line in self.links]
        meetings = [_meeting(line) for line in self.meetings]
        named = [*self.items, *(link[end] for link in links for end in ("from_item", "to_item"))]
        items = dict.fromkeys([*named, *(event["item_id"] for event in events)])
        rows: dict[str, list[Row]] = {
            "publishers": [
                {"publisher_id": f"p-{voice}", "name": voice, "kind": "government", "voice": voice}
                for voice in words.PUBLISHER_VOICES
            ],
            "sources": [
                {
                    "source_id": source,
                    "title": f"Source {source}",
                    "publisher_id": f"p-{VOICE_OF_LETTER[source[0]]}",
                    "extent": "excerpt" if source.endswith("x") else "full",
                }
                for source in SOURCE_IDS
            ],
            "dialogues": [_dialogue(name) for name in dict.fromkeys(meeting["dialogue_id"] for meeting in meetings)],
            "meetings": meetings,
            "areas": [{"area_id": "area", "title": "Area"}],
            "items": [_item(name) for name in items],
            "links": links,
            "events": events,
        }
        months = {} if self.stall_after_months is None else {"stall_after_months": self.stall_after_months}
        return Ledger({name: _frame(name, rows[name]) for name in TABLES}, months)


def _frame(table: str, rows: Sequence[Row]) -> pd.DataFrame:
    columns = TABLES[table].column_names
    return pd.DataFrame([[row.get(name, "") for name in columns] for row in rows], columns=list(columns), dtype=object)


def _event(number: int, line: str) -> Row:
    day, item, deed, *rest = line.split()
    effect, _, level = deed.partition("=")
    row = {"event_id": f"e{number}", "item_id": item, "date": day, "effect": effect, "level": level}
    row |= {"summary": f"Event {number}", "recorded": RECORDED}
    column_of_sign = {"@": "meeting_id", "+": "recorded"}
    for part in rest:
        if part[0] in column_of_sign:
            row[column_of_sign[part[0]]] = part[1:]
        else:
            row["sources"] = part
    return row


def _meeting(line: str) -> Row:
    name, days, *rest = line.split()
    begin, _, end = days.partition("/")
    row = {"meeting_id": name, "title": name, "date": begin, "end_date": end, "dialogue_id": "d1", "status": "held"}
    return row | {"dialogue_id" if part[0] == "@" else "status": part.removeprefix("@") for part in rest}


def _dialogue(name: str) -> Row:
    parties = {"raising_party": "One side", "acting_party": "Other side"}
    return {"dialogue_id": name, "title": name, "short_title": name, "tier": "core", **parties}


def _item(name: str) -> Row:
    kind = next(kind for kind in words.KINDS if name.startswith(kind.removeprefix("reform_")))
    return {"item_id": name, "kind": kind, "area_id": "area", "title": name, "summary": name}


def status_rows(
    ledger: Ledger, as_of: str = LAST_DAY, voice: str = "all", known_at: str | None = None, dialogue: str = ""
) -> list[Row]:
    """The rows of the command ``status``, from the engine."""
    known = np.datetime64(known_at) if known_at else None
    grid = status_grid(ledger, as_of=np.datetime64(as_of), voice=voice, known_at=known, dialogue=dialogue)
    return rows_of(status_table(ledger, grid))


def with_table(ledger: Ledger, table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Ledger:
    """The same ledger with one table changed."""
    tables: Mapping[str, pd.DataFrame] = {**ledger.tables, table: change(ledger.tables[table]).reset_index(drop=True)}
    return Ledger(tables, ledger.descriptor)


def keeping_events(ledger: Ledger, keep: Callable[[Row], bool]) -> Ledger:
    """The same ledger with only the events that pass the test."""
    kept = [keep(event) for event in rows_of(ledger.events)]
    return with_table(ledger, "events", lambda frame: frame[pd.Series(kept, index=frame.index, dtype=bool)])


DATES = (
    *("2019", "2019-12", "2019-12-31", "2020", "2020-01", "2020-01-31", "2020-02", "2020-02-01", "2020-02-28"),
    *("2020-02-29", "2020-03-01", "2020-12", "2020-12-31", "2021", "2021-02", "2021-02-28", "2021-03-01", "2022-02"),
    *("2022-02-28", "2022-03-01", "2024-02-29"),
)
"""Few days, many of them reached by dates of several precisions, with month ends and leap days among them."""
LATER = ("2023-07-01", "2027")
"""Meetings held after the rest, and planned ones."""

DAYS = sorted({day for text in DATES for day in period(text)} | {period(text)[0] for text in LATER})

RECORDED_DAYS = ("2020-01-01", "2021-06-15", "2024-01-01")
STALL_MONTHS = (None, 1, 2, 11, 12, 12, 13, 24, 1200)

_FREQUENT = ("raises", "promises", "adopts", "applies", "applies", "persists", "stalls", "assesses", "assesses")
EFFECTS_DRAWN = (*words.EFFECTS, *_FREQUENT, *_FREQUENT)
"""Every effect, more often those that meet in the rule's corners: level 4, what follows a side state, ratings."""

_LISTS_OF_SOURCES = ("r[p.1]", "a;i", "a;ax", "a[p.1;i];ax[i]", "r;j", "jx;ix[r]", "a;r;j;i", "a[p.1];a[p.2]")

Texts = Sequence[str]


def viewing_days() -> st.SearchStrategy[str]:
    """A viewing day on, next to or far from the days on which something happens."""
    return st.sampled_from([day.isoformat() for day in DAYS])


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """A valid ledger with few items and few distinct days, so that events often tie in the order of the fold.

    Half of them have a concern on record early, so that what its steps do is seen, and each has a late meeting.
    """
    concerns = [f"concern-{n}" for n in range(draw(st.sampled_from([1, 1, 2])))]
    causes = [
        *(f"step-{n}" for n in range(draw(st.sampled_from([1, 1, 2, 0])))),
        *draw(st.sampled_from([[], [], ["setback-0"]])),
    ]
    items = draw(st.permutations(concerns + causes))
    pool = draw(st.lists(st.sampled_from(DATES), min_size=2, max_size=5, unique=True))
    meetings = [*(draw(_meetings(number, pool)) for number in range(draw(st.integers(0, 2)))), f"late {LATER[0]} @d1"]
    early = draw(st.sampled_from([[], [f"2018-06-01 {concerns[0]} raises r +{RECORDED_DAYS[0]}"]]))
    drawn = draw(
        st.lists(_events([*causes, *items], pool, meetings), min_size=draw(st.sampled_from([6, 10, 0])), max_size=14)
    )
    return Script(
        events=early + drawn,
        links=draw(_links(causes, concerns)),
        meetings=meetings,
        items=items,
        stall_after_months=draw(st.sampled_from(STALL_MONTHS)),
    )


@st.composite
def _meetings(draw: st.DrawFn, number: int, pool: Texts) -> str:
    begin = draw(st.sampled_from([*pool, *LATER]))
    ends = [text for text in pool if period(text)[1] >= period(begin)[0]]
    end = draw(st.sampled_from(["", "", *(f"/{text}" for text in ends)]))
    dialogue = draw(st.sampled_from(["@d1", "@d2"]))
    return f"m{number} {begin}{end} {dialogue} {draw(st.sampled_from(words.MEETING_STATUSES))}"


@st.composite
def _links(draw: st.DrawFn, causes: Texts, concerns: Texts) -> list[str]:
    lines = []
    for cause in causes:
        for concern in concerns:
            allowed = ("addresses", *words.RELATIONS) if cause.startswith("step") else ("undermines",)
            relation = draw(st.sampled_from([*allowed, ""]))
            lines += [f"{cause} {relation} {concern}"] if relation else []
    return draw(st.permutations(lines))


@st.composite
def _events(draw: st.DrawFn, items: Texts, pool: Texts, meetings: Texts) -> str:
    effect = draw(st.sampled_from(EFFECTS_DRAWN))
    rating = f"={draw(st.integers(0, 4))}" if effect == "assesses" else ""
    several = draw(st.sampled_from([SOURCE_IDS, SOURCE_IDS, _LISTS_OF_SOURCES]))
    sources = "" if effect == "searched" and draw(st.booleans()) else draw(st.sampled_from(several))
    meeting = draw(st.sampled_from(["", *meetings]))
    day = draw(st.sampled_from(_days_within(meeting, [*pool, *LATER]) if meeting else pool))
    at = f"@{meeting.split()[0]}" if meeting else ""
    recorded = draw(st.sampled_from(RECORDED_DAYS))
    return f"{day} {draw(st.sampled_from(items))} {effect}{rating} {sources} {at} +{recorded}"


def _days_within(meeting: str, pool: Iterable[str]) -> list[str]:
    """The dates whose period overlaps the meeting's."""
    days = _meeting(meeting)
    begin, end = period(days["date"])[0], period(days["end_date"] or days["date"])[1]
    return [text for text in pool if period(text)[0] <= end and period(text)[1] >= begin]
