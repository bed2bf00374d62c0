"""The status rule as DESIGN section 3 words it, clause by clause: slow, plain, and independent of the engine.

Every cell is worked out from the tables anew. Nothing of the engine, no vectorised step and none of the shared
vocabulary is used, so that a slip there cannot repeat itself here.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from components.ledger.dataset import Ledger

Row = dict[str, str]
Tables = dict[str, list[Row]]

OPENING = ("raises", "discusses", "welcomes")
FORWARD = {"acknowledges": 1, "promises": 1, "starts": 2, "adopts": 3, "enters_into_force": 3, "applies": 4}
SIDE = {
    "stalls": "stalled",
    "reverses": "reversed",
    "rejects": "rejected",
    "closes": "closed",
    "finds_unclear": "unclear",
}
WITHOUT_EFFECT = ("context", "searched")
WORDS = ("raised", "promised", "under_way", "adopted", "in_effect")
LINK_CAPS = {"addresses": 4, "partly_addresses": 3, "precondition": 2}


@dataclass(frozen=True)
class Deed:
    """What an event does to one item: ``opens``, ``persists``, ``forward``, ``rates`` or ``side``."""

    kind: str
    level: int = 0
    side: str = ""


@dataclass(frozen=True)
class Bearing:
    """An event that bears on an item, with all that decides its place in the fold."""

    event_id: str
    deed: Deed
    day: date
    first: date
    linked: bool
    event_row: int
    link_row: int

    def place(self) -> tuple[date, date, bool, int, int]:
        """Clause 5: day it counts from, first day of its own period, own before linked, row in events, row in links."""
        return self.day, self.first, self.linked, self.event_row, self.link_row


def oracle(
    ledger: Ledger, as_of: date, voice: str = "all", known_at: date | None = None, dialogue: str = ""
) -> list[Row]:
    """The rows of the command ``status``: one for each item and meeting, in table order."""
    tables = records(ledger)
    meetings = [meeting for meeting in tables["meetings"] if dialogue in ("", meeting["dialogue_id"])]
    months = int(ledger.descriptor.get("stall_after_months", 24))
    return [
        {
            "item_id": item["item_id"],
            "meeting_id": meeting["meeting_id"],
            **_standing(_bearings(tables, item, voice, known_at), _meeting_day(meeting, as_of), months),
            "named_by": _named_by(tables, item, meeting, as_of, known_at),
        }
        for item in tables["items"]
        for meeting in meetings
    ]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table of text."""
    assert all(isinstance(cell, str) for cell in frame.to_numpy().flat)
    return [{str(column): cell for column, cell in row.items()} for row in frame.to_dict("records")]


def records(ledger: Ledger) -> Tables:
    """The tables as lists of rows."""
    return {name: rows_of(frame) for name, frame in ledger.tables.items()}


def period(text: str) -> tuple[date, date]:
    """Clause 1: a reduced date stands for its whole period; this is the period's first and last day."""
    year, month, day = (int(part) if part else 0 for part in [*text.split("-"), "", ""][:3])
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def counts_from(event: Row) -> date:
    """Clause 1: an event counts from its period's last day."""
    return period(event["date"])[1]


def _meeting_day(meeting: Row, as_of: date) -> date:
    # Clause 1: the last day of `end_date`, else of `date`, but never later than the viewing day.
    return min(period(meeting["end_date"] or meeting["date"])[1], as_of)


def publisher_voices(tables: Tables, event: Row) -> set[str]:
    """The voices of the publishers of an event's sources, ``joint`` not yet spelled out."""
    publisher_of = {source["source_id"]: source["publisher_id"] for source in tables["sources"]}
    voice_of = {publisher["publisher_id"]: publisher["voice"] for publisher in tables["publishers"]}
    without_locators = re.sub(r"\[[^]]*\]", "", event["sources"])
    return {voice_of[publisher_of[entry.strip()]] for entry in without_locators.split(";") if entry.strip()}


def spelled_out(voices: set[str]) -> set[str]:
    """Section 2: a joint text counts as acting and as raising."""
    return {said for voice in voices for said in (("acting", "raising") if voice == "joint" else (voice,))}


def _is_known(event: Row, known_at: date | None) -> bool:
    # Clause 1: with `known_at`, only events recorded on or before it count.
    return known_at is None or date.fromisoformat(event["recorded"]) <= known_at


def is_said(tables: Tables, event: Row, voice: str) -> bool:
    """Clause 2: every event; or the opening ones and those with at least one source of that voice."""
    return voice == "all" or event["effect"] in OPENING or voice in spelled_out(publisher_voices(tables, event))


def _own_deed(tables: Tables, event: Row, voice: str) -> Deed | None:
    """What an event does to its own item; None if nothing."""
    effect = event["effect"]
    if effect in OPENING:
        return Deed("opens")
    if effect == "persists":
        return Deed("persists")
    if effect in SIDE:
        return Deed("side", side=SIDE[effect])
    if effect in WITHOUT_EFFECT:
        return None
    level = int(event["level"]) if effect == "assesses" else FORWARD[effect]
    # Clause 4: under `all`, a level of 4 needs a source that is not `acting`; without one it counts as 3.
    if voice == "all" and level == 4 and not publisher_voices(tables, event) - {"acting"}:
        level = 3
    return Deed("rates" if effect == "assesses" else "forward", level)


