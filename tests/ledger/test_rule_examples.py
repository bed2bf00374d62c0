"""The status rule by hand: small examples for every clause of DESIGN section 3, the expected cells worked out on paper.

A cell is written ``status level since event``, with ``stalled-by-rule`` where clause 6 speaks; an empty cell is ``""``.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from components.ledger.vocabulary import EFFECTS, VOICES
from tests.ledger.ledgers import LAST_DAY, Script, status_rows
from tests.ledger.oracle import OPENING, Row

NEVER = 1200
"""So many months that nothing in these examples is stalled by rule."""


def row_of(script: Script, item: str = "concern", meeting: str = "m", **question: str) -> Row:
    """The one row for an item and a meeting."""
    (row,) = (
        row
        for row in status_rows(script.ledger(), **question)
        if (row["item_id"], row["meeting_id"]) == (item, meeting)
    )
    return row


def text(row: Row) -> str:
    """The cell in the notation of this file."""
    if not row["status"]:
        assert (row["level"], row["by_rule"], row["since"], row["event_id"]) == ("", "false", "", "")
        return ""
    mark = {"true": "-by-rule", "false": ""}[row["by_rule"]]
    return f"{row['status']}{mark} {row['level']} {row['since']} {row['event_id']}"


def cell(
    day: str,
    *events: str,
    links: Sequence[str] = (),
    item: str = "",
    months: int | None = NEVER,
    **question: str,
) -> str:
    """The cell of an item (the concern where there are links, else the first event's) at a meeting on that day."""
    script = Script(events, links, [f"m {day}"], stall_after_months=months)
    return text(row_of(script, item or ("concern" if links else events[0].split()[1]), **question))


class TestDates:
    """Clause 1."""

    @pytest.mark.parametrize(
        ("date", "meeting", "expected"),
        [
            ("2020-05-20", "2020-05-19", ""),
            ("2020-05-20", "2020-05-20", "raised 0 2020-05-20 e1"),
            ("2020-02", "2020-02-28", ""),
            ("2020-02", "2020-02-29", "raised 0 2020-02-29 e1"),
            ("2019-02", "2019-02-28", "raised 0 2019-02-28 e1"),
            ("2020", "2020-12-30", ""),
            ("2020", "2020-12-31", "raised 0 2020-12-31 e1"),
        ],
    )
    def test_an_event_counts_from_the_last_day_of_its_period(self, date: str, meeting: str, expected: str) -> None:
        """A reduced date stands for its whole period; the event counts if its day is on or before the meeting's."""
        assert cell(meeting, f"{date} concern raises r") == expected

    @pytest.mark.parametrize(
        ("meeting", "as_of", "expected"),
        [
            ("m 2020-05-20", LAST_DAY, "promised 1 2020-05-20 e1"),
            ("m 2020-05-20/2020-05-21", LAST_DAY, "under_way 2 2020-05-21 e2"),
            ("m 2020-05", LAST_DAY, "adopted 3 2020-05-31 e3"),
            ("m 2020-05-20/2020-05", LAST_DAY, "adopted 3 2020-05-31 e3"),
            ("m 2020-05/2020-05-21", LAST_DAY, "under_way 2 2020-05-21 e2"),
            ("m 2020", LAST_DAY, "in_effect 4 2020-12-31 e4"),
            ("m 2020", "2020-12-30", "adopted 3 2020-05-31 e3"),
            ("m 2020-05", "2020-05-20", "promised 1 2020-05-20 e1"),
            ("m 2020-05-20/2020-05-31", "2020-05-21", "under_way 2 2020-05-21 e2"),
            ("m 2026-12-01 planned", "2020-05-21", "under_way 2 2020-05-21 e2"),
            ("m 2026-12-01 unconfirmed", "2020-05-19", ""),
            ("m 2020-05-20", "2020-05-19", ""),
        ],
    )
    def test_the_meetings_day_is_its_last_but_never_after_the_viewing_day(
        self, meeting: str, as_of: str, expected: str
    ) -> None:
        """`end_date` before `date`, reduced or not, cut at the viewing day; whether it was held makes no difference."""
        events = [
            "2020-05-20 step promises i",
            "2020-05-21 step starts i",
            "2020-05 step adopts i",
            "2020 step applies i",
        ]
        script = Script(events, meetings=[meeting], stall_after_months=NEVER)
        assert text(row_of(script, "step", as_of=as_of)) == expected

    def test_an_event_counts_for_meetings_other_than_its_own(self) -> None:
        """Only the day decides: the meeting at which it happened, or another dialogue, does not."""
        script = Script(
            ["2020-05-20 concern raises r @m"], meetings=["m 2020-05-20", "n 2020-05-20 @d2", "o 2020-05-19 @d2"]
        )
        assert [text(row) for row in status_rows(script.ledger())] == ["raised 0 2020-05-20 e1"] * 2 + [""]

    @pytest.mark.parametrize(
        ("known_at", "expected"),
        [
            ("2021-04-30", ""),
            ("2021-05-01", "promised 1 2020-02-01 e2"),
            ("2021-05-31", "promised 1 2020-02-01 e2"),
            ("2021-06-01", "under_way 2 2020-03-01 e3"),
        ],
    )
    def test_known_at_leaves_out_what_was_recorded_later(self, known_at: str, expected: str) -> None:
        """An event recorded on that very day is known; the day it happened does not matter."""
        events = (
            "2020-01-01 step adopts i +2022-01-01",
            "2020-02-01 step promises i +2021-05-01",
            "2020-03-01 step starts i +2021-06-01",
        )
        assert cell("2024-01-01", *events, known_at=known_at) == expected

    def test_known_at_may_be_before_the_events_own_day(self) -> None:
        """`recorded` alone decides, even for an event that was recorded as announced for later."""
        assert cell("2024-01-01", "2023-01-01 step enters_into_force i +2022-06-01", known_at="2022-06-01") != ""


class TestVoice:
    """Clause 2."""

    @pytest.mark.parametrize(
        ("sources", "counting"),
        [
            ("a", {"all", "acting"}),
            ("ax", {"all", "acting"}),
            ("r", {"all", "raising"}),
            ("j", {"all", "acting", "raising"}),
            ("i", {"all", "independent"}),
            ("a;i", {"all", "acting", "independent"}),
            ("r[p.1;a];i", {"all", "raising", "independent"}),
            ("", {"all"}),
        ],
    )
    @pytest.mark.parametrize("effect", sorted(set(EFFECTS) - {*OPENING, "context", "searched", "assesses"}))
    def test_an_event_counts_for_the_voices_of_its_sources(self, effect: str, sources: str, counting: set[str]) -> None:
        """One source of the voice is enough; a joint text is acting and raising; `persists` is no opening event."""
        event = f"2020-01-01 step {effect} {sources}"
        assert {voice for voice in VOICES if cell("2024-01-01", event, voice=voice)} == counting

    @pytest.mark.parametrize("voice", VOICES)
    @pytest.mark.parametrize("sources", ["a", "r", "j", "i", ""])
    @pytest.mark.parametrize("effect", OPENING)
    def test_opening_events_count_whoever_said_them(self, effect: str, sources: str, voice: str) -> None:
        """That a matter is on record is not a matter of opinion."""
        assert cell("2024-01-01", f"2020-01-01 concern {effect} {sources}", voice=voice) == "raised 0 2020-01-01 e1"

    @pytest.mark.parametrize(
        ("voice", "expected"),
        [
            ("all", "reversed 3 2022-01-01 e4"),
            ("acting", "adopted 3 2021-01-01 e2"),
            ("raising", "stalled 0 2021-06-01 e3"),
            ("independent", "reversed 0 2022-01-01 e4"),
        ],
    )
    def test_each_voice_folds_only_what_it_said(self, voice: str, expected: str) -> None:
        """The level kept by a side state is that of the voice's own account."""
        events = (
            "2020-01-01 concern raises r",
            "2021-01-01 concern adopts a",
            "2021-06-01 concern stalls r",
            "2022-01-01 concern reverses i",
        )
        assert cell("2024-01-01", *events, voice=voice) == expected

    @pytest.mark.parametrize("voice", VOICES)
    def test_a_search_without_sources_changes_nothing_under_any_voice(self, voice: str) -> None:
        """Neither alone nor after an opening event."""
        assert cell("2024-01-01", "2021-01-01 concern searched", voice=voice) == ""
        events = ("2020-01-01 concern raises r", "2021-01-01 concern searched")
        assert cell("2024-01-01", *events, voice=voice) == "raised 0 2020-01-01 e1"

    @pytest.mark.parametrize(
        ("voice", "expected"),
        [
            ("all", "adopted 3 2020-01-01 e1"),
            ("acting", "adopted 3 2021-01-01 e1"),
            ("independent", "raised 0 2020-01-01 e2"),
        ],
    )
    def test_the_voice_is_chosen_before_the_concern_goes_on_record(self, voice: str, expected: str) -> None:
        """Under `acting` an independent `persists` does not put the concern on record, so the raise does."""
        events = ("2019-01-01 step adopts a", "2020-01-01 concern persists i", "2021-01-01 concern raises r")
        assert cell("2024-01-01", *events, links=["step addresses concern"], voice=voice) == expected


class TestLinks:
    """Clause 3."""

    @pytest.mark.parametrize("relation", ["addresses", "partly_addresses", "precondition", "undermines"])
    @pytest.mark.parametrize(
        ("effect", "arriving"),
        [
            ("acknowledges", ("promised 1", "promised 1", "promised 1", "")),
            ("promises", ("promised 1", "promised 1", "promised 1", "")),
            ("starts", ("under_way 2", "under_way 2", "under_way 2", "")),
            ("adopts", ("adopted 3", "adopted 3", "under_way 2", "reversed 0")),
            ("enters_into_force", ("adopted 3", "adopted 3", "under_way 2", "reversed 0")),
            ("applies", ("in_effect 4", "adopted 3", "under_way 2", "reversed 0")),
            ("assesses=0", ("", "", "", "")),
            ("assesses=1", ("promised 1", "promised 1", "promised 1", "")),
            ("assesses=2", ("under_way 2", "under_way 2", "under_way 2", "")),
            ("assesses=3", ("adopted 3", "adopted 3", "under_way 2", "")),
            ("assesses=4", ("in_effect 4", "adopted 3", "under_way 2", "")),
            ("stalls", ("stalled 0", "stalled 0", "stalled 0", "")),
            ("reverses", ("stalled 0", "stalled 0", "stalled 0", "")),
            ("rejects", ("stalled 0", "stalled 0", "stalled 0", "")),
            *((effect, ("", "", "", "")) for effect in ("closes", "finds_unclear", "persists", "context", "searched")),
            *((effect, ("", "", "", "")) for effect in OPENING),
        ],
    )
    def test_what_arrives_through_each_relation(self, relation: str, effect: str, arriving: tuple[str, ...]) -> None:
        """The full table of effects and relations, for a concern that was only raised before."""
        got = arriving[["addresses", "partly_addresses", "precondition", "undermines"].index(relation)]
        events = ("2019-01-01 concern raises r", f"2020-01-01 step {effect} i")
        expected = f"{got} 2020-01-01 e2" if got else "raised 0 2019-01-01 e1"
        assert cell("2024-01-01", *events, links=[f"step {relation} concern"]) == expected

    @pytest.mark.parametrize(
        ("before", "linked", "expected"),
        [
            ("adopts", "assesses=1", "adopted 3 2019-06-01 e2"),
            ("stalls", "assesses=1", "promised 1 2020-01-01 e3"),
            ("stalls", "assesses=0", "stalled 0 2019-06-01 e2"),
            ("adopts", "reverses", "stalled 3 2020-01-01 e3"),
            ("closes", "promises", "promised 1 2020-01-01 e3"),
            ("applies", "persists", "in_effect 4 2019-06-01 e2"),
        ],
    )
    def test_a_linked_event_meets_the_concerns_own_standing(self, before: str, linked: str, expected: str) -> None:
        """A linked rating is a forward effect: it cannot lower, and one of 0 does not even end a side state."""
        events = ("2019-01-01 concern raises r", f"2019-06-01 concern {before} i", f"2020-01-01 step {linked} i")
        assert cell("2024-01-01", *events, links=["step addresses concern"]) == expected

    @pytest.mark.parametrize("cause", ["setback", "step"])
    def test_undermining_keeps_the_level_reached(self, cause: str) -> None:
        """A setback's or a step's advance reverses the concern at the level it had; its own cell shows the advance."""
        events = ("2019-01-01 concern adopts i", f"2020-01-01 {cause} enters_into_force i")
        links = [f"{cause} undermines concern"]
        assert cell("2024-01-01", *events, links=links) == "reversed 3 2020-01-01 e2"
        assert cell("2024-01-01", *events, links=links, item=cause) == "adopted 3 2020-01-01 e2"

    def test_nothing_passes_from_the_concern_to_its_step_nor_without_a_link(self) -> None:
        """A link has one direction, and another concern's step does not bear on this one."""
        events = ("2019-01-01 concern adopts i", "2019-01-01 concern-2 raises r", "2020-01-01 step applies i")
        script = Script(
            events, ["step addresses concern"], ["m 2024-01-01"], ["concern", "concern-2", "step", "step-2"]
        )
        cells = [text(row) for row in status_rows(script.ledger())]
        assert cells == ["in_effect 4 2020-01-01 e3", "raised 0 2019-01-01 e2", "in_effect 4 2020-01-01 e3", ""]
        assert cell("2019-12-31", *events, links=["step addresses concern"], item="step") == ""

    def test_one_step_bears_differently_on_two_concerns(self) -> None:
        """The relation belongs to the link, not to the step."""
        events = ("2019-01-01 concern-1 raises r", "2019-01-01 concern-2 raises r", "2020-01-01 step applies i")
        links = ["step precondition concern-1", "step undermines concern-2"]
        assert cell("2024-01-01", *events, links=links, item="concern-1") == "under_way 2 2020-01-01 e3"
        assert cell("2024-01-01", *events, links=links, item="concern-2") == "reversed 0 2020-01-01 e3"

    @pytest.mark.parametrize(("day", "expected"), [("2020-05-19", ""), ("2020-05-20", "adopted 3 2020-05-20 e1")])
    def test_a_linked_event_before_the_concerns_first_counts_from_that_day(self, day: str, expected: str) -> None:
        """The concern is empty before its own first event, and `since` is the day it went on record."""
        events = ("2018-01-01 step adopts i", "2020-05-20 concern raises r")
        assert cell(day, *events, links=["step addresses concern"]) == expected

    @pytest.mark.parametrize(
        ("first_own", "expected"),
        [
            ("context", ""),
            ("searched", ""),
            ("welcomes", "adopted 3 2020-05-20 e1"),
            ("persists", "adopted 3 2020-05-20 e1"),
            ("acknowledges", "adopted 3 2020-05-20 e1"),
            ("applies", "in_effect 4 2020-05-20 e2"),
            ("assesses=0", "raised 0 2020-05-20 e2"),
            ("closes", "closed 3 2020-05-20 e2"),
            ("finds_unclear", "unclear 3 2020-05-20 e2"),
        ],
    )
    def test_any_own_effect_but_context_and_searched_puts_a_concern_on_record(
        self, first_own: str, expected: str
    ) -> None:
        """The linked event then comes first on that day, because its own period begins earlier (clause 5)."""
        events = ("2018-01-01 step adopts i", f"2020-05-20 concern {first_own} i")
        assert cell("2024-01-01", *events, links=["step addresses concern"]) == expected

    def test_a_linked_event_without_any_own_event_does_not_count(self) -> None:
        """The concern stays empty, the step does not."""
        links = ["step addresses concern"]
        assert cell("2024-01-01", "2020-01-01 step adopts i", links=links) == ""
        assert cell("2024-01-01", "2020-01-01 step adopts i", links=links, item="step") == "adopted 3 2020-01-01 e1"

    @pytest.mark.parametrize(
        ("own", "expected"),
        [
            (["2020 concern raises r"], "adopted 3 2020-12-31 e1"),
            (["2020 concern raises r", "2020-08-01 concern discusses r"], "adopted 3 2020-08-01 e1"),
            (["2020-08 concern raises r", "2020-09-01 concern discusses r"], "adopted 3 2020-08-31 e1"),
            (["2020-04-01 concern context r", "2020-08-01 concern raises r"], "adopted 3 2020-08-01 e1"),
            (["2020-04-01 concern raises r"], "adopted 3 2020-06-30 e1"),
        ],
    )
    def test_on_record_is_the_earliest_day_an_own_event_counts_from(self, own: list[str], expected: str) -> None:
        """A reduced date counts from its last day here too, and the order of the rows is of no account."""
        assert cell("2024-01-01", "2020-06 step adopts i", *own, links=["step addresses concern"]) == expected

    def test_known_at_comes_before_the_day_on_record(self) -> None:
        """If the first raise was not recorded yet, the later one puts the concern on record."""
        events = (
            "2018-01-01 step adopts i +2021-01-01",
            "2019-01-01 concern raises r +2023-01-01",
            "2020-01-01 concern raises r +2021-01-01",
        )
        links = ["step addresses concern"]
        assert cell("2024-01-01", *events, links=links, known_at="2022-01-01") == "adopted 3 2020-01-01 e1"
        assert cell("2024-01-01", *events, links=links) == "adopted 3 2019-01-01 e1"


class TestCap:
    """Clause 4."""

    @pytest.mark.parametrize("effect", ["applies", "assesses=4"])
    @pytest.mark.parametrize(
        ("sources", "voice", "expected"),
        [
            ("a", "all", "adopted 3"),
            ("a;ax", "all", "adopted 3"),
            ("", "all", "adopted 3"),
            ("r", "all", "in_effect 4"),
            ("i", "all", "in_effect 4"),
            ("ix", "all", "in_effect 4"),
            ("j", "all", "in_effect 4"),
            ("a;i", "all", "in_effect 4"),
            ("a", "acting", "in_effect 4"),
        ],
    )
    def test_level_4_needs_a_source_that_is_not_acting(
        self, effect: str, sources: str, voice: str, expected: str
    ) -> None:
        """Under `all` only; a joint text is enough, an excerpt too."""
        assert cell("2024-01-01", f"2020-01-01 step {effect} {sources}", voice=voice) == f"{expected} 2020-01-01 e1"

    @pytest.mark.parametrize(
        ("relation", "sources", "voice", "expected"),
        [
            ("addresses", "a", "all", "adopted 3"),
            ("addresses", "a;r", "all", "in_effect 4"),
            ("addresses", "a", "acting", "in_effect 4"),
            ("partly_addresses", "a", "all", "adopted 3"),
            ("partly_addresses", "a", "acting", "adopted 3"),
            ("precondition", "a", "all", "under_way 2"),
        ],
    )
    @pytest.mark.parametrize("effect", ["applies", "assesses=4"])
    def test_the_cap_comes_before_the_links(
        self, effect: str, relation: str, sources: str, voice: str, expected: str
    ) -> None:
        """A step's level 4 by the acting side alone reaches the concern as 3 at most."""
        events = ("2019-01-01 concern raises r", f"2020-01-01 step {effect} {sources}")
        assert (
            cell("2024-01-01", *events, links=[f"step {relation} concern"], voice=voice) == f"{expected} 2020-01-01 e2"
        )

    def test_what_the_acting_side_alone_says_still_undermines(self) -> None:
        """Capped to 3 or not, `applies` arrives as a reversal."""
        events = ("2019-01-01 concern raises r", "2020-01-01 setback applies a")
        assert cell("2024-01-01", *events, links=["setback undermines concern"]) == "reversed 0 2020-01-01 e2"

    @pytest.mark.parametrize(
        ("effect", "expected"),
        [
            ("applies", "in_effect 4 2020-01-01 e1"),
            ("assesses=4", "adopted 3 2021-01-01 e2"),
            ("assesses=3", "adopted 3 2021-01-01 e2"),
            ("assesses=2", "under_way 2 2021-01-01 e2"),
        ],
    )
    def test_a_capped_event_after_level_4(self, effect: str, expected: str) -> None:
        """As a forward effect it lowers nothing, as a rating it does; ratings below 4 stay as they are."""
        assert cell("2024-01-01", "2020-01-01 step applies i", f"2021-01-01 step {effect} a") == expected


class TestFold:
    """Clause 5."""

    @pytest.mark.parametrize(
        ("effects", "expected"),
        [
            # Opening: level 0 if there is no status yet, else nothing.
            ("raises", "raised 0 2020-01-01 e1"),
            ("discusses", "raised 0 2020-01-01 e1"),
            ("welcomes", "raised 0 2020-01-01 e1"),
            ("raises discusses welcomes", "raised 0 2020-01-01 e1"),
            ("promises raises", "promised 1 2020-01-01 e1"),
            ("starts stalls raises", "stalled 2 2020-01-02 e2"),
            ("applies closes discusses", "closed 4 2020-01-02 e2"),
            # `persists`: the same, but level 4 without a side state becomes 3.
            ("persists", "raised 0 2020-01-01 e1"),
            ("persists raises", "raised 0 2020-01-01 e1"),
            ("starts persists", "under_way 2 2020-01-01 e1"),
            ("adopts persists", "adopted 3 2020-01-01 e1"),
            ("applies persists", "adopted 3 2020-01-02 e2"),
            ("assesses=4 persists", "adopted 3 2020-01-02 e2"),
            ("applies persists persists", "adopted 3 2020-01-02 e2"),
            ("applies persists applies", "in_effect 4 2020-01-03 e3"),
            ("applies reverses persists", "reversed 4 2020-01-02 e2"),
            # Forward: the higher of the two; after a side state, or first, the event's own level.
            ("acknowledges", "promised 1 2020-01-01 e1"),
            ("promises", "promised 1 2020-01-01 e1"),
            ("starts", "under_way 2 2020-01-01 e1"),
            ("adopts", "adopted 3 2020-01-01 e1"),
            ("enters_into_force", "adopted 3 2020-01-01 e1"),
            ("applies", "in_effect 4 2020-01-01 e1"),
            ("raises acknowledges starts adopts applies", "in_effect 4 2020-01-05 e5"),
            ("adopts promises", "adopted 3 2020-01-01 e1"),
            ("adopts enters_into_force", "adopted 3 2020-01-01 e1"),
            ("acknowledges promises", "promised 1 2020-01-01 e1"),
            ("adopts stalls promises", "promised 1 2020-01-03 e3"),
            ("adopts reverses adopts", "adopted 3 2020-01-03 e3"),
            ("applies rejects starts adopts promises", "adopted 3 2020-01-04 e4"),
            ("applies closes adopts", "adopted 3 2020-01-03 e3"),
            ("finds_unclear promises", "promised 1 2020-01-02 e2"),
            # `assesses`: the rating, even downwards; the side state ends.
            ("assesses=0", "raised 0 2020-01-01 e1"),
            ("assesses=4", "in_effect 4 2020-01-01 e1"),
            ("raises assesses=0", "raised 0 2020-01-01 e1"),
            ("adopts assesses=1", "promised 1 2020-01-02 e2"),
            ("adopts assesses=3", "adopted 3 2020-01-01 e1"),
            ("adopts assesses=0 promises", "promised 1 2020-01-03 e3"),
            ("adopts stalls assesses=3", "adopted 3 2020-01-03 e3"),
            ("adopts rejects assesses=0", "raised 0 2020-01-03 e3"),
            ("finds_unclear assesses=2", "under_way 2 2020-01-02 e2"),
            # Side states: the level stays, 0 if there was none.
            ("stalls", "stalled 0 2020-01-01 e1"),
            ("reverses", "reversed 0 2020-01-01 e1"),
            ("rejects", "rejected 0 2020-01-01 e1"),
            ("closes", "closed 0 2020-01-01 e1"),
            ("finds_unclear", "unclear 0 2020-01-01 e1"),
            ("starts stalls", "stalled 2 2020-01-02 e2"),
            ("applies reverses", "reversed 4 2020-01-02 e2"),
            ("promises rejects", "rejected 1 2020-01-02 e2"),
            ("adopts closes", "closed 3 2020-01-02 e2"),
            ("adopts finds_unclear", "unclear 3 2020-01-02 e2"),
            ("starts stalls stalls", "stalled 2 2020-01-02 e2"),
            ("starts stalls rejects", "rejected 2 2020-01-03 e3"),
            ("starts stalls rejects stalls", "stalled 2 2020-01-04 e4"),
            # `context` and `searched`: nothing.
            ("context", ""),
            ("searched context", ""),
            ("searched promises context searched", "promised 1 2020-01-02 e2"),
            ("stalls context", "stalled 0 2020-01-01 e1"),
        ],
    )
    @pytest.mark.parametrize("item", ["concern", "step", "setback"])
    def test_level_side_state_and_deciding_event(self, effects: str, expected: str, item: str) -> None:
        """One event a day; the deciding event is the last that changed level or side state. All kinds climb alike."""
        events = [f"2020-01-{day:02} {item} {effect} i" for day, effect in enumerate(effects.split(), start=1)]
        assert cell("2024-01-01", *events, item=item) == expected

    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            # The day an event counts from comes first, whatever the order of the rows.
            (["2020-01-02 step stalls i", "2020-01-01 step adopts i"], "stalled 3 2020-01-02 e1"),
            (["2020 step stalls i", "2020-12-30 step adopts i"], "stalled 3 2020-12-31 e1"),
            # Then the first day of the event's own period.
            (["2020-12-31 step stalls i", "2020 step adopts i"], "stalled 3 2020-12-31 e1"),
            (["2020-12-31 step stalls i", "2020-12 step adopts i"], "stalled 3 2020-12-31 e1"),
            (["2020-12 step stalls i", "2020 step adopts i"], "stalled 3 2020-12-31 e1"),
            (["2020-12-31 concern stalls i", "2020 step adopts i"], "stalled 3 2020-12-31 e1"),
            # Then own before linked.
            (["2020-01-01 step adopts i", "2020-01-01 concern stalls i"], "adopted 3 2020-01-01 e1"),
            (["2020-01-01 step stalls i", "2020-01-01 concern adopts i"], "stalled 3 2020-01-01 e1"),
            # Then the row in `events`.
            (["2020 step adopts i", "2020 step stalls i"], "stalled 3 2020-12-31 e2"),
            (["2020 step stalls i", "2020 step adopts i"], "adopted 3 2020-12-31 e2"),
            (["2020-01-01 step adopts i", "2020-01-01 step-2 stalls i"], "stalled 3 2020-01-01 e2"),
            (["2020-01-01 step stalls i", "2020-01-01 step-2 adopts i"], "adopted 3 2020-01-01 e2"),
        ],
    )
    @pytest.mark.parametrize("turn", [1, -1])
    def test_order_of_the_fold(self, events: list[str], expected: str, turn: int) -> None:
        """The concern's cell in each case; the order of two steps' links is of no account."""
        links = ["step addresses concern", "step-2 addresses concern"][::turn]
        raised = [*events, "2019-01-01 concern raises r"]
        assert cell("2024-01-01", *raised, links=links) == expected

    @pytest.mark.parametrize(
        ("relations", "expected"),
        [(("addresses", "undermines"), "reversed 3"), (("undermines", "addresses"), "adopted 3")],
    )
    def test_last_in_the_order_is_the_row_in_links(self, relations: tuple[str, str], expected: str) -> None:
        """It can only decide where a pair is linked twice, which the check refuses; it is defined all the same."""
        events = ("2019-01-01 concern raises r", "2020-01-01 step adopts i")
        links = [f"step {relation} concern" for relation in relations]
        assert cell("2024-01-01", *events, links=links) == f"{expected} 2020-01-01 e2"

    def test_linked_events_from_before_the_record_fold_in_their_own_order(self) -> None:
        """They all count from the day the concern went on record, so the first days of their periods decide."""
        events = ("2019-06-01 step stalls i", "2019 step adopts i", "2018 step starts i", "2020-05-20 concern raises r")
        assert cell("2024-01-01", *events, links=["step addresses concern"]) == "stalled 3 2020-05-20 e1"


