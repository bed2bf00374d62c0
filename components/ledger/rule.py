"""The status rule (DESIGN, section 3): one pure function of the ledger, read by every chart, export and page.

How it runs without a loop over events. Every event that bears on an item becomes a *step*, a row in one list sorted in
the order of the fold. A status has 31 possible states: none, or a level with or without a side state; a step is a
function on them, a row of a table. Composing the rows within each item by doubling gives the state after every step;
the last step that counts by a meeting's day gives the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.ledger import dates
from components.ledger.dataset import Ledger, positions
from components.ledger.vocabulary import EFFECTS, LEVELS, SIDES, VOICE_BIT, VOICES, Action, voices_of

Int = npt.NDArray[np.int64]
Small = npt.NDArray[np.uint8]

NONE = 0
_NO_SIDE = 0
_STATES: list[tuple[int, int] | None] = [None, *product(range(len(LEVELS)), range(len(SIDES) + 1))]
"""State 0 is 'no status'; the others are (level, side), where side 0 is 'no side state'."""
_STATE_OF = {state: number for number, state in enumerate(_STATES)}

_OPEN, _PERSIST, _FORWARD, _RATE, _SIDE = 0, 1, 2, 7, 12
"""Numbers of the step kinds; forward and rating steps add their level, side steps the side state (from 1)."""
_STEP_KINDS = _SIDE + len(SIDES) + 1


def _after(kind: int, state: tuple[int, int] | None) -> tuple[int, int] | None:
    """Clause 5 for one step and one state."""
    level, side = state if state is not None else (0, _NO_SIDE)
    if kind == _OPEN:
        return (level, side)
    if kind == _PERSIST:
        return (3, side) if (level, side) == (4, _NO_SIDE) else (level, side)
    if kind < _RATE:
        forward = kind - _FORWARD
        return (forward if side != _NO_SIDE or state is None else max(level, forward), _NO_SIDE)
    if kind < _SIDE:
        return (kind - _RATE, _NO_SIDE)
    return (level, kind - _SIDE)


_TRANSITIONS: Small = np.array(
    [[_STATE_OF[_after(kind, state)] for state in _STATES] for kind in range(_STEP_KINDS)], dtype=np.uint8
)
_LEVEL_OF_STATE = np.array([-1 if state is None else state[0] for state in _STATES], dtype=np.int8)
_SIDE_OF_STATE = np.array([_NO_SIDE if state is None else state[1] for state in _STATES], dtype=np.int8)
_STALLED = SIDES.index("stalled") + 1

_EFFECT_NAMES = list(EFFECTS)
_ACTION = np.array([list(Action).index(effect.action) for effect in EFFECTS.values()], dtype=np.int8)
_EFFECT_LEVEL = np.array([-1 if effect.level is None else effect.level for effect in EFFECTS.values()], dtype=np.int8)
_EFFECT_SIDE = np.array(
    [SIDES.index(effect.side) + 1 if effect.side else 0 for effect in EFFECTS.values()], dtype=np.int8
)
_IS = {action: number for number, action in enumerate(Action)}
_OPENING = np.array([effect.action is Action.OPENS for effect in EFFECTS.values()])

_LINK_CAP = {"addresses": 4, "partly_addresses": 3, "precondition": 2}
_ARRIVES_AS_STALL = np.array([name in ("stalls", "reverses", "rejects") for name in EFFECTS])
_NOT_ACTING = 0xFF ^ VOICE_BIT["acting"]
_UNDERMINES = np.array([name in ("adopts", "enters_into_force", "applies") for name in EFFECTS])


@dataclass(frozen=True)
class StatusGrid:
    """The status of every item (rows) at every meeting (columns), in table order.

    ``level``: int8, -1 before the item is on record. ``side``: int8, 0 for none, else 1 + position in SIDES.
    ``by_rule``: bool, stalled by rule. ``since``: datetime64[D], NaT before. ``event``: int64, position of the deciding
    event in ``events``, -1 before. ``link``: int64, position of the link through which it bears, -1 if it is the item's
    own. ``named``: uint8, bit set of the voices that named the item at the meeting. ``meeting_days``: datetime64[D].
    """

    item_ids: npt.NDArray[np.object_]
    meeting_ids: npt.NDArray[np.object_]
    meeting_days: dates.Days
    level: npt.NDArray[np.int8]
    side: npt.NDArray[np.int8]
    by_rule: npt.NDArray[np.bool_]
    since: dates.Days
    event: Int
    link: Int
    named: Small

    @cached_property
    def status(self) -> npt.NDArray[np.int8]:
        """Position in STATUSES of each cell, -1 before the item is on record (int8)."""
        return np.where(self.side > 0, len(LEVELS) + self.side - 1, self.level).astype(np.int8)

    def status_names(self) -> npt.NDArray[np.object_]:
        """Status words of each cell, empty before the item is on record."""
        words = np.array(["", *LEVELS, *SIDES], dtype=object)
        return words[self.status + 1]


@dataclass(frozen=True)
class Steps:
    """Every event that bears on an item, in the order of the fold, with the state after it.

    Arrays of equal length: ``item`` and ``event`` and ``link`` (positions; link -1 for own events), ``day`` (it counts
    from, int64 days), ``kind`` (step kind), ``state`` (after the step), ``deciding`` and ``moved`` (positions in this
    list of the last step that changed the state, and of the last forward or rating step; -1 if none),
    ``arrives_capped`` (whether clause 4 lowered the level).
    """

    item: Int
    event: Int
    link: Int
    day: Int
    kind: Small
    state: Small
    deciding: Int
    moved: Int
    arrives_capped: npt.NDArray[np.bool_]


_NOTHING_BEARS = Steps(
    item=np.zeros(1, dtype=np.int64),
    event=np.zeros(1, dtype=np.int64),
    link=np.zeros(1, dtype=np.int64),
    day=np.zeros(1, dtype=np.int64),
    kind=np.zeros(1, dtype=np.uint8),
    state=np.zeros(1, dtype=np.uint8),
    deciding=np.zeros(1, dtype=np.int64),
    moved=np.zeros(1, dtype=np.int64),
    arrives_capped=np.zeros(1, dtype=bool),
)
"""One step that belongs to no cell: what is looked up where no event bears on any item."""


def reached(steps: Steps) -> npt.NDArray[np.int8]:
    """The level that each forward or rating step brings, -1 for every other step (int8)."""
    kind = steps.kind.astype(np.int8)
    return np.select(
        [(kind >= _FORWARD) & (kind < _RATE), (kind >= _RATE) & (kind < _SIDE)], [kind - _FORWARD, kind - _RATE], -1
    ).astype(np.int8)


def _counting(ledger: Ledger, voice: str, known_at: np.datetime64 | None) -> npt.NDArray[np.bool_]:
    """Clauses 1 and 2: the events known on the day and told by the voice."""
    effect = _effect_codes(ledger)
    mask = np.ones(len(effect), dtype=bool)
    if known_at is not None:
        mask &= ledger.event_recorded <= known_at
    if voice != "all":
        mask &= _OPENING[effect] | ((ledger.event_voice_bits & VOICE_BIT[voice]) != 0)
    return mask


def _effect_codes(ledger: Ledger) -> Int:
    return positions(_EFFECT_NAMES, ledger.events["effect"])


def opening(ledger: Ledger) -> npt.NDArray[np.bool_]:
    """Which events put an item on record by naming it, of whatever voice (bool, one a row of ``events``)."""
    return np.asarray(_OPENING[_effect_codes(ledger)], dtype=bool)


def events_until(ledger: Ledger, day: np.datetime64, known_at: np.datetime64 | None = None) -> npt.NDArray[np.bool_]:
    """Clause 1: which events count by a day, of those recorded by ``known_at`` (bool, one a row of ``events``)."""
    mask = ledger.event_periods[1] <= day
    return mask if known_at is None else mask & (ledger.event_recorded <= known_at)


def bearing_steps(ledger: Ledger, voice: str = "all", known_at: np.datetime64 | None = None) -> Steps:
    """Clauses 2 to 5: the events that bear on each item, translated, in order, each with the state after it.

    Raises ValueError for an unknown voice.
    """
    if voice not in VOICES:
        raise ValueError(f"unknown voice {voice!r}; use one of {', '.join(VOICES)}")
    effect = _effect_codes(ledger)
    counts = _counting(ledger, voice, known_at)
    first, last = (days.astype(np.int64) for days in ledger.event_periods)
    action = _ACTION[effect]
    rating = pd.to_numeric(ledger.events["level"], errors="coerce").fillna(-1).to_numpy(dtype=np.int8)
    level = np.where(action == _IS[Action.RATES], rating, _EFFECT_LEVEL[effect])
    capped = np.zeros(len(level), dtype=bool)
    if voice == "all":
        capped = (level == 4) & ((ledger.event_voice_bits & _NOT_ACTING) == 0)
        level = np.where(capped, 3, level)

    own = np.flatnonzero(counts & (action != _IS[Action.NOTHING]))
    own_kind = _own_kinds(action[own], level[own], effect[own])
    own_item = ledger.event_item[own]

    linked, link, linked_kind = _linked_steps(ledger, counts, effect, action, level)
    to_item = positions(ledger.items["item_id"], ledger.links["to_item"])
    linked_item = to_item[link]
    on_record = np.full(len(ledger.items), np.iinfo(np.int64).max)
    np.minimum.at(on_record, own_item, last[own])
    opened = on_record[linked_item] < np.iinfo(np.int64).max
    linked, link, linked_kind, linked_item = linked[opened], link[opened], linked_kind[opened], linked_item[opened]

    event = np.concatenate([own, linked])
    via = np.concatenate([np.full(len(own), -1, dtype=np.int64), link])
    item = np.concatenate([own_item, linked_item])
    kind = np.concatenate([own_kind, linked_kind])
    day = np.concatenate([last[own], np.maximum(last[linked], on_record[linked_item])])
    order = np.lexsort((via, event, via >= 0, first[event], day, item))
    event, via, item, kind, day = event[order], via[order], item[order], kind[order], day[order]

    state = _fold(item, kind)
    starts = np.r_[True, item[1:] != item[:-1]] if len(item) else np.zeros(0, dtype=bool)
    before = np.where(starts, NONE, np.r_[np.uint8(NONE), state[:-1]]) if len(item) else state
    position = np.arange(len(item))
    deciding = np.maximum.accumulate(np.where(state != before, position, -1)) if len(item) else position
    moves = (kind >= _FORWARD) & (kind < _SIDE)
    moved = np.maximum.accumulate(np.where(moves, position, -1)) if len(item) else position
    return Steps(item, event, via, day, kind, state, deciding, moved, capped[event])


def _own_kinds(action: npt.NDArray[np.int8], level: npt.NDArray[np.int8], effect: Int) -> Small:
    """The step kind of an item's own event; events that change nothing are left out before."""
    return np.select(
        [
            action == _IS[Action.OPENS],
            action == _IS[Action.PERSISTS],
            action == _IS[Action.FORWARD],
            action == _IS[Action.RATES],
        ],
        [np.full(len(effect), _OPEN), np.full(len(effect), _PERSIST), _FORWARD + level, _RATE + level],
        default=_SIDE + _EFFECT_SIDE[effect],
    ).astype(np.uint8)


