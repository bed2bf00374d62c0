"""The codebook: every column, effect and status in words; its tables come from the schema and cannot drift."""

from __future__ import annotations

from collections.abc import Sequence

from components.ledger.schema import TABLES, Column, Kind
from components.ledger.vocabulary import DEFAULT_STALL_MONTHS, EFFECTS, LEVELS, SIDES, SYMBOLS, Action

EFFECT_MEANINGS: dict[str, tuple[str, str]] = {
    "raises": (
        "A partner raised the item, with an ask or an objection.",
        "A delegation asks that registration stop being compulsory.",
    ),
    "discusses": (
        "The item was named among the subjects of a meeting.",
        "A read-out lists labour rights among the topics.",
    ),
    "welcomes": ("A partner welcomed progress on the item.", "A read-out commends the passage of a law."),
    "acknowledges": (
        "The acting side accepted that the concern exists.",
        "A ministry says that court orders are seldom used.",
    ),
    "promises": ("The acting side promised or announced a step.", "A president announces a bill in a speech."),
    "starts": (
        "A formal step exists but is not adopted: a draft, a bill, a working group with a mandate.",
        "A bill passes its first reading.",
    ),
    "adopts": ("A law, decree, ratification or policy was adopted or signed.", "A law is signed."),
    "enters_into_force": ("It is in force.", "The law takes effect sixty days after publication."),
    "applies": (
        "Evidence that practice changed for the people concerned.",
        "A monitor reports that the permits are no longer asked for.",
    ),
    "persists": (
        "Evidence that the problem continues in practice.",
        "A monitor counts new fines under the same article.",
    ),
    "stalls": ("The step was shelved, withdrawn or expired.", "The government withdraws its bill."),
    "reverses": (
        "Something undid or weakened what had been reached, or made the concern worse.",
        "A new article brings the penalty back.",
    ),
    "rejects": ("The acting side refused, on the record.", "A delegation declines a recommendation of the UN review."),
    "closes": (
        "Merged into another item, or no longer applicable.",
        "The institution that the item was about no longer exists.",
    ),
    "assesses": (
        "A monitor rated it; the column level holds the rating, 0 to 4.",
        "A treaty body grades the follow-up 'partly satisfactory'.",
    ),
    "finds_unclear": (
        "A monitor found that the evidence allows no rating.",
        "A committee says that the figures do not allow a conclusion.",
    ),
    "context": ("Worth recording, changes nothing.", "A parliament holds a hearing on the subject."),
    "searched": (
        "A documented search on that date found nothing new.",
        "Ministry pages and news were searched for a follow-up; none found.",
    ),
}
"""For each effect what it means and an example."""

STATUS_MEANINGS: dict[str, tuple[str, str]] = {
    "raised": ("Raised", "It is on record; no response is."),
    "promised": ("Promised", "The acting side acknowledged it or promised something."),
    "under_way": ("Under way", "A formal step exists and is not adopted yet."),
    "adopted": ("Measure adopted", "A measure was adopted or is in force. Whether it works is another question."),
    "in_effect": ("In effect", "Someone other than the acting government shows that practice changed."),
    "stalled": ("Stalled", "The step was shelved, or nothing moved it on for a long time."),
    "reversed": ("Reversed or worsened", "What had been reached was undone or weakened, or the concern grew worse."),
    "rejected": ("Rejected", "The acting side refused, on the record."),
    "closed": ("Closed", "Merged into another item, or no longer applicable."),
    "unclear": ("Unclear", "A monitor found that the evidence allows no rating."),
}
"""For each status its label and what it means."""

_DOES = {
    Action.OPENS: "opens (level 0 if there is no status yet)",
    Action.PERSISTS: "opens; takes level 4 back to 3",
    Action.RATES: "sets the level to the rating",
    Action.NOTHING: "changes nothing",
}


def _does(name: str) -> str:
    effect = EFFECTS[name]
    if effect.action is Action.FORWARD:
        return f"forward to level {effect.level}"
    if effect.action is Action.SIDE:
        return f"side state: {effect.side}"
    return _DOES[effect.action]


def _holds(column: Column) -> str:
    match column.kind:
        case Kind.WORD:
            return (
                "one of " + ", ".join(f"`{word}`" for word in column.words)
                if column.name != "effect"
                else "an effect, see below"
            )
        case Kind.REFERENCE:
            return f"identifier in `{column.refers_to}`"
        case Kind.SOURCES:
            return "list of sources, `;` between them, each with a place in square brackets if known"
    return {
        Kind.ID: "identifier: lower-case letters, digits, hyphens",
        Kind.TEXT: "text",
        Kind.DATE: "date, also reduced: `2024-05-20`, `2024-05`, `2024`",
        Kind.DAY: "full date: `2024-05-20`",
        Kind.LEVEL: "whole number 0 to 4",
        Kind.ADDRESS: "web address (http or https)",
        Kind.LANGUAGE: "language code such as `en`, `ru`, `kk`",
    }[column.kind]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [_row(*head), _row(*["---"] * len(head)), *(_row(*row) for row in rows), ""]


