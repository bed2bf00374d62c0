"""What all charts share: quiet axes, no dragging (a chart must not trap a scrolling finger), a legend above."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

CHARACTERS_SHOWN = 58


def quiet(figure: go.Figure, height: int) -> go.Figure:
    """The figure with the common layout."""
    figure.update_layout(
        height=height,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        dragmode=False,
        hovermode="closest",
    )
    figure.update_xaxes(fixedrange=True, zeroline=False, automargin=True)
    figure.update_yaxes(fixedrange=True, zeroline=False, automargin=True)
    return figure


def shortened(text: str) -> str:
    """A title that fits beside a chart; the whole of it is in the table and on hover."""
    return text if len(text) <= CHARACTERS_SHOWN else text[: CHARACTERS_SHOWN - 1].rstrip() + "…"


def rows_of_titles(figure: go.Figure, titles: Sequence[str]) -> None:
    """Name the rows 0, 1, 2 … of a chart, the first on top, and put its legend below them."""
    figure.update_yaxes(
        tickvals=list(range(len(titles))),
        ticktext=[shortened(title) for title in titles],
        range=[max(len(titles), 3) - 0.4, -0.6],
        showgrid=False,
    )
    figure.update_layout(legend={"y": 0, "yanchor": "top"})