def _linked_steps(
    ledger: Ledger,
    counts: npt.NDArray[np.bool_],
    effect: Int,
    action: npt.NDArray[np.int8],
    level: npt.NDArray[np.int8],
) -> tuple[Int, Int, Small]:
    """Clause 3: for every link the events of its reform step or setback as they arrive at the concern.

    Returns event positions, link positions and step kinds.
    """
    link_from = positions(ledger.items["item_id"], ledger.links["from_item"])
    candidates = np.flatnonzero(
        counts & ((action == _IS[Action.FORWARD]) | (action == _IS[Action.RATES]) | (action == _IS[Action.SIDE]))
    )
    by_item = candidates[np.argsort(ledger.event_item[candidates], kind="stable")]
    sorted_items = ledger.event_item[by_item]
    start = np.searchsorted(sorted_items, link_from, side="left")
    many = np.searchsorted(sorted_items, link_from, side="right") - start
    link = np.repeat(np.arange(len(link_from)), many)
    within = np.arange(len(link)) - np.repeat(np.cumsum(many) - many, many)
    event = by_item[start[link] + within]

    relation = ledger.links["relation"].to_numpy(dtype=object)[link]
    undermines = relation == "undermines"
    cap = pd.Series(relation).map(_LINK_CAP).fillna(0).to_numpy(dtype=np.int8)
    arriving = np.minimum(level[event], cap)
    moves = np.isin(action[event], (_IS[Action.FORWARD], _IS[Action.RATES])) & (arriving > 0) & ~undermines
    fails = _ARRIVES_AS_STALL[effect[event]] & ~undermines
    harms = _UNDERMINES[effect[event]] & undermines
    kind = np.select(
        [moves, fails, harms],
        [
            _FORWARD + arriving,
            np.full(len(event), _SIDE + _STALLED),
            np.full(len(event), _SIDE + SIDES.index("reversed") + 1),
        ],
        default=0,
    ).astype(np.uint8)
    passes = moves | fails | harms
    return event[passes], link[passes], kind[passes]


