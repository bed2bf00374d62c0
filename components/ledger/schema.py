"""The eight tables: the one description that loading, checking, the Table Schema and the codebook's tests all read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from components.ledger import vocabulary as words

ID_PATTERN = "[a-z0-9][a-z0-9-]*"
TRANSLATABLE = ("title", "short_title", "summary", "description", "name", "note", "place", "participants")
LANGUAGE_PATTERN = "[a-z]{2,3}"


class Kind(Enum):
    """What a cell may hold."""

    ID = "id"
    REFERENCE = "reference"
    TEXT = "text"
    WORD = "word"
    DATE = "date"
    DAY = "day"
    LEVEL = "level"
    ADDRESS = "address"
    LANGUAGE = "language"
    SOURCES = "sources"


@dataclass(frozen=True)
class Column:
    """One column: what it holds, whether it may be empty, its controlled list or the table it refers to."""

    name: str
    kind: Kind
    description: str
    required: bool = True
    words: tuple[str, ...] = ()
    refers_to: str = ""


@dataclass(frozen=True)
class Table:
    """One table: its columns in canonical order and the columns that identify a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = field(default=())

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in canonical order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _id(name: str, description: str) -> Column:
    return Column(name, Kind.ID, description)


def _text(name: str, description: str, required: bool = True) -> Column:
    return Column(name, Kind.TEXT, description, required)


def _word(name: str, description: str, allowed: tuple[str, ...]) -> Column:
    return Column(name, Kind.WORD, description, words=allowed)


def _reference(name: str, table: str, description: str, required: bool = True) -> Column:
    return Column(name, Kind.REFERENCE, description, required, refers_to=table)


def _sources(description: str) -> Column:
    return Column("sources", Kind.SOURCES, description, required=False, refers_to="sources")


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "publishers",
            "Who speaks: every source belongs to a publisher, and the publisher decides whose voice the source is.",
            (
                _id("publisher_id", "Stable identifier."),
                _text("name", "Name of the body or outlet."),
                _word("kind", "What sort of body it is.", words.PUBLISHER_KINDS),
                _word("voice", "Whose voice its texts are.", words.PUBLISHER_VOICES),
                _text("country", "Country of the publisher.", required=False),
            ),
            ("publisher_id",),
        ),
        Table(
            "sources",
            "The texts that events rest on.",
            (
                _id("source_id", "Stable identifier."),
                _text("title", "Title of the text; in square brackets where it is only a description."),
                _reference("publisher_id", "publishers", "The text's author, not the site where a repost was read."),
                Column("published", Kind.DATE, "Date of publication.", required=False),
                Column("url", Kind.ADDRESS, "Address of the text.", required=False),
                Column("archive_url", Kind.ADDRESS, "Address of an archived copy.", required=False),
                Column("language", Kind.LANGUAGE, "Language of the text (ISO 639 code).", required=False),
                _word("extent", "Whether the whole text was read or only part of it.", words.EXTENTS),
                Column("accessed", Kind.DATE, "Date on which the text was last read.", required=False),
                _text("note", "Where a repost was read, doubts about the date and the like.", required=False),
            ),
            ("source_id",),
        ),
        Table(
            "dialogues",
            "Series of meetings or reviews.",
            (
                _id("dialogue_id", "Stable identifier."),
                _text("title", "Full title of the series."),
                _text("short_title", "Short title for column heads."),
                _text("raising_party", "Who raises concerns in it."),
                _text("acting_party", "The government expected to act."),
                _word("tier", "How close the series is to this ledger's subject.", words.TIERS),
                _text("description", "What the series is.", required=False),
            ),
            ("dialogue_id",),
        ),
        Table(
            "meetings",
            "Meetings, reviews and yearly reports: the columns of the status matrix.",
            (
                _id("meeting_id", "Stable identifier."),
                _reference("dialogue_id", "dialogues", "The series it belongs to."),
                _text("number", "Number of the round, where it is undisputed.", required=False),
                _text("title", "Title of the meeting."),
                Column("date", Kind.DATE, "Date, or first day, of the meeting."),
                Column("end_date", Kind.DATE, "Last day, if it lasted longer.", required=False),
                _text("place", "Where it took place.", required=False),
                _word("status", "Whether it is known to have taken place.", words.MEETING_STATUSES),
                _text("participants", "Who led the delegations, by office.", required=False),
                _text("summary", "What it covered.", required=False),
                _sources("Public accounts of the meeting."),
            ),
            ("meeting_id",),
        ),
        Table(
            "areas",
            "Issue areas.",
            (
                _id("area_id", "Stable identifier."),
                _text("title", "Name of the issue area."),
                _text("description", "What belongs to it.", required=False),
                _text("standards", "Treaty articles it rests on.", required=False),
            ),
            ("area_id",),
        ),
        Table(
            "items",
            "What is followed: concerns, reform steps and setbacks.",
            (
                _id("item_id", "Stable identifier."),
                _word("kind", "Concern, reform step or setback.", words.KINDS),
                _reference("area_id", "areas", "The issue area."),
                _text("title", "Short neutral title."),
                _text("summary", "What the item is, in one or two sentences."),
                _text("responsible", "Office expected to act.", required=False),
                _text("standards", "Treaty articles it touches.", required=False),
                _text("note", "Why it stands as it does, what stays open.", required=False),
            ),
            ("item_id",),
        ),
        Table(
            "links",
            "Which concern a reform step or setback bears on, and how.",
            (
                _reference("from_item", "items", "The reform step or setback."),
                _reference("to_item", "items", "The concern."),
                _word("relation", "How the one bears on the other.", words.RELATIONS),
                _text("note", "Why.", required=False),
            ),
            ("from_item", "to_item"),
        ),
        Table(
            "events",
            "Dated, sourced events: everything else is derived from them. Rows are only ever added.",
            (
                _id("event_id", "Stable identifier."),
                _reference("item_id", "items", "The item it happened to."),
                Column("date", Kind.DATE, "When it happened."),
                _reference("meeting_id", "meetings", "The meeting at which it happened.", required=False),
                _word("effect", "What it does to the item's status.", tuple(words.EFFECTS)),
                Column("level", Kind.LEVEL, "The rating, 0 to 4, of an event that assesses.", required=False),
                _text("summary", "What happened, in neutral words."),
                _sources("What says so, with locators."),
                Column("recorded", Kind.DAY, "Full date on which the row was added."),
                _text(
                    "note",
                    "Doubts, conflicts between sources. A row that it names by identifier is shown by its title.",
                    required=False,
                ),
            ),
            ("event_id",),
        ),
    )
}
"""The tables by name, in canonical order."""


def is_translation(table: Table, name: str) -> bool:
    """Whether an extra column is a translation of one of the table's texts, such as ``title_ru``."""
    base, _, language = name.rpartition("_")
    return (
        base in TRANSLATABLE
        and base in table.column_names
        and language.isalpha()
        and language.islower()
        and 2 <= len(language) <= 3
    )