def codebook() -> str:
    """The codebook as Markdown."""
    lines = [_INTRODUCTION, "## The tables", ""]
    for table in TABLES.values():
        lines += [f"### {table.name}", "", table.description, ""]
        rows = [(f"`{c.name}`", "yes" if c.required else "", _holds(c), c.description) for c in table.columns]
        lines += _table(("column", "required", "holds", "meaning"), rows)
    lines += [_AFTER_TABLES, "## Effects", "", "Every event has one effect. It is what moves a status.", ""]
    effects = [(f"`{name}`", meaning, _does(name), example) for name, (meaning, example) in EFFECT_MEANINGS.items()]
    lines += _table(("effect", "meaning", "what it does", "example"), effects)
    lines += [
        "## Statuses",
        "",
        "Levels form a ladder; side states replace the level in the cell and keep it underneath.",
        "",
    ]
    statuses = []
    for name, (label, meaning) in STATUS_MEANINGS.items():
        place = f"level {LEVELS.index(name)}" if name in LEVELS else "side state"
        statuses.append((SYMBOLS[name], f"`{name}`", label, place, meaning))
    lines += _table(("", "status", "label", "place", "meaning"), statuses)
    assert len(statuses) == len(LEVELS) + len(SIDES)
    return "\n".join([*lines, _RULE.format(months=DEFAULT_STALL_MONTHS)])


_INTRODUCTION = """# Codebook

This dataset records what was raised with a government at its dialogues with others, what was promised, and what
happened. A curator records dated, sourced **events**; every status is worked out from them by one fixed rule. Nobody
types a status.

The files are CSV: UTF-8, commas, one header row. An empty cell means that something is not known or does not apply.
A date may be a day, a month or a year; it stands for its whole period and counts from the period's last day.
"""

_AFTER_TABLES = """Other columns may be added; they are kept and exported. A column such as `title_ru` or `summary_kk`
holds a translation of the column whose name it begins with.

**Voices.** `acting`: the government expected to act, and media it owns. `raising`: a government or union that raises
concerns. `joint`: a text issued by both sides together; it counts as `acting` and as `raising`. `independent`: everyone
else. A source speaks with its publisher's voice.

**Relations of links.** `addresses`: the step answers the concern. `partly_addresses`: it answers part of it, so the
concern gets no higher than "measure adopted". `precondition`: it only makes an answer possible, so the concern gets no
higher than "under way". `undermines`: what is adopted makes the concern worse.
"""

_RULE = """## The rule in plain words

1. **Dates.** An event counts at a meeting if the last day of its period is not after the meeting's last day. Nothing
   after the viewing day counts. With a "known at" day, only rows added by then count.
2. **Whose account.** All accounts together, or one voice alone: then only events with at least one source of that voice
   count. That a matter was raised, discussed or welcomed is on record for everyone, whoever says so.
3. **What bears on an item.** Its own events. For a concern also the events of the reform steps and setbacks linked to
   it: steps forward arrive as far as the relation lets them; a step that stalls, is undone or is refused stalls the
   concern; a setback that is adopted, enters into force or is applied reverses it. A concern is on record from its own
   first event; what happened before counts from that day.
4. **No government certifies itself.** With all accounts together, "in effect" needs a source that is not the acting
   government's own. Without one the status stays at "measure adopted".
5. **The fold.** Events are taken in order of time. A forward event lifts the level, never lowers it, and ends a side
   state; after a side state the level starts again from that event. A rating sets the level, up or down. Evidence
   that a problem persists takes "in effect" back to "measure adopted". The event that last changed something is the
   deciding event, and the status dates from it.
6. **Stalled by rule.** A promise, or a step under way, with no forward event for {months} months (unless the dataset
   sets another number) counts as stalled from the day after. The cell says that it is so by rule.
7. **Named at a meeting.** An item was named at a meeting by those whose texts say so. If no text of a side was read to
   its end, that side's silence is unknown; it is never taken for "not named". A text from before the meeting, such as
   an announcement, is no account of it.

Before its first event an item has no status: the cell is empty, which is not the same as "no action". A setback climbs
the same ladder, but its advance is bad news; it is counted apart and never adds to progress.
"""