def _fold(item: Int, kind: Small) -> Small:
    """The state after every step: transition rows composed within each item by doubling."""
    count = len(item)
    if not count:
        return np.zeros(0, dtype=np.uint8)
    position = np.arange(count)
    starts = np.flatnonzero(np.r_[True, item[1:] != item[:-1]])
    rank = position - np.repeat(starts, np.diff(np.r_[starts, count]))
    composed = _TRANSITIONS[kind]
    reach, open_rows = 1, np.flatnonzero(rank >= 1)
    while len(open_rows):
        composed[open_rows] = np.take_along_axis(composed[open_rows], composed[open_rows - reach], axis=1)
        reach *= 2
        open_rows = open_rows[rank[open_rows] >= reach]
    return composed[:, NONE]


def status_grid(
    ledger: Ledger,
    as_of: np.datetime64,
    voice: str = "all",
    known_at: np.datetime64 | None = None,
    dialogue: str = "",
    steps: Steps | None = None,
) -> StatusGrid:
    """The status of every item at every meeting (of one dialogue, if given) as seen on the day ``as_of``.

    ``known_at`` leaves out what was recorded later. ``steps``: those of ``bearing_steps`` for the same voice and
    ``known_at``, if they are at hand. Raises ValueError for an unknown voice.
    """
    as_of = as_of.astype("datetime64[D]")
    columns = np.arange(len(ledger.meetings))
    if dialogue:
        columns = np.flatnonzero((ledger.meetings["dialogue_id"] == dialogue).to_numpy())
    return _evaluate(
        ledger,
        bearing_steps(ledger, voice, known_at) if steps is None else steps,
        meeting_ids=ledger.meetings["meeting_id"].to_numpy(dtype=object)[columns],
        days=np.minimum(ledger.meeting_days[columns], as_of),
        named=named_bits(ledger, as_of, known_at)[:, columns],
    )


