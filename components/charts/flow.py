"""How many items moved from which status to which between two meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import plotly.graph_objects as go

from components.charts.palette import EDGE, FILL
from components.ledger.vocabulary import STATUSES, SYMBOLS

_NONE = "#DDDDDD"
_HEIGHT, _PAD = 460, 16
_WORDS_SHARE = 0.17
"""Of the width, kept on each side for the words."""


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
    columns = ((left, totals_left, 0.0), (right, totals_right, 1.0))
    places = [_places([totals[one] for one in side]) for side, totals, _x in columns]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            domain={"x": [_WORDS_SHARE, 1 - _WORDS_SHARE]},
            node={
                # Plotly takes 0 for "not given"
                "x": [0.001] * len(left) + [0.999] * len(right),
                "y": [*places[0], *places[1]],
                "color": [FILL.get(s, _NONE) for s in [*left, *right]],
                "customdata": [label(s) for s in [*left, *right]],
                "line": {"color": EDGE, "width": 1},
                "pad": _PAD,
                "thickness": 18,
                "hovertemplate": "%{customdata}: %{value}<extra></extra>",
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
    for (side, totals, x), at in zip(columns, places, strict=True):
        for status, y in zip(side, at, strict=True):
            figure.add_annotation(
                text=f"{SYMBOLS.get(status, '')} {label(status)} {totals[status]}",
                x=_WORDS_SHARE - 0.01 if x == 0 else 1 - _WORDS_SHARE + 0.01,
                xanchor="right" if x == 0 else "left",
                y=1 - y,
                yanchor="middle",
                xref="paper",
                yref="paper",
                showarrow=False,
            )
    figure.update_layout(height=_HEIGHT, margin={"l": 4, "r": 4, "t": 8, "b": 8}, font={"size": 13})
    return figure


def _places(totals: list[int]) -> list[float]:
    """The middle of each node from the top (0) to the bottom (1), the nodes of one side filling the height."""
    gap = _PAD / _HEIGHT
    room = 1 - gap * (len(totals) - 1)
    ends = [sum(totals[:at]) for at in range(len(totals))]
    return [
        (end + total / 2) / sum(totals) * room + gap * at
        for at, (end, total) in enumerate(zip(ends, totals, strict=True))
    ]


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.45)"
