"""Dates with reduced precision: a year, a month or a day, each standing for its whole period."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.datetime64]
"""Array of dtype datetime64[D]; NaT where there is no date."""

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
NO_DAY = np.datetime64("NaT", "D")


@lru_cache(maxsize=65536)
def period(text: str) -> tuple[date, date] | None:
    """First and last day of the period that an ISO 8601 date stands for; None if the text is no such date."""
    match = _FORM.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or year < 1:
            return None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None


def full_day(text: str) -> date | None:
    """The day that a full date names; None for a reduced date or no date."""
    span = period(text)
    return span[0] if span and len(text) == 10 else None


def periods(texts: Iterable[str]) -> tuple[Days, Days]:
    """First and last days of many dates (two arrays of datetime64[D]); NaT where a text is no date."""
    codes, distinct = pd.factorize(np.asarray(list(texts), dtype=object))
    spans = [period(text) for text in distinct]
    first = np.array([span[0] if span else NO_DAY for span in spans], dtype="datetime64[D]")
    last = np.array([span[1] if span else NO_DAY for span in spans], dtype="datetime64[D]")
    return first[codes], last[codes]


def add_months(days: Days, months: int) -> Days:
    """The same day some calendar months later, clamped to the last day of a shorter month."""
    month = days.astype("datetime64[M]")
    target = month + months
    offset = days - month.astype("datetime64[D]")
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    later: Days = np.minimum(target.astype("datetime64[D]") + offset, last)
    return later
