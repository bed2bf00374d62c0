"""A meeting in words: the short label of a column, and the title in full."""

from __future__ import annotations

from components import words
from components.ledger.dataset import Ledger


def meeting_label(ledger: Ledger, position: int) -> str:
    """Short label of a meeting: its series, its number if it has one, its month."""
    meeting = ledger.meetings.iloc[position]
    series = ledger.records("dialogues")[meeting["dialogue_id"]]["short_title"]
    date = meeting["date"]
    when = f"{words.month_label(int(date[5:7]))[:3]} {date[:4]}" if len(date) > 4 else date
    name = f"{series} {meeting['number']}".strip()
    return f"{name} · {when}"


def meeting_title(ledger: Ledger, position: int) -> str:
    """A meeting in words: title, time, and whether it is known to have taken place."""
    meeting = ledger.meetings.iloc[position]
    text = f"{meeting['title']}, {words.period_words(meeting['date'], meeting['end_date'])}"
    return text if meeting["status"] == "held" else f"{text} ({words.meeting_status_label(meeting['status'])})"
