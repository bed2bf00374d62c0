"""Cells that list sources: ``irf-2019[Section IV, para 1]; uscirf-2019`` (the convention is CLDF's)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENTRY = re.compile(r"([^\s\[\];]+)(?:\s*\[([^\[\]]*)\])?")


@dataclass(frozen=True)
class Citation:
    """One entry of a source list: the source and, if given, the place in it."""

    source_id: str
    locator: str = ""


def parse_sources(cell: str) -> tuple[list[Citation], str | None]:
    """The citations of a cell (as far as they could be read) and, if its form is wrong, what is wrong with it."""
    citations: list[Citation] = []
    if not cell.strip():
        return citations, None
    for part in _split(cell):
        match = _ENTRY.fullmatch(part.strip())
        if not match:
            shown = part.strip()[:80]
            return (
                citations,
                f"cannot read the entry {shown!r}; write source-id or source-id[locator], separated by ';'",
            )
        locator = match.group(2)
        if locator is not None and not locator.strip():
            return citations, f"empty locator after {match.group(1)[:80]!r}; leave the brackets out"
        citations.append(Citation(match.group(1), (locator or "").strip()))
    return citations, None


def _split(cell: str) -> list[str]:
    """Parts between semicolons; a semicolon inside a locator does not separate."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(cell):
        if character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif character == ";" and depth <= 0:
            parts.append(cell[start:position])
            start = position + 1
    parts.append(cell[start:])
    return parts


def format_sources(citations: list[Citation]) -> str:
    """The cell that ``parse_sources`` reads back."""
    return "; ".join(f"{c.source_id}[{c.locator}]" if c.locator else c.source_id for c in citations)
