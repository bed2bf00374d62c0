"""The story of one item in time: who named it, what was decided, what practice shows, what went backwards."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from textwrap import wrap

import plotly.graph_objects as go

from components.charts.palette import EDGE
from components.charts.style import quiet
from components.ledger.dates import period
from components.ledger.proof import ChainLink

LANES: dict[str, tuple[str, ...]] = {
    "named": ("raises", "discusses", "welcomes"),
    "decided": ("acknowledges", "promises", "starts", "adopts", "enters_into_force", "rejects", "closes"),
    "practice": ("applies", "persists", "assesses", "finds_unclear"),
    "backward": ("stalls", "reverses"),
}
"""Effects by lane; what an undermining setback does belongs to the last, what changes nothing to none."""

_COLOURS = {"named": "#787878", "decided": "#1B63A5", "practice": "#B07400", "backward": "#C8300A"}
_HOVER_WIDTH = 70


def lane_of(link: ChainLink) -> str:
    """The lane that an event belongs to, '' if to none."""
    if link.relation == "undermines":
        return "backward" if link.status else ""
    return next((lane for lane, effects in LANES.items() if link.effect in effects), "")


def timeline(links: Sequence[ChainLink], lane_words: Mapping[str, str]) -> go.Figure:
    """One mark an event; a date known only to the month or year is drawn as long as its period.

    ``links``: an item's chain. ``lane_words``: each lane in words. Filled marks are the item's own events, open ones
    came through a linked item.
    """
    figure = go.Figure()
    for lane in LANES:
        placed = [(link, span) for link in links if lane_of(link) == lane and (span := period(link.date))]
        for _link, (first, last) in placed:
            figure.add_scatter(
                x=[first, last],
                y=[lane_words[lane]] * 2,
                mode="lines",
                line={"color": _COLOURS[lane], "width": 5},
                opacity=0.35,
                hoverinfo="skip",
                showlegend=False,
            )
        figure.add_scatter(
            name=lane_words[lane],
            x=[last for _, (_, last) in placed],
            y=[lane_words[lane]] * len(placed),
            mode="markers",
            marker={
                "size": 12,
                "color": _COLOURS[lane],
                "symbol": ["circle-open" if link.via else "circle" for link, _ in placed],
                "line": {"color": EDGE, "width": [2 if link.via else 1 for link, _ in placed]},
            },
            customdata=[[link.date, "<br>".join(wrap(html.escape(link.summary), _HOVER_WIDTH))] for link, _ in placed],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
            showlegend=False,
        )
    quiet(figure, 210)
    figure.update_yaxes(
        categoryorder="array", categoryarray=[lane_words[lane] for lane in reversed(LANES)], showgrid=True
    )
    return figure
