"""Waiting time: from a concern's first day on record to the first forward step, and to effect."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from components import words
from components.charts.waiting import waiting_curves
from components.dashboard import filters, shared
from components.dashboard.addresses import page_address
from components.dashboard.choosers import Choice, show_choices
from components.dashboard.downloads import csv_button
from components.dashboard.figures import credit, show_figure
from components.dashboard.fragments import listed, nothing, show
from components.ledger.dataset import Ledger
from components.ledger.selection import Selection
from components.ledger.waiting import median_wait, survival, waiting_by, waiting_times
from components.words import _, ngettext

_DAYS_A_YEAR = 365.25
_AREAS_DRAWN = 6
"""More curves than these cannot be told apart; the table has all areas."""
_GOALS = {"step": ("days_to_step", "stepped"), "effect": ("days_to_effect", "effective")}
"""Columns of ``waiting_times`` by what is waited for."""


def waiting_page(ledger: Ledger, selection: Selection) -> None:
    """Draw the page."""
    mask = shared.shown(ledger, selection)
    times = waiting_times(ledger, shared.steps(ledger, selection), selection.day(shared.today()))
    times = times[times["item_id"].isin(set(ledger.items.loc[mask, "item_id"]))].reset_index(drop=True)
    sub = filters.sentence(ledger, selection, len(times))
    show("page_head.html", key="head", title=_("How long do concerns wait for an answer?"), sub=sub)
    if times.empty:
        nothing(sub)
        return
    area_of = ledger.items.set_index("item_id")["area_id"].map(ledger.titles("areas"))
    area = times["item_id"].map(area_of)
    by_area = waiting_by(times, area)
    asked = st.query_params.get("by", "")
    by = asked if asked in _GOALS else ""
    show_choices("by", _("Curves:"), _choices(selection, by))
    curves = _curves_by_area(times, area, by_area, by) if by else _both_curves(times)
    waiting = int(np.count_nonzero(~times["stepped"]))
    still = ngettext("{n} concern is waiting for a first step.", "{n} concerns are waiting for a first step.", waiting)
    show_figure(
        waiting_curves(
            curves,
            int(times[["days_to_step", "days_to_effect"]].to_numpy().max()),
            _("years since first on record"),
            _("share still waiting"),
        ),
        "waiting-curves",
        question=_question(by),
        sub=sub,
        how=_(
            "A curve falls when a concern gets there; those still waiting are counted as waiting for as long as they "
            "have been watched, not left out."
        )
        + " "
        + _median(times)
        + " "
        + still.format(n=waiting),
        table=lambda: _areas_table(by_area),
        credit=credit(ledger, selection),
    )
    _list(ledger, selection, times)


def _choices(selection: Selection, by: str) -> list[Choice]:
    titles = {"": _("step and effect"), "step": _("first step, by issue area"), "effect": _("effect, by issue area")}
    return [Choice(title, page_address("waiting", selection, by=name), name == by) for name, title in titles.items()]


def _question(by: str) -> str:
    return {
        "": _("What share is still waiting after so many years?"),
        "step": _("What share waits for a first step, by issue area?"),
        "effect": _("What share waits for effect, by issue area?"),
    }[by]


def _both_curves(times: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        _("no forward step yet"): _curve(times, "step"),
        _("not in effect yet"): _curve(times, "effect"),
    }


def _curves_by_area(
    times: pd.DataFrame, area: pd.Series[str], by_area: pd.DataFrame, goal: str
) -> dict[str, pd.DataFrame]:
    largest = by_area.sort_values("concerns", ascending=False, kind="stable")["group"].head(_AREAS_DRAWN)
    return {title: _curve(times[(area == title).to_numpy()], goal) for title in largest}


def _curve(times: pd.DataFrame, goal: str) -> pd.DataFrame:
    days, happened = _GOALS[goal]
    return survival(times[days].to_numpy(), times[happened].to_numpy())


def _median(times: pd.DataFrame) -> str:
    half = median_wait(_curve(times, "step"))
    if half is None:
        return _("More than half are still waiting.")
    return _("Half had a first step within {years} years.").format(years=_in_years(half))


def _in_years(days: float) -> str:
    return f"{days / _DAYS_A_YEAR:.1f}"


def _areas_table(by_area: pd.DataFrame) -> pd.DataFrame:
    """By issue area, in words and years."""
    never = _("more than half waiting")
    return pd.DataFrame(
        {
            _("Issue area"): by_area["group"],
            _("Concerns"): by_area["concerns"],
            _("Without a first step"): by_area["waiting"],
            _("Median years to a first step"): [
                never if np.isnan(d) else _in_years(d) for d in by_area["days_to_step"]
            ],
            _("Median years to effect"): [never if np.isnan(d) else _in_years(d) for d in by_area["days_to_effect"]],
        }
    )


def _list(ledger: Ledger, selection: Selection, times: pd.DataFrame) -> None:
    titles = ledger.titles("items")
    ordered = times.sort_values(["stepped", "days_to_step"], ascending=[True, False], kind="stable")
    rows: list[dict[Any, Any]] = [
        {
            "title": titles[row["item_id"]],
            "href": page_address("items", selection, item=row["item_id"]),
            "since": words.date_words(str(row["since"])[:10]),
            "step": _years(row["days_to_step"], row["stepped"]),
            "effect": _years(row["days_to_effect"], row["effective"]),
        }
        for row in ordered.to_dict("records")
    ]
    show(
        "question.html",
        key="which",
        title=_("Which concerns?"),
        sub=_("Those without a first step come first, the longest wait on top"),
        legend=None,
    )
    csv_button("waiting-time", lambda: times.assign(title=times["item_id"].map(titles)), _("All concerns as CSV"))
    show("waiting.html", key="waiting-list", rows=listed(rows, "waiting-listed"))


def _years(days: int, happened: bool) -> str:
    years = _in_years(days)
    return _("{years} years").format(years=years) if happened else _("waiting for {years} years").format(years=years)


waiting_page(shared.ledger(), st.session_state["selection"])
