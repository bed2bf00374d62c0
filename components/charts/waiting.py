"""The share of concerns still waiting as time passes: one step curve a group."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from components.charts.style import quiet

_DAYS_A_YEAR = 365.25
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_COLOURS = ("#1B63A5", "#C8300A", "#787878", "#4FA3D1", "#B07400", "#2E8B57")


def waiting_curves(curves: Mapping[str, pd.DataFrame], longest: int, years: str, share: str) -> go.Figure:
    """Kaplan-Meier curves, told apart by dash and colour.

    ``curves``: from ``survival``, by name. ``longest``: days to which the curves are drawn on. ``years`` and ``share``:
    names of the axes.
    """
    figure = go.Figure()
    for at, (name, curve) in enumerate(curves.items()):
        days = [*curve["days"], max(longest, int(curve["days"].iloc[-1]))]
        waiting = [*curve["waiting"], curve["waiting"].iloc[-1]]
        figure.add_scatter(
            name=name,
            x=[day / _DAYS_A_YEAR for day in days],
            y=waiting,
            mode="lines",
            line={
                "shape": "hv",
                "width": 2.5,
                "dash": _DASHES[at % len(_DASHES)],
                "color": _COLOURS[at % len(_COLOURS)],
            },
            hovertemplate=f"{name}<br>%{{x:.1f}}: %{{y:.0%}}<extra></extra>",
        )
    quiet(figure, 380)
    figure.update_xaxes(title=years, rangemode="tozero")
    figure.update_yaxes(title=share, range=[0, 1.02], tickformat=".0%")
    return figure