class TestStalledByRule:
    """Clause 6."""

    @pytest.mark.parametrize(
        ("date", "months", "last_day", "since"),
        [
            ("2020-01-15", 12, "2021-01-15", "2021-01-16"),
            ("2020-01-15", None, "2022-01-15", "2022-01-16"),
            ("2020-11-30", 1, "2020-12-30", "2020-12-31"),
            ("2020-12-31", 1, "2021-01-31", "2021-02-01"),
            ("2020-02-29", 12, "2021-02-28", "2021-03-01"),
            ("2020-02-29", 48, "2024-02-29", "2024-03-01"),
            ("2019-02-28", 12, "2020-02-28", "2020-02-29"),
            ("2020-01-31", 1, "2020-02-29", "2020-03-01"),
            ("2021-01-31", 1, "2021-02-28", "2021-03-01"),
            ("2020-08-31", 1, "2020-09-30", "2020-10-01"),
            ("2020-12-31", 2, "2021-02-28", "2021-03-01"),
            ("2020-02", 12, "2021-02-28", "2021-03-01"),
            ("2020", 12, "2021-12-31", "2022-01-01"),
        ],
    )
    def test_calendar_months_clamped_to_the_months_end(
        self, date: str, months: int | None, last_day: str, since: str
    ) -> None:
        """From the day the event counts from; on the last of those days it is not yet stalled, on the next it is."""
        event = f"{date} step starts i"
        assert cell(last_day, event, months=months).startswith("under_way 2")
        assert cell(since, event, months=months) == f"stalled-by-rule 2 {since} e1"
        assert cell("2026-01-01", event, months=months) == f"stalled-by-rule 2 {since} e1"

    @pytest.mark.parametrize(
        ("effects", "expected"),
        [
            ("raises", "raised 0 2020-01-01 e1"),
            ("promises", "stalled-by-rule 1 2021-01-02 e1"),
            ("acknowledges", "stalled-by-rule 1 2021-01-02 e1"),
            ("starts", "stalled-by-rule 2 2021-01-02 e1"),
            ("adopts", "adopted 3 2020-01-01 e1"),
            ("applies", "in_effect 4 2020-01-01 e1"),
            ("assesses=0", "raised 0 2020-01-01 e1"),
            ("assesses=1", "stalled-by-rule 1 2021-01-02 e1"),
            ("promises stalls", "stalled 1 2020-02-01 e2"),
            ("promises closes", "closed 1 2020-02-01 e2"),
            ("promises finds_unclear", "unclear 1 2020-02-01 e2"),
            ("adopts stalls starts", "stalled-by-rule 2 2021-03-02 e3"),
            ("adopts assesses=2", "stalled-by-rule 2 2021-02-02 e2"),
            # A forward event or a rating restarts the months even where it changes nothing else.
            ("starts promises", "stalled-by-rule 2 2021-02-02 e2"),
            ("promises promises", "stalled-by-rule 1 2021-02-02 e2"),
            ("starts assesses=2", "stalled-by-rule 2 2021-02-02 e2"),
            # Nothing else does.
            ("starts raises discusses welcomes", "stalled-by-rule 2 2021-01-02 e1"),
            ("starts persists context searched", "stalled-by-rule 2 2021-01-02 e1"),
        ],
    )
    def test_only_levels_1_and_2_without_a_side_state(self, effects: str, expected: str) -> None:
        """One event a month, twelve months, seen years later."""
        events = [f"2020-{month:02}-01 step {effect} i" for month, effect in enumerate(effects.split(), start=1)]
        assert cell("2024-01-01", *events, months=12) == expected

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2021-06-01", "stalled-by-rule 1 2021-01-02 e1"),
            ("2022-01-01", "promised 1 2020-01-01 e1"),
            ("2023-01-01", "stalled-by-rule 1 2022-06-16 e2"),
            ("2023-06-01", "adopted 3 2023-06-01 e3"),
        ],
    )
    def test_the_next_step_ends_it(self, day: str, expected: str) -> None:
        """A repeated promise makes it `promised` since the first again, as nothing in the fold had changed."""
        events = ("2020-01-01 step promises i", "2021-06-15 step promises i", "2023-06-01 step adopts i")
        assert cell(day, *events, months=12) == expected

    @pytest.mark.parametrize(
        ("day", "expected"),
        [("2021-05-20", "promised 1 2020-05-20 e1"), ("2021-05-21", "stalled-by-rule 1 2021-05-21 e1")],
    )
    def test_a_linked_step_runs_from_the_day_it_counts_from(self, day: str, expected: str) -> None:
        """For the concern that is the day it went on record."""
        events = ("2018-01-01 step promises i", "2020-05-20 concern raises r")
        assert cell(day, *events, links=["step addresses concern"], months=12) == expected

    @pytest.mark.parametrize(
        ("relation", "effect", "expected"),
        [
            ("precondition", "adopts", "stalled-by-rule 2 2022-07-02 e3"),
            ("addresses", "acknowledges", "stalled-by-rule 1 2022-07-02 e3"),
            ("addresses", "assesses=1", "stalled-by-rule 1 2022-07-02 e3"),
            ("addresses", "assesses=0", "stalled-by-rule 1 2021-01-02 e2"),
            ("addresses", "raises", "stalled-by-rule 1 2021-01-02 e2"),
            ("undermines", "starts", "stalled-by-rule 1 2021-01-02 e2"),
            ("partly_addresses", "adopts", "adopted 3 2021-07-01 e3"),
        ],
    )
    def test_a_linked_forward_event_restarts_the_months(self, relation: str, effect: str, expected: str) -> None:
        """As it arrives: a precondition never gets beyond level 2, a linked rating of 0 is nothing."""
        events = ("2019-01-01 concern raises r", "2020-01-01 concern promises a", f"2021-07-01 step {effect} i")
        assert cell("2024-01-01", *events, links=[f"step {relation} concern"], months=12) == expected

    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ({}, "under_way 2 2020-06-01 e2"),
            ({"voice": "acting"}, "stalled-by-rule 1 2022-01-02 e1"),
            ({"voice": "independent"}, "under_way 2 2020-06-01 e2"),
            ({"known_at": "2021-01-01"}, "stalled-by-rule 1 2022-01-02 e1"),
            ({"as_of": "2022-01-01", "voice": "acting"}, "promised 1 2020-01-01 e1"),
        ],
    )
    def test_under_a_voice_at_a_record_date_and_before_a_planned_meeting(
        self, question: dict[str, str], expected: str
    ) -> None:
        """What is left out restarts nothing, and a planned meeting is judged on the viewing day."""
        events = ("2020-01-01 step promises a +2020-01-02", "2020-06-01 step starts i +2022-01-01")
        assert cell("2022-03-01", *events, months=None, **question) == expected


