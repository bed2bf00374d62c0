"""The codebook names everything that a dataset may hold."""

from __future__ import annotations

import re

import pytest

from components.export.codebook import EFFECT_MEANINGS, STATUS_MEANINGS, codebook
from components.ledger import vocabulary as words
from components.ledger.schema import TABLES

TEXT = codebook()


def section(heading: str) -> str:
    """The text below a heading, up to the next."""
    (found,) = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.mark.parametrize(("table", "column"), [(t.name, c.name) for t in TABLES.values() for c in t.columns])
def test_every_column_is_named_with_its_words(table: str, column: str) -> None:
    spec = TABLES[table].column(column)
    (row,) = [line for line in section(table).splitlines() if line.startswith(f"| `{column}` |")]
    assert spec.description in row
    assert ("| yes |" in row) == spec.required
    assert column == "effect" or all(f"`{word}`" in row for word in spec.words)


@pytest.mark.parametrize("effect", list(words.EFFECTS.values()), ids=list(words.EFFECTS))
def test_every_effect_is_explained(effect: words.Effect) -> None:
    (row,) = [line for line in section("Effects").splitlines() if line.startswith(f"| `{effect.name}` |")]
    assert all(cell.strip() for cell in row.strip("|").split("|"))
    assert effect.level is None or f"level {effect.level}" in row
    assert effect.side is None or f"side state: {effect.side}" in row


@pytest.mark.parametrize("status", words.STATUSES)
def test_every_status_is_explained_with_its_symbol(status: str) -> None:
    (row,) = [line for line in section("Statuses").splitlines() if f"| `{status}` |" in line]
    assert row.startswith(f"| {words.SYMBOLS[status]} |")
    assert (f"level {words.STATUSES.index(status)}" if status in words.LEVELS else "side state") in row


def test_nothing_is_explained_that_does_not_exist() -> None:
    assert set(EFFECT_MEANINGS) == set(words.EFFECTS)
    assert set(STATUS_MEANINGS) == set(words.STATUSES)


@pytest.mark.parametrize("word", [*words.RELATIONS, *words.PUBLISHER_VOICES])
def test_every_relation_and_voice_is_explained(word: str) -> None:
    assert re.search(rf"`{word}`:", TEXT)


def test_the_usual_stalling_time_is_stated() -> None:
    assert f"{words.DEFAULT_STALL_MONTHS} months" in section("The rule in plain words")
    assert "{" not in TEXT


def test_rows_of_a_table_have_as_many_cells_as_its_head() -> None:
    for block in re.findall(r"(?:^\|.*\n)+", TEXT, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1