def status_on(
    ledger: Ledger,
    day: np.datetime64,
    voice: str = "all",
    known_at: np.datetime64 | None = None,
    steps: Steps | None = None,
) -> StatusGrid:
    """The status of every item on one day: a grid of one column that belongs to no meeting."""
    return _evaluate(
        ledger,
        bearing_steps(ledger, voice, known_at) if steps is None else steps,
        meeting_ids=np.array([""], dtype=object),
        days=np.array([day], dtype="datetime64[D]"),
        named=np.zeros((len(ledger.items), 1), dtype=np.uint8),
    )


def _evaluate(
    ledger: Ledger, steps: Steps, meeting_ids: npt.NDArray[np.object_], days: dates.Days, named: Small
) -> StatusGrid:
    """The cells of some days: the last step that counts by each, then clause 6."""
    cell = _last_step(steps, len(ledger.items), days.astype(np.int64))
    if not len(steps.item):
        steps = _NOTHING_BEARS  # no cell refers to it, but arrays can be indexed
    seen = cell >= 0
    at = np.where(seen, cell, 0)
    state = np.where(seen, steps.state[at], NONE)
    level, side = _LEVEL_OF_STATE[state], _SIDE_OF_STATE[state]
    deciding, moved = steps.deciding[at], steps.moved[at]

    limit = dates.add_months(steps.day.astype("datetime64[D]"), ledger.stall_after_months).astype(np.int64)
    waits = np.isin(level, (1, 2)) & (side == _NO_SIDE)
    by_rule = waits & (limit[moved] < days.astype(np.int64)[np.newaxis, :])
    decides = np.where(by_rule, moved, deciding)
    since = np.where(by_rule, limit[moved] + 1, steps.day[decides])
    return StatusGrid(
        item_ids=ledger.items["item_id"].to_numpy(dtype=object),
        meeting_ids=meeting_ids,
        meeting_days=days,
        level=level,
        side=np.where(by_rule, _STALLED, side).astype(np.int8),
        by_rule=by_rule,
        since=np.where(seen, since.astype("datetime64[D]"), dates.NO_DAY),
        event=np.where(seen, steps.event[decides], -1),
        link=np.where(seen, steps.link[decides], -1),
        named=named,
    )


