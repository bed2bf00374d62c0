"""Everything the product says to a person goes through gettext, so that other languages need no change of code."""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from pathlib import Path

DOMAIN = "follow_through"
LOCALE_DIR = Path(__file__).parent / "locale"

_catalogue = gettext.translation(DOMAIN, LOCALE_DIR, fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext


def status_label(status: str) -> str:
    """A status in words."""
    return {
        "raised": _("raised, no answer"),
        "promised": _("promised"),
        "under_way": _("under way"),
        "adopted": _("measure adopted"),
        "in_effect": _("in effect"),
        "stalled": _("stalled"),
        "reversed": _("reversed or worsened"),
        "rejected": _("rejected"),
        "closed": _("closed"),
        "unclear": _("unclear"),
        "": _("not yet on record"),
    }[status]


def setback_label(status: str) -> str:
    """A setback's status in words: the same ladder, but its advance is bad news."""
    return {
        "raised": _("objected to"),
        "promised": _("announced"),
        "under_way": _("in preparation"),
        "adopted": _("adopted or in force"),
        "in_effect": _("being applied"),
        "stalled": _("shelved"),
        "reversed": _("undone"),
        "rejected": _("refused"),
        "closed": _("closed"),
        "unclear": _("unclear"),
        "": _("not yet on record"),
    }[status]


def label(status: str, kind: str) -> str:
    """A status in the words of the item's kind."""
    return setback_label(status) if kind == "setback" else status_label(status)


def kind_label(kind: str) -> str:
    """One item of a kind."""
    return {"concern": _("Concern"), "reform_step": _("Reform step"), "setback": _("Setback")}[kind]


def kinds_label(kind: str) -> str:
    """Items of a kind."""
    return {"concern": _("Concerns"), "reform_step": _("Reform steps"), "setback": _("Setbacks")}[kind]


def voice_label(voice: str) -> str:
    """Whose account."""
    return {
        "all": _("All accounts"),
        "acting": _("The government’s"),
        "raising": _("Its partners’"),
        "independent": _("Independent"),
    }[voice]


def speaker_label(voice: str) -> str:
    """Whose voice a source is."""
    return {
        "acting": _("government"),
        "raising": _("partner"),
        "joint": _("both sides"),
        "independent": _("independent"),
    }[voice]


def speakers(voices: Iterable[str]) -> str:
    """Several voices in words."""
    return _(", ").join(speaker_label(voice) for voice in voices)


def effect_label(effect: str, of_setback: bool = False) -> str:
    """What an event did, as a short verb; a setback that is applied shows no good effect."""
    if of_setback and effect == "applies":
        return _("being applied")
    return {
        "raises": _("raised"),
        "discusses": _("discussed"),
        "welcomes": _("welcomed"),
        "acknowledges": _("acknowledged"),
        "promises": _("promised"),
        "starts": _("started"),
        "adopts": _("adopted"),
        "enters_into_force": _("in force"),
        "applies": _("shows effect"),
        "persists": _("problem continues"),
        "stalls": _("shelved"),
        "reverses": _("undone or worsened"),
        "rejects": _("refused"),
        "closes": _("closed"),
        "assesses": _("rated"),
        "finds_unclear": _("found unclear"),
        "context": _("context"),
        "searched": _("searched, nothing found"),
    }[effect]


def relation_label(relation: str) -> str:
    """How a step or setback bears on a concern."""
    return {
        "addresses": _("addresses"),
        "partly_addresses": _("partly addresses"),
        "precondition": _("is a precondition for answering"),
        "undermines": _("undermines"),
    }[relation]


def meeting_status_label(status: str) -> str:
    """Whether a meeting is known to have taken place."""
    return {"held": _("held"), "planned": _("planned"), "unconfirmed": _("not confirmed")}[status]


def language_label(code: str) -> str:
    """A language by its code; the code itself if it has no words here."""
    return {"ru": _("In Russian"), "kk": _("In Kazakh")}.get(code, code)


def month_label(number: int) -> str:
    """A month by its number, 1 to 12."""
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[number - 1]


def date_words(text: str) -> str:
    """A date of any precision in words: 20 May 2024, May 2024, 2024; an empty text stays empty."""
    parts = text.split("-")
    if len(parts) < 2:
        return text
    month = month_label(int(parts[1]))
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def period_words(start: str, end: str) -> str:
    """The time of a meeting in words, with its last day if it has one."""
    return f"{date_words(start)} – {date_words(end)}" if end and end != start else date_words(start)
