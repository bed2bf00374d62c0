"""Problems found in a dataset: collected, never thrown one by one, each with its place and what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One problem: where it is, a stable code, and a message that says what is wrong and what to do.

    ``row`` is the line in the CSV file (the header is line 1) or the row of the sheet; None if it is the whole table.
    """

    table: str
    row: int | None
    column: str | None
    code: str
    message: str
    is_error: bool = True

    @property
    def place(self) -> str:
        """``table:row:column`` with a dash for what does not apply."""
        return f"{self.table}:{self.row if self.row is not None else '-'}:{self.column or '-'}"

    def __str__(self) -> str:
        """The line printed by ``check``: ``table:row:column: CODE message``, with no character that moves a cursor."""
        line = f"{self.place}: {self.code} {'' if self.is_error else 'warning: '}{self.message}"
        return line if line.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in line)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those problems that keep a dataset from being used."""
    return [problem for problem in problems if problem.is_error]


def count_line(problems: Sequence[Problem]) -> str:
    """One line with the number of errors and warnings."""
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    if not problems:
        return "no problem found"
    return f"{wrong} error{'' if wrong == 1 else 's'}, {warned} warning{'' if warned == 1 else 's'}"


class DatasetError(Exception):
    """A dataset cannot be used; ``problems`` says why, all of it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep every problem; the text of the exception is the printed list."""
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
