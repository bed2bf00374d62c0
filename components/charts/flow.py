"""How many items moved from which status to which between two meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import plotly.graph_objects as go

from components.charts.palette import EDGE, FILL
from components.ledger.vocabulary import STATUSES, SYMBOLS

_NONE = "#DDDDDD"


def flow_chart(counts: Mapping[tuple[str, str], int], label: Callable[[str], str]) -> go.Figure:
    """Bands from statuses at the one meeting to statuses at the other.

    ``counts``: number of items for each (status before, status after); '' is not yet on record. ``label`` says a status
    in words.
    """
    order = ("", *STATUSES)
    left = [status for status in order if any(pair[0] == status for pair in counts)]
    right = [status for status in order if any(pair[1] == status for pair in counts)]
    totals_left = {s: sum(n for pair, n in counts.items() if pair[0] == s) for s in left}
    totals_right = {s: sum(n for pair, n in counts.items() if pair[1] == s) for s in right}
    nodes = [f"{SYMBOLS.get(s, '')} {label(s)} {totals_left[s]}" for s in left]
    nodes += [f"{SYMBOLS.get(s, '')} {label(s)} {totals_right[s]}" for s in right]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": nodes,
                "color": [FILL.get(s, _NONE) for s in [*left, *right]],
                "line": {"color": EDGE, "width": 1},
                "pad": 14,
                "thickness": 18,
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [left.index(pair[0]) for pair in counts],
                "target": [len(left) + right.index(pair[1]) for pair in counts],
                "value": list(counts.values()),
                "color": [_faded(FILL.get(pair[1], _NONE)) for pair in counts],
                "customdata": [[label(pair[0]), label(pair[1])] for pair in counts],
                "hovertemplate": "%{customdata[0]} → %{customdata[1]}: %{value}<extra></extra>",
            },
        )
    )
    figure.update_layout(height=440, margin={"l": 4, "r": 4, "t": 8, "b": 8}, font={"size": 13})
    return figure


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.45)"
