"""Every rule a dataset must keep, checked in full: all problems at once, each with its place and what would be right.

A rule looks at whole columns; only cells that break it are visited one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_FORMULA = re.compile(r"=|[+\-@][A-Za-z_. ]*[(|!]")
_LEVELS = ("0", "1", "2", "3", "4")
_MAX_GUESSES = 2000
"""Above so many identifiers, or wrong values in a column, a guess at what was meant takes too long."""
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


def _values(table: RawTable, column: str) -> pd.Series[Any]:
    return table.frame[column]


def _check_table(spec: Table, table: RawTable, known: Known) -> Iterator[Problem]:
    for extra in table.frame.columns:
        if extra not in spec.column_names and not is_translation(spec, extra):
            message = f"the column {extra} is not part of the table; it is kept and exported, but nothing uses it"
            yield Problem(spec.name, 1, extra, "COLUMN-UNKNOWN", message, is_error=False)
        for code, message in _text_faults(extra, "the column's name"):
            yield Problem(spec.name, 1, extra[:_SHOWN], code, message)
    for name in table.frame.columns:
        yield from _check_text(spec, table, name)
    for column in spec.columns:
        yield from _check_column(spec, column, table, known)
    yield from _check_key(spec, table)


def _check_text(spec: Table, table: RawTable, name: str) -> Iterator[Problem]:
    """What no cell may hold, in known and unknown columns alike."""
    distinct = pd.Series(table.frame[name].unique(), dtype="object")
    rules = (
        (distinct.str.len() > MAX_CELL, "CELL-TOO-LONG", f"the cell is longer than {MAX_CELL} characters; shorten it"),
        (
            distinct.str.contains(_CONTROL, regex=True),
            "CONTROL-CHARACTER",
            "the cell holds a tab or an invisible control character; type the text again",
        ),
        (
            distinct.str.contains(_MARKUP, regex=True),
            "MARKUP",
            "the cell holds HTML; write plain text, addresses belong in the url column",
        ),
        (
            distinct.str.match(_FORMULA),
            "FORMULA",
            "the cell starts like a spreadsheet formula; begin with a letter or a figure",
        ),
    )
    for broken, code, message in rules:
        bad = set(distinct[broken.astype(bool)])
        if bad:
            for at in _where(table.frame[name].isin(bad).to_numpy()):
                yield Problem(spec.name, table.rows[at], name, code, message)


def _check_column(spec: Table, column: Column, table: RawTable, known: Known) -> Iterator[Problem]:
    values = _values(table, column.name)
    empty = (values == "").to_numpy()
    if column.required:
        for at in _where(empty):
            yield Problem(
                spec.name, table.rows[at], column.name, "REQUIRED", f"{column.name} is empty; it must be filled in"
            )
    codes, distinct = pd.factorize(values)
    faults = {
        number: fault for number, value in enumerate(distinct) if value and (fault := _fault(column, value, known))
    }
    if faults:
        for at in _where(np.isin(codes, list(faults))):
            for code, message in faults[codes[at]]:
                yield Problem(spec.name, table.rows[at], column.name, code, message)


Fault = list[tuple[str, str]]


def _fault(column: Column, value: str, known: Known) -> Fault:
    """What is wrong with one value of a column: codes and messages, none if it is right."""
    match column.kind:
        case Kind.ID if not re.fullmatch(ID_PATTERN, value):
            return [("ID-FORM", f"{value!r} is no identifier; use lower-case letters, digits and hyphens")]
        case Kind.REFERENCE:
            return _reference_fault(column.refers_to, value, known)
        case Kind.WORD if value not in column.words:
            return [("VOCABULARY", f"{value!r} is not allowed here; use {_one_of(value, column.words)}")]
        case Kind.DATE if dates.period(value) is None:
            return [("DATE", f"{value!r} is no date of the calendar; write 2024-05-20, 2024-05 or 2024")]
        case Kind.DAY if dates.full_day(value) is None:
            return [("DATE", f"{value!r} is no full date; write it as 2024-05-20")]
        case Kind.LEVEL if value not in _LEVELS:
            return [("LEVEL", f"{value!r} is no rating; write a whole number from 0 to 4")]
        case Kind.LANGUAGE if not re.fullmatch(LANGUAGE_PATTERN, value):
            return [("LANGUAGE", f"{value!r} is no language code; write en, ru, kk")]
        case Kind.ADDRESS:
            return _address_fault(value)
        case Kind.SOURCES:
            return _sources_fault(value, known)
    return []


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    close = get_close_matches(value.lower().replace(" ", "_"), allowed, n=1)
    return (
        f"{close[0]!r} if that is meant, or one of: {', '.join(allowed)}" if close else f"one of: {', '.join(allowed)}"
    )


def _reference_fault(table: str, value: str, known: Known) -> Fault:
    if table not in known or value in known[table]:
        return []
    close = get_close_matches(value, known[table], n=1, cutoff=0.8) if len(known[table]) <= _MAX_GUESSES else []
    hint = f"did you mean {close[0]!r}?" if close else f"add it to {table} or correct it"
    return [("REFERENCE", f"{value!r} is not in the table {table}; {hint}")]


def _address_fault(value: str) -> Fault:
    try:
        parts = urlsplit(value)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\\]", value)
    except ValueError:
        safe = False
    if safe:
        return []
    return [("ADDRESS", f"{value[:80]!r} is no safe web address; it must begin with https:// or http:// and a host")]


def _sources_fault(value: str, known: Known) -> Fault:
    citations, wrong = parse_sources(value)
    faults: Fault = [("SOURCES-FORM", wrong)] if wrong else []
    for citation in citations:
        for _, message in _reference_fault("sources", citation.source_id, known):
            faults.append(("REFERENCE", message))
    cited = [(citation.source_id, citation.locator) for citation in citations]
    if len(set(cited)) < len(cited):
        faults.append(("SOURCES-FORM", "the same source stands twice with the same locator; remove one"))
    return faults


def _check_key(spec: Table, table: RawTable) -> Iterator[Problem]:
    keys = table.frame[list(spec.key)]
    doubled = keys.duplicated(keep="first").to_numpy() & (keys != "").all(axis=1).to_numpy()
    if not doubled.any():
        return
    joined = keys.agg(" -> ".join, axis=1) if len(spec.key) > 1 else keys[spec.key[0]]
    first = dict(zip(reversed(joined.tolist()), reversed(table.rows), strict=True))
    code = "LINK-DOUBLE" if spec.name == "links" else "ID-DOUBLE"
    for at in _where(doubled):
        name = joined.iloc[at]
        message = f"{name!r} stands in row {first[name]} already; one row each, and identifiers are never reused"
        yield Problem(spec.name, table.rows[at], spec.key[0], code, message)


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
    from_kind = links.frame["from_item"].map(kind).fillna("")
    to_kind = links.frame["to_item"].map(kind).fillna("")
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
    known = at_meeting >= 0
    apart = known & ((last < starts[at_meeting]) | (first > ends[at_meeting]))
    for at in _where(apart):
        meeting = meetings.frame.iloc[at_meeting[at]]
        until = f" to {meeting['end_date']}" if meeting["end_date"] else ""
        message = (
            f"the event's date {events.frame['date'].iloc[at]} lies outside the meeting {meeting['meeting_id']} "
            f"({meeting['date']}{until}); correct the date or take the meeting out"
        )
        yield Problem("events", events.rows[at], "meeting_id", "MEETING-PERIOD", message)


def _check_descriptor(descriptor: dict[str, Any]) -> Iterator[Problem]:
    months = descriptor.get("stall_after_months", 0)
    if "stall_after_months" in descriptor and (not isinstance(months, int) or isinstance(months, bool) or months < 1):
        message = f"stall_after_months in {DESCRIPTOR} must be a whole number of months, 1 or more"
        yield Problem("datapackage", None, "stall_after_months", "DESCRIPTOR-FORM", message)
