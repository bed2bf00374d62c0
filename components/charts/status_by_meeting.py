"""How many items stood where at each meeting: one stacked bar a meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts.palette import EDGE, FILL, INK
from components.ledger.vocabulary import STATUSES, SYMBOLS

_ROW_PIXELS = 26
_LEAST_ROWS = 4


def status_by_meeting(
    counts: pd.DataFrame, labels: Sequence[str], planned: Sequence[bool], label: Callable[[str], str]
) -> go.Figure:
    """Bars lying on their side, the first meeting on top.

    ``counts``: a row for each meeting, a column (int) for each status. ``labels`` and ``planned``: one for each row;
    planned meetings are hatched. ``label`` says a status in words. Statuses that never occur are left out.
    """
    figure = go.Figure()
    total = counts.sum(axis=1)
    for status in (name for name in STATUSES if counts[name].any()):
        shown = counts[status]
        roomy = shown / total.max().clip(min=1) > 0.025 if len(counts) else shown
        figure.add_bar(
            name=f"{SYMBOLS[status]} {label(status)}",
            orientation="h",
            y=list(range(len(counts))),
            x=shown,
            text=[f"{SYMBOLS[status]} {number}" if big else "" for number, big in zip(shown, roomy, strict=True)],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": INK[status], "size": 12},
            marker={
                "color": FILL[status],
                "line": {"color": EDGE, "width": 1},
                "pattern": {"shape": ["/" if is_planned else "" for is_planned in planned], "fgcolor": EDGE, "size": 5},
            },
            customdata=[[name, label(status)] for name in labels],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}: %{x}<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        bargap=0.22,
        height=_ROW_PIXELS * max(len(counts), _LEAST_ROWS) + 70,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0, "traceorder": "normal"},
        dragmode=False,
        hovermode="closest",
    )
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(
        tickvals=list(range(len(counts))),
        ticktext=list(labels),
        autorange="reversed",
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        automargin=True,
    )
    return figure
