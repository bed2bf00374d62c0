"""How many items stood where at each meeting: one stacked column a meeting, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts.palette import EDGE, FILL, INK
from components.charts.style import quiet
from components.ledger.vocabulary import STATUSES, SYMBOLS

_HEIGHT = 480
_LEAST_SHARE = 0.04
"""Segments below this share of the tallest column carry no number; it is on hover and in the table."""
_MOST_LABELS, _MOST_NUMBERED = 60, 40
_LAST_LABEL = 4
"""Pixels on the right, without which plotly hides the last label of a narrow chart."""
_WHOLE_STEPS = 5
"""Up to so many items every whole number has its line, and no half."""


def status_by_meeting(
    counts: pd.DataFrame, labels: Sequence[str], planned: Sequence[bool], label: Callable[[str], str]
) -> go.Figure:
    """Stacked columns, the earliest meeting on the left.

    ``counts``: a row for each meeting, a column (int) for each status. ``labels`` and ``planned``: one for each row;
    planned meetings are hatched. ``label`` says a status in words. Statuses that never occur are left out.
    """
    figure = go.Figure()
    tallest = max(int(counts.sum(axis=1).max()), 1) if len(counts) else 1
    is_roomy = len(counts) <= _MOST_NUMBERED
    for status in (name for name in STATUSES if counts[name].any()):
        shown = counts[status]
        for is_planned in (False, True):
            at = [number for number, one in enumerate(planned) if one == is_planned]
            some = shown.iloc[at]
            figure.add_bar(
                name=f"{SYMBOLS[status]} {label(status)}",
                legendgroup=status,
                showlegend=not is_planned,
                x=at,
                y=some,
                text=[str(number) if is_roomy and number / tallest >= _LEAST_SHARE else "" for number in some],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                textfont={"color": INK[status], "size": 11},
                marker={
                    "color": FILL[status],
                    "line": {"color": EDGE, "width": 1},
                    "pattern": {"shape": "/", "fillmode": "overlay", "fgcolor": EDGE, "fgopacity": 0.5, "size": 6}
                    if is_planned
                    else None,
                },
                customdata=[[labels[number], f"{SYMBOLS[status]} {label(status)}"] for number in at],
                hovertemplate="%{customdata[0]}<br>%{customdata[1]}: %{y}<extra></extra>",
            )
    quiet(figure, _HEIGHT)
    figure.update_layout(barmode="stack", bargap=0.16, margin_r=_LAST_LABEL)
    ticks = list(range(0, len(counts), -(-len(counts) // _MOST_LABELS) or 1))
    figure.update_yaxes(nticks=5, dtick=1 if tallest <= _WHOLE_STEPS else None, rangemode="tozero")
    figure.update_xaxes(
        tickvals=ticks, ticktext=[labels[at] for at in ticks], tickangle=-90, tickfont={"size": 11}, showgrid=False
    )
    return figure
