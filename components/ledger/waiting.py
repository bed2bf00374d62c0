"""Waiting time: from the day a concern came on record to the first forward step, and to effect.

Concerns still waiting are kept as such (censored), not dropped: the survival curve is Kaplan and Meier's (1958).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from components.ledger.dataset import Ledger
from components.ledger.rule import Steps, reached

Bools = npt.NDArray[np.bool_]


def waiting_times(ledger: Ledger, steps: Steps, day: np.datetime64) -> pd.DataFrame:
    """Every concern on record by the day: a row each, in table order.

    Columns: item_id (str); since (datetime64[D]); days_to_step, days_to_effect (int: until the event, or until the day
    if there is none yet); stepped, effective (bool: whether the event happened; False means still waiting).
    """
    end = day.astype("datetime64[D]").astype(np.int64)
    counted = steps.day <= end
    start = _first_day(steps, counted, len(ledger.items))
    concerns = (ledger.items["kind"] == "concern").to_numpy() & (start >= 0)
    frame = pd.DataFrame({"item_id": ledger.items["item_id"].to_numpy(dtype=object)[concerns]})
    frame["since"] = start[concerns].astype("datetime64[D]")
    for name, word, level in (("step", "stepped", 1), ("effect", "effective", 4)):
        first = _first_day(steps, counted & (reached(steps) >= level), len(ledger.items))[concerns]
        frame[word] = first >= 0
        frame[f"days_to_{name}"] = np.where(first >= 0, first, end) - start[concerns]
    return frame


def _first_day(steps: Steps, mask: Bools, items: int) -> npt.NDArray[np.int64]:
    """For each item the day of its first step under the mask, -1 if it has none."""
    never = np.iinfo(np.int64).max
    first = np.full(items, never)
    np.minimum.at(first, steps.item[mask], steps.day[mask])
    return np.where(first == never, -1, first)


def survival(days: npt.NDArray[np.int64], happened: Bools) -> pd.DataFrame:
    """The share still waiting after so many days, as a step curve from day 0.

    Columns: days (int), waiting (float, 1 at the start), at_risk (int: how many were still being watched).
    """
    times = np.unique(days[happened])
    rows = [(0, 1.0, len(days))]
    share = 1.0
    for time in times:
        at_risk = int((days >= time).sum())
        share *= 1 - int((happened & (days == time)).sum()) / at_risk
        rows.append((int(time), share, at_risk))
    return pd.DataFrame(rows, columns=["days", "waiting", "at_risk"])


def waiting_by(times: pd.DataFrame, group: pd.Series[str]) -> pd.DataFrame:
    """The waits of ``waiting_times`` by a group (one value a row): a row each, in order of appearance.

    Columns: group (str); concerns, waiting (int: those without a first step); days_to_step, days_to_effect (float: the
    median of the survival curve in days, missing while more than half are waiting).
    """
    rows = []
    for name, some in times.groupby(group.to_numpy(), sort=False):
        medians = {
            column: median_wait(survival(some[column].to_numpy(), some[happened].to_numpy()))
            for column, happened in (("days_to_step", "stepped"), ("days_to_effect", "effective"))
        }
        rows.append({"group": name, "concerns": len(some), "waiting": int((~some["stepped"]).sum()), **medians})
    columns = ["group", "concerns", "waiting", "days_to_step", "days_to_effect"]
    return pd.DataFrame(rows, columns=columns).astype({"days_to_step": float, "days_to_effect": float})


def median_wait(curve: pd.DataFrame) -> int | None:
    """Days after which half had got there; None if more than half are still waiting."""
    reached_half = curve.loc[curve["waiting"] <= 0.5, "days"]
    return int(reached_half.iloc[0]) if len(reached_half) else None
