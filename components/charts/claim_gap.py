"""How far apart two accounts of the same items are: a line from the one level to the other."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from components.charts.palette import EDGE, FILL, INK
from components.charts.style import quiet, rows_of_titles
from components.ledger.vocabulary import LEVELS, SYMBOLS

_ROW_PIXELS = 30


def claim_gap_chart(
    gaps: pd.DataFrame, titles: Sequence[str], level_words: Sequence[str], acting: str, independent: str
) -> go.Figure:
    """A row an item, the widest gap on top.

    ``gaps``: from ``claim_gap``. ``titles``: one for each row. ``level_words``: levels 0 to 4 in words. ``acting`` and
    ``independent``: names of the two accounts.
    """
    figure = go.Figure()
    rows = list(range(len(gaps)))
    for row, low, high in zip(rows, gaps["independent_level"], gaps["acting_level"], strict=True):
        figure.add_scatter(
            x=[low, high],
            y=[row, row],
            mode="lines",
            line={"color": EDGE, "width": 2},
            hoverinfo="skip",
            showlegend=False,
        )
    for name, column, shape in ((independent, "independent_level", "circle"), (acting, "acting_level", "square")):
        levels = gaps[column]
        figure.add_scatter(
            name=name,
            x=levels,
            y=rows,
            mode="markers+text",
            text=[SYMBOLS[LEVELS[level]] for level in levels],
            textfont={"color": [INK[LEVELS[level]] for level in levels], "size": 12},
            marker={
                "symbol": shape,
                "size": 21,
                "color": [FILL[LEVELS[level]] for level in levels],
                "line": {"color": EDGE, "width": 1.5},
            },
            customdata=[[title, level_words[level]] for title, level in zip(titles, levels, strict=True)],
            hovertemplate=f"%{{customdata[0]}}<br>{name}: %{{customdata[1]}}<extra></extra>",
        )
    quiet(figure, _ROW_PIXELS * max(len(gaps), 3) + 70)
    figure.update_xaxes(
        range=[-0.35, 4.35], tickvals=list(range(len(LEVELS))), ticktext=list(level_words), side="top", gridwidth=1
    )
    rows_of_titles(figure, titles)
    return figure
