"""Why an item has the status it has on a day: the events that bear on it, in the order of the fold, and the clauses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from components.ledger.dataset import Ledger
from components.ledger.rule import Steps, events_until
from components.ledger.sourcelist import Citation
from components.ledger.vocabulary import EFFECTS, LEVELS, SIDES, Action


@dataclass(frozen=True)
class Evidence:
    """One source of an event: what it is, whose voice, where in it, and its address ('' if none is known)."""

    source_id: str
    title: str
    publisher: str
    voice: str
    locator: str
    url: str
    extent: str


@dataclass(frozen=True)
class ChainLink:
    """One event of an item's chain.

    ``via`` and ``relation`` name the linked item through which it bears ('' for the item's own). ``status`` is the
    state after it ('' if the event changes nothing), ``decides`` whether the day's status rests on it, ``capped``
    whether it would have shown effect but only the acting government says so, ``unheard`` whether it is left out
    because no source of the voice asked for tells it.
    """

    event_id: str
    date: str
    effect: str
    summary: str
    note: str
    meeting_id: str
    level: str
    via: str
    relation: str
    counts_from: str
    status: str
    changed: bool
    decides: bool
    capped: bool
    unheard: bool
    evidence: tuple[Evidence, ...]


def evidence_of(ledger: Ledger, citations: list[Citation]) -> tuple[Evidence, ...]:
    """The sources cited, with publisher and voice."""
    found = []
    for citation in citations:
        source = ledger.records("sources")[citation.source_id]
        publisher = ledger.records("publishers")[source["publisher_id"]]
        found.append(
            Evidence(
                citation.source_id,
                source["title"],
                publisher["name"],
                publisher["voice"],
                citation.locator,
                source["url"] or source["archive_url"],
                source["extent"],
            )
        )
    return tuple(found)


def chain(
    ledger: Ledger,
    steps: Steps,
    item_id: str,
    day: np.datetime64,
    decided_by: int = -1,
    known_at: np.datetime64 | None = None,
) -> list[ChainLink]:
    """Every event of an item up to a day, those that change nothing included, in the order in which they count.

    ``steps``: from ``bearing_steps`` for the voice and the same ``known_at``. ``decided_by``: position in ``events`` of
    the deciding event, from the status grid. Raises KeyError for an unknown item.
    """
    found = np.flatnonzero((ledger.items["item_id"] == item_id).to_numpy())
    if not len(found):
        raise KeyError(item_id)
    at = np.flatnonzero((steps.item == found[0]) & (steps.day <= day.astype("datetime64[D]").astype(np.int64)))
    links: list[tuple[tuple[int, int], ChainLink]] = []
    for position in at:
        links.append(
            (
                (int(steps.day[position]), int(position)),
                _link(ledger, steps, int(position), is_deciding=int(steps.event[position]) == decided_by),
            )
        )
    bearing = set(steps.event[at][steps.link[at] < 0].tolist())
    _, last = ledger.event_periods
    for event in np.flatnonzero((ledger.event_item == found[0]) & events_until(ledger, day, known_at)):
        if int(event) not in bearing:
            key = (int(last[event].astype(np.int64)), -1)
            unheard = EFFECTS[ledger.events["effect"].iloc[event]].action is not Action.NOTHING
            row = _row(ledger, int(event), -1, str(last[event]), status="", changed=False, unheard=unheard)
            links.append((key, row))
    return [link for _, link in sorted(links, key=lambda pair: pair[0])]


def _link(ledger: Ledger, steps: Steps, position: int, is_deciding: bool) -> ChainLink:
    first = position == 0 or steps.item[position] != steps.item[position - 1]
    changed = first or steps.state[position] != steps.state[position - 1]
    return _row(
        ledger,
        int(steps.event[position]),
        int(steps.link[position]),
        str(steps.day[position].astype("datetime64[D]")),
        status=state_name(int(steps.state[position])),
        changed=bool(changed),
        decides=is_deciding,
        capped=bool(steps.arrives_capped[position]),
    )


def state_name(state: int) -> str:
    """The status word of a state of the fold."""
    if state == 0:
        return ""
    level, side = divmod(state - 1, len(SIDES) + 1)
    return SIDES[side - 1] if side else LEVELS[level]


def _row(
    ledger: Ledger,
    event: int,
    link: int,
    counts_from: str,
    status: str,
    changed: bool,
    decides: bool = False,
    capped: bool = False,
    unheard: bool = False,
) -> ChainLink:
    row = ledger.events.iloc[event]
    through = ledger.links.iloc[link] if link >= 0 else None
    return ChainLink(
        event_id=row["event_id"],
        date=row["date"],
        effect=row["effect"],
        summary=row["summary"],
        note=row["note"],
        meeting_id=row["meeting_id"],
        level=row["level"],
        via="" if through is None else through["from_item"],
        relation="" if through is None else through["relation"],
        counts_from=counts_from,
        status=status,
        changed=changed,
        decides=decides,
        capped=capped,
        unheard=unheard,
        evidence=evidence_of(ledger, ledger.citations[event]),
    )