class TestNamedAtAMeeting:
    """Clause 7."""

    @pytest.mark.parametrize("voice", VOICES)
    @pytest.mark.parametrize(
        ("events", "expected"),
        [
            (["2020-05-20 concern raises r @m"], "raising"),
            (["2020-05-20 concern discusses a @m"], "acting"),
            (["2020-05-20 concern welcomes ix @m"], "independent"),
            (["2020-05-20 concern discusses j @m"], "acting;raising"),
            (["2020-05-20 concern discusses r;i[p.2;a];j @m"], "acting;independent;raising"),
            (["2020-05-20 concern raises r @m", "2020-05-20 concern discusses i;a @m"], "acting;independent;raising"),
            (["2020-05-20 concern promises a @m"], ""),
            (["2020-05-20 concern persists i @m"], ""),
            (["2020-05-20 concern searched r @m"], ""),
            (["2020-05-20 concern raises r"], ""),
            (["2020-05-20 concern raises r @n"], ""),
            (["2020-05-20 step raises r @m", "2020-05-20 concern promises a"], ""),
        ],
    )
    def test_named_by_the_sources_of_its_opening_events_there(
        self, events: list[str], expected: str, voice: str
    ) -> None:
        """Its own, with that meeting's id; every voice is listed, whatever the voice asked for."""
        script = Script(events, ["step addresses concern"], ["m 2020-05-20", "n 2020-05-20"])
        assert row_of(script, voice=voice)["named_by"] == expected

    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ({}, "raising"),
            ({"as_of": "2020-12-31"}, "raising"),
            ({"as_of": "2020-12-30"}, ""),
            ({"known_at": "2021-03-01"}, "raising"),
            ({"known_at": "2021-02-28"}, ""),
        ],
    )
    def test_what_is_not_known_or_not_yet_counting_names_nothing(self, question: dict[str, str], expected: str) -> None:
        """Decided: the viewing day and `known_at` bound it, the meeting's own day does not, so the cell stays empty."""
        script = Script(["2020 concern raises r @m +2021-03-01"], meetings=["m 2020-05-20"])
        row = row_of(script, **question)
        assert (text(row), row["named_by"]) == ("", expected)