def _last_step(steps: Steps, items: int, meeting_days: Int) -> Int:
    """For each item and day the last step that counts by then, -1 if there is none (items x days)."""
    order = np.argsort(meeting_days, kind="stable")
    slot = np.searchsorted(meeting_days[order], steps.day, side="left")
    grid = np.full((items, len(meeting_days) + 1), -1, dtype=np.int64)
    grid[steps.item, slot] = np.arange(len(steps.item))  # steps are in order: the last written is the last that counts
    grid = np.maximum.accumulate(grid[:, :-1], axis=1)
    unsorted = np.empty_like(grid)
    unsorted[:, order] = grid
    return unsorted


def named_bits(ledger: Ledger, as_of: np.datetime64, known_at: np.datetime64 | None = None) -> Small:
    """Clause 7: for each item and meeting the voices whose sources name the item there (items x meetings, bit sets)."""
    named = np.zeros((len(ledger.items), len(ledger.meetings)), dtype=np.uint8)
    opens = opening(ledger) & (ledger.event_meeting >= 0) & events_until(ledger, as_of, known_at)
    at = np.flatnonzero(opens)
    np.bitwise_or.at(named, (ledger.event_item[at], ledger.event_meeting[at]), ledger.event_voice_bits[at])
    return named


def status_table(ledger: Ledger, grid: StatusGrid) -> pd.DataFrame:
    """The grid as the table that ``status`` prints: a row for each item and meeting, in table order.

    Columns, all str: item_id, meeting_id, status, level, by_rule, since, event_id, named_by; empty before the item is
    on record. ``named_by`` lists voices in alphabetical order, whatever the voice asked for.
    """
    items, meetings = grid.level.shape
    on_record = (grid.level >= 0).ravel()
    event_ids = ledger.events["event_id"].to_numpy(dtype=object)
    levels = np.array(["", *(str(level) for level in range(len(LEVELS)))], dtype=object)
    namings = np.array([";".join(voices_of(bits)) for bits in range(8)], dtype=object)
    event = np.full(items * meetings, "", dtype=object)
    if on_record.any():
        event[on_record] = event_ids[grid.event.ravel()[on_record]]
    since = np.full(items * meetings, "", dtype=object)
    since[on_record] = np.datetime_as_string(grid.since.ravel()[on_record], unit="D")
    return pd.DataFrame(
        {
            "item_id": np.repeat(grid.item_ids, meetings),
            "meeting_id": np.tile(grid.meeting_ids, items),
            "status": grid.status_names().ravel(),
            "level": levels[grid.level.ravel() + 1],
            "by_rule": np.where(grid.by_rule.ravel(), "true", "false"),
            "since": since,
            "event_id": event,
            "named_by": namings[grid.named.ravel()],
        }
    )