def _linked_deed(tables: Tables, event: Row, voice: str, relation: str) -> Deed | None:
    """Clause 3: what arrives at the concern through a link; None if nothing passes."""
    effect = event["effect"]
    if relation == "undermines":
        return Deed("side", side="reversed") if effect in ("adopts", "enters_into_force", "applies") else None
    if effect in ("stalls", "reverses", "rejects"):
        return Deed("side", side="stalled")
    if effect in FORWARD or effect == "assesses":
        own = _own_deed(tables, event, voice)  # clause 4: the cap comes before the link's
        level = min(own.level, LINK_CAPS[relation]) if own else 0
        return Deed("forward", level) if level > 0 else None
    return None


def _bearings(tables: Tables, item: Row, voice: str, known_at: date | None) -> list[Bearing]:
    """Clauses 2 to 4: the events that bear on an item, each with the day from which it counts for it."""
    left = [
        (row, event)
        for row, event in enumerate(tables["events"])
        if _is_known(event, known_at) and is_said(tables, event, voice)
    ]
    found = []
    own_days = []
    for row, event in left:
        deed = _own_deed(tables, event, voice)
        if event["item_id"] == item["item_id"] and deed:
            first, day = period(event["date"])
            own_days.append(day)
            found.append(Bearing(event["event_id"], deed, day, first, False, row, -1))
    if item["kind"] != "concern" or not own_days:
        return found  # clause 3: with no such own event, no linked event counts
    on_record = min(own_days)
    for link_row, link in enumerate(tables["links"]):
        for row, event in left:
            if link["to_item"] == item["item_id"] and link["from_item"] == event["item_id"]:
                deed = _linked_deed(tables, event, voice, link["relation"])
                first, day = period(event["date"])
                if deed:  # clause 3: it counts from the day the concern is on record if its own is earlier
                    found.append(Bearing(event["event_id"], deed, max(day, on_record), first, True, row, link_row))
    return found


def _standing(bearings: list[Bearing], day: date, months: int) -> Row:
    """Clauses 5 and 6: the status of an item on a meeting's day."""
    level: int | None = None
    side = ""
    deciding: Bearing | None = None
    last_step: Bearing | None = None
    for bearing in sorted(bearings, key=Bearing.place):
        if bearing.day > day:  # clause 1: it counts if its day is on or before the meeting's
            continue
        before = (level, side)
        level, side = _fold(level, side, bearing.deed)
        if (level, side) != before:
            deciding = bearing
        if bearing.deed.kind in ("forward", "rates"):
            last_step = bearing
    if level is None or deciding is None:
        return {"status": "", "level": "", "by_rule": "false", "since": "", "event_id": ""}
    if level in (1, 2) and not side and last_step:
        due = months_later(last_step.day, months)
        if due is not None and due < day:  # clause 6
            since = due + timedelta(days=1)
            return _cell("stalled", level, True, since, last_step.event_id)
    return _cell(side or WORDS[level], level, False, deciding.day, deciding.event_id)


def _fold(level: int | None, side: str, deed: Deed) -> tuple[int | None, str]:
    """Clause 5: level and side state after one event."""
    match deed.kind:
        case "opens":
            return (0, "") if level is None else (level, side)
        case "persists":
            if level == 4 and not side:
                return 3, ""
            return (0, "") if level is None else (level, side)
        case "forward":
            return (deed.level if side or level is None else max(level, deed.level)), ""
        case "rates":
            return deed.level, ""
        case "side":
            return (0 if level is None else level), deed.side
    raise ValueError(deed.kind)


def _cell(status: str, level: int, by_rule: bool, since: date, event_id: str) -> Row:
    return {
        "status": status,
        "level": str(level),
        "by_rule": "true" if by_rule else "false",
        "since": since.isoformat(),
        "event_id": event_id,
    }


def months_later(day: date, months: int) -> date | None:
    """Clause 6: calendar months, clamped to the month's end; None if that is beyond the calendar."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    if year > date.max.year:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _named_by(tables: Tables, item: Row, meeting: Row, as_of: date, known_at: date | None) -> str:
    """Clause 7: the voices of the sources of the item's opening events with that meeting, whatever the voice."""
    voices: set[str] = set()
    for event in tables["events"]:
        if (
            event["item_id"] == item["item_id"]
            and event["meeting_id"] == meeting["meeting_id"]
            and event["effect"] in OPENING
            and _is_known(event, known_at)
            and counts_from(event) <= as_of  # decided: an event from after the viewing day names nothing yet
        ):
            voices |= spelled_out(publisher_voices(tables, event))
    return ";".join(sorted(voices))
