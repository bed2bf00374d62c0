"""Every rule a dataset must keep, checked in full: all problems at once, each with its place and what would be right.

A rule looks at whole columns; only cells that break it are visited one by one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.ledger import dates
from components.ledger.problems import Problem
from components.ledger.reading import DESCRIPTOR, MAX_CELL, RawDataset, RawTable, read_dataset
from components.ledger.schema import ID_PATTERN, LANGUAGE_PATTERN, TABLES, Column, Kind, Table, is_translation
from components.ledger.sourcelist import parse_sources

Mask = npt.NDArray[np.bool_]

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(
    r"<[\s/]*(?:script|img|iframe|svg|object|embed|style|link|meta|form|input|button|body|html|video|audio|base|a)\b",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"=|[+\-@][A-Za-z_.]+[(|!]")
_LEVELS = ("0", "1", "2", "3", "4")
_MAX_COMPARED = 2000
_MAX_GUESSES = 50
"""With more identifiers to compare, or more wrong values in a column, guessing what was meant takes too long."""
_SHOWN = 80
"""So much of a wrong value is quoted in a message."""
_DESCRIPTOR_TEXTS = ("name", "title", "description", "version")
_MAX_STALL_MONTHS = 1200

Known = Mapping[str, set[str]]
"""The identifiers of each table that was read whole; references to any other table are not judged."""


def check(path: Path) -> list[Problem]:
    """Every problem of the dataset at ``path``, in the order of the tables and their rows; empty if there is none."""
    return check_raw(read_dataset(path))


def check_raw(raw: RawDataset) -> list[Problem]:
    """Every problem of a dataset that was read: those met while reading and those of its content."""
    problems = list(raw.problems)
    known = _identifiers(raw)
    for name, table in raw.tables.items():
        problems.extend(_check_table(TABLES[name], table, known))
    problems.extend(_check_across(raw))
    problems.extend(_check_descriptor(raw.descriptor))
    order = {name: position for position, name in enumerate(TABLES)}
    return sorted(problems, key=lambda p: (order.get(p.table, -1), p.row if p.row is not None else -1))


def _identifiers(raw: RawDataset) -> Known:
    broken = {problem.table for problem in raw.problems if problem.is_error}
    return {
        name: set(table.frame[TABLES[name].key[0]])
        for name, table in raw.tables.items()
        if name not in broken and len(TABLES[name].key) == 1
    }


def _where(mask: Mask) -> npt.NDArray[np.intp]:
    return np.flatnonzero(mask)


def _check_table(spec: Table, table: RawTable, known: Known) -> Iterator[Problem]:
    for extra in table.frame.columns:
        if extra not in spec.column_names and not is_translation(spec, extra):
            message = f"the column {extra} is not part of the table; it is kept and exported, but nothing uses it"
            yield Problem(spec.name, 1, extra, "COLUMN-UNKNOWN", message, is_error=False)
        for code, message in _text_fault(extra, "the column's name"):
            yield Problem(spec.name, 1, extra[:_SHOWN], code, message)
    for name in table.frame.columns:
        yield from _check_column(spec, name, table, known)
    yield from _check_key(spec, table)


def _check_column(spec: Table, name: str, table: RawTable, known: Known) -> Iterator[Problem]:
    """Every cell of a column: what no cell may hold and, in a column of the table, what this one must hold."""
    column = spec.column(name) if name in spec.column_names else None
    codes, distinct = pd.factorize(table.frame[name].to_numpy(dtype=object))
    guess = _Guesser()
    faults: dict[int, Fault] = {}
    for number, value in enumerate(distinct):
        fault = _text_fault(value, "the cell") + (_fault(column, value, known, guess) if column else [])
        if fault:
            faults[number] = fault
    if faults:
        for at in _where(np.isin(codes, list(faults))):
            for code, message in faults[codes[at]]:
                yield Problem(spec.name, table.rows[at], name, code, message)


Fault = list[tuple[str, str]]
"""What is wrong with one value: codes and messages, none if it is right."""


def _text_fault(text: str, what: str) -> Fault:
    fault: Fault = []
    if len(text) > MAX_CELL:
        fault.append(("CELL-TOO-LONG", f"{what} is longer than {MAX_CELL} characters; shorten it"))
    if _CONTROL.search(text):
        message = f"{what} holds a tab or an invisible control character; type the text again"
        fault.append(("CONTROL-CHARACTER", message))
    if _MARKUP.search(text):
        fault.append(("MARKUP", f"{what} holds HTML; write plain text, addresses belong in the url column"))
    if _FORMULA.match(text):
        fault.append(("FORMULA", f"{what} starts like a spreadsheet formula; begin with a letter or a figure"))
    return fault


class _Guesser:
    """Guesses what was meant, for as many wrong values of a column as a person will look at."""

    def __init__(self) -> None:
        self._left = _MAX_GUESSES

    def __call__(self, value: str, allowed: Collection[str], cutoff: float) -> str:
        """The allowed value most like this one, or an empty string."""
        if not self._left or len(allowed) > _MAX_COMPARED or len(value) > _SHOWN:
            return ""
        self._left -= 1
        return next(iter(get_close_matches(value, allowed, n=1, cutoff=cutoff)), "")


def _quoted(value: str) -> str:
    return repr(value) if len(value) <= _SHOWN else f"{value[:_SHOWN]!r}..."


def _fault(column: Column, value: str, known: Known, guess: _Guesser) -> Fault:
    if not value:
        return [("REQUIRED", f"{column.name} is empty; it must be filled in")] if column.required else []
    match column.kind:
        case Kind.ID if not re.fullmatch(ID_PATTERN, value):
            return [("ID-FORM", f"{_quoted(value)} is no identifier; use lower-case letters, digits and hyphens")]
        case Kind.REFERENCE:
            return _reference_fault(column.refers_to, value, known, guess)
        case Kind.WORD if value not in column.words:
            return [("VOCABULARY", f"{_quoted(value)} is not allowed here; use {_one_of(value, column.words, guess)}")]
        case Kind.DATE if dates.period(value) is None:
            return [("DATE", f"{_quoted(value)} is no date of the calendar; write 2024-05-20, 2024-05 or 2024")]
        case Kind.DAY if dates.full_day(value) is None:
            return [("DATE", f"{_quoted(value)} is no full date; write it as 2024-05-20")]
        case Kind.LEVEL if value not in _LEVELS:
            return [("LEVEL", f"{_quoted(value)} is no rating; write a whole number from 0 to 4")]
        case Kind.LANGUAGE if not re.fullmatch(LANGUAGE_PATTERN, value):
            return [("LANGUAGE", f"{_quoted(value)} is no language code; write en, ru, kk")]
        case Kind.ADDRESS:
            return _address_fault(value)
        case Kind.SOURCES:
            return _sources_fault(value, known, guess)
    return []


def _one_of(value: str, allowed: tuple[str, ...], guess: _Guesser) -> str:
    close = guess(value.lower().replace(" ", "_"), allowed, cutoff=0.6)
    choice = f"one of: {', '.join(allowed)}"
    return f"{close!r} if that is meant, or {choice}" if close else choice


def _reference_fault(table: str, value: str, known: Known, guess: _Guesser) -> Fault:
    if table not in known or value in known[table]:
        return []
    close = guess(value, known[table], cutoff=0.8)
    hint = f"did you mean {close!r}?" if close else f"add it to {table} or correct it"
    return [("REFERENCE", f"{_quoted(value)} is not in the table {table}; {hint}")]


def _address_fault(value: str) -> Fault:
    try:
        parts = urlsplit(value)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\\]", value)
    except ValueError:
        safe = False
    if safe:
        return []
    return [("ADDRESS", f"{_quoted(value)} is no safe web address; it must begin with https:// or http:// and a host")]


def _sources_fault(value: str, known: Known, guess: _Guesser) -> Fault:
    citations, wrong = parse_sources(value)
    faults: Fault = [("SOURCES-FORM", wrong)] if wrong else []
    for citation in citations:
        faults.extend(_reference_fault("sources", citation.source_id, known, guess))
    cited = [(citation.source_id, citation.locator) for citation in citations]
    if len(set(cited)) < len(cited):
        faults.append(("SOURCES-FORM", "the same source stands twice with the same locator; remove one"))
    return faults


def _check_key(spec: Table, table: RawTable) -> Iterator[Problem]:
    code = "LINK-DOUBLE" if spec.name == "links" else "ID-DOUBLE"
    first: dict[tuple[str, ...], int] = {}
    for row, *key in zip(table.rows, *(table.frame[name] for name in spec.key), strict=True):
        if not all(key):
            continue
        earlier = first.setdefault(tuple(key), row)
        if earlier != row:
            name = _quoted(" -> ".join(key))
            message = f"{name} stands in row {earlier} already; one row each, and identifiers are never reused"
            yield Problem(spec.name, row, spec.key[0], code, message)


def _check_across(raw: RawDataset) -> Iterator[Problem]:
    """Rules that tie several cells together."""
    if meetings := raw.tables.get("meetings"):
        yield from _check_meetings(meetings)
    if (links := raw.tables.get("links")) and (items := raw.tables.get("items")):
        yield from _check_links(links, items)
    if events := raw.tables.get("events"):
        yield from _check_events(events)
        if meetings:
            yield from _check_event_meetings(events, meetings)


def _meeting_periods(meetings: RawTable) -> tuple[dates.Days, dates.Days]:
    frame = meetings.frame
    first, last = dates.periods(frame["date"])
    _, end = dates.periods(frame["end_date"])
    return first, np.where(np.isnat(end), last, end)


def _check_meetings(meetings: RawTable) -> Iterator[Problem]:
    first, last = _meeting_periods(meetings)
    for at in _where(last < first):
        message = "the meeting ends before it begins; exchange date and end_date or correct them"
        yield Problem("meetings", meetings.rows[at], "end_date", "PERIOD", message)


def _check_links(links: RawTable, items: RawTable) -> Iterator[Problem]:
    kind = dict(zip(items.frame["item_id"], items.frame["kind"], strict=True))
    from_kind = links.frame["from_item"].map(lambda item: kind.get(item, ""))
    to_kind = links.frame["to_item"].map(lambda item: kind.get(item, ""))
    rules = (
        (
            from_kind == "concern",
            "from_item",
            "LINK-FROM",
            "a link starts at a reform step or a setback, not at a concern",
        ),
        (
            to_kind.isin(["reform_step", "setback"]),
            "to_item",
            "LINK-TO",
            "a link ends at a concern, not at a reform step or a setback",
        ),
        (
            (from_kind == "setback") & (links.frame["relation"] != "undermines"),
            "relation",
            "LINK-RELATION",
            "a setback can only undermine a concern; write undermines or link from a reform step",
        ),
    )
    for broken, column, code, message in rules:
        for at in _where(broken.to_numpy()):
            yield Problem("links", links.rows[at], column, code, message)


def _check_events(events: RawTable) -> Iterator[Problem]:
    frame = events.frame
    rates = frame["effect"] == "assesses"
    rules = (
        (rates & (frame["level"] == ""), "level", "LEVEL", "an event that assesses needs the rating, 0 to 4"),
        (~rates & (frame["level"] != ""), "level", "LEVEL", "only an event that assesses has a level; empty the cell"),
        (
            (frame["sources"] == "") & (frame["effect"] != "searched"),
            "sources",
            "SOURCES-MISSING",
            "an event needs at least one source; only a search without result may go without",
        ),
    )
    for broken, column, code, message in rules:
        for at in _where(broken.to_numpy()):
            yield Problem("events", events.rows[at], column, code, message)
    same = ["item_id", "date", "effect", "sources", "summary", "meeting_id"]
    for at in _where(frame.duplicated(same).to_numpy()):
        message = "the same event stands above already, with another identifier; remove one of the two"
        yield Problem("events", events.rows[at], "event_id", "EVENT-DOUBLE", message, is_error=False)


def _check_event_meetings(events: RawTable, meetings: RawTable) -> Iterator[Problem]:
    starts, ends = _meeting_periods(meetings)
    position = pd.Index(meetings.frame["meeting_id"])
    if not position.is_unique:
        return
    at_meeting = position.get_indexer(events.frame["meeting_id"])
    first, last = dates.periods(events.frame["date"])
    known = _where((at_meeting >= 0) & (events.frame["meeting_id"] != "").to_numpy())
    place = at_meeting[known]
    for at in known[(last[known] < starts[place]) | (first[known] > ends[place])]:
        meeting = meetings.frame.iloc[at_meeting[at]]
        until = f" to {meeting['end_date']}" if meeting["end_date"] else ""
        message = (
            f"the event's date {events.frame['date'].iloc[at]} lies outside the meeting {meeting['meeting_id']} "
            f"({meeting['date']}{until}); correct the date or take the meeting out"
        )
        yield Problem("events", events.rows[at], "meeting_id", "MEETING-PERIOD", message)


def _check_descriptor(descriptor: dict[str, Any]) -> Iterator[Problem]:
    months = descriptor.get("stall_after_months", _MAX_STALL_MONTHS)
    if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= _MAX_STALL_MONTHS:
        message = f"stall_after_months in {DESCRIPTOR} must be a whole number of months, 1 to {_MAX_STALL_MONTHS}"
        yield Problem("datapackage", None, "stall_after_months", "DESCRIPTOR-FORM", message)
    for name in _DESCRIPTOR_TEXTS:
        value = descriptor.get(name, "")
        if not isinstance(value, str):
            message = f"{name} in {DESCRIPTOR} must be a text; put it in quotation marks"
            yield Problem("datapackage", None, name, "DESCRIPTOR-FORM", message)
        else:
            for code, message in _text_fault(value, f"{name} in {DESCRIPTOR}"):
                yield Problem("datapackage", None, name, code, message)