class TestTable:
    """The command `status` (section 4): rows and columns."""

    SCRIPT = Script(
        ["2020-01-01 step adopts i @n", "2021-01-01 concern raises r @m"],
        meetings=["n 2020-01-01 @d2", "m 2021-01-01", "o 2019-01-01 @d2"],
        items=["step", "concern", "setback"],
    )

    @pytest.mark.parametrize(("dialogue", "meetings"), [("", "nmo"), ("d1", "m"), ("d2", "no")])
    def test_a_row_for_each_item_and_meeting_in_table_order(self, dialogue: str, meetings: str) -> None:
        """Not by day or name; a dialogue's rows are those of its meetings."""
        found = status_rows(self.SCRIPT.ledger(), dialogue=dialogue)
        cells = [(row["item_id"], row["meeting_id"]) for row in found]
        assert cells == [(item, meeting) for item in ("step", "concern", "setback") for meeting in meetings]
        assert found == [row for row in status_rows(self.SCRIPT.ledger()) if row["meeting_id"] in meetings]

    def test_every_column_of_a_row(self) -> None:
        """All are text; before an item is on record four cells are empty and `by_rule` is false."""
        empty = {"status": "", "level": "", "by_rule": "false", "since": "", "event_id": "", "named_by": ""}
        adopted = {"status": "adopted", "level": "3", "by_rule": "false", "since": "2020-01-01", "event_id": "e1"}
        raised = {"status": "raised", "level": "0", "by_rule": "false", "since": "2021-01-01", "event_id": "e2"}
        found = status_rows(self.SCRIPT.ledger())
        assert {tuple(row) for row in found} == {
            ("item_id", "meeting_id", "status", "level", "by_rule", "since", "event_id", "named_by")
        }
        assert found[:5] == [
            {"item_id": "step", "meeting_id": "n", **adopted, "named_by": ""},
            {"item_id": "step", "meeting_id": "m", **adopted, "named_by": ""},
            {"item_id": "step", "meeting_id": "o", **empty},
            {"item_id": "concern", "meeting_id": "n", **empty},
            {"item_id": "concern", "meeting_id": "m", **raised, "named_by": "raising"},
        ]

    @pytest.mark.parametrize(
        ("script", "count"),
        [
            (Script(meetings=[]), 0),
            (Script(), 0),
            (Script(["2020-01-01 step adopts i"], meetings=[]), 0),
            (Script(items=["concern", "step"], links=["step addresses concern"]), 2),
        ],
    )
    @pytest.mark.parametrize("voice", VOICES)
    def test_empty_tables(self, script: Script, count: int, voice: str) -> None:
        """No items, no meetings or no events: fewer rows or empty cells, never a failure."""
        assert [text(row) for row in status_rows(script.ledger(), voice=voice)] == [""] * count
