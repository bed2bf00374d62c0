"""The words of the ledger: effects, statuses, voices and the other controlled lists (DESIGN, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

KINDS = ("concern", "reform_step", "setback")
RELATIONS = ("addresses", "partly_addresses", "precondition", "undermines")
EXTENTS = ("full", "excerpt")
TIERS = ("core", "related", "external")
MEETING_STATUSES = ("held", "planned", "unconfirmed")
PUBLISHER_KINDS = ("government", "intergovernmental", "civil_society", "media", "academic")
PUBLISHER_VOICES = ("acting", "raising", "joint", "independent")

VOICES = ("all", "acting", "raising", "independent")
"""What a status can be asked for: every account, or one voice's."""

NAMING_VOICES = ("acting", "independent", "raising")
"""The voices that can name an item at a meeting, in the order in which they are printed."""

VOICE_BIT = {"acting": 1, "raising": 2, "independent": 4}
PUBLISHER_VOICE_BITS = {
    "acting": VOICE_BIT["acting"],
    "raising": VOICE_BIT["raising"],
    "joint": VOICE_BIT["acting"] | VOICE_BIT["raising"],
    "independent": VOICE_BIT["independent"],
}
"""A joint text speaks for both sides."""


def voices_of(bits: int) -> tuple[str, ...]:
    """The voices in a bit set, in alphabetical order."""
    return tuple(voice for voice in NAMING_VOICES if bits & VOICE_BIT[voice])


class Action(Enum):
    """What an effect does to a status."""

    OPENS = "opens"
    PERSISTS = "persists"
    FORWARD = "forward"
    RATES = "rates"
    SIDE = "side"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Effect:
    """One effect: its action and, for a forward effect, the level or, for a side effect, the side state."""

    name: str
    action: Action
    level: int | None = None
    side: str | None = None


EFFECTS: dict[str, Effect] = {
    effect.name: effect
    for effect in (
        Effect("raises", Action.OPENS),
        Effect("discusses", Action.OPENS),
        Effect("welcomes", Action.OPENS),
        Effect("acknowledges", Action.FORWARD, level=1),
        Effect("promises", Action.FORWARD, level=1),
        Effect("starts", Action.FORWARD, level=2),
        Effect("adopts", Action.FORWARD, level=3),
        Effect("enters_into_force", Action.FORWARD, level=3),
        Effect("applies", Action.FORWARD, level=4),
        Effect("persists", Action.PERSISTS),
        Effect("stalls", Action.SIDE, side="stalled"),
        Effect("reverses", Action.SIDE, side="reversed"),
        Effect("rejects", Action.SIDE, side="rejected"),
        Effect("closes", Action.SIDE, side="closed"),
        Effect("assesses", Action.RATES),
        Effect("finds_unclear", Action.SIDE, side="unclear"),
        Effect("context", Action.NOTHING),
        Effect("searched", Action.NOTHING),
    )
}

LEVELS = ("raised", "promised", "under_way", "adopted", "in_effect")
"""Statuses by level 0 to 4."""
SIDES = ("stalled", "reversed", "rejected", "closed", "unclear")
STATUSES = LEVELS + SIDES

SYMBOLS: dict[str, str] = {
    "raised": "○",
    "promised": "◔",
    "under_way": "◑",
    "adopted": "◕",
    "in_effect": "●",
    "stalled": "‖",
    "reversed": "↩",
    "rejected": "✕",
    "closed": "⇢",
    "unclear": "?",
}

DEFAULT_STALL_MONTHS = 24
